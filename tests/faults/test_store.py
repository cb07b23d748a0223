"""The store goes away while the bot runs: people read so, and nothing is lost or said falsely."""

import time
from collections.abc import Iterator
from contextlib import nullcontext
from pathlib import Path

import pytest

from tests.faults.disks import Fault, failing, full, locked, no_long_files, small_disk
from tests.faults.process import CHANNEL, Installation, installed, soon
from tests.faults.watching import ORGANISERS, ROLE, UNLIMITED, Watching, watching
from tests.irc.running import wait_until
from tests.irc.scripted import Scripted

MOST_PONG = 1.0
MOST_ANSWER = 6.0
LONG = 12.0
"""Seconds that a store is locked for long; everything in it that waits, waits five."""
BACK = 5.0
MILK = "!remind me 2027-01-01 10:00 milk"
BUSY, ROOM, GONE = (
    "another program holds my store",
    "there is no room left for my store",
    "my store does not answer",
)


@pytest.fixture
def server() -> Iterator[Scripted]:
    with Scripted() as listening:
        yield listening


@pytest.fixture
def bot(server: Scripted, tmp_path: Path) -> Iterator[Installation]:
    with installed(tmp_path, server.port, limits=UNLIMITED) as installation:
        installation.configure((CHANNEL,), ROLE)
        yield installation


@pytest.fixture
def rig(server: Scripted, bot: Installation) -> Iterator[Watching]:
    with watching(server, bot) as watched:
        yield watched


def cannot(why: str) -> str:
    return f"cannot save that just now: {why}. Nothing changed. Try again in a minute."


def told(why: str) -> list[str]:
    first = f"I cannot save anything just now: {why}. I go on trying; whoever runs me can look at "
    return [f"{first}my log.", "I can save again."]


def kept(bot: Installation) -> int:
    return len(bot.sql("SELECT id FROM reminder"))


def saves(rig: Watching) -> bool:
    return rig.asks(MILK, "zoe")[1].startswith("reminder ")


def test_a_store_that_is_locked_for_three_seconds_makes_an_answer_late(
    bot: Installation, rig: Watching
) -> None:
    with locked(bot):
        since = rig.says(MILK)
        time.sleep(3)
    seconds, line = rig.wait(lambda line: "mira: " in line, since)

    assert (line.partition(": ")[2], kept(bot)) == (
        'reminder 1: Fri 1 Jan 10:00 UTC "milk".',
        1,
    )
    assert 3 <= seconds < MOST_ANSWER
    assert rig.longest < MOST_PONG
    assert rig.notices(ORGANISERS) == []


def test_whoever_asks_of_a_store_that_is_locked_for_long_is_answered_in_time(
    bot: Installation, rig: Watching
) -> None:
    people = ("ann", "bob", "cleo", "dan")
    answers = []
    with locked(bot):
        began = time.monotonic()
        while time.monotonic() - began < LONG:
            asked = [(who, rig.says(MILK, who)) for who in people]
            asked.append(("mira", rig.says("!due")))
            for who, since in asked:
                answers.append(rig.wait(lambda line, who=who: f" :{who}: " in line, since))
            time.sleep(0.5)
        assert kept(bot) == 0
    wait_until(lambda: rig.notices(ORGANISERS) == told(BUSY), BACK)

    assert max(seconds for seconds, _ in answers) < MOST_ANSWER
    writes = {line.partition(": ")[2] for _, line in answers if ":mira: " not in line}
    reads = {line.partition(": ")[2] for _, line in answers if ":mira: " in line}
    assert writes == {cannot(BUSY)}
    assert all(line.startswith("no d") for line in reads)  # that there are no dates yet
    assert rig.longest < MOST_PONG
    assert saves(rig)
    log = bot.log()
    assert (log.count(" ERROR "), log.count("Traceback")) == (1, 0)
    assert "apscheduler" not in log


def test_a_reminder_that_falls_due_while_the_store_is_locked_is_said_once_afterwards(
    bot: Installation, server: Scripted
) -> None:
    bot.remind("alpha", soon(4))
    with watching(server, bot) as rig:
        rig.asks("!due")
        with locked(bot):
            time.sleep(LONG)
            assert rig.notices(CHANNEL) == []
        bot.wait_for_state("alpha", "sent")

        assert [line.split()[0] for line in rig.notices(CHANNEL)] == ["Alpha"]
        assert rig.longest < MOST_PONG


@pytest.mark.parametrize(
    ("fault", "why"),
    [
        pytest.param(no_long_files, GONE, id="no long files"),
        pytest.param(full, ROOM, id="disk full"),
        pytest.param(failing("pwrite64", "ENOSPC"), ROOM, id="pwrite64 ENOSPC"),
        pytest.param(failing("pwrite64", "EIO"), GONE, id="pwrite64 EIO"),
        pytest.param(failing("fdatasync", "EIO"), GONE, id="fdatasync EIO"),
    ],
)
def test_what_cannot_be_written_is_not_said_to_be_saved(
    server: Scripted, tmp_path: Path, fault: Fault, why: str
) -> None:
    disk = small_disk(tmp_path / "disk") if fault is full else nullcontext()
    with disk, installed(tmp_path / "disk", server.port) as bot:
        bot.configure((CHANNEL,), ROLE)
        bot.remind("alpha", soon(5))
        with watching(server, bot) as rig:
            rig.asks("!due")
            assert saves(rig)
            with fault(bot):
                refusals = [rig.asks(MILK, who) for who in ("ann", "bob", "cleo")]
                read = rig.asks("!due")
                wait_until(lambda: rig.notices(ORGANISERS) == told(why)[:1], BACK)
            wait_until(lambda: rig.notices(ORGANISERS) == told(why), BACK)
            assert saves(rig)
            bot.wait_for_state("alpha", "sent")

            assert {text for _, text in refusals} == {cannot(why)}
            assert max(seconds for seconds, _ in (*refusals, read)) < MOST_ANSWER
            assert read[1].startswith("next: alpha ")
            assert [line.split()[0] for line in rig.notices(CHANNEL)] == ["Alpha"]
            assert rig.longest < MOST_PONG
            assert kept(bot) == 2
            log = bot.log()
            assert (log.count("the store cannot be used"), log.count("Traceback")) == (1, 0)
        bot.kill()
        assert kept(bot) == 2  # neither more nor less than was said
        assert bot.sql("PRAGMA integrity_check") == [("ok",)]
