"""Who is told of what organisers owe: one, then two, then all, and never fewer than before."""

from datetime import timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from gsocbot.rules.escalation import ALL_FROM, SECOND_FROM, told

TICK = timedelta(microseconds=1)
PEOPLE = ["odile", "hauke", "ana", "ines"]
names = st.lists(st.sampled_from(PEOPLE), unique=True)
lefts = st.integers(0, 20 * 24 * 60).map(lambda minutes: timedelta(minutes=minutes))


@pytest.mark.parametrize(
    ("left", "count"),
    [
        (timedelta(days=14), 1),
        (SECOND_FROM + TICK, 1),
        (SECOND_FROM, 2),
        (ALL_FROM + TICK, 2),
        (ALL_FROM, 4),
        (timedelta(0), 4),
    ],
)
def test_one_is_told_then_two_then_all(left: timedelta, count: int) -> None:
    assert told(PEOPLE, left, (), in_channel=True) == PEOPLE[:count]


def test_where_no_channel_hears_it_all_are_told_from_the_beginning() -> None:
    assert told(PEOPLE, timedelta(days=14), (), in_channel=False) == PEOPLE


def test_who_is_away_is_passed_over_unless_all_are() -> None:
    long = timedelta(days=14)

    assert told(PEOPLE, long, {"odile"}, in_channel=True) == ["hauke"]
    assert told(PEOPLE, SECOND_FROM, {"hauke"}, in_channel=True) == ["odile", "ana"]
    assert told(PEOPLE, long, set(PEOPLE), in_channel=True) == ["odile"]


@given(names, lefts, lefts, st.sets(st.sampled_from(PEOPLE)), st.booleans())
def test_nobody_is_left_out_again_and_somebody_is_always_told(
    organisers: list[str], one: timedelta, other: timedelta, away: set[str], in_channel: bool
) -> None:
    early = told(organisers, max(one, other), away, in_channel=in_channel)
    late = told(organisers, min(one, other), away, in_channel=in_channel)
    there = [o for o in organisers if o not in away] or organisers

    assert late[: len(early)] == early
    assert bool(early) == bool(organisers)
    assert late == there[: len(late)]
    assert told(organisers, ALL_FROM, away, in_channel=in_channel) == there
