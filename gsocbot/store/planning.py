"""Planning: a season's rows and a moment in, outbox rows out, each once."""

import json
from collections.abc import Sequence
from datetime import UTC, datetime, timedelta
from typing import Any

from gsocbot.rules.reminders import Topic
from gsocbot.store import coming, deadlines, office_planning, outbox, seasons
from gsocbot.store.books import Books
from gsocbot.talk import Trouble

AHEAD = timedelta(days=30)
BEHIND = timedelta(days=14)
"""What fell due longer ago than this was planned while it was ahead, or is of no use."""

TROUBLE = "trouble"
TROUBLE_USEFUL = timedelta(hours=24)

Rooms = Sequence[tuple[str, str]]


def plan_season(
    books: Books,
    key: str,
    public: Rooms,
    organisers: Rooms,
    now: datetime,
    ahead: timedelta = AHEAD,
) -> None:
    """Put into the outbox what a season has to say in the time ahead, and nothing else."""
    season = seasons.season(books, key)
    if season is None:
        return
    window = (max(season.since, now - BEHIND), now + ahead)
    dates = seasons.deadlines(books, key)
    rows = deadlines.reminders(books, key, dates, public, organisers, window)
    rows += office_planning.rows(books, key, public, organisers, window, now)
    rooms = {*public, *organisers}
    networks = {network for network, _ in rooms}
    outbox.forget(books, key, rooms, set(Topic), {row["key"] for row in rows}, networks)
    outbox.plan(books, rows)


def replan_season(books: Books, key: str, public: Rooms, organisers: Rooms, now: datetime) -> None:
    """Plan anew because somebody has just changed a date.

    What would have been due before they did was nobody's to say: it is not late, it is skipped.
    That nobody is on in an office hour is news, however near that is.
    """
    known = coming.overdue(books, key, now)
    plan_season(books, key, public, organisers, now)
    new = coming.overdue(books, key, now) - known
    new = {line for line in new if not line.startswith(f"{key}:{Topic.EMPTY}:")}
    coming.skip(books, new, "overdue when it was planned")


def plan_trouble(books: Books, season: str, trouble: Trouble, rooms: Rooms, now: datetime) -> None:
    """Tell a season's organisers that the bot is kept out of a channel; each kind once a day."""
    day = now.astimezone(UTC).date().isoformat()
    key = f"{season}:trouble:{trouble.network}:{trouble.channel}:{trouble.kind}:{day}"
    facts = {"what": trouble.what, "network": trouble.network, "at": now.isoformat()}
    due = (now, now + TROUBLE_USEFUL)
    outbox.plan(books, [_row(season, key, room, TROUBLE, facts, due) for room in rooms])


def _row(
    season: str,
    key: str,
    room: tuple[str, str],
    topic: str,
    facts: dict[str, Any],
    due: tuple[datetime, datetime],
) -> dict[str, Any]:
    network, channel = room
    return outbox.row(
        key=f"{key}:{network}:{channel}",
        season=season,
        place=room,
        topic=str(topic),
        facts=json.dumps(facts),
        due=due[0],
        expires=due[1],
    )
