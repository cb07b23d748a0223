"""Notes about ideas that lack something: to their proposers, and counts for the organisers."""

import json
from collections.abc import Iterator, Sequence
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import bindparam, func
from sqlalchemy import select as columns
from sqlmodel import col

from gsocbot.rules.drafting import gaps, totals
from gsocbot.rules.ideas import IdeaState
from gsocbot.rules.nudging import CLOSES, OPENS, PROPOSER_AFTER, count_due
from gsocbot.store import outbox, seasons
from gsocbot.store.books import Books
from gsocbot.store.ideas import every, proposed
from gsocbot.store.notes import LASTS, Rooms
from gsocbot.store.tables import Audit, Idea

WAITS, COUNT = "draft_waits", "ideas_count"
"""What is said; each is a template."""

_PROPOSERS = columns(col(Idea.id), col(Idea.proposer)).where(
    col(Idea.id).in_(bindparam("ideas", expanding=True))
)
_FIRST = columns(col(Audit.row_key), col(Audit.network), col(Audit.at)).where(
    col(Audit.id).in_(
        columns(func.min(col(Audit.id)))
        .where(
            col(Audit.table_name) == str(Idea.__tablename__),
            col(Audit.row_key).in_(bindparam("keys", expanding=True)),
        )
        .group_by(col(Audit.row_key))
    )
)

COUNT_LASTS = timedelta(days=3)


def plan(books: Books, season: str, now: datetime) -> None:
    """Plan what proposers are to know of their drafts."""
    facts = seasons.season(books, season)
    if facts is None:
        return
    waiting = [row for row in _waiting(books, season, facts.year) if now < row["expires"]]
    outbox.forget(books, season, None, {WAITS}, {row["key"] for row in waiting})
    outbox.plan(books, waiting)


def count(books: Books, season: str, organisers: Rooms, now: datetime) -> None:
    """Plan the organisers' count when it is due."""
    due = count_due(seasons.deadlines(books, season, (OPENS, CLOSES)), now)
    facts = seasons.season(books, season) if due is not None and now < due + COUNT_LASTS else None
    if due is not None and facts is not None and facts.since <= due:
        _count(books, season, facts.year, organisers, due)


def _waiting(books: Books, season: str, year: int) -> Iterator[dict[str, Any]]:
    """Drafts that lack something, each for who has proposed it."""
    found = proposed(books, season)
    made = _made(books, [idea.id for idea in found])
    for idea in found:
        lacks = [gap for gap in gaps(idea.text, year) if gap != "mentors"]
        if idea.id not in made or not lacks:
            continue
        network, proposer, at = made[idea.id]
        facts = {"number": idea.number, "slug": idea.text.slug, "lacks": lacks}
        key = f"{season}:{WAITS}:{idea.id}:{network}"
        place = (network, f"@{proposer}")
        yield _row(season, key, place, WAITS, at + PROPOSER_AFTER, LASTS, facts)


def _made(books: Books, ideas: Sequence[int]) -> dict[int, tuple[str, str, datetime]]:
    """On which network each idea was written down, by whom, and when; what is first known of it."""
    values = {"keys": [json.dumps([idea]) for idea in ideas], "ideas": ideas}
    proposers: dict[int, str] = {row.id: row.proposer for row in books.rows(_PROPOSERS, values)}
    notes = books.rows(_FIRST, values).all()
    return {
        idea: (note.network, proposers[idea], note.at)
        for note in notes
        if (idea := json.loads(note.row_key)[0]) in proposers
    }


def _count(books: Books, season: str, year: int, organisers: Rooms, due: datetime) -> None:
    """Count once: with thousands of ideas that takes a while."""
    keys = {place: f"{season}:{COUNT}:{due.isoformat()}:{':'.join(place)}" for place in organisers}
    new = {place: key for place, key in keys.items() if not outbox.knows(books, key)}
    ideas = [idea.text for idea in every(books, season)] if new else []
    complete, total = totals(ideas, year)
    waiting = sum(idea.state in {IdeaState.DRAFT, IdeaState.REVIEW} for idea in ideas)
    facts = {"complete": complete, "total": total, "waiting": waiting}
    if complete < total or waiting:
        outbox.plan(
            books, [_row(season, k, p, COUNT, due, COUNT_LASTS, facts) for p, k in new.items()]
        )


def _row(
    season: str,
    key: str,
    place: tuple[str, str],
    topic: str,
    due: datetime,
    lasts: timedelta,
    facts: dict[str, Any],
) -> dict[str, Any]:
    return outbox.row(
        key=key,
        season=season,
        place=place,
        topic=topic,
        facts=json.dumps({**facts, "at": due.isoformat()}),
        due=due,
        expires=due + lasts,
    )
