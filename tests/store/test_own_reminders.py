"""Reminders of one's own: planned once by whoever plans them, on a clock that may change."""

from collections.abc import Iterator
from datetime import datetime, time, timedelta

import pytest

from gsocbot.rules.outbox import OutboxState
from gsocbot.rules.own_reminders import USEFUL, USEFUL_IN_CHANNEL
from gsocbot.rules.recurrence import instant
from gsocbot.store import outbox, own_reminders
from gsocbot.store import undo as undoing
from gsocbot.store.own_reminders import AHEAD
from gsocbot.store.store import Store
from gsocbot.store.tables import Reminder
from tests.store.conftest import NOW, SEASON, deed

MINUTE, HOUR = timedelta(minutes=1), timedelta(hours=1)


def add(store: Store, at: datetime = NOW + HOUR, channel: str = "", zone: str = "UTC",
        **values: object) -> int:  # fmt: skip
    """Somebody asks to be reminded; the number of it."""
    with store.transaction(writing=True) as books:
        number = own_reminders.next_number(books, SEASON)
        row = Reminder(
            season=SEASON, number=number, network="net", account="mira", channel=channel,
            text="tea", day=at.date(), time=at.time(), zone=zone, at=at, made_at=NOW,
        )  # fmt: skip
        for name, value in values.items():
            setattr(row, name, value)
        books.add(deed("remind", number=number), row, f"reminder {number} does not come")
    return number


def plan(store: Store, now: datetime = NOW) -> None:
    with store.transaction(writing=True) as books:
        own_reminders.plan(books, SEASON, now)


def lines(store: Store) -> list[tuple[str, datetime]]:
    """What is to be said: to whom, and when."""
    with store.transaction(writing=False) as books:
        return [(target, due) for due, _, target, _ in outbox.waiting(books)]


def change(store: Store, number: int, **values: object) -> None:
    with store.transaction(writing=True) as books:
        (row,) = books.every(Reminder, season=SEASON, number=number)
        books.change(deed("change", number=number), row, **values)


@pytest.fixture
def second(store: Store, url: str) -> Iterator[Store]:
    """Give another process's store of the same rows."""
    other = Store(url)
    yield other
    other.close()


def test_two_bots_plan_a_reminder_once(store: Store, second: Store) -> None:
    add(store)
    for planner in (store, second, store):
        plan(planner)

    assert lines(store) == [("@mira", NOW + HOUR)]


@pytest.mark.parametrize(
    ("ahead", "planned"), [(AHEAD + MINUTE, 0), (AHEAD, 1), (-USEFUL + MINUTE, 1), (-USEFUL, 0)]
)
def test_what_is_near_or_still_of_use_is_planned(
    store: Store, ahead: timedelta, planned: int
) -> None:
    add(store, NOW + ahead)
    plan(store)

    assert len(lines(store)) == planned


@pytest.mark.parametrize(
    ("late", "planned"), [(USEFUL_IN_CHANNEL - MINUTE, 1), (USEFUL_IN_CHANNEL, 0)]
)
def test_one_of_a_channel_is_of_use_for_a_day(store: Store, late: timedelta, planned: int) -> None:
    add(store, NOW - late, channel="#gsoc")
    plan(store)

    assert len(lines(store)) == planned


def test_a_zone_that_changes_its_clocks_moves_what_is_to_come(store: Store) -> None:
    day, clock = NOW.date() + timedelta(days=1), time(9)
    right = instant(day, clock, "Asia/Kolkata")
    add(store, day=day, time=clock, zone="Asia/Kolkata", at=right + HOUR)
    plan(store)

    assert [due for _, due in lines(store)] == [right]
    with store.transaction(writing=False) as books:
        (row,) = books.every(Reminder)
        assert row.at == right


def test_a_zone_that_is_known_no_more_stops_nobody_else(store: Store) -> None:
    add(store, zone="Mars/Olympus")
    add(store, NOW + 2 * HOUR)
    plan(store)

    assert [due for _, due in lines(store)] == [NOW + HOUR, NOW + 2 * HOUR]


def test_what_is_put_off_comes_then_and_not_before(store: Store) -> None:
    number = add(store)
    plan(store)
    later = NOW + 3 * HOUR
    change(store, number, day=later.date(), time=later.time(), at=later)
    plan(store)

    assert [due for _, due in lines(store)] == [later]


def test_no_number_is_given_twice(store: Store) -> None:
    first, second = add(store), add(store)
    with store.transaction(writing=True) as books:
        (row,) = books.every(Reminder, number=second)
        books.remove(deed("drop"), row, "again")
    third = add(store)

    assert (first, second, third) == (1, 2, 3)


def test_what_is_taken_back_is_not_said(store: Store) -> None:
    add(store, NOW + MINUTE)
    plan(store)
    with store.transaction(writing=True) as books:
        notes = undoing.last_deed(books, SEASON, "net", "mira", NOW - HOUR)
        undoing.take_back(books, notes, deed("undo"))

    assert lines(store) == []


def test_what_was_said_is_not_said_again(store: Store) -> None:
    add(store, NOW)
    plan(store)
    with store.transaction(writing=True) as books:
        (row,) = outbox.claim(books, "net", "boot-1-a", NOW, ["@mira"], 10)
        outbox.move(books, row.id, OutboxState.WRITTEN)
        outbox.move(books, row.id, OutboxState.SENT, at=NOW)
    plan(store, NOW + MINUTE)

    with store.transaction(writing=True) as books:
        assert outbox.claim(books, "net", "boot-1-a", NOW + HOUR, ["@mira"], 10) == []
