"""Planning: a season's rows and a moment in, outbox rows out, each once."""

import json
from collections.abc import Sequence
from datetime import UTC, datetime, timedelta
from typing import Any

from gsocbot.rules.reminders import Planned, Topic, plan_deadlines, plan_office
from gsocbot.rules.timeline import Audience
from gsocbot.store import outbox, seasons
from gsocbot.store.books import Books
from gsocbot.talk import Trouble

AHEAD = timedelta(days=30)
BEHIND = timedelta(days=14)
"""What fell due longer ago than this was planned while it was ahead, or is of no use."""

TROUBLE = "trouble"
TROUBLE_USEFUL = timedelta(hours=24)

Rooms = Sequence[tuple[str, str]]


def plan_season(books: Books, key: str, public: Rooms, organisers: Rooms, now: datetime) -> None:
    """Put into the outbox what a season has to say in the time ahead, and nothing else."""
    season = seasons.season(books, key)
    if season is None:
        return
    window = (max(season.since, now - BEHIND), now + AHEAD)
    dates = {d.slug: d for d in seasons.deadlines(books, key)}
    rows: list[dict[str, Any]] = []
    for planned in plan_deadlines(dates.values(), *window):
        deadline = dates[planned.subject]
        rooms = organisers if deadline.audience is Audience.ORGANISERS else public
        rows += _rows(key, planned, {"title": deadline.title}, rooms)
    for name, weekly in seasons.series(books, key).items():
        facts: dict[str, Any] = {"title": weekly.title, "minutes": weekly.minutes}
        for planned in plan_office(name, weekly, *window):
            rows += _rows(key, planned, facts, public)
    outbox.forget(books, key, {*public, *organisers}, set(Topic), {row["key"] for row in rows})
    outbox.plan(books, rows)


def plan_trouble(books: Books, season: str, trouble: Trouble, rooms: Rooms, now: datetime) -> None:
    """Tell a season's organisers that the bot is kept out of a channel; each kind once a day."""
    day = now.astimezone(UTC).date().isoformat()
    key = f"{season}:trouble:{trouble.network}:{trouble.channel}:{trouble.kind}:{day}"
    facts = {"what": trouble.what, "network": trouble.network, "at": now.isoformat()}
    due = (now, now + TROUBLE_USEFUL)
    outbox.plan(books, [_row(season, key, room, TROUBLE, facts, due) for room in rooms])


def _rows(
    season: str, planned: Planned, facts: dict[str, Any], rooms: Rooms
) -> list[dict[str, Any]]:
    whole = {
        **facts,
        "at": planned.at.isoformat(),
        "offset_minutes": int(planned.offset.total_seconds() // 60),
    }
    key, due = f"{season}:{planned.key}", (planned.due, planned.expires)
    return [_row(season, key, room, planned.topic, whole, due) for room in rooms]


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
