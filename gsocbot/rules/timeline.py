"""The programme's year: deadlines, what is now and what comes next."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from enum import StrEnum


class Audience(StrEnum):
    """Whom a deadline concerns."""

    STUDENTS = "students"
    MENTORS = "mentors"
    ORGANISERS = "organisers"
    ALL = "all"


class DeadlineKind(StrEnum):
    """Whether something is owed at that moment, or it merely happens."""

    DEADLINE = "deadline"
    EVENT = "event"


@dataclass(frozen=True, slots=True)
class Deadline:
    """A date of the programme.

    Exactly one of `at` (an aware moment) and `day` (no hour is known, and none is invented) is
    set. `ours` is how long before it the organisation wants its own people to be done.

    The last four are kept of it and stand in no file: how long before it people are reminded (None
    as always, empty not at all), who has said that it is done, and how often it was moved.
    """

    slug: str
    title: str
    at: datetime | None = None
    day: date | None = None
    audience: Audience = Audience.ALL
    kind: DeadlineKind = DeadlineKind.DEADLINE
    short: str = ""
    source: str = ""
    ours: timedelta | None = None
    offsets: tuple[timedelta, ...] | None = None
    acked_by: str = ""
    acked_at: datetime | None = None
    sequence: int = 0

    @property
    def ours_at(self) -> datetime | None:
        """Our own, earlier deadline, if there is one."""
        return self.at - self.ours if self.at is not None and self.ours is not None else None

    @property
    def passes_at(self) -> datetime:
        """When it is over: its moment, or for a bare day the end of that day anywhere on earth."""
        if self.at is not None:
            return self.at
        assert self.day is not None
        return datetime.combine(self.day, time(), UTC) + LATEST_END_OF_DAY


LATEST_END_OF_DAY = timedelta(hours=36)
"""A day ends last at UTC-12: 12:00 UTC of the next day."""


@dataclass(frozen=True, slots=True)
class Phase:
    """A stretch of the year between two deadlines, by their slugs."""

    name: str
    start: str
    end: str


@dataclass(frozen=True, slots=True)
class Stretch:
    """A phase with its two ends looked up."""

    name: str
    start: Deadline
    end: Deadline


def in_order(deadlines: Sequence[Deadline]) -> list[Deadline]:
    """The deadlines as they come; a bare day comes before the moments of that day."""
    return sorted(deadlines, key=lambda d: (_begins(d), d.slug))


def upcoming(
    deadlines: Sequence[Deadline], now: datetime, audience: Audience | None = None
) -> list[Deadline]:
    """What is still to come for somebody, next first."""
    to_come = [d for d in in_order(deadlines) if d.passes_at > now]
    return [d for d in to_come if audience is None or concerns(d, audience)]


def concerns(deadline: Deadline, whom: Audience) -> bool:
    """Whether somebody has something to do with a date."""
    return deadline.audience in {whom, Audience.ALL}


def stretches(phases: Sequence[Phase], deadlines: Sequence[Deadline]) -> list[Stretch]:
    """The phases whose two ends are known."""
    known = {d.slug: d for d in deadlines}
    return [
        Stretch(p.name, known[p.start], known[p.end])
        for p in phases
        if p.start in known and p.end in known
    ]


def current(all_stretches: Sequence[Stretch], now: datetime) -> Stretch | None:
    """The phase that is running, the latest begun where two overlap."""
    running = [s for s in all_stretches if _begins(s.start) <= now < s.end.passes_at]
    return max(running, key=lambda s: _begins(s.start), default=None)


def _begins(deadline: Deadline) -> datetime:
    if deadline.at is not None:
        return deadline.at
    assert deadline.day is not None
    return datetime.combine(deadline.day, time(), UTC)
