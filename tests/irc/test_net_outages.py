"""Servers that stop, die, hang or throw the bot out, and networks that go away: it comes back."""

import time
from collections.abc import Callable, Iterator
from dataclasses import replace

import pytest

from gsocbot.talk import Recalled, Say
from tests.irc.networks import BOT, CHANNEL, names_in, network, real, repeat
from tests.irc.running import AT, NETWORK, QUICK, running, wait_until
from tests.servers.client import Client, Line
from tests.servers.ircd import Ircd
from tests.servers.proxy import Proxy

NERVOUS = replace(QUICK, silence=0.2, answer=0.4, check=0.05)
CALM = replace(QUICK, silence=0.5, answer=1, check=0.05)


@pytest.fixture(params=["ngircd", "inspircd"])
def server(request: pytest.FixtureRequest) -> Iterator[Ircd]:
    """Each kind of server in turn, for one test alone."""
    with real(request.param, fast=True) as started:
        yield started


@pytest.fixture
def ngircd_alone() -> Iterator[Ircd]:
    """A server for one test alone, which lets people in at once."""
    with real("ngircd", fast=True) as started:
        yield started


@pytest.fixture
def proxy(ngircd_alone: Ircd) -> Iterator[Proxy]:
    """A network between the bot and that server, which can go away."""
    with Proxy(ngircd_alone.port) as started:
        yield started


def user_in(line: Line) -> str:
    """The user's name in nick!user@host."""
    return line.prefix.partition("!")[2].partition("@")[0]


def is_alone(watcher: Client) -> bool:
    """Whether the bot is in the channel, once, under its own nick."""
    return names_in(CHANNEL, watcher) == [BOT]


@pytest.mark.parametrize("end", [Ircd.stop, Ircd.kill], ids=["restarted", "killed"])
def test_the_bot_comes_back_to_a_server_that_was(server: Ircd, end: Callable[[Ircd], None]) -> None:
    with running(network(server)) as bot:
        bot.wait_joined()
        end(server)
        bot.wait_down()
        server.start()
        with Client(server, "watcher") as watcher:
            watcher.join(CHANNEL)
            bot.wait_joined()

            assert is_alone(watcher)


def test_a_server_that_hangs_is_left_and_the_bot_is_there_once_when_it_goes_on(
    server: Ircd,
) -> None:
    with running(network(server), times=NERVOUS) as bot, Client(server, "watcher") as watcher:
        watcher.join(CHANNEL)
        bot.wait_joined()
        server.pause()
        try:
            bot.wait_down(3)
        finally:
            server.resume()
        bot.wait_joined()

        wait_until(lambda: is_alone(watcher))


def test_a_network_that_is_back_soon_is_not_left(ngircd_alone: Ircd, proxy: Proxy) -> None:
    settings = network(ngircd_alone, port=proxy.port)
    with (
        Client(ngircd_alone, "ana") as ana,
        running(settings, times=CALM, answer=repeat) as bot,
    ):
        ana.join(CHANNEL)
        bot.wait_joined()
        proxy.silence()
        ana.say(CHANNEL, "!hello")
        time.sleep(0.8)
        proxy.heal()

        assert ana.wait("PRIVMSG").text == "hello"
        assert len(proxy.said) == 1


def test_a_network_that_stays_away_is_left_and_the_bot_is_there_once_when_it_is_back(
    ngircd_alone: Ircd, proxy: Proxy
) -> None:
    settings = network(ngircd_alone, port=proxy.port)
    with Client(ngircd_alone, "watcher") as watcher, running(settings, times=NERVOUS) as bot:
        watcher.join(CHANNEL)
        bot.wait_joined()
        proxy.silence()
        bot.wait_down(3)
        wait_until(lambda: len(proxy.said) > 1)
        proxy.heal()
        bot.wait_joined()

        wait_until(lambda: is_alone(watcher))


def test_a_connection_that_is_reset_is_made_again(ngircd_alone: Ircd, proxy: Proxy) -> None:
    settings = network(ngircd_alone, port=proxy.port)
    with Client(ngircd_alone, "watcher") as watcher, running(settings) as bot:
        watcher.join(CHANNEL)
        bot.wait_joined()
        proxy.reset()
        watcher.wait("QUIT")

        wait_until(lambda: is_alone(watcher))
        assert len(proxy.said) == 2


def test_a_slow_network_is_borne(ngircd_alone: Ircd, proxy: Proxy) -> None:
    proxy.delay = 0.1
    settings = network(ngircd_alone, port=proxy.port)
    with Client(ngircd_alone, "ana") as ana, running(settings, times=CALM, answer=repeat) as bot:
        ana.join(CHANNEL)
        bot.wait_joined()
        ana.lines_for(1)  # so quiet that the bot asks the server whether it is there
        ana.say(CHANNEL, "!hello")

        assert ana.wait("PRIVMSG").text == "hello"
        assert len(proxy.said) == 1


def test_a_bot_that_is_killed_comes_back(server: Ircd) -> None:
    with running(network(server)) as bot, server.oper() as oper:
        bot.wait_joined()
        oper.join(CHANNEL)
        oper.send(f"KILL {BOT} :behave")
        oper.wait("QUIT")

        assert oper.wait("JOIN", 4).nick == BOT


def test_a_bot_that_is_banned_from_the_server_does_not_knock_again_and_again() -> None:
    with (
        real("inspircd", fast=True) as server,
        Proxy(server.port) as proxy,
        server.oper() as oper,
    ):
        oper.join(CHANNEL)
        times = replace(QUICK, banned=1.5)
        with running(network(server, port=proxy.port), times=times) as bot:
            mask = f"{user_in(oper.wait('JOIN'))}@*"
            oper.send(f"KLINE {mask} 1h :go away")
            oper.wait("QUIT")
            bot.wait_down()
            oper.lines_for(1.2)
            knocks = len(proxy.said) - 1
            oper.send(f"KLINE {mask}")

            assert knocks == 0
            assert oper.wait("JOIN", 6).nick == BOT


def test_a_channel_with_history_remembers_what_the_bot_said_before_it_was_cut(
    inspircd: Ircd,
) -> None:
    channel = "#remembers"
    say = Say(NETWORK, channel, "applications close in 1 h", notice=True)
    with Client(inspircd, "keeper") as keeper:
        keeper.join(channel)
        keeper.send(f"MODE {channel} +H 50:1h")
        keeper.wait("MODE")
        settings = network(inspircd, channels=(channel,), nick="rememberer")
        with running(settings) as bot:
            bot.wait_joined()
            bot.do(bot.link.write(say))
            assert bot.do(bot.link.confirm(say)) is None
        with running(settings) as bot:
            bot.wait_joined()
            wait_until(lambda: bot.link.remembers(channel))
            recalled = bot.do(bot.link.recall(channel, AT))
    assert recalled == Recalled(frozenset({say.text}), whole=False)
