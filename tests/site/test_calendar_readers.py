"""Every calendar, read by two programs that share no code: both see what the bot means."""

import random
from collections import defaultdict
from collections.abc import Callable, Iterator
from dataclasses import replace
from datetime import UTC, date, datetime, time, timedelta
from functools import cache
from zoneinfo import ZoneInfo

import pytest
from dateutil.rrule import rruleset, rrulestr
from ical.calendar import Calendar as Theirs
from ical.calendar_stream import IcsCalendarStream
from icalendar import Calendar, Component, use_zoneinfo

from gsocbot.rules.recurrence import Change, Weekly, moved, occurrences, skipped
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
UNCHANGING = ("UTC", "Africa/Abidjan")
WEEKS = 78
ONCE = 0.1
"""So many of the series have but a session or two."""

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
    for uid, (first, *elsewhere) in _sessions(Calendar.from_ical(content)).items():
        rule = rruleset()
        if "rrule" in first:
            rule.rrule(rrulestr(first["rrule"].to_ical().decode(), dtstart=first["dtstart"].dt))
        else:
            rule.rdate(first["dtstart"].dt)
        for day in first.exdates:
            rule.exdate(day)
        for other in elsewhere:
            rule.exdate(other["recurrence-id"].dt)
        starts = [*rule, *(other["dtstart"].dt for other in elsewhere)]
        found[uid] = sorted(start.astimezone(UTC) for start in starts)
    return found


def _sessions(calendar: Component) -> dict[str, list[Component]]:
    """The events of each series: the rule, then those that are moved."""
    found = defaultdict(list)
    for event in calendar.walk("VEVENT"):
        name, dot, _ = str(event["uid"]).partition(".office@")
        if dot:
            found[name].append(event)
    return found


def told_by_ical(content: bytes) -> Starts:
    """The same, as the other program has it."""
    found = defaultdict(list)
    for event in IcsCalendarStream.calendar_from_ics(content.decode()).timeline_tz(UTC):
        name, dot, _ = str(event.uid).partition(".office@")
        if dot:
            found[name].append(event.start.astimezone(UTC))
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
def with_exceptions(weekday: int, seed: int) -> dict[str, Weekly]:
    """The same and UTC, every few weeks, with sessions skipped and moved as it comes."""
    dice = random.Random(seed)
    utc = {
        zone.lower().replace("/", "-"): Weekly(weekday, time(9), zone, 60, FIRST, LAST)
        for zone in UNCHANGING
    }
    return {
        name: replace(
            weekly,
            every=dice.choice((1, 1, 2, 3)),
            first=FIRST + timedelta(days=dice.randrange(-6, 1)),
            last=FIRST + timedelta(days=6) if dice.random() < ONCE else LAST,
            changes=dict(_exceptions(dice)),
        )
        for name, weekly in {**everywhere(weekday), **utc}.items()
    }


def _exceptions(dice: random.Random) -> Iterator[tuple[date, Change]]:
    for n in range(WEEKS * 7):
        if dice.random() < 0.3:
            day = FIRST + timedelta(days=n)
            if dice.random() < 0.4:
                yield day, Change(skipped=True, why="holiday")
            else:
                there = day + timedelta(days=dice.randrange(-40, 40))
                yield day, Change(day=dice.choice((None, there)), time=dice.choice((None, *TIMES)))


def written(series: dict[str, Weekly]) -> bytes:
    """The calendar of mentors with all these sessions in it."""
    return files(replace(season(), series=tuple(series.items())))[f"{KEY}/mentors.ics"]


def meant(series: dict[str, Weekly]) -> Starts:
    """When the bot holds them."""
    found = {
        name: [o.start for o in occurrences(weekly, LONG_AGO, FAR_AWAY)]
        for name, weekly in series.items()
    }
    return {name: starts for name, starts in found.items() if starts}


@pytest.mark.parametrize("told_by", READERS)
@pytest.mark.parametrize("weekday", [2, 6])  # Sunday has most changes of clocks
def test_a_year_and_a_half_of_sessions_begin_when_the_bot_holds_them(
    told_by: Callable[[bytes], Starts], weekday: int
) -> None:
    told = told_by(written(everywhere(weekday)))

    assert {len(starts) for starts in told.values()} == {WEEKS}
    assert len(told) == len(ZONES) * len(TIMES)
    assert told == meant(everywhere(weekday))


@pytest.mark.parametrize("told_by", READERS)
@pytest.mark.parametrize("weekday", [2, 6])
@pytest.mark.parametrize("seed", range(2))
def test_whatever_is_skipped_and_moved_begins_when_the_bot_holds_it(
    told_by: Callable[[bytes], Starts], weekday: int, seed: int
) -> None:
    series = with_exceptions(weekday, seed)
    assert sum(len(list(skipped(w, LONG_AGO, FAR_AWAY))) for w in series.values()) > 200
    assert sum(len(moved(w)) for w in series.values()) > 300

    assert told_by(written(series)) == meant(series)


@pytest.mark.parametrize("told_by", READERS)
@pytest.mark.parametrize("exceptions", [False, True])
def test_whoever_knows_no_zone_reads_the_same_from_the_calendar_alone(
    told_by: Callable[[bytes], Starts], exceptions: bool
) -> None:
    series = with_exceptions(6, 1) if exceptions else everywhere(6)
    content = written(series)
    for zone in ZONES:
        content = content.replace(zone.encode(), f"Unheard-of/{zone}".encode())

    told, there = told_by(content), meant(series)

    assert told.keys() == there.keys()
    for name, starts in there.items():
        # A time that the clock leaves out both read by the offset behind the gap, where
        # RFC 5545, 3.3.5, wants the one before it. So only times that exist are compared.
        gaps = missing(series[name])
        assert existing(told[name], gaps) == existing(starts, gaps), name
        assert len(told[name]) == len(starts)


def missing(weekly: Weekly) -> list[datetime]:
    """The sessions of the rule at a time that the clock leaves out."""
    zone = ZoneInfo(weekly.zone)
    return [
        o.start
        for o in occurrences(replace(weekly, changes={}), LONG_AGO, FAR_AWAY)
        if o.start.astimezone(zone).time() != weekly.time
    ]


def existing(starts: list[datetime], gaps: list[datetime]) -> list[datetime]:
    """The sessions that are not at one of these, whichever way it is read."""
    hour = timedelta(hours=1)
    return [s for s in starts if not any(abs(s - gap) <= hour for gap in gaps)]


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
