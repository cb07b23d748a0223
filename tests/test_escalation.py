"""What organisers owe, where they have no channel, and what is left once one of them says done."""

from datetime import datetime

import pytest

from gsocbot import app
from gsocbot.bot import Bot
from gsocbot.rules.roles import Role
from gsocbot.store import outbox, roles
from tests.conversation import NETWORK, ORGANISERS, Stage, config, stage

NOW = datetime.fromisoformat("2026-04-21T06:30Z")
"""Eleven and a half hours before proposals are to be ranked."""


@pytest.fixture
def on() -> Stage:
    """Give the bot, with three organisers, of whom one is there."""
    on = stage()
    with on.store.transaction(writing=True) as books:
        deed = app.deed_of_shell(on.now, "test", "role add")
        for account in ("odile", "hauke", "ana"):
            roles.grant(books, deed, "test", NETWORK, account, Role.ORGANISER)
    return on


def planned(on: Stage) -> dict[str, set[str]]:
    """To whom what is told in private of the ranking, by how long before it."""
    found: dict[str, set[str]] = {}
    with on.store.transaction(writing=False) as books:
        for _, _, target, key in outbox.waiting(books):
            if ":ranking:2026-04-21T18:00+00:00:" in key:
                found.setdefault(key.split(":")[6], set()).add(target)
    return found


def test_it_goes_from_one_to_two_to_all(on: Stage) -> None:
    on.bot.tick(datetime.fromisoformat("2026-04-19T18:00Z"))

    two = {ORGANISERS, "@odile", "@hauke"}
    assert planned(on) == {
        "-1440m": two, "-720m": two, "-360m": {*two, "@ana"}, "-60m": {*two, "@ana"}
    }  # fmt: skip


def test_where_organisers_have_no_channel_all_are_told_from_the_beginning(on: Stage) -> None:
    alone = config()
    del alone.network[NETWORK].channels[ORGANISERS]
    on.bot = Bot(alone, on.store, on.folders, on.outside)
    on.bot.tick(datetime.fromisoformat("2026-04-19T18:00Z"))

    every = {"@odile", "@hauke", "@ana"}
    assert planned(on) == dict.fromkeys(("-1440m", "-720m", "-360m", "-60m"), every)


def test_who_says_done_ends_it_for_all_at_once(on: Stage) -> None:
    on.bot.tick(NOW)
    assert "@odile" in planned(on)["-60m"]
    on.now = NOW

    on.hear("ana", False, ORGANISERS, "!ack ranking", action=False)

    assert planned(on) == {}
