"""Somebody is forgotten: nothing of them is left in any table, and nothing of others is gone."""

from datetime import timedelta

import pytest

from gsocbot.rules.forgetting import Forgotten
from gsocbot.rules.personal import GONE, HOLDS
from gsocbot.rules.privacy import EVERYBODY
from gsocbot.rules.retention import NOTICE, PERSONAL
from gsocbot.store import audit
from gsocbot.store.private import erasing, retention
from gsocbot.store.store import Store
from gsocbot.store.tables import Line, Outbox, Season, Table
from tests.planted import NETWORK, NOW, dump, plant
from tests.store.conftest import SEASON, deed

PRIYA = "zqpriya"


def test_every_column_of_every_table_is_listed_once() -> None:
    for name, table in Table.metadata.tables.items():
        assert sorted(HOLDS[name].columns) == sorted(table.columns.keys()), name
    assert HOLDS.keys() == Table.metadata.tables.keys()


def forget(store: Store, account: str = PRIYA, network: str = NETWORK) -> None:
    with store.transaction(writing=True) as books:
        erasing.forget(books, network, account, NOW, "!me forget")


@pytest.fixture
def planted(store: Store) -> Store:
    """Give a store in which some people are in every table."""
    with store.transaction(writing=True) as books:
        for number, account in enumerate((PRIYA, "zqkofi", "zqana"), 1):
            plant(books, SEASON, account, number, nick=f"{account}away")
    return store


def rows(store: Store) -> dict[str, list[str]]:
    with store.transaction(writing=False) as books:
        return dump(books)


def test_nothing_of_them_is_left_in_any_table(planted: Store) -> None:
    before = rows(planted)
    bare = {"season", "phase", "erasure"}
    assert {name for name, found in before.items() if PRIYA in str(found)} == before.keys() - bare
    forget(planted)
    left = {name: [r for r in found if PRIYA in r] for name, found in rows(planted).items()}
    quiet = {name: [r for r in found if "z·qpriya" in r] for name, found in rows(planted).items()}

    assert not any(left.values()), {name: found for name, found in left.items() if found}
    assert not any(quiet.values())


def test_nothing_else_is_changed(planted: Store) -> None:
    before = rows(planted)
    forget(planted)
    after = rows(planted)

    for name, found in before.items():
        others = [row for row in found if PRIYA not in row and "qpriya" not in row]
        new = sorted(set(after[name]) - set(others))
        assert set(others) <= set(after[name]), name
        assert all(GONE in row or name in {"erasure", "audit"} or "''" in row for row in new), new


def test_the_audit_still_says_of_each_row_what_it_is(planted: Store) -> None:
    forget(planted)
    with planted.transaction(writing=True) as books:
        assert list(audit.contradictions(books)) == []


def test_forgetting_twice_is_forgetting_once(planted: Store) -> None:
    forget(planted)
    once = rows(planted)
    forget(planted)
    twice = rows(planted)

    assert {n: r for n, r in twice.items() if n not in {"erasure", "audit"}} == {
        n: r for n, r in once.items() if n not in {"erasure", "audit"}
    }


def test_the_same_account_of_another_network_is_somebody_else(store: Store) -> None:
    with store.transaction(writing=True) as books:
        plant(books, SEASON, PRIYA, 1, network="elsewhere")
    before = rows(store)
    forget(store)
    after = rows(store)

    apart = {"ideamentor", "idea", "line", "faqentry", "faqcount", "deadline", "series"}
    apart |= {"officechange", "checkedlink", "audit", "erasure"}  # they have no network
    assert {n: r for n, r in after.items() if n not in apart - {"line"}} == {
        n: r for n, r in before.items() if n not in apart - {"line"}
    }


def test_a_nick_that_somebody_else_wears_with_an_account_stays_theirs(store: Store) -> None:
    with store.transaction(writing=True) as books:
        plant(books, SEASON, PRIYA, 1, nick="zqkofi")
        plant(books, SEASON, "zqkofi", 2)
        person = erasing.who(books, NETWORK, PRIYA)
    forget(store)

    assert person.names == {PRIYA}
    with store.transaction(writing=True) as books:
        assert [row.nick for row in books.every(Line, account="zqkofi")] == ["zqkofi"]


def test_of_an_older_backup_it_is_known_who_is_to_be_forgotten_again(planted: Store) -> None:
    with planted.transaction(writing=True) as books:
        digest = erasing.digest_of(NETWORK, PRIYA, "00" * 16)
        assert PRIYA not in digest
        assert erasing.replay(books, [digest], NOW) == 1
        assert erasing.replay(books, [erasing.digest_of(NETWORK, "nobody", "01" * 16)], NOW) == 0
        assert set(erasing.digests(books)) >= {digest}
    assert PRIYA not in str(rows(planted))
    assert "zqkofi" in str(rows(planted))


def test_who_counts_rows_does_not_learn_of_a_draft(store: Store) -> None:
    with store.transaction(writing=True) as books:
        plant(books, SEASON, PRIYA, 1)
        counted = erasing.count(books, EVERYBODY, NETWORK, PRIYA)

    assert counted["interest"] == 1
    assert counted["student"] == 0


@pytest.mark.parametrize(
    ("text", "left"),
    [
        ("priya: hello, Priya!", "(removed): hello, (removed)!"),
        ("see https://example.org/~priya/draft", "see https://example.org/~(removed)/draft"),
        ("p·riya and priya_ and priya__: hi", "(removed) and (removed) and (removed): hi"),
        ("priyanka, mypriya, priya2 and priya_x are others", None),
        ("", None),
    ],
)
def test_a_name_is_taken_out_as_a_word(text: str, left: str | None) -> None:
    person = Forgotten(NETWORK, "priya", frozenset({"priya"}))

    assert person.out_of(text) == (text if left is None else left)


@pytest.mark.parametrize(
    ("text", "left"),
    [
        ("will: are you there?", "(removed): are you there?"),
        ("thanks @will", "thanks @(removed)"),
        ("that will do, will it?", "that will do, will it?"),
    ],
)
def test_a_name_that_is_a_word_is_taken_out_only_where_it_is_called(text: str, left: str) -> None:
    assert Forgotten(NETWORK, "will", frozenset({"will"})).out_of(text) == left


def test_what_is_one_letter_to_servers_is_one_letter_here() -> None:
    person = Forgotten(NETWORK, "a[b]c|", frozenset({"a[b]c|"}))

    assert person.out_of("A{b]c\\: hi") == "(removed): hi"
    assert person.needles is None


def test_long_after_the_end_of_a_season_what_is_personal_goes_and_counts_stay(store: Store) -> None:
    with store.transaction(writing=True) as books:
        plant(books, SEASON, PRIYA, 1)
        season = books.session.get_one(Season, SEASON)
        books.change(deed("close"), season, closed_at=NOW)
    end = NOW + timedelta(days=100)
    told = (end - NOTICE).replace(hour=9)
    for now, lines in ((told - timedelta(seconds=1), 0), (told, 1), (told, 1)):
        with store.transaction(writing=True) as books:
            retention.tend(books, SEASON, 100, now)
            planned = books.every(Outbox, topic=retention.TOPIC, target=f"@{PRIYA}")
        assert len(planned) == lines
    with store.transaction(writing=True) as books:
        before = {name: len(found) for name, found in dump(books).items()}
        retention.tend(books, SEASON, 100, end - timedelta(seconds=1))
        assert {name: len(found) for name, found in dump(books).items()} == before
    for _ in range(2):
        with store.transaction(writing=True) as books:
            retention.tend(books, SEASON, 100, end)
    with store.transaction(writing=True) as books:
        after = dump(books)
        assert retention.left(books, SEASON) == 0
        assert list(audit.contradictions(books)) == []

    assert {name for name, found in after.items() if not found} >= PERSONAL
    assert len(after["student"]) == before["student"]
    assert PRIYA not in str(after["student"])
    assert not [row for row in after["audit"] if "'student'" in row and PRIYA in row]
    assert not [row for row in after["outbox"] if f"'@{PRIYA}'" in row]
