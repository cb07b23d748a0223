"""How actions, and questions of kept places, are read."""

import pytest

from gsocbot.rules import actions, drafting, ledger
from gsocbot.talk import Refused


@pytest.mark.parametrize("word", ["a5", "A5", "5", "#5"])
def test_an_action_is_named_as_people_write_it(word: str) -> None:
    assert actions.number_of(word) == 5


@pytest.mark.parametrize("word", ["", "a", "q5", "a-5", "five", "a5.", "5555555555"])
def test_anything_else_is_no_action(word: str) -> None:
    with pytest.raises(Refused):
        actions.number_of(word)


@pytest.mark.parametrize(
    ("text", "nick", "left"),
    [
        ("wenjie send it", "wenjie", "send it"),
        ("WENJIE: to send it", "wenjie", "send it"),
        ("@wenjie, send it", "wenjie", "send it"),
        ("wenjies friend sends it", "wenjie", "wenjies friend sends it"),
        ("the trace by wenjie", "wenjie", "the trace by wenjie"),
        ("wenjie", "wenjie", "wenjie"),
        ("wenjie to", "wenjie", "to"),
        (": send it", "", ": send it"),
    ],
)
def test_the_name_that_an_action_begins_with_is_no_part_of_it(
    text: str, nick: str, left: str
) -> None:
    assert actions.without_name(text, nick) == left


@pytest.mark.parametrize(
    ("said", "title"),
    [
        ("Boot graphs", "Boot graphs"),
        ("draw all the boots. It would help a lot", "draw all the boots"),
        ("Boot graphs! Draw them", "Boot graphs! Draw them"),
        ("a tool, e.g. for Xen, that draws", "a tool, e.g. for Xen, that draws"),
        ("é" * 40, "é" * 40),
        ("é" * 41, "é" * 40 + "…"),
        ("word " * 20, "word " * 15 + "word…"),
    ],
)
def test_what_was_said_has_a_title_that_fits(said: str, title: str) -> None:
    assert drafting.headline(said) == title


@pytest.mark.parametrize("said", ["", "...", "!idea suggest <title>"])
def test_what_says_nothing_has_no_title(said: str) -> None:
    with pytest.raises(Refused):
        drafting.headline(said)


@pytest.mark.parametrize(
    ("text", "named"),
    [
        ("q16 which kernel?", (16, "which kernel?")),
        ("Q16: which kernel?", (16, "which kernel?")),
        ("q16", (16, "")),
        ("16 which kernel?", None),
        ("q16b which kernel?", None),
        ("see q16 please", None),
    ],
)
def test_a_question_is_named_in_front(text: str, named: tuple[int, str] | None) -> None:
    assert ledger.named_in(text) == named


@pytest.mark.parametrize(
    ("text", "idea"),
    [
        ("7 root?", (7, "root?")),
        ("7: root?", (7, "root?")),
        ("idea #7 root?", (7, "root?")),
        ("7", None),
        ("7th try", None),
        ("root on 7?", None),
    ],
)
def test_a_place_may_begin_with_an_idea(text: str, idea: tuple[int, str] | None) -> None:
    assert ledger.idea_in(text) == idea
