"""When a weekly session happens: local dates, a wall-clock time, a zone; turned into UTC late."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

WEEK = timedelta(days=7)
WEEKDAYS = ("mon", "tue", "wed", "thu", "fri", "sat", "sun")


@dataclass(frozen=True, slots=True)
class Weekly:
    """A session that comes every week on the wall clock of its zone.

    `first` and `last` are local dates, both included; `last` None means without end.
    """

    weekday: int
    time: time
    zone: str
    minutes: int
    first: date
    last: date | None = None
    title: str = "Office hour"


@dataclass(frozen=True, slots=True)
class Occurrence:
    """One session: its local date is its identity (as RFC 5545's RECURRENCE-ID), the rest UTC."""

    day: date
    start: datetime
    end: datetime


def instant(day: date, wall: time, zone: str) -> datetime:
    """The UTC moment of a wall-clock time.

    A time that does not exist moves forward by the gap, a time that comes twice means the first
    (RFC 5545, 3.3.5); PEP 495's fold=0 does both.
    """
    return datetime.combine(day, wall, ZoneInfo(zone)).astimezone(UTC)


def occurrences(series: Weekly, since: datetime, until: datetime) -> Iterator[Occurrence]:
    """The sessions that have not ended at `since` and start before `until`, in order."""
    length = timedelta(minutes=series.minutes)
    day = max(series.first, since.astimezone(ZoneInfo(series.zone)).date() - WEEK)
    day += timedelta(days=(series.weekday - day.weekday()) % 7)
    while series.last is None or day <= series.last:
        start = instant(day, series.time, series.zone)
        if start >= until:
            return
        if start + length > since:
            yield Occurrence(day, start, start + length)
        day += WEEK
