"""The calendar of office hours: every few weeks or once, and what is skipped and moved."""

from collections.abc import Mapping
from dataclasses import replace
from datetime import UTC, date, datetime, time, timedelta

import pytest
from icalendar import Calendar, Component

from gsocbot.rules.recurrence import Change, Weekly
from gsocbot.site.snapshot import Revision
from tests.site.samples import KEY, files, season
from tests.site.test_calendar_readers import MORE_HOSTILE, READERS

FIRST, SECOND, THIRD = (date(2026, 3, day) for day in (4, 11, 18))
LAST = date(2026, 5, 27)
WEEKLY = Weekly(2, time(16), "Europe/Berlin", 60, FIRST, LAST)
ONCE = replace(WEEKLY, last=FIRST)
SKIPPED, LATER = Change(skipped=True, why="holiday"), Change(time=time(18, 30))
CALENDARS = ("office", "contributors", "mentors", "organisers")


def written(weekly: Weekly, *revised: Revision) -> bytes:
    """The calendar of office hours with this series alone."""
    one = replace(season(), series=(("office", weekly),), revised_series=revised)
    return files(one)[f"{KEY}/office.ics"]


def lines(weekly: Weekly, *names: str) -> list[list[str]]:
    """What each event says under some names, by the letter."""
    text = written(weekly).decode().replace("\r\n ", "")
    return [
        [line for line in event.split("\r\n") if line.startswith(names)]
        for event in text.split("BEGIN:VEVENT\r\n")[1:]
    ]


def events(weekly: Weekly, *revised: Revision) -> list[Component]:
    return Calendar.from_ical(written(weekly, *revised)).walk("VEVENT")


def changing(weekly: Weekly, changes: Mapping[date, Change]) -> Weekly:
    return replace(weekly, changes=changes)


def test_every_few_weeks_is_an_interval() -> None:
    until = "UNTIL=20260527T140000Z"
    assert lines(WEEKLY, "RRULE") == [[f"RRULE:FREQ=WEEKLY;{until};BYDAY=WE"]]
    # The last that the rule itself gives: the end of the series falls between two sessions.
    assert lines(replace(WEEKLY, every=3, last=date(2026, 5, 20)), "RRULE") == [
        ["RRULE:FREQ=WEEKLY;UNTIL=20260506T140000Z;INTERVAL=3;BYDAY=WE"]
    ]


def test_a_single_session_has_no_rule() -> None:
    assert lines(ONCE, "RRULE", "DTSTART", "EXDATE", "RECURRENCE-ID") == [
        ["DTSTART;TZID=Europe/Berlin:20260304T160000"]
    ]


def test_a_single_session_that_is_moved_is_just_elsewhere() -> None:
    moved = changing(ONCE, {FIRST: Change(day=date(2026, 4, 7), time=time(9))})

    assert lines(moved, "RRULE", "DTSTART", "EXDATE", "RECURRENCE-ID") == [
        ["DTSTART;TZID=Europe/Berlin:20260407T090000"]
    ]


@pytest.mark.parametrize(
    "weekly",
    [
        changing(ONCE, {FIRST: SKIPPED}),
        changing(replace(WEEKLY, last=SECOND), {FIRST: SKIPPED, SECOND: SKIPPED}),
    ],
)
def test_a_series_of_which_nothing_is_left_is_in_no_calendar(weekly: Weekly) -> None:
    assert events(weekly) == []
    assert b"VTIMEZONE" not in written(weekly)


def test_what_is_skipped_is_an_exception_from_the_rule_also_at_its_beginning() -> None:
    series = changing(
        WEEKLY, {THIRD: SKIPPED, FIRST: SKIPPED, date(2026, 3, 5): SKIPPED, SECOND: Change()}
    )

    assert lines(series, "DTSTART", "EXDATE", "RECURRENCE-ID") == [
        [
            "DTSTART;TZID=Europe/Berlin:20260304T160000",
            "EXDATE;TZID=Europe/Berlin:20260304T160000",
            "EXDATE;TZID=Europe/Berlin:20260318T160000",
        ]
    ]


def test_what_is_moved_is_an_event_that_names_the_session_of_the_rule() -> None:
    series = changing(WEEKLY, {FIRST: LATER, THIRD: Change(day=date(2026, 4, 2))})

    assert lines(series, "UID", "DTSTART", "EXDATE", "RECURRENCE-ID", "DURATION") == [
        [
            "DTSTART;TZID=Europe/Berlin:20260304T160000",
            "DURATION:PT1H",
            f"UID:office.office@{KEY}.gsocbot",
        ],
        [
            "DTSTART;TZID=Europe/Berlin:20260304T183000",
            "DURATION:PT1H",
            f"UID:office.office@{KEY}.gsocbot",
            "RECURRENCE-ID;TZID=Europe/Berlin:20260304T160000",
        ],
        [
            "DTSTART;TZID=Europe/Berlin:20260402T160000",
            "DURATION:PT1H",
            f"UID:office.office@{KEY}.gsocbot",
            "RECURRENCE-ID;TZID=Europe/Berlin:20260318T160000",
        ],
    ]


@pytest.mark.parametrize("told_by", READERS)
@pytest.mark.parametrize("zone", ["UTC", "Etc/UTC", "Zulu", "GMT", "Africa/Abidjan"])
def test_a_session_on_the_clock_of_utc_that_is_moved_is_not_seen_twice(told_by, zone: str) -> None:
    series = replace(WEEKLY, zone=zone, last=THIRD, changes={SECOND: LATER})

    assert told_by(written(series))["office"] == [
        datetime(2026, 3, 4, 16, tzinfo=UTC),
        datetime(2026, 3, 11, 18, 30, tzinfo=UTC),
        datetime(2026, 3, 18, 16, tzinfo=UTC),
    ]


def test_all_events_of_a_series_are_revised_together_and_ring_an_hour_before() -> None:
    at = datetime(2026, 3, 1, 10, tzinfo=UTC)
    series = changing(replace(WEEKLY, title="Hour", channel="#gsoc"), {FIRST: LATER, SECOND: LATER})

    found = events(series, Revision("office", at, 7))

    assert len(found) == 3
    for event in found:
        assert (event["sequence"], event["dtstamp"].dt, event["last-modified"].dt) == (7, at, at)
        assert [a["trigger"].dt for a in event.walk("VALARM")] == [-timedelta(hours=1)]
        assert (event["location"], event["summary"]) == ("#gsoc", "harmless: Hour")


def test_a_series_for_everywhere_says_no_place() -> None:
    assert lines(WEEKLY, "LOCATION") == [[]]


@pytest.mark.parametrize("text", MORE_HOSTILE)
def test_a_hostile_place_stays_one_text_and_the_reason_of_a_skip_stays_out(text: str) -> None:
    series = replace(WEEKLY, channel=text, changes={FIRST: replace(SKIPPED, why=text)})
    harmless = replace(series, channel="harmless")

    names = [
        [line.replace(b";", b":").partition(b":")[0] for line in c.split(b"\r\n")]
        for c in (written(w).replace(b"\r\n ", b"") for w in (series, harmless))
    ]

    assert names[0] == names[1]
    (event,) = events(series)
    assert set(str(event["location"])).isdisjoint("\r\n")


@pytest.mark.parametrize("years", [-20, 20])
def test_the_zone_is_written_out_as_far_as_a_session_is_moved(years: int) -> None:
    there = date(2026 + years, 7, 1)
    content = written(changing(WEEKLY, {SECOND: Change(day=there)}))
    content = content.replace(b"Europe/Berlin", b"Unheard-of/Berlin")

    for told_by in READERS:
        told = told_by(content)["office"]
        assert datetime(2026 + years, 7, 1, 14, tzinfo=UTC) in told  # summer time


@pytest.mark.parametrize("name", CALENDARS)
def test_every_calendar_has_the_exceptions(name: str) -> None:
    one = replace(season(), series=(("office", changing(WEEKLY, {FIRST: LATER, THIRD: SKIPPED})),))

    content = files(one)[f"{KEY}/{name}.ics"]

    assert content.count(b"RECURRENCE-ID") == content.count(b"EXDATE") == 1
    office = files(one)[f"{KEY}/office.ics"]
    assert office[office.index(b"UID:office.office") :] in content
