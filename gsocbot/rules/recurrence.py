"""When a session happens: local dates, a wall-clock time, a zone; turned into UTC late."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, time, timedelta
from heapq import merge
from zoneinfo import ZoneInfo

Wall = time
"""A time on the wall, where a field has taken the word."""

WEEK = timedelta(days=7)
WEEKDAYS = ("mon", "tue", "wed", "thu", "fri", "sat", "sun")
MOST_WEEKS = 52
"""A series has a session at least once in so many weeks."""


@dataclass(frozen=True, slots=True)
class Change:
    """What is otherwise with one session of a series: it is skipped, or it is moved.

    `day` and `time` are on the wall clock of the series' zone; None leaves the rule's.
    """

    skipped: bool = False
    why: str = ""
    day: date | None = None
    time: Wall | None = None


@dataclass(frozen=True, slots=True)
class Weekly:
    """A session that comes every week, or every few, on the wall clock of its zone.

    `first` and `last` are local dates, both included; `last` None means without end, and where
    only one date fits between them it is a single session. Weeks are counted from that of the
    first session. No `channel` means everywhere public. `changes` go by the date that the rule
    gives; what stands at other dates is of no account.
    """

    weekday: int
    time: time
    zone: str
    minutes: int
    first: date
    last: date | None = None
    title: str = "Office hour"
    every: int = 1
    channel: str = ""
    changes: Mapping[date, Change] = field(default_factory=dict, hash=False)

    def __post_init__(self) -> None:
        # Days that do not go on would be counted for ever.
        if not 1 <= self.every <= MOST_WEEKS:
            raise ValueError(f"every {self.every} weeks (1-{MOST_WEEKS})")


@dataclass(frozen=True, slots=True)
class Occurrence:
    """One session: `day`, the local date that the rule gives, is its identity (as RFC 5545's
    RECURRENCE-ID), also where it was moved to another; the rest is UTC.
    """

    day: date
    start: datetime
    end: datetime
    moved: bool = False


def instant(day: date, wall: time, zone: str) -> datetime:
    """The UTC moment of a wall-clock time.

    A time that does not exist moves forward by the gap, a time that comes twice means the first
    (RFC 5545, 3.3.5); PEP 495's fold=0 does both.
    """
    return datetime.combine(day, wall, ZoneInfo(zone)).astimezone(UTC)


def occurrences(series: Weekly, since: datetime, until: datetime) -> Iterator[Occurrence]:
    """The sessions that take place, have not ended at `since` and start before `until`, in order.

    What is skipped is left out, and what is moved counts when it really happens.
    """
    by_rule = _by_rule(series, since, until)
    if not series.changes:
        return by_rule
    unchanged = (o for o in by_rule if _changed(series, o) is o)
    there = (o for o in moved(series) if o.end > since and o.start < until)
    return merge(unchanged, there, key=_start)


def raw_occurrence(series: Weekly, day: date) -> Occurrence | None:
    """The session that the rule alone gives for a local date, if it has one that day."""
    if day < series.first or (series.last is not None and day > series.last):
        return None
    if (day - first_day(series)) % (WEEK * series.every):
        return None
    return _session(series, day)


def moved(series: Weekly) -> list[Occurrence]:
    """All sessions that take place at another time than the rule's, in order."""
    found = (_changed(series, planned) for planned, _ in _with_a_change(series))
    return sorted((o for o in found if o is not None and o.moved), key=_start)


def skipped(series: Weekly, since: datetime, until: datetime) -> Iterator[tuple[Occurrence, str]]:
    """The sessions that are left out of the same stretch of time, in order, each with its why."""
    found = [(o, change.why) for o, change in _with_a_change(series) if change.skipped]
    for planned, why in sorted(found, key=lambda f: f[0].start):
        if planned.end > since and planned.start < until:
            yield planned, why


def first_day(series: Weekly) -> date:
    """The local date of the first session, from which the weeks are counted."""
    return series.first + timedelta(days=(series.weekday - series.first.weekday()) % 7)


def last_day(series: Weekly) -> date | None:
    """The local date of the last session by the rule; None if there is no end.

    It comes before the first one where no date fits in between.
    """
    if series.last is None:
        return None
    return series.last - (series.last - first_day(series)) % (WEEK * series.every)


def _by_rule(series: Weekly, since: datetime, until: datetime) -> Iterator[Occurrence]:
    step, day = WEEK * series.every, first_day(series)
    near = since.astimezone(ZoneInfo(series.zone)).date() - WEEK
    day += step * max(0, -((day - near) // step))
    while series.last is None or day <= series.last:
        planned = _session(series, day)
        if planned.start >= until:
            return
        if planned.end > since:
            yield planned
        day += step


def _session(series: Weekly, day: date) -> Occurrence:
    start = instant(day, series.time, series.zone)
    return Occurrence(day, start, start + timedelta(minutes=series.minutes))


def _with_a_change(series: Weekly) -> Iterator[tuple[Occurrence, Change]]:
    for day, change in series.changes.items():
        planned = raw_occurrence(series, day)
        if planned is not None:
            yield planned, change


def _changed(series: Weekly, planned: Occurrence) -> Occurrence | None:
    """What becomes of a session of the rule: itself, one that is moved, or None if skipped."""
    change = series.changes.get(planned.day)
    if change is None:
        return planned
    if change.skipped:
        return None
    day = planned.day if change.day is None else change.day
    start = instant(day, series.time if change.time is None else change.time, series.zone)
    if start == planned.start:
        return planned
    return Occurrence(planned.day, start, start + (planned.end - planned.start), moved=True)


def _start(session: Occurrence) -> datetime:
    return session.start
