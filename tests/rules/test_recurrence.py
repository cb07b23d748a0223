"""Sessions on the clock of the wall, through gaps and repeats, skipped and moved."""

import pickle
from dataclasses import replace
from datetime import UTC, date, datetime, time, timedelta
from itertools import islice

import pytest
from hypothesis import given
from hypothesis import strategies as st

from gsocbot.rules.recurrence import (
    MOST_WEEKS,
    Change,
    Occurrence,
    Weekly,
    first_day,
    instant,
    last_day,
    moved,
    occurrences,
    raw_occurrence,
    skipped,
)

SECOND = timedelta(seconds=1)
END_OF_TIME = datetime(9990, 1, 1, tzinfo=UTC)
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


YEAR = (at("2026-01-01 00:00"), at("2027-01-01 00:00"))
FORTNIGHT = Weekly(2, time(16), "UTC", 60, date(2026, 3, 2), date(2026, 4, 20), every=2)


def days(series: Weekly, since: datetime = YEAR[0], until: datetime = YEAR[1]) -> list[str]:
    """The sessions of a stretch of time, by month and day."""
    return [f"{o.day:%m-%d}" for o in occurrences(series, since, until)]


def test_weeks_are_counted_from_the_first_session() -> None:
    assert days(FORTNIGHT) == ["03-04", "03-18", "04-01", "04-15"]
    assert days(replace(FORTNIGHT, first=date(2026, 3, 4)))[:2] == ["03-04", "03-18"]
    assert days(replace(FORTNIGHT, first=date(2026, 3, 5)))[:2] == ["03-11", "03-25"]
    assert days(replace(FORTNIGHT, every=3)) == ["03-04", "03-25", "04-15"]


def test_no_window_shifts_the_weeks() -> None:
    endless = replace(FORTNIGHT, last=None)
    every_day = [at("2026-03-01 12:00") + timedelta(days=n) for n in range(300)]

    for since in every_day:
        found = next(occurrences(endless, since, END_OF_TIME))
        assert (found.day - date(2026, 3, 4)).days % 14 == 0
        assert timedelta(0) < found.end - max(since, at("2026-03-04 15:00")) <= timedelta(days=14)


@pytest.mark.parametrize(
    ("series", "ends"),
    [
        (SPRING, ("03-22", "04-05")),
        (FORTNIGHT, ("03-04", "04-15")),
        (replace(FORTNIGHT, last=date(2026, 4, 15)), ("03-04", "04-15")),
        (replace(FORTNIGHT, last=date(2026, 4, 14)), ("03-04", "04-01")),
        (replace(FORTNIGHT, last=date(2026, 3, 4)), ("03-04", "03-04")),
        (replace(FORTNIGHT, last=date(2026, 3, 3)), ("03-04", "02-18")),
    ],
)
def test_the_rule_begins_and_ends_on_days_of_its_own(series: Weekly, ends: tuple[str, str]) -> None:
    last = last_day(series)

    assert last is not None
    assert (f"{first_day(series):%m-%d}", f"{last:%m-%d}") == ends
    assert last_day(replace(series, last=None)) is None


@pytest.mark.parametrize("every", [0, -1, MOST_WEEKS + 1])
def test_a_series_comes_once_a_year_at_least(every: int) -> None:
    assert replace(SPRING, every=MOST_WEEKS).every == MOST_WEEKS
    with pytest.raises(ValueError, match=f"every {every} weeks"):
        replace(SPRING, every=every)


@pytest.mark.parametrize(
    ("day", "there"),
    [
        ("2026-02-18", False),  # before the first
        ("2026-03-04", True),
        ("2026-03-05", False),  # another day of the week
        ("2026-03-11", False),  # the week between
        ("2026-03-18", True),
        ("2026-04-15", True),
        ("2026-04-29", False),  # behind the last
    ],
)
def test_the_rule_alone_says_whether_there_is_a_session_on_a_day(day: str, there: bool) -> None:
    on = date.fromisoformat(day)
    otherwise = {on: Change(skipped=True)}
    start = at(f"{day} 16:00")
    session = Occurrence(on, start, start + timedelta(hours=1))

    assert raw_occurrence(FORTNIGHT, on) == (session if there else None)
    assert raw_occurrence(replace(FORTNIGHT, changes=otherwise), on) == (session if there else None)


WEEKLY = Weekly(2, time(16), "Europe/Berlin", 60, date(2026, 3, 4))
"""Wednesdays 15:00 UTC, from 1 April on 14:00."""


def test_what_is_skipped_is_left_out_and_keeps_its_why() -> None:
    series = replace(
        WEEKLY,
        last=date(2026, 3, 31),
        changes={
            date(2026, 3, 25): Change(skipped=True, why="holiday"),
            date(2026, 3, 11): Change(skipped=True, day=date(2026, 3, 12)),
            date(2026, 3, 12): Change(skipped=True, why="no session that day"),
            date(2026, 4, 1): Change(skipped=True, why="behind the end"),
            date(2026, 3, 18): Change(),
        },
    )

    assert days(series) == ["03-04", "03-18"]
    assert [(f"{o.day:%m-%d}", o.start, why) for o, why in skipped(series, *YEAR)] == [
        ("03-11", at("2026-03-11 15:00"), ""),
        ("03-25", at("2026-03-25 15:00"), "holiday"),
    ]


@pytest.mark.parametrize(
    ("since", "until", "there"),
    [
        (at("2026-03-25 16:00") - SECOND, END_OF_TIME, True),
        (at("2026-03-25 16:00"), END_OF_TIME, False),
        (YEAR[0], at("2026-03-25 15:00"), False),
        (YEAR[0], at("2026-03-25 15:00") + SECOND, True),
    ],
)
def test_what_is_skipped_counts_where_it_would_have_been(
    since: datetime, until: datetime, there: bool
) -> None:
    series = replace(WEEKLY, changes={date(2026, 3, 25): Change(skipped=True)})

    assert bool(list(skipped(series, since, until))) is there


@pytest.mark.parametrize(
    ("change", "start"),
    [
        (Change(day=date(2026, 3, 26)), "2026-03-26 15:00"),
        (Change(time=time(18, 30)), "2026-03-25 17:30"),
        (Change(time=time(0)), "2026-03-24 23:00"),
        (Change(day=date(2026, 3, 31), time=time(10)), "2026-03-31 08:00"),  # summer time by then
        (Change(day=date(2026, 3, 29), time=time(2, 30)), "2026-03-29 01:30"),  # in the gap
        (Change(day=date(2026, 10, 25), time=time(2, 30)), "2026-10-25 00:30"),  # comes twice
    ],
)
def test_what_is_moved_is_on_the_wall_clock_of_the_zone(change: Change, start: str) -> None:
    series = replace(WEEKLY, changes={date(2026, 3, 25): change})
    session = Occurrence(date(2026, 3, 25), at(start), at(start) + timedelta(hours=1), moved=True)

    assert [o for o in occurrences(series, *YEAR) if o.moved] == [session] == moved(series)
    assert len(days(series)) == len(days(WEEKLY))


def test_a_move_to_where_it_is_already_is_none() -> None:
    change = Change(day=date(2026, 3, 25), time=time(16))

    series = replace(WEEKLY, changes={date(2026, 3, 25): change})

    assert moved(series) == []
    assert list(occurrences(series, *YEAR)) == list(occurrences(WEEKLY, *YEAR))


def test_sessions_come_in_order_of_their_starts_whatever_their_days_are() -> None:
    changes = {
        date(2026, 3, 11): Change(day=date(2026, 3, 20)),
        date(2026, 3, 25): Change(day=date(2026, 3, 2)),  # before the first by the rule
    }

    assert days(replace(WEEKLY, changes=changes, last=date(2026, 3, 25))) == [
        "03-25",
        "03-04",
        "03-18",
        "03-11",
    ]


@pytest.mark.parametrize("far", [1, 300, 30_000])
def test_a_move_takes_a_session_out_of_one_window_and_into_another(far: int) -> None:
    there = date(2026, 3, 25) + timedelta(days=far)
    series = replace(WEEKLY, last=date(2026, 4, 1), changes={date(2026, 3, 25): Change(day=there)})
    midnight = datetime.combine(there, time(), UTC)

    assert days(series, until=at("2026-03-26 00:00")) == ["03-04", "03-11", "03-18"]
    assert days(series, midnight, midnight + timedelta(days=1)) == ["03-25"]
    assert days(series, midnight - timedelta(days=1), midnight) == []


def test_a_series_without_end_is_read_as_far_as_one_likes() -> None:
    changes = {
        date(2026, 3, 4): Change(skipped=True),
        date(2026, 3, 11): Change(day=date(2026, 3, 19)),
    }
    series = replace(WEEKLY, changes=changes)

    # There is no next week at the end of all dates: nothing may look that far ahead.
    found = list(islice(occurrences(series, YEAR[0], datetime.max.replace(tzinfo=UTC)), 3))

    assert [f"{o.day:%m-%d}" for o in found] == ["03-18", "03-11", "03-25"]


def test_a_single_session_may_be_skipped_and_moved() -> None:
    day = date(2026, 3, 4)
    one = replace(WEEKLY, last=day)

    assert days(one) == ["03-04"]
    assert days(replace(one, changes={day: Change(skipped=True)})) == []
    away = replace(one, changes={day: Change(day=date(2026, 8, 1))})
    assert [o.start for o in occurrences(away, *YEAR)] == [at("2026-08-01 14:00")]


def test_a_series_can_be_a_key_and_be_handed_to_another_process() -> None:
    series = replace(WEEKLY, changes={date(2026, 3, 4): Change(skipped=True, why="holiday")})

    assert {series: 1, WEEKLY: 2} == {replace(series): 1, replace(WEEKLY): 2}
    assert pickle.loads(pickle.dumps(series)) == series
    assert series != WEEKLY


CHANGES = st.dictionaries(
    st.integers(-2, 120).map(lambda n: date(2025, 1, 1) + timedelta(days=n)),
    st.builds(
        Change,
        skipped=st.booleans(),
        day=st.none() | st.dates(date(2024, 12, 1), date(2025, 6, 1)),
        time=st.none() | st.times().map(lambda t: t.replace(microsecond=0)),
    ),
    max_size=40,
)


@given(
    wall=st.times().map(lambda t: t.replace(microsecond=0)),
    zone=st.sampled_from(["UTC", "Europe/Berlin", "Australia/Lord_Howe", "America/Santiago"]),
    every=st.integers(1, 3),
    changes=CHANGES,
    since=st.datetimes(datetime(2024, 12, 1), datetime(2025, 6, 1), timezones=st.just(UTC)),
    length=st.integers(0, 60),
)
def test_any_window_has_what_takes_place_in_it(
    wall: time, zone: str, every: int, changes: dict[date, Change], since: datetime, length: int
) -> None:
    until = since + timedelta(days=length)
    first, last = date(2025, 1, 1), date(2025, 4, 30)
    series = Weekly(2, wall, zone, 90, first, last, every=every, changes=changes)

    expected, left_out = [], []
    for day in (first + timedelta(weeks=every * n) for n in range(20)):
        if day > last:
            break
        change = changes.get(day, Change())
        start = instant(change.day or day, wall if change.time is None else change.time, zone)
        if change.skipped:
            left_out.append((instant(day, wall, zone), day))
        else:
            expected.append((start, day))

    def inside(start: datetime) -> bool:
        return start + timedelta(minutes=90) > since and start < until

    found = [(o.start, o.day) for o in occurrences(series, since, until)]
    assert sorted(found) == sorted(e for e in expected if inside(e[0]))
    assert [start for start, _ in found] == sorted(start for start, _ in found)
    gone = [(o.start, o.day) for o, _ in skipped(series, since, until)]
    assert gone == [e for e in left_out if inside(e[0])]


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
