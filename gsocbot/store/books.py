"""The books, open for one transaction: a shelf for each noun, and changes with their author."""

import json
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime
from functools import cached_property
from typing import Any, TypeVar

from sqlalchemy import Connection, Executable, Result, inspect
from sqlmodel import Session, select

from gsocbot.rules.search import Index
from gsocbot.store.search import Indexes
from gsocbot.store.tables import Audit, Table

Row = TypeVar("Row", bound=Table)


@dataclass(frozen=True, slots=True)
class Deed:
    """Who changes something, when, from where and by which words; `id` joins its audit rows."""

    id: str
    at: datetime
    season: str | None
    network: str
    account: str
    place: str
    what: str


class Books:
    """All that can be read and kept in one transaction.

    Reads go through the connection by kept statements; the session, which costs more, is made
    when the first row is kept.
    """

    def __init__(
        self, connection: Connection, *, writing: bool, indexes: Indexes | None = None
    ) -> None:
        self.connection = connection
        self._writing = writing
        self.wrote = False
        self._indexes = indexes or Indexes()

    @cached_property
    def session(self) -> Session:
        """For rows that are kept."""
        return Session(self.connection, expire_on_commit=False, autoflush=True)

    def rows(
        self, statement: Executable, values: dict[str, Any] | None = None
    ) -> Result[*tuple[Any, ...]]:
        """What a kept statement finds."""
        if "session" in self.__dict__:
            self.session.flush()
        return self.connection.execute(statement, values or {})

    def index(self, season: str) -> Index:
        """What search looks at."""
        self.flush()
        return self._indexes.of(self.connection, season)

    def likeness(self, season: str, question: str) -> Mapping[int, float]:
        """How alike in meaning each idea, by its row's id, and a question are, 0 to 1."""
        self.flush()
        return self._indexes.likeness(self.connection, season, question)

    @contextmanager
    def apart(self) -> Iterator[None]:
        """A part of the transaction that is taken back alone when anything is raised in it."""
        self.session.connection()  # it joins the whole, and does not begin a part of its own
        try:
            with self.connection.begin_nested():
                yield
                self.flush()
        except Exception:
            self.session.expunge_all()
            raise

    def flush(self) -> None:
        """Write what is kept, so that the commit has all of it."""
        if "session" in self.__dict__:
            self.session.flush()

    # --- changes, each with its author

    def add(self, deed: Deed, row: Table, undo: str = "") -> None:
        """Keep a new row. `undo` says what taking it back means, empty if it cannot be.

        A name in it is written with an @ before it, so that saying it calls nobody.
        """
        self.session.add(row)
        self.session.flush()
        self._note(deed, row, None, snapshot(row), undo)

    def every(self, table: type[Row], **values: Any) -> list[Row]:
        """The rows of a table that have these values, oldest first."""
        found = select(table).filter_by(**values).order_by(*inspect(table).primary_key)
        return list(self.session.exec(found))

    def change(self, deed: Deed, row: Table, undo: str = "", **values: Any) -> bool:
        """Change a row that was read through the session; False if it says that already."""
        before = snapshot(row)
        for name, value in values.items():
            setattr(row, name, value)
        self.session.flush()
        after = snapshot(row)
        if after != before:
            self._note(deed, row, before, after, undo)
        return after != before

    def remove(self, deed: Deed, row: Table, undo: str = "") -> None:
        """Remove a row that was read through the session."""
        before = snapshot(row)
        self._note(deed, row, before, None, undo)
        self.session.delete(row)
        self.session.flush()

    def _note(
        self, deed: Deed, row: Table, before: str | None, after: str | None, undo: str
    ) -> None:
        if not self._writing:
            raise RuntimeError("a command that keeps something needs changes=True in ALL")
        self.wrote = True
        identity = inspect(row).identity
        self.session.add(
            Audit(
                deed=deed.id,
                at=deed.at,
                season=deed.season,
                network=deed.network,
                account=deed.account,
                place=deed.place,
                what=deed.what,
                table_name=str(row.__tablename__),
                row_key=json.dumps(identity, default=str),
                before=before,
                after=after,
                undo=undo,
            )
        )


def is_as_noted(row: Table | None, noted: str | None) -> bool:
    """Whether a row is what the audit says of it."""
    return agrees(noted, snapshot(row) if row is not None else None)


def agrees(then: str | None, now: str | None) -> bool:
    """Whether a row's later snapshot is its earlier one, which lacks columns that came since.

    What only ever rises, also when something is taken back, is no difference.
    """
    if then is None or now is None or then == now:
        return then == now
    later = json.loads(now)
    said = json.loads(then).items()
    return all(later.get(name) == value for name, value in said if name not in RISING)


SEEN = frozenset({"seen_at", "seen_on"})
"""What the bot itself notes of people, beside what anybody does; taking back leaves it alone."""

RISING = SEEN | {"sequence", "heard_until"}


def snapshot(row: Table) -> str:
    """A row as the audit keeps it: the same row always gives the same text.

    A state that was read is a plain text where one just set is an enum; both are written alike.
    """
    return json.dumps(
        row.model_dump(mode="json", warnings=False), sort_keys=True, ensure_ascii=False
    )
