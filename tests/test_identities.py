"""Every command that not everybody may use, tried by everybody who is not who they seem to be."""

from collections.abc import Iterator

import pytest

from gsocbot.commands import ALL
from gsocbot.commands.command import Command
from gsocbot.rules.roles import Level
from gsocbot.talk import Heard, Say
from tests.conversation import CHANNEL, ME, NETWORK, Stage
from tests.irc.test_who_is_who import CASES
from tests.marked import MARK, everything, filled

VICTIMS = ("odile", "mira", "priya")
"""An organiser, a mentor and a student, whose rights and data others would like to have."""
PRIVILEGED = [command for command in ALL if command.who in {Level.MENTOR, Level.ORGANISER}]


def identities() -> list[dict[str, str | bool | None]]:
    """Who others are heard as, for all they try on the wire (`test_who_is_who.py`)."""
    heard = {account for *_, accounts in CASES.values() for account in accounts} - {"mira"}
    others = [
        {"nick": nick, "account": account and account.replace("mira", victim)}
        for victim in VICTIMS
        for nick in (victim, f"{victim}_")
        for account in sorted(heard, key=str)
    ]
    bridged = [{"nick": v, "account": None, "relay": "bridge"} for v in VICTIMS]
    unsure = [{"nick": v, "account": None, "unsure": True} for v in VICTIMS]
    operators = [{"nick": v, "account": None, "op": True} for v in VICTIMS]
    return [*others, *bridged, *unsure, *operators]


@pytest.fixture(scope="module")
def on() -> Iterator[Stage]:
    """A season in which every private field has a value that is known again."""
    yield from filled()


def test_there_are_more_tricks_than_forty() -> None:
    assert len(identities()) >= 40


@pytest.mark.parametrize("command", PRIVILEGED, ids=lambda command: " ".join(command.words))
def test_nobody_else_does_or_learns_anything(on: Stage, command: Command) -> None:
    before = everything(on)
    said: list[Say] = []
    for number, identity in enumerate(identities()):
        for place in (CHANNEL, None):
            for words in _words(command):
                prefix = "!" if place else ""
                heard = Heard(
                    NETWORK, str(identity["nick"]), identity["account"], place,  # type: ignore[arg-type]
                    prefix + words, on.now, ME, host=f"{number}.example",
                    shared=(CHANNEL,), relay=identity.get("relay"),  # type: ignore[arg-type]
                    unsure=bool(identity.get("unsure")), op=bool(identity.get("op")),
                )  # fmt: skip
                if on.bot.take(heard):
                    said += on.bot.hear(heard)

    assert everything(on) == before
    assert [say.text for say in said if MARK in say.text] == []


def _words(command: Command) -> list[str]:
    """The command as its own help shows it, and about the student."""
    words = " ".join(command.words)
    return [command.example.lstrip("!") or words, f"{words} priya"]
