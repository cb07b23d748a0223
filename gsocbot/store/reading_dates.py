"""Reading dates into the store: deadlines, the phases between them, weekly office hours."""

import json
from collections.abc import Mapping, Sequence
from dataclasses import asdict
from typing import Any

from pydantic import TypeAdapter, ValidationError
from sqlmodel import select

from gsocbot.rules import clashes
from gsocbot.rules.ideas import IdeaText
from gsocbot.rules.recurrence import Weekly
from gsocbot.rules.seasons import Changes
from gsocbot.rules.timeline import Deadline, Phase
from gsocbot.store import tables
from gsocbot.store.books import Books, Deed
from gsocbot.store.engine import StoreError

_DEADLINE = TypeAdapter(Deadline)


def deadlines(
    books: Books,
    deed: Deed,
    season: str,
    all_of_file: Sequence[Deadline],
    *,
    whole_folder: bool = False,
) -> Changes:
    """Keep dates. Of the folder what has changed in it is taken, of any other file everything.

    `imported` is what was last read from the folder, so that what IRC and other files say of a
    date outlives the next reading of the folder, field by field. With `whole_folder` a date that is
    gone from it is removed; what IRC had changed and the folder has changed since is named.
    """
    rows = {
        r.slug: r
        for r in books.session.exec(select(tables.Deadline).where(tables.Deadline.season == season))
    }
    new = changed = 0
    overruled: list[str] = []
    for deadline in all_of_file:
        values = values_of(deadline)
        more: dict[str, Any] = {"imported": as_compared(deadline)} if whole_folder else {}
        row = rows.get(deadline.slug)
        if row is None:
            books.add(deed, tables.Deadline(season=season, slug=deadline.slug, **values, **more))
            new += 1
        elif not whole_folder or row.imported != more["imported"]:
            if whole_folder:
                here = {name: getattr(row, name) for name in values}
                values, both = clashes.changed(values, here, last_read(row.slug, row.imported))
                overruled += [f"{row.slug} ({', '.join(both)})"] if both else []
            moved = any(values.get(n, getattr(row, n)) != getattr(row, n) for n in clashes.WHEN)
            changed += books.change(deed, row, **values, **more, sequence=row.sequence + moved)
    gone = set(rows) - {d.slug for d in all_of_file} if whole_folder else set()
    removed = [rows[slug] for slug in sorted(gone) if rows[slug].imported]
    for row in removed:
        books.remove(deed, row)
    return Changes(new, changed, len(removed), overruled=tuple(overruled))


def last_read(slug: str, imported: str) -> dict[str, Any] | None:
    """What the folder last said of a date, as its row would have it; None if it was not there."""
    if not imported:
        return None
    try:
        return values_of(_DEADLINE.validate_json(imported))
    except ValidationError as error:
        raise StoreError(f"the store: date {slug} is damaged; gsocbot db check") from error


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
