"""Notes about ideas that lack something: to their proposers, and counts for the organisers."""

import json
from collections.abc import Iterator
from datetime import datetime, timedelta
from typing import Any

from sqlmodel import select

from gsocbot.rules.drafting import gaps, totals
from gsocbot.rules.ideas import IdeaState
from gsocbot.rules.nudging import PROPOSER_AFTER, count_due
from gsocbot.store import outbox, seasons
from gsocbot.store.books import Books
from gsocbot.store.drafts import first_of
from gsocbot.store.ideas import by_any_number, every
from gsocbot.store.notes import LASTS, Rooms
from gsocbot.store.tables import Idea

WAITS, COUNT = "draft_waits", "ideas_count"
"""What is said; each is a template."""

COUNT_LASTS = timedelta(days=3)


def plan(books: Books, season: str, organisers: Rooms, now: datetime) -> None:
    """Plan what proposers and organisers are to know."""
    facts = seasons.season(books, season)
    if facts is None:
        return
    waiting = [row for row in _waiting(books, season, facts.year) if now < row["expires"]]
    outbox.forget(books, season, None, {WAITS}, {row["key"] for row in waiting})
    outbox.plan(books, waiting)
    due = count_due(seasons.deadlines(books, season), now)
    if due is not None and facts.since <= due and now < due + COUNT_LASTS:
        _count(books, season, facts.year, organisers, due)


def _waiting(books: Books, season: str, year: int) -> Iterator[dict[str, Any]]:
    """Drafts that lack something, each for who has proposed it."""
    drafts = select(Idea).where(
        Idea.season == season, Idea.proposer != "", Idea.state == IdeaState.DRAFT
    )
    for idea in list(books.session.exec(drafts)):
        kept = by_any_number(books, season, idea.number)
        made = first_of(books, idea)
        lacks = [gap for gap in gaps(kept.text, year) if gap != "mentors"] if kept else []
        if made is None or not lacks:
            continue
        facts = {"number": idea.number, "slug": idea.slug, "lacks": lacks}
        key = f"{season}:{WAITS}:{idea.id}:{made.network}"
        place = (made.network, f"@{idea.proposer}")
        yield _row(season, key, place, WAITS, made.at + PROPOSER_AFTER, LASTS, facts)


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
