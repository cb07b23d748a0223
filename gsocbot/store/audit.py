"""The audit rows, as they are asked for."""

import json
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import bindparam, func
from sqlalchemy import select as columns
from sqlmodel import col

from gsocbot.store import hackathon_tables as hackathons
from gsocbot.store.books import Books, agrees, is_as_noted
from gsocbot.store.private import tables as private
from gsocbot.store.tables import Audit, Table

TABLES = {str(m.class_.__tablename__): m.class_ for m in Table._sa_registry.mappers}
"""All tables by their names, with those of `hackathons` and `private`."""

assert {hackathons.Hackathon.__tablename__, private.Student.__tablename__} <= TABLES.keys()

_NEWEST = columns(func.max(col(Audit.id)))
_SEASONS = columns(col(Audit.season)).distinct().where(col(Audit.id) > bindparam("since"))
_LATELY = (
    columns(
        col(Audit.row_key),
        func.min(col(Audit.at)).label("made"),
        func.max(col(Audit.at)).label("changed"),
    )
    .where(col(Audit.table_name) == bindparam("table"), col(Audit.season) == bindparam("season"))
    .group_by(col(Audit.row_key))
    .order_by(func.max(col(Audit.at)).desc(), func.max(col(Audit.id)).desc())
    .limit(bindparam("most"))
)
_STORY = columns(
    col(Audit.table_name), col(Audit.row_key), col(Audit.before), col(Audit.after)
).order_by(col(Audit.id))
_LATER = _STORY.where(col(Audit.id) > bindparam("number"))


@dataclass(frozen=True, slots=True)
class Dates:
    """When a row was made, and when it was last changed; both aware."""

    id: int
    made: datetime
    changed: datetime


def lately(books: Books, table: type[Table], season: str, most: int) -> list[Dates]:
    """The rows of a season that changed last, newest first."""
    values = {"table": str(table.__tablename__), "season": season, "most": most}
    return [
        Dates(json.loads(row.row_key)[0], row.made, row.changed)
        for row in books.rows(_LATELY, values)
    ]


def newest(books: Books) -> int:
    """The number of the newest change; it rises with every change."""
    return int(books.rows(_NEWEST).scalar() or 0)


def seasons_since(books: Books, newest: int) -> set[str | None]:
    """The seasons in which something has changed since that change; None for what has none."""
    return set(books.rows(_SEASONS, {"since": newest}).scalars())


def row_of(books: Books, table_name: str, row_key: str) -> Table | None:
    """The row that an audit row speaks of, as it is now."""
    parts = json.loads(row_key)
    return books.session.get(TABLES[table_name], parts[0] if len(parts) == 1 else tuple(parts))


def contradictions(books: Books, most: int | None = None) -> Iterator[str]:
    """Rows that are not what their audit rows say, and audit rows that do not follow each other.

    With `most` only the newest so many changes are looked at.
    """
    last: dict[tuple[str, str], str | None] = {}
    story = books.rows(_STORY if most is None else _LATER, {"number": newest(books) - (most or 0)})
    for table, key, before, after in story:
        if table not in TABLES or not agrees(last.get((table, key), before), before):
            yield f"{table} {key}: its changes do not follow each other"
        last[table, key] = after
    for (table, key), after in last.items():
        if table in TABLES and not _is_still(books, table, key, after):
            yield f"{table} {key}: it is not what it was last changed to"


def _is_still(books: Books, table: str, key: str, after: str | None) -> bool:
    try:
        return is_as_noted(row_of(books, table, key), after)
    except (LookupError, TypeError, ValueError):
        return False  # what cannot even be read
