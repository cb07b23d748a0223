"""The state folder: the name of this installation, and the lock that keeps it alone."""

import fcntl
import secrets
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from gsocbot.config import Config
from gsocbot.store.engine import StoreError


def instance(state_dir: Path) -> str:
    """The name of this installation, made once: it tells our own dead processes from others'."""
    state_dir.mkdir(mode=0o700, parents=True, exist_ok=True)
    file = state_dir / "instance"
    try:
        name = file.read_text().strip()
    except FileNotFoundError:
        name = ""
    if not name.isalnum():
        name = secrets.token_hex(6)
        file.touch(mode=0o600)
        file.write_text(f"{name}\n")
    return name


def has_run(state_dir: Path) -> bool:
    """Whether a bot has run here before."""
    return (state_dir / "instance").exists()


@contextmanager
def alone(config: Config) -> Iterator[None]:
    """Hold the state folder's lock, which ends with the process; raises StoreError.

    Two bots on one state would say everything twice.
    """
    folder = config.bot.state_dir
    folder.mkdir(mode=0o700, parents=True, exist_ok=True)
    with (folder / "lock").open("a") as lock:
        try:
            fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError as error:
            raise StoreError(f"another gsocbot runs with {folder}") from error
        yield
