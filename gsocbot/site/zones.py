"""A time zone written out for a calendar: when its clock changes, and by how much.

icalendar's own Timezone.from_tzid puts the change to summer time an hour late: RFC 5545, 3.6.5,
wants the onset on the clock that was valid before it.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

from icalendar import Component, Timezone, TimezoneDaylight, TimezoneStandard

_DAY, _MINUTE = timedelta(days=1), timedelta(minutes=1)


@dataclass(frozen=True, slots=True)
class _Change:
    """The clock's offsets before and after, its new letters, and whether it is summer time."""

    before: timedelta
    after: timedelta
    letters: str
    summer: bool


def written_out(zone: str, since: datetime, until: datetime) -> Component:
    """The VTIMEZONE of a zone, right between two moments."""
    starts: dict[_Change, list[datetime]] = {}
    for at, change in _changes(ZoneInfo(zone), since.astimezone(UTC), until.astimezone(UTC)):
        starts.setdefault(change, []).append((at + change.before).replace(tzinfo=None))
    timezone = Timezone()
    timezone.add("tzid", zone)
    for change, moments in starts.items():
        part = TimezoneDaylight() if change.summer else TimezoneStandard()
        part.add("dtstart", moments[0])
        part.add("tzoffsetfrom", change.before)
        part.add("tzoffsetto", change.after)
        part.add("tzname", change.letters)
        part.add("rdate", moments)  # the first too: not every reader counts DTSTART as an onset
        timezone.add_component(part)
    return timezone


def _changes(
    zone: ZoneInfo, since: datetime, until: datetime
) -> Iterator[tuple[datetime, _Change]]:
    """How the clock stands at first, and each time it is set anew."""
    offset = _offset(zone, since)
    yield since, _change(zone, since, offset)
    day = since
    while day < until:
        if _offset(zone, day + _DAY) != offset:
            at = _moment_of_change(zone, day, offset)
            yield at, _change(zone, at, offset)
            offset = _offset(zone, day + _DAY)
        day += _DAY


def _moment_of_change(zone: ZoneInfo, day: datetime, offset: timedelta) -> datetime:
    before, after = day, day + _DAY
    while after - before > _MINUTE:
        middle = before + (after - before) / 2
        middle = middle.replace(second=0, microsecond=0)
        if _offset(zone, middle) == offset:
            before = middle
        else:
            after = middle
    return after


def _change(zone: ZoneInfo, at: datetime, before: timedelta) -> _Change:
    there = at.astimezone(zone)
    return _Change(before, _offset(zone, at), there.tzname() or zone.key, bool(there.dst()))


def _offset(zone: ZoneInfo, at: datetime) -> timedelta:
    offset = at.astimezone(zone).utcoffset()
    assert offset is not None
    return offset
