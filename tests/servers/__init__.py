"""Real servers for the tests: each runs in a folder of its own and dies with the test process."""

import os
import pwd
import shutil
import signal
import subprocess
import tempfile
import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager, suppress
from pathlib import Path

SYSTEM_PATH = f"{os.environ.get('PATH', os.defpath)}:/usr/sbin:/sbin"
ENVIRONMENT = {"PATH": SYSTEM_PATH, "LC_ALL": "C.UTF-8", "TZ": "UTC"}
"""What our servers see of the machine's: nothing else, so that they are the same everywhere."""
PATIENCE = 20.0
"""Seconds that a server may take to start, on a busy machine."""


def program(name: str) -> str | None:
    """Say where a program is; those that only root usually finds are found too."""
    return shutil.which(name, path=SYSTEM_PATH)


def user_for(*names: str) -> str | None:
    """Choose whom servers run as when we are root: the first of these users that there is."""
    if os.geteuid() != 0:
        return None
    everybody = {entry.pw_name for entry in pwd.getpwall()}
    return next(name for name in (*names, "nobody") if name in everybody)


def as_user(user: str | None) -> list[str]:
    """Give the words before a command that run it as this user."""
    if user is None:
        return []
    group = str(pwd.getpwnam(user).pw_gid)
    return ["setpriv", "--reuid", user, "--regid", group, "--clear-groups", "--"]


@contextmanager
def folder_of(user: str | None) -> Iterator[Path]:
    """Make an empty folder that this user owns, and remove it afterwards.

    It is not in the checkout, which may be closed to the user, and its path is short enough for a
    socket. Memory is preferred: on some disks a new PostgreSQL database takes half a second.
    """
    with tempfile.TemporaryDirectory(prefix="gsocbot-", dir=_roomy_place()) as name:
        give(Path(name), user)
        yield Path(name)


def _roomy_place() -> Path:
    memory = Path("/dev/shm")
    roomy = memory.is_dir() and shutil.disk_usage(memory).free > 2**30
    return memory if roomy and os.access(memory, os.W_OK) else Path("/tmp")


def give(path: Path, user: str | None) -> None:
    """Make this user the owner of a file or folder."""
    if user:
        shutil.chown(path, user, pwd.getpwnam(user).pw_gid)


class Process:
    """A server's process, which can be paused, killed and started again.

    It dies with the thread that started it, however that ends: start it from the main thread.
    """

    def __init__(
        self,
        argv: Sequence[str],
        *,
        folder: Path,
        user: str | None,
        ready: Callable[[], bool],
        end: signal.Signals = signal.SIGTERM,
        orphaned: signal.Signals = signal.SIGKILL,
    ) -> None:
        """Prepare it; `end` is the signal that stops it, `orphaned` what it gets when we die."""
        self._folder = folder
        self._ready = ready
        self._end = end
        death = orphaned.name.removeprefix("SIG")
        self._argv = [*as_user(user), "setpriv", "--pdeathsig", death, "--", *argv]
        self._log = folder / f"{Path(argv[0]).name}.out"
        self._popen: subprocess.Popen[bytes] | None = None

    def start(self) -> None:
        """Start it and wait until it is ready."""
        with self._log.open("ab") as log:
            self._popen = subprocess.Popen(
                self._argv,
                stdin=subprocess.DEVNULL,
                stdout=log,
                stderr=log,
                cwd=self._folder,
                env=ENVIRONMENT,
                start_new_session=True,  # Ctrl-C is for the tests, which then stop it
            )
        self.wait_until_ready()

    def wait_until_ready(self) -> None:
        """Wait until it answers; RuntimeError with its own words if it ends or takes too long."""
        process = self._running()
        deadline = time.monotonic() + PATIENCE
        while not self._ready():
            with suppress(subprocess.TimeoutExpired):
                raise RuntimeError(f"{self._argv} ended with {process.wait(0.02)}: {self._said()}")
            if time.monotonic() > deadline:
                raise RuntimeError(f"{self._argv} is not ready in {PATIENCE} s: {self._said()}")

    def pause(self) -> None:
        """Make it hang: nothing is answered, no connection closes."""
        process = self._running()
        process.send_signal(signal.SIGSTOP)
        os.waitid(os.P_PID, process.pid, os.WSTOPPED | os.WNOWAIT)

    def resume(self) -> None:
        """Let it go on."""
        self._running().send_signal(signal.SIGCONT)

    def kill(self) -> None:
        """End it at once, as a crash would."""
        self._finish(signal.SIGKILL)

    def stop(self) -> None:
        """Let it say goodbye and end."""
        self._finish(self._end)

    def _running(self) -> subprocess.Popen[bytes]:
        if self._popen is None:
            raise RuntimeError(f"{self._argv} was not started")
        return self._popen

    def _said(self) -> str:
        return self._log.read_text(errors="replace")[-2000:]

    def _finish(self, how: signal.Signals) -> None:
        if self._popen is None:
            return
        self._popen.send_signal(how)
        self._popen.send_signal(signal.SIGCONT)
        try:
            self._popen.wait(5)
        except subprocess.TimeoutExpired:
            self._popen.kill()
            self._popen.wait()
