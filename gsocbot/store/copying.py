"""Copies of a SQLite store: beside it before an upgrade, as a backup, and back in its place."""

import sqlite3
from contextlib import closing, suppress
from datetime import datetime
from itertools import count
from pathlib import Path

from sqlalchemy import Engine

from gsocbot.store.engine import StoreError

SIDES = ("-wal", "-shm")
"""What SQLite keeps beside a file that is in use."""


def backup_beside(engine: Engine, now: datetime) -> Path:
    """Copy a SQLite store to a file beside it, as it is."""
    assert engine.url.database is not None
    source = Path(engine.url.database)
    target = _free(source, now, "bak")
    copy_sqlite(source, target)
    return target


def copy_sqlite(source: Path, target: Path) -> None:
    """An online copy of a SQLite file, 0600, whole or not there, one file that needs no other."""
    part = target.with_name(f".{target.name}.part")
    part.unlink(missing_ok=True)
    part.touch(mode=0o600)
    try:
        with closing(sqlite3.connect(source)) as old, closing(sqlite3.connect(part)) as new:
            old.backup(new)
            new.execute("PRAGMA journal_mode = delete")
        part.replace(target)
    except sqlite3.Error as error:
        raise StoreError(f"{source}: {error}") from error
    finally:
        part.unlink(missing_ok=True)


def put_in_place(backup: Path, store: Path, now: datetime) -> Path | None:
    """Make a store of a backup; gives the file that the old store is now, however damaged."""
    store.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
    new = store.with_name(f".{store.name}.new")
    copy_sqlite(backup, new)
    kept = _free(store, now, "old") if store.exists() else None
    if kept is not None:
        for side in SIDES:
            with suppress(FileNotFoundError):
                store.with_name(store.name + side).rename(kept.with_name(kept.name + side))
        store.rename(kept)
    new.rename(store)
    return kept


def _free(store: Path, now: datetime, ending: str) -> Path:
    """A name beside the store that nothing has."""
    stem = f"{store.name}.{now:%Y%m%dT%H%M%SZ}"
    names = (f"{stem}.{ending}" if n == 1 else f"{stem}-{n}.{ending}" for n in count(1))
    return next(p for p in map(store.with_name, names) if not p.exists())
