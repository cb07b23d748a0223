"""Putting a finished folder in the place of an older one, whole at any moment."""

import ctypes
import errno
import fcntl
import os
import shutil
import tempfile
from collections.abc import Collection, Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path

from gsocbot.site import freshening
from gsocbot.site.clean import SiteError
from gsocbot.site.standing import (
    MARK,
    Gone,
    Standing,
    check_stands,
    facts_of,
    mark_text,
    standing,
)

_AT_FDCWD, _RENAME_EXCHANGE = -100, 2
_CANNOT_LINK = {errno.EMLINK, errno.EPERM, errno.EXDEV, errno.EOPNOTSUPP}
_CANNOT_EXCHANGE = {errno.ENOSYS, errno.EINVAL, errno.EOPNOTSUPP, errno.EPERM}


def place(
    files: Mapping[str, bytes],
    target: Path,
    folders: Mapping[str, Standing] | None = None,
    fresh: Collection[str] = (),
) -> int:
    """Make `target` a folder of exactly these files, by their paths; returns how many there are.

    The files are written beside the target first. A build that was killed leaves a folder that
    the next one removes; two builds at once wait for each other. Of `folders` those that have no
    file here are taken over as they stand; raises Gone if they do not. `fresh` are those of the
    files that are written into the standing folder too: the newer one is kept.
    """
    target = target.absolute()
    target.parent.mkdir(parents=True, exist_ok=True)
    with _alone(target.parent):
        _remove_leftovers(target)
        _check_ours(target)
        new = Path(tempfile.mkdtemp(prefix=_prefix(target), dir=target.parent))
        try:
            rooms = _Rooms(new)
            for path, content in files.items():
                rooms.write(path, content)
            left = _take_over(rooms, target, folders or {})
            rooms.write(MARK, mark_text(left))
            _to_disk(new)
            new.chmod(0o755)
            with freshening.still(target):
                for path in fresh:
                    freshening.take_over(new, target, path)
                _put(new, target)
        finally:
            # After an exchange this is the old folder.
            shutil.rmtree(new, ignore_errors=True)
    return len(rooms.paths) - 1


class _Rooms:
    """The new folder while it is filled: only we can enter it until it is opened to readers."""

    def __init__(self, root: Path) -> None:
        self.root = root
        self.paths: list[str] = []
        self._made: set[Path] = set()

    def write(self, path: str, content: bytes) -> None:
        """Write a file that readers may read."""
        whole = self._room_for(path)
        handle = os.open(whole, os.O_WRONLY | os.O_CREAT | os.O_EXCL | os.O_NOFOLLOW, 0o644)
        with os.fdopen(handle, "wb") as file:
            os.fchmod(handle, 0o644)
            file.write(content)

    def link(self, path: str, old: Path) -> None:
        """Have a file that stands already; where it cannot be linked it is copied."""
        try:
            os.link(old, self._room_for(path), follow_symlinks=False)
        except OSError as error:
            if error.errno not in _CANNOT_LINK:
                raise
            self.paths.pop()
            self.write(path, old.read_bytes())

    def _room_for(self, path: str) -> Path:
        self.paths.append(path)
        whole = self.root.joinpath(path)
        for folder in reversed(whole.relative_to(self.root).parents[:-1]):
            if folder not in self._made:
                (self.root / folder).mkdir()
                (self.root / folder).chmod(0o755)
                self._made.add(folder)
        return whole


def _take_over(rooms: _Rooms, target: Path, folders: Mapping[str, Standing]) -> dict[str, Standing]:
    """What stands for the next build: these folders with the facts of their files."""
    before = standing(target) if folders else {}
    written: dict[str, list[str]] = {name: [] for name in folders}
    for path in rooms.paths:
        name = next((n for n in _above(path) if n in written), None)
        if name is not None:
            written[name].append(path.removeprefix(name))
    left = {}
    for name, one in folders.items():
        if not written[name]:
            old = before.get(name)
            if old is None or old.key != one.key:
                raise Gone(f"{target / name}: was not made yet")
            check_stands(target, name, old)
            written[name] = list(old.files)
            for path in old.files:
                rooms.link(name + path, target / name / path)
        facts = {path: facts_of(rooms.root / (name + path)) for path in written[name]}
        left[name] = Standing(one.key, one.note, facts)
    return left


def _above(path: str) -> Iterator[str]:
    """xen/m/2011-04-06/log/index.html: xen/, xen/m/, xen/m/2011-04-06/, …"""
    return (path[: place + 1] for place, letter in enumerate(path) if letter == "/")


@contextmanager
def _alone(parent: Path) -> Iterator[None]:
    handle = os.open(parent, os.O_RDONLY | os.O_DIRECTORY)
    try:
        fcntl.flock(handle, fcntl.LOCK_EX)
        yield
    finally:
        os.close(handle)


def _prefix(target: Path) -> str:
    return f".{target.name}.gsocbot-"


def _remove_leftovers(target: Path) -> None:
    """Remove what a killed build left; if it died between two renames, put the old pages back."""
    left = [p for p in target.parent.iterdir() if p.name.startswith(_prefix(target))]
    for folder in left:
        if folder.is_symlink() or not folder.is_dir():
            folder.unlink()
        elif not os.path.lexists(target) and (folder / MARK).is_file():
            folder.rename(target)
        else:
            shutil.rmtree(folder, ignore_errors=True)


def _check_ours(target: Path) -> None:
    """Refuse to replace what we did not make: site.dir may name the wrong folder."""
    if not os.path.lexists(target):
        return
    if target.is_symlink() or not target.is_dir():
        raise SiteError(f"{target}: not a folder; name the folder itself, not a link to it")
    mark = target / MARK
    if any(target.iterdir()) and (mark.is_symlink() or not mark.is_file()):
        raise SiteError(f"{target}: has files that are not ours; give the site an empty folder")


def _to_disk(folder: Path) -> None:
    """Have the file system written out once: cheaper than a wait for each file."""
    syncfs = getattr(ctypes.CDLL(None, use_errno=True), "syncfs", None)
    if syncfs is None:
        os.sync()
        return
    handle = os.open(folder, os.O_RDONLY | os.O_DIRECTORY)
    try:
        if syncfs(handle) != 0:
            raise OSError(ctypes.get_errno(), os.strerror(ctypes.get_errno()), str(folder))
    finally:
        os.close(handle)


def _put(new: Path, target: Path) -> None:
    if not os.path.lexists(target):
        new.rename(target)
    elif not _exchange(new, target):
        _two_renames(new, target)


def _exchange(new: Path, target: Path) -> bool:
    """Swap two folders in one step; False where the system cannot."""
    renameat2 = getattr(ctypes.CDLL(None, use_errno=True), "renameat2", None)
    if renameat2 is None:
        return False
    here, there = os.fsencode(new), os.fsencode(target)
    if renameat2(_AT_FDCWD, here, _AT_FDCWD, there, _RENAME_EXCHANGE) == 0:
        return True
    code = ctypes.get_errno()
    if code in _CANNOT_EXCHANGE:
        return False
    raise OSError(code, os.strerror(code), str(target))


def _two_renames(new: Path, target: Path) -> None:
    """Swap two folders where that takes two steps; a reader may miss the pages in between."""
    old = new.with_name(f"{new.name}.old")
    target.rename(old)
    try:
        new.rename(target)
    except OSError:
        old.rename(target)
        raise
    shutil.rmtree(old, ignore_errors=True)
