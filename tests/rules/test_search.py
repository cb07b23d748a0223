"""Ranking: what fits, how well, and how words are folded."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from gsocbot.rules.search import (
    LONGEST_QUERY,
    STOP_WORDS,
    Candidate,
    query_terms,
    rank,
    terms,
)

TERMS = st.lists(st.sampled_from(["rust", "parser", "net", "gui", "x"]), max_size=5)
CANDIDATES = st.lists(
    st.tuples(TERMS, TERMS, TERMS).map(lambda t: tuple(" ".join(w) for w in t)), max_size=6
).map(lambda rows: [Candidate(n, *row) for n, row in enumerate(rows, 1)])


@pytest.mark.parametrize(
    ("text", "folded"),
    [
        ("Parsers parsing", ["parser", "pars"]),
        ("C++ and C# on .NET", ["cplusplus", "csharp", "dotnet"]),
        ("cpp", ["cplusplus"]),
        ("Naïve CAFÉ", ["naiv", "cafe"]),
        ("ﬁle STRASSE straße", ["file", "strass", "strass"]),
        ("the ideas of my project", []),
        ("snake_case x86-64", ["snake", "case", "x86", "64"]),
        ("", []),
        ("?!…", []),
    ],
)
def test_words_are_folded_alike(text: str, folded: list[str]) -> None:
    assert terms(text) == folded


@given(st.text())
def test_terms_are_letters_and_digits_and_never_a_query(text: str) -> None:
    assert all(t and not set(t) & set(" \"'\\|&!():*<>\t\n\0") for t in terms(text))
    assert len(query_terms(text)) <= LONGEST_QUERY
    assert len(set(query_terms(text))) == len(query_terms(text))


def test_stop_words_are_small_letters() -> None:
    assert all(word == word.lower() for word in STOP_WORDS)


def test_the_title_counts_for_more_than_keywords_and_they_for_more_than_the_rest() -> None:
    places = [
        Candidate(1, "", "", "rust"),
        Candidate(2, "", "rust", ""),
        Candidate(3, "rust", "", ""),
    ]

    hits = rank(["rust"], places, 100)

    assert [h.id for h in hits] == [3, 2, 1]
    assert len({h.score for h in hits}) == 3


def test_ideas_that_fit_alike_come_by_their_number() -> None:
    alike = [Candidate(n, "rust", "", "") for n in (3, 1, 2)]

    assert [h.id for h in rank(["rust"], alike, 100)] == [1, 2, 3]


def test_an_idea_that_has_too_little_of_the_question_does_not_fit() -> None:
    common = [Candidate(n, "rust", "", "") for n in range(2, 50)]
    rare = Candidate(1, "parser", "", "")

    hits = rank(["rust", "parser", "zebra", "quark"], [rare, *common], 60)

    assert hits == []


@given(CANDIDATES, TERMS)
def test_ranking_is_ordered_and_finds_nothing_without_a_word(
    candidates: list[Candidate], query: list[str]
) -> None:
    asked = list(dict.fromkeys(query))
    hits = rank(asked, candidates, len(candidates))

    assert [h.score for h in hits] == sorted((h.score for h in hits), reverse=True)
    assert len({h.id for h in hits}) == len(hits)
    words = {c.id: f"{c.title} {c.keywords} {c.body}".split() for c in candidates}
    assert all(set(words[h.id]) & set(asked) for h in hits)
    assert rank(asked, reversed(candidates), len(candidates)) == hits
    assert rank([], candidates, len(candidates)) == []
