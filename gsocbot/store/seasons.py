"""Seasons as they stand in the store: the year, its dates, its weekly session."""

from collections.abc import Sequence
from datetime import date, timedelta
from typing import Any

from sqlalchemy import bindparam, delete
from sqlalchemy import select as columns
from sqlmodel import col

from gsocbot.rules.outbox import OutboxState
from gsocbot.rules.recurrence import Change, Weekly
from gsocbot.rules.seasons import SeasonFacts
from gsocbot.rules.timeline import Audience, Deadline, DeadlineKind, Phase
from gsocbot.store import tables
from gsocbot.store.books import Books, Deed

_SEASON = columns(tables.Season.__table__).where(  # type: ignore[attr-defined]
    col(tables.Season.key) == bindparam("season")
)
_DEADLINES = (
    columns(tables.Deadline.__table__)  # type: ignore[attr-defined]
    .where(col(tables.Deadline.season) == bindparam("season"))
    .order_by(col(tables.Deadline.id))
)
_SOME = _DEADLINES.where(col(tables.Deadline.slug).in_(bindparam("slugs", expanding=True)))
_PHASES = (
    columns(col(tables.Phase.name), col(tables.Phase.start), col(tables.Phase.end))
    .where(col(tables.Phase.season) == bindparam("season"))
    .order_by(col(tables.Phase.position))
)
_SERIES = (
    columns(tables.Series.__table__)  # type: ignore[attr-defined]
    .where(col(tables.Series.season) == bindparam("season"))
    .order_by(col(tables.Series.id))
)
_CHANGES = (
    columns(tables.OfficeChange.__table__)  # type: ignore[attr-defined]
    .where(col(tables.OfficeChange.season) == bindparam("season"))
    .order_by(col(tables.OfficeChange.day))
)

NEVER = "off"
"""What a row keeps instead of offsets when nobody is to be reminded."""


def season(books: Books, key: str) -> SeasonFacts | None:
    """The facts of a season."""
    row = books.rows(_SEASON, {"season": key}).first()
    return SeasonFacts(*row) if row is not None else None


def is_closed(books: Books, key: str) -> bool:
    """Whether a season is an archive: nobody is asked or reminded of anything there."""
    facts = season(books, key)
    return facts is not None and facts.closed_at is not None


def close(books: Books, deed: Deed, key: str, undo: str = "") -> None:
    """Make a season an archive: what waits to be said of it is said no more."""
    row = books.session.get(tables.Season, key)
    assert row is not None
    books.change(deed, row, undo, closed_at=deed.at)
    due = col(tables.Outbox.state) == OutboxState.DUE
    of_season = col(tables.Outbox.season) == key
    books.connection.execute(delete(tables.Outbox).where(due, of_season))


def deadlines(books: Books, key: str, slugs: Sequence[str] | None = None) -> list[Deadline]:
    """The dates of a season's programme, or some of them."""
    statement = _DEADLINES if slugs is None else _SOME
    values: dict[str, Any] = {"season": key} if slugs is None else {"season": key, "slugs": slugs}
    return [
        Deadline(
            slug=row.slug,
            title=row.title,
            at=row.at,
            day=row.day,
            audience=Audience(row.audience),
            kind=DeadlineKind(row.kind),
            short=row.short,
            source=row.source,
            ours=None if row.ours_minutes is None else timedelta(minutes=row.ours_minutes),
            offsets=as_offsets(row.offsets),
            acked_by=row.acked_by,
            acked_at=row.acked_at,
            sequence=row.sequence,
        )
        for row in books.rows(statement, values)
    ]


def as_offsets(text: str) -> tuple[timedelta, ...] | None:
    """How long before a date people are reminded, as its row keeps it."""
    if not text:
        return None
    return tuple(timedelta(minutes=int(line)) for line in text.split() if line != NEVER)


def offsets_as_kept(offsets: tuple[timedelta, ...] | None) -> str:
    """The same the other way round."""
    if offsets is None:
        return ""
    return "\n".join(str(offset // timedelta(minutes=1)) for offset in offsets) or NEVER


def phases(books: Books, key: str) -> list[Phase]:
    """The phases of a season, in order."""
    return [Phase(*row) for row in books.rows(_PHASES, {"season": key})]


def series(books: Books, key: str) -> dict[str, Weekly]:
    """The weekly sessions of a season with what is otherwise with some of them, by name."""
    changes: dict[str, dict[date, Change]] = {}
    for row in books.rows(_CHANGES, {"season": key}):
        change = Change(row.skipped, row.why, row.to_day, row.to_time)
        changes.setdefault(row.series, {})[row.day] = change
    return {
        row.name: Weekly(
            weekday=row.weekday,
            time=row.time,
            zone=row.zone,
            minutes=row.minutes,
            first=row.first,
            last=row.last,
            title=row.title,
            every=row.every,
            channel=row.channel,
            changes=changes.get(row.name, {}),
        )
        for row in books.rows(_SERIES, {"season": key})
    }
