"""What people have taken on: the rows, and the reminders the day before an office hour."""

import json
from collections.abc import Iterable, Iterator
from datetime import datetime, timedelta
from itertools import groupby
from typing import Any

from sqlmodel import col, select

from gsocbot.rules.actions import DAY_BEFORE
from gsocbot.rules.recurrence import Occurrence
from gsocbot.store import numbers, outbox, roster
from gsocbot.store.books import Books
from gsocbot.store.private import students
from gsocbot.store.tables import ActionItem

TOPIC = "action_due"
AHEAD = timedelta(days=3)
"""Planned for sessions that are so near; a plan is made anew more often than that."""


def next_number(books: Books, season: str) -> int:
    """The number of the next action: none that was ever given, dropped ones included."""
    return numbers.next_number(books, ActionItem, season)


def by_number(books: Books, season: str, number: int) -> ActionItem | None:
    """An action by its number, done ones too."""
    found = books.every(ActionItem, season=season, number=number)
    return found[0] if found else None


def open_(books: Books, season: str) -> list[ActionItem]:
    """The actions that nobody has called done, newest first."""
    found = (
        select(ActionItem)
        .where(ActionItem.season == season, col(ActionItem.done_at).is_(None))
        .order_by(col(ActionItem.number).desc())
    )
    return list(books.session.exec(found))


def plan(books: Books, season: str, now: datetime) -> None:
    """Plan that people are reminded before each office hour of what is still theirs.

    One line for all that somebody has taken on; what they took on since its moment waits for the
    next session.
    """
    over = students.over(books, season)
    owned = [i for i in open_(books, season) if i.owner and (i.network, i.owner) not in over]
    rows = [
        _line(name, session, items)
        for name, _, session in (roster.coming(books, season, now, now + AHEAD) if owned else ())
        if session.start > now
        for items in _by_person(i for i in owned if i.at <= session.start - DAY_BEFORE)
    ]
    outbox.forget(books, season, None, {TOPIC}, {row["key"] for row in rows})
    outbox.plan(books, rows)


def _by_person(items: Iterable[ActionItem]) -> Iterator[list[ActionItem]]:
    def person(item: ActionItem) -> tuple[str, str]:
        return item.network, item.owner

    # Sorting keeps the order of each person's own.
    for _, own in groupby(sorted(items, key=person), key=person):
        yield list(own)


def _line(series: str, session: Occurrence, items: list[ActionItem]) -> dict[str, Any]:
    first = items[0]
    target = first.owner if first.owner.startswith("~") else f"@{first.owner}"
    facts = {
        "actions": [{"number": item.number, "text": item.text} for item in items],
        "nick": first.nick,
        "at": session.start.isoformat(),
    }
    # Not the moment: a session that is moved after this was said is not a new one.
    occurrence = f"{series}:{session.day.isoformat()}"
    return outbox.row(
        key=f"{first.season}:{TOPIC}:{occurrence}:{first.network}:{target}",
        season=first.season,
        place=(first.network, target),
        topic=TOPIC,
        facts=json.dumps(facts),
        due=session.start - DAY_BEFORE,
        expires=session.start,
    )
