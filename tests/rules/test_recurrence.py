"""Weekly sessions on the clock of the wall, through gaps and repeats."""

from datetime import UTC, date, datetime, time, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from gsocbot.rules.recurrence import Occurrence, Weekly, instant, occurrences

SECOND = timedelta(seconds=1)
SPRING = Weekly(6, time(2, 30), "Europe/Berlin", 60, date(2026, 3, 22), date(2026, 4, 5))


def at(text: str) -> datetime:
    return datetime.fromisoformat(text).replace(tzinfo=UTC)


@pytest.mark.parametrize(
    ("day", "wall", "zone", "utc"),
    [
        # The hour before a gap, in it, behind it: what does not exist moves forward by the gap.
        ("2026-03-29", "01:59", "Europe/Berlin", "2026-03-29 00:59"),
        ("2026-03-29", "02:00", "Europe/Berlin", "2026-03-29 01:00"),
        ("2026-03-29", "02:30", "Europe/Berlin", "2026-03-29 01:30"),
        ("2026-03-29", "02:59", "Europe/Berlin", "2026-03-29 01:59"),
        ("2026-03-29", "03:00", "Europe/Berlin", "2026-03-29 01:00"),
        # What comes twice means the first.
        ("2026-10-25", "01:59", "Europe/Berlin", "2026-10-24 23:59"),
        ("2026-10-25", "02:00", "Europe/Berlin", "2026-10-25 00:00"),
        ("2026-10-25", "02:59", "Europe/Berlin", "2026-10-25 00:59"),
        ("2026-10-25", "03:00", "Europe/Berlin", "2026-10-25 02:00"),
        ("2026-03-08", "02:30", "America/New_York", "2026-03-08 07:30"),
        ("2026-11-01", "01:30", "America/New_York", "2026-11-01 05:30"),
        # Half an hour is changed on Lord Howe Island.
        ("2026-10-04", "01:59", "Australia/Lord_Howe", "2026-10-03 15:29"),
        ("2026-10-04", "02:15", "Australia/Lord_Howe", "2026-10-03 15:45"),
        ("2026-10-04", "02:30", "Australia/Lord_Howe", "2026-10-03 15:30"),
        ("2026-04-05", "01:29", "Australia/Lord_Howe", "2026-04-04 14:29"),
        ("2026-04-05", "01:45", "Australia/Lord_Howe", "2026-04-04 14:45"),
        ("2026-04-05", "02:00", "Australia/Lord_Howe", "2026-04-04 15:30"),
        # Midnight itself is missing in Santiago.
        ("2026-09-05", "23:59", "America/Santiago", "2026-09-06 03:59"),
        ("2026-09-06", "00:00", "America/Santiago", "2026-09-06 04:00"),
        ("2026-09-06", "00:30", "America/Santiago", "2026-09-06 04:30"),
        ("2026-09-06", "01:00", "America/Santiago", "2026-09-06 04:00"),
        # A whole day was missing in Samoa.
        ("2011-12-30", "12:00", "Pacific/Apia", "2011-12-30 22:00"),
        ("2026-03-29", "12:00", "Asia/Kolkata", "2026-03-29 06:30"),
        ("2026-03-29", "12:00", "Asia/Kathmandu", "2026-03-29 06:15"),
    ],
)
def test_a_time_on_the_wall_is_one_moment(day: str, wall: str, zone: str, utc: str) -> None:
    assert instant(date.fromisoformat(day), time.fromisoformat(wall), zone) == at(utc)


def test_a_session_stays_on_its_wall_clock_when_the_clocks_change() -> None:
    found = list(occurrences(SPRING, at("2026-01-01 00:00"), at("2027-01-01 00:00")))

    assert [(o.day, o.start) for o in found] == [
        (date(2026, 3, 22), at("2026-03-22 01:30")),
        (date(2026, 3, 29), at("2026-03-29 01:30")),
        (date(2026, 4, 5), at("2026-04-05 00:30")),
    ]
    assert {o.end - o.start for o in found} == {timedelta(hours=1)}


@pytest.mark.parametrize(
    ("since", "until", "days"),
    [
        # A session counts until it has ended ...
        (at("2026-03-22 02:30") - SECOND, at("2026-03-23 00:00"), [22]),
        (at("2026-03-22 02:30"), at("2026-03-23 00:00"), []),
        # ... and from the moment before which it starts.
        (at("2026-03-01 00:00"), at("2026-03-22 01:30"), []),
        (at("2026-03-01 00:00"), at("2026-03-22 01:30") + SECOND, [22]),
    ],
)
def test_a_session_counts_until_its_end(since: datetime, until: datetime, days: list[int]) -> None:
    assert [o.day.day for o in occurrences(SPRING, since, until)] == days


def test_first_and_last_are_both_included() -> None:
    one = Weekly(2, time(16), "UTC", 30, date(2026, 3, 4), date(2026, 3, 4))
    none = Weekly(2, time(16), "UTC", 30, date(2026, 3, 5), date(2026, 3, 10))
    year = (at("2026-01-01 00:00"), at("2027-01-01 00:00"))

    assert [o.day for o in occurrences(one, *year)] == [date(2026, 3, 4)]
    assert list(occurrences(none, *year)) == []


@given(
    weekday=st.integers(0, 6),
    wall=st.times().map(lambda t: t.replace(microsecond=0)),
    zone=st.sampled_from(
        ["UTC", "Europe/Berlin", "Australia/Lord_Howe", "America/Santiago", "Pacific/Kiritimati"]
    ),
    since=st.datetimes(datetime(2025, 1, 1), datetime(2027, 1, 1), timezones=st.just(UTC)),
    days=st.integers(0, 30),
)
def test_any_window_has_the_sessions_that_a_wider_one_has_there(
    weekday: int, wall: time, zone: str, since: datetime, days: int
) -> None:
    series = Weekly(weekday, wall, zone, 90, date(2025, 1, 1))
    until = since + timedelta(days=days)

    def inside(found: Occurrence) -> bool:
        return found.end > since and found.start < until

    wide = occurrences(series, since - timedelta(days=40), until + timedelta(days=40))
    assert list(occurrences(series, since, until)) == [o for o in wide if inside(o)]
