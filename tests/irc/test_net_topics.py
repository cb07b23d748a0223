"""Topics, operators and presence on real servers, which are told of them and told by them."""

from collections.abc import Iterator
from contextlib import contextmanager

import pytest

from gsocbot.app.clock import clock
from gsocbot.talk import Say, Topic
from tests.irc.networks import BOT, CHANNEL, network, people, real, skip_without
from tests.irc.running import NETWORK, Running, running, wait_until
from tests.servers import ircd
from tests.servers.client import Client
from tests.servers.ircd import Ircd
from tests.servers.proxy import Proxy


@pytest.fixture(scope="module", params=["ngircd", "inspircd"])
def server(request: pytest.FixtureRequest) -> Iterator[Ircd]:
    """Each kind of server in turn; every test has a channel of its own."""
    with real(request.param, fast=True) as started:
        yield started


@contextmanager
def operator(server: Ircd, channel: str) -> Iterator[Client]:
    """Who was in a channel first, and so is its operator."""
    with Client(server, "op") as somebody:
        somebody.join(channel)
        yield somebody


def set_topic(bot: Running, channel: str, text: str) -> None:
    bot.put(Say(NETWORK, channel, text, topic=True))


def wait_topic(bot: Running, channel: str, text: str, *, settable: bool) -> None:
    wait_until(lambda: bot.link.topic(channel) == Topic(text, settable=settable))


def test_a_topic_is_set_where_it_may_be_and_known_as_everybody_sees_it(server: Ircd) -> None:
    channel = "#topic"
    with operator(server, channel) as op, running(network(server, channels=(channel,))) as bot:
        op.send(f"TOPIC {channel} :Welcome")
        op.send(f"MODE {channel} -t")
        bot.wait_joined()
        wait_topic(bot, channel, "Welcome", settable=True)
        set_topic(bot, channel, "Office hour\r\nQUIT :now")
        assert op.wait(lambda line: (line.command, line.nick) == ("TOPIC", BOT)).text == (
            "Office hour  QUIT :now"
        )
        wait_topic(bot, channel, "Office hour  QUIT :now", settable=True)

        op.send(f"MODE {channel} +t")
        wait_topic(bot, channel, "Office hour  QUIT :now", settable=False)
        set_topic(bot, channel, "refused")
        bot.say(channel, "after")
        assert op.wait({"TOPIC", "PRIVMSG"}).text == "after"
        assert bot.link.topic(channel) == Topic("Office hour  QUIT :now", settable=False)

        op.send(f"MODE {channel} +h {BOT}")
        wait_topic(bot, channel, "Office hour  QUIT :now", settable=True)
        set_topic(bot, channel, "as half an operator")
        assert op.wait("TOPIC").text == "as half an operator"
        op.send(f"MODE {channel} -h+o {BOT} {BOT}")
        op.send(f"TOPIC {channel} :")
        wait_topic(bot, channel, "", settable=True)
        op.send(f"MODE {channel} -o {BOT}")
        wait_topic(bot, channel, "", settable=False)


def test_the_longest_topic_is_kept_whole_by_the_server(server: Ircd) -> None:
    channel = "#long"
    with Client(server, "op") as op, running(network(server, channels=(channel,))) as bot:
        bot.wait_joined()  # it is the first, and so its operator
        op.join(channel)
        set_topic(bot, channel, "☃" * 300)
        seen = op.wait("TOPIC").text
        op.send(f"TOPIC {channel}")
        kept = op.wait("332").text

        assert kept == seen
        assert set(kept) == {"☃"}
        assert len(kept.encode()) > 300 - 3
        wait_topic(bot, channel, kept, settable=True)


def test_who_is_an_operator_is_followed_wherever_they_go(server: Ircd) -> None:
    channel = "#ops"
    with (
        operator(server, channel) as op,
        people(server, "ana", "kofi") as (ana, kofi),
        running(network(server, channels=(channel,))) as bot,
    ):
        ana.join(channel)
        op.send(f"MODE {channel} +o ana")
        ana.wait("MODE")
        bot.wait_joined()
        kofi.join(channel)

        def op_says(somebody: Client, place: str = channel) -> bool:
            somebody.say(place, "hello")
            return bot.next_heard().op

        assert [op_says(somebody) for somebody in (op, ana, kofi)] == [True, True, False]
        assert not op_says(op, BOT)
        ana.send("NICK bea")
        ana.wait("NICK")
        assert op_says(ana)
        wait_until(lambda: bot.renamed == [(NETWORK, "ana", "bea")])
        op.send(f"MODE {channel} -o+k-k+b+h bea key key x!*@* kofi")
        kofi.wait(lambda line: line.command == "MODE" and "kofi" in line.params)
        assert [op_says(somebody) for somebody in (ana, kofi)] == [False, True]
        kofi.send(f"PART {channel}")
        kofi.wait("PART")
        kofi.join(channel)
        assert not op_says(kofi)


def test_after_a_cut_the_bot_is_present_anew_and_knows_topic_and_operators_again(
    server: Ircd,
) -> None:
    channel = "#cut"
    with (
        Proxy(server.port) as proxy,
        operator(server, channel) as op,
        running(network(server, channels=(channel,), port=proxy.port), clock=clock) as bot,
    ):
        op.send(f"MODE {channel} +t")
        op.send(f"TOPIC {channel} :before")
        began = clock()
        bot.wait_joined()
        wait_topic(bot, channel, "before", settable=False)
        first = bot.link.present()[channel]
        op.say(channel, "hello")
        assert bot.next_heard().op
        heard = bot.link.present()[channel]
        assert first.since == heard.since
        assert first.since <= first.heard < heard.heard < clock()
        assert (first.since - began).total_seconds() < 10

        cut = clock()
        proxy.reset()
        op.send(f"TOPIC {channel} :meanwhile")
        wait_until(lambda: len(proxy.said) == 2 and channel in bot.link.present())
        wait_topic(bot, channel, "meanwhile", settable=False)
        again = bot.link.present()[channel]
        assert first.heard <= heard.heard < cut < again.since <= again.heard
        op.say(channel, "hello again")
        assert bot.next_heard().op


def test_after_a_netsplit_operators_are_who_the_network_says_they_are() -> None:
    skip_without("inspircd+atheme")
    with (
        ircd.running_pair() as pair,
        operator(pair.near, CHANNEL) as op,
        Client(pair.far, "ana") as ana,
        running(network(pair.near)) as bot,
    ):
        bot.wait_joined()
        ana.join(CHANNEL)
        ana.wait_to_see(BOT, CHANNEL)

        def op_says(text: str) -> bool:
            ana.say(CHANNEL, text)
            heard = bot.next_heard()
            assert heard.text == text
            return heard.op

        assert not op_says("a guest")
        op.send(f"MODE {CHANNEL} +o ana")
        ana.wait("MODE")
        assert op_says("an operator")
        since = bot.link.present()[CHANNEL].since
        pair.split()
        wait_until(lambda: "~ana" not in bot.link.people(CHANNEL))
        with Client(pair.near, "zoe") as zoe:
            zoe.join(CHANNEL)
            zoe.say(CHANNEL, "while they are gone")
            assert not bot.next_heard().op
        pair.rejoin()
        wait_until(lambda: "~ana" in bot.link.people(CHANNEL))
        ana.wait_to_see(BOT, CHANNEL)

        op.send(f"NAMES {CHANNEL}")
        assert op_says("back again") == ("@ana" in op.wait("353").text)
        assert bot.link.present()[CHANNEL].since == since
