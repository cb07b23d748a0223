"""Whether a store is whole; it is looked at, never changed."""

import sqlite3
from collections.abc import Iterator
from contextlib import closing
from itertools import islice
from pathlib import Path

from sqlalchemy import create_engine
from sqlalchemy.exc import SQLAlchemyError
from sqlalchemy.pool import StaticPool

from gsocbot.store import audit, schema
from gsocbot.store.away import Away, why_away
from gsocbot.store.books import Books
from gsocbot.store.engine import in_a_line

RESTORE = "restore a backup: gsocbot db restore FILE"
MOST = 20
"""Nobody reads more damages than this."""


def findings(file: Path) -> list[str]:
    """What is wrong with a SQLite store."""
    return [*_mode(file), *damages(file), *_age(file)]


def damages(file: Path, changes: int | None = None) -> list[str]:
    """What is wrong with a file that is to be a store of this program, or an older one's.

    Rows are compared with what was noted of them, or with the newest so many `changes`.
    """
    try:
        with closing(_opened(file)) as raw:
            return [f"{file}: {damage}" for damage in islice(_damages(raw, changes), MOST)]
    except (sqlite3.Error, UnicodeDecodeError) as error:
        whole = why_away(error) not in {None, Away.DAMAGED}
        return [f"{file}: {error}" if whole else f"{file}: {error}; {RESTORE}"]


def _damages(raw: sqlite3.Connection, changes: int | None) -> Iterator[str]:
    whole = str(raw.execute("PRAGMA integrity_check(1)").fetchone()[0])
    if whole != "ok":
        yield f"damaged ({whole.splitlines()[-1]}); {RESTORE}"
        return
    if lost := raw.execute("PRAGMA foreign_key_check").fetchall():
        yield f"{len(lost)} rows belong to nothing; {RESTORE}"
    found = _version(raw)
    if found is None:
        yield "this is no store of gsocbot"
    elif found > schema.HEAD:
        yield f"this is of a newer gsocbot (schema {found}, this one knows {schema.HEAD})"
    elif found == schema.HEAD:
        with closing(sqlite3.connect(":memory:", check_same_thread=False)) as copy:
            raw.backup(copy)
            yield from _contradictions(copy, changes)


def _contradictions(copy: sqlite3.Connection, changes: int | None) -> Iterator[str]:
    """What does not fit together, in a copy that nobody changes meanwhile."""
    engine = create_engine("sqlite://", poolclass=StaticPool, creator=lambda: copy)
    try:
        with engine.connect() as connection:
            for text in audit.contradictions(Books(connection, writing=False), changes):
                yield f"damaged ({text}); {RESTORE}"
    except (SQLAlchemyError, ValueError) as error:
        reason = in_a_line(error) if isinstance(error, SQLAlchemyError) else error
        yield f"damaged ({reason}); {RESTORE}"


def _mode(file: Path) -> list[str]:
    open_to_others = file.stat().st_mode & 0o077
    return [f"{file}: others can read it; chmod 600 {file}"] if open_to_others else []


def _age(file: Path) -> list[str]:
    try:
        with closing(_opened(file)) as raw:
            found = _version(raw)
    except (sqlite3.Error, UnicodeDecodeError):
        return []  # a damage, and said to be one
    old = found is not None and found < schema.HEAD
    return [f"{file}: its tables are old; gsocbot db upgrade"] if old else []


def _opened(file: Path) -> sqlite3.Connection:
    return sqlite3.connect(f"{file.absolute().as_uri()}?mode=ro", uri=True)


def _version(raw: sqlite3.Connection) -> str | None:
    if not raw.execute("SELECT 1 FROM sqlite_master WHERE name = 'alembic_version'").fetchone():
        return None
    found = raw.execute("SELECT version_num FROM alembic_version").fetchone()
    return str(found[0]) if found else None
