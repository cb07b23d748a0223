"""The daily mail to organisers: when it is due, what is worth a line in it, when to try again."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from typing import Any
from zoneinfo import ZoneInfo

from gsocbot.rules.recurrence import instant
from gsocbot.rules.timeline import Audience, Deadline, DeadlineKind

DAY = timedelta(days=1)
AHEAD = timedelta(days=14)
"""So far ahead the mail looks."""

BEHIND = timedelta(days=14)
"""So long it tells of what is over and not done."""

PLANNED = timedelta(hours=36)
"""So long before it is due it stands in the outbox."""

FIRST_PAUSE, LONGEST_PAUSE = timedelta(minutes=1), timedelta(minutes=30)
"""How long a server is left alone that did not take a mail; each time twice as long."""

WORTH_TELLING = timedelta(hours=1)
"""A mail that is not sent so long after its moment is told of on IRC."""


@dataclass(frozen=True, slots=True)
class Wanted:
    """Who gets a season's mail, and when: a time on the clock of a zone."""

    addresses: tuple[str, ...]
    wall: time
    zone: str


@dataclass(frozen=True, slots=True)
class Morning:
    """One mail: its local date is its identity. It is of use until the next one is due."""

    day: date
    since: datetime
    due: datetime
    expires: datetime


def mornings(wanted: Wanted, now: datetime) -> Iterator[Morning]:
    """The mail that is due or was last, and the one that comes soon."""
    today = now.astimezone(ZoneInfo(wanted.zone)).date()
    for days in range(-2, 3):
        day = today + days * DAY
        before, due, after = (instant(day + n * DAY, wanted.wall, wanted.zone) for n in (-1, 0, 1))
        # A zone that leaves out a whole day has two dates with one moment: the later one counts.
        if due < after and due - PLANNED <= now < after:
            yield Morning(day, before, due, after)


@dataclass(frozen=True, slots=True)
class Entry:
    """A moment of a date: ours or Google's. Exactly one of `at` and `day` is set."""

    title: str
    slug: str
    at: datetime | None
    day: date | None
    audience: Audience
    is_ours: bool
    is_owed: bool
    acked_by: str

    @property
    def order(self) -> datetime:
        """By what it is sorted; a bare day comes before the moments of that day."""
        return self.at or datetime.combine(self.day or date.max, time(), UTC)


@dataclass(frozen=True, slots=True)
class Digest:
    """All that one mail tells."""

    season: str
    title: str
    word: str
    overdue: Sequence[Entry] = ()
    dates: Sequence[Entry] = ()
    unsaid: Sequence[tuple[str, Mapping[str, Any]]] = ()
    questions: int = 0
    oldest: datetime | None = None
    ideas: int = 0
    entries: int = 0

    @property
    def says_anything(self) -> bool:
        """Whether it is worth a mail."""
        counts = self.questions or self.ideas or self.entries
        return bool(self.overdue or self.dates or self.unsaid or counts)


def coming(deadlines: Sequence[Deadline], now: datetime) -> list[Entry]:
    """The dates of the time ahead, ours before Google's."""
    found = [
        entry
        for deadline in deadlines
        if deadline.passes_at > now
        for entry in _entries(deadline)
        if entry.order < now + AHEAD and (entry.at is None or entry.at > now)
    ]
    return sorted(found, key=lambda e: (e.order, e.slug, not e.is_ours))


def overdue(deadlines: Sequence[Deadline], now: datetime) -> list[Entry]:
    """What organisers owe, is over by our date or by Google's, and nobody has said is done."""
    found = []
    for deadline in deadlines:
        over = [e for e in _entries(deadline) if _is_over(e, deadline, now)]
        if over and asks_for_ack(over[-1]) and deadline.passes_at > now - BEHIND:
            found.append(over[-1])
    return sorted(found, key=lambda e: (e.order, e.slug))


def asks_for_ack(entry: Entry) -> bool:
    """Whether an organiser still has to say that it is done."""
    return entry.audience is Audience.ORGANISERS and entry.is_owed and not entry.acked_by


def pause(failures: int) -> timedelta:
    """How long to wait after so many failures in a row."""
    longer: int = 2 ** min(failures - 1, 10)
    return min(FIRST_PAUSE * longer, LONGEST_PAUSE)


def masked(address: str) -> str:
    """An address as a channel may see it: o…@example.org"""
    name, _, domain = address.rpartition("@")
    return f"{name[:1]}…@{domain}"


def _entries(deadline: Deadline) -> list[Entry]:
    """Our moment and Google's, in order."""
    moments = [(deadline.ours_at, None, True)] if deadline.ours_at is not None else []
    return [
        Entry(
            title=deadline.title,
            slug=deadline.slug,
            at=at,
            day=day,
            audience=deadline.audience,
            is_ours=is_ours,
            is_owed=deadline.kind is DeadlineKind.DEADLINE,
            acked_by=deadline.acked_by,
        )
        for at, day, is_ours in [*moments, (deadline.at, deadline.day, False)]
    ]


def _is_over(entry: Entry, deadline: Deadline, now: datetime) -> bool:
    return (entry.at if entry.at is not None else deadline.passes_at) <= now
