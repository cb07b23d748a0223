"""How long the bot has been in a channel, and heard from the server: what a gap is told by."""

from collections.abc import Iterator
from datetime import datetime, timedelta

import pytest

from gsocbot.config import Channel
from gsocbot.talk import Present
from tests.irc.running import AT, Running, running, wait_until
from tests.irc.scripted import CHANNEL, Peer, Scripted

JOINS = f":gsocbot!bot@host.test JOIN {CHANNEL}"
MINUTE = timedelta(minutes=1)


class Hand:
    """A clock that is moved by hand."""

    def __init__(self) -> None:
        self.now = AT

    def __call__(self) -> datetime:
        return self.now


@pytest.fixture
def server() -> Iterator[Scripted]:
    with Scripted() as listening:
        yield listening


@pytest.fixture
def clock() -> Hand:
    return Hand()


@pytest.fixture
def bot(server: Scripted, clock: Hand) -> Iterator[Running]:
    channels = {name: Channel(season="test") for name in ("#GSoC", "#other")}
    with running(server.network(channels=channels), clock=clock) as started:
        yield started


def registered(server: Scripted) -> Peer:
    peer = server.accept()
    peer.negotiate()
    peer.send(":irc.test 001 gsocbot :Welcome", ":irc.test 376 gsocbot :End of MOTD")
    peer.sync()
    return peer


def at(clock: Hand, peer: Peer, moment: datetime, *lines: str) -> None:
    """Let the server say some lines at a moment."""
    clock.now = moment
    peer.send(*lines)
    peer.sync()


def test_a_channel_is_there_since_it_was_joined_and_heard_whatever_is_heard(
    server: Scripted, clock: Hand, bot: Running
) -> None:
    peer = registered(server)
    assert bot.link.present() == {}

    at(clock, peer, AT + MINUTE, JOINS)
    assert bot.link.present() == {CHANNEL: Present(AT + MINUTE, AT + MINUTE)}

    at(clock, peer, AT + 2 * MINUTE, ":irc.test NOTE * HELLO :words")
    assert bot.link.present() == {CHANNEL: Present(AT + MINUTE, AT + 2 * MINUTE)}


def test_what_the_clock_says_meanwhile_does_not_count(
    server: Scripted, clock: Hand, bot: Running
) -> None:
    peer = registered(server)
    at(clock, peer, AT + MINUTE, JOINS)
    clock.now = AT + 9 * MINUTE

    assert bot.link.present() == {CHANNEL: Present(AT + MINUTE, AT + MINUTE)}


def test_each_channel_has_its_own_moment_and_all_hear_the_same(
    server: Scripted, clock: Hand, bot: Running
) -> None:
    peer = registered(server)
    at(clock, peer, AT + MINUTE, JOINS)
    at(clock, peer, AT + 2 * MINUTE, ":gsocbot!bot@host.test JOIN #OTHER")

    assert bot.link.present() == {
        CHANNEL: Present(AT + MINUTE, AT + 2 * MINUTE),
        "#other": Present(AT + 2 * MINUTE, AT + 2 * MINUTE),
    }


def test_half_a_line_is_heard_too(server: Scripted, clock: Hand, bot: Running) -> None:
    peer = registered(server)
    at(clock, peer, AT + MINUTE, JOINS)
    clock.now = AT + 2 * MINUTE
    peer.send_bytes(b":irc.test NOT")

    wait_until(lambda: bot.link.present()[CHANNEL].heard == AT + 2 * MINUTE)


@pytest.mark.parametrize(
    "line",
    [f":op!o@h KICK {CHANNEL} gsocbot", f":gsocbot!b@h PART {CHANNEL}"],
)
def test_out_of_a_channel_it_is_not_there_and_back_it_is_there_anew(
    server: Scripted, clock: Hand, bot: Running, line: str
) -> None:
    peer = registered(server)
    at(clock, peer, AT + MINUTE, JOINS)
    at(clock, peer, AT + 2 * MINUTE, line)
    assert bot.link.present() == {}

    at(clock, peer, AT + 3 * MINUTE, JOINS)
    assert bot.link.present() == {CHANNEL: Present(AT + 3 * MINUTE, AT + 3 * MINUTE)}


def test_a_netsplit_beside_it_does_not_put_the_bot_out(
    server: Scripted, clock: Hand, bot: Running
) -> None:
    peer = registered(server)
    at(clock, peer, AT + MINUTE, JOINS, f":ana!a@h JOIN {CHANNEL}")
    at(clock, peer, AT + 2 * MINUTE, ":ana!a@h QUIT :a.example.org b.example.org")
    at(clock, peer, AT + 3 * MINUTE, f":ana!a@h JOIN {CHANNEL}")

    assert bot.link.present() == {CHANNEL: Present(AT + MINUTE, AT + 3 * MINUTE)}


def test_without_a_connection_it_is_nowhere_and_the_next_one_begins_anew(
    server: Scripted, clock: Hand, bot: Running
) -> None:
    peer = registered(server)
    at(clock, peer, AT + MINUTE, JOINS)
    peer.close()
    bot.wait_down()
    assert bot.link.present() == {}

    clock.now = AT + 5 * MINUTE
    peer = registered(server)
    assert bot.link.present() == {}
    at(clock, peer, AT + 6 * MINUTE, JOINS)
    assert bot.link.present() == {CHANNEL: Present(AT + 6 * MINUTE, AT + 6 * MINUTE)}
