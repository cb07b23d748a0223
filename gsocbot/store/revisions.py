"""When what everybody may see of dates and office hours was last changed, from the audit rows."""

import json
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import bindparam
from sqlalchemy import select as columns
from sqlmodel import col

from gsocbot.store.books import Books
from gsocbot.store.tables import Audit, Deadline, Series, Table

_STORY = (
    columns(col(Audit.at), col(Audit.before), col(Audit.after))
    .where(col(Audit.table_name) == bindparam("table"), col(Audit.season) == bindparam("season"))
    .order_by(col(Audit.id))
)

_DATE_MOVES = ("at", "day", "ours_minutes")
_DATE_SEEN = (*_DATE_MOVES, "title", "audience", "kind", "source")
"""Not when something was acknowledged: nobody outside is to see that."""

_SERIES_MOVES = ("weekday", "time", "zone", "minutes", "first", "last")
_SERIES_SEEN = (*_SERIES_MOVES, "title")


@dataclass(frozen=True, slots=True)
class Revised:
    """When something was last changed for those who see it, and how often it has moved.

    What is removed and comes back under its old name has moved once more.
    """

    at: datetime
    moves: int


def of_dates(books: Books, season: str) -> dict[str, Revised]:
    """The dates of a season by slug."""
    return _revised(books, Deadline, season, "slug", _DATE_SEEN, _DATE_MOVES)


def of_series(books: Books, season: str) -> dict[str, Revised]:
    """The weekly sessions of a season by name."""
    return _revised(books, Series, season, "name", _SERIES_SEEN, _SERIES_MOVES)


def _revised(
    books: Books,
    table: type[Table],
    season: str,
    name: str,
    seen: tuple[str, ...],
    moving: tuple[str, ...],
) -> dict[str, Revised]:
    found: dict[str, Revised] = {}
    for row in books.rows(_STORY, {"table": str(table.__tablename__), "season": season}):
        before, after = json.loads(row.before or "{}"), json.loads(row.after or "{}")
        if not after or not _differ(before, after, seen):
            continue
        was = found.get(after[name])
        moved = was is not None and _differ(before, after, moving)
        found[after[name]] = Revised(row.at, (was.moves if was else 0) + moved)
    return found


def _differ(before: Mapping[str, Any], after: Mapping[str, Any], names: tuple[str, ...]) -> bool:
    return not before or any(before.get(name) != after.get(name) for name in names)
