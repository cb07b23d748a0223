"""A season is planned anew when something in it changes, now and then else, and never too late."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest
from sqlalchemy import text

from gsocbot.rules.roles import Role
from gsocbot.store import roles
from gsocbot.store.plans import HOLDS, LONGEST, Plans
from gsocbot.store.store import Store
from tests.conversation import NETWORK, ORGANISERS, Stage, stage
from tests.store.conftest import NOW, SEASON, deed

SEASONS = ["a", "b", SEASON]
SECOND = timedelta(seconds=1)
HALF_A_MINUTE = timedelta(seconds=30)
BEFORE_THE_EVALUATION = datetime(2026, 6, 30, 10, tzinfo=UTC)


@pytest.fixture
def plans(store: Store) -> Plans:
    """Give plans that are just made."""
    plans = Plans()
    assert tick(plans, store) == SEASONS
    return plans


def tick(plans: Plans, store: Store, after: timedelta = timedelta(0)) -> list[str]:
    with store.transaction(writing=True) as books:
        found, newest = plans.stale(books, SEASONS, NOW + after)
    plans.made(found, newest, NOW + after)
    return found


def grant(store: Store, account: str, season: str | None = SEASON) -> None:
    with store.transaction(writing=True) as books:
        roles.grant(
            books, replace(deed(account), season=season), SEASON, "net", account, Role.MENTOR
        )


def test_what_has_not_changed_is_not_planned_anew(plans: Plans, store: Store) -> None:
    assert tick(plans, store, HALF_A_MINUTE) == []


def test_a_season_that_has_changed_is_planned_anew_once(plans: Plans, store: Store) -> None:
    grant(store, "tomas")

    assert tick(plans, store, HALF_A_MINUTE) == [SEASON]
    assert tick(plans, store, 2 * HALF_A_MINUTE) == []


def test_a_change_in_no_season_is_one_in_all(plans: Plans, store: Store) -> None:
    grant(store, "tomas", season=None)

    assert tick(plans, store, HALF_A_MINUTE) == SEASONS


def test_what_failed_is_tried_again(plans: Plans, store: Store) -> None:
    grant(store, "tomas")
    with store.transaction(writing=True) as books:
        assert plans.stale(books, SEASONS, NOW)[0] == [SEASON]

    assert tick(plans, store, HALF_A_MINUTE) == [SEASON]


@pytest.mark.parametrize(
    ("age", "count"),
    [
        (-SECOND, 3),
        (HOLDS - SECOND, 0),
        (HOLDS, 1),
        (LONGEST - SECOND, 1),
        (LONGEST, 3),
    ],
)
def test_an_old_plan_is_made_anew(plans: Plans, store: Store, age: timedelta, count: int) -> None:
    assert len(tick(plans, store, age)) == count


def test_old_plans_take_turns(plans: Plans, store: Store) -> None:
    assert [tick(plans, store, HOLDS) for _ in range(4)] == [["a"], ["b"], [SEASON], []]


# --- the whole bot


@pytest.fixture
def on() -> Iterator[Stage]:
    on = stage(now=BEFORE_THE_EVALUATION)
    yield on
    on.store.close()


def due(on: Stage) -> int:
    with on.store.transaction(writing=False) as books:
        statement = "SELECT count(*) FROM outbox WHERE topic = 'deadline' AND state = 'due'"
        return int(books.rows(text(statement)).scalar() or 0)


def test_what_another_process_changes_is_planned_at_the_next_tick(on: Stage) -> None:
    on.tick(on.now)
    before = due(on)
    with on.store.transaction(writing=True) as books:
        roles.grant(books, deed("role"), "test", NETWORK, "tomas", Role.MENTOR)
    on.tick(on.now + HALF_A_MINUTE)

    assert due(on) > before > 0


def test_a_plan_that_failed_is_made_at_the_next_tick(on: Stage) -> None:
    full = "CREATE TRIGGER full BEFORE INSERT ON outbox BEGIN SELECT RAISE(ABORT, 'full'); END"
    with on.store.transaction(writing=True) as books:
        books.rows(text(full))
    on.bot.tick(on.now)
    assert due(on) == 0
    with on.store.transaction(writing=True) as books:
        books.rows(text("DROP TRIGGER full"))
    on.bot.tick(on.now + HALF_A_MINUTE)

    assert due(on) > 0


def test_the_organisers_count_comes_at_its_hour_and_not_when_plans_are_made() -> None:
    nine = datetime(2026, 3, 1, 9, tzinfo=UTC)
    on = stage(now=nine - timedelta(days=2))
    on.tick(nine - timedelta(minutes=1))
    said = on.tick(nine)
    on.store.close()

    assert [say.target for say in said] == [ORGANISERS]
