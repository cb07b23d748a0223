"""Kept out of a channel, the bot tells the organisers once a day, whatever happens meanwhile."""

from collections.abc import Iterator
from datetime import datetime, timedelta
from pathlib import Path

import pytest

from gsocbot.render.lines import MOST_BYTES
from gsocbot.talk import Say, Trouble
from tests.conversation import CHANNEL, NETWORK, ORGANISERS, START, Stage, stage
from tests.faults.process import Installation, installed
from tests.irc.running import wait_until
from tests.irc.scripted import Peer, Scripted

ROLE = f'[network.test.channels."{ORGANISERS}"]\nseason = "test"\nrole = "organisers"\n'
KICK = f":op!o@h KICK {CHANNEL} gsocbot :out"
STATES = "SELECT state FROM outbox WHERE topic = 'trouble'"
BACK = f":gsocbot!bot@host.test JOIN {CHANNEL}"
MUTE = f":irc.test 404 gsocbot {CHANNEL} :Cannot send to channel (+m)"
KICKED = (
    f"NOTICE {ORGANISERS} :Op has kicked me out of {CHANNEL}: out (test). "
    "I go on trying; somebody with rights there can help."
)
MUTED = (
    f"NOTICE {ORGANISERS} :I cannot speak in {CHANNEL}: Cannot send to channel (+m) (test). "
    "I go on trying; somebody with rights there can help."
)
OUT = Trouble(NETWORK, CHANNEL, "out", f"op has kicked me out of {CHANNEL}: out")


@pytest.fixture
def server() -> Iterator[Scripted]:
    with Scripted() as listening:
        yield listening


@pytest.fixture
def bot(server: Scripted, tmp_path: Path) -> Iterator[Installation]:
    """A bot with a channel for everybody and one for organisers."""
    with installed(tmp_path, server.port) as installation:
        installation.configure((CHANNEL,), ROLE)
        yield installation


def joined(server: Scripted) -> Peer:
    """The server's side once the bot is in both channels."""
    peer = server.accept(20)
    peer.let_in()
    return peer


def told(bot: Installation, peer: Peer, *lines: str, last: str = MUTED) -> list[str]:
    """The notices up to the last one, all of which are confirmed."""
    peer.send(*lines)
    notices: list[str] = []
    while not notices or notices[-1] != last:
        line = peer.until(lambda line: line.startswith(("NOTICE ", "PING :gsocbot-")), 10)[-1]
        if line.startswith("NOTICE "):
            notices.append(line)
        else:
            confirm(peer, line)
    confirm(peer, peer.until("PING :gsocbot-")[-1])
    wait_until(lambda: set(bot.sql(STATES)) == {("sent",)})
    return notices


def confirm(peer: Peer, ping: str) -> None:
    """Answer a PING."""
    peer.send(f":irc.test PONG irc.test {ping.removeprefix('PING ')}")


def test_the_organisers_read_once_that_the_bot_was_kicked_also_after_a_reconnect(
    server: Scripted, bot: Installation
) -> None:
    bot.start()
    peer = joined(server)
    assert told(bot, peer, KICK, last=KICKED) == [KICKED]
    peer.reset()

    assert told(bot, joined(server), KICK, BACK, KICK, BACK, MUTE) == [MUTED]


def test_after_a_restart_on_the_same_day_the_same_trouble_is_no_news(
    server: Scripted, bot: Installation
) -> None:
    bot.start()
    assert told(bot, joined(server), KICK, last=KICKED) == [KICKED]
    bot.terminate()
    bot.start()

    assert told(bot, joined(server), KICK, BACK, MUTE) == [MUTED]


def test_what_was_not_confirmed_when_the_connection_was_cut_is_said_again(
    server: Scripted, bot: Installation
) -> None:
    bot.start()
    peer = joined(server)
    peer.send(KICK)
    assert peer.until("NOTICE ", 10)[-1] == KICKED
    peer.reset()

    assert told(bot, joined(server), KICK, BACK, MUTE) == [KICKED, MUTED]


# --- what is planned


@pytest.fixture
def on() -> Iterator[Stage]:
    started = stage()
    yield started
    started.store.close()


def after(on: Stage, trouble: Trouble, now: datetime = START) -> list[Say]:
    """What is said once this trouble has come at a moment."""
    on.bot.trouble(trouble, now)
    return on.tick(now)


def test_trouble_is_told_in_the_organisers_channel_alone(on: Stage) -> None:
    [said] = after(on, OUT)

    assert (said.target, said.notice, said.network) == (ORGANISERS, True, NETWORK)
    assert f"NOTICE {ORGANISERS} :{said.text}" == KICKED


@pytest.mark.parametrize(
    ("later", "is_told"),
    [
        (timedelta(0), False),
        (timedelta(minutes=5), False),
        (timedelta(hours=13, minutes=59), False),
        (timedelta(hours=14), True),
        (timedelta(days=1), True),
    ],
)
def test_the_same_trouble_is_told_once_a_day(on: Stage, later: timedelta, is_told: bool) -> None:
    on.tick(START + later)  # what else is due by then
    after(on, OUT, START)

    assert bool(after(on, OUT, START + later)) is is_told


def test_another_kind_of_trouble_is_told_on_the_same_day(on: Stage) -> None:
    after(on, OUT)
    door = Trouble(NETWORK, CHANNEL, "door", f"I am not let into {CHANNEL}: I am banned")

    assert len(after(on, door)) == 1


def test_trouble_before_it_is_told_in_other_words_is_told_once(on: Stage) -> None:
    on.bot.trouble(OUT, START)
    on.bot.trouble(Trouble(NETWORK, CHANNEL, "out", f"I was made to leave {CHANNEL}"), START)

    assert len(on.tick(START)) == 1


@pytest.mark.parametrize(
    ("network", "channel"),
    [(NETWORK, ORGANISERS), (NETWORK, "#elsewhere"), ("other", CHANNEL)],
)
def test_what_nobody_could_read_or_need_not_know_is_not_told(
    on: Stage, network: str, channel: str
) -> None:
    assert after(on, Trouble(network, channel, "out", "I was made to leave")) == []


def test_trouble_that_could_not_be_told_for_a_day_is_not_told(on: Stage) -> None:
    on.tick(START + timedelta(hours=24))
    on.bot.trouble(OUT, START)

    assert on.tick(START + timedelta(hours=24)) == []


def test_trouble_that_is_told_late_says_so(on: Stage) -> None:
    on.tick(START + timedelta(hours=3))
    on.bot.trouble(OUT, START)
    [said] = on.tick(START + timedelta(hours=3))

    assert said.text.startswith("(late, meant for ")
    assert f"Op has kicked me out of {CHANNEL}" in said.text


@pytest.mark.parametrize(
    ("why", "shown"),
    [
        ("{{ 7 * 7 }}", "{{ 7 * 7 }} (test). I go on"),
        ("{% raw %}", "{% raw %} (test). I go on"),
        ("%s %(x)s", "%s %(x)s (test). I go on"),
        ("\\u0041", "\\u0041 (test). I go on"),
        ("<b>&amp;</b>", "<b>&amp;</b> (test). I go on"),
        ("\x02bold\x02 \x1b[31m", "bold [31m (test). I go on"),
        ("x" * 600, "x" * 300),
        ("é" * 300, "é" * 150),
    ],
)
def test_whatever_the_reason_it_is_one_line_as_it_was_given(
    on: Stage, why: str, shown: str
) -> None:
    what = f"op has kicked me out of {CHANNEL}: "
    [said] = after(on, Trouble(NETWORK, CHANNEL, "out", what + why))

    assert said.text.startswith(f"O{what[1:]}{shown}")
    assert len(said.text.encode()) <= MOST_BYTES
