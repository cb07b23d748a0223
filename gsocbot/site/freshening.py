"""Files that are written into the folder of a site while it stands, between two builds of it.

Whoever writes one and whoever puts another folder in its place wait for each other, for moments:
what was written is in the folder that readers see, and never followed by something older.
"""

import fcntl
import os
import stat
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

from gsocbot.site.standing import MARK
from gsocbot.site.wall import is_newer

_FOLDER = os.O_RDONLY | os.O_DIRECTORY | os.O_NOFOLLOW
MOST_BYTES = 1_000_000
"""A larger file is none of ours."""


@contextmanager
def still(target: Path) -> Iterator[None]:
    """Nothing is written into the folder of a site meanwhile; there may be none yet."""
    try:
        handle = os.open(target, _FOLDER)
    except FileNotFoundError:
        yield
        return
    try:
        fcntl.flock(handle, fcntl.LOCK_EX)
        yield
    finally:
        os.close(handle)


def freshen(target: Path, path: str, content: bytes) -> bool:
    """Write a file of a site anew, in one step; False where there is no folder for it."""
    while True:
        try:
            handle = os.open(target, _FOLDER)
        except OSError:
            return False
        try:
            fcntl.flock(handle, fcntl.LOCK_EX)
            if _is_the_same(handle, target):
                return _written(handle, path, content)
        finally:
            os.close(handle)


def take_over(new: Path, target: Path, path: str) -> None:
    """Have a file as it stands in the new folder too, if it is newer than the one there."""
    standing = _read(target / path)
    if standing is not None and is_newer(standing, (new / path).read_bytes()):
        (new / path).write_bytes(standing)


def _is_the_same(handle: int, target: Path) -> bool:
    """Whether the open folder is the one that readers see."""
    with suppress(FileNotFoundError):
        return os.path.samestat(os.fstat(handle), target.stat(follow_symlinks=False))
    return False


def _written(site: int, path: str, content: bytes) -> bool:
    folder, _, name = path.rpartition("/")
    try:
        os.stat(MARK, dir_fd=site, follow_symlinks=False)
        room = os.open(folder or ".", _FOLDER, dir_fd=site)
    except OSError:
        return False
    try:
        beside = f".{name}.new"
        with suppress(FileNotFoundError):
            os.unlink(beside, dir_fd=room)
        flags = os.O_WRONLY | os.O_CREAT | os.O_EXCL | os.O_NOFOLLOW
        with os.fdopen(os.open(beside, flags, 0o644, dir_fd=room), "wb") as file:
            os.fchmod(file.fileno(), 0o644)
            file.write(content)
        os.rename(beside, name, src_dir_fd=room, dst_dir_fd=room)
    finally:
        os.close(room)
    return True


def _read(file: Path) -> bytes | None:
    try:
        handle = os.open(file, os.O_RDONLY | os.O_NOFOLLOW | os.O_NONBLOCK)
    except OSError:
        return None
    with os.fdopen(handle, "rb") as opened:
        facts = os.fstat(handle)
        if not stat.S_ISREG(facts.st_mode) or facts.st_size > MOST_BYTES:
            return None
        return opened.read()
