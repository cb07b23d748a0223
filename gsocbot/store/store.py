"""The store: the only code that opens and commits transactions."""

import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from datetime import datetime

from sqlalchemy import Connection, Engine, RootTransaction, text
from sqlalchemy.exc import DBAPIError, SQLAlchemyError

from gsocbot.store import schema
from gsocbot.store.away import Health
from gsocbot.store.books import Books
from gsocbot.store.engine import (
    PATIENCE,
    WRITING,
    InDoubt,
    StoreError,
    in_a_line,
    name_of,
    open_engine,
)
from gsocbot.store.search import Indexes, Meaning

WRITERS = 0x67736F63626F74
"""The lock of whoever writes on PostgreSQL: the letters of "gsocbot"."""

SOON = 1.0
"""A connection that ends within so many seconds was closed before; one that is silent is not."""

# So a number that is the next free one still is when it is kept: as on SQLite.
_MY_TURN = text(f"SELECT pg_advisory_xact_lock({WRITERS})")
_STILL_THERE = text("SELECT 1")
_WRITE = text("UPDATE alembic_version SET version_num = version_num")


class Store:
    """One SQLite file or PostgreSQL database. Used from one thread at a time.

    With something that understands texts, ideas are found by their meaning too.
    """

    def __init__(self, url: str, meaning: Meaning | None = None) -> None:
        self.engine: Engine = open_engine(url)
        self._kept: Connection | None = None
        self._indexes = Indexes(meaning)
        self.health = Health()

    def ready(self, now: datetime) -> None:
        """Make or upgrade a SQLite store; raises StoreError for one that cannot be used."""
        try:
            schema.ready(self.engine, now)
        except SQLAlchemyError as error:
            raise StoreError(f"{name_of(self.engine)}: {in_a_line(error)}") from error

    @contextmanager
    def transaction(self, *, writing: bool, beside: bool = False) -> Iterator[Books]:
        """One transaction: committed at the end, rolled back when anything is raised.

        A reading one waits for nobody; a writing one waits for other processes that write, five
        seconds at most. One `beside` others locks only the rows that it takes (PostgreSQL): it
        must not need that nothing else changes. Raises InDoubt when the store goes away while
        it commits, and StoreAway for one that is known to be away.
        """
        self.health.check(writing=writing, remote=self.engine.dialect.name != "sqlite")
        try:
            with self._transaction(writing=writing, beside=beside) as books:
                yield books
        except Exception as error:
            self.health.notice(error)
            raise

    def try_to_write(self) -> None:
        """Write what changes nothing; the store can be used again if that works.

        What is wrong may be wrong with the connection alone: PostgreSQL is asked on a new one.
        """
        if self._kept is not None and self.engine.dialect.name == "postgresql":
            with suppress(DBAPIError):
                self._kept.invalidate()
            self._let_go()
        with self.health.trying(), self.transaction(writing=True) as books:
            books.rows(_WRITE)

    @contextmanager
    def _transaction(self, *, writing: bool, beside: bool) -> Iterator[Books]:
        connection, begun = self._begun(writing=writing, in_turn=writing and not beside)
        books = Books(connection, writing=writing, indexes=self._indexes)
        committing = False
        try:
            with begun:
                yield books
                books.flush()
                committing = True
        except BaseException as error:
            if books.wrote:
                self._indexes.forget()  # what they were made of is rolled back
            if committing:
                self._let_go()  # where SQLite could not commit, its transaction is still there
            if committing and writing and _went_away(error):
                raise InDoubt("COMMIT", None, error) from error
            raise

    def _begun(self, *, writing: bool, in_turn: bool) -> tuple[Connection, RootTransaction]:
        """The connection, with a transaction begun.

        It is kept, for opening one takes longer than asking it something. On PostgreSQL the first
        question shows whether the server has closed it since; then a new one is opened.
        """
        if self._kept is not None and self._kept.invalidated:
            self._let_go()
        is_new = self._kept is None
        connection = self._kept = self._kept or self.engine.connect()
        connection.info[WRITING] = writing
        connection.info[PATIENCE] = self.health.patience
        began = time.monotonic()
        begun = connection.begin()
        try:
            if self.engine.dialect.name == "postgresql":
                connection.execute(_MY_TURN if in_turn else _STILL_THERE)
        except DBAPIError as error:
            with suppress(DBAPIError):
                begun.rollback()
            if is_new or not _went_away(error) or time.monotonic() - began > SOON:
                raise
            return self._begun(writing=writing, in_turn=in_turn)
        return connection, begun

    def _let_go(self) -> None:
        if self._kept is not None:
            self._kept.close()
            self._kept = None

    def close(self) -> None:
        """Close all connections; SQLite folds its log into the file."""
        self._let_go()
        self.engine.dispose()


def _went_away(error: BaseException) -> bool:
    return isinstance(error, DBAPIError) and error.connection_invalidated
