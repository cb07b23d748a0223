"""The clock is set while the bot runs: nothing is said twice, nothing is lost, nobody waits."""

import os
import subprocess
import sys
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import timedelta
from pathlib import Path

import pytest

from gsocbot.app import open_bot
from gsocbot.config import load
from tests.faults.process import CHANNEL, Installation, now
from tests.faults.watching import ROLE, Watching, watching
from tests.irc.running import wait_until
from tests.irc.scripted import Scripted

LIBRARY = Path("/usr/lib") / f"{os.uname().machine}-linux-gnu" / "faketime"
HOUR, DAY = timedelta(hours=1), timedelta(days=1)
MOST_SECONDS = 15.0
"""Until somebody, or a PING, is answered right after a jump; looking at the file takes a while."""


@dataclass
class Faked(Installation):
    """A bot whose clock a test sets; that of its timers goes on evenly, as on a machine."""

    ahead: timedelta = timedelta(0)

    def set_clock(self, ahead: timedelta) -> None:
        """From now on the bot's clock is ahead of ours by so much."""
        self.ahead = ahead
        new = self.folder / "clock.new"
        new.write_text(f"{ahead.total_seconds():+.0f}\n")
        new.rename(self.folder / "clock")

    def start(self) -> None:
        """Start the process, with its clock as ours."""
        self.set_clock(timedelta(0))
        environment = {
            **os.environ,
            "LD_PRELOAD": str(LIBRARY / "libfaketime.so.1"),
            "FAKETIME_TIMESTAMP_FILE": str(self.folder / "clock"),
            "FAKETIME_NO_CACHE": "1",
            "FAKETIME_DONT_FAKE_MONOTONIC": "1",
        }
        command = [sys.executable, "-m", "gsocbot", "run"]
        with (self.folder / "log").open("ab") as log:
            self.process = subprocess.Popen(
                command, cwd=self.folder, stdout=log, stderr=log, env=environment
            )

    def _read(self) -> None:
        """Have the store know the season for longer than any jump, and dates for half an hour."""
        known = timedelta(minutes=30) if self._deadlines else 2 * DAY
        store, _, _ = open_bot(load(self.folder / "gsocbot.toml"), now() + self.ahead - known)
        store.close()

    def adds(self, title: str, seconds: float) -> None:
        """Add a reminder that falls due so many seconds later, by the bot's clock."""
        self.remind(title, now() + self.ahead + timedelta(seconds=seconds))
        if self.process is not None:
            count = self.log().count("read again")
            self.hang_up()
            wait_until(lambda: self.log().count("read again") > count, 20)


@pytest.fixture
def server() -> Iterator[Scripted]:
    with Scripted() as listening:
        yield listening


@pytest.fixture
def bot(server: Scripted, tmp_path: Path) -> Iterator[Faked]:
    if not LIBRARY.exists():
        pytest.skip("faketime is not installed: tools/system-packages installs it")
    installation = Faked(tmp_path / "bot", server.port)
    installation.configure((CHANNEL,), ROLE)
    try:
        yield installation
    finally:
        if installation.process is not None and installation.process.poll() is None:
            installation.kill()


def said(rig: Watching) -> list[str]:
    """Which reminders were said; those that were marked as late begin with a star."""
    lines = [line for line in rig.notices(CHANNEL) if "UTC" in line]
    words = [line.rpartition(") ")[2] if line.startswith("(late") else line for line in lines]
    late = ["*" if line.startswith("(late") else "" for line in lines]
    return [star + word.split()[0] for star, word in zip(late, words, strict=True)]


def is_at_hand(rig: Watching) -> None:
    """People are answered at once, in the channel and in private, and what they keep is kept."""
    for who in ("mira", "kofi"):
        assert rig.asks("!remind me in 20h tea", who)[0] < MOST_SECONDS
    since = rig.says("!due", "ana", channel="gsocbot")
    assert rig.wait(lambda line: line.startswith("PRIVMSG ana :"), since)[0] < MOST_SECONDS


@pytest.mark.parametrize("jump", [HOUR, DAY], ids=["hour", "day"])
def test_a_clock_that_leaps_ahead_makes_what_it_leapt_over_late_and_nothing_twice(
    bot: Faked, server: Scripted, jump: timedelta
) -> None:
    bot.adds("alpha", 8)
    bot.adds("beta", (jump / 2).total_seconds())
    bot.adds("gamma", jump.total_seconds() + 30)
    with watching(server, bot) as rig:
        rig.peer.send(*(f":{who}!{who}@h JOIN {CHANNEL}" for who in ("mira", "kofi", "ana")))
        wait_until(lambda: said(rig) == ["Alpha"], 40)
        bot.set_clock(jump)
        is_at_hand(rig)
        wait_until(lambda: "Gamma" in said(rig), 60)
        bot.wait_for_state("gamma", "sent")
        bot.set_clock(timedelta(0))
        is_at_hand(rig)
        bot.adds("delta", 4)
        wait_until(lambda: "Delta" in said(rig), 20)

        # A day is too late for beta; of gamma, the reminder of six hours before was leapt over.
        late = "*Beta" if jump == HOUR else "*Gamma"
        assert said(rig) == ["Alpha", late, "Gamma", "Delta"]
        assert bot.states()["beta"] == ("sent" if jump == HOUR else "skipped")
        assert rig.longest < MOST_SECONDS


def test_a_clock_that_is_set_back_holds_up_nothing_and_repeats_nothing(
    bot: Faked, server: Scripted
) -> None:
    bot.adds("alpha", 8)
    with watching(server, bot) as rig:
        rig.peer.send(*(f":{who}!{who}@h JOIN {CHANNEL}" for who in ("mira", "kofi", "ana")))
        wait_until(lambda: said(rig) == ["Alpha"], 40)
        bot.set_clock(-DAY)
        is_at_hand(rig)
        bot.adds("beta", 4)
        wait_until(lambda: said(rig) == ["Alpha", "Beta"], 10)
        bot.wait_for_state("beta", "sent")
        bot.set_clock(timedelta(seconds=-8))  # alpha's moment comes again
        is_at_hand(rig)
        bot.adds("gamma", 12)
        wait_until(lambda: "Gamma" in said(rig), 20)

        assert said(rig) == ["Alpha", "Beta", "Gamma"]
        assert rig.longest < MOST_SECONDS
