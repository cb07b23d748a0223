"""Evaluations: which there are, from when until when, and who is reminded of them at what hour."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta, tzinfo
from enum import StrEnum
from itertools import pairwise

from gsocbot.rules.results import is_result
from gsocbot.rules.timeline import Deadline

WINDOW = timedelta(days=7)
"""So long before its end Google's form opens, where no date says so."""

WRITER_ASKED = 10
WRITER_REMINDED = (5, 3)
"""So many days before our deadline, or Google's where we have none."""

NUDGE, EVE = time(9), time(17)
"""On the clock of whoever is reminded; the second is that of "due tomorrow"."""

ORGANISERS_BEFORE = tuple(timedelta(hours=h) for h in (24, 6, 2))
"""How long before Google's deadline organisers get the list."""

BACKUP_BEFORE = timedelta(hours=24)

STILL_SHOWN = timedelta(days=2)
"""How long after its end an evaluation is the one that is spoken of."""


class Which(StrEnum):
    """An evaluation of a student's."""

    MIDTERM = "midterm"
    FINAL = "final"


@dataclass(frozen=True, slots=True)
class Turn:
    """An evaluation with its dates: `at` is Google's deadline, `ours` our own, earlier one.

    Of a `day` no hour is known: reminders go by its beginning, and it ends where it ends last.
    """

    which: Which
    slug: str
    title: str
    opens: datetime
    at: datetime
    passes: datetime
    ours: datetime | None = None
    day: date | None = None
    is_done: bool = False

    @property
    def due(self) -> datetime:
        """When mentors are asked to be done."""
        return self.ours or self.at


@dataclass(frozen=True, slots=True)
class Step:
    """A moment at which somebody is reminded; what was not said is of no use at the next one."""

    name: str
    due: datetime
    expires: datetime


_OF = {
    "midterm-mentor": (Which.MIDTERM, "midterm", "midterm-open"),
    "final-mentor": (Which.FINAL, "final evaluation", "final-open"),
    "extended-final-mentor": (Which.FINAL, "final evaluation", "extended-final-open"),
}
SLUGS = frozenset(_OF)
"""The dates by which mentors owe evaluations."""

_STANDARD_END = "final-work"


def turns(deadlines: Sequence[Deadline]) -> dict[str, Turn]:
    """The evaluations of a year, by the slugs of Google's deadlines for them."""
    dates = {d.slug: d for d in deadlines}
    return {slug: _turn(slug, dates) for slug in _OF if slug in dates}


def _turn(slug: str, dates: Mapping[str, Deadline]) -> Turn:
    which, title, opening = _OF[slug]
    end = dates[slug]
    at = begins(end)
    opens = begins(dates[opening]) if opening in dates else at - WINDOW
    return Turn(
        which,
        slug,
        title,
        opens=opens if opens < at else at - WINDOW,
        at=at,
        passes=end.passes_at,
        ours=end.ours_at,
        day=end.day,
        is_done=bool(end.acked_by),
    )


def begins(deadline: Deadline) -> datetime:
    """Its moment, or where no hour is known the beginning of its day."""
    if deadline.at is not None:
        return deadline.at
    assert deadline.day is not None
    return datetime.combine(deadline.day, time(), UTC)


def is_longer(ends_at: datetime | None, deadlines: Sequence[Deadline]) -> bool:
    """Whether a project goes on when the others hand in their work."""
    standard = next((d for d in deadlines if d.slug == _STANDARD_END), None)
    return ends_at is not None and standard is not None and ends_at > standard.passes_at


def turns_of(turns: Mapping[str, Turn], *, longer: bool) -> list[Turn]:
    """The evaluations of one project: a longer one has a later final."""
    left_out = "final-mentor" if longer else "extended-final-mentor"
    return [turn for slug, turn in turns.items() if slug != left_out]


def current(turns: Sequence[Turn], now: datetime) -> Turn | None:
    """The evaluation that is spoken of: the next one, and for two days one that has just ended."""
    to_come = [t for t in turns if now < t.passes + STILL_SHOWN]
    return min(to_come, key=lambda t: t.at, default=None)


def latest_open(turns: Sequence[Turn], now: datetime) -> Turn | None:
    """The evaluation that opened last: what somebody means who says that it is done."""
    return max((t for t in turns if t.opens <= now), key=lambda t: t.at, default=None)


# --- who is reminded when


def asking(turn: Turn, tz: tzinfo) -> Step:
    """When mentor and backup are asked which of them writes."""
    day = turn.due.astimezone(tz).date()
    days = (WRITER_ASKED, WRITER_REMINDED[0])
    due, until = (_on(day - timedelta(days=d), NUDGE, tz) for d in days)
    return Step("who", due, until)


def for_writer(turn: Turn, tz: tzinfo) -> list[Step]:
    """When whoever writes is reminded: three times before our deadline, at it and after it."""
    day = turn.due.astimezone(tz).date()
    dues = [(f"-{d}d", _on(day - timedelta(days=d), NUDGE, tz)) for d in WRITER_REMINDED]
    dues += [("-1d", _on(day - timedelta(days=1), EVE, tz)), ("0", turn.due)]
    if turn.ours is not None:
        dues.append(("+1d", _on(day + timedelta(days=1), NUDGE, tz)))
    return list(_until(dues, turn.at))


def for_backup(turn: Turn, tz: tzinfo) -> list[Step]:
    """When whoever is next in line is asked to write instead."""
    dues = [("-24h", turn.at - BACKUP_BEFORE)]
    if turn.ours is not None:
        day = turn.ours.astimezone(tz).date()
        dues.insert(0, ("+1d", _on(day + timedelta(days=1), NUDGE, tz)))
    return list(_until(dues, turn.at))


def for_organisers(turn: Turn) -> list[Step]:
    """When organisers get the list of what is open: our deadline passed, Google's comes near."""
    dues = [(f"-{b // timedelta(hours=1)}h", turn.at - b) for b in ORGANISERS_BEFORE]
    if turn.ours is not None:
        dues.append(("ours", turn.ours))
    return list(_until(sorted(dues, key=lambda d: d[1]), turn.at))


def _on(day: date, hour: time, tz: tzinfo) -> datetime:
    return datetime.combine(day, hour, tz).astimezone(UTC)


def _until(dues: Sequence[tuple[str, datetime]], end: datetime) -> Iterator[Step]:
    """The steps that have any use: each until the next, the last until the end."""
    for (name, due), (_, following) in pairwise([*dues, ("", end)]):
        if due < min(following, end):
            yield Step(name, due, min(following, end))


# --- what people type

_WHICH = {
    **dict.fromkeys(("midterm", "midterms", "mid-term", "mid"), Which.MIDTERM),
    **dict.fromkeys(("final", "finals", "end"), Which.FINAL),
}
_BETWEEN = """
a and as done eval evaluation evaluations for is of on please sent submitted the to
"""
_FILLING = frozenset(_BETWEEN.split())
_ENDING = ("'s", "’s")


def read(given: Sequence[str], names: int) -> tuple[tuple[str, ...], bool]:
    """What is looked at of the words behind a command: so many names, and midterm or final.

    All else is thrown away, and whether anything was.
    """
    words = [_bare(word) for word in given]
    which = next((_WHICH[w.lower()] for w in words if w.lower() in _WHICH), None)
    others = [w for w in words if w and w.lower() not in _WHICH and w.lower() not in _FILLING]
    people = [w for w in others if not is_result(w)] or others
    kept = people[:names]
    is_all = len(others) == len(kept) and not any(map(is_result, kept)) and all(words)
    whole = which is not None and len(kept) == names
    return (*kept, *([str(which)] if whole else [])), not is_all


def _bare(word: str) -> str:
    plain = word.strip(".,;:!?\"'“”()<>")
    for ending in _ENDING:
        plain = plain.removesuffix(ending)
    return plain
