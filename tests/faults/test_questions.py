"""A question reaches its mentor at their next arrival, and its asker wherever they are called."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from gsocbot.cli import main
from tests.faults.process import CHANNEL, Installation, installed
from tests.irc.scripted import Peer, Scripted

CAPS = "account-tag account-notify extended-join message-tags"
NOTE = "q1 (idea 1) waits for you, !claim q1 or !answer q1 <text>: which kernel does it need?"


@pytest.fixture
def server() -> Iterator[Scripted]:
    with Scripted() as listening:
        yield listening


@pytest.fixture
def bot(server: Scripted, tmp_path: Path) -> Iterator[Installation]:
    """A bot with one idea, which mira mentors."""
    with installed(tmp_path, server.port) as installation:
        idea = "---\ntitle: Boot graphs\nmentors: [mira]\n---\n\nDraw a boot.\n"
        (installation.folder / "season" / "boot-graphs.md").write_text(idea)
        config = str(installation.folder / "gsocbot.toml")
        assert main(["role", "add", "mira", "mentor", "--config", config]) == 0
        installation.start()
        yield installation


def joined(server: Scripted) -> Peer:
    """The server's side once the bot is in its channel."""
    peer = server.accept(20)
    peer.let_in(CAPS)
    return peer


def confirmed(peer: Peer, *starts: str) -> str:
    """The next line that begins so, after which the server answers the bot's PING."""
    said = peer.until(lambda line: line.startswith(starts), 15)[-1]
    ping = peer.until("PING :gsocbot-", 15)[-1]
    peer.send(f":irc.test PONG irc.test {ping.removeprefix('PING ')}")
    return said


def test_a_mentor_who_is_away_gets_the_question_when_they_come(
    server: Scripted, bot: Installation
) -> None:
    peer = joined(server)
    peer.send(":priya!p@h JOIN #gsoc * :Priya")
    peer.send(f":priya!p@h PRIVMSG {CHANNEL} :!ask 1 which kernel does it need?")
    assert peer.until("PRIVMSG ", 15)[-1].startswith(f"PRIVMSG {CHANNEL} :priya: question q1 noted")
    # Somebody else of her nick is not her.
    peer.send(":mira!x@h JOIN #gsoc * :Nobody")
    peer.send(":boss!m@h JOIN #gsoc mira :Mira")

    assert confirmed(peer, "NOTICE ").startswith(f"NOTICE boss :{NOTE}")


def test_an_answer_outlives_a_restart_and_a_change_of_nick(
    server: Scripted, bot: Installation
) -> None:
    peer = joined(server)
    peer.send("@account=priya :priya!p@h PRIVMSG gsocbot :ask 1 which kernel does it need?")
    assert peer.until("PRIVMSG ", 15)[-1].startswith("PRIVMSG priya :Question q1 noted")
    peer.send(":mira!m@h JOIN #gsoc mira :Mira")
    confirmed(peer, "NOTICE mira ")
    peer.send("@account=mira :mira!m@h PRIVMSG gsocbot :answer q1 the newest one")
    assert peer.until("PRIVMSG ", 15)[-1].startswith("PRIVMSG mira :Sent to the asker")
    bot.kill()
    bot.start()
    peer = joined(server)
    peer.send(":other!p@h2 JOIN #gsoc priya :Priya")

    said = confirmed(peer, "NOTICE ")
    assert said == "NOTICE other :q1: the newest one (m·ira)"
