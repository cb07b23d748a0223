"""One-time codes: on a network without services a code stands for a login, until one leaves."""

import re
from collections.abc import Iterator

import pytest

from gsocbot.cli import main
from gsocbot.rules.roles import Role
from gsocbot.store import roles
from gsocbot.store.books import Deed
from gsocbot.talk import Heard
from tests.conversation import ME, NETWORK, stage
from tests.faults.process import CHANNEL, Installation, installed
from tests.servers import ircd
from tests.servers.client import Client
from tests.servers.ircd import Ircd

NOT_KNOWN = "I know you only when you are logged in"


@pytest.fixture(scope="module")
def server() -> Iterator[Ircd]:
    if not ircd.available("ngircd"):
        pytest.skip("ngircd is not installed: tools/system-packages installs it")
    with ircd.running("ngircd", fast=True) as started:
        yield started


@pytest.fixture(scope="module")
def bot(server: Ircd, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Installation]:
    with (
        Client(server, "watch") as watcher,
        installed(tmp_path_factory.mktemp("codes"), server.port) as installation,
    ):
        watcher.join(CHANNEL)
        installation.start()
        watcher.wait("JOIN", 20)
        yield installation


def a_code(bot: Installation, capsys: pytest.CaptureFixture[str]) -> str:
    """A code for mira, as an organiser makes it."""
    assert main(["role", "code", "mira", "--config", str(bot.folder / "gsocbot.toml")]) == 0
    found = re.search(r"\d{4}-\d{4}", capsys.readouterr().out)
    assert found is not None
    return found[0]


def private(client: Client, text: str) -> str:
    """What the bot answers in private."""
    client.say("gsocbot", text)
    return client.wait("PRIVMSG").text


def test_a_code_logs_in_once_and_until_one_leaves(
    bot: Installation, server: Ircd, capsys: pytest.CaptureFixture[str]
) -> None:
    code = a_code(bot, capsys)
    with Client(server, "m1") as mira:
        assert private(mira, f"me code {code}").startswith("First join a channel")
        mira.join(CHANNEL)
        assert private(mira, "me").startswith(NOT_KNOWN)
        assert private(mira, "me code 0000-0000").startswith("That is no code")
        assert private(mira, f"me code {code}").startswith("Code accepted: you are mira")
        assert private(mira, "me").startswith("You are m1 (account mira)")

        mira.send(f"PART {CHANNEL}")
        mira.wait("PART")
        mira.join(CHANNEL)
        assert private(mira, "me").startswith(NOT_KNOWN)
        assert private(mira, f"me code {code}").startswith("That is no code")


def test_who_takes_the_nick_afterwards_is_nobody(
    bot: Installation, server: Ircd, capsys: pytest.CaptureFixture[str]
) -> None:
    code = a_code(bot, capsys)
    with Client(server, "m2") as mira, Client(server, "thief") as thief:
        mira.join(CHANNEL)
        thief.join(CHANNEL)
        assert private(mira, f"me code {code}").startswith("Code accepted")
        mira.send("NICK m3")
        thief.wait("NICK")
        thief.send("NICK m2")
        thief.wait("NICK")

        assert private(thief, "me").startswith(NOT_KNOWN)
        assert private(mira, "me").startswith(NOT_KNOWN)


def test_an_organiser_makes_a_code_in_private() -> None:
    on = stage()
    with on.store.transaction(writing=True) as books:
        deed = Deed("1", on.now, "test", NETWORK, "(shell)", "shell", "role add")
        roles.grant(books, deed, "test", NETWORK, "odile", Role.ORGANISER)

    note, said = on.hear("odile", False, CHANNEL, "!role code Mira", action=False)
    code = re.search(r"\d{4}-\d{4}", said.text)

    assert code is not None
    assert (note.target, said.target) == (CHANNEL, "odile")
    assert code[0] not in note.text
    heard = Heard(NETWORK, "m1", None, None, f"me code {code[0]}", on.now, ME, shared=(CHANNEL,))
    assert [say.grants for say in on.bot.hear(heard)] == ["mira"]
