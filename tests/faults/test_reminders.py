"""A reminder is said once, whatever dies on the way; the bot is a real process here."""

import random
import re
import time
from collections import Counter
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import ExitStack
from functools import partial
from pathlib import Path

import pytest

from tests.faults.process import (
    CHANNEL,
    REFUSE_WRITTEN,
    TAKE_ALL,
    Installation,
    installed,
    now,
    soon,
)
from tests.irc.scripted import Peer, Scripted
from tests.servers import ircd
from tests.servers.client import Client, Line
from tests.servers.ircd import Ircd

BOTS, KILLS = 3, 5
"""How many bots are killed at once, and how often each; more finds rarer faults."""
LONGEST_BEFORE_KILL = 1.0
"""Seconds after joining: the bot looks for what is due once a second.

Every other kill comes within 10 ms of a line.
"""


@pytest.fixture
def server() -> Iterator[Ircd]:
    """A server that the test may break."""
    if not ircd.available("ngircd"):
        pytest.skip("ngircd is not installed: tools/system-packages installs it")
    with ircd.running("ngircd", fast=True) as started:
        yield started


@pytest.fixture
def bot(server: Ircd, tmp_path: Path) -> Iterator[Installation]:
    with installed(tmp_path, server.port) as installation:
        yield installation


@pytest.fixture
def scripted() -> Iterator[Scripted]:
    with Scripted() as listening:
        yield listening


@pytest.fixture
def scripted_bot(scripted: Scripted, tmp_path: Path) -> Iterator[Installation]:
    with installed(tmp_path, scripted.port) as installation:
        yield installation


def watching(server: Ircd, channel: str = CHANNEL) -> Client:
    """Somebody in the channel."""
    observer = Client(server, f"w{random.randrange(10**6)}")
    observer.join(channel)
    return observer


def said(observer: Client, seconds: float) -> list[str]:
    """What the bot says in the channel in so many seconds."""
    return [line.text for line in observer.lines_for(seconds) if line.command == "NOTICE"]


def test_a_reminder_is_said_once(server: Ircd, bot: Installation) -> None:
    with watching(server) as observer:
        bot.remind("alpha", soon(0.5))
        bot.start()
        text = observer.wait("NOTICE", 20).text
        bot.wait_for_state("alpha", "sent")

        assert text.startswith("Alpha ")
        assert "(in 1 h)." in text
        assert said(observer, 1.2) == []


def test_what_was_planned_by_a_bot_that_died_is_said_once_by_the_next(
    server: Ircd, bot: Installation
) -> None:
    server.kill()
    bot.remind("in-time", soon(1.0))
    bot.remind("claimed", soon(1.5))
    bot.start()
    bot.wait_for_log("Connect call failed")
    bot.kill()
    assert bot.states() == {"in-time": "due", "claimed": "due"}

    # As it is left by a crash while it speaks, and as if it had been down for longer.
    name = (bot.folder / "state" / "instance").read_text().strip()
    lease = "lease_until = '2100-01-01 00:00:00.000000'"
    values = f"state = 'claimed', owner = '{name}-1-dead', {lease}"
    bot.sql(f"UPDATE outbox SET {values} WHERE key LIKE '%:claimed:%-60m:%'")
    bot.remind("overdue", soon(-180))
    server.start()
    with watching(server) as observer:
        bot.start()
        lines = [observer.wait("NOTICE", 20).text for _ in range(3)]
        bot.wait_for_state("claimed", "sent")

        assert re.match(r"\(late, meant for [^)]+\) Overdue ", lines[0])
        assert [line.split()[0] for line in lines[1:]] == ["In-time", "Claimed"]
        assert said(observer, 0.3) == []


def noting(lines: list[str], wanted: str) -> Callable[[Line], bool]:
    """Wait for a line, and miss nothing that is said before it."""

    def is_wanted(line: Line) -> bool:
        if line.command == "NOTICE":
            lines.append(line.text)
        return line.command == wanted

    return is_wanted


def storm(server: Ircd, bot: Installation) -> tuple[Counter[str], Counter[str]]:
    """Kill a bot again and again about when it speaks.

    Gives how often each reminder was said, and how often a kill hit between a line and the note
    that it was written: there nobody can know, so it may be said again.
    """
    unknowable: Counter[str] = Counter()
    with watching(server, bot.channels[0]) as observer:
        lines: list[str] = []
        for kill in range(KILLS):
            bot.remind(f"r{kill}", soon(random.uniform(0.5, 1.5)))
            bot.start()
            observer.wait(noting(lines, "JOIN"), 30)
            before = len(lines)
            if kill % 2:
                observer.wait(noting(lines, "NOTICE"), 10)
                time.sleep(random.uniform(0, 0.01))
            else:
                lines += said(observer, random.uniform(0, LONGEST_BEFORE_KILL))
            bot.kill()
            lines += said(observer, 0.05)
            claimed = {title for title, state in bot.states().items() if state == "claimed"}
            unknowable.update(claimed & set(titles(lines[before:])))
        bot.start()
        for kill in range(KILLS):
            bot.wait_for_state(f"r{kill}", "sent")
        lines += said(observer, 0.3)
    return Counter(titles(lines)), unknowable


def titles(lines: list[str]) -> list[str]:
    """What each reminder is about."""
    return [line.split()[0].lower() for line in lines]


def test_reminders_outlive_kills_at_any_moment(server: Ircd, tmp_path: Path) -> None:
    with ExitStack() as stack, ThreadPoolExecutor(BOTS) as pool:
        bots = [
            stack.enter_context(
                installed(tmp_path / str(n), server.port, nick=f"bot{n}", channels=(f"#storm{n}",))
            )
            for n in range(BOTS)
        ]
        outcomes = list(pool.map(partial(storm, server), bots))

    for times, unknowable in outcomes:
        assert set(times) == {f"r{n}" for n in range(KILLS)}
        assert all(count <= 1 + unknowable[title] for title, count in times.items())


def joined(scripted: Scripted, bot: Installation, caps: str = "") -> Peer:
    """The server's side, once the bot is in its channel."""
    peer = scripted.accept(20)
    peer.negotiate(caps)
    peer.greet()
    return peer


def test_what_was_written_before_a_kill_is_not_said_again(
    scripted: Scripted, scripted_bot: Installation
) -> None:
    scripted_bot.remind("alpha", soon(0.5))
    scripted_bot.start()
    peer = joined(scripted, scripted_bot)
    peer.until("NOTICE #gsoc :Alpha ")
    peer.until("PING :gsocbot-")
    scripted_bot.wait_for_state("alpha", "written")
    scripted_bot.kill()
    scripted_bot.start()
    again = joined(scripted, scripted_bot)
    scripted_bot.wait_for_state("alpha", "sent")
    time.sleep(0.3)

    assert [line for line in again.sync() if line != "MODE #gsoc"] == []


def test_what_was_not_confirmed_when_the_connection_was_cut_is_said_again(
    scripted: Scripted, scripted_bot: Installation
) -> None:
    scripted_bot.remind("alpha", soon(0.5))
    scripted_bot.start()
    peer = joined(scripted, scripted_bot)
    first = peer.until("NOTICE #gsoc :Alpha ")[-1]
    peer.until("PING :gsocbot-")
    scripted_bot.wait_for_state("alpha", "written")
    peer.reset()
    again = joined(scripted, scripted_bot)

    assert again.until("NOTICE #gsoc :")[-1] == first
    ping = again.until("PING :gsocbot-")[-1]
    again.send(f":irc.test PONG irc.test {ping.removeprefix('PING ')}")
    scripted_bot.wait_for_state("alpha", "sent")


HISTORY = "draft/chathistory batch message-tags"
"""A server that remembers what was said, and does not echo."""


def under_way(scripted: Scripted, bot: Installation) -> tuple[Peer, str]:
    """A reminder that is written on a server which remembers, and not confirmed."""
    bot.remind("alpha", soon(0.5))
    bot.start()
    peer = joined(scripted, bot, HISTORY)
    line = peer.until("NOTICE #gsoc :Alpha ")[-1]
    bot.wait_for_state("alpha", "written")
    return peer, line


def asked_what_was_said(scripted: Scripted, bot: Installation, *remembered: str) -> Peer:
    """The next connection, to which the server has told what the channel remembers."""
    peer = joined(scripted, bot, HISTORY)
    peer.until("CHATHISTORY LATEST #gsoc * ")
    at = now().strftime("%Y-%m-%dT%H:%M:%S.000Z")
    peer.send(
        ":irc.test BATCH +h chathistory #gsoc",
        "@batch=h;time=2000-01-01T00:00:00.000Z :ana!a@h PRIVMSG #gsoc :long ago",
        *(f"@batch=h;time={at} :gsocbot!bot@host.test {line}" for line in remembered),
        ":irc.test BATCH -h",
    )
    return peer


def confirm(peer: Peer) -> None:
    """Answer the PING behind a line."""
    ping = peer.until("PING :gsocbot-")[-1]
    peer.send(f":irc.test PONG irc.test {ping.removeprefix('PING ')}")


@pytest.mark.parametrize("end", ["claimed", "written", "cut"])
@pytest.mark.parametrize("remembered", [True, False])
def test_where_a_channel_remembers_a_line_it_is_said_once_whatever_dies(
    scripted: Scripted, scripted_bot: Installation, end: str, remembered: bool
) -> None:
    bot = scripted_bot
    peer, line = under_way(scripted, bot)
    if end == "cut":
        peer.reset()
    else:
        bot.kill()
        bot.sql(f"UPDATE outbox SET state = '{end}' WHERE state = 'written'")
        bot.start()
    again = asked_what_was_said(scripted, bot, *([line] if remembered else []))
    if remembered:
        bot.wait_for_state("alpha", "sent")
        assert again.sync() == []
    else:
        assert again.until("NOTICE ")[-1] == line
        confirm(again)
        bot.wait_for_state("alpha", "sent")


def test_what_the_server_refuses_has_failed_and_is_in_the_log(
    inspircd: Ircd, tmp_path: Path
) -> None:
    # Not on ngircd: it passes over a notice that it refuses without a word.
    with watching(inspircd) as observer, installed(tmp_path, inspircd.port) as bot:
        observer.send(f"MODE {CHANNEL} +m")
        observer.wait("MODE")
        bot.remind("alpha", soon(0.5))
        bot.start()
        bot.wait_for_state("alpha", "failed")

        assert said(observer, 0.1) == []
        assert bot.sql("SELECT why FROM outbox WHERE state = 'failed'") == [("404",)]
        assert f"ERROR gsocbot.delivery: test: {CHANNEL} refused a deadline (404)" in bot.log()


def test_a_network_that_hangs_does_not_hold_up_another(
    server: Ircd, scripted: Scripted, scripted_bot: Installation
) -> None:
    other = f'[network.other]\nhost = "127.0.0.1"\nport = {server.port}\ntls = false\n'
    other += '[network.other.channels."#gsoc"]\nseason = "test"\n'
    scripted_bot.configure((CHANNEL,), other)
    with watching(server) as observer:
        scripted_bot.remind("alpha", soon(0.5))
        scripted_bot.remind("beta", soon(2.5))
        scripted_bot.start()
        peer = joined(scripted, scripted_bot)
        peer.until("NOTICE #gsoc :Alpha ")  # whose PING is never answered
        texts = [observer.wait("NOTICE", 8).text for _ in range(2)]

    assert [text.split()[0] for text in texts] == ["Alpha", "Beta"]


def test_a_store_that_takes_nothing_for_a_while_makes_no_repeat(
    server: Ircd, bot: Installation
) -> None:
    bot.sql(REFUSE_WRITTEN)
    bot.remind("alpha", soon(0.5))
    with watching(server) as observer:
        bot.start()
        observer.wait("NOTICE", 20)
        bot.wait_for_log("the store does not take it: no room")
        bot.sql(TAKE_ALL)
        bot.wait_for_state("alpha", "sent")

        assert said(observer, 0.2) == []
