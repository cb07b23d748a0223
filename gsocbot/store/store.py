"""The store: the only code that opens and commits transactions."""

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime

from sqlalchemy import Engine
from sqlalchemy.exc import DBAPIError, SQLAlchemyError

from gsocbot.store import schema
from gsocbot.store.books import Books
from gsocbot.store.engine import WRITING, StoreError, open_engine


class Store:
    """One SQLite file or PostgreSQL database. Used from one thread at a time."""

    def __init__(self, url: str) -> None:
        self.engine: Engine = open_engine(url)

    def ready(self, now: datetime) -> None:
        """Make or upgrade a SQLite store; raises StoreError for one that cannot be used."""
        try:
            schema.ready(self.engine, now)
        except SQLAlchemyError as error:
            raise StoreError(f"store.url: {_first_line(error)}") from error

    @contextmanager
    def transaction(self, *, writing: bool) -> Iterator[Books]:
        """One transaction: committed at the end, rolled back when anything is raised.

        A reading one waits for nobody; a writing one waits five seconds for other processes.
        """
        with self.engine.connect() as connection:
            if writing:
                connection = connection.execution_options(**{WRITING: True})
            with connection.begin():
                books = Books(connection)
                yield books
                books.flush()

    def close(self) -> None:
        """Close all connections; SQLite folds its log into the file."""
        self.engine.dispose()


def _first_line(error: SQLAlchemyError) -> str:
    cause = error.orig if isinstance(error, DBAPIError) and error.orig else error
    return str(cause).strip().split("\n")[0]
