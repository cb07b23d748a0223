"""Conversations are the same on every engine, and leave a store that is whole."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from gsocbot import app
from gsocbot.rules.roles import Role
from gsocbot.store import audit, integrity, office, roles
from tests.conversation import CHANNEL, NETWORK, Stage, played, stage
from tests.rules.test_hearing import hostile_lines

CONVERSATIONS = sorted((Path(__file__).parent.parent / "talk").glob("*.talk"))


@pytest.fixture
def on(url: str) -> Iterator[Stage]:
    """Give the bot on a store that is kept."""
    on = stage(url)
    yield on
    on.store.close()


@pytest.mark.parametrize("file", CONVERSATIONS, ids=lambda f: f.stem)
def test_a_conversation_is_the_same_on_every_engine(file: Path, on: Stage, tmp_path: Path) -> None:
    written = file.read_text(encoding="utf-8")

    said = played(written, on)

    with on.store.transaction(writing=False) as books:
        assert list(audit.contradictions(books)) == []
    kept = tmp_path / "gsocbot.db"
    assert not kept.exists() or integrity.findings(kept) == []
    assert said == written


def test_hostile_commands_find_no_fault_of_ours_on_any_engine(on: Stage) -> None:
    for n, text in enumerate(hostile_lines(600)):
        on.hear("kofi", False, ("#gsoc", None)[n % 2], text, action=False)


def test_a_line_that_no_store_can_keep_holds_up_no_other(on: Stage) -> None:
    with on.store.transaction(writing=True) as books:
        deed = app.deed_of_shell(on.now, "test", "role add mira")
        roles.grant(books, deed, "test", NETWORK, "mira", Role.MENTOR)
    on.hear("mira", False, CHANNEL, "!office start", action=False)
    for text in ("one", "a\x00b", "\x00", "two"):
        on.hear("kofi", False, CHANNEL, text, action=False)

    on.hear("mira", False, CHANNEL, "!office end", action=False)

    with on.store.transaction(writing=False) as books:
        texts = [line.text for line in office.spoken(books, 1) if line.nick == "kofi"]
    assert texts == ["one", "ab", "", "two"]
