"""Ideas: levels, hours, slugs, numbers, and bringing a file and the store together."""

from dataclasses import fields, replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from gsocbot.importers.fields import LONGEST_SLUG, is_slug
from gsocbot.rules.ideas import (
    SLUG_LENGTH,
    IdeaState,
    IdeaText,
    Merged,
    Side,
    completed,
    hours_of,
    is_address,
    levels_of,
    merge,
    missing,
    numbered,
    public_contacts,
    slug_of,
)

TEXT = st.text(max_size=20)
IDEAS = st.builds(
    IdeaText,
    title=st.text(min_size=1, max_size=20),
    slug=st.sampled_from(["", "a", "b", "a-2"]),
    number=st.none() | st.integers(1, 5),
    mentors=st.lists(TEXT, max_size=2).map(tuple),
    skills=TEXT,
    state=st.sampled_from(IdeaState),
)


@pytest.mark.parametrize(
    ("difficulty", "levels"),
    [
        ("", ()),
        ("Easy", ("easy",)),
        ("easy-medium", ("easy", "medium")),
        ("Medium to Hard", ("medium", "hard")),
        ("hard/easy", ("easy", "hard")),
        ("Intermediate", ("medium",)),
        ("beginner friendly", ("easy",)),
        ("ADVANCED", ("hard",)),
        ("highly variable", ()),
        ("uneasy", ()),
        ("3/5", ()),
    ],
)
def test_levels_are_those_that_are_named(difficulty: str, levels: tuple[str, ...]) -> None:
    assert levels_of(difficulty) == levels


@pytest.mark.parametrize(
    ("size", "hours"),
    [
        ("", ()),
        ("175", (175,)),
        ("175 h", (175,)),
        ("350 hours", (350,)),
        ("90 or 175 hours", (90, 175)),
        ("175/350", (175, 350)),
        ("350, 175, 350", (350, 175)),
        ("small", (90,)),
        ("Medium or large", (175, 350)),
        ("Large (350 hours)", (350,)),
        ("long", (350,)),
        ("9", ()),
        ("1000", ()),
        ("tiny", ()),
    ],
)
def test_hours_are_the_figures_or_what_the_words_stand_for(
    size: str, hours: tuple[int, ...]
) -> None:
    assert hours_of(size) == hours


@pytest.mark.parametrize(
    ("title", "slug"),
    [
        ("A parser", "a-parser"),
        ("C++ & Rust!", "c-rust"),
        ("Ünïcödé", "unicode"),
        ("日本語", "idea"),
        ("", "idea"),
        ("…", "idea"),
        ("2026", "idea-2026"),
        ("1 2", "idea-1-2"),
        ("x" * 100, "x" * SLUG_LENGTH),
        ("word " * 20, "word-word-word-word-word-word-word-word"),
    ],
)
def test_a_slug_can_be_said_aloud(title: str, slug: str) -> None:
    assert slug_of(title) == slug


@given(st.text())
def test_every_title_has_a_slug_that_can_be_typed(title: str) -> None:
    assert is_slug(slug_of(title))


@given(st.lists(IDEAS, max_size=8), st.lists(st.integers(1, 9), max_size=5))
def test_numbered_ideas_have_slugs_of_their_own_and_keep_their_numbers(
    ideas: list[IdeaText], taken: list[int]
) -> None:
    out = numbered(ideas, taken)

    assert len({i.slug for i in out}) == len(out)
    assert all(len(i.slug) <= LONGEST_SLUG for i in out)
    assert all(o.number == i.number for i, o in zip(ideas, out, strict=True) if i.number)
    given_ = {i.number for i in ideas} | set(taken)
    free = [o.number for i, o in zip(ideas, out, strict=True) if i.number is None]
    assert len(set(free)) == len(free)
    assert not given_ & set(free)


@given(IDEAS)
def test_what_is_completed_is_complete(idea: IdeaText) -> None:
    assert completed(completed(idea)) == completed(idea)


@given(IDEAS, IDEAS)
def test_what_changed_on_one_side_only_is_taken_and_alike_is_no_conflict(
    base: IdeaText, other: IdeaText
) -> None:
    assert merge(base, base, other) == Merged(other)
    assert merge(base, other, base) == Merged(other)
    assert merge(base, other, other) == Merged(other)


@given(IDEAS, IDEAS, IDEAS)
def test_a_conflict_leaves_the_idea_alone_and_names_the_fields(
    base: IdeaText, ours: IdeaText, file: IdeaText
) -> None:
    merged = merge(base, ours, file)

    unlike = [
        f.name
        for f in fields(IdeaText)
        if len({str(getattr(side, f.name)) for side in (base, ours, file)}) == 3
    ]
    assert list(merged.conflicts) == unlike
    assert not unlike or merged.idea == ours


@given(IDEAS, IDEAS, IDEAS)
def test_where_one_side_is_right_its_word_stands_and_what_only_one_has_changed_stands_too(
    base: IdeaText, ours: IdeaText, file: IdeaText
) -> None:
    of_file, of_here = (merge(base, ours, file, side) for side in (Side.FILE, Side.HERE))

    assert of_file.conflicts == of_here.conflicts == ()
    for name in (f.name for f in fields(IdeaText)):
        was, here, there = (getattr(side, name) for side in (base, ours, file))
        assert getattr(of_file.idea, name) == (here if there == was else there)
        assert getattr(of_here.idea, name) == (there if here == was else here)


def test_what_follows_from_a_conflict_is_not_named_beside_it() -> None:
    base, ours, file = (
        completed(IdeaText("t", difficulty=level, size=size))
        for level, size in (("easy", "90 h"), ("hard", "175 h"), ("medium", "350 h"))
    )

    assert merge(base, ours, file).conflicts == ("difficulty", "size")


@pytest.mark.parametrize(
    ("year", "size", "lacks"),
    [(2020, (), []), (2021, (), ["size"]), (2021, (90,), []), (0, (), [])],
)
def test_a_size_is_asked_for_since_2021(year: int, size: tuple[int, ...], lacks: list[str]) -> None:
    whole = IdeaText(
        "t", summary="s", outcome="o", skills="k", mentors=("m",), difficulty="easy",
        size_hours=size,
    )  # fmt: skip

    assert missing(whole, year) == lacks


def test_what_is_missing_is_named_in_googles_order() -> None:
    assert missing(IdeaText("t"), 2026) == [
        "description",
        "outcome",
        "skills",
        "mentors",
        "size",
        "difficulty",
    ]
    assert missing(replace(IdeaText("t"), description="d"), 2026)[0] == "outcome"


@pytest.mark.parametrize(
    ("text", "address"),
    [
        ("a@b.org", True),
        ("mail me: a@b", True),
        ("a AT b.org", True),
        ("a [at] b", True),
        ("#xen-devel", False),
        ("https://lists.example.org", False),
        ("@mira", False),
        ("that", False),
    ],
)
def test_addresses_are_not_said_in_public(text: str, address: bool) -> None:
    assert is_address(text) is address
    assert public_contacts([text]) == ([] if address else [text])
