"""No private value turns up anywhere where somebody looks whom it is not for."""

import logging
from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path

import pytest

from gsocbot.commands import ALL
from gsocbot.shipped import shipped
from gsocbot.site.build import write
from gsocbot.site.taking import take
from tests.conversation import CHANNEL, ORGANISERS, Stage
from tests.marked import KEY, MARK, MID, filled, marks
from tests.site.test_place import tree

LOOKING = {
    "a stranger": ("kofi", True, frozenset()),
    "somebody with an account": ("kofi", False, frozenset()),
    "another student": ("sofia", False, frozenset()),
    "another mentor": ("ines", False, frozenset()),
    # Its mentors may know who is interested in an idea, and read drafts of proposals for it.
    "a mentor of the same idea": (
        "hauke",
        False,
        frozenset({f"{MARK}proposalurl", f"{MARK}interested"}),
    ),
}
ABOUT = ("", "priya", f"{MARK}ende", f"{MARK}draf", "1")
"""Hidden people by the beginning of their names: what is typed could be kept, and said again."""
ENDING = {"me": {"forget"}}
"""What would take away who looks."""


IN_CHANNEL = ("", "priya")


def turned_up(texts: list[str], beside: frozenset[str] = frozenset()) -> set[str]:
    """The private values that are in some texts."""
    whole = "\n".join(texts).lower()
    return {value for value in marks() | {f"{MARK}draft"} if value in whole} - beside


def said_to(on: Stage, nick: str, stranger: bool) -> list[str]:
    """All that somebody is told who asks everything about everybody, in channel and in private."""
    said: list[str] = []
    for command in ALL:
        if command.verb in ENDING.get(command.noun, ()):
            continue
        for about in ABOUT:
            words = " ".join([*command.words, about]).strip()
            for place in (CHANNEL, None) if about in IN_CHANNEL else (None,):
                for ending in ("", " pm") if command.lists else ("",):
                    line = ("!" if place else "") + words + ending
                    said += [s.text for s in on.hear(nick, stranger, place, line, action=False)]
            said += [say.text for say in on.hear(nick, stranger, None, "more", action=False)]
    return said


@pytest.fixture(params=[True, False], ids=["announced", "drafts"])
def on(request: pytest.FixtureRequest) -> Iterator[Stage]:
    """A season in which every private field has a value that is known again."""
    yield from filled(announced=request.param)


@pytest.mark.parametrize("who", LOOKING)
def test_who_asks_everything_is_told_nothing_private(on: Stage, who: str) -> None:
    nick, stranger, beside = LOOKING[who]

    said = said_to(on, nick, stranger)

    assert len(said) > 300
    assert turned_up(said, beside) == set()


def test_what_is_said_by_itself_for_two_months_goes_to_whom_it_is_for(on: Stage) -> None:
    for nick in ("kofi", "sofia", "ines", "hauke"):
        on.there[f"@{nick}"] = nick

    says = [say for hour in range(0, 60 * 24, 8) for say in on.tick(MID + timedelta(hours=hour))]

    public = [say.text for say in says if say.target in {CHANNEL, ORGANISERS}]
    alone = {n: [s.text for s in says if s.target == n] for n in ("kofi", "sofia", "ines", "hauke")}
    assert public
    assert turned_up(public) == set()
    assert {nick for nick, texts in alone.items() if turned_up(texts)} <= {"hauke"}
    assert turned_up(alone["hauke"], LOOKING["a mentor of the same idea"][2]) == set()


def test_no_page_no_feed_and_no_calendar_has_it(on: Stage, tmp_path: Path) -> None:
    with on.store.transaction(writing=False) as books:
        snapshot = take(books, [KEY], channels={KEY: CHANNEL})
    write(snapshot, tmp_path / "public", "https://gsoc.example.org/", shipped("templates"), on.now)

    shown = tree(tmp_path / "public")

    assert len(shown) > 20
    assert turned_up([page.decode(errors="replace") for page in shown.values()]) == set()
    assert turned_up(list(shown)) == set()


def test_no_log_has_it(on: Stage, caplog: pytest.LogCaptureFixture) -> None:
    with caplog.at_level(logging.NOTSET):
        said_to(on, "odile", stranger=False)
        on.tick(MID + timedelta(days=1))

    assert turned_up([caplog.text]) == set()


def test_whom_it_is_for_is_told(on: Stage) -> None:
    """So that the tests above are no tests of silence."""
    assert turned_up(said_to(on, "odile", stranger=False))
