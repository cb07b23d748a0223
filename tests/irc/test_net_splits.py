"""When a network falls apart and comes together again, everybody is who they are."""

import re
from collections.abc import Iterator

import pytest

from tests.irc.networks import BOT, CHANNEL, network, repeat, skip_without
from tests.irc.running import running
from tests.servers import ircd
from tests.servers.client import Client
from tests.servers.ircd import Pair


@pytest.fixture(scope="module")
def pair() -> Iterator[Pair]:
    """Two servers of one network; the bot is on the near one."""
    skip_without("inspircd+atheme")
    with ircd.running_pair() as started:
        yield started


def test_whoever_takes_a_nick_during_a_split_is_not_taken_for_its_owner(pair: Pair) -> None:
    pair.near.register("Zoella", "secret")
    login = ("PLAIN", "Zoella", "secret")
    with running(network(pair.near)) as bot, Client(pair.far, "zoe", sasl=login) as zoe:
        bot.wait_joined()
        zoe.join(CHANNEL)
        zoe.wait_to_see(BOT, CHANNEL)
        zoe.say(CHANNEL, "before")
        before = bot.next_heard()
        pair.split()
        with Client(pair.near, "zoe") as other:
            other.join(CHANNEL)
            other.say(CHANNEL, "during")
            other.say(BOT, "during, in private")
            during = [bot.next_heard(), bot.next_heard()]
        pair.rejoin()
        zoe.wait_to_see(BOT, CHANNEL)
        zoe.say(CHANNEL, "after")
        after = bot.next_heard()

    assert [(heard.nick, heard.text, heard.account) for heard in (before, *during, after)] == [
        ("zoe", "before", "zoella"),
        ("zoe", "during", None),
        ("zoe", "during, in private", None),
        ("zoe", "after", "zoella"),
    ]


def test_a_bot_that_a_collision_has_renamed_knows_it_and_takes_its_nick_back(pair: Pair) -> None:
    with (
        running(network(pair.near), answer=repeat) as bot,
        Client(pair.near, "watcher") as watcher,
    ):
        watcher.join(CHANNEL)
        bot.wait_joined()
        watcher.send(f"WHOIS {BOT}")
        user = watcher.wait("311").params[2]
        pair.split()
        # Of two who seem to be the same one, the older one loses.
        with Client(pair.far, BOT, user=user):
            pair.rejoin()
            renamed = watcher.wait("NICK")
            watcher.say(CHANNEL, "!hello")
            answer = watcher.wait("PRIVMSG")
            me = bot.next_heard().me
        back = watcher.wait("NICK", 3)

    assert re.fullmatch(r"1AA[A-Z0-9]{6}", renamed.text)
    assert (answer.nick, me) == (renamed.text, renamed.text)
    assert (back.nick, back.text) == (renamed.text, BOT)
