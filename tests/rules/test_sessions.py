"""When a session ends, who leads it, what its log lacks, and how long one waits in its queue."""

from datetime import UTC, datetime, timedelta

import pytest

from gsocbot.render.words import gap
from gsocbot.rules import office, queue
from gsocbot.talk import Refused

START = datetime(2026, 3, 4, 16, tzinfo=UTC)
MINUTE = timedelta(minutes=1)
UNTIL = START + 60 * MINUTE


@pytest.mark.parametrize(
    ("last", "now", "over"),
    [
        (55, 74, False),  # 15 minutes after its time
        (55, 75, True),
        (70, 80, False),  # somebody still talks
        (70, 85, True),
        (179, 179, False),
        (179, 180, True),  # who talks on for two hours does not know any more that it is logged
    ],
)
def test_a_session_that_nobody_ends_is_over_when_it_is_silent(
    last: int, now: int, over: bool
) -> None:
    assert office.is_over(UNTIL, START + last * MINUTE, START + now * MINUTE) is over


@pytest.mark.parametrize(
    ("length", "at", "soon"), [(60, 49, False), (60, 50, True), (60, 60, False), (19, 12, False)]
)
def test_ten_minutes_before_its_end_is_time_to_say_so(length: int, at: int, soon: bool) -> None:
    until = START + length * MINUTE
    assert office.is_nearly_over(START, until, START + at * MINUTE) is soon


def test_who_led_and_leads_no_more_is_remembered_as_somebody_who_did() -> None:
    kept = office.without_leader(office.with_leader(office.with_leader("", "ana"), "ben"), "ana")
    assert office.leaders(kept) == ["ben"]
    assert office.all_leaders(kept) == ["ben", "ana"]
    assert office.leaders(office.with_leader(kept, "ana")) == ["ben", "ana"]
    assert office.leads("mira", "mira", kept)
    assert not office.leads("ana", "mira", kept)


@pytest.mark.parametrize(
    ("seconds", "words"),
    [
        (240, "4 min of the log are missing (15:17-15:21 UTC)"),
        (7, "7 s of the log are missing (15:17:00-15:17:07 UTC)"),
        (10 * 3600, "10 h of the log are missing (15:17-Thu 5 Mar 01:17 UTC)"),
    ],
)
def test_a_gap_says_how_long_it_is_and_where(seconds: int, words: str) -> None:
    since = datetime(2026, 3, 4, 15, 17, tzinfo=UTC)
    assert gap(since, since + timedelta(seconds=seconds)) == words


def test_less_than_a_tenth_of_a_second_is_no_gap() -> None:
    assert not office.is_gap(START, START + timedelta(milliseconds=90))
    assert office.is_gap(START, START + timedelta(milliseconds=200))
    assert not office.is_gap(START, START - timedelta(hours=1))


@pytest.mark.parametrize(
    ("number", "measured", "helpers", "minutes"),
    [
        (1, [], 1, 5),
        (3, [], 1, 15),
        (3, [], 2, 10),  # 7.5, in fives
        (3, [2, 2], 1, 15),  # two are too few to go by
        (1, [2, 2, 9], 1, 2),
        (4, [2, 2, 9], 1, 10),  # 8
        (2, [0, 0, 0], 1, 2),  # nobody is helped in no time
        (2, [300, 300, 300], 1, 60),  # nor for five hours
    ],
)
def test_a_wait_goes_by_how_long_others_were_helped(
    number: int, measured: list[int], helpers: int, minutes: int
) -> None:
    assert queue.expected_wait(number, [m * MINUTE for m in measured], helpers) == minutes


def test_a_hundred_wait_and_no_more() -> None:
    queue.check_room(queue.MOST_PLACES - 1)
    with pytest.raises(Refused, match="!ask"):
        queue.check_room(queue.MOST_PLACES)


def test_a_title_is_short() -> None:
    assert office.checked_title("  Planning   the summer ") == "Planning the summer"
    with pytest.raises(Refused, match="120 bytes"):
        office.checked_title("x" * 121)
