"""Reminders of what people have taken on: once before each office hour, a line for each person."""

import json
from datetime import datetime, time, timedelta

import pytest

from gsocbot.rules.actions import DAY_BEFORE
from gsocbot.rules.outbox import OutboxState
from gsocbot.rules.quiet import Verdict
from gsocbot.store import actions, outbox, people
from gsocbot.store import undo as undoing
from gsocbot.store.store import Store
from gsocbot.store.tables import ActionItem, OfficeChange, Outbox, Person, Series
from tests.store.conftest import NOW, SEASON, deed

MINUTE, HOUR, DAY, WEEK = (timedelta(**{u: 1}) for u in ("minutes", "hours", "days", "weeks"))
SESSION = datetime.combine(NOW.date() + 9 * DAY, time(16), NOW.tzinfo)
"""Wednesday of the week after."""
DUE = SESSION - DAY_BEFORE


@pytest.fixture(autouse=True)
def series(store: Store) -> None:
    """Have an office hour every Wednesday."""
    with store.transaction(writing=True) as books:
        row = Series(season=SEASON, name="weekly", weekday=2, time=time(16), zone="UTC",
                     minutes=60, first=SESSION.date())  # fmt: skip
        books.add(deed("series"), row)


def take_on(store: Store, owner: str, text: str = "send it", at: datetime = NOW) -> int:
    """Somebody takes something on; the number of it."""
    with store.transaction(writing=True) as books:
        number = actions.next_number(books, SEASON)
        row = ActionItem(season=SEASON, number=number, network="net", owner=owner,
                         nick=owner.lstrip("~"), text=text, at=at, by="mira")  # fmt: skip
        books.add(deed("action", number=number), row, f"a{number} is gone")
    return number


def change(store: Store, number: int, **values: object) -> None:
    with store.transaction(writing=True) as books:
        row = actions.by_number(books, SEASON, number)
        assert row is not None
        books.change(deed("change", number=number), row, **values)


def plan(store: Store, now: datetime) -> list[tuple[str, datetime, list[int]]]:
    """Plan; what is to be said: to whom, when, of which actions."""
    with store.transaction(writing=True) as books:
        actions.plan(books, SEASON, now)
        rows = books.every(Outbox, state=OutboxState.DUE, topic=actions.TOPIC)
        rows = sorted(rows, key=lambda row: (row.due, row.target))
        return [
            (row.target, row.due, [a["number"] for a in json.loads(row.payload)["actions"]])
            for row in rows
        ]


def say(store: Store, now: datetime, target: str) -> int:
    """Say what is due, as delivery would; how many lines."""
    with store.transaction(writing=True) as books:
        rows = outbox.claim(books, "net", "boot-1-a", now, [target], 10)
        for row in rows:
            outbox.move(books, row.id, OutboxState.WRITTEN)
            outbox.move(books, row.id, OutboxState.SENT, at=now)
        return len(rows)


def test_a_person_gets_one_line_the_day_before(store: Store) -> None:
    for owner in ("wenjie", "~sofia", "wenjie", ""):
        take_on(store, owner)

    assert plan(store, DUE - HOUR) == [("@wenjie", DUE, [3, 1]), ("~sofia", DUE, [2])]


def test_what_nobody_has_taken_on_reminds_nobody(store: Store) -> None:
    take_on(store, "")

    assert plan(store, DUE - HOUR) == []


@pytest.mark.parametrize(
    ("now", "planned"),
    [
        (SESSION - actions.AHEAD, 0),
        (SESSION - actions.AHEAD + MINUTE, 1),
        (SESSION - MINUTE, 1),
        (SESSION, 0),
    ],
)
def test_it_is_planned_for_a_session_that_is_near(
    store: Store, now: datetime, planned: int
) -> None:
    take_on(store, "wenjie")

    assert len(plan(store, now)) == planned


@pytest.mark.parametrize(("at", "planned"), [(DUE, 1), (DUE + MINUTE, 0)])
def test_what_was_taken_on_since_waits_for_the_next_session(
    store: Store, at: datetime, planned: int
) -> None:
    take_on(store, "wenjie", at=at)

    assert len(plan(store, DUE + 2 * MINUTE)) == planned
    assert len(plan(store, DUE + WEEK)) == 1


def test_what_is_done_is_dropped_and_what_is_not_is_carried_over(store: Store) -> None:
    first, second = take_on(store, "wenjie"), take_on(store, "wenjie")
    plan(store, DUE - HOUR)
    change(store, first, done_at=NOW, done_by="wenjie")
    assert plan(store, DUE - HOUR) == [("@wenjie", DUE, [second])]
    assert say(store, DUE, "@wenjie") == 1
    assert plan(store, DUE + WEEK) == [("@wenjie", DUE + WEEK, [second])]
    change(store, second, done_at=NOW, done_by="wenjie")

    assert plan(store, DUE + WEEK) == []


def test_nobody_is_reminded_twice_also_of_a_session_that_is_moved(store: Store) -> None:
    take_on(store, "wenjie")
    plan(store, DUE)
    assert say(store, DUE, "@wenjie") == 1
    with store.transaction(writing=True) as books:
        row = OfficeChange(season=SEASON, series="weekly", day=SESSION.date(),
                           to_day=SESSION.date(), to_time=time(18), at=DUE)  # fmt: skip
        books.add(deed("move"), row)

    assert plan(store, DUE + HOUR) == []


def test_a_session_that_is_skipped_reminds_nobody(store: Store) -> None:
    take_on(store, "wenjie")
    assert len(plan(store, DUE - HOUR)) == 1
    with store.transaction(writing=True) as books:
        row = OfficeChange(season=SEASON, series="weekly", day=SESSION.date(), skipped=True, at=NOW)
        books.add(deed("skip"), row)

    assert plan(store, DUE - HOUR) == []


def test_who_gets_an_action_from_somebody_is_reminded_in_their_place(store: Store) -> None:
    number = take_on(store, "wenjie")
    plan(store, DUE - HOUR)
    change(store, number, owner="tomas", nick="tomas")

    assert [target for target, *_ in plan(store, DUE - HOUR)] == ["@tomas"]


def test_no_number_is_given_twice(store: Store) -> None:
    take_on(store, "wenjie")
    second = take_on(store, "wenjie")
    with store.transaction(writing=True) as books:
        (row,) = books.every(ActionItem, number=second)
        books.remove(deed("drop"), row, "again")

    assert take_on(store, "wenjie") == 3


def test_what_is_taken_back_reminds_nobody(store: Store) -> None:
    take_on(store, "wenjie")
    plan(store, DUE - HOUR)
    with store.transaction(writing=True) as books:
        notes = undoing.last_deed(books, SEASON, "net", "mira", NOW - HOUR)
        undoing.take_back(books, notes, deed("undo"))

    assert plan(store, DUE - HOUR) == []


@pytest.mark.parametrize(
    ("wishes", "verdict"),
    [({"pm": False}, Verdict.DROP), ({"quiet_from": 15, "quiet_until": 17}, Verdict.HOLD)],
)
def test_who_wants_quiet_or_no_reminders_has_it(
    store: Store, wishes: dict[str, object], verdict: Verdict
) -> None:
    take_on(store, "wenjie")
    plan(store, DUE)
    with store.transaction(writing=True) as books:
        books.add(deed("me"), Person(season=SEASON, network="net", account="wenjie", **wishes))

        assert len(people.withheld(books, "net", DUE)[verdict]) == 1
