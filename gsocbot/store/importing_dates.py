"""Reading a file of dates on IRC: what was changed there since the last file stays."""

import json
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from sqlalchemy import bindparam
from sqlalchemy import select as columns
from sqlmodel import col

from gsocbot.rules.clashes import clashes, taken
from gsocbot.rules.timeline import Deadline
from gsocbot.store import tables
from gsocbot.store.books import Books, Deed, snapshot
from gsocbot.store.reading_dates import last_read, values_of

OF_FILES = "-"
"""The network of deeds that are nobody's on IRC: those of the folder and of the shell."""

_READ = (
    columns(
        col(tables.Audit.network),
        col(tables.Audit.row_key),
        col(tables.Audit.before),
        col(tables.Audit.after),
    )
    .where(
        col(tables.Audit.season) == bindparam("season"),
        col(tables.Audit.table_name) == str(tables.Deadline.__tablename__),
        col(tables.Audit.undone_at).is_(None),
        (col(tables.Audit.network) == OF_FILES) | col(tables.Audit.what).like(bindparam("line")),
    )
    .order_by(col(tables.Audit.id))
)


@dataclass(frozen=True, slots=True)
class Imported:
    """What a file came to: how many dates are new, changed, and by their slugs kept as on IRC."""

    new: int
    changed: int
    clashes: tuple[str, ...]


def deadlines(
    books: Books, deed: Deed, season: str, all_of_file: Sequence[Deadline], line: str, undo: str
) -> Imported:
    """Keep the dates of a file; `line` begins the lines by which files were read on IRC before.

    `undo` says what taking it back means; it is said once, of the first row that has changed.
    """
    rows = {row.slug: row for row in books.every(tables.Deadline, season=season)}
    bases = _last_read(books, season, line)
    new = changed = 0
    clashing = []
    for date in all_of_file:
        row, values = rows.get(date.slug), values_of(date)
        words = "" if new or changed else undo
        if row is None:
            books.add(deed, tables.Deadline(season=season, slug=date.slug, **values), words)
            new += 1
            continue
        compared = _as_noted(tables.Deadline(season=season, slug=date.slug, **values))
        file = {name: compared[name] for name in values}
        kept = _as_noted(row)
        names = taken(file, kept, bases.get(row.id or 0))
        if clashes(file, kept, names):
            clashing.append(date.slug)
        moved = any(kept[name] != names.get(name, kept[name]) for name in ("at", "day"))
        more = {name: values[name] for name in names}
        changed += books.change(deed, row, words, **more, sequence=row.sequence + moved)
    return Imported(new, changed, tuple(clashing))


def _last_read(books: Books, season: str, line: str) -> dict[int, dict[str, Any]]:
    """What files last said of each date, by its row.

    The shell takes all of a file; on IRC only what was changed came from it. Of the folder a row
    has the whole of what was read, for it does not take all of that.
    """
    said: dict[int, dict[str, Any]] = {}
    found = books.rows(_READ, {"season": season, "line": f"{line}%"})
    for network, key, before, after in found:
        then, now = json.loads(before or "{}"), json.loads(after or "{}")
        imported = now.get("imported", "")
        if network == OF_FILES and imported != then.get("imported", ""):
            values = last_read(now["slug"], imported) or {}
            new = _as_noted(tables.Deadline(season=season, slug=now["slug"], **values))
        else:
            whole = network == OF_FILES
            new = {n: v for n, v in now.items() if whole or n not in then or v != then[n]}
        said.setdefault(json.loads(key)[0], {}).update(new)
    return said


def _as_noted(row: tables.Deadline) -> dict[str, Any]:
    """A row as the audit has it, so that values compare."""
    noted: dict[str, Any] = json.loads(snapshot(row))
    return noted
