"""A line of ours has 400 bytes at most, whole characters, and nothing that steers a terminal."""

import re
import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from gsocbot.render.lines import (
    MORE,
    MOST_BYTES,
    cut,
    escaped,
    fit,
    fit_items,
    one_line,
    quiet,
)

LETTERS = st.sampled_from(["a", "é", "語", "🎉", "é", "·", "…"]) | st.characters(
    exclude_categories=["Cs"]
)
RUNS = st.tuples(LETTERS, st.integers(1, 250)).map(lambda run: run[0] * run[1])
LONG = st.lists(RUNS | LETTERS | st.just(" "), max_size=12).map("".join)


def ink(text: str) -> str:
    """What is written, without what may stand between."""
    return "".join(re.sub("[·…]", "", text).split())


@given(LONG.map(str.strip), st.integers(8, MOST_BYTES))
def test_cut_loses_nothing_but_blanks_and_splits_no_character(text: str, most: int) -> None:
    head, rest = cut(text, most)

    assert len(head.encode()) <= most
    assert "".join((head + rest).split()) == "".join(text.split())
    assert rest == "" or head != ""


@given(LONG)
def test_what_fits_has_at_most_400_bytes_and_a_way_to_the_rest(text: str) -> None:
    head, rest = fit(text)

    assert len(head.encode()) <= MOST_BYTES
    assert head.endswith(MORE) or not rest
    shown = head.removesuffix(MORE) if rest else head
    assert "".join(shown.split() + rest.split()) == "".join(text.split())


@given(LONG, st.lists(LONG, min_size=1, max_size=12), st.text(max_size=60))
def test_items_fit_or_wait_and_none_is_lost(head: str, items: list[str], tail: str) -> None:
    line, rest = fit_items(head, items, tail)

    assert len(line.encode()) <= MOST_BYTES
    if rest:
        assert line.endswith(f" {len(rest)} more: !more")
        shown = line.removesuffix(f" {len(rest)} more: !more")
        assert ink(shown + "".join(rest)) == ink(head + "".join(items))
    else:
        assert line in {head + " · ".join(items) + end for end in (tail, "")}


@pytest.mark.parametrize(
    ("length", "whole"), [(MOST_BYTES - 1, True), (MOST_BYTES, True), (MOST_BYTES + 1, False)]
)
def test_a_line_is_cut_from_401_bytes_on(length: int, whole: bool) -> None:
    assert (fit("x" * length)[1] == "") is whole
    assert (fit_items("", ["x" * length], "")[1] == []) is whole


@given(st.text())
def test_one_line_has_no_control_characters(text: str) -> None:
    line = one_line(text)

    assert not re.search(r"[\x00-\x1f\x7f-\x9f\u2028\u2029\u202a-\u202e\u2066-\u2069]", line)
    assert all(unicodedata.category(c) != "Cc" for c in line)
    assert one_line(line) == line


@given(st.text(min_size=1))
def test_a_quiet_name_calls_nobody_and_can_be_read(name: str) -> None:
    shown = quiet(name)

    assert shown.replace("·", "") == name.replace("·", "")
    assert shown != name or len(name) == 1 or " " in name


@given(st.text())
def test_an_escaped_text_cannot_forge_a_line_of_the_log(text: str) -> None:
    lines = re.split(r"\r\n|[\n\r\x0b\x0c\x1c-\x1e\x85\u2028\u2029]", escaped(text))

    assert len(lines) == text.count("\n") + 1
    assert all(line.startswith("    ") for line in lines[1:])
