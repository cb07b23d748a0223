"""Incoming lines: none raises, none ends the connection, and a valid line is heard after them."""

import gc
import time
from random import Random

from tests.fuzz.grammar import Grammar, segments
from tests.fuzz.judging import Judge, Result, Tick
from tests.fuzz.subjects import Subject, ours
from tests.irc.scripted import Peer

LINES_AT_ONCE = 200
LEAST_PER_SECOND = 2000


def incoming(count: int, seed: str, tick: Tick) -> Result:
    """Send so many lines to our link."""
    began = time.perf_counter()
    with Judge() as judge, ours(judge) as subject:
        send(subject, judge, count, seed, tick)
        gc.collect()  # a task that has failed unseen is told of when it is collected
    seconds = time.perf_counter() - began
    return Result("incoming lines", count, "lines", seconds, judge.faults, LEAST_PER_SECOND)


def send(subject: Subject, judge: Judge, count: int, seed: str, tick: Tick) -> None:
    """Send so many lines, and see after every few that the next valid one is heard."""
    random = Random(f"{seed} incoming")
    grammar = Grammar(random)
    peer = subject.connect()
    for start in range(0, count, LINES_AT_ONCE):
        size = min(LINES_AT_ONCE, count - start)
        raw = b"".join(grammar.line() for _ in range(size))
        probe = f"are you there? {start}"
        try:
            _send_raw(peer, raw, random)
            peer.send(f"\r\n:probe!p@h PRIVMSG #gsoc :{probe}")
            peer.sync()
        except (OSError, EOFError) as error:
            judge.add(f"the connection ended: {type(error).__name__}", raw)
            peer.close()
            peer = subject.connect()
            subject.heard()
        else:
            if probe not in subject.heard():
                judge.add("a valid line is not heard", raw)
        peer.raw.clear()
        tick(size)


def _send_raw(peer: Peer, raw: bytes, random: Random) -> None:
    for segment in segments(raw, random):
        peer.send_bytes(segment)
