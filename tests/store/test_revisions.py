"""When a date was last changed for those who see it, as the audit rows have it."""

from datetime import date, time, timedelta
from typing import Any

from gsocbot.store import revisions
from gsocbot.store.books import Books, Deed
from gsocbot.store.revisions import Revised
from gsocbot.store.store import Store
from gsocbot.store.tables import Deadline, OfficeChange, OfficeDuty, Series
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


def test_what_becomes_of_one_session_is_a_move_of_its_series(store: Store) -> None:
    def revised() -> dict[str, Revised]:
        return revisions.of_series(books, SEASON)

    def at(hours: int) -> Deed:
        return deed("change", NOW + hours * HOUR)

    wed = {"weekday": 2, "time": time(16), "zone": "UTC", "minutes": 60, "first": date(2026, 3, 4)}
    of, day = {"season": SEASON, "series": "office"}, date(2026, 3, 11)
    with store.transaction(writing=True) as books:
        row = Series(season=SEASON, name="office", **wed)
        books.add(at(1), row)
        books.add(at(1), Series(season=SEASON, name="other", **wed))
        assert revised()["office"] == Revised(NOW + HOUR, 0)
        skip = OfficeChange(**of, day=day, skipped=True, why="holiday", at=NOW)
        books.add(at(2), skip)
        assert revised()["office"] == Revised(NOW + 2 * HOUR, 1)
        books.change(at(3), skip, why="a holiday")  # no calendar says why
        assert revised()["office"] == Revised(NOW + 2 * HOUR, 1)
        books.change(at(4), skip, skipped=False, to_day=date(2026, 3, 12), to_time=time(17))
        assert revised()["office"] == Revised(NOW + 4 * HOUR, 2)
        books.change(at(5), skip, to_day=date(2026, 3, 13))
        assert revised()["office"] == Revised(NOW + 5 * HOUR, 3)
        books.remove(at(5), skip)
        assert revised()["office"] == Revised(NOW + 5 * HOUR, 4)
        books.change(at(6), row, last=date(2026, 4, 1))
        assert revised()["office"] == Revised(NOW + 6 * HOUR, 5)
        books.change(at(7), row, channel="#late", imported="{}")
        assert revised()["office"] == Revised(NOW + 7 * HOUR, 5)
        books.add(at(8), OfficeDuty(**of, network="net", account="mira", at=NOW))
        assert revised()["office"] == Revised(NOW + 7 * HOUR, 5)
        assert revised()["other"] == Revised(NOW + HOUR, 0)
