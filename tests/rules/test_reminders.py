"""Reminders: when they fall due, how long they are of use, and what makes each unique."""

from dataclasses import replace
from datetime import UTC, date, datetime, time, timedelta
from itertools import pairwise

import pytest

from gsocbot.rules.outbox import MOVES, OutboxState, settled
from gsocbot.rules.recurrence import Change, Occurrence, Weekly
from gsocbot.rules.reminders import (
    DEADLINE_OFFSETS,
    EMPTY_BEFORE,
    OFFICE_OFFSETS,
    OFFICE_YOU_BEFORE,
    START_USEFUL,
    Planned,
    Topic,
    plan_deadlines,
    plan_office,
)
from gsocbot.rules.timeline import Audience, Deadline, DeadlineKind

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


MOVED = replace(OFFICE, changes={AT.date(): Change(day=AT.date() + timedelta(days=2))})
THEN = AT + timedelta(days=2)


def test_a_session_that_is_moved_is_announced_for_its_new_time_alone() -> None:
    planned = list(plan_office("office", MOVED, *EVER))

    assert [THEN - p.due for p in planned] == list(OFFICE_OFFSETS)
    assert {p.at for p in planned} == {THEN}
    assert [p.key for p in planned] == [
        f"office:office:2026-04-08>2026-04-10T18:00Z:-{m}m" for m in (1440, 60, 0)
    ]


def test_each_time_to_which_a_session_is_moved_is_announced_for_itself() -> None:
    times = [time(h, m) for h in range(24) for m in (0, 1, 30)]
    series = [replace(OFFICE, changes={AT.date(): Change(time=t)}) for t in times]

    keys = {p.key for each in (*series, MOVED) for p in plan_office("office", each, *EVER)}

    assert len(keys) == len(OFFICE_OFFSETS) * (len(times) + 1)


def test_a_session_that_is_moved_far_is_announced_where_it_has_come_to() -> None:
    far = replace(OFFICE, changes={AT.date(): Change(day=AT.date() + timedelta(days=200))})
    then = AT + timedelta(days=200)

    assert list(plan_office("office", far, AT - 30 * HOUR, AT + 30 * HOUR)) == []
    assert len(list(plan_office("office", far, then - 24 * HOUR, then - HOUR))) == 1


def test_nothing_is_said_of_a_session_that_is_skipped() -> None:
    skipped = replace(OFFICE, changes={AT.date(): Change(skipped=True, why="holiday")})

    assert list(plan_office("office", skipped, *EVER, lambda _: True, wanted=True)) == []


def of_topic(topic: Topic, planned: list[Planned]) -> list[tuple[str, timedelta, datetime]]:
    """The keys of one topic's lines, how long before the start, and until when they are of use."""
    return [(p.key, p.at - p.due, p.expires) for p in planned if p.topic is topic]


def test_organisers_are_warned_a_day_before_a_session_that_nobody_is_on() -> None:
    week = replace(OFFICE, last=AT.date() + timedelta(days=14))
    asked: list[Occurrence] = []

    def is_empty(session: Occurrence) -> bool:
        asked.append(session)
        return session.day != AT.date()

    planned = list(plan_office("o", week, *EVER, is_empty))

    assert of_topic(Topic.EMPTY, planned) == [
        ("office_empty:o:2026-04-15:-1440m", EMPTY_BEFORE, AT + timedelta(days=7)),
        ("office_empty:o:2026-04-22:-1440m", EMPTY_BEFORE, AT + timedelta(days=14)),
    ]
    assert len(planned) == 3 * len(OFFICE_OFFSETS) + 2
    assert [o.start for o in asked] == [AT + timedelta(days=d) for d in (0, 7, 14)]


@pytest.mark.parametrize(
    ("since", "until", "count"),
    [
        (AT - 24 * HOUR, AT, 1),
        (AT - 24 * HOUR + TICK, AT, 0),
        (AT - 30 * HOUR, AT - 24 * HOUR, 0),
        (AT - 30 * HOUR, AT - 24 * HOUR + TICK, 1),
    ],
)
def test_a_warning_belongs_to_the_window_in_which_it_falls_due(
    since: datetime, until: datetime, count: int
) -> None:
    planned = list(plan_office("o", OFFICE, since, until, lambda _: True))

    assert len(of_topic(Topic.EMPTY, planned)) == count


def test_who_wants_it_is_told_in_private_an_hour_before() -> None:
    assert of_topic(Topic.OFFICE_YOU, list(plan_office("o", OFFICE, *EVER))) == []
    assert of_topic(Topic.OFFICE_YOU, list(plan_office("o", OFFICE, *EVER, wanted=True))) == [
        ("office_you:o:2026-04-08:-60m", OFFICE_YOU_BEFORE, AT)
    ]
    assert of_topic(Topic.OFFICE_YOU, list(plan_office("o", MOVED, *EVER, wanted=True))) == [
        ("office_you:o:2026-04-08>2026-04-10T18:00Z:-60m", OFFICE_YOU_BEFORE, THEN)
    ]


OURS = replace(APPLY, ours=timedelta(days=3))


def offsets(deadline: Deadline) -> list[tuple[str, float]]:
    """Which moment is counted down to, and how many hours before it."""
    names = {deadline.ours_at: "ours", deadline.at: "end"}
    return [(names[p.at], p.offset / HOUR) for p in plan_deadlines([deadline], *EVER)]


def test_our_own_date_is_counted_down_first_and_then_the_last_of_google() -> None:
    assert offsets(OURS) == [
        *(("ours", h) for h in (336, 168, 48, 24, 6, 1)),
        *(("end", h) for h in (24, 6, 1)),
    ]
    keys = [p.key for p in plan_deadlines([OURS], *EVER)]
    assert len(set(keys)) == 9
    assert keys[-1] == "deadline:apply:2026-04-08T18:00+00:00:-60m"


@pytest.mark.parametrize(
    ("ours", "last"),
    [
        (timedelta(hours=25), [24, 6, 1]),
        (timedelta(hours=24), [24, 6, 1]),
        (timedelta(hours=24) - TICK, [6, 1]),
        (timedelta(hours=6) - TICK, [1]),
        (timedelta(minutes=59), []),
    ],
)
def test_google_is_not_counted_down_before_ours_has_passed(
    ours: timedelta, last: list[int]
) -> None:
    found = offsets(replace(APPLY, ours=ours))

    assert [h for which, h in found if which == "end"] == last


def test_a_date_may_have_reminders_of_its_own_or_none() -> None:
    own = (timedelta(days=5), timedelta(hours=3))

    assert offsets(replace(APPLY, offsets=own)) == [("end", 120), ("end", 3)]
    assert offsets(replace(OURS, offsets=own))[:2] == [("ours", 120), ("ours", 3)]
    assert offsets(replace(APPLY, offsets=())) == []
    assert offsets(replace(OURS, offsets=())) == []


def test_an_event_is_reminded_of_only_where_somebody_asks_for_it() -> None:
    event = replace(APPLY, kind=DeadlineKind.EVENT)

    assert offsets(event) == []
    assert offsets(replace(event, offsets=(HOUR,))) == [("end", 1)]


def test_what_is_done_is_not_reminded_of() -> None:
    assert offsets(replace(OURS, acked_by="odile")) == []


def test_organisers_are_asked_at_twelve_hours_what_nobody_has_acknowledged() -> None:
    theirs = replace(APPLY, audience=Audience.ORGANISERS)
    planned = list(plan_deadlines([theirs], *EVER))

    assert [p.offset / HOUR for p in planned] == [336, 168, 48, 24, 12, 6, 1]
    assert [p.offset / HOUR for p in planned if p.topic is Topic.WAITS] == [12]
    assert planned[3].expires == planned[4].due
    own = replace(theirs, offsets=(12 * HOUR,))
    assert [p.topic for p in plan_deadlines([own], *EVER)] == [Topic.WAITS]
    ours = replace(theirs, ours=timedelta(days=2))
    assert [p.at for p in plan_deadlines([ours], *EVER) if p.topic is Topic.WAITS] == [AT]


@pytest.mark.parametrize(
    ("state", "cut", "to"),
    [
        (OutboxState.CLAIMED, False, OutboxState.DUE),
        (OutboxState.CLAIMED, True, OutboxState.DUE),
        (OutboxState.WRITTEN, False, OutboxState.SENT),
        (OutboxState.WRITTEN, True, OutboxState.DUE),
    ],
)
def test_what_is_held_by_the_dead_and_the_cut_off_goes_where_it_belongs(
    state: OutboxState, cut: bool, to: OutboxState
) -> None:
    assert settled(state, cut=cut) is to
    assert settled(state, cut=cut, seen=True) is OutboxState.SENT
    assert settled(state, cut=cut, seen=False) is OutboxState.DUE
    assert {OutboxState.SENT, OutboxState.DUE} <= MOVES[state]
