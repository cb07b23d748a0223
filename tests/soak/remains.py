"""What is in the store of a bot that was killed, looked at without changing it."""

import shutil
import sqlite3
import tempfile
import time
from collections.abc import Callable, Sequence
from contextlib import closing
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from sqlalchemy import Connection, NullPool, bindparam, create_engine, text

from gsocbot.store import audit, integrity
from gsocbot.store.books import Books
from tests.bench.bots import Broken
from tests.faults.process import Installation
from tests.soak.writers import words_in

STORE = "gsocbot.db"
KEPT = {
    "reminder": "text",
    "question": "text || ' ' || answer",
    "faqentry": "answer",
    "deadline": "title",
}
"""Where the words of ours stand."""
OWED = ("SELECT text FROM reminder", "SELECT answer FROM question")
"""Texts of which people are told, soon at the latest."""
WORKING = text(
    "SELECT coalesce(state, 'there') FROM pg_stat_activity WHERE application_name IN :names"
).bindparams(bindparam("names", expanding=True))
PATIENCE = 10.0
Rows = Callable[[str], list[tuple[Any, ...]]]


@dataclass(frozen=True)
class Remains:
    """Words of ours: those that are kept, those to be said, those about to be said at the end."""

    kept: set[str]
    owed: set[str]
    claimed: set[str]
    damages: list[str]


Look = Callable[[bool], Remains]
"""Looks at a store; a thorough look compares each row with what the audit says of it."""


def in_file(folder: Path, thorough: bool) -> Remains:
    """What a killed bot has left in SQLite; the bot itself is to find it as it is."""
    with tempfile.TemporaryDirectory(prefix="gsocbot-remains-") as place:
        for name in (STORE, f"{STORE}-wal"):
            if (folder / name).exists():
                shutil.copy(folder / name, place)
        with closing(sqlite3.connect(Path(place) / STORE)) as store:
            damages = [
                str(row)
                for check in ("integrity_check", "foreign_key_check")
                for row in store.execute(f"PRAGMA {check}")
                if row != ("ok",)
            ]
            found = _read(lambda statement: store.execute(statement).fetchall())
        if thorough:
            damages += integrity.damages(Path(place) / STORE)
    return Remains(*found, damages)


def in_database(url: str, bots: Sequence[Installation], thorough: bool) -> Remains:
    """What killed bots have left in PostgreSQL, once it has noticed that they are gone."""
    gone = [bot.nick for bot in bots if not bot.is_running]
    with create_engine(url, poolclass=NullPool).connect() as connection:
        deadline = time.monotonic() + PATIENCE
        while any(states := _states(connection, gone)):
            if time.monotonic() > deadline:
                raise Broken(f"{gone} were killed {PATIENCE} s ago and are still {states}")
            time.sleep(0.001)
        found = _read(lambda statement: list(map(tuple, connection.execute(text(statement)))))
        books = Books(connection, writing=False)
        damages = list(audit.contradictions(books)) if thorough else []
    return Remains(*found, damages)


def is_idle(url: str, bot: Installation) -> bool:
    """Whether PostgreSQL holds nothing back for a bot."""
    with create_engine(url, poolclass=NullPool).connect() as connection:
        return set(_states(connection, [bot.nick])) <= {"idle"}


def _states(connection: Connection, names: Sequence[str]) -> list[str]:
    found = connection.execute(WORKING, {"names": names}).scalars().all()
    connection.rollback()  # one transaction sees one answer
    return list(found)


def _read(rows: Rows) -> tuple[set[str], set[str], set[str]]:
    kept = [f"SELECT {column} FROM {table}" for table, column in KEPT.items()]
    claimed = "SELECT payload FROM outbox WHERE state = 'claimed'"
    return _words(rows, *kept), _words(rows, *OWED), _words(rows, claimed)


def _words(rows: Rows, *statements: str) -> set[str]:
    return {
        word
        for statement in statements
        for row in rows(statement)
        for word in words_in(str(row[0]))
    }
