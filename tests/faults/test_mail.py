"""The daily mail is sent at most once, whatever dies on the way; the bot is a real process here."""

import subprocess
import sys
import time
from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path

import pytest

from tests.faults.process import CHANNEL, PATIENCE, Installation, installed, now
from tests.irc.scripted import Scripted
from tests.servers.smtp import Smtp, free_port, serving

ODILE = "odile@example.org"
MAIL = """
[season.test.mail]
to = ["{to}"]
at = "{at}"

[mail]
host = "127.0.0.1"
port = {port}
tls = "none"
sender = "gsocbot@example.org"
"""


@pytest.fixture
def server() -> Iterator[Smtp]:
    with serving() as started:
        yield started


@pytest.fixture
def bot(tmp_path: Path) -> Iterator[Installation]:
    """A bot without a network: nobody listens where it looks for one."""
    with installed(tmp_path, free_port()) as installation:
        installation.remind("applications", now() + timedelta(days=3))
        yield installation


def sends_mail(bot: Installation, server: Smtp) -> None:
    """Have a mail due since a few minutes, after the bot got to know the season."""
    at = f"{now() - timedelta(minutes=5):%H:%M}"
    bot.configure(bot.channels, MAIL.format(to=ODILE, at=at, port=server.port))


def wait_for(server: Smtp, what: str, times: int = 1) -> None:
    deadline = time.monotonic() + PATIENCE
    while server.count(what) < times:
        assert time.monotonic() < deadline, f"{server.seen}: no {what}"
        time.sleep(0.02)


def states(bot: Installation) -> list[str]:
    """What became of the mail that is due."""
    moment = now().strftime("%Y-%m-%d %H:%M:%S")
    rows = bot.sql(f"SELECT state FROM outbox WHERE topic = 'mail' AND due < '{moment}'")
    return [state for (state,) in rows]


def wait_for_mail(bot: Installation, state: str) -> None:
    deadline = time.monotonic() + PATIENCE
    while states(bot) != [state]:
        assert time.monotonic() < deadline, (states(bot), bot.log())
        time.sleep(0.02)


def test_a_mail_goes_out_while_irc_is_down(bot: Installation, server: Smtp) -> None:
    sends_mail(bot, server)
    bot.start()
    wait_for_mail(bot, "sent")

    assert server.recipients == [ODILE]
    assert ODILE not in bot.log()


def test_what_was_only_claimed_at_a_kill_is_sent_once_by_the_next(
    bot: Installation, server: Smtp
) -> None:
    sends_mail(bot, server)
    server.hangs = "RCPT"
    bot.start()
    wait_for(server, "RCPT")
    wait_for_mail(bot, "claimed")
    bot.kill()
    server.hangs = ""
    bot.start()
    wait_for_mail(bot, "sent")

    assert server.recipients == [ODILE]


@pytest.mark.parametrize("at", ["DATA", "TEXT"])
def test_what_was_begun_at_a_kill_counts_as_sent(bot: Installation, server: Smtp, at: str) -> None:
    sends_mail(bot, server)
    server.hangs = at
    bot.start()
    wait_for(server, at)
    wait_for_mail(bot, "written")
    bot.kill()
    server.hangs = ""
    bot.start()
    wait_for_mail(bot, "sent")

    assert (server.count("DATA"), server.mail) == (1, [])


def test_what_has_arrived_before_a_kill_does_not_come_again(
    bot: Installation, server: Smtp
) -> None:
    sends_mail(bot, server)
    bot.start()
    wait_for(server, "TEXT")
    bot.kill()
    bot.start()
    wait_for_mail(bot, "sent")

    assert server.recipients == [ODILE]


def test_a_mail_server_that_hangs_holds_up_no_irc(tmp_path: Path, server: Smtp) -> None:
    server.hangs = "GREETING"
    with Scripted() as scripted, installed(tmp_path, scripted.port) as bot:
        bot.remind("applications", now() + timedelta(days=3))
        sends_mail(bot, server)
        bot.start()
        peer = scripted.accept(20)
        peer.negotiate()
        peer.greet()
        wait_for(server, "GREETING")
        slowest = 0.0
        for number in range(20):
            started = time.monotonic()
            peer.send(f"PING :{number}")
            peer.until("PONG ")
            slowest = max(slowest, time.monotonic() - started)
            time.sleep(0.05)
        status, seconds = bot.terminate()

    assert slowest < 0.5
    assert (status, seconds < 10) == (0, True)


def test_mail_begins_and_ends_with_the_config(bot: Installation, server: Smtp) -> None:
    bot.start()
    bot.wait_for_log("Connect call failed")
    sends_mail(bot, server)
    bot.hang_up()
    wait_for_mail(bot, "sent")
    bot.configure((CHANNEL,))
    bot.hang_up()
    time.sleep(1)
    bot.sql("UPDATE outbox SET state = 'due' WHERE topic = 'mail'")
    time.sleep(6)

    assert server.recipients == [ODILE]
    assert states(bot) == ["due"]


def test_a_bot_without_mail_loads_nothing_for_it() -> None:
    code = (
        "import sys, gsocbot.app, gsocbot.cli.arguments as a; a.parser();"
        "print([m for m in sys.modules if m.startswith(('aiosmtplib', 'gsocbot.mail',"
        " 'email.mime', 'email.headerregistry'))])"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)

    assert done.stdout == "[]\n"
