"""The store: the only code that opens and commits transactions."""

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime

from sqlalchemy import Connection, Engine
from sqlalchemy.exc import SQLAlchemyError

from gsocbot.store import schema
from gsocbot.store.books import Books
from gsocbot.store.engine import WRITING, StoreError, in_a_line, name_of, open_engine
from gsocbot.store.search import Indexes, Meaning


class Store:
    """One SQLite file or PostgreSQL database. Used from one thread at a time.

    With something that understands texts, ideas are found by their meaning too.
    """

    def __init__(self, url: str, meaning: Meaning | None = None) -> None:
        self.engine: Engine = open_engine(url)
        self._kept: Connection | None = None
        self._indexes = Indexes(meaning)

    def ready(self, now: datetime) -> None:
        """Make or upgrade a SQLite store; raises StoreError for one that cannot be used."""
        try:
            schema.ready(self.engine, now)
        except SQLAlchemyError as error:
            raise StoreError(f"{name_of(self.engine)}: {in_a_line(error)}") from error

    @contextmanager
    def transaction(self, *, writing: bool) -> Iterator[Books]:
        """One transaction: committed at the end, rolled back when anything is raised.

        A reading one waits for nobody; a writing one waits five seconds for other processes.
        """
        with self._connected() as connection:
            connection.info[WRITING] = writing
            books = Books(connection, writing=writing, indexes=self._indexes)
            try:
                with connection.begin():
                    yield books
                    books.flush()
            except BaseException:
                if books.wrote:
                    self._indexes.forget()  # what they were made of is rolled back
                raise

    @contextmanager
    def _connected(self) -> Iterator[Connection]:
        """A connection: SQLite's is kept, for opening one takes longer than asking it something.

        PostgreSQL's comes from the pool, which looks first whether the server is still there.
        """
        if self.engine.dialect.name == "sqlite":
            if self._kept is None:
                self._kept = self.engine.connect()
            yield self._kept
        else:
            with self.engine.connect() as connection:
                yield connection

    def close(self) -> None:
        """Close all connections; SQLite folds its log into the file."""
        if self._kept is not None:
            self._kept.close()
        self.engine.dispose()
