"""The calendars of a season: all dates, the office hours, and what concerns each audience."""

from collections.abc import Iterable, Iterator, Sequence
from datetime import UTC, datetime, time, timedelta

from icalendar import Calendar, Component

from gsocbot.render.addresses import (
    CONTRIBUTORS_CALENDAR,
    MENTORS_CALENDAR,
    OFFICE_CALENDAR,
    ORGANISERS_CALENDAR,
    TIMELINE_CALENDAR,
    Addresses,
)
from gsocbot.rules.recurrence import Weekly, first_day, last_day, moved, occurrences
from gsocbot.rules.timeline import Audience, Deadline, concerns, in_order
from gsocbot.site.events import Events, tzid
from gsocbot.site.names import audience, lasting
from gsocbot.site.snapshot import SeasonSnapshot
from gsocbot.site.zones import written_out

ZONE_WITHOUT_END = timedelta(days=3653)
"""For how long the clock changes of a session without an end are written out."""

ASKED_FOR_AGAIN = timedelta(hours=6)
"""How often a calendar that follows us should look for dates that have moved."""

AUDIENCES = (
    (Audience.STUDENTS, CONTRIBUTORS_CALENDAR),
    (Audience.MENTORS, MENTORS_CALENDAR),
    (Audience.ORGANISERS, ORGANISERS_CALENDAR),
)

_YEAR = timedelta(days=365)
_LONG_AGO, _END_OF_TIME = datetime(1970, 1, 1, tzinfo=UTC), datetime(9990, 1, 1, tzinfo=UTC)


def calendars(season: SeasonSnapshot, addresses: Addresses) -> Iterator[tuple[str, bytes]]:
    """All calendars with their paths; an event has the same name and words in each."""
    title, events = season.facts.title, Events(season, addresses)
    everything = in_order(season.deadlines)
    yield TIMELINE_CALENDAR, written(title, (), _dates(everything, events))
    there = _held(season)
    zones = _zones([weekly for _, weekly in there])
    # A dot is in no slug: what is added to a name makes no other date's name.
    hours = [
        event
        for key, weekly in there
        for event in events.weekly(weekly, key, f"{lasting(key)}.office")
    ]
    yield OFFICE_CALENDAR, written(f"{title}: office hour", zones, hours)
    for whom, path in AUDIENCES:
        dates = _dates([d for d in everything if concerns(d, whom)], events)
        name = f"{title}: for {audience(whom, season.facts.word)}"
        yield path, written(name, zones, [*dates, *hours])


def _dates(deadlines: Iterable[Deadline], events: Events) -> Iterator[Component]:
    for deadline in deadlines:
        name = lasting(deadline.slug)
        if deadline.ours_at is not None:
            yield events.ours(deadline, f"{name}.ours")
        yield events.date(deadline, name)


def _held(season: SeasonSnapshot) -> list[tuple[str, Weekly]]:
    """The series that have a session at all."""
    return [
        (key, weekly)
        for key, weekly in season.series
        if next(occurrences(weekly, _LONG_AGO, _END_OF_TIME), None)
    ]


def _zones(series: Sequence[Weekly]) -> list[Component]:
    names = sorted({tzid(weekly.zone) for weekly in series})
    return [_zone(name, [w for w in series if tzid(w.zone) == name]) for name in names]


def _zone(zone: str, series: Sequence[Weekly]) -> Component:
    """The clock changes of a zone, from a year before its sessions to a year after them."""
    days = [o.start.date() for weekly in series for o in moved(weekly)]
    days += [first_day(weekly) for weekly in series]
    first = min(days)
    days += [last_day(weekly) or first_day(weekly) + ZONE_WITHOUT_END for weekly in series]
    last = max(days)
    noon = time(12, tzinfo=UTC)
    return written_out(
        zone, datetime.combine(first, noon) - _YEAR, datetime.combine(last, noon) + _YEAR
    )


def written(name: str, zones: Iterable[Component], events: Iterable[Component]) -> bytes:
    """A calendar as a file."""
    calendar = Calendar()
    calendar.add("prodid", "-//gsocbot//site//EN")
    calendar.add("version", "2.0")
    calendar.add("calscale", "GREGORIAN")
    calendar.add("name", name)
    calendar.add("x-wr-calname", name)
    calendar.add("refresh-interval", ASKED_FOR_AGAIN, parameters={"value": "DURATION"})
    for part in (*zones, *events):
        calendar.add_component(part)
    return bytes(calendar.to_ical())
