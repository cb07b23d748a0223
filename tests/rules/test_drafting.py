"""The states of an idea, and what can be written into one."""

from dataclasses import replace
from itertools import product

import pytest

from gsocbot.rules.drafting import (
    LONGEST_FIELD,
    LONGEST_TITLE,
    MOVES,
    after_change,
    check_move,
    check_publishable,
    question,
    titled,
    totals,
    with_field,
    with_mentor,
    without_mentor,
)
from gsocbot.rules.ideas import IdeaState, IdeaText, crowd_words
from gsocbot.talk import Refused

YEAR = 2026
WHOLE = IdeaText(
    title="Boot graphs",
    number=2,
    slug="boot-graphs",
    description="It draws. It counts.",
    outcome="A command",
    mentors=("mira",),
    difficulty="easy",
    levels=("easy",),
    size="90 h",
    size_hours=(90,),
    skills="Python",
    state=IdeaState.DRAFT,
)
DRAFT, REVIEW, PUBLISHED, _TAKEN, RETIRED = IdeaState


@pytest.mark.parametrize(("there", "to"), list(product(IdeaState, IdeaState)))
def test_an_idea_moves_as_the_table_says_and_in_no_other_way(
    there: IdeaState, to: IdeaState
) -> None:
    idea = replace(WHOLE, state=there)
    if to in MOVES[there]:
        check_move(idea, to)
    else:
        with pytest.raises(Refused):
            check_move(idea, to)


def test_every_state_has_a_way_in_and_a_way_out() -> None:
    reached = {to for moves in MOVES.values() for to in moves}

    assert set(MOVES) == set(IdeaState)
    assert reached == set(IdeaState)
    assert all(MOVES.values())


def test_what_nobody_mentors_is_not_published() -> None:
    check_publishable(WHOLE)
    with pytest.raises(Refused, match="has no mentor"):
        check_publishable(replace(WHOLE, mentors=()))


def test_what_is_taken_is_freed_and_not_published() -> None:
    with pytest.raises(Refused, match="!idea free 2"):
        check_publishable(replace(WHOLE, state=IdeaState.TAKEN))


@pytest.mark.parametrize(
    ("word", "text", "field", "value"),
    [
        ("what", "one  two", "description", "one two"),
        ("Description:", "x", "description", "x"),
        ("size", "350", "size_hours", (350,)),
        ("size", "175", "size", "175 h"),
        ("hours", "90 or 175", "size_hours", (90, 175)),
        ("size", "large", "size_hours", (350,)),
        ("difficulty", "medium to hard", "levels", ("medium", "hard")),
        ("tags", "rust, net,,rust", "tags", ("rust", "net")),
        ("title", '"Boot-time graphs."', "title", "Boot-time graphs"),
        ("what", "+ It ends.", "description", "It draws. It counts. It ends."),
        ("skills", "+C", "skills", "Python C"),
        ("size", "+ 175", "size_hours", (90, 175)),
        ("difficulty", "+medium", "difficulty", "easy or medium"),
        ("tags", "+ net", "tags", ("net",)),
    ],
)
def test_a_field_is_set_by_the_words_people_use(
    word: str, text: str, field: str, value: object
) -> None:
    assert getattr(with_field(WHOLE, word, text), field) == value


@pytest.mark.parametrize(
    ("word", "text"),
    [
        ("colour", "blue"),
        ("difficulty", "unknown"),
        ("size", "lots"),
        ("title", "..."),
        ("title", "x" * (LONGEST_TITLE + 1)),
        ("what", "x" * (LONGEST_FIELD + 1)),
        ("state", "published"),
        ("number", "1"),
        ("what", "-"),
        ("what", '""'),
        ("what", "+"),
        ("what", "+ " + "x" * (LONGEST_FIELD - len(WHOLE.description))),
    ],
)
def test_what_says_nothing_is_not_set(word: str, text: str) -> None:
    with pytest.raises(Refused):
        with_field(WHOLE, word, text)


def test_the_longest_title_and_field_are_kept() -> None:
    assert titled("x" * LONGEST_TITLE) == "x" * LONGEST_TITLE
    assert with_field(WHOLE, "what", "x" * LONGEST_FIELD).description == "x" * LONGEST_FIELD


def test_mentors_come_and_go_once_each() -> None:
    two = with_mentor(WHOLE, "tomas")

    assert two.mentors == ("mira", "tomas")
    assert without_mentor(two, "MIRA").mentors == ("tomas",)
    with pytest.raises(Refused):
        with_mentor(two, "Tomas")
    with pytest.raises(Refused):
        without_mentor(two, "priya")


def test_one_thing_is_asked_at_a_time_and_mentors_never() -> None:
    asked = []
    idea = IdeaText("Boot graphs")
    while (next_one := question(idea, YEAR)) is not None:
        asked.append(next_one[0])
        answer = {"size": "90", "difficulty": "easy"}.get(next_one[0], "text")
        idea = with_field(idea, next_one[0], answer)

    assert asked == ["what", "outcome", "skills", "size", "difficulty"]


def test_before_google_had_sizes_none_is_asked_for() -> None:
    assert question(replace(WHOLE, size_hours=(), size=""), 2011) is None
    assert question(replace(WHOLE, size_hours=(), size=""), YEAR) is not None


def test_a_draft_that_lacks_nothing_but_a_mentor_is_up_for_review() -> None:
    assert after_change(replace(WHOLE, mentors=()), YEAR).state is REVIEW
    assert after_change(replace(WHOLE, outcome=""), YEAR).state is DRAFT
    assert after_change(replace(WHOLE, outcome="", state=REVIEW), YEAR).state is DRAFT
    assert after_change(replace(WHOLE, outcome="", state=PUBLISHED), YEAR).state is PUBLISHED


def test_retired_ideas_count_for_nothing() -> None:
    ideas = [WHOLE, replace(WHOLE, outcome=""), replace(WHOLE, state=RETIRED)]

    assert totals(ideas, YEAR) == (1, 2)


@pytest.mark.parametrize(
    ("count", "words"),
    [(0, ""), (1, "A few interested. "), (2, "A few interested. "), (3, "3 interested. ")],
)
def test_below_three_nobody_is_counted(count: int, words: str) -> None:
    assert crowd_words(count) == words
