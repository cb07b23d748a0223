"""Reading dates into the store: deadlines, the phases between them, weekly office hours."""

import json
from collections.abc import Mapping, Sequence
from dataclasses import asdict
from typing import Any

from sqlmodel import select

from gsocbot.rules.ideas import IdeaText
from gsocbot.rules.recurrence import Weekly
from gsocbot.rules.seasons import Changes
from gsocbot.rules.timeline import Deadline, Phase
from gsocbot.store import tables
from gsocbot.store.books import Books, Deed


def deadlines(
    books: Books,
    deed: Deed,
    season: str,
    all_of_file: Sequence[Deadline],
    *,
    whole_folder: bool = False,
) -> Changes:
    """Keep dates. Of the folder what has changed in it is taken, of any other file everything.

    `imported` is what was last read from the folder, so that another file's dates outlive the
    next reading of the folder. With `whole_folder` a date that is gone from it is removed.
    """
    rows = {
        r.slug: r
        for r in books.session.exec(select(tables.Deadline).where(tables.Deadline.season == season))
    }
    new = changed = 0
    for deadline in all_of_file:
        values = values_of(deadline)
        if whole_folder:
            values["imported"] = as_compared(deadline)
        row = rows.get(deadline.slug)
        if row is None:
            books.add(deed, tables.Deadline(season=season, slug=deadline.slug, **values))
            new += 1
        elif not whole_folder or row.imported != values["imported"]:
            moved = (row.at, row.day) != (deadline.at, deadline.day)
            changed += books.change(deed, row, **values, sequence=row.sequence + moved)
    gone = set(rows) - {d.slug for d in all_of_file} if whole_folder else set()
    removed = [rows[slug] for slug in sorted(gone) if rows[slug].imported]
    for row in removed:
        books.remove(deed, row)
    return Changes(new, changed, len(removed))


def values_of(deadline: Deadline) -> dict[str, Any]:
    """What a file says of a date, as its row has it."""
    ours = deadline.ours
    return {
        "title": deadline.title,
        "at": deadline.at,
        "day": deadline.day,
        "audience": deadline.audience,
        "kind": deadline.kind,
        "short": deadline.short,
        "source": deadline.source,
        "ours_minutes": None if ours is None else int(ours.total_seconds() // 60),
    }


def phases(books: Books, deed: Deed, season: str, all_of_file: Sequence[Phase]) -> None:
    """Keep the phases as the folder has them."""
    rows = {
        r.position: r
        for r in books.session.exec(select(tables.Phase).where(tables.Phase.season == season))
    }
    for position, phase in enumerate(all_of_file):
        row = rows.pop(position, None)
        if row is None:
            books.add(deed, tables.Phase(season=season, position=position, **asdict(phase)))
        else:
            books.change(deed, row, **asdict(phase))
    for row in rows.values():
        books.remove(deed, row)


def series(books: Books, deed: Deed, season: str, all_of_file: Mapping[str, Weekly]) -> None:
    """Keep the weekly sessions that have changed in the folder."""
    rows = {
        r.name: r
        for r in books.session.exec(select(tables.Series).where(tables.Series.season == season))
    }
    for name, weekly in all_of_file.items():
        values = {**asdict(weekly), "imported": as_compared(weekly)}
        row = rows.pop(name, None)
        if row is None:
            books.add(deed, tables.Series(season=season, name=name, **values))
        elif row.imported != values["imported"]:
            books.change(deed, row, **values)
    for row in rows.values():
        books.remove(deed, row)


def as_compared(value: IdeaText | Deadline | Weekly) -> str:
    """A value as it is compared with the next reading."""
    said = {name: v for name, v in asdict(value).items() if name not in _ONLY_KEPT}
    return json.dumps(said, default=str, ensure_ascii=False)


_ONLY_KEPT = frozenset({"offsets", "acked_by", "acked_at", "sequence"})
"""What is kept of a date and stands in no file."""
