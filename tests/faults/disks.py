"""What goes wrong with a file that a process writes: each lasts as long as its block."""

import os
import resource
import sqlite3
import subprocess
import time
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, closing, contextmanager
from pathlib import Path

import pytest

from tests.faults.process import Installation
from tests.servers import program

SMALL = "4m"
LITTLE = 8 * 1024
"""Bytes: room for a log, but not for a page of the store."""

Fault = Callable[[Installation], AbstractContextManager[None]]


@contextmanager
def locked(bot: Installation) -> Iterator[None]:
    """Another process writes."""
    file = bot.folder / "gsocbot.db"
    with closing(sqlite3.connect(file, isolation_level=None)) as other:
        other.execute("BEGIN EXCLUSIVE")
        yield
        other.execute("ROLLBACK")


@contextmanager
def no_long_files(bot: Installation) -> Iterator[None]:
    """The process may write no file beyond its beginning: that needs no rights."""
    pid = bot.running.pid
    before = resource.prlimit(pid, resource.RLIMIT_FSIZE)
    resource.prlimit(pid, resource.RLIMIT_FSIZE, (LITTLE, before[1]))
    try:
        yield
    finally:
        resource.prlimit(pid, resource.RLIMIT_FSIZE, before)


@contextmanager
def full(bot: Installation) -> Iterator[None]:
    """The disk is full; the bot must be on one of its own."""
    ballast = bot.folder / "ballast"
    with ballast.open("wb", buffering=0) as file:
        try:
            while file.write(b"\0" * 65536):
                pass
        except OSError:
            pass
        try:
            while file.write(b"\0"):
                pass
        except OSError:
            pass
    try:
        yield
    finally:
        ballast.unlink()


def failing(call: str, error: str) -> Fault:
    """A call of the system fails."""

    @contextmanager
    def fails(bot: Installation) -> Iterator[None]:
        strace = program("strace")
        if strace is None:
            pytest.skip("strace is not installed: tools/system-packages installs it")
        inject = f"inject={call}:error={error}"
        command = [strace, "-f", "-p", str(bot.running.pid), "-e", inject, "-o", "/dev/null"]
        with subprocess.Popen(command, stderr=subprocess.PIPE) as tracer:
            assert tracer.stderr is not None
            said = tracer.stderr.readline()
            if b"attached" not in said:
                pytest.skip(f"strace may not look into another process here: {said!r}")
            time.sleep(0.2)  # it goes from thread to thread
            try:
                yield
            finally:
                tracer.terminate()

    return fails


@contextmanager
def small_disk(folder: Path) -> Iterator[None]:
    """A small disk of its own at a folder; skips where nobody may mount one."""
    if os.geteuid() != 0:
        pytest.skip("only root mounts a disk")
    folder.mkdir()
    mount = ["mount", "-t", "tmpfs", "-o", f"size={SMALL}", "tmpfs", str(folder)]
    done = subprocess.run(mount, capture_output=True, text=True)
    if done.returncode:
        pytest.skip(f"no disk can be mounted here: {done.stderr}")
    try:
        yield
    finally:
        subprocess.run(["umount", "--lazy", str(folder)], check=True)


def read_only(folder: Path) -> None:
    """From now on nothing is written to the disk at a folder."""
    subprocess.run(["mount", "-o", "remount,ro", str(folder)], check=True)
