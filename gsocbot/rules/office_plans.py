"""What people say of office hours to come: which session they mean, when else it is to be."""

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from zoneinfo import ZoneInfo

from gsocbot.rules import office_series
from gsocbot.rules.office_series import ANY_HOUR, read_words
from gsocbot.rules.recurrence import Occurrence, Weekly
from gsocbot.rules.when import Wall
from gsocbot.talk import Refused

MOST_WORDS = 7
"""Words of a moment: Wed 20 September 2011 at 19:00 Europe/London."""
LONGEST_WHY = 120
"""Bytes; what tells of a skipped session is one line."""
LATEST = timedelta(minutes=60)
"""Who is later than that had better move the session, or skip it."""

_CLOCK = re.compile(r"(?:\d{1,2}:\d\d|\d{1,2}(?::\d\d)?\s*(?:[ap]m|h))(?: \S+)?", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Planned:
    """A session to come of the series `name`; `why` is not None where it is skipped."""

    name: str
    weekly: Weekly
    session: Occurrence
    why: str | None = None

    @property
    def start(self) -> datetime:
        """When it begins, in UTC."""
        return self.session.start

    @property
    def there(self) -> datetime:
        """When it begins on the clock of its zone."""
        return self.start.astimezone(ZoneInfo(self.weekly.zone))


# --- which session is meant


def meant(words: Sequence[str], coming: Sequence[Planned], now: datetime) -> list[Planned]:
    """The sessions that words can mean: next, a day, a day and an hour; the name of a series may
    stand before. Refuses what is none of these.
    """
    names = {planned.name for planned in coming}
    if words and words[0].lower() in names:
        coming = [planned for planned in coming if planned.name == words[0].lower()]
        words = words[1:] or ["next"]
    text = " ".join(words).lower()
    if text == "next":
        return [p for p in coming if p.why is None][:1]
    early, late = (read_words(text, now, hour) for hour in ANY_HOUR)
    if early.time != late.time:
        return _on(late.day, coming)
    exact = [p for p in coming if p.start == early.at]
    if exact or early.named:
        return exact
    return [p for p in coming if p.there.replace(tzinfo=None) == _naive(early)]


def _on(day: date, coming: Sequence[Planned]) -> list[Planned]:
    """The sessions of a day: those that are on it, else that of the rule, moved elsewhere."""
    there = [p for p in coming if day in {p.there.date(), p.start.date()}]
    on_its_clock = [p for p in there if p.there.date() == day]
    return on_its_clock or there or [p for p in coming if p.session.day == day]


def nearest(
    words: Sequence[str], coming: Sequence[Planned], now: datetime, most: int
) -> list[Planned]:
    """The sessions that are nearest to a day that has none, in order."""
    at = read_words(" ".join(words), now, time(12)).at
    near = sorted(coming, key=lambda p: abs(p.start - at))[:most]
    return sorted(near, key=lambda p: p.start)


def beginnings(text: str) -> Iterator[tuple[list[str], str]]:
    """The ways to split words into a session and what else is said, the longest session first."""
    words = text.split()
    for count in range(min(len(words), MOST_WORDS), 0, -1):
        yield words[:count], " ".join(words[count:])


def reads(words: Sequence[str], coming: Iterable[Planned], now: datetime) -> bool:
    """Whether words name a session, be there one or not."""
    names = {planned.name for planned in coming}
    rest = words[1:] if words and words[0].lower() in names else words
    text = " ".join(rest).lower()
    return text in {"", "next"} or office_series.reads(text, now)


# --- another time for it


def read_move(text: str, of: Planned, now: datetime) -> tuple[date, time]:
    """When else a session is to be, on the clock of its series: a day, an hour, or both.

    What is not said stays; an hour without a zone is UTC's.
    """
    plain = text.strip().removeprefix("to ").strip()
    if _CLOCK.fullmatch(plain):
        plain = f"{of.there:%d %b %Y} {plain}"
    early, late = (read_words(plain, now, hour) for hour in ANY_HOUR)
    if early.time != late.time:
        return late.day, of.there.time()
    there = early.at.astimezone(ZoneInfo(of.weekly.zone))
    return there.date(), there.time().replace(second=0, microsecond=0, fold=0)


def is_move(text: str, of: Planned, now: datetime) -> bool:
    """Whether words are another time for a session."""
    try:
        read_move(text, of, now)
    except Refused:
        return False
    return True


def check_apart(session: Occurrence, weekly: Weekly, others: Iterable[Planned]) -> Planned | None:
    """The first of other sessions that overlaps a session in its channels."""
    for other in others:
        near = other.start < session.end and session.start < other.session.end
        if near and is_same_place(weekly, other.weekly):
            return other
    return None


def is_same_place(one: Weekly, other: Weekly) -> bool:
    """Whether two series share a channel; one without is held in all."""
    return not one.channel or not other.channel or one.channel == other.channel


def checked_why(text: str) -> str:
    """Why a session is skipped; refuses nothing and too much."""
    why = text.strip().rstrip(".").strip("\"'“”").rstrip(".").strip()
    if why.startswith("(") and why.endswith(")"):
        why = why[1:-1].strip()
    if not any(c.isalnum() for c in why):
        raise Refused("say why behind the date, in a word: !office skip 8 jun holiday")
    if len(why.encode()) > LONGEST_WHY:
        raise Refused(f"that is longer than {LONGEST_WHY} bytes; say it shorter")
    return why


def read_minutes(text: str) -> timedelta:
    """How late somebody is: 10, 10m, 10 min."""
    found = re.fullmatch(r"(\d{1,4})\s*(?:m|mins?|minutes?)?", text.strip(), re.IGNORECASE)
    late = timedelta(minutes=int(found[1])) if found else timedelta(0)
    if not timedelta(0) < late <= LATEST:
        most = int(LATEST.total_seconds() // 60)
        raise Refused(f"say how many minutes, from 1 to {most}: !office late 10")
    return late


def _naive(wall: Wall) -> datetime:
    return datetime.combine(wall.day, wall.time)
