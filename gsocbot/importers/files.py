"""Files and folders, read with limits and without surprises."""

from pathlib import Path

from gsocbot.importers.faults import Faults, Place

LARGEST_TEXT = 1_000_000
"""Bytes of a Markdown file."""
LARGEST_TOML = 200_000
"""Bytes of a TOML file."""
LARGEST_LIST = 5_000_000
"""Bytes of a list of ideas."""


def read_text(path: Path, faults: Faults, most: int = LARGEST_TEXT) -> str | None:
    """The text of a UTF-8 file, with or without a byte order mark; None with a fault."""
    raw = _bytes(path, faults, most)
    if raw is None:
        return None
    try:
        return raw.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        line = raw.count(b"\n", 0, error.start) + 1
        faults.add(Place(path, line), "this is not UTF-8; save the file as UTF-8")
        return None


def files_in(folder: Path, suffixes: tuple[str, ...], faults: Faults) -> list[Path]:
    """The ordinary files of a folder by name; links that lead out of it are not followed."""
    try:
        root = folder.resolve()
        names = sorted(p for p in folder.iterdir() if p.suffix.lower() in suffixes)
        return [p for p in names if p.is_file() and p.resolve().is_relative_to(root)]
    except (OSError, RuntimeError) as error:
        faults.add(Place(folder), _reason(error))
        return []


def _bytes(path: Path, faults: Faults, most: int) -> bytes | None:
    try:
        if not path.is_file():
            there = path.exists()
            faults.add(Place(path), "this is no ordinary file" if there else "no such file")
            return None
        with path.open("rb") as file:
            raw = file.read(most + 1)
    except (OSError, ValueError) as error:
        faults.add(Place(path), _reason(error))
        return None
    if len(raw) > most:
        faults.add(Place(path), f"the file is larger than {most // 1000} kB; divide it")
        return None
    return raw


def _reason(error: Exception) -> str:
    return getattr(error, "strerror", None) or str(error)
