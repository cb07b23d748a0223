"""Processes of `gsocbot run`: new ones, or in the tests ones that have read our code already.

Reading it takes a second of a processor, and is the same each time: so one process reads it, and
every bot begins as its copy. What such a bot does from its first line of `main` on, and how it is
killed, is what any bot does; that a new process comes so far is shown where processes are tested.
"""

import multiprocessing
import os
import runpy
import subprocess
import sys
import time
from collections.abc import Mapping, Sequence
from multiprocessing.context import ForkServerContext, ForkServerProcess
from pathlib import Path
from typing import Protocol

PREPARED = ("gsocbot.cli", "alembic.command", "tests.faults.starting", "tests.soak.year.subject")
"""All that any of them needs: there is one such process, whoever is the first to ask for it."""


class Process(Protocol):
    """One that was started."""

    pid: int

    def poll(self) -> int | None:
        """Its exit status; None while it runs."""

    def wait(self, timeout: float) -> int:
        """Wait for its end; its exit status."""


def forks() -> ForkServerContext:
    """What makes copies of a process that has read our code."""
    context = multiprocessing.get_context("forkserver")
    context.set_forkserver_preload(list(PREPARED))
    return context


def new(words: Sequence[str], folder: Path) -> Process:
    """Run Python with these words in a folder that takes its log."""
    with (folder / "log").open("ab") as log:
        return subprocess.Popen([sys.executable, *words], cwd=folder, stdout=log, stderr=log)


def prepared(words: Sequence[str], folder: Path) -> Process:
    """The same, begun as a copy of a process that has read gsocbot's code."""
    (folder / "log").touch()
    process = forks().Process(
        target=_run, args=(tuple(words), str(folder), dict(os.environ)), daemon=True
    )
    process.start()
    return _Copy(process)


class _Copy:
    def __init__(self, process: ForkServerProcess) -> None:
        assert process.pid is not None
        self._process = process
        self.pid = process.pid

    def poll(self) -> int | None:
        return self._process.exitcode

    def wait(self, timeout: float) -> int:
        self._process.join(timeout)
        if self._process.exitcode is None:
            raise subprocess.TimeoutExpired("gsocbot", timeout)
        return self._process.exitcode


def _run(words: tuple[str, ...], folder: str, environment: Mapping[str, str]) -> None:
    """Be what `python WORDS` is in a folder."""
    os.environ.clear()
    os.environ.update(environment)
    os.chdir(folder)
    log = os.open("log", os.O_WRONLY | os.O_APPEND | os.O_CREAT, 0o666)
    for stream in (1, 2):
        os.dup2(log, stream)
    os.close(log)
    if words[0] == "-m":
        sys.argv = list(words[1:])
        runpy.run_module(words[1], run_name="__main__", alter_sys=True)
    else:
        sys.argv = list(words)
        runpy.run_path(words[0], run_name="__main__")


def wait_until_stopped(pid: int) -> None:
    """Wait until a process stands still."""
    while Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()[0] != "T":
        time.sleep(0.001)
