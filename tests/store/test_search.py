"""Both engines fetch candidates, one rule ranks them: the answers are the same."""

import contextlib
import json
from collections.abc import Iterator
from pathlib import Path

import pytest

from gsocbot.importers.ideas import read_ideas
from gsocbot.rules.ideas import IdeaState, IdeaText
from gsocbot.rules.seasons import SeasonFolder
from gsocbot.store import ideas, reading_in, schema
from gsocbot.store.store import Store
from tests.store.conftest import SEASON, deed

SEARCH = Path(__file__).parents[3] / "shared/data/search"
SMALL = Path(__file__).parent.parent / "ideas"
HOSTILE = [
    "",
    " ",
    '"',
    "'",
    "\\",
    "a' OR '1'='1",
    '"rust" OR NEAR(',
    "rust:* & !python | (",
    "title:rust",
    "{0.__class__} %s %d {{7*7}}",
    "\x00rust\x00",
    "rust\x1b[31m",
    "ﬁﬂ ß İ ǅ",
    "\U0010ffff \ud7ff",
    "a" * 10_000,
    "rust " * 3000,
    "C++ c# .NET F#",
    "the of and",
]


def filled(store: Store, texts: list[IdeaText]) -> Store:
    with store.transaction(writing=True) as books:
        reading_in.ideas(books, deed("list"), SEASON, texts)
    return store


def found(store: Store, question: str) -> list[tuple[int, float]]:
    with store.transaction(writing=False) as books:
        return [(f.idea.number, f.score) for f in ideas.search(books, SEASON, question)]


@pytest.fixture
def pair(postgres_url: str) -> Iterator[tuple[Store, Store]]:
    """Give a store on SQLite and one on PostgreSQL, each with an empty season."""
    stores = Store("sqlite://"), Store(postgres_url)
    for store in stores:
        schema.upgrade(store.engine)
        with store.transaction(writing=True) as books:
            season = SeasonFolder(SEASON)
            reading_in.season_folder(books, deed("begin"), season)
    yield stores
    for store in stores:
        store.close()


def test_both_engines_rank_alike(pair: tuple[Store, Store]) -> None:
    corpus = SEARCH / "corpus.jsonl"
    texts = read_ideas(corpus if corpus.exists() else SMALL)
    questions = [*HOSTILE, *(t.title for t in texts[::40]), "rust", "python testing", "a parser"]
    if corpus.exists():
        lines = (SEARCH / "dev.jsonl").read_text().splitlines()
        questions += [json.loads(line)["q"] for line in lines[::4]]
    sqlite, postgres = (filled(store, texts) for store in pair)

    unlike = [q for q in questions if found(sqlite, q) != found(postgres, q)]

    assert unlike == []
    assert any(found(sqlite, q) for q in questions)


@pytest.mark.parametrize("question", HOSTILE, ids=lambda q: q[:20])
def test_nothing_that_is_asked_is_a_query_of_the_engine(store: Store, question: str) -> None:
    filled(store, [IdeaText("Rust parser"), IdeaText("C++ and C#")])

    assert {number for number, _ in found(store, question)} <= {1, 2}


def test_only_what_everybody_may_see_is_found(store: Store) -> None:
    filled(store, [IdeaText(f"Rust {state}", state=state) for state in IdeaState])

    with store.transaction(writing=False) as books:
        states = {f.idea.text.state for f in ideas.search(books, SEASON, "rust")}
    assert states == {IdeaState.PUBLISHED, IdeaState.TAKEN}


def test_only_ideas_of_the_season_are_found(store: Store) -> None:
    filled(store, [IdeaText("Rust")])
    with store.transaction(writing=True) as books:
        other = SeasonFolder("other", ideas=(IdeaText("Rust too"),))
        reading_in.season_folder(books, deed("begin"), other)

    assert [number for number, _ in found(store, "rust")] == [1]


def test_what_changes_is_found_by_its_new_words_alone(store: Store) -> None:
    filled(store, [IdeaText("Rust parser", slug="x")])
    filled(store, [IdeaText("Zig lexer", slug="x")])

    assert found(store, "rust") == []
    assert [number for number, _ in found(store, "zig")] == [1]


def test_what_another_process_changes_is_found(store: Store, url: str) -> None:
    filled(store, [IdeaText("Rust parser")])
    assert [number for number, _ in found(store, "rust")] == [1]
    other = Store(url)
    filled(other, [IdeaText("Rust lexer", mentors=("mira",))])
    other.close()

    assert [number for number, _ in found(store, "rust")] == [1, 2]
    assert [number for number, _ in found(store, "mira")] == [2]


def test_what_is_taken_back_is_not_found(store: Store) -> None:
    filled(store, [IdeaText("Rust parser")])
    with contextlib.suppress(ZeroDivisionError), store.transaction(writing=True) as books:
        reading_in.ideas(books, deed("list"), SEASON, [IdeaText("Zig lexer")])
        assert [f.idea.number for f in ideas.search(books, SEASON, "zig")] == [2]
        raise ZeroDivisionError

    assert found(store, "zig") == []
    filled(store, [IdeaText("Ada linker")])
    assert [number for number, _ in found(store, "ada")] == [2]


def test_an_idea_is_found_by_the_season_s_organisation(store: Store) -> None:
    with store.transaction(writing=True) as books:
        folder = SeasonFolder(SEASON, organisation="Xen", ideas=(IdeaText("Memory paging"),))
        reading_in.season_folder(books, deed("folder"), folder)

    assert [number for number, _ in found(store, "xen paging")] == [1]


def test_an_idea_without_mentors_and_one_with_many_are_one_hit_each(store: Store) -> None:
    filled(store, [IdeaText("Rust a"), IdeaText("Rust b", mentors=("mira", "tomas", "ines"))])

    assert sorted(number for number, _ in found(store, "rust")) == [1, 2]
