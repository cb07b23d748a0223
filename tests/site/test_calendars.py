"""The calendars: read back by other programs, they say the same as the bot."""

from dataclasses import replace
from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

import pytest
from dateutil.rrule import rrulestr
from dateutil.tz import tzical
from icalendar import Calendar, Component

from gsocbot.rules.recurrence import Weekly, occurrences
from gsocbot.rules.timeline import Deadline
from tests.site.samples import files, real_season, season

LONG_AGO, FAR_AWAY = datetime(2000, 1, 1, tzinfo=UTC), datetime(2013, 1, 1, tzinfo=UTC)

CLOCKS = [
    ("Europe/London", time(16)),
    ("Europe/London", time(1, 30)),  # falls into both changes
    ("Europe/London", time(2, 30)),
    ("America/New_York", time(2, 30)),
    ("America/New_York", time(23)),
    ("Australia/Lord_Howe", time(2, 15)),  # half an hour
    ("Africa/Cairo", time(0, 30)),
    ("Asia/Kolkata", time(9)),
    ("Pacific/Apia", time(10)),  # left out 30 December 2011
    ("UTC", time(15)),
    ("Europe/Dublin", time(12)),
]


def office(weekly: Weekly) -> bytes:
    """The calendar of one weekly session."""
    return files(replace(season(), series=(("office", weekly),)))["xen-2011/office.ics"]


def dates(content: bytes) -> dict[str, Component]:
    """The events of a calendar by their names."""
    return {str(e["uid"]): e for e in Calendar.from_ical(content).walk("VEVENT")}


@pytest.mark.parametrize("weekday", [2, 6])
@pytest.mark.parametrize(("zone", "at"), CLOCKS)
@pytest.mark.parametrize("last", [date(2012, 6, 30), None])
def test_the_rule_gives_the_sessions_that_the_bot_holds(
    zone: str, at: time, weekday: int, last: date | None
) -> None:
    weekly = Weekly(weekday, at, zone, 60, date(2011, 2, 1), last)
    held = [o.start for o in occurrences(weekly, LONG_AGO, FAR_AWAY)]

    (event,) = dates(office(weekly)).values()
    start = event["dtstart"].dt
    rule = rrulestr(event["rrule"].to_ical().decode(), dtstart=start)
    told = [s.astimezone(UTC) for s in rule.between(LONG_AGO, FAR_AWAY, inc=True)]

    assert told == held
    assert event["duration"].dt == timedelta(hours=1)


@pytest.mark.parametrize(("zone", "at"), [c for c in CLOCKS if c[0] != "UTC"])
def test_the_written_zone_alone_is_enough_to_know_every_hour(zone: str, at: time) -> None:
    content = office(Weekly(6, at, zone, 60, date(2011, 2, 1), date(2012, 6, 30)))
    begin, end = content.index(b"BEGIN:VTIMEZONE"), content.index(b"END:VTIMEZONE")
    written = Calendar.from_ical(content).walk("VTIMEZONE")[0]

    # icalendar's reading of the zone, at every half hour of the written stretch.
    theirs = written.to_tz(lookup_tzid=False)
    hour = datetime(2011, 2, 1, tzinfo=UTC)
    while hour < datetime(2012, 7, 1, tzinfo=UTC):
        wall = hour.astimezone(ZoneInfo(zone)).replace(fold=0)
        if wall.astimezone(UTC) == hour:  # not the second of an hour that comes twice
            assert wall.replace(tzinfo=theirs).utcoffset() == wall.utcoffset(), wall
        hour += timedelta(minutes=30)
    assert begin < end


def test_dateutil_reads_the_zone_of_london_as_we_do(tmp_path) -> None:
    path = tmp_path / "office.ics"
    path.write_bytes(
        office(Weekly(2, time(16), "Europe/London", 60, date(2011, 3, 2), date(2011, 12, 28)))
    )
    zone = tzical(str(path)).get("Europe/London")

    for weekly in range(40):
        wall = datetime(2011, 3, 2, 16) + timedelta(weeks=weekly)
        ours = wall.replace(tzinfo=ZoneInfo("Europe/London"))
        assert wall.replace(tzinfo=zone).utcoffset() == ours.utcoffset(), wall


def test_an_alarm_rings_an_hour_before_the_session() -> None:
    (event,) = dates(files(season())["xen-2011/office.ics"]).values()

    (alarm,) = event.walk("VALARM")
    assert alarm["trigger"].dt == -timedelta(hours=1)


def test_a_series_that_ends_before_its_first_session_is_left_out() -> None:
    content = office(Weekly(2, time(16), "UTC", 60, date(2011, 3, 24), date(2011, 3, 29)))

    assert dates(content) == {}


def test_every_date_is_a_moment_in_utc_or_a_whole_day() -> None:
    real = real_season()
    events = dates(files(real)["xen-2011/timeline.ics"])

    earlier = {uid for uid in events if ".ours@" in uid}
    assert len(events) - len(earlier) == len(real.deadlines) == 21
    for deadline in real.deadlines:
        event = events[f"{deadline.slug}@xen-2011.gsocbot"]
        assert event["dtstart"].dt == (deadline.at or deadline.day)
        assert event["summary"] == f"Xen.org: {deadline.title}"
        assert event["dtstamp"].dt == real.facts.since
    assert b"DTSTART:20110408T190000Z" in files(real)["xen-2011/timeline.ics"]
    assert b"DTSTART;VALUE=DATE:20110523" in files(real)["xen-2011/timeline.ics"]


def test_a_date_that_moves_keeps_its_name_and_counts_its_moves() -> None:
    day = date(2011, 5, 23)
    before = (Deadline("a b", "One", day=day), Deadline("a-b", "Two", day=date(2011, 6, 1)))
    after = (replace(before[0], day=date(2011, 7, 1), sequence=1), before[1])

    was, now = (
        dates(files(replace(season(), deadlines=both))["xen-2011/timeline.ics"])
        for both in (before, after)
    )

    assert {u: str(e["summary"]) for u, e in was.items()} == {
        u: str(e["summary"]) for u, e in now.items()
    }
    moved = {u: (e["sequence"], e["dtstart"].dt) for u, e in now.items()}
    assert sorted(moved.values()) == [(0, date(2011, 6, 1)), (1, date(2011, 7, 1))]


def test_two_slugs_that_look_alike_keep_names_of_their_own() -> None:
    day = date(2011, 5, 23)
    two = replace(
        season(), deadlines=(Deadline("a b", "x", day=day), Deadline("a/b", "y", day=day))
    )

    both = set(dates(files(two)["xen-2011/timeline.ics"]))
    assert len(both) == 2
    for alone in two.deadlines:
        assert both > set(
            dates(files(replace(two, deadlines=(alone,)))["xen-2011/timeline.ics"])
        ), alone
