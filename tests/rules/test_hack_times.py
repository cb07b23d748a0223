"""Times of a hackathon: how they are read, on which day, and what is refused."""

from datetime import UTC, date, datetime, time

import pytest

from gsocbot.rules.hack_rooms import moved
from gsocbot.rules.hack_spoken import read_hours, split_place
from gsocbot.rules.hack_times import when
from gsocbot.rules.hackathon import Days
from gsocbot.talk import Refused

DAYS = Days(date(2026, 3, 27), date(2026, 3, 29), "Europe/Berlin")
"""Fri to Sun; in the night to Sunday the clocks go forward."""
HOURS = (time(9), time(18))
BEFORE = datetime(2026, 3, 2, 10, tzinfo=UTC)
FRIDAY = datetime(2026, 3, 27, 12, 30, tzinfo=UTC)
"""13:30 there."""


def read(text: str, now: datetime = BEFORE) -> tuple[str, str]:
    """The room, and from when until when on the clock of the place."""
    room, spoken = split_place(text)
    span = when(spoken, DAYS, HOURS, now, "Xen")
    start, end = (at.astimezone(DAYS.tz) for at in (span.start, span.end))
    assert span.day == DAYS.day_at(span.start)
    return room, f"{start:%d %H:%M%z}-{end:%d %H:%M%z}"


@pytest.mark.parametrize(
    ("text", "room", "span"),
    [
        ("room 1", "room 1", "27 09:00+0100-27 18:00+0100"),
        ("Room 2.14 15:00", "Room 2.14", "27 15:00+0100-27 16:00+0100"),
        ("room 3-4 3pm", "room 3-4", "27 15:00+0100-27 16:00+0100"),
        ("lab, sat 10-12", "lab", "28 10:00+0100-28 12:00+0100"),
        ("lab on saturday from 3 pm to 4:30pm", "lab", "28 15:00+0100-28 16:30+0100"),
        ("lab 2-4pm", "lab", "27 14:00+0100-27 16:00+0100"),
        ("lab 11-1pm", "lab", "27 11:00+0100-27 13:00+0100"),
        ("15:00 90 min in the kitchen", "kitchen", "27 15:00+0100-27 16:30+0100"),
        ("fri 27 mar 15:00–16:30 hall", "hall", "27 15:00+0100-27 16:30+0100"),
        ("hall 2026-03-28 noon 1h30m", "hall", "28 12:00+0100-28 13:30+0100"),
        ("hall day 2 until 12:00", "hall", "28 09:00+0100-28 12:00+0100"),
        ("room 1 1500", "room 1", "27 15:00+0100-27 16:00+0100"),
        ("room 1 sat 0930", "room 1", "28 09:30+0100-28 10:30+0100"),
        ("room 1 1500 sat", "room 1", "28 15:00+0100-28 16:00+0100"),
        ("1500 room 1", "room 1", "27 15:00+0100-27 16:00+0100"),
        ("room 2014 1500", "room 2014", "27 15:00+0100-27 16:00+0100"),
        ("room 1430", "room 1430", "27 09:00+0100-27 18:00+0100"),
        ("room 1430 sat 10:00", "room 1430", "28 10:00+0100-28 11:00+0100"),
        ("room 4711", "room 4711", "27 09:00+0100-27 18:00+0100"),
        ("building 4, 301", "building 4, 301", "27 09:00+0100-27 18:00+0100"),
        ("lab 1500 90m", "lab", "27 15:00+0100-27 16:30+0100"),
        ("lab 1500-1630", "lab", "27 15:00+0100-27 16:30+0100"),
        ("lab sat 1500 to 1630", "lab", "28 15:00+0100-28 16:30+0100"),
        ("lab sat 28 mar 1500 until 1630", "lab", "28 15:00+0100-28 16:30+0100"),
        ("lab 28 mar 2000", "lab", "28 20:00+0100-28 21:00+0100"),
        ("lab 28 mar 2026", "lab", "28 09:00+0100-28 18:00+0100"),
        ("hall sun 10", "hall", "29 10:00+0200-29 11:00+0200"),
        ("hall sat 22:00-01:30", "hall", "28 22:00+0100-29 01:30+0100"),
        ("hall sat 22:00-02:30", "hall", "28 22:00+0100-29 03:30+0200"),
        ("hall sun 1:00 90m", "hall", "29 01:00+0100-29 03:30+0200"),
        ("hall sat 1:00 90m", "hall", "28 01:00+0100-28 02:30+0100"),
        ("hall 28 mar 0:30-1:30", "hall", "28 00:30+0100-28 01:30+0100"),
        ("hall mon 0:30", "hall", "30 00:30+0200-30 01:30+0200"),
        ("hall day 2 1:00", "hall", "29 01:00+0100-29 03:00+0200"),
        ("hall 1:00", "hall", "28 01:00+0100-28 02:00+0100"),
        ("hall sat midnight", "hall", "29 00:00+0100-29 01:00+0100"),
        ("hall sat 22:00-4:00", "hall", "28 22:00+0100-29 04:00+0200"),
        ("hall sat 23:00 until midnight", "hall", "28 23:00+0100-29 00:00+0100"),
        ("room 1.04 sat 15:00", "room 1.04", "28 15:00+0100-28 16:00+0100"),
        ('"Sun room" 15:00', "Sun room", "27 15:00+0100-27 16:00+0100"),
    ],
)
def test_a_room_and_a_time_are_read_on_the_clock_there(text: str, room: str, span: str) -> None:
    assert read(text) == (room, span)


@pytest.mark.parametrize(
    ("text", "span"),
    [
        ("room 1", "27 13:30+0100-27 18:00+0100"),
        ("room 1 now", "27 13:30+0100-27 18:00+0100"),
        ("room 1 now until 15:00", "27 13:30+0100-27 15:00+0100"),
        ("room 1 90m", "27 13:30+0100-27 15:00+0100"),
        ("room 1 13:00-14:00", "27 13:00+0100-27 14:00+0100"),
        ("room 1 tomorrow", "28 09:00+0100-28 18:00+0100"),
        ("room 1 tomorrow 10", "28 10:00+0100-28 11:00+0100"),
        ("room 1 tonight 8pm", "27 20:00+0100-27 21:00+0100"),
    ],
)
def test_while_it_goes_on_a_time_is_of_today(text: str, span: str) -> None:
    assert read(text, FRIDAY) == ("room 1", span)


@pytest.mark.parametrize(
    ("text", "now", "fault"),
    [
        ("lab thu", BEFORE, "Xen has no Thu: it is 27-29 Mar"),
        ("lab 30 mar 10:00", BEFORE, "Mon 30 Mar is no day of Xen: it is 27-29 Mar"),
        ("lab day 4", BEFORE, "Mon 30 Mar is no day of Xen: it is 27-29 Mar"),
        ("lab tomorrow", BEFORE, "Tue 3 Mar is no day of Xen: it is 27-29 Mar"),
        ("lab now", BEFORE, "Xen does not go on then; say the hour too, like 15:00-16:30"),
        ("lab 16:00-15:00", BEFORE, "that ends before it begins"),
        ("lab 10:00 4m", BEFORE, "that is less than 5 min"),
        ("lab 10:00-24:30", BEFORE, 'no clock shows "24:30"'),
        ("lab 13pm", BEFORE, 'no clock shows "13pm"'),
        ("lab 10:61", BEFORE, 'no clock shows "10:61"'),
        ("lab 100:10", BEFORE, 'I cannot read "100:10" as a time'),
        ("room 1 sat 2560", BEFORE, 'no clock shows "2560"'),
        ("lab sat 123", BEFORE, 'no clock shows "123"'),
        ("room 1 2560", BEFORE, 'I cannot read "2560" as a time'),
        ("room 1 930 sat", BEFORE, 'I cannot read "930" as a time'),
        ("lab 28 mar 2011", BEFORE, "Mon 28 Mar 2011 is no day of Xen: it is 27-29 Mar"),
        ("lab 12:00-13:30", FRIDAY, "that is over: it is Fri 13:30 there"),
        ("lab 20:00 9h", FRIDAY, "a day ends at 04:00"),
        ("lab sun 2:30-5:00", FRIDAY, "a day ends at 04:00"),
        ("lab fri 0:30", BEFORE, "that is the night before Xen begins"),
        ("lab 27 mar 0:30", BEFORE, "that is the night before Xen begins"),
        ("lab 10:30 UTC", FRIDAY, "times are by the venue's clock"),
        ("lab 10:30 Europe/Berlin", FRIDAY, "times are by the venue's clock"),
        ("room 1 half past ten", FRIDAY, "I cannot read"),
        ("room 1 15.30", FRIDAY, "I cannot read"),
        ("room 1 pm", FRIDAY, "I cannot read"),
        ("room 1 and sat 15:00", FRIDAY, "I cannot read"),
        ("lab", FRIDAY.replace(hour=17), "it closes at 18:00"),
    ],
)
def test_what_is_no_time_of_it_is_refused(text: str, now: datetime, fault: str) -> None:
    with pytest.raises(Refused) as refused:
        read(text, now)
    assert refused.value.text.startswith(fault)


@pytest.mark.parametrize(
    ("text", "hours"),
    [
        ("9-18", (9, 18)),
        ("9am to 6pm", (9, 18)),
        ("10:00-16:00", (10, 16)),
        ("8 - 5pm", (8, 17)),
        ("0400-2300", (4, 23)),
    ],
)
def test_hours_are_read(text: str, hours: tuple[int, int]) -> None:
    assert read_hours(text) == (time(hours[0]), time(hours[1]))


@pytest.mark.parametrize(
    "text", ["18-9", "9", "now-18", "fri 9-18", "late", "9-25", "0-20", "03:59-23"]
)
def test_what_is_no_hours_is_refused(text: str) -> None:
    with pytest.raises(Refused):
        read_hours(text)


def test_what_is_planned_keeps_its_time_of_the_clock_over_a_change_of_clocks() -> None:
    later = Days(date(2026, 3, 28), date(2026, 3, 30), "Europe/Berlin")
    saturday = datetime(2026, 3, 28, 14, tzinfo=UTC)

    assert moved(saturday, DAYS, later) == datetime(2026, 3, 29, 13, tzinfo=UTC)


def test_a_day_more_or_less_moves_nothing() -> None:
    longer = Days(date(2026, 3, 26), DAYS.last, "Europe/Berlin")

    assert moved(FRIDAY, DAYS, longer) == FRIDAY
