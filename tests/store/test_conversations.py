"""Conversations are the same on every engine, and leave a store that is whole."""

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest
from sqlalchemy import Engine
from sqlalchemy import text as sql

from gsocbot import app
from gsocbot.rules.roles import Role
from gsocbot.store import audit, office, roles
from tests.conversation import CHANNEL, NETWORK, Stage, played, stage
from tests.rules.test_hearing import hostile_lines

CONVERSATIONS = sorted((Path(__file__).parent.parent / "talk").glob("*.talk"))

TABLE = """CREATE TABLE refuses
    (season VARCHAR REFERENCES season (key) DEFERRABLE INITIALLY DEFERRED)"""
NO_SEASON = "INSERT INTO refuses VALUES ('nothing')"
TRIGGER = "CREATE TRIGGER refuse AFTER INSERT ON officesession"
REFUSE = {
    "sqlite": (
        [TABLE, f"{TRIGGER} BEGIN {NO_SEASON}; END"],
        ["DROP TRIGGER refuse", "DROP TABLE refuses"],
    ),
    "postgresql": (
        [
            TABLE,
            "CREATE FUNCTION refuse() RETURNS trigger LANGUAGE plpgsql"
            f" AS $$ BEGIN {NO_SEASON}; RETURN NULL; END $$",
            f"{TRIGGER} FOR EACH ROW EXECUTE FUNCTION refuse()",
        ],
        ["DROP TRIGGER refuse ON officesession", "DROP FUNCTION refuse", "DROP TABLE refuses"],
    ),
}
"""How an engine is made to refuse, in the COMMIT, a session that begins; and how not to."""


@pytest.fixture
def on(url: str) -> Iterator[Stage]:
    """Give the bot on a store that is kept."""
    on = stage(url)
    yield on
    on.store.close()


@pytest.mark.parametrize("url", ["postgresql"], indirect=True)  # SQLite: tests/test_talk.py
@pytest.mark.parametrize("file", CONVERSATIONS, ids=lambda f: f.stem)
def test_a_conversation_is_the_same_on_the_other_engine(file: Path, on: Stage) -> None:
    written = file.read_text(encoding="utf-8")

    said = played(written, on)

    with on.store.transaction(writing=False) as books:
        assert list(audit.contradictions(books)) == []
    assert said == written


def test_hostile_commands_find_no_fault_of_ours_on_any_engine(on: Stage) -> None:
    for n, text in enumerate(hostile_lines(600)):
        on.hear("kofi", False, ("#gsoc", None)[n % 2], text, action=False)


def test_an_office_hour_whose_beginning_could_not_be_kept_does_not_run(on: Stage) -> None:
    with on.store.transaction(writing=True) as books:
        deed = app.deed_of_shell(on.now, "test", "role add mira")
        roles.grant(books, deed, "test", NETWORK, "mira", Role.MENTOR)
    with no_commit(on.store.engine):
        with pytest.raises(AssertionError, match="the bot has failed"):
            on.hear("mira", False, CHANNEL, "!office start", action=False)
        on.hear("kofi", False, CHANNEL, "hello", action=False)

    assert (on.bot.has_sessions, on.bot.waiting_lines) == (False, 0)
    on.bot.tick(on.now)
    on.hear("mira", False, CHANNEL, "!office start", action=False)
    assert on.bot.has_sessions


@contextmanager
def no_commit(engine: Engine) -> Iterator[None]:
    """A session's row is taken, and refused when all is to be kept."""
    do, undo = REFUSE[engine.dialect.name]
    with engine.begin() as connection:
        for statement in do:
            connection.execute(sql(statement))
    try:
        yield
    finally:
        with engine.begin() as connection:
            for statement in undo:
                connection.execute(sql(statement))


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
