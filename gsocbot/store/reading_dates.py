"""Reading dates into the store: deadlines, the phases between them, weekly office hours."""

import json
from collections.abc import Mapping, Sequence
from dataclasses import asdict
from itertools import count
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
    """Keep the weekly sessions that have changed in the folder, and those that IRC has planned.

    What has not changed in the folder stays as IRC says, such as an earlier end. A series that is
    gone from it goes with all that was said of its sessions.
    """
    every = books.every(tables.Series, season=season)
    rows = {row.name: row for row in every if row.imported}
    own = {row.name: row for row in every if not row.imported}
    taken = {*rows, *own, *all_of_file}
    for name, weekly in all_of_file.items():
        row = rows.pop(name, None)
        if row is None and name in own:
            if _is_same(own[name], weekly):
                row = own[name]
            else:
                free = next(n for copy in count(2) if (n := f"{name}-{copy}") not in taken)
                _rename(books, deed, own[name], free)
                taken.add(free)
        values = {**_said(weekly), "imported": as_compared(weekly)}
        if row is None:
            books.add(deed, tables.Series(season=season, name=name, **values))
        elif row.imported != values["imported"]:
            was, now = json.loads(row.imported or "{}"), json.loads(values["imported"])
            same = {n for n in _said(weekly) if row.imported and was.get(n) == now.get(n)}
            books.change(deed, row, **{n: v for n, v in values.items() if n not in same})
    for row in rows.values():
        remove_series(books, deed, row)


def remove_series(books: Books, deed: Deed, row: tables.Series, undo: str = "") -> None:
    """Remove a series with what was said of its sessions, and who is on in them."""
    for said in _of_series(books, row):
        books.remove(deed, said)
    books.remove(deed, row, undo)


def _is_same(row: tables.Series, weekly: Weekly) -> bool:
    """Whether a series of the folder is the one that IRC has planned under its name."""
    here = (row.weekday, row.time, row.zone, row.every)
    return here == (weekly.weekday, weekly.time, weekly.zone, weekly.every)


def _rename(books: Books, deed: Deed, row: tables.Series, name: str) -> None:
    """What IRC has planned gives up its name to the folder's."""
    for said in _of_series(books, row):
        books.change(deed, said, series=name)
    books.change(deed, row, name=name)


def _of_series(books: Books, row: tables.Series) -> list[tables.OfficeChange | tables.OfficeDuty]:
    of = {"season": row.season, "series": row.name}
    return [*books.every(tables.OfficeChange, **of), *books.every(tables.OfficeDuty, **of)]


def as_compared(value: IdeaText | Deadline | Weekly) -> str:
    """A value as it is compared with the next reading."""
    said = _said(value)
    if isinstance(value, Weekly):  # what was read before there were these is no other by them
        said = {n: v for n, v in said.items() if _UNSTATED.get(n, ...) != v}
    return json.dumps(said, default=str, ensure_ascii=False)


def _said(value: IdeaText | Deadline | Weekly) -> dict[str, Any]:
    return {name: v for name, v in asdict(value).items() if name not in _ONLY_KEPT}


_ONLY_KEPT = frozenset({"offsets", "acked_by", "acked_at", "sequence", "changes"})
"""What is kept of a date or a session and stands in no file."""

_UNSTATED: Mapping[str, Any] = {"every": 1, "channel": ""}
"""What a series is that says nothing of how often and where."""
