"""When what everybody may see of dates and office hours was last changed, from the audit rows."""

import json
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import bindparam
from sqlalchemy import select as columns
from sqlmodel import col

from gsocbot.store.books import Books
from gsocbot.store.hackathon_tables import Demo, Hackathon, HackEvent, HackSlot
from gsocbot.store.tables import Audit, Deadline, OfficeChange, Series, Table

_STORY = (
    columns(col(Audit.table_name), col(Audit.at), col(Audit.before), col(Audit.after))
    .where(
        col(Audit.table_name).in_(bindparam("tables", expanding=True)),
        col(Audit.season) == bindparam("season"),
    )
    .order_by(col(Audit.id))
)

_DATE_MOVES = ("at", "day", "ours_minutes")
_DATE_SEEN = (*_DATE_MOVES, "title", "audience", "kind", "source")
"""Not when something was acknowledged: nobody outside is to see that."""

_SERIES_MOVES = ("weekday", "time", "zone", "minutes", "first", "last", "every")
_SERIES_SEEN = (*_SERIES_MOVES, "title", "channel")
_SESSION_MOVES = ("skipped", "to_day", "to_time")
"""What is otherwise with one session is a move of its whole series, that of calendars."""

_DAYS, _SLOT, _EVENT = ("first", "last", "zone"), ("start", "end"), ("start",)
_OF_HACKATHONS: Mapping[str, tuple[tuple[str, ...], tuple[str, ...]]] = {
    str(Hackathon.__tablename__): ((*_DAYS, "name", "place"), _DAYS),
    str(HackSlot.__tablename__): ((*_SLOT, "room"), _SLOT),
    str(HackEvent.__tablename__): ((*_EVENT, "what", "room"), _EVENT),
}
"""What is seen of them, and what moves them."""

_DEMO_MOVES = ("day", "position", "minutes", "title")
"""A demo moves those that come after it: all of a hackathon count as one."""


@dataclass(frozen=True, slots=True)
class Revised:
    """When something was last changed for those who see it, and how often it has moved.

    What is removed and comes back under its old name has moved once more.
    """

    at: datetime
    moves: int


def of_dates(books: Books, season: str) -> dict[str, Revised]:
    """The dates of a season by slug."""
    found: dict[str, Revised] = {}
    for _, at, before, after in _story(books, season, Deadline):
        _revise(found, after.get("slug", ""), at, before, after, (_DATE_SEEN, _DATE_MOVES))
    return found


def of_series(books: Books, season: str) -> dict[str, Revised]:
    """The series of sessions of a season by name, with what became of single sessions."""
    found: dict[str, Revised] = {}
    for table, at, before, after in _story(books, season, Series, OfficeChange):
        if table == Series.__tablename__:
            _revise(found, after.get("name", ""), at, before, after, (_SERIES_SEEN, _SERIES_MOVES))
        elif _differ(before, after, _SESSION_MOVES):
            name = (after or before)["series"]
            was = found.get(name)
            found[name] = Revised(at, (was.moves if was else 0) + 1)
    return found


def of_hackathons(books: Books, season: str) -> dict[str, Revised]:
    """The hackathons of a season, what they have for everybody, where topics are, and the demos;
    by names that the functions below give.
    """
    found: dict[str, Revised] = {}
    for table, at, before, after in _story(books, season, Hackathon, HackSlot, HackEvent, Demo):
        row = after or before
        if table == Demo.__tablename__:
            if _differ(before, after, _DEMO_MOVES):
                name = demos_name(row["hackathon"])
                was = found.get(name)
                found[name] = Revised(at, (was.moves if was else 0) + 1)
            continue
        if table == Hackathon.__tablename__:
            name = hackathon_name(row.get("id"))
        elif table == HackSlot.__tablename__:
            name = slot_name(row.get("id"))
        else:
            name = event_name(row["hackathon"], row["number"])
        _revise(found, name, at, before, after, _OF_HACKATHONS[table])
    return found


def hackathon_name(number: int | None) -> str:
    """A hackathon, by its row's id."""
    return f"hackathon {number}"


def slot_name(number: int | None) -> str:
    """A place of a topic, by its row's id: it may move to another day."""
    return f"slot {number}"


def event_name(hackathon: int | None, number: int) -> str:
    """What a hackathon has for everybody, by the id of its row and by number."""
    return f"event {hackathon} {number}"


def demos_name(hackathon: int | None) -> str:
    """All demos of a hackathon, by the id of its row."""
    return f"demos {hackathon}"


_Row = Mapping[str, Any]


def _story(
    books: Books, season: str, *tables: type[Table]
) -> Iterator[tuple[str, datetime, _Row, _Row]]:
    """What became of the rows of some tables, in order; a row that is not there is empty."""
    names = [str(table.__tablename__) for table in tables]
    for row in books.rows(_STORY, {"tables": names, "season": season}):
        before, after = json.loads(row.before or "{}"), json.loads(row.after or "{}")
        yield row.table_name, row.at, before, after


def _revise(
    found: dict[str, Revised],
    name: str,
    at: datetime,
    before: _Row,
    after: _Row,
    names: tuple[tuple[str, ...], tuple[str, ...]],
) -> None:
    seen, moving = names
    if not after or (before and not _differ(before, after, seen)):
        return
    was = found.get(name)
    moved = was is not None and (not before or _differ(before, after, moving))
    found[name] = Revised(at, (was.moves if was else 0) + moved)


def _differ(before: _Row, after: _Row, names: tuple[str, ...]) -> bool:
    return any(before.get(name) != after.get(name) for name in names)
