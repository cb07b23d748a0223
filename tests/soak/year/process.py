"""The process that is asked, and killed: every end of it that there can be."""

import random
import sqlite3
import time
from collections.abc import Callable
from contextlib import closing
from dataclasses import dataclass
from datetime import datetime
from multiprocessing.connection import Connection
from pathlib import Path
from typing import Any

from tests.faults import starting
from tests.soak.year import subject

MOMENTS = ("idle", "start", "tick", "hear", "said", "ping", "pong")
"""When a process is killed: at rest, while it starts, plans or hears; as a line arrives, as the
server is asked whether it has, as the answer comes."""
LONGEST = {"start": 0.15, "tick": 0.05, "hear": 0.006, "said": 0.004, "pong": 0.003}
"""Seconds from that moment until the kill, at most."""
PATIENCE = 60.0


class Died(Exception):
    """The process was killed."""


@dataclass(frozen=True)
class Death:
    """When a process is to be killed, and how many seconds later."""

    moment: str
    delay: float

    @classmethod
    def at(cls, moment: str, rng: random.Random) -> "Death":
        """At some time after a moment."""
        return cls(moment, rng.uniform(0, LONGEST.get(moment, 0)))


class Process:
    """A bot that runs. `said` is called for each line, `confirmed` once it was worked on."""

    def __init__(
        self,
        folder: Path,
        now: datetime,
        fault: str,
        said: Callable[[str, str], None],
        confirmed: Callable[[], None],
        cut: Callable[[], None],
        death: Death | None = None,
        zones: Path | None = None,
    ) -> None:
        context = starting.forks()
        self._pipe, theirs = context.Pipe()
        self._process = context.Process(
            target=subject.main, args=(theirs, folder, now, fault, zones), daemon=True
        )
        self._said, self._confirmed, self._cut = said, confirmed, cut
        self.death = death
        self._process.start()
        theirs.close()
        self._maybe("start")
        self._until_done()

    def ask(self, *command: Any) -> list[tuple[str, str]]:
        """Tell it something, and wait until it has done it. Raises Died."""
        try:
            self._pipe.send(command)
        except OSError as error:
            raise Died from error
        self._maybe(str(command[0]))
        return self._until_done()

    def kill(self) -> None:
        """End it at once; what it has written before still arrives."""
        self._process.kill()
        self._process.join(PATIENCE)
        while (heard := _next(self._pipe)) is not None:
            self._take(heard)
        self.close()

    def close(self) -> None:
        """Let go of it."""
        self._pipe.close()
        self._process.kill()
        self._process.join(PATIENCE)
        self._process.close()

    def _until_done(self) -> list[tuple[str, str]]:
        while True:
            if not self._pipe.poll(PATIENCE):
                raise TimeoutError("the bot does not answer")
            heard = _next(self._pipe)
            if heard is None:
                raise RuntimeError("the bot has ended by itself")
            if heard[0] == "done":
                answers: list[tuple[str, str]] = heard[1]
                return answers
            self._take(heard)
            if heard[0] == "said":
                self._maybe("said")
            elif heard[0] == "ping":
                self._maybe("ping")
                self._pipe.send("pong")
                self._maybe("pong")

    def _take(self, heard: tuple[Any, ...]) -> None:
        if heard[0] == "said":
            self._said(heard[1], heard[2])
        elif heard[0] == "ping":
            self._confirmed()
        elif heard[0] == "cut":
            self._cut()

    def _maybe(self, moment: str) -> None:
        if self.death is not None and self.death.moment == moment:
            time.sleep(self.death.delay)
            self.kill()
            raise Died


def _next(pipe: Connection) -> tuple[Any, ...] | None:
    try:
        heard: tuple[Any, ...] = pipe.recv()
    except (EOFError, OSError):
        return None
    return heard


def claimed(folder: Path) -> int:
    """How many lines a dead process had claimed, and not noted as written."""
    with closing(sqlite3.connect(folder / "gsocbot.db")) as store:
        found = store.execute("SELECT count(*) FROM outbox WHERE state = 'claimed'").fetchone()
    return int(found[0])
