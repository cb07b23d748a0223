"""Who is who on real networks: those with services say it with each line, others never do."""

import pytest

from tests.irc.networks import BOT, CHANNEL, network, real
from tests.irc.running import running
from tests.servers.client import Client
from tests.servers.ircd import Ircd


@pytest.fixture(scope="module")
def with_owner(services: Ircd) -> Ircd:
    """Services that know one account."""
    services.register("Owner", "secret")
    return services


def test_an_account_counts_from_the_login_to_the_logout(with_owner: Ircd) -> None:
    with running(network(with_owner)) as bot, Client(with_owner, "ana") as ana:
        bot.wait_joined()
        ana.join(CHANNEL)
        ana.say(CHANNEL, "a stranger")
        ana.say("NickServ", "IDENTIFY Owner secret")
        ana.wait("900")
        ana.say(CHANNEL, "logged in")
        ana.send("NICK annika")
        ana.say(BOT, "under another nick, in private")
        ana.say("NickServ", "LOGOUT")
        ana.wait("901")
        ana.say(CHANNEL, "logged out")
        heard = [bot.next_heard() for _ in range(4)]

    assert [(line.text, line.account) for line in heard] == [
        ("a stranger", None),
        ("logged in", "owner"),
        ("under another nick, in private", "owner"),
        ("logged out", None),
    ]


def test_the_nick_of_an_account_is_not_the_account(with_owner: Ircd) -> None:
    with running(network(with_owner)) as bot, Client(with_owner, "owner") as eve:
        bot.wait_joined()
        eve.join(CHANNEL)
        eve.say(CHANNEL, "it is me")

        assert bot.next_heard().account is None


def test_where_there_are_no_services_nobody_ever_has_an_account() -> None:
    with real("ngircd", fast=True) as server, running(network(server)) as bot:
        bot.wait_joined()
        for text in ("first", "and another under the same nick"):
            with Client(server, "ana") as ana:
                ana.join(CHANNEL)
                ana.say(CHANNEL, text)
                ana.say(BOT, text)
        heard = [bot.next_heard() for _ in range(4)]

    assert [line.account for line in heard] == [None] * 4
