"""Clocks on walls, looked at: no rule of gsocbot's and no arithmetic with folds, only reading.

UTC is walked in quarters of an hour, and what the clock of a zone shows then is written down. A
time that it never shows moves forward by the gap, one that it shows twice means the first.
"""

from datetime import UTC, date, datetime, time, timedelta
from functools import cache
from zoneinfo import ZoneInfo

QUARTER = timedelta(minutes=15)
EARLIEST, LATEST = timedelta(hours=-16), timedelta(hours=40)
"""A local day lies within this of its midnight in UTC."""


@cache
def _shown(zone: str, day: date) -> dict[datetime, datetime]:
    """What the clock shows about a day, in the order of time, and when it does so first."""
    tz = ZoneInfo(zone)
    midnight = datetime(day.year, day.month, day.day, tzinfo=UTC)
    at, end = midnight + EARLIEST, midnight + LATEST
    found: dict[datetime, datetime] = {}
    while at < end:
        found.setdefault(at.astimezone(tz).replace(tzinfo=None, fold=0), at)
        at += QUARTER
    return found


def moment(zone: str, day: date, wall: time) -> datetime:
    """The moment, in UTC, that somebody means who names a day and a time in a zone."""
    wanted = datetime.combine(day, wall)
    shown = _shown(zone, day)
    if wanted in shown:
        return shown[wanted]
    before = max(there for there in shown if there < wanted)
    after = min(there for there in shown if there > wanted)
    gap = after - before - QUARTER
    return shown[wanted + gap]


def is_odd(zone: str, day: date, wall: time) -> bool:
    """Whether a zone's clock never shows this time of a day, or shows it twice."""
    wanted = datetime.combine(day, wall)
    first = _shown(zone, day).get(wanted)
    if first is None:
        return True
    tz = ZoneInfo(zone)
    later = (first + n * QUARTER for n in range(1, 9))
    return any(at.astimezone(tz).replace(tzinfo=None, fold=0) == wanted for at in later)


@cache
def changes(zone: str, first: date, last: date) -> tuple[date, ...]:
    """The days on which a zone's clock jumps."""
    tz = ZoneInfo(zone)
    found = []
    at = datetime(first.year, first.month, first.day, tzinfo=UTC)
    before = at.astimezone(tz).utcoffset()
    while at.date() <= last:
        at += QUARTER
        now = at.astimezone(tz).utcoffset()
        if now != before:
            assert now is not None
            assert not now % QUARTER
            found.append((at - QUARTER).astimezone(tz).date())
            before = now
    return tuple(found)


def odd_days(zone: str, wall: time, first: date, last: date) -> list[date]:
    """The days on which a wall time is missing, or comes twice."""
    near = (c + timedelta(days=n) for c in changes(zone, first, last) for n in (-1, 0, 1))
    return sorted({day for day in near if is_odd(zone, day, wall)})
