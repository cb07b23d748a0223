"""The bot's nick: taken, held or changed by others, it is soon the bot's again."""

from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest

from tests.irc.networks import BOT, CHANNEL, network, over_tls, people, plain_login, real
from tests.irc.running import running
from tests.servers.client import Client
from tests.servers.ircd import Ircd


@pytest.fixture(params=["inspircd", "ngircd"])
def server(request: pytest.FixtureRequest) -> Iterator[Ircd]:
    """A server that tells when a nick becomes free (MONITOR), and one that does not."""
    with real(request.param, fast=True) as started:
        yield started


@pytest.fixture(scope="module")
def watcher(services: Ircd) -> Iterator[Client]:
    """Somebody who sees who comes, and under what nick."""
    with Client(services, "watcher") as somebody:
        somebody.join(CHANNEL)
        yield somebody


@pytest.fixture(scope="module")
def with_owner(services: Ircd) -> Ircd:
    """Services that know two accounts, one for each test."""
    with ThreadPoolExecutor() as pool:
        list(pool.map(lambda account: services.register(account, "secret"), ("ours", "held")))
    return services


def test_a_nick_that_is_taken_is_the_bots_as_soon_as_it_is_free(server: Ircd) -> None:
    with people(server, "watcher", BOT) as (watcher, holder):
        watcher.join(CHANNEL)
        with running(network(server)):
            stand_in = watcher.wait("JOIN", 2).nick
            holder.send("QUIT")
            renamed = watcher.wait("NICK", 3)

    assert stand_in != BOT
    assert (renamed.nick, renamed.text) == (stand_in, BOT)


def test_services_take_the_nick_back_from_an_impostor(
    with_owner: Ircd, watcher: Client, tmp_path: Path
) -> None:
    login = plain_login("ours", "secret", tmp_path)
    with (
        Client(with_owner, "ours") as impostor,
        running(over_tls(with_owner, nick="ours", sasl=login)),
    ):
        stand_in = watcher.wait("JOIN", 2).nick
        renamed = watcher.wait("NICK", 5)

        assert (renamed.nick, renamed.text) == (stand_in, "ours")
        assert impostor.wait("NICK").text.startswith("Guest")


def test_a_nick_that_services_hold_is_released_and_taken(
    with_owner: Ircd, watcher: Client, tmp_path: Path
) -> None:
    login = ("PLAIN", "held", "secret")
    with people(with_owner, "held", "owner") as (_, owner):
        owner.say("NickServ", "IDENTIFY held secret")
        owner.say("NickServ", "REGAIN held")
        owner.wait("NICK")
    with pytest.raises(ConnectionError, match="432"):
        Client(with_owner, "held", sasl=login)

    with running(over_tls(with_owner, nick="held", sasl=plain_login("held", "secret", tmp_path))):
        stand_in = watcher.wait("JOIN", 3).nick
        renamed = watcher.wait("NICK", 5)

    assert (renamed.nick, renamed.text) == (stand_in, "held")


def test_a_bot_that_is_renamed_takes_its_nick_back(services: Ircd, watcher: Client) -> None:
    with running(network(services)), services.oper() as oper:
        watcher.wait("JOIN")
        oper.send(f"SANICK {BOT} renamed")
        first, second = watcher.wait("NICK"), watcher.wait("NICK", 3)

    assert [(line.nick, line.text) for line in (first, second)] == [
        (BOT, "renamed"),
        ("renamed", BOT),
    ]
