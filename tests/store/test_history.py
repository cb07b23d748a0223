"""What the outbox forgets, and that a clock that is wrong makes it forget nothing."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import datetime, timedelta

import pytest
from sqlalchemy import text

from gsocbot.rules.roles import Role
from gsocbot.store import history, outbox, roles
from gsocbot.store.store import Store
from tests.conversation import Stage, stage
from tests.store.conftest import NOW, SEASON, deed
from tests.store.test_outbox import line

HALF_A_MINUTE, HOUR, DAY = timedelta(seconds=30), timedelta(hours=1), timedelta(days=1)
SECOND = timedelta(seconds=1)
LEAP = timedelta(days=4000)


@pytest.fixture
def on() -> Iterator[Stage]:
    on = stage(now=NOW)
    yield on
    on.store.close()


def kept(store: Store) -> list[str]:
    with store.transaction(writing=False) as books:
        return sorted(books.rows(text("SELECT key FROM outbox")).scalars())


def plan(store: Store, *keys: str, at: datetime) -> None:
    """Put lines into the outbox that were said."""
    with store.transaction(writing=True) as books:
        outbox.plan(books, [line(key, at, state="sent") for key in keys])


def change(store: Store, name: str, at: datetime) -> None:
    """Change something at a moment."""
    with store.transaction(writing=True) as books:
        somebody = replace(deed(name, at=at), season=SEASON)
        roles.grant(books, somebody, SEASON, "net", name, Role.MENTOR)


def forget(store: Store, now: datetime) -> None:
    with store.transaction(writing=True) as books:
        history.forget(books, now)


def test_only_what_came_to_its_end_long_ago_is_forgotten(store: Store) -> None:
    now = NOW + 2 * DAY
    edge = now - history.KEPT
    ended = ("due", "sent", "skipped", "failed")
    with store.transaction(writing=True) as books:
        outbox.plan(books, [line(f"old-{s}", edge - 2 * HOUR, state=s) for s in ended])
        outbox.plan(books, [line(s, edge - 2 * HOUR, state=s) for s in ("claimed", "written")])
        outbox.plan(
            books, [line(f"useful-{s}", edge - 2 * HOUR, state=s, expires=edge) for s in ended]
        )
        outbox.plan(books, [line("young", edge, state="sent")])
        more = history.forget(books, now)

    assert kept(store) == sorted(["claimed", *(f"useful-{s}" for s in ended), "written", "young"])
    assert not more


def test_much_is_forgotten_a_little_at_a_tick_and_then_no_more_that_day(on: Stage) -> None:
    begin = on.now + 2 * DAY
    old = begin - history.KEPT - 9 * DAY
    rows = [line(f"{n:04}", old, state="sent", season="test") for n in range(history.AT_ONCE + 3)]
    left = []
    with on.store.transaction(writing=True) as books:
        outbox.plan(books, rows)
    for number in range(4):
        on.tick(begin + number * HALF_A_MINUTE)
        left.append(sum(len(key) == 4 for key in kept(on.store)))
        if number == 1:
            with on.store.transaction(writing=True) as books:
                outbox.plan(books, rows[:2])
    on.tick(begin + DAY)

    assert left == [3, 0, 2, 2]
    assert not [key for key in kept(on.store) if len(key) == 4]


# --- a clock that is wrong


def test_a_clock_that_leaps_ahead_makes_nothing_forgotten(store: Store) -> None:
    plan(store, "lately", at=NOW - DAY)

    forget(store, NOW + LEAP)

    assert kept(store) == ["lately"]


def test_nor_does_what_is_said_and_done_under_it(store: Store) -> None:
    plan(store, "lately", at=NOW - DAY)
    leapt = NOW + LEAP
    change(store, "tomas", leapt)

    forget(store, leapt + HOUR)

    assert kept(store) == ["lately"]


def test_nor_does_a_second_leap_after_the_clock_was_right_for_a_while(store: Store) -> None:
    plan(store, "lately", at=NOW - DAY)
    change(store, "tomas", NOW + LEAP)
    change(store, "ana", NOW + DAY)

    forget(store, NOW + LEAP + 2 * DAY)

    assert kept(store) == ["lately"]


@pytest.mark.parametrize(
    ("after", "left"),
    [
        (history.SETTLED - SECOND, ["old"]),
        (history.SETTLED, []),
        (history.LATELY, []),
        (history.LATELY + SECOND, ["old"]),
    ],
)
def test_it_is_forgotten_when_something_was_changed_lately_but_not_only_now(
    store: Store, after: timedelta, left: list[str]
) -> None:
    plan(store, "old", at=NOW - 2 * history.KEPT)

    forget(store, NOW + after)

    assert kept(store) == left


def test_a_clock_that_was_wrong_does_not_keep_everything_for_ever(store: Store) -> None:
    plan(store, "old", at=NOW - 2 * history.KEPT)
    change(store, "tomas", NOW + LEAP)

    forget(store, NOW + 2 * DAY)

    assert kept(store) == []


def test_what_was_said_is_not_said_again_after_a_leap_and_back(on: Stage) -> None:
    day = datetime.fromisoformat("2026-03-24T18:00:05Z")
    assert on.tick(day)

    on.tick(day + LEAP)
    on.tick(day + LEAP + HALF_A_MINUTE)

    assert on.tick(day + 2 * HALF_A_MINUTE) == []
