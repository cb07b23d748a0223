"""The FAQ as it stands, as it was written on IRC, and how often it is asked."""

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import TYPE_CHECKING, Any

from sqlalchemy import bindparam, delete, func
from sqlalchemy import select as columns
from sqlalchemy.dialects import sqlite
from sqlmodel import col, select

from gsocbot.rules.faq import (
    IN_VAIN_LASTS,
    MOST_IN_VAIN,
    Count,
    Entry,
    FaqState,
    FaqText,
    standing,
)
from gsocbot.store import seasons
from gsocbot.store.books import Books
from gsocbot.store.tables import Audit, FaqCount, FaqEntry

if TYPE_CHECKING:
    from sqlalchemy.dialects import postgresql

_WRITTEN = (
    columns(
        col(FaqEntry.key),
        col(FaqEntry.answer),
        col(FaqEntry.title),
        col(FaqEntry.aliases),
        col(FaqEntry.source),
        col(FaqEntry.state),
        col(FaqEntry.author),
        col(FaqEntry.at),
        col(FaqEntry.checked_by),
    )
    .where(col(FaqEntry.season) == bindparam("season"))
    .order_by(col(FaqEntry.key))
)
_ASKED = columns(func.sum(col(FaqCount.times))).where(
    col(FaqCount.season) == bindparam("season"),
    col(FaqCount.word) == bindparam("word"),
    col(FaqCount.known).is_(True),
)
_IN_VAIN = (
    columns(col(FaqCount.word), func.sum(col(FaqCount.times)).label("times"))
    .where(
        col(FaqCount.season) == bindparam("season"),
        col(FaqCount.day) > bindparam("after"),
        col(FaqCount.known).is_(False),
    )
    .group_by(col(FaqCount.word))
)
_IN_VAIN_ON = columns(col(FaqCount.word)).where(
    col(FaqCount.season) == bindparam("season"),
    col(FaqCount.day) == bindparam("day"),
    col(FaqCount.known).is_(False),
)


@dataclass(frozen=True, slots=True)
class Change:
    """One change of an entry on IRC: who made it, when, and what it was before and after."""

    account: str
    at: datetime
    before: Entry | None
    after: Entry


def whole(books: Books, season: str, files: Sequence[FaqText]) -> tuple[Entry, ...]:
    """The FAQ of a season as everybody sees it now; `files` are its entries that files have."""
    return standing(files, written(books, season))


def written(books: Books, season: str) -> list[Entry]:
    """What was written on IRC, drafts and dropped ones too, by key."""
    return [_entry(row._asdict()) for row in books.rows(_WRITTEN, {"season": season})]


def drafts(books: Books, season: str) -> list[Entry]:
    """What waits for a second pair of eyes, by key."""
    return [e for e in written(books, season) if e.state is FaqState.DRAFT]


def row(books: Books, season: str, key: str) -> FaqEntry | None:
    """The row of an entry that was written on IRC."""
    found = books.every(FaqEntry, season=season, key=key)
    return found[0] if found else None


def entry_of(row: FaqEntry) -> Entry:
    """An entry as its row has it."""
    return _entry(row.model_dump())


def history(books: Books, season: str, key: str) -> list[Change]:
    """What was done to an entry, oldest first, without what was taken back."""
    found = (
        select(Audit)
        .where(
            Audit.table_name == str(FaqEntry.__tablename__),
            Audit.season == season,
            col(Audit.undone_at).is_(None),
        )
        .order_by(col(Audit.id))
    )
    changes = []
    for note in books.session.exec(found):
        after = json.loads(note.after or "{}")
        if after.get("key") == key:
            before = _entry(json.loads(note.before)) if note.before else None
            changes.append(Change(note.account, note.at, before, _entry(after)))
    return changes


# --- counts


def asked(books: Books, season: str, key: str) -> int:
    """How often an entry was asked for, as far as it is kept."""
    return int(books.rows(_ASKED, {"season": season, "word": key}).scalar() or 0)


def in_vain(books: Books, season: str, today: date) -> dict[str, int]:
    """What was asked in vain lately, and how often, as far as it is kept."""
    values = {"season": season, "after": today - IN_VAIN_LASTS}
    return {word: int(times) for word, times in books.rows(_IN_VAIN, values)}


def keep_counts(books: Books, counts: Mapping[Count, int]) -> None:
    """Add to the counts that are kept; forget what was asked in vain too long ago."""
    if not counts:
        return
    rows: list[dict[str, Any]] = []
    for season, day in sorted({(count.season, count.day) for count in counts}):
        if seasons.season(books, season) is None:
            continue
        old = delete(FaqCount).where(
            col(FaqCount.season) == season,
            col(FaqCount.known).is_(False),
            col(FaqCount.day) <= day - IN_VAIN_LASTS,
        )
        books.connection.execute(old)
        there = set(books.rows(_IN_VAIN_ON, {"season": season, "day": day}).scalars())
        for count, times in counts.items():
            if (count.season, count.day) != (season, day):
                continue
            if not count.known and count.word not in there:
                if len(there) >= MOST_IN_VAIN:
                    continue
                there.add(count.word)
            rows.append({**count._asdict(), "times": times})
    if rows:
        statement = _insert(books)
        more = FaqCount.times + statement.excluded.times
        keys = ["season", "day", "word", "known"]
        statement = statement.on_conflict_do_update(index_elements=keys, set_={"times": more})
        books.connection.execute(statement, rows)


def _insert(books: Books) -> "sqlite.Insert | postgresql.Insert":
    """An INSERT that may meet a row with the same key."""
    if books.connection.dialect.name == "sqlite":
        return sqlite.insert(FaqCount)
    # 25 ms and 2 MB that a bot on SQLite does without.
    from sqlalchemy.dialects import postgresql  # noqa: PLC0415

    return postgresql.insert(FaqCount)


def _entry(values: Mapping[str, Any]) -> Entry:
    """An entry from the columns of its row, as they are read or as the audit has them."""
    at = values["at"]
    return Entry(
        FaqText(
            values["key"],
            values["answer"],
            values["title"],
            tuple(values["aliases"].split()),
            values["source"],
        ),
        FaqState(values["state"]),
        values["author"],
        datetime.fromisoformat(at) if isinstance(at, str) else at,
        values["checked_by"],
    )
