"""Put out of a channel, the bot comes back; before a closed door it waits longer and longer."""

import re
from collections.abc import Iterator

import pytest

from tests.irc.networks import BOT, network, real
from tests.irc.running import QUICK, Running, running, wait_until
from tests.servers.client import Client
from tests.servers.ircd import Ircd
from tests.servers.proxy import Proxy

DOORS = {
    "#b": ("b gsocbot!*@*", r"474|\bban"),
    "#i": ("i", "473|invit"),
    "#k": ("k secret", "475|key"),
    "#l": ("l 1", "471|full"),
    "#r": ("R", "477|login|account|registered"),
}
WATCHED = 2.0
CHANNELS = ("#kicked", "#patience", *DOORS)


@pytest.fixture(scope="module")
def server() -> Iterator[Ircd]:
    with real("inspircd", fast=True) as started:
        yield started


@pytest.fixture(scope="module")
def proxy(server: Ircd) -> Iterator[Proxy]:
    """Sees every line that the bot sends."""
    with Proxy(server.port) as started:
        yield started


@pytest.fixture(scope="module")
def op(server: Ircd) -> Iterator[Client]:
    """The operator of every channel."""
    with Client(server, "op") as somebody:
        for channel in CHANNELS:
            somebody.join(channel)
        yield somebody


@pytest.fixture(scope="module")
def bot(server: Ircd, proxy: Proxy, op: Client) -> Iterator[Running]:
    """One bot for all of these tests, each of which has a channel of its own."""
    with running(network(server, port=proxy.port, channels=CHANNELS)) as started:
        started.wait_joined()
        for _ in CHANNELS:
            op.wait("JOIN")
        yield started


def kick(op: Client, channel: str) -> None:
    op.send(f"KICK {channel} {BOT} :out")
    op.wait("KICK")


def test_after_a_kick_the_bot_is_soon_back(bot: Running, op: Client) -> None:
    kick(op, "#kicked")

    assert (line := op.wait("JOIN", 2)).nick == BOT, line
    wait_until(lambda: "#kicked" in bot.link.channels())


@pytest.mark.parametrize("channel", DOORS)
def test_a_closed_door_is_in_the_log_and_is_entered_once_it_is_open(
    bot: Running, op: Client, channel: str, caplog: pytest.LogCaptureFixture
) -> None:
    mode, reason = DOORS[channel]
    op.send(f"MODE {channel} +{mode}")
    kick(op, channel)

    wait_until(lambda: any(channel in m and re.search(reason, m) for m in caplog.messages), 3)
    assert channel not in bot.link.channels()
    op.send(f"MODE {channel} -{mode}")
    assert op.wait("JOIN", 5).params[0] == channel


def test_a_door_that_stays_closed_is_tried_less_and_less_often(
    bot: Running, op: Client, proxy: Proxy
) -> None:
    def tries() -> int:
        return proxy.said[0].count(b"JOIN #patience")

    op.send(f"MODE #patience +b {BOT}!*@*")
    before = tries()
    kick(op, "#patience")
    op.lines_for(WATCHED)

    # Every QUICK.rejoin seconds would be 6 times, every pause twice the last one 3 times.
    assert 2 <= tries() - before <= 4 < WATCHED / QUICK.rejoin
    op.send(f"MODE #patience -b {BOT}!*@*")
    assert op.wait("JOIN", 6).params[0] == "#patience"
