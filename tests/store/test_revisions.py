"""When a date was last changed for those who see it, as the audit rows have it."""

from datetime import timedelta
from typing import Any

from gsocbot.store import revisions
from gsocbot.store.books import Books
from gsocbot.store.revisions import Revised
from gsocbot.store.store import Store
from gsocbot.store.tables import Deadline
from tests.store.conftest import NOW, SEASON, deed

HOUR = timedelta(hours=1)


def add(books: Books, hours: int) -> Deadline:
    """A date that somebody writes down some hours from now."""
    row = Deadline(season=SEASON, slug="ranking", title="ranking", at=NOW)
    books.add(deed("add", NOW + hours * HOUR), row)
    return row


def change(books: Books, row: Deadline, hours: int, **values: Any) -> None:
    """Somebody changes it."""
    books.change(deed("change", NOW + hours * HOUR), row, **values)


def test_words_are_a_revision_and_a_moment_is_a_move(store: Store) -> None:
    with store.transaction(writing=True) as books:
        row = add(books, 1)
        assert revisions.of_dates(books, SEASON) == {"ranking": Revised(NOW + HOUR, 0)}
        change(books, row, 2, title="proposals ranked")
        assert revisions.of_dates(books, SEASON) == {"ranking": Revised(NOW + 2 * HOUR, 0)}
        change(books, row, 3, at=NOW + timedelta(days=9))
        change(books, row, 4, ours_minutes=60)
        assert revisions.of_dates(books, SEASON) == {"ranking": Revised(NOW + 4 * HOUR, 2)}


def test_what_nobody_sees_is_no_revision(store: Store) -> None:
    with store.transaction(writing=True) as books:
        row = add(books, 1)
        change(books, row, 2, acked_by="odile", acked_at=NOW)
        change(books, row, 3, offsets="off", imported="{}", short="r")

        assert revisions.of_dates(books, SEASON) == {"ranking": Revised(NOW + HOUR, 0)}
        assert revisions.of_dates(books, "another") == {}


def test_what_comes_back_under_its_name_has_moved(store: Store) -> None:
    with store.transaction(writing=True) as books:
        books.remove(deed("remove", NOW + 2 * HOUR), add(books, 1))
        add(books, 3)

        assert revisions.of_dates(books, SEASON) == {"ranking": Revised(NOW + 3 * HOUR, 1)}
