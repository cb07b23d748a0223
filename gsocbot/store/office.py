"""Sessions of the office hour: which one runs where, and every line of it."""

from collections.abc import Sequence
from datetime import date, datetime

from sqlalchemy import bindparam, func, insert
from sqlalchemy import select as columns
from sqlmodel import col, select

from gsocbot.store.books import Books
from gsocbot.store.tables import Line, OfficeSession

_OPEN = columns(
    col(OfficeSession.id),
    col(OfficeSession.network),
    col(OfficeSession.channel),
    col(OfficeSession.season),
).where(col(OfficeSession.ended_at).is_(None))
_LINES = (
    columns(Line.__table__)  # type: ignore[attr-defined]
    .where(col(Line.session) == bindparam("session"))
    .order_by(col(Line.id))
)
_ENDED = (
    columns(func.count())
    .select_from(OfficeSession)
    .where(
        col(OfficeSession.season) == bindparam("season"),
        col(OfficeSession.day) == bindparam("day"),
        col(OfficeSession.ended_at).is_not(None),
    )
)
_COUNT = columns(func.count()).select_from(Line).where(col(Line.session) == bindparam("session"))


def open_sessions(books: Books) -> dict[tuple[str, str], tuple[int, str]]:
    """The sessions that run: (network, channel) to the session's id and season."""
    return {(row.network, row.channel): (row.id, row.season) for row in books.rows(_OPEN)}


def running(books: Books, network: str, channel: str) -> OfficeSession | None:
    """The session that runs in a channel."""
    return books.session.exec(
        select(OfficeSession).where(
            OfficeSession.network == network,
            OfficeSession.channel == channel,
            col(OfficeSession.ended_at).is_(None),
        )
    ).first()


def overdue(books: Books, now: datetime) -> list[OfficeSession]:
    """The sessions whose time is up."""
    return list(
        books.session.exec(
            select(OfficeSession).where(
                col(OfficeSession.ended_at).is_(None), OfficeSession.until <= now
            )
        )
    )


def held(books: Books, season: str) -> list[OfficeSession]:
    """The sessions that a season has held, newest first."""
    return list(
        books.session.exec(
            select(OfficeSession)
            .where(OfficeSession.season == season, col(OfficeSession.ended_at).is_not(None))
            .order_by(col(OfficeSession.started_at).desc())
        )
    )


def ended_on(books: Books, season: str, day: date) -> int:
    """How many sessions of a local date have ended; it numbers their logs."""
    return int(books.rows(_ENDED, {"season": season, "day": day}).scalar() or 0)


def keep_lines(books: Books, lines: Sequence[dict[str, object]]) -> None:
    """Keep many lines at once, as columns; the batch is one statement."""
    if lines:
        books.connection.execute(insert(Line), lines)


def lines_of(books: Books, session: int) -> list[Line]:
    """What was said in a session, in order."""
    rows = books.rows(_LINES, {"session": session})
    return [Line(**row._mapping) for row in rows]


def line_count(books: Books, session: int) -> int:
    """How many lines a session has."""
    return int(books.rows(_COUNT, {"session": session}).scalar() or 0)
