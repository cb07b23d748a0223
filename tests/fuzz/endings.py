"""Odd lines before, during and after the registration, and ERROR: the bot always comes back."""

import gc
import tempfile
import time
from contextlib import suppress
from pathlib import Path
from random import Random

from gsocbot.config import Sasl
from tests.fuzz.grammar import Grammar
from tests.fuzz.judging import Judge, Result, Tick
from tests.fuzz.subjects import CAPS, ISUPPORT, Ours, ours
from tests.irc.scripted import Peer

MOST_LINES = 40
ERRORS = ("ERROR", "ERROR :Closing link", "ERROR : ", ":irc.test ERROR :☃", "error x y", "ERROR ::")
LEGITIMATE = (OSError, EOFError)


def endings(count: int, seed: str, tick: Tick) -> Result:
    """End so many connections in as many ways; half of them log in (SASL)."""
    began = time.perf_counter()
    with Judge() as judge, tempfile.TemporaryDirectory() as folder:
        password = Path(folder) / "password"
        password.write_text("sesame\n")
        sasl = Sasl(mechanism="plain", username="gsocbot", password_file=password)
        for login in (None, sasl):
            with ours(judge, sasl=login) as subject:
                _end_all(subject, judge, count // 2, Random(f"{seed} endings {login}"), tick)
        gc.collect()
    seconds = time.perf_counter() - began
    return Result("connections that end oddly", count, "connections", seconds, judge.faults)


def _end_all(subject: Ours, judge: Judge, count: int, random: Random, tick: Tick) -> None:
    grammar = Grammar(random)
    sent = b""
    for _ in range(count):
        try:
            peer = subject.server.accept()
        except TimeoutError:
            judge.add("the bot does not come back", sent)
            return
        sent = b"".join(grammar.line() for _ in range(random.randint(0, MOST_LINES)))
        with suppress(*LEGITIMATE):
            _come_so_far(peer, random)
            peer.send_bytes(sent + b"\r\n")
            _end(peer, random)
        peer.close()
        tick(1)


def _come_so_far(peer: Peer, random: Random) -> None:
    stage = random.randrange(5)
    if stage == 0:
        return
    peer.until("CAP LS", 1)
    if stage > 1:
        peer.send(f":irc.test CAP * LS :{CAPS} sasl")
        asked = peer.until("CAP REQ ", 1)[-1].partition(":")[2]
        peer.send(f":irc.test CAP * ACK :{asked}")
    if stage > 2:
        asked = peer.until(lambda line: line.startswith(("CAP END", "AUTHENTICATE ")), 1)[-1]
        if asked != "CAP END":
            peer.send("AUTHENTICATE +", ":irc.test 903 gsocbot :Logged in")
    if stage > 3:
        peer.greet(ISUPPORT)


def _end(peer: Peer, random: Random) -> None:
    match random.randrange(4):
        case 0:
            peer.send(random.choice(ERRORS))
            peer.rest(0.2)
        case 1:
            peer.reset()
        case 2:
            peer.sync()
