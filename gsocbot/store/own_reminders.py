"""What people have asked to be reminded of: their rows, and the lines that come of them.

A row stays when its line was said, so that it can be put off, and its number is nobody else's.
"""

import json
import secrets
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import bindparam, func
from sqlalchemy import select as columns
from sqlmodel import col, select

from gsocbot.rules.own_reminders import USEFUL, useful_until
from gsocbot.rules.recurrence import instant
from gsocbot.rules.when import zone_named
from gsocbot.store import outbox
from gsocbot.store.books import Books, Deed
from gsocbot.store.tables import Audit, Reminder

TOPIC = "own_reminder"
AHEAD = timedelta(days=2)
"""Planned so early; a zone that changes its clocks moves nothing farther than a day."""

_HIGHEST = columns(func.max(col(Reminder.number))).where(
    col(Reminder.season) == bindparam("season")
)
_MADE = (
    columns(func.count())
    .select_from(Audit)
    .where(
        col(Audit.table_name) == str(Reminder.__tablename__),
        col(Audit.season) == bindparam("season"),
        col(Audit.before).is_(None),
    )
)


def next_number(books: Books, season: str) -> int:
    """The number of the next reminder: none that was ever given, dropped ones included."""
    values = {"season": season}
    highest = int(books.rows(_HIGHEST, values).scalar() or 0)
    return max(highest, int(books.rows(_MADE, values).scalar() or 0)) + 1


def of_person(books: Books, season: str, network: str, account: str) -> list[Reminder]:
    """Somebody's reminders, said ones too, in the order in which they come."""
    found = books.every(Reminder, season=season, network=network, account=account)
    return sorted(found, key=lambda r: (moment_of(r), r.number))


def moment_of(row: Reminder) -> datetime:
    """When a reminder comes, in UTC, by what its zone's clock is thought to be now."""
    return instant(row.day, row.time, row.zone) if zone_named(row.zone) else row.at


def plan(books: Books, season: str, now: datetime) -> None:
    """Plan what comes soon, and nothing that was dropped or put off."""
    near = select(Reminder).where(
        Reminder.season == season, Reminder.at > now - USEFUL, Reminder.at <= now + AHEAD
    )
    rows = []
    for row in books.session.exec(near).all():
        at = moment_of(row)
        if at != row.at:
            books.change(_deed_of_clock(row, now), row, at=at)
        if now < useful_until(at, row.channel):
            rows.append(_line(row, at))
    outbox.forget(books, season, None, {TOPIC}, {line["key"] for line in rows})
    outbox.plan(books, rows)


def forget(books: Books, row: Reminder) -> None:
    """Drop the line of a reminder that is not to come, or not then."""
    outbox.cancel(books, [_key(row)])


def _line(row: Reminder, at: datetime) -> dict[str, Any]:
    facts = {
        "number": row.number,
        "text": row.text,
        "channel": row.channel,
        "at": at.isoformat(),
    }
    return outbox.row(
        key=_key(row),
        season=row.season,
        place=(row.network, f"@{row.account}"),
        topic=TOPIC,
        facts=json.dumps(facts),
        due=at,
        expires=useful_until(at, row.channel),
    )


def _key(row: Reminder) -> str:
    """One occurrence: a local day and time in a zone, of a reminder that was made just then."""
    made = f"{row.number}:{row.made_at.isoformat()}"
    when = f"{row.day.isoformat()}T{row.time.isoformat()}:{row.zone}"
    return f"{row.season}:{TOPIC}:{row.network}:@{row.account}:{made}:{when}"


def _deed_of_clock(row: Reminder, now: datetime) -> Deed:
    """The author of a moment that moves because a zone has changed its clocks."""
    deed = secrets.token_hex(8)
    where = row.channel or "private"
    return Deed(deed, now, row.season, row.network, "(clock)", where, "the zone has changed")
