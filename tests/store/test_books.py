"""Every change has its author, and can be told from its audit rows and taken back by them."""

import json
from datetime import date, datetime, time, timedelta
from typing import Any

import pytest
from sqlalchemy import text
from sqlmodel import col, select

from gsocbot.rules.codes import GOOD_FOR
from gsocbot.rules.roles import Role
from gsocbot.store import audit, codes, roles, undo
from gsocbot.store.books import Books, Deed
from gsocbot.store.private.tables import CheckedItem
from gsocbot.store.store import Store
from gsocbot.store.tables import Audit, Grant, OfficeSession, Series
from tests.store.conftest import NOW, SEASON, deed


def tick(item: str = "one", at: datetime = NOW) -> CheckedItem:
    """An item that somebody has ticked."""
    return CheckedItem(
        season=SEASON, network="net", account="mira", checklist="c", item=item, at=at, by="mira"
    )


def notes(books: Books, deed_id: str) -> list[Audit]:
    """The audit rows of a deed, newest first."""
    found = select(Audit).where(Audit.deed == deed_id).order_by(col(Audit.id).desc())
    return list(books.session.exec(found))


def items(store: Store) -> list[str]:
    """What is ticked."""
    with store.transaction(writing=False) as books:
        found = books.session.exec(select(CheckedItem).order_by(col(CheckedItem.id)))
        return [row.item for row in found]


def test_a_new_row_is_told_with_who_when_where_and_what(store: Store) -> None:
    with store.transaction(writing=True) as books:
        books.add(deed("!check 1"), tick(), undo="one is open again")

    with store.transaction(writing=False) as books:
        (note,) = notes(books, "deed-!check 1-0")
        assert (note.at, note.season, note.network, note.account, note.place, note.what) == (
            NOW,
            SEASON,
            "net",
            "mira",
            "#gsoc",
            "!check 1",
        )
        assert (note.table_name, note.before, note.undo) == (
            "checkeditem",
            None,
            "one is open again",
        )
        assert json.loads(note.after or "")["item"] == "one"


def test_a_change_is_told_with_before_and_after(store: Store) -> None:
    with store.transaction(writing=True) as books:
        row = tick()
        books.add(deed("add"), row)
        changed = books.change(deed("change"), row, item="two", by="ines")

    with store.transaction(writing=False) as books:
        (note,) = notes(books, "deed-change-0")
        before, after = json.loads(note.before or ""), json.loads(note.after or "")
        assert changed
        assert {k for k in before if before[k] != after[k]} == {"item", "by"}


def test_a_change_that_changes_nothing_is_not_told(store: Store) -> None:
    with store.transaction(writing=True) as books:
        row = tick()
        books.add(deed("add"), row)

        assert not books.change(deed("change"), row, item="one")
        assert notes(books, "deed-change-0") == []


def test_a_removal_is_told_with_what_was_there(store: Store) -> None:
    with store.transaction(writing=True) as books:
        row = tick()
        books.add(deed("add"), row)
        books.remove(deed("remove"), row)

        (note,) = notes(books, "deed-remove-0")
        assert note.after is None
        assert json.loads(note.before or "")["item"] == "one"
        assert books.rows(text("SELECT count(*) FROM checkeditem")).scalar() == 0


def _take_back(store: Store, since: timedelta = timedelta(minutes=10)) -> list[str]:
    with store.transaction(writing=True) as books:
        found = undo.last_deed(books, SEASON, "net", "mira", NOW - since)
        undo.take_back(books, found, deed("undo"))
        return [note.undo for note in found]


def test_what_was_added_is_removed_again(store: Store) -> None:
    with store.transaction(writing=True) as books:
        books.add(deed("add"), tick(), undo="it is open")

    assert _take_back(store) == ["it is open"]
    assert items(store) == []
    assert _take_back(store) == []


def test_what_was_removed_is_there_again(store: Store) -> None:
    with store.transaction(writing=True) as books:
        row = tick()
        books.add(deed("add"), row)
        books.remove(deed("remove"), row, undo="it is ticked")

    assert _take_back(store) == ["it is ticked"]
    assert items(store) == ["one"]
    with store.transaction(writing=False) as books:
        assert list(audit.contradictions(books)) == []


def test_what_was_changed_is_as_it_was(store: Store) -> None:
    with store.transaction(writing=True) as books:
        row = tick()
        books.add(deed("add"), row)
        books.change(deed("change"), row, undo="one again", item="two", at=NOW + timedelta(days=1))

    assert _take_back(store) == ["one again"]
    assert items(store) == ["one"]


def test_a_row_of_every_kind_of_value_comes_back_as_it_was(store: Store) -> None:
    values: dict[str, Any] = {
        "season": SEASON,
        "name": "ü — 'x'",
        "weekday": 2,
        "time": time(16, 5),
        "zone": "Europe/London",
        "minutes": 60,
        "first": date(2026, 3, 4),
        "last": None,
    }
    with store.transaction(writing=True) as books:
        row = Series(**values)
        books.add(deed("add"), row)
        books.remove(deed("remove"), row, undo="there")
    _take_back(store)

    with store.transaction(writing=False) as books:
        (found,) = books.session.exec(select(Series))
        assert {name: getattr(found, name) for name in values} == values


def test_all_rows_of_a_deed_are_taken_back_together(store: Store) -> None:
    with store.transaction(writing=True) as books:
        books.add(deed("many"), tick("one"), undo="a")
        books.add(deed("many"), tick("two"), undo="b")
        books.add(deed("many"), tick("three"))

    assert _take_back(store) == ["", "b", "a"]
    assert items(store) == []


def test_what_somebody_has_changed_since_is_left_alone(store: Store) -> None:
    with store.transaction(writing=True) as books:
        row = tick()
        books.add(deed("add"), row, undo="open")
        books.change(deed("change", account="ines"), row, by="ines")

    with pytest.raises(undo.ChangedSince):
        _take_back(store)
    assert items(store) == ["one"]


@pytest.mark.parametrize(
    ("at", "account", "back"),
    [
        (NOW - timedelta(minutes=10), "mira", 1),
        (NOW - timedelta(minutes=10, microseconds=1), "mira", 0),
        (NOW, "ines", 0),
    ],
)
def test_only_ones_own_and_what_is_not_too_old_is_taken_back(
    store: Store, at: datetime, account: str, back: int
) -> None:
    with store.transaction(writing=True) as books:
        books.add(deed("add", at=at, account=account), tick(), undo="open")

    assert len(_take_back(store)) == back


def test_the_newest_of_several_is_taken_back_first(store: Store) -> None:
    with store.transaction(writing=True) as books:
        for n, item in enumerate(("one", "two", "three")):
            books.add(deed("add", number=n), tick(item), undo=item)

    assert [_take_back(store) for _ in range(4)] == [["three"], ["two"], ["one"], []]


def test_roles_are_changes_with_an_author(store: Store) -> None:
    with store.transaction(writing=True) as books:
        given = [
            roles.grant(books, deed("grant", number=n), SEASON, "net", "mira", Role.MENTOR)
            for n in range(2)
        ]
    with store.transaction(writing=True) as books:
        taken = [
            roles.revoke(books, deed("revoke", number=n), SEASON, "net", "mira", Role.MENTOR)
            for n in range(2)
        ]
        assert [len(notes(books, f"deed-{what}-0")) for what in ("grant", "revoke")] == [1, 1]

    assert (given, taken) == ([True, False], [True, False])
    assert [said.lstrip("@") for said in _take_back(store)] == ["mira is mentor again"]
    with store.transaction(writing=False) as books:
        assert roles.holders(books, SEASON, "net", Role.MENTOR) == ["mira"]


def test_a_code_is_good_once_and_leaves_its_audit_rows(store: Store) -> None:
    with store.transaction(writing=True) as books:
        code = codes.give(books, deed("code"), SEASON, "net", "mira")
        late = NOW + GOOD_FOR
        used = [codes.use(books, "net", code, at) for at in (late, NOW, NOW)]

        assert used == [None, "mira", None]
        assert list(audit.contradictions(books)) == []
        assert code not in str(books.rows(text("SELECT * FROM audit")).all())


def test_what_is_not_what_it_was_last_changed_to_is_a_contradiction(store: Store) -> None:
    with store.transaction(writing=True) as books:
        row = OfficeSession(
            season=SEASON, network="net", channel="#gsoc", day=date(2026, 3, 4), chair="mira",
            started_at=NOW, until=NOW + timedelta(hours=1),
        )  # fmt: skip
        books.add(deed("start"), row)
        books.add(deed("grant"), Grant(season=SEASON, network="net", account="a", role="mentor"))
        books.change(deed("end"), row, ended_at=NOW)
        assert list(audit.contradictions(books)) == []

    for spoil, found in (
        ("UPDATE officesession SET chair = 'mirb'", "officesession [1]: it is not what"),
        ("UPDATE officesession SET chair = 'mira'", ""),
        ("UPDATE audit SET before = '{}' WHERE what = 'end'", "officesession [1]: its changes do"),
    ):
        with store.transaction(writing=True) as books:
            books.rows(text(spoil))
        with store.transaction(writing=False) as books:
            told = list(audit.contradictions(books))
        assert [t.startswith(found) for t in told] == [True] * bool(found)


def test_an_author_is_a_value(store: Store) -> None:
    assert deed("x") == Deed("deed-x-0", NOW, SEASON, "net", "mira", "#gsoc", "x")
