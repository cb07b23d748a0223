"""Thousands of reconnects: nothing that belongs to a connection outlives it."""

import json
import shutil
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

from tests.bench.measures import Figure
from tests.irc.scripted import Peer, Scripted

ROOT = Path(__file__).parents[2]
PATIENCE = 15.0
SETTLE = 2.5
"""Seconds until the timers of the connections before have gone off."""
MOST_MB = 5.0
CAPS = "account-tag account-notify extended-join message-tags batch chghost setname"
ISUPPORT = "CASEMAPPING=ascii CHANTYPES=# WHOX MONITOR=100 BOT=B"
PEOPLE = 50
Tick = Callable[[int], object]


def reconnects(count: int, warm: int, tick: Tick, *, leak: bool = False) -> list[Figure]:
    """End so many connections; compare the one after the first `warm` with the last.

    With `leak` the link is made to keep things, so that what is found must be bad.
    """
    with Scripted() as server, _started(server.port, *(["leak"] if leak else [])) as process:
        before: dict[str, float] = {}
        began = time.perf_counter()
        for number in range(count + 1):
            peer = server.accept(PATIENCE)
            _talk(peer)
            if number == warm:
                before = _held(peer)
            if number < count:
                _end(peer, number)
                tick(1)
        after = _held(peer)
        seconds = time.perf_counter() - began - 2 * SETTLE
        assert process.poll() is None
    return [
        Figure("reconnects", count, ""),
        Figure("... a second", count / seconds, "/s"),
        Figure(f"memory after {warm:,}", before["MB"], "MB"),
        Figure("... more after the last", after["MB"] - before["MB"], "MB", most=MOST_MB),
        *(
            Figure(f"{what}, more than the {before[what]:g} before", change, "", most=0)
            for what in ("tasks", "handlers", "timers", "files")
            for change in [abs(after[what] - before[what])]
        ),
    ]


@contextmanager
def _started(port: int, *more: str) -> Iterator[subprocess.Popen[bytes]]:
    # So that it does not outlive a run that is killed.
    tied = ["setpriv", "--pdeathsig", "KILL", "--"] if shutil.which("setpriv") else []
    words = [*tied, sys.executable, "-m", "tests.soak.subject", str(port), *more]
    process = subprocess.Popen(words, cwd=ROOT, stdin=subprocess.DEVNULL)
    try:
        yield process
    finally:
        process.kill()
        process.wait()


def _talk(peer: Peer) -> None:
    """Let it in, show it people, have them talk."""
    peer.let_in(CAPS, ISUPPORT)
    names = " ".join(f"n{number}" for number in range(PEOPLE))
    peer.send(
        f":irc.test 353 gsocbot = #gsoc :gsocbot {names}",
        *(f":irc.test 354 gsocbot 77 n{number} account{number}" for number in range(PEOPLE)),
        *(f":n{number}!u@h PRIVMSG #gsoc :hello" for number in range(PEOPLE)),
    )
    peer.sync()
    peer.raw.clear()


def _end(peer: Peer, number: int) -> None:
    """End the connection: close it, cut it, or say ERROR before."""
    if number % 3 == 0:
        peer.reset()
        return
    if number % 3 == 1:
        with suppress(OSError):
            peer.send("ERROR :Closing link")
    peer.close()


def _held(peer: Peer) -> dict[str, float]:
    time.sleep(SETTLE)
    peer.send(":ana!a@h PRIVMSG gsocbot :!measure")
    answer = peer.until("PRIVMSG ana ", PATIENCE)[-1]
    found: dict[str, float] = json.loads(answer.partition(" :")[2])
    return found
