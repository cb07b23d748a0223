"""Filters of a list of ideas: what they are read as, and what passes them."""

import pytest

from gsocbot.rules.choosing import Chosen, chosen, fits
from gsocbot.rules.ideas import IdeaState, IdeaText
from gsocbot.talk import Refused

PARSER = IdeaText(
    "A parser",
    mentors=("mira", "Tomas Berg"),
    levels=("easy", "medium"),
    size_hours=(175, 350),
    tags=("Parser", "net"),
)


@pytest.mark.parametrize(
    ("typed", "meant"),
    [
        ("rust networking", Chosen("rust networking")),
        ("tag:Net rust", Chosen("rust", tags=("net",))),
        ("rust tags: net,io", Chosen("rust", tags=("net", "io"))),
        ("diff:beginner", Chosen(levels=("easy",))),
        ("level:easy difficulty:hard", Chosen(levels=("easy", "hard"))),
        ("size:175h", Chosen(hours=(175,))),
        ("hours:90,350", Chosen(hours=(90, 350))),
        ("size:small", Chosen(hours=(90,))),
        ("mentor:@Mira", Chosen(mentors=("mira",))),
        ("free", Chosen(free=True)),
        ("rust free", Chosen("rust", free=True)),
        ("free software", Chosen("free software")),
        ("vintage:90 pre-tag:x", Chosen("vintage:90 pre-tag:x")),
    ],
)
def test_what_is_typed_is_read_as_filters_and_words(typed: str, meant: Chosen) -> None:
    assert chosen(typed) == meant


@pytest.mark.parametrize("typed", ["diff:brutal", "size:tall"])
def test_a_filter_that_nothing_can_pass_is_refused(typed: str) -> None:
    with pytest.raises(Refused):
        chosen(typed)


@pytest.mark.parametrize(
    ("typed", "passes"),
    [
        ("", True),
        ("tag:net", True),
        ("tag:NET", True),
        ("tag:ne", False),
        ("tag:io,parser", True),
        ("diff:hard", False),
        ("diff:hard,easy", True),
        ("size:350", True),
        ("size:90", False),
        ("tag:net size:90", False),
        ("mentor:mira", True),
        ("mentor:berg", True),
        ("mentor:tom", False),
        ("mentor:none", False),
        ("free", True),
    ],
)
def test_an_idea_passes_all_filters_or_none(typed: str, passes: bool) -> None:
    assert fits(chosen(typed), PARSER) is passes


def test_a_taken_idea_is_not_free_and_one_that_states_nothing_passes_no_filter() -> None:
    bare = IdeaText("A thing", state=IdeaState.TAKEN)

    assert not fits(chosen("free"), bare)
    assert fits(chosen("mentor:none"), bare)
    assert not any(fits(chosen(t), bare) for t in ("tag:x", "diff:easy", "size:90", "mentor:mira"))
