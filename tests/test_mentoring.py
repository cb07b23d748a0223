"""What a conversation cannot show of mentors: nicks that are no accounts, and no room."""

from collections.abc import Iterator

import pytest

from gsocbot import app
from gsocbot.bot import Bot
from gsocbot.rules.roles import Role
from gsocbot.store import outbox, roles
from tests.conversation import CHANNEL, NETWORK, ORGANISERS, Stage, config, stage


@pytest.fixture
def on() -> Iterator[Stage]:
    """Give the bot with an organiser and a mentor."""
    on = stage()
    with on.store.transaction(writing=True) as books:
        for account, role in (("odile", Role.ORGANISER), ("tomas", Role.MENTOR)):
            deed = app.deed_of_shell(on.now, "test", f"role add {account}")
            roles.grant(books, deed, "test", NETWORK, account, role)
    yield on
    on.store.close()


def said(on: Stage, nick: str, text: str) -> str:
    (say,) = on.hear(nick, False, CHANNEL, text, action=False)
    return say.text


def test_a_nick_is_not_taken_for_an_account(on: Stage) -> None:
    on.there["@kofi"] = "Kofi_"

    assert said(on, "odile", "!mentor add kofi_ 4") == (
        "odile: kofi_ is the nick of k·ofi; say the account"
    )
    assert said(on, "odile", "!mentor add kofi 4") == (
        "odile: k·ofi is a mentor for 4, and is told so."
    )


def test_a_backup_may_be_named_by_their_nick(on: Stage) -> None:
    with on.store.transaction(writing=True) as books:
        deed = app.deed_of_shell(on.now, "test", "role add mira")
        roles.grant(books, deed, "test", NETWORK, "mira", Role.MENTOR)
    on.there["@tomas"] = "tom_away"

    (say,) = on.hear("mira", False, None, "mentor away 9 mar backup Tom_away", action=False)

    assert "I ask tomas to stand in" in say.text


def test_who_is_here_is_called_by_the_nick_they_wear(on: Stage) -> None:
    on.there["@tomas"] = "tom_away"

    assert said(on, "kofi", "!who").startswith("kofi: mentors here now: t·om_away (1, 3, 5).")


def test_organisers_without_a_channel_are_told_in_private(on: Stage) -> None:
    alone = config()
    del alone.network[NETWORK].channels[ORGANISERS]
    on.bot = Bot(alone, on.store, on.folders, on.outside)
    said(on, "kofi", "!mentor offer 4")
    said(on, "tomas", "!mentor withdraw 1")
    said(on, "tomas", "!yes")
    on.bot.tick(on.now)

    with on.store.transaction(writing=False) as books:
        waiting = {(topic, target) for _, topic, target, _ in outbox.waiting(books)}

    assert {("mentor_offer", "@odile"), ("mentor_left", "@odile")} <= waiting
    assert not [target for _, target in waiting if target == ORGANISERS]
