"""The process: it ends when it is asked to, stands alone, and reads its config again."""

import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.faults.process import (
    CHANNEL,
    REFUSE_WRITTEN,
    TAKE_ALL,
    Installation,
    installed,
    soon,
)
from tests.irc.scripted import Scripted
from tests.servers import ircd
from tests.servers.client import Client
from tests.servers.ircd import Ircd

MOST_SECONDS = 10.0


@pytest.fixture(scope="module")
def server() -> Iterator[Ircd]:
    if not ircd.available("ngircd"):
        pytest.skip("ngircd is not installed: tools/system-packages installs it")
    with ircd.running("ngircd", fast=True) as started:
        yield started


@pytest.fixture(scope="module")
def observer(server: Ircd) -> Iterator[Client]:
    with Client(server, "ana") as somebody:
        somebody.join(CHANNEL)
        somebody.join("#more")
        somebody.join("#evenmore")
        yield somebody


@pytest.fixture(scope="module")
def bot(
    server: Ircd, observer: Client, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[Installation]:
    """A bot that runs, in its channel."""
    with installed(tmp_path_factory.mktemp("running"), server.port) as installation:
        installation.start()
        observer.wait("JOIN", 20)
        yield installation


def test_a_second_bot_with_the_same_state_refuses_in_one_line(bot: Installation) -> None:
    second = subprocess.run(
        [sys.executable, "-m", "gsocbot", "run"], cwd=bot.folder, capture_output=True, timeout=20
    )

    assert second.returncode == 2
    line = f"gsocbot: another gsocbot runs with {bot.folder}/state\n"
    assert (second.stdout, second.stderr.decode()) == (b"", line)


def test_a_broken_config_changes_nothing(bot: Installation, observer: Client) -> None:
    (bot.folder / "gsocbot.toml").write_text("[network.test\n")
    bot.hang_up()
    bot.wait_for_log("not read again, nothing changed: ")
    bot.configure((CHANNEL,))
    observer.say(CHANNEL, "gsocbot: help")

    lines = observer.lines_for(0.5)
    assert [line.command for line in lines if line.nick == "gsocbot"] == ["PRIVMSG"]


def test_a_new_channel_is_joined_and_the_old_one_too(bot: Installation, observer: Client) -> None:
    bot.configure((CHANNEL, "#more"))
    bot.hang_up()

    joins = [observer.wait(lambda line: line.command == "JOIN") for _ in range(2)]
    assert {(line.nick, line.text) for line in joins} == {
        ("gsocbot", CHANNEL),
        ("gsocbot", "#more"),
    }


def test_two_changes_at_once_leave_one_bot(bot: Installation, observer: Client) -> None:
    # A store that takes nothing makes the bot slow to leave, so the second finds it leaving.
    bot.sql(REFUSE_WRITTEN)
    bot.remind("alpha", soon(-1))
    bot.hang_up()
    bot.wait_for_log("no room")
    for channel in ("#more", "#evenmore"):
        bot.configure((CHANNEL, channel))
        bot.hang_up()
        time.sleep(0.3)
    bot.sql(TAKE_ALL)
    observer.wait(lambda line: line.command == "JOIN" and line.text == "#evenmore")
    observer.lines_for(0.5)

    observer.send(f"NAMES {CHANNEL}")
    names = observer.wait("353").text.split()
    assert [name for name in names if "gsocbot" in name] == ["gsocbot"]


def test_a_bot_on_the_network_ends_when_it_is_asked_to(bot: Installation, observer: Client) -> None:
    status, seconds = bot.terminate()

    assert status == 0
    assert seconds < MOST_SECONDS
    quits = observer.wait("QUIT")
    assert quits.nick == "gsocbot"
    assert "gone for now" in quits.text


def test_a_bot_that_finds_no_server_ends_when_it_is_asked_to(tmp_path: Path) -> None:
    with Scripted() as closed:
        port = closed.port
    with installed(tmp_path, port) as bot:
        bot.start()
        bot.wait_for_log("Connect call failed")
        status, seconds = bot.terminate()

    assert status == 0
    assert seconds < MOST_SECONDS


@pytest.mark.parametrize("tls", [True, False], ids=["TLS handshake", "registration"])
def test_a_bot_that_waits_for_a_silent_server_ends_when_it_is_asked_to(
    tmp_path: Path, tls: bool
) -> None:
    with Scripted() as silent, installed(tmp_path, silent.port, tls=tls) as bot:
        bot.start()
        silent.accept(20)
        time.sleep(0.1)
        status, seconds = bot.terminate()

    assert status == 0
    assert seconds < MOST_SECONDS
