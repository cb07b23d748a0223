"""Every calendar, read by two programs that share no code: both see what the bot means."""

from collections import defaultdict
from collections.abc import Callable, Iterator
from dataclasses import replace
from datetime import UTC, date, datetime, time, timedelta
from functools import cache
from zoneinfo import ZoneInfo

import pytest
from dateutil.rrule import rrulestr
from ical.calendar import Calendar as Theirs
from ical.calendar_stream import IcsCalendarStream
from icalendar import Calendar, Component, use_zoneinfo

from gsocbot.rules.recurrence import Weekly, occurrences
from gsocbot.site.clean import clean
from gsocbot.site.snapshot import Snapshot
from tests.site.samples import KEY, files, real_season, season
from tests.site.test_pages import HOSTILE

ZONES = (
    "Europe/Berlin",
    "Europe/London",
    "America/New_York",
    "America/Los_Angeles",
    "Australia/Lord_Howe",
    "Pacific/Auckland",
    "Africa/Casablanca",
    "Africa/Cairo",
    "America/Santiago",
    "Asia/Kolkata",
    "America/Sao_Paulo",
)
TIMES = (time(0), time(1, 30), time(2, 30), time(9), time(18), time(23, 30))
WEEKS = 104
FIRST = date(2026, 1, 1)
LAST = FIRST + timedelta(weeks=WEEKS, days=-1)
LONG_AGO, FAR_AWAY = datetime(2000, 1, 1, tzinfo=UTC), datetime(2100, 1, 1, tzinfo=UTC)

CALENDARS = ("timeline", "office", "contributors", "mentors", "organisers")
MORE_HOSTILE = (
    *HOSTILE,
    "one, two; three\\four\\nfive: \\;\\,",
    "\N{PARTY POPPER}" * 300,
    "END:VEVENT\r\nEND:VCALENDAR\r\nBEGIN:VCALENDAR",
    'x"y^n;VALUE=URI:z',
    " begins and ends with a space ",
)

Starts = dict[str, list[datetime]]


def told_by_icalendar(content: bytes) -> Starts:
    """The sessions of each series, in UTC."""
    # It keeps zones by name from one file to the next.
    use_zoneinfo()  # type: ignore[no-untyped-call]
    found = {}
    for event in Calendar.from_ical(content).walk("VEVENT"):
        if "rrule" in event:
            rule = rrulestr(event["rrule"].to_ical().decode(), dtstart=event["dtstart"].dt)
            found[str(event["uid"]).partition(".")[0]] = [at.astimezone(UTC) for at in rule]
    return found


def told_by_ical(content: bytes) -> Starts:
    """The same, as the other program has it."""
    found = defaultdict(list)
    for event in IcsCalendarStream.calendar_from_ics(content.decode()).timeline_tz(UTC):
        if event.rrule:
            found[event.uid.partition(".")[0]].append(event.start.astimezone(UTC))
    return found


READERS = (told_by_icalendar, told_by_ical)


@cache
def everywhere(weekday: int) -> dict[str, Weekly]:
    """A session in every zone at every time."""
    return {
        f"{zone}-{at:%H%M}".lower().replace("/", "-").replace("_", "-"): Weekly(
            weekday, at, zone, 60, FIRST, LAST
        )
        for zone in ZONES
        for at in TIMES
    }


@cache
def written(weekday: int) -> bytes:
    """The calendar of mentors with all these sessions in it."""
    series = tuple(everywhere(weekday).items())
    return files(replace(season(), series=series))[f"{KEY}/mentors.ics"]


@cache
def meant(weekday: int) -> Starts:
    """When the bot holds them."""
    return {
        name: [o.start for o in occurrences(weekly, LONG_AGO, FAR_AWAY)]
        for name, weekly in everywhere(weekday).items()
    }


@pytest.mark.parametrize("told_by", READERS)
@pytest.mark.parametrize("weekday", [2, 6])  # Sunday has most changes of clocks
def test_two_years_of_sessions_begin_when_the_bot_holds_them(
    told_by: Callable[[bytes], Starts], weekday: int
) -> None:
    told = told_by(written(weekday))

    assert {len(starts) for starts in told.values()} == {WEEKS}
    assert len(told) == len(ZONES) * len(TIMES)
    assert told == meant(weekday)


@pytest.mark.parametrize("told_by", READERS)
def test_whoever_knows_no_zone_reads_the_same_from_the_calendar_alone(
    told_by: Callable[[bytes], Starts],
) -> None:
    content = written(6)
    for zone in ZONES:
        content = content.replace(zone.encode(), f"Unheard-of/{zone}".encode())

    told, there = told_by(content), meant(6)

    for name, weekly in everywhere(6).items():
        # A time that the clock leaves out both read by the offset behind the gap, where
        # RFC 5545, 3.3.5, wants the one before it. So only times that exist are compared.
        assert list(existing(told[name], weekly)) == list(existing(there[name], weekly)), name
        assert len(told[name]) == WEEKS


def existing(starts: list[datetime], weekly: Weekly) -> Iterator[datetime]:
    """The sessions on the days on which the clock shows their time."""
    zone = ZoneInfo(weekly.zone)
    for start in starts:
        day = (start + timedelta(hours=12)).astimezone(zone).date()
        near = [day + timedelta(days=n) for n in (-1, 0, 1)]
        (local,) = (d for d in near if d.weekday() == weekly.weekday)
        wall = datetime.combine(local, weekly.time, zone)
        if wall.astimezone(UTC).astimezone(zone).replace(tzinfo=None) == wall.replace(tzinfo=None):
            yield start


@pytest.mark.parametrize("name", CALENDARS)
def test_both_programs_see_the_same_events(name: str) -> None:
    content = files(real_season())[f"{KEY}/{name}.ics"]

    theirs = {
        e.uid: (e.summary, e.dtstart, e.sequence, e.dtstamp, sorted(a.trigger for a in e.alarm))
        for e in IcsCalendarStream.calendar_from_ics(content.decode()).events
    }

    assert theirs == {str(e["uid"]): _read(e) for e in Calendar.from_ical(content).walk("VEVENT")}
    assert len(theirs) >= 1


def _read(event: Component) -> tuple[object, ...]:
    alarms = sorted(alarm["trigger"].dt for alarm in event.walk("VALARM"))
    start, stamp = event["dtstart"].dt, event["dtstamp"].dt
    return str(event["summary"]), start, event["sequence"], stamp, alarms


@pytest.mark.parametrize("text", MORE_HOSTILE)
def test_a_hostile_text_stays_one_text(text: str) -> None:
    hostile, harmless = files(season(text)), files(season())
    (meant,) = clean(Snapshot((season(text),))).seasons
    title = f"{meant.facts.organisation}: {meant.deadlines[0].title}"

    for path in (f"{KEY}/{name}.ics" for name in CALENDARS):
        content = hostile[path]
        assert _shape(content) == _shape(harmless[path]), path
        assert _names(content) == _names(harmless[path]), path
        assert all(len(line) <= 75 for line in content.split(b"\r\n")), path
        assert not set(b"\r\n") & set(content.replace(b"\r\n", b"")), path
        calendar = IcsCalendarStream.calendar_from_ics(content.decode())
        assert _texts_of_ical(calendar) == _texts_of_icalendar(Calendar.from_ical(content)), path
        assert {e.summary for e in calendar.events} <= {title, f"{title}, ours"}, path
        assert not any(event.attendees or event.organizer for event in calendar.events), path


def _texts_of_ical(calendar: Theirs) -> list[tuple[str | None, ...]]:
    return [(e.uid, e.summary, e.description, str(e.url)) for e in calendar.events]


def _texts_of_icalendar(calendar: Component) -> list[tuple[str | None, ...]]:
    return [
        tuple(str(e[n]) if n in e else None for n in ("uid", "summary", "description", "url"))
        for e in calendar.walk("VEVENT")
    ]


def _shape(content: bytes) -> list[tuple[str, tuple[str, ...]]]:
    found = Calendar.from_ical(content).walk()
    return [(c.name or "", tuple(sorted(c.keys()))) for c in found]


def _names(content: bytes) -> list[bytes]:
    """The names of all properties, by the letter of RFC 5545 and no program."""
    lines = content.replace(b"\r\n ", b"").split(b"\r\n")
    return [line.replace(b";", b":").partition(b":")[0] for line in lines]
