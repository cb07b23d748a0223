"""Opening a store: SQLite or PostgreSQL, with what makes a commit mean something, read back."""

import sqlite3
from pathlib import Path
from typing import Any

from sqlalchemy import Connection, Engine, create_engine, event, make_url
from sqlalchemy.exc import ArgumentError, NoSuchModuleError
from sqlalchemy.pool import StaticPool

BUSY_MS = 5000
PRAGMAS = {
    "journal_mode": "wal",
    "synchronous": "2",  # FULL: an answer that says "saved" survives a power cut
    "foreign_keys": "1",
    "busy_timeout": str(BUSY_MS),
    "secure_delete": "1",
}
WRITING = "gsocbot_writing"


class StoreError(Exception):
    """A store that cannot be used, in words for whoever runs the bot."""


def open_engine(url: str) -> Engine:
    """An engine for a store's URL, its SQLite file made 0600; raises StoreError."""
    try:
        parsed = make_url(url)
        if parsed.get_backend_name() == "sqlite":
            return _sqlite(url, parsed.database)
        if parsed.get_backend_name() != "postgresql":
            raise StoreError(f"store.url: {parsed.get_backend_name()} is not sqlite or postgresql")
        return create_engine(url, pool_pre_ping=True, pool_size=2)
    except (ArgumentError, NoSuchModuleError) as error:
        raise StoreError("store.url: write sqlite:///FILE or postgresql+psycopg://…") from error
    except ModuleNotFoundError as error:
        raise StoreError(
            "store.url: PostgreSQL needs psycopg: install gsocbot[postgres]"
        ) from error


def _sqlite(url: str, database: str | None) -> Engine:
    in_memory = not database or database == ":memory:"
    if in_memory:
        engine = create_engine(
            "sqlite://", poolclass=StaticPool, connect_args={"check_same_thread": False}
        )
    else:
        assert database is not None
        _make_file(Path(database))
        engine = create_engine(url, connect_args={"check_same_thread": False})

    @event.listens_for(engine, "connect")
    def _connect(raw: sqlite3.Connection, _record: Any) -> None:
        raw.isolation_level = None  # transactions are begun below, not guessed by the driver
        for pragma, value in PRAGMAS.items():
            raw.execute(f"PRAGMA {pragma} = {value}")
            found = str(raw.execute(f"PRAGMA {pragma}").fetchone()[0]).lower()
            if found != value and not (in_memory and pragma == "journal_mode"):
                raise StoreError(f"the store has {pragma}={found} and needs {value}")

    @event.listens_for(engine, "begin")
    def _begin(connection: Connection) -> None:
        # A reader that turns into a writer half way can fail; so writers say so at once.
        writing = connection.info.get(WRITING, False)
        connection.exec_driver_sql("BEGIN IMMEDIATE" if writing else "BEGIN")

    return engine


def _make_file(path: Path) -> None:
    try:
        path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
        path.touch(mode=0o600)
        path.chmod(0o600)
    except OSError as error:
        raise StoreError(f"store {path}: {error.strerror}") from error
