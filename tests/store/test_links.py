"""Links in the store: what is due, what is kept, what is forgotten, on both engines."""

from datetime import timedelta

from gsocbot.rules.links import APART, WEEKLY, Outcome, State, Verdict
from gsocbot.store import links
from gsocbot.store.store import Store
from tests.store.conftest import NOW, SEASON

PAGE = "https://gsoc.example.org/test/ideas/"
GONE = Verdict(PAGE, Outcome.FAILED, "404")


def asked(store: Store, verdict: Verdict, later: timedelta = timedelta()) -> None:
    with store.transaction(writing=True) as books:
        found = links.of_season(books, SEASON, PAGE)
        links.keep(books, SEASON, found, [verdict], NOW + later)


def known(store: Store) -> dict[str, State]:
    with store.transaction(writing=False) as books:
        return links.states(books, SEASON)


def test_what_came_of_asking_is_kept(store: Store) -> None:
    asked(store, GONE)
    asked(store, GONE, APART)

    assert known(store) == {PAGE: State(NOW + APART, "404", 2, NOW)}


def test_a_link_that_is_back_leaves_no_trace(store: Store) -> None:
    asked(store, GONE)
    asked(store, Verdict(PAGE, Outcome.THERE), APART)

    assert known(store) == {PAGE: State(NOW + APART)}


def test_what_is_no_link_of_the_season_is_not_kept(store: Store) -> None:
    asked(store, Verdict("https://other.example.org/", Outcome.THERE))

    assert known(store) == {}


def test_what_stands_nowhere_any_more_is_forgotten(store: Store) -> None:
    asked(store, GONE)
    with store.transaction(writing=True) as books:
        links.keep(books, SEASON, [], [], NOW)

    assert known(store) == {}


def test_links_are_made_due(store: Store) -> None:
    asked(store, Verdict(PAGE, Outcome.THERE))
    with store.transaction(writing=True) as books:
        found = links.of_season(books, SEASON, PAGE)
        assert links.due(books, SEASON, found, NOW + APART) == []
        assert links.hasten(books, SEASON, found, NOW + APART - timedelta(seconds=1)) == 0
        assert links.hasten(books, SEASON, found, NOW + APART) == 1
        assert links.due(books, SEASON, found, NOW + APART) == [PAGE]

    assert known(store) == {PAGE: State(NOW + APART - WEEKLY)}


def test_witnesses_are_of_different_hosts_and_were_there(store: Store) -> None:
    asked(store, GONE)
    with store.transaction(writing=False) as books:
        assert links.witnesses(books, SEASON, 3) == []
    asked(store, Verdict(PAGE, Outcome.THERE), APART)
    with store.transaction(writing=False) as books:
        assert links.witnesses(books, SEASON, 3) == [PAGE]
