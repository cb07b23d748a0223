"""Numbers that people say: none is given twice, whatever was dropped or taken back since."""

import json
from datetime import datetime

from sqlalchemy import bindparam, func, inspect
from sqlalchemy import select as columns
from sqlmodel import col

from gsocbot.store.books import Books
from gsocbot.store.tables import Audit, Table

_MADE = columns(col(Audit.after)).where(
    col(Audit.table_name) == bindparam("table"),
    col(Audit.season) == bindparam("season"),
    col(Audit.before).is_(None),
)


def next_number(
    books: Books, table: type[Table], season: str, since: datetime | None = None, **of: int | None
) -> int:
    """The number of the next row that has these values: none that was ever given.

    Rows are told apart by their ids, which are given again: what was made before `since` is
    another's.
    """
    own = inspect(table).columns
    there = columns(func.max(own["number"])).where(own["season"] == season)
    there = there.where(*(own[name] == value for name, value in of.items()))
    made = _MADE if since is None else _MADE.where(col(Audit.at) >= since)
    noted = books.rows(made, {"table": str(table.__tablename__), "season": season}).scalars()
    rows = [json.loads(row) for row in noted if row]
    given = [int(r["number"]) for r in rows if all(r[name] == of[name] for name in of)]
    return max([int(books.rows(there).scalar() or 0), *given]) + 1
