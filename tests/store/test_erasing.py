"""Somebody is forgotten: nothing of them is left in any table, and nothing of others is gone."""

import re
from datetime import timedelta

import pytest
from sqlalchemy import event

from gsocbot.rules.forgetting import Forgotten
from gsocbot.rules.personal import GONE, HOLDS
from gsocbot.rules.privacy import EVERYBODY
from gsocbot.rules.retention import AHEAD, COUNTED, ENDING, NOTICE, PERSONAL
from gsocbot.store import audit, codes
from gsocbot.store.books import Books
from gsocbot.store.private import erasing, exporting, retention
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
    bare = {"season", "phase", "erasure", "ballot", "ballotbox"}
    assert {name for name, found in before.items() if PRIYA in str(found)} == before.keys() - bare
    forget(planted)
    left = {name: [r for r in found if PRIYA in r] for name, found in rows(planted).items()}
    quiet = {name: [r for r in found if "z·qpriya" in r] for name, found in rows(planted).items()}

    assert not any(left.values()), {name: found for name, found in left.items() if found}
    assert not any(quiet.values())


@pytest.mark.parametrize("account", ["will", "offer"])
def test_a_name_that_is_a_word_is_left_only_where_it_may_be_one(store: Store, account: str) -> None:
    others = ("zqkofi", "zqana")
    with store.transaction(writing=True) as books:
        about = f"{account}: hello! cc @{account}"
        plant(books, SEASON, account, 1, nick="zqnick", about=about)
        for number, other in enumerate(others, 2):
            plant(books, SEASON, other, number)
    before = {row for row in rows(store)["outbox"] if re.search("zqkofi|zqana", row)}
    forget(store, account)
    with store.transaction(writing=False) as books:
        tables = Table.metadata.tables
        found = {name: books.rows(table.select()).mappings() for name, table in tables.items()}
        left = [
            (name, column, value)
            for name, read in found.items()
            for row in read
            for column, value in row.items()
            if column != "table_name"
            and not re.match(rf"{SEASON}:{account}:[23]:", str(value))
            and re.search(rf"\b{account}\b", str(value))
        ]
    assert not left
    assert before <= set(rows(store)["outbox"])


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
    assert person.needles == {"%a%%"}


@pytest.mark.parametrize(
    ("name", "needle"),
    [
        ("kofi", "%k%ofi%"),
        ("kofi|away", "%k%ofi%"),
        ("[x]kofi", "%kofi%"),
        ("k`é_ofi-2", "%_ofi-2%"),
    ],
)
def test_rows_are_looked_for_by_the_longest_run_of_plain_letters(name: str, needle: str) -> None:
    assert Forgotten(NETWORK, name, frozenset({name})).needles == {needle}


def test_a_name_without_plain_letters_is_looked_for_everywhere() -> None:
    assert Forgotten(NETWORK, "[]", frozenset({"[]"})).needles is None


def test_long_after_the_end_of_a_season_what_is_personal_goes_and_counts_stay(store: Store) -> None:
    with store.transaction(writing=True) as books:
        plant(books, SEASON, PRIYA, 1)
        season = books.session.get_one(Season, SEASON)
        books.change(deed("close"), season, closed_at=NOW)
    end = NOW + timedelta(days=100)
    told = (end - NOTICE).replace(hour=9)
    early = end - NOTICE - AHEAD
    for now, lines in ((early - timedelta(seconds=1), []), (early, [told]), (told, [told])):
        with store.transaction(writing=True) as books:
            retention.tend(books, SEASON, 100, now)
            planned = books.every(Outbox, topic=retention.TOPIC, target=f"@{PRIYA}")
        assert [row.due for row in planned] == lines
    with store.transaction(writing=True) as books:
        before = {name: len(found) for name, found in dump(books).items()}
        assert all(before[name] for name in PERSONAL | ENDING)
        retention.tend(books, SEASON, 100, end - timedelta(seconds=1))
        assert {name: len(found) for name, found in dump(books).items()} == before
    for _ in range(2):
        with store.transaction(writing=True) as books:
            retention.tend(books, SEASON, 100, end)
    with store.transaction(writing=True) as books:
        after = dump(books)
        assert retention.left(books, SEASON) == 0
        assert list(audit.contradictions(books)) == []

    assert {name for name, found in after.items() if not found} >= PERSONAL | ENDING
    for name in COUNTED:
        assert len(after[name]) == before[name]
        # What people say of where they come from is counted, so these words stay.
        name_of = f"'{PRIYA}'" if name == "hacker" else PRIYA
        assert name_of not in str(after[name])
        noted = [row for row in after["audit"] if f"'{name}'" in row]
        assert not [row for row in noted if name_of.replace("'", '"') in row]
    assert not [row for row in after["outbox"] if f"'@{PRIYA}'" in row]
    of_people = ("projects_announced", "student_", "mentor_", "backup_")
    assert not [row for row in after["outbox"] if any(f"'{topic}" in row for topic in of_people)]


def test_in_a_season_of_long_ago_an_address_and_a_code_are_good_until_they_end(
    store: Store,
) -> None:
    with store.transaction(writing=True) as books:
        season = books.session.get_one(Season, SEASON)
        books.change(deed("close"), season, closed_at=NOW)
    now = NOW + timedelta(days=200)
    with store.transaction(writing=True) as books:
        exporting.give(books, deed("export", now, PRIYA), SEASON, NETWORK, PRIYA)
        code = codes.give(books, deed("code", now, PRIYA), SEASON, NETWORK, PRIYA)
        codes.give(books, deed("code", now, PRIYA, 2), SEASON, NETWORK, PRIYA)
    found = []
    for minutes in (0, 59, 1441):
        later = now + timedelta(minutes=minutes)
        with store.transaction(writing=True) as books:
            exporting.end(books, later)
            retention.tend(books, SEASON, 100, later)
            used = codes.use(books, NETWORK, code, later)
            found.append((used, len(exporting.files(books, later)), PRIYA in str(dump(books))))
            assert list(audit.contradictions(books)) == []
    assert found == [(PRIYA, 2, True), (None, 2, True), (None, 0, False)]


def statements(books: Books) -> list[str]:
    """Note what a store is asked from now on."""
    asked: list[str] = []
    event.listen(books.connection, "before_cursor_execute", lambda *a: asked.append(a[2]))
    return asked


@pytest.mark.parametrize(("days", "most"), [(300, 2), (370, 25)])
def test_a_season_of_long_ago_costs_little(store: Store, days: int, most: int) -> None:
    with store.transaction(writing=True) as books:
        plant(books, SEASON, PRIYA, 1)
        season = books.session.get_one(Season, SEASON)
        books.change(deed("close"), season, closed_at=NOW)
    with store.transaction(writing=True) as books:
        retention.tend(books, SEASON, 365, NOW + timedelta(days=days))
    with store.transaction(writing=True) as books:
        asked = statements(books)
        retention.tend(books, SEASON, 365, NOW + timedelta(days=days))

    assert len(asked) <= most, asked
