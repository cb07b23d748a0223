"""Polls in the store: what runs, by its number, and what came out of one."""

import json
from datetime import datetime

from sqlalchemy import bindparam
from sqlalchemy import select as columns
from sqlmodel import col, select

from gsocbot.rules.polls import PollKind, Result, from_text
from gsocbot.store import numbers
from gsocbot.store.books import Books
from gsocbot.store.hackathon_tables import Poll

_RUNS = columns(col(Poll.id)).where(
    col(Poll.season) == bindparam("season"), col(Poll.closed_at).is_(None)
)


def next_number(books: Books, season: str) -> int:
    """The number of the next poll: none that was ever given, dropped ones included."""
    return numbers.next_number(books, Poll, season)


def by_number(books: Books, season: str, number: int) -> Poll | None:
    """A poll by its number."""
    found = books.every(Poll, season=season, number=number)
    return found[0] if found else None


def every(books: Books, season: str) -> list[Poll]:
    """All polls of a season, by their numbers."""
    found = select(Poll).where(Poll.season == season).order_by(col(Poll.number))
    return list(books.session.exec(found))


def running(books: Books, season: str, now: datetime) -> list[Poll]:
    """Those that one can vote in, whichever ends first before the others."""
    found = [row for row in uncounted(books, season) if row.until > now]
    return sorted(found, key=lambda row: (row.until, row.number))


def uncounted(books: Books, season: str) -> list[Poll]:
    """Those that are not closed yet, also where the end has come just now."""
    if books.rows(_RUNS.limit(1), {"season": season}).first() is None:
        return []  # the usual at a tick, which asks for no more
    found = select(Poll).where(Poll.season == season, col(Poll.closed_at).is_(None))
    return list(books.session.exec(found.order_by(col(Poll.number))))


def options_of(row: Poll) -> tuple[str, ...]:
    """What there is to choose, in the order of their numbers."""
    return tuple(json.loads(row.options))


def result_of(row: Poll) -> Result | None:
    """What came out of a poll; None while it runs."""
    if row.closed_at is None or not row.result:
        return None
    return from_text(row.result, options_of(row), row.voters, PollKind(row.kind), row.quorum)
