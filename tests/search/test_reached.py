"""What search reaches on real ideas, where they are at hand; a little below what was measured."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from gsocbot.importers.ideas import read_ideas
from gsocbot.rules.ideas import IdeaText
from gsocbot.store.store import Store
from tests.search import measures
from tests.search.__main__ import main
from tests.search.measures import Question

SHARED = Path(__file__).parents[3] / "shared/data/search"
OWN = Path(__file__).parent / "questions.jsonl"

pytestmark = pytest.mark.skipif(not SHARED.exists(), reason="the corpus of ideas is not here")


@pytest.fixture(scope="module")
def texts() -> list[IdeaText]:
    """Give real ideas of many organisations."""
    return read_ideas(SHARED / "corpus.jsonl")


@pytest.fixture(scope="module")
def store(texts: list[IdeaText]) -> Iterator[Store]:
    """Give a store that has them."""
    store = measures.filled(measures.seasons_of(texts))
    yield store
    store.close()


@pytest.fixture(params=[SHARED / "dev.jsonl", OWN], ids=["dev", "own"], scope="module")
def questions(request: pytest.FixtureRequest) -> list[Question]:
    """Give questions whose answers are known."""
    return measures.read_questions(request.param)


def _of(questions: list[Question], *kinds: str) -> list[Question]:
    return [q for q in questions if q.kind in kinds]


def test_among_all_ideas_the_right_one_comes_first(store: Store, questions: list[Question]) -> None:
    reached = measures.shares(measures.pooled(store, [q for q in questions if q.gold]))

    assert reached.first >= 0.73
    assert reached.three >= 0.82
    assert reached.silent <= 0.03


def test_within_one_organisation_the_right_one_comes_first(
    store: Store, texts: list[IdeaText], questions: list[Question]
) -> None:
    reached = measures.shares(measures.within(store, texts, [q for q in questions if q.gold]))

    assert reached.first >= 0.86
    assert reached.three >= 0.93
    assert reached.silent <= 0.03


def test_where_nothing_fits_nothing_is_said(
    store: Store, texts: list[IdeaText], questions: list[Question]
) -> None:
    without = _of(questions, "none")

    assert measures.shares(measures.pooled(store, without)).silent >= 0.85
    assert measures.shares(measures.within(store, texts, without)).silent >= 0.96


def test_a_mentor_and_what_is_wished_for_are_found(
    store: Store, texts: list[IdeaText], questions: list[Question]
) -> None:
    mentors, filters = _of(questions, "mentor"), _of(questions, "filter")

    assert measures.shares(measures.pooled(store, mentors)).first == 1
    assert measures.shares(measures.within(store, texts, mentors)).first == 1
    assert measures.shares(measures.pooled(store, filters)).three >= 0.9
    assert measures.shares(measures.within(store, texts, filters)).three >= 0.9


def test_the_figures_are_shown_by_kind(capsys: pytest.CaptureFixture[str]) -> None:
    corpus, dev = SHARED / "corpus.jsonl", SHARED / "dev.jsonl"

    assert main([str(corpus), str(dev), "--ideas", "700"]) == 0

    lines = capsys.readouterr().out.splitlines()
    heads = [line.split("  ")[0] for line in lines if not line.startswith(" ")]
    assert heads[:3] == ["pooled, 665 ideas", "with an answer", "without an answer"]
    assert lines[-1].startswith("among 700 ideas: p50 ")
