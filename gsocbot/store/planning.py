"""Planning: a season's rows and a moment in, outbox rows out, each once."""

import json
from collections.abc import Sequence
from datetime import datetime, timedelta
from typing import Any

from gsocbot.rules.reminders import Planned, plan_deadlines, plan_office
from gsocbot.rules.timeline import Audience
from gsocbot.store import outbox, seasons
from gsocbot.store.books import Books

AHEAD = timedelta(days=30)
BEHIND = timedelta(days=14)
"""What fell due longer ago than this was planned while it was ahead, or is of no use."""

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
    outbox.forget(books, key, {*public, *organisers}, {row["key"] for row in rows})
    outbox.plan(books, rows)


def _rows(
    season: str, planned: Planned, facts: dict[str, Any], rooms: Rooms
) -> list[dict[str, Any]]:
    payload = json.dumps(
        {
            **facts,
            "at": planned.at.isoformat(),
            "offset_minutes": int(planned.offset.total_seconds() // 60),
        }
    )
    return [
        {
            "key": f"{season}:{planned.key}:{network}:{channel}",
            "season": season,
            "network": network,
            "target": channel,
            "notice": True,
            "topic": str(planned.topic),
            "payload": payload,
            "due": planned.due,
            "expires": planned.expires,
            "state": "due",
            "owner": "",
            "attempts": 0,
            "text": "",
            "why": "",
        }
        for network, channel in rooms
    ]
