"""What the house asks of its networks: topics from the database thread, presence from the loop."""

import asyncio
import time
from collections.abc import AsyncIterator, Iterator
from contextlib import asynccontextmanager
from pathlib import Path

import pytest

from gsocbot.app.networks import HERE_SECONDS, Ears, Networks
from gsocbot.irc.outgoing import Priority
from gsocbot.irc.sts import Policies
from gsocbot.store.store import Store
from gsocbot.store.thread import DatabaseThread
from gsocbot.talk import Heard, Say, Topic
from tests.irc.running import FREE, NETWORK, nobody
from tests.irc.scripted import CHANNEL, Peer, Scripted

TOPIC = f":irc.test 332 gsocbot {CHANNEL} :Welcome"
OPEN = f":irc.test 324 gsocbot {CHANNEL} +n"


@pytest.fixture
def server() -> Iterator[Scripted]:
    with Scripted() as listening:
        yield listening


@asynccontextmanager
async def networks(
    server: Scripted, url: str, ears: Ears
) -> AsyncIterator[tuple[Networks, DatabaseThread, Peer]]:
    """The networks of a bot that is on one, in its channel."""
    thread = DatabaseThread(asyncio.get_running_loop())
    nets = Networks(Store(url), thread, ears, Policies(), "boot", alone=True)
    nets.start(NETWORK, server.network(), FREE)
    peer = await asyncio.to_thread(server.accept)
    await asyncio.to_thread(peer.let_in)
    try:
        yield nets, thread, peer
    finally:
        await nets.leave_all()
        thread.close()


@pytest.fixture
def url(tmp_path: Path) -> str:
    return f"sqlite:///{tmp_path / 'store.db'}"


def quiet(*_: object) -> None:
    """Whom nothing interests."""


def test_topic_presence_and_other_nicks_come_through_and_a_topic_goes_out(
    server: Scripted, url: str
) -> None:
    renamed: list[tuple[str, str, str]] = []
    heard: list[Heard] = []

    async def play() -> None:
        ears = Ears(heard.append, quiet, nobody, lambda *names: renamed.append(names))
        async with networks(server, url, ears) as (nets, thread, peer):
            peer.send(TOPIC, OPEN, ":ana!a@h NICK bea")
            await asyncio.to_thread(peer.sync)
            assert await thread.run(lambda: nets.topic(NETWORK, CHANNEL)) == Topic(
                "Welcome", settable=True
            )
            assert await thread.run(lambda: nets.topic(NETWORK, "#other")) is None
            assert await thread.run(lambda: nets.topic("nowhere", CHANNEL)) is None
            assert list(nets.present(NETWORK)) == [CHANNEL]
            assert nets.present("nowhere") == {}
            nets.say(Say(NETWORK, CHANNEL, "Now", topic=True), Priority.ANSWER)
            assert await asyncio.to_thread(peer.line) == f"TOPIC {CHANNEL} :Now"

    asyncio.run(play())
    assert renamed == [(NETWORK, "ana", "bea")]


def test_who_wants_to_know_nothing_of_other_nicks_is_told_nothing(
    server: Scripted, url: str, caplog: pytest.LogCaptureFixture
) -> None:
    async def play() -> None:
        async with networks(server, url, Ears(quiet, quiet, nobody)) as (_, _, peer):
            peer.send(":ana!a@h NICK bea")
            await asyncio.to_thread(peer.sync)

    asyncio.run(play())
    assert [record for record in caplog.records if record.levelname == "ERROR"] == []


def test_a_loop_that_has_no_time_knows_no_topic(server: Scripted, url: str) -> None:
    async def play() -> None:
        async with networks(server, url, Ears(quiet, quiet, nobody)) as (nets, thread, peer):
            peer.send(TOPIC, OPEN)
            await asyncio.to_thread(peer.sync)
            began = time.monotonic()
            asked = thread.submit(lambda: (nets.topic(NETWORK, CHANNEL), time.monotonic()))
            time.sleep(HERE_SECONDS + 0.3)  # nothing else can happen
            topic, at = await asked
            assert topic is None
            assert at - began < HERE_SECONDS + 0.25

    asyncio.run(play())
