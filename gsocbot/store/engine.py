"""Opening a store: SQLite or PostgreSQL, with what makes a commit mean something, read back."""

import sqlite3
from pathlib import Path
from typing import Any

from sqlalchemy import URL, Connection, Engine, create_engine, event, make_url
from sqlalchemy.exc import ArgumentError, DBAPIError, NoSuchModuleError, SQLAlchemyError
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
PATIENCE = "gsocbot_patience"
"""How many ms a writing transaction of SQLite waits for other processes."""

_WAITS = "gsocbot_waits"


class StoreError(Exception):
    """A store that cannot be used, in words for whoever runs the bot."""


class InDoubt(DBAPIError):
    """A store that went away while something was committed: nobody knows whether it is kept."""


def open_engine(url: str) -> Engine:
    """An engine for a store's URL, its SQLite file made 0600; raises StoreError."""
    try:
        if url.startswith("sqlite:"):
            return _sqlite(url.removeprefix("sqlite://").removeprefix("/"))
        parsed = make_url(url)
        if parsed.get_backend_name() != "postgresql":
            raise StoreError(f"store.url: {parsed.get_backend_name()} is not sqlite or postgresql")
        # 25 ms and 4 MB that a bot on SQLite does without.
        from gsocbot.store.postgres import open_postgres  # noqa: PLC0415

        return open_postgres(parsed)
    except (ArgumentError, NoSuchModuleError) as error:
        raise StoreError("store.url: write sqlite:///FILE or postgresql+psycopg://…") from error
    except ModuleNotFoundError as error:
        raise StoreError(
            "store.url: PostgreSQL needs psycopg: install gsocbot[postgres]"
        ) from error


def name_of(engine: Engine) -> str:
    """A store as a fault names it: its file, or the server's database without a password."""
    url = engine.url
    return f"store {url.database or 'in memory'}" + (f" on {url.host}" if url.host else "")


def in_a_line(error: SQLAlchemyError) -> str:
    """What the database says is wrong, without the statement that it was asked."""
    cause = error.orig if isinstance(error, DBAPIError) and error.orig else error
    return str(cause).strip().split("\n")[0]


def _sqlite(database: str) -> Engine:
    in_memory = database in {"", ":memory:"}
    if in_memory:
        engine = create_engine(
            "sqlite://",
            poolclass=StaticPool,
            connect_args={"check_same_thread": False},
            hide_parameters=True,
        )
    else:
        _make_file(Path(database))
        # Not from the text: a folder may have a question mark in its name.
        url = URL.create("sqlite", database=database)
        engine = create_engine(
            url,
            connect_args={"check_same_thread": False},
            hide_parameters=True,  # what is private is in no log, also when something goes wrong
        )

    # Many rows in one statement: row by row, SQLite's thread would wait for the loop at each.
    engine.dialect.use_insertmanyvalues_wo_returning = True

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
        if connection.info.get(WRITING, False):
            _wait_at_most(connection, connection.info.get(PATIENCE, BUSY_MS))
            connection.exec_driver_sql("BEGIN IMMEDIATE")
        else:
            # By itself this waits for nobody and cannot fail, so it goes the shortest way.
            raw = connection.connection.dbapi_connection
            assert isinstance(raw, sqlite3.Connection)
            raw.execute("BEGIN")

    return engine


def _wait_at_most(connection: Connection, patience: int) -> None:
    """Have a connection wait so many ms for other processes; it is told only when that changes."""
    if connection.info.get(_WAITS, BUSY_MS) != patience:
        connection.exec_driver_sql(f"PRAGMA busy_timeout = {patience}")
        connection.info[_WAITS] = patience


def _make_file(path: Path) -> None:
    if path.exists() and not path.is_file():
        raise StoreError(f"store {path}: this is no file")
    try:
        path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
        path.touch(mode=0o600)
        path.chmod(0o600)
    except OSError as error:
        raise StoreError(f"store {path}: {error.strerror}") from error
