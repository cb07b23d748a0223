"""Putting a finished folder in the place of an older one, whole at any moment."""

import ctypes
import errno
import fcntl
import os
import shutil
import tempfile
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path

from gsocbot.site.clean import SiteError

MARK = ".gsocbot"
_MARK_TEXT = b"Made by gsocbot. The next build replaces everything in this folder.\n"
_AT_FDCWD, _RENAME_EXCHANGE = -100, 2
_CANNOT_EXCHANGE = {errno.ENOSYS, errno.EINVAL, errno.EOPNOTSUPP, errno.EPERM}


def place(files: Mapping[str, bytes], target: Path) -> int:
    """Make `target` a folder of exactly these files, by their paths; returns how many there are.

    The files are written beside the target first. A build that was killed leaves a folder that
    the next one removes; two builds at once wait for each other.
    """
    target = target.absolute()
    target.parent.mkdir(parents=True, exist_ok=True)
    with _alone(target.parent):
        _remove_leftovers(target)
        _check_ours(target)
        new = Path(tempfile.mkdtemp(prefix=_prefix(target), dir=target.parent))
        try:
            _fill(new, {**files, MARK: _MARK_TEXT})
            _put(new, target)
        finally:
            # After an exchange this is the old folder.
            shutil.rmtree(new, ignore_errors=True)
    return len(files)


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


def _fill(root: Path, files: Mapping[str, bytes]) -> None:
    """Write all files into a folder that only we can enter, then open it to readers."""
    made = set()
    for path, content in files.items():
        whole = root.joinpath(path)
        for folder in reversed(whole.relative_to(root).parents[:-1]):
            if folder not in made:
                (root / folder).mkdir()
                (root / folder).chmod(0o755)
                made.add(folder)
        handle = os.open(whole, os.O_WRONLY | os.O_CREAT | os.O_EXCL | os.O_NOFOLLOW, 0o644)
        with os.fdopen(handle, "wb") as file:
            os.fchmod(handle, 0o644)
            file.write(content)
    _to_disk(root)
    root.chmod(0o755)


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
