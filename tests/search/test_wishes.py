"""What is asked for besides words: levels, sizes, mentors, and what is not wanted."""

import pytest

from gsocbot.rules.search import Entry, Index, rank, terms, wished
from gsocbot.rules.search.filters import wish
from gsocbot.rules.search.negation import turned_down
from gsocbot.rules.search.words import folded, raw_words


def _entry(id_: int, title: str, skills: str, names: str = "", **more: tuple) -> Entry:
    texts = [" ".join(terms(text)) for text in (title, skills)]
    return Entry(id_, *texts, names=" ".join(terms(names)), **more)


SEASON = Index(
    [
        _entry(1, "Memory paging", "Rust, C", "Ana", levels=("hard",), hours=(350,)),
        _entry(2, "Bluetooth headsets", "C++", "Tomas", levels=("easy",), hours=(90,)),
        _entry(3, "Parser for the browser", "Rust, JavaScript", levels=("medium",), hours=(175,)),
        _entry(4, "Paging of memory without root", "Go", "Mira", levels=("medium",), hours=(175,)),
    ]
)


@pytest.mark.parametrize(
    ("question", "levels", "hours"),
    [
        ("not easy", {"medium", "hard"}, set()),
        ("rust, not too hard please", {"easy", "medium"}, set()),
        ("nothing difficult", {"easy", "medium"}, set()),
        ("i dont want anything hard", {"easy", "medium"}, set()),
        ("something that is not very hard", {"easy", "medium"}, set()),
        ("not easy and not hard", {"medium"}, set()),
        ("easy or medium", {"easy", "medium"}, set()),
        ("not large", set(), {90, 175}),
        ("not 350 hours", set(), {90, 175}),
        ("about 200 hours", set(), {175}),
        ("~180h", set(), {175}),
        ("100 hours", set(), {90}),
        ("300 hrs", set(), {350}),
        ("less than 200 hours", set(), {90, 175}),
        ("no more than 175 h", set(), {90, 175}),
        ("at least 175 hours", set(), {175, 350}),
        ("under 50 hours", set(), set()),
        ("20 hours a week", set(), set()),
        ("a 24 hour clock", set(), set()),
        ("350 or 175 hours", set(), {175, 350}),
    ],
)
def test_levels_and_sizes_may_be_turned_down_and_lie_between(
    question: str, levels: set[str], hours: set[int]
) -> None:
    asked = wish(folded(question), raw_words(question))

    assert (asked.levels, asked.hours) == (levels, hours)


@pytest.mark.parametrize(
    ("question", "mentored"),
    [
        ("without mentor", False),
        ("which ideas have no mentor", False),
        ("unmentored ideas", False),
        ("what still needs a mentor", False),
        ("ideas with a mentor", True),
        ("i want ana as my mentor", None),
        ("rust", None),
    ],
)
def test_whether_there_is_to_be_a_mentor_is_understood(
    question: str, mentored: bool | None
) -> None:
    assert wish(folded(question), raw_words(question)).mentored is mentored


@pytest.mark.parametrize(
    ("question", "ideas"),
    [
        ("not rust", [2, 4]),
        ("anything but rust", [2, 4]),
        ("show me ideas without rust", [2, 4]),
        ("not rust or go", [2]),
        ("i dont know rust, something with memory", [4]),
        ("memory but no rust", [4]),
        ("without mentor", [3]),
        ("rust without mentor", [3]),
        ("with a mentor, not hard", [2, 4]),
        ("paging without root", [4]),
        ("memory, not too hard", [4]),
        ("about 200 hours", [3, 4]),
        ("not python", []),
    ],
)
def test_what_is_not_wanted_is_not_found(question: str, ideas: list[int]) -> None:
    assert [hit.id for hit in rank(question, SEASON)][: len(ideas) or 1] == ideas


@pytest.mark.parametrize(
    ("text", "firm"),
    [
        ("not rust", [("rust", True)]),
        ("it should not crash", [("crash", False)]),
        ("containers without root", [("root", False)]),
        ("but without any root", [("root", True)]),
        ("not in rust nor java", [("rust", True), ("java", True)]),
        ("other than java", [("java", True)]),
        ("i never used java", [("java", True)]),
        ("not", []),
        ("", []),
    ],
)
def test_a_no_belongs_to_the_next_word_that_says_something(
    text: str, firm: list[tuple[str, bool]]
) -> None:
    words = raw_words(text)

    assert [(words[no.place], no.firm) for no in turned_down(words)] == firm


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("rust not too hard", ("not", "too", "hard")),
        ("about 200 hours, no java", ("about", "200", "hours", "no", "java")),
        ("no time, not sure, java", ()),
        ("maps", ()),
    ],
)
def test_the_words_of_a_wish_are_told_from_the_others(text: str, words: tuple[str, ...]) -> None:
    assert wished(text) == words
