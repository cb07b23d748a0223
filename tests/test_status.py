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
from gsocbot.store.digest import MAIL
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
    assert said.startswith("up 22 d; in 1 of 2 channels, not in #gsoc; 4 waiting lines; next job ")
    assert "; store PostgreSQL; test is held by another bot; links " in said


def test_on_the_command_line_there_is_no_network(on: Stage) -> None:
    runs(on, Running())

    assert says(on, "!status").startswith("not on a network; 1 waiting line; ")


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


def planned(on: Stage, *rows: tuple[str, str, str, timedelta, timedelta]) -> None:
    """Put lines into the outbox: key, network, target, when due and when of no use, from now."""
    with on.store.transaction(writing=True) as books:
        outbox.plan(
            books,
            [
                outbox.row(
                    key=key,
                    season="test",
                    place=(network, target),
                    topic="mail" if network == MAIL else "answer",
                    facts="{}",
                    due=on.now + due,
                    expires=on.now + expires,
                )
                for key, network, target, due, expires in rows
            ],
        )


def test_only_lines_that_are_still_of_use_wait_and_mail_is_no_line(on: Stage) -> None:
    hour, day = timedelta(hours=1), timedelta(days=1)
    before = says(on, "!status")
    planned(
        on,
        ("over", NETWORK, CHANNEL, -day, -hour),
        ("ends", NETWORK, "@tomas", -day, timedelta(0)),
        ("mail", MAIL, "odile@example.org", -hour, day),
    )
    assert says(on, "!status") == before
    planned(on, ("waits", NETWORK, "@tomas", -day, timedelta(seconds=1)))

    assert "; 1 line for 1 person until they come; " in says(on, "!status")


@pytest.mark.parametrize("first", ["#", "&", "+", "!", ""])
def test_an_address_is_not_taken_for_a_channel(on: Stage, first: str) -> None:
    planned(
        on,
        *(
            (name, MAIL, f"{first}{name}@example.org", timedelta(0), timedelta(1))
            for name in ("odile", "tomas")
        ),
    )
    with on.store.transaction(writing=True) as books:
        targets = outbox.targets(books, MAIL, on.now)
        for row in outbox.claim(books, MAIL, "boot-1-a", on.now, targets, 2):
            outbox.move(books, row.id, OutboxState.FAILED, why="550 no such user")

    said = says(on, "!status failed")
    assert "24 Mar 18:00 mail for 2 people: it was not taken" in said
    assert "@" not in said


def test_one_address_is_not_shown_either(on: Stage) -> None:
    planned(on, ("one", MAIL, "#odile@example.org", timedelta(0), timedelta(1)))
    with on.store.transaction(writing=True) as books:
        for row in outbox.claim(books, MAIL, "boot-1-a", on.now, ["#odile@example.org"], 2):
            outbox.move(books, row.id, OutboxState.FAILED, why="550 no such user")

    assert "24 Mar 18:00 mail for somebody: it was not taken" in says(on, "!status failed")
