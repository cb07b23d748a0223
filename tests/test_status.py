"""What !status says of a program that has trouble."""

from dataclasses import replace
from datetime import datetime, timedelta

import pytest

from gsocbot import app
from gsocbot.bot import Bot
from gsocbot.commands.ask import Running
from gsocbot.rules.outbox import OutboxState
from gsocbot.rules.roles import Role
from gsocbot.store import outbox, roles
from tests.conversation import CHANNEL, NETWORK, ORGANISERS, START, Stage, config, stage

DUE = datetime.fromisoformat("2026-03-24T18:00Z")


@pytest.fixture
def on() -> Stage:
    """Give the bot on the day when a channel did not take a line."""
    on = stage()
    with on.store.transaction(writing=True) as books:
        deed = app.deed_of_shell(on.now, "test", "role add odile")
        roles.grant(books, deed, "test", NETWORK, "odile", Role.ORGANISER)
    on.bot.tick(DUE)
    on.now = DUE
    with on.store.transaction(writing=True) as books:
        for row in outbox.claim(books, NETWORK, "boot-1-a", DUE, [CHANNEL], 100):
            outbox.move(books, row.id, OutboxState.WRITTEN, text="said")
            state = OutboxState.FAILED if row.due == DUE else OutboxState.SENT
            outbox.move(books, row.id, state, why="404" if row.due == DUE else "")
    return on


def runs(on: Stage, running: Running) -> None:
    """Go on with a program that is like this."""
    on.outside = replace(on.outside, running=lambda: running)
    on.bot = Bot(config(), on.store, on.folders, on.outside)


def says(on: Stage, line: str) -> str:
    (said,) = on.hear("odile", False, ORGANISERS, line, action=False)
    return said.text.removeprefix("odile: ")


def test_what_was_refused_is_counted_and_named(on: Stage) -> None:
    assert "; 1 failed in 14 d: !status failed; " in says(on, "!status")
    assert says(on, "!status failed") == (
        "not said in the last 14 days: 24 Mar 18:00 applications-close 7 d for #gsoc: "
        "I may not speak there (404)."
    )


def test_what_failed_is_forgotten_after_two_weeks(on: Stage) -> None:
    on.now = DUE + timedelta(days=14)
    assert "1 failed" in says(on, "!status")
    on.now += timedelta(seconds=1)
    assert "0 failed" in says(on, "!status")


def test_a_channel_where_the_bot_is_not_is_named(on: Stage) -> None:
    notes = ["store PostgreSQL", "test is held by another bot"]
    runs(on, Running(START, frozenset({(NETWORK, ORGANISERS)}), 3, notes))

    said = says(on, "!status")
    assert said.startswith("up 22 d; in 1 of 2 channels, not in #gsoc; 3 waiting lines; next job ")
    assert "; store PostgreSQL; test is held by another bot; links " in said


def test_on_the_command_line_there_is_no_network(on: Stage) -> None:
    runs(on, Running())

    assert says(on, "!status").startswith("not on a network; 0 waiting lines; ")


def test_people_are_not_named(on: Stage) -> None:
    for account in ("mira", "tomas"):
        says(on, f"!deadline add {account}s-date 26 mar 12:00 a date for organisers")
    now = DUE + timedelta(days=1)
    on.bot.tick(now)
    on.now = now
    with on.store.transaction(writing=True) as books:
        for row in outbox.claim(books, NETWORK, "boot-1-a", now, ["@odile"], 100):
            outbox.move(books, row.id, OutboxState.WRITTEN, text="said")
            outbox.move(books, row.id, OutboxState.FAILED, why="401")

    said = says(on, "!status failed")
    assert said.startswith(
        "not said in the last 14 days: 25 Mar 12:00 tomass-date 1 d for somebody: nobody of that "
        "name was there (401) · 25 Mar 12:00 miras-date 1 d for somebody: "
    )
    assert "odile" not in said
