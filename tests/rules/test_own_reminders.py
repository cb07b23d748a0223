"""What people ask to be reminded of: the moment, its clock and the text, read right or refused."""

from contextlib import suppress
from datetime import UTC, date, datetime, time, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from gsocbot.rules.outbox import LATE_AFTER
from gsocbot.rules.own_reminders import (
    FARTHEST,
    LONGEST_TEXT,
    MOST_OPEN,
    check_count,
    pushed,
    read_wish,
    said_in_channel,
)
from gsocbot.rules.when import Zone, zone_named
from gsocbot.talk import Refused

NOW = datetime(2026, 3, 2, 10, tzinfo=UTC)  # a Monday
SECOND = timedelta(seconds=1)
KOLKATA = zone_named("Asia/Kolkata")
PIECES = (
    "in on at to 2h 30 min 3 d now today tomorrow fri 8 apr 29 feb 2026 19:00 9 9pm UTC Z act CST "
    "Europe/London Kolkata General general London +08:00 2026-04-08T19:00Z 9999-12-31 call mom , "
    '"draft" ٧ ²'
)


def at(text: str) -> datetime:
    return datetime.fromisoformat(text).replace(tzinfo=UTC)


@pytest.mark.parametrize(
    ("line", "moment", "text"),
    [
        ("in 2h tea", "2026-03-02 12:00", "tea"),
        ("in 2h 30 pushups", "2026-03-02 12:00", "30 pushups"),
        ("in 2h 30 min walk", "2026-03-02 12:30", "walk"),
        ("in an hour tea", "2026-03-02 11:00", "tea"),
        ("2h tea", "2026-03-02 12:00", "tea"),
        ("30 min tea", "2026-03-02 10:30", "tea"),
        ("in 2h London call", "2026-03-02 12:00", "London call"),
        ("tomorrow 9 send the draft", "2026-03-03 09:00", "send the draft"),
        ("tomorrow at 9 to send the draft", "2026-03-03 09:00", "send the draft"),
        ("tomorrow 9 am send it", "2026-03-03 09:00", "send it"),
        ("tomorrow, 9: send it", "2026-03-03 09:00", "send it"),
        ("tomorrow send the draft", "2026-03-03 09:00", "send the draft"),
        ("on fri 18:00 pack", "2026-03-06 18:00", "pack"),
        ("fri 18:00 Europe/London pack", "2026-03-06 18:00", "pack"),
        ("wed 18:00 Kolkata pack", "2026-03-04 12:30", "pack"),
        ("tomorrow 9 general assembly", "2026-03-03 09:00", "general assembly"),
        ("tomorrow 9 General assembly", "2026-03-03 09:00", "General assembly"),
        ("tomorrow 9 act on it", "2026-03-03 09:00", "act on it"),
        ("8 apr 19:00 final check", "2026-04-08 19:00", "final check"),
        ("8 apr 2027 19:00 final check", "2027-04-08 19:00", "final check"),
        ("2026-04-08 19:00Z final check", "2026-04-08 19:00", "final check"),
        ("2026-04-08 final check", "2026-04-08 09:00", "final check"),
        ("2026-04-08T19:00+02:00 final check", "2026-04-08 17:00", "final check"),
        ('18:00 "to be or not"', "2026-03-02 18:00", "to be or not"),
        ("today 10:01 now", "2026-03-02 10:01", "now"),
    ],
)
def test_the_longest_beginning_is_the_moment(line: str, moment: str, text: str) -> None:
    wish = read_wish(line, NOW, None)

    assert (wish.at, wish.text) == (at(moment), text)


@pytest.mark.parametrize(
    ("line", "says"),
    [
        ("send the draft", "say when first, then what: "),
        ("to send it tomorrow 9", "say when first: !remind me tomorrow 9 send it"),
        ("9 send it", "say when first, then what: "),
        ("3 proposals are to be read", "say when first, then what: "),
        ("in 2h", "of what? !remind me in 2h <text>"),
        ("in 2h !!", "of what? !remind me in 2h <text>"),
        ("7pm CST call", '"CST" means several zones'),
        ("7pm est call", '"EST" means several zones'),
        ("today 10:00 call", '"today 10:00" is over. Say a later one'),
        ("1 mar 9 call", '"1 mar 9" is over. Did you mean 2027?'),
        ("29 feb 9 call", "say when first, then what: "),
        ("29 feb 2024 9 call", '"29 feb 2024 9" is over. Did you mean 2025?'),
        ("in 104w 4d call", "that is more than two years away"),
        (f"in 2h {'a' * (LONGEST_TEXT + 1)}", "a reminder's text has at most 200 bytes"),
        (f"in 2h {'ü' * 101}", "a reminder's text has at most 200 bytes, and that has 202"),
        ("", "say when first, then what: "),
    ],
)
def test_what_is_no_reminder_is_refused_with_the_next_step(line: str, says: str) -> None:
    with pytest.raises(Refused) as refused:
        read_wish(line, NOW, None)

    assert refused.value.text.startswith(says)


def test_the_next_29_february_is_in_two_years() -> None:
    assert read_wish("29 feb 9 jump", datetime(2027, 3, 2, tzinfo=UTC), None).at == at(
        "2028-02-29 09:00"
    )


def test_a_text_may_have_200_bytes() -> None:
    assert len(read_wish(f"in 2h {'a' * LONGEST_TEXT}", NOW, None).text) == LONGEST_TEXT


@pytest.mark.parametrize(
    ("line", "moment", "zone", "named"),
    [
        ("tomorrow 9 x", "2026-03-03 03:30", "Asia/Kolkata", False),
        ("tomorrow 9 UTC x", "2026-03-03 09:00", "UTC", True),
        ("tomorrow 9 Europe/Berlin x", "2026-03-03 08:00", "Europe/Berlin", True),
        ("tomorrow 9 +08:00 x", "2026-03-03 01:00", "UTC", True),
        ("in 2h x", "2026-03-02 12:00", "UTC", True),
        ("2026-04-08 19:00 x", "2026-04-08 13:30", "Asia/Kolkata", False),
    ],
)
def test_ones_own_clock_is_meant_unless_another_is_named(
    line: str, moment: str, zone: str, named: bool
) -> None:
    wish = read_wish(line, NOW, KOLKATA)

    assert (wish.at, wish.wall.zone, wish.wall.named) == (at(moment), zone, named)


@pytest.mark.parametrize(
    ("zone", "line", "moment"),
    [
        # Clocks go forward by half an hour on Lord Howe, so 02:15 is not there, and back again.
        ("Australia/Lord_Howe", "2026-10-04 02:15 x", "2026-10-03 15:45"),
        ("Australia/Lord_Howe", "2026-04-05 01:45 x", "2026-04-04 14:45"),
        # At midnight in Santiago: the day begins at one, and eleven in the evening comes twice.
        ("America/Santiago", "2026-09-06 00:30 x", "2026-09-06 04:30"),
        ("America/Santiago", "2026-04-04 23:30 x", "2026-04-05 02:30"),
        # Before and after Ramadan in Casablanca: back and forward again.
        ("Africa/Casablanca", "2027-02-07 02:30 x", "2027-02-07 01:30"),
        ("Africa/Casablanca", "2027-03-14 02:30 x", "2027-03-14 02:30"),
        ("Europe/London", "2026-03-29 01:30 x", "2026-03-29 01:30"),
        ("Europe/London", "2026-10-25 01:30 x", "2026-10-25 00:30"),
    ],
)
def test_a_time_that_is_not_there_moves_forward_and_of_two_the_first_is_meant(
    zone: str, line: str, moment: str
) -> None:
    own = zone_named(zone)
    assert own is not None

    wish = read_wish(line, NOW, own)

    day, clock = line.split()[:2]
    assert wish.at == at(moment)
    assert (wish.wall.day, wish.wall.time) == (date.fromisoformat(day), time.fromisoformat(clock))


def test_two_years_are_as_far_as_it_goes() -> None:
    assert read_wish("2028-03-02 10:00Z x", NOW, None).at == NOW + FARTHEST
    with pytest.raises(Refused):
        read_wish("2028-03-02 10:01Z x", NOW, None)


@pytest.mark.parametrize(("ahead", "fits"), [(0, True), (MOST_OPEN - 1, True), (MOST_OPEN, False)])
def test_so_many_lie_ahead(ahead: int, fits: bool) -> None:
    if fits:
        check_count(ahead)
    else:
        with pytest.raises(Refused):
            check_count(ahead)


@pytest.mark.parametrize(
    ("was", "length", "moment"),
    [
        ("2026-03-02 12:00", "2h", "2026-03-02 14:00"),
        ("2026-03-02 12:00", "in 30 min", "2026-03-02 12:30"),
        ("2026-03-02 12:00", "by 1d 2h", "2026-03-03 14:00"),
        ("2026-03-02 09:00", "2h", "2026-03-02 12:00"),
        ("2026-03-02 12:00", "0h", None),
        ("2026-03-02 12:00", "soon", None),
        ("2026-03-02 12:00", "tomorrow", None),
        ("2026-03-02 12:00", "2h 3000", None),
    ],
)
def test_a_reminder_is_put_off_from_when_it_was_to_come_or_from_now(
    was: str, length: str, moment: str | None
) -> None:
    if moment is None:
        with pytest.raises(Refused):
            pushed(at(was), length, NOW)
    else:
        assert pushed(at(was), length, NOW) == at(moment)


@pytest.mark.parametrize(
    ("late", "down", "there"),
    [
        (timedelta(0), False, True),
        (LATE_AFTER, False, True),
        (LATE_AFTER + SECOND, False, False),
        (LATE_AFTER + SECOND, True, True),
    ],
)
def test_who_was_not_there_in_time_is_not_called_in_the_channel(
    late: timedelta, down: bool, there: bool
) -> None:
    assert said_in_channel(NOW, NOW + late, down=down) is there


@given(
    st.lists(st.sampled_from(PIECES.split()), max_size=14).map(" ".join) | st.text(max_size=60),
    st.sampled_from([None, KOLKATA]),
)
def test_whatever_is_typed_is_read_or_refused(line: str, own: Zone | None) -> None:
    with suppress(Refused):
        wish = read_wish(line, NOW, own)
        assert NOW < wish.at <= NOW + FARTHEST
        assert 0 < len(wish.text.encode()) <= LONGEST_TEXT
