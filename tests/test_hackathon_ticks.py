"""What a tick does for hackathons without a word: it forgets who was where, and notes who came."""

from collections.abc import Iterator
from datetime import UTC, date, datetime, timedelta

import pytest
from sqlalchemy import event

from gsocbot import app
from gsocbot.rules.roles import Role
from gsocbot.store import roles
from gsocbot.store.hackathon_tables import Hacker
from gsocbot.store.private.tables import CheckIn
from tests.conversation import CHANNEL, NETWORK, Stage, stage

BEGIN = datetime(2026, 3, 28, 10, tzinfo=UTC)
MINUTE = timedelta(minutes=1)


@pytest.fixture
def on() -> Iterator[Stage]:
    """Give a bot at the first day of a hackathon, in which Ines takes part."""
    found = stage(now=BEGIN)
    with found.store.transaction(writing=True) as books:
        deed = app.deed_of_shell(BEGIN, "test", "role add")
        roles.grant(books, deed, "test", NETWORK, "odile", Role.ORGANISER)
    found.tick(BEGIN)
    say(found, "odile", '!hack add "Xen" 28-30 mar Europe/London Cambridge')
    say(found, "ines", "!hack join")
    yield found
    found.store.close()


def say(on: Stage, nick: str, text: str, at: datetime | None = None) -> None:
    on.now = at or on.now
    on.hear(nick, False, CHANNEL, text, action=False)


def seen_on(on: Stage) -> dict[str, date | None]:
    with on.store.transaction(writing=False) as books:
        return {row.account: row.seen_on for row in books.every(Hacker)}


def test_check_ins_are_gone_with_the_first_tick_after_the_day_even_if_the_bot_was_away(
    on: Stage,
) -> None:
    say(on, "ines", "!in room 1")
    with on.store.transaction(writing=False) as books:
        assert [row.place for row in books.every(CheckIn)] == ["room 1"]
    on.moves("", "starts again", "")
    on.tick(datetime(2026, 3, 29, 9, tzinfo=UTC))

    with on.store.transaction(writing=False) as books:
        assert books.every(CheckIn) == []


def test_who_takes_part_is_noted_once_a_day_and_a_night_is_of_the_day_before(on: Stage) -> None:
    written: list[str] = []
    event.listen(
        on.store.engine,
        "before_cursor_execute",
        lambda _c, _u, text, *_: written.append(text) if "UPDATE hacker" in text else None,
    )
    for minute in range(5):
        say(on, "ines", "hello", BEGIN + minute * MINUTE)
        say(on, "kofi", "hello", BEGIN + minute * MINUTE)
        on.tick(BEGIN + minute * MINUTE)
    assert (seen_on(on), len(written)) == ({"ines": date(2026, 3, 28)}, 1)
    night = datetime(2026, 3, 29, 1, 30, tzinfo=UTC)
    say(on, "ines", "still here", night)
    on.tick(night)
    assert seen_on(on) == {"ines": date(2026, 3, 28)}
    say(on, "ines", "good morning", night + 6 * 60 * MINUTE)
    on.tick(night + 6 * 60 * MINUTE)

    assert (seen_on(on), len(written)) == ({"ines": date(2026, 3, 29)}, 2)


def test_what_somebody_did_is_taken_back_although_they_were_heard_since(on: Stage) -> None:
    on.tick(BEGIN + MINUTE)
    assert seen_on(on) == {"ines": date(2026, 3, 28)}
    [said] = on.hear("ines", False, CHANNEL, "!undo", action=False)

    assert said.text.startswith("ines: taken back: you are not at Xen")
