"""Reminders: when they fall due, how long they are of use, and what makes each unique."""

from datetime import UTC, date, datetime, time, timedelta
from itertools import pairwise

import pytest

from gsocbot.rules.outbox import OutboxState, after_crash, after_cut
from gsocbot.rules.recurrence import Weekly
from gsocbot.rules.reminders import (
    DEADLINE_OFFSETS,
    OFFICE_OFFSETS,
    START_USEFUL,
    plan_deadlines,
    plan_office,
)
from gsocbot.rules.timeline import Deadline, DeadlineKind

HOUR = timedelta(hours=1)
TICK = timedelta(microseconds=1)
AT = datetime(2026, 4, 8, 18, tzinfo=UTC)
APPLY = Deadline("apply", "Apply", at=AT)
EVER = (AT - timedelta(days=400), AT + timedelta(days=400))
OFFICE = Weekly(2, time(18), "UTC", 60, AT.date(), AT.date())


def test_a_deadline_is_counted_down_two_weeks_to_an_hour() -> None:
    planned = list(plan_deadlines([APPLY], *EVER))

    assert [AT - p.due for p in planned] == [h * HOUR for h in (336, 168, 48, 24, 6, 1)]
    assert [p.offset for p in planned] == list(DEADLINE_OFFSETS)


def test_the_nearer_reminder_ends_the_use_of_the_farther_one() -> None:
    planned = list(plan_deadlines([APPLY], *EVER))

    assert [p.expires for p in planned] == [*(p.due for p in planned[1:]), AT]


def test_a_session_is_announced_a_day_and_an_hour_before_and_when_it_begins() -> None:
    planned = list(plan_office("office", OFFICE, *EVER))

    assert [AT - p.due for p in planned] == list(OFFICE_OFFSETS)
    assert [p.expires for p in planned] == [AT - HOUR, AT, AT + START_USEFUL]


@pytest.mark.parametrize(
    ("since", "until", "count"),
    [
        (AT - HOUR, AT, 1),
        (AT - HOUR + TICK, AT, 0),
        (AT - 2 * HOUR, AT - HOUR, 0),
        (AT - 2 * HOUR, AT - HOUR + TICK, 1),
        (AT, AT + HOUR, 0),
    ],
)
def test_a_reminder_belongs_to_the_window_in_which_it_falls_due(
    since: datetime, until: datetime, count: int
) -> None:
    assert len(list(plan_deadlines([APPLY], since, until))) == count


@pytest.mark.parametrize(
    ("since", "until", "count"),
    [(AT, AT + TICK, 1), (AT + TICK, AT + HOUR, 0), (AT - HOUR, AT, 1), (AT - HOUR, AT + TICK, 2)],
)
def test_the_start_of_a_session_belongs_to_the_window_in_which_it_falls(
    since: datetime, until: datetime, count: int
) -> None:
    assert len(list(plan_office("office", OFFICE, since, until))) == count


def test_windows_side_by_side_plan_each_reminder_once() -> None:
    cuts = [EVER[0] + n * timedelta(hours=7) for n in range(2800)]
    pieces = [
        p.key
        for since, until in pairwise(cuts)
        for p in [*plan_deadlines([APPLY], since, until), *plan_office("o", OFFICE, since, until)]
    ]

    assert len(pieces) == len(set(pieces)) == len(DEADLINE_OFFSETS) + len(OFFICE_OFFSETS)


def test_nothing_is_counted_down_to_a_bare_day_or_an_event() -> None:
    day = Deadline("day", "Day", day=date(2026, 4, 8))
    event = Deadline("event", "Event", at=AT, kind=DeadlineKind.EVENT)

    assert list(plan_deadlines([day, event], *EVER)) == []


def test_a_key_says_what_when_and_how_long_before() -> None:
    keys = [p.key for p in plan_deadlines([APPLY], *EVER)]
    office = [p.key for p in plan_office("office", OFFICE, *EVER)]

    assert keys[0] == "deadline:apply:2026-04-08T18:00+00:00:-20160m"
    assert office == [f"office:office:2026-04-08:-{m}m" for m in (1440, 60, 0)]
    assert len({*keys, *office}) == 9


@pytest.mark.parametrize("state", list(OutboxState))
def test_what_is_held_by_the_dead_and_the_cut_off_goes_where_it_belongs(
    state: OutboxState,
) -> None:
    held = {OutboxState.CLAIMED, OutboxState.WRITTEN}

    assert after_cut(state) is (OutboxState.DUE if state in held else state)
    if state in held:
        written = state is OutboxState.WRITTEN
        assert after_crash(state) is (OutboxState.SENT if written else OutboxState.DUE)
