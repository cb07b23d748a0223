"""What a conversation cannot show of mentors: nicks that are no accounts, and no room."""

from collections.abc import Iterator
from dataclasses import replace

import pytest

from gsocbot import app
from gsocbot.bot import Bot
from gsocbot.config import Channel
from gsocbot.rules.roles import Role
from gsocbot.store import outbox, roles
from gsocbot.talk import Heard
from tests.conversation import CHANNEL, ME, NETWORK, ORGANISERS, Stage, config, stage

ELSEWHERE, OTHER, OTHERS = "elsewhere", "other", "#other"


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


# --- another network, another season


@pytest.fixture
def wide(on: Stage) -> Stage:
    """Give a bot that is on a second network too, and has a second season on the first."""
    wide = config()
    ours = wide.network[NETWORK]
    wide.network[ELSEWHERE] = ours.model_copy(
        update={"channels": {CHANNEL: ours.channels[CHANNEL]}}
    )
    wide.season[OTHER] = wide.season["test"]
    ours.channels[OTHERS] = Channel(season=OTHER)
    on.folders = {**on.folders, OTHER: replace(on.folders["test"], key=OTHER)}
    app.keep_seasons(on.store, {OTHER: on.folders[OTHER]}, on.now)
    on.bot = Bot(wide, on.store, on.folders, on.outside)
    with on.store.transaction(writing=True) as books:
        for network, account, role in (
            (NETWORK, "mira", Role.MENTOR),
            (ELSEWHERE, "tomas", Role.MENTOR),
            (ELSEWHERE, "oskar", Role.ORGANISER),
        ):
            deed = app.deed_of_shell(on.now, "test", f"role add {account}")
            roles.grant(books, deed, "test", network, account, role)
    return on


def heard(on: Stage, network: str, nick: str, text: str, channel: str | None = None) -> str:
    """What is said to somebody, who shares the season's channel with the bot in private."""
    shared = (CHANNEL, OTHERS) if network == NETWORK else (CHANNEL,)
    line = Heard(network, nick, nick, channel, text, on.now, ME, shared=frozenset(shared))
    return "\n".join(say.text for say in on.bot.hear(line))


def test_the_same_account_on_another_network_agrees_to_nothing(wide: Stage) -> None:
    heard(wide, NETWORK, "mira", "me season test")
    assert "I ask tomas" in heard(wide, NETWORK, "mira", "mentor away 9 mar backup tomas")

    assert heard(wide, ELSEWHERE, "tomas", "yes").startswith("I have asked you nothing")
    assert heard(wide, ELSEWHERE, "tomas", "mentor agree mira") == (
        '"mira" has not asked you to stand in'
    )


def test_a_plain_yes_finds_the_season_that_asks(wide: Stage) -> None:
    heard(wide, NETWORK, "mira", "me season test")
    heard(wide, NETWORK, "mira", "mentor away 9 mar backup tomas")

    assert heard(wide, NETWORK, "tomas", "yes").startswith("Thank you. You stand in for mira")


def test_the_same_account_on_another_network_steps_down_for_nobody(wide: Stage) -> None:
    assert heard(wide, ELSEWHERE, "mira", "!mentor withdraw 2", CHANNEL) == (
        "mira: the mira who mentors 2 is known on another network. If that is you, o·skar can add "
        "you here. Nothing changed."
    )
    assert "mira mentors 1 sans-io, 2 boot-graphs" in heard(
        wide, NETWORK, "mira", "!mentor mira", CHANNEL
    )


def test_the_same_account_on_another_network_is_not_here(wide: Stage) -> None:
    wide.there["@mira"] = "mira"

    assert "m·ira" not in heard(wide, ELSEWHERE, "kofi", "!who", CHANNEL)
    assert "m·ira (1, 2)" in heard(wide, NETWORK, "kofi", "!who", CHANNEL)


def test_an_offer_from_another_network_says_so(wide: Stage) -> None:
    heard(wide, ELSEWHERE, "kofi", "!mentor offer 4", CHANNEL)

    said = [say.text for say in wide.tick(wide.now)]
    assert said == [
        "k·ofi (on elsewhere) offers to mentor 4 screen-reader, which has no mentor. "
        "To confirm there: !mentor add kofi 4"
    ]
    heard(wide, NETWORK, "odile", "me season test")
    assert "kofi (4 on elsewhere)" in heard(wide, NETWORK, "odile", "mentor load")
