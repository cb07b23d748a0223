"""Searching in words: how they are folded, what they are taken for, what fits, and how well."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from gsocbot.rules.search import Entry, Index, rank, terms
from gsocbot.rules.search.filters import wish
from gsocbot.rules.search.question import LONGEST_QUESTION, read
from gsocbot.rules.search.ranking import LOOKED_AT, MEANING
from gsocbot.rules.search.synonyms import CLOSE, SAME, related
from gsocbot.rules.search.words import CHATTER, STOP_WORDS, raw_words

WORDS = ["rust", "parser", "networking", "gui", "python", "easy", "want", "bluetooth", "the"]
TEXTS = st.lists(st.sampled_from(WORDS), max_size=6).map(" ".join)
ENTRIES = st.lists(st.tuples(TEXTS, TEXTS, TEXTS), max_size=6).map(
    lambda rows: [entry(n, *row) for n, row in enumerate(rows, 1)]
)


def entry(id_: int, title: str, skills: str = "", body: str = "", **more: object) -> Entry:
    """An idea with these texts."""
    folded = {k: " ".join(terms(v)) if isinstance(v, str) else v for k, v in more.items()}
    texts = [" ".join(terms(text)) for text in (title, skills, body)]
    return Entry(id_, *texts, **folded)  # type: ignore[arg-type]


SEASON = Index(
    [
        entry(1, "Memory paging in Rust", "Rust, C", levels=("hard",), hours=(350,)),
        entry(2, "Bluetooth headsets", "C++", names="Ana Marić", levels=("easy",), hours=(90,)),
        entry(3, "Kubernetes dashboard", "TypeScript", "A page for all clusters", hours=(175,)),
        entry(4, "A hypervisor for tests", "C, assembly", "It starts guests with KVM"),
        entry(5, "Colour themes", "C#", "Themes for the user interface", names="waddles"),
        entry(6, "WebAssembly port", "Rust", "Compile the parser for the browser"),
        entry(7, "Full text queries", "SQL", "Find what users wrote in the database"),
    ]
)


def found(question: str, index: Index = SEASON) -> list[int]:
    return [hit.id for hit in rank(question, index)]


@pytest.mark.parametrize(
    ("text", "folded"),
    [
        ("Parsers parsing", ["parser", "pars"]),
        ("C++ and C# on .NET", ["cplusplus", "csharp", "dotnet"]),
        ("cpp", ["cplusplus"]),
        ("golang", ["go"]),
        ("Naïve CAFÉ", ["naiv", "cafe"]),
        ("ﬁle STRASSE straße", ["file", "strass", "strass"]),
        ("don't, what's the kernel's", ["kernel"]),
        ("snake_case x86-64", ["snake", "case", "x86", "64"]),
        ("virtualisation colours", terms("virtualization colors")),
        ("analysing modelling", terms("analyzing modeling")),
        ("", []),
        ("?!…", []),
    ],
)
def test_words_are_folded_alike(text: str, folded: list[str]) -> None:
    assert terms(text) == folded


@given(st.text())
def test_terms_are_letters_and_digits(text: str) -> None:
    assert all(t and not set(t) & set(" \"'\\|&!():*<>\t\n\0") for t in terms(text))


def test_words_that_say_nothing_are_as_they_are_heard() -> None:
    assert all(raw_words(word) == [word] for word in STOP_WORDS | CHATTER)


@pytest.mark.parametrize("text", [SAME, CLOSE], ids=["same", "close"])
def test_every_line_of_the_thesaurus_joins_phrases_that_search_can_read(text: str) -> None:
    lines = [line.split(", ") for line in text.strip().splitlines()]

    assert [line for line in lines if len(line) < 2 or not all(map(terms, line))] == []


@pytest.mark.parametrize(
    ("asked", "other"),
    [
        ("k8s", "kubernetes"),
        ("machine learning", "ml"),
        ("docker", "container"),
        ("container", "docker"),
        ("hypervisor", "virtualization"),
    ],
)
def test_other_words_for_the_same_thing_are_known(asked: str, other: str) -> None:
    assert tuple(terms(other)) in dict(related(tuple(terms(asked)), 0))


@pytest.mark.parametrize(
    ("question", "first"),
    [
        ("rust memory", 1),
        ("i know rust and want smth with memory", 1),
        ("somthing with bluetooht pls", 2),
        ("headset", 2),
        ("that one with the clusters", 3),
        ("k8s", 3),
        ("anything with virtualisation?", 4),
        ("virtual machines", 4),
        ("color theme", 5),
        ("ui", 5),
        ("web assembly", 6),
        ("wasm", 6),
        ("parsing", 6),
        ("fulltext search in a db", 7),
        ("datbase", 7),
        ("ana maric", 2),
        ("ideas by Ana?", 2),
        ("waddles's projects", 5),
    ],
)
def test_an_idea_is_found_by_what_a_student_types(question: str, first: int) -> None:
    assert found(question)[:1] == [first]


@pytest.mark.parametrize(
    "question",
    [
        "",
        "?",
        "the of and",
        "thanks!",
        "minecraft",
        "guitar tabs",
        "what is the stipend",
        "when is the deadline",
        "are you a bot",
        "hi all",
        "show me something",
        "i want to contribute",
        "looking for a project",
        "underwater basket weaving",
        "cobol on mainframes",
    ],
)
def test_what_nothing_fits_finds_nothing(question: str) -> None:
    assert found(question) == []


@pytest.mark.parametrize(
    ("question", "levels", "hours"),
    [
        ("easy", {"easy"}, set()),
        ("for a beginner", {"easy"}, set()),
        ("hard ones", {"hard"}, set()),
        ("medium", {"medium"}, set()),
        ("medium size", set(), {175}),
        ("medium difficulty, 350 h", {"medium"}, {350}),
        ("low difficulty", {"easy"}, set()),
        ("low latency", set(), set()),
        ("175 hours", set(), {175}),
        ("350h", set(), {350}),
        ("90-hour", set(), {90}),
        ("1024 hours", set(), set()),
        ("9 weeks", set(), {90}),
        ("10 weeks", set(), {175, 350}),
        ("3 months", set(), {175, 350}),
        ("three months", set(), {175, 350}),
        ("5 months", set(), {350}),
        ("a small project", set(), {90}),
        ("large language model", set(), set()),
        ("encrypt a hard drive", set(), set()),
        ("rust, small", set(), {90}),
        ("rust", set(), set()),
    ],
)
def test_levels_and_sizes_are_understood_in_words(
    question: str, levels: set[str], hours: set[int]
) -> None:
    asked = wish(question, raw_words(question))

    assert (asked.levels, asked.hours) == (levels, hours)


@pytest.mark.parametrize(
    ("question", "ideas"),
    [
        ("anything easy?", [2]),
        ("350 hours", [1]),
        ("easy, 90h", [2]),
        ("something for 3 months", [1, 3]),
        ("rust, 350 hours", [1]),
    ],
)
def test_what_meets_a_wish_is_found_by_it(question: str, ideas: list[int]) -> None:
    assert found(question)[: len(ideas)] == ideas


def test_words_that_say_little_are_looked_for_where_nothing_else_is_asked() -> None:
    index = Index([entry(1, "Sans I/O at last"), entry(2, "A parser", "", "learning the language")])

    assert found("at last", index) == [1]
    assert found("language", index) == [2]
    assert found("the last language", index) == []


def test_an_idea_that_states_another_level_comes_after_one_that_states_none() -> None:
    index = Index(
        [
            entry(1, "Rust", levels=("hard",)),
            entry(2, "Rust"),
            entry(3, "Rust", levels=("easy",)),
        ]
    )

    assert found("easy rust", index)[:2] == [3, 2]
    assert found("rust", index) == [1, 2, 3]


def test_the_title_counts_for_more_than_skills_and_they_for_more_than_the_rest() -> None:
    index = Index([entry(1, "a", "b", "rust"), entry(2, "a", "rust", "b"), entry(3, "rust")])

    hits = rank("rust", index)

    assert [h.id for h in hits] == [3, 2, 1]
    assert len({h.score for h in hits}) == 3


def test_words_side_by_side_count_for_more() -> None:
    index = Index(
        [
            entry(1, "x", "", "memory of the kernel and some paging"),
            entry(2, "x", "", "kernel and some memory paging"),
        ]
    )

    assert found("memory paging", index) == [2, 1]


def test_what_a_model_finds_alike_goes_into_the_same_score_and_threshold() -> None:
    alone = rank("parser", SEASON)

    assert rank("parser", SEASON, meaning={}) == alone
    likely = rank("parser", SEASON, meaning={6: 0.5})[0]
    assert (likely.id, likely.score) == (6, pytest.approx(alone[0].score + 0.5 * MEANING))
    assert found("parser qqq") == []
    assert [h.id for h in rank("parser qqq", SEASON, meaning={6: 0.8})] == [6]
    assert [h.id for h in rank("parser qqq", SEASON, meaning={6: 0.8, 3: 0.9})] == [6, 3]
    assert rank("qqq", SEASON, meaning={6: 0.8}) == []


def test_no_more_is_found_than_anybody_reads() -> None:
    index = Index(entry(n, "Rust", hours=(90,)) for n in range(1000))

    assert len(found("rust", index)) == LOOKED_AT
    assert len(found("90 hours", index)) == LOOKED_AT


@given(st.text(max_size=300))
def test_any_text_can_be_asked(question: str) -> None:
    assert set(found(question)) <= set(range(1, 8))
    assert len(read(question, SEASON).wanted) <= LONGEST_QUESTION


@pytest.mark.parametrize("question", ["a" * 10_000, "rust " * 3000, "\x00", "\ud7ff", "İ" * 500])
def test_odd_and_long_texts_can_be_asked(question: str) -> None:
    assert set(found(question)) <= set(range(1, 8))


@given(ENTRIES, TEXTS)
def test_the_order_in_which_ideas_come_does_not_matter(entries: list[Entry], asked: str) -> None:
    hits = rank(asked, Index(entries))

    assert rank(asked, Index(reversed(entries))) == hits
    assert [(-h.score, h.id) for h in hits] == sorted((-h.score, h.id) for h in hits)
    assert len({h.id for h in hits}) == len(hits)


@given(TEXTS)
def test_nothing_is_found_among_no_ideas(asked: str) -> None:
    assert rank(asked, Index([])) == []
