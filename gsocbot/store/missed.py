"""An office hour to which nobody came: who had queued for it hears so, and the organisers."""

import json
from collections.abc import Mapping, Sequence
from datetime import datetime, timedelta
from typing import Any

from gsocbot.rules.queue import as_target
from gsocbot.store import office, outbox, queue, roster
from gsocbot.store.books import Books

MISSED, MISSED_OF = "office_missed", "office_missed_of"
"""Each topic is a template: for who waited, and for the organisers."""

LOOKED_BACK = timedelta(hours=1)
USEFUL = timedelta(days=2)

Rooms = Sequence[tuple[str, str]]


def tell(
    books: Books, season: str, networks: Sequence[str], organisers: Rooms, now: datetime
) -> None:
    """Tell of the sessions that have just ended without having been opened, each once."""
    waiting = {n: queue.waiting_for_next(books, season, n) for n in networks}
    if not any(waiting.values()):
        return
    held = {one[:2] for one in office.opened(books, season, now - USEFUL)}
    for name, weekly, session in roster.coming(books, season, now - LOOKED_BACK, now):
        if session.end > now or (name, session.day) in held:
            continue
        facts = {"title": weekly.title, "at": session.start.isoformat()}
        lines: list[tuple[tuple[str, str], str, dict[str, Any]]] = []
        for network, places in waiting.items():
            early = [place for place in places if place.at < session.end]
            lines += [((network, as_target(p.asker)), MISSED, facts) for p in early]
            more = facts | {"nicks": [place.nick for place in early]}
            rooms = [room for room in organisers if room[0] == network and early]
            lines += [(room, MISSED_OF, more) for room in rooms]
        key = f"{season}:missed:{name}:{session.day.isoformat()}"
        until = session.end + USEFUL
        outbox.plan(books, [_row(season, key, *line, session.end, until) for line in lines])


def _row(
    season: str,
    key: str,
    place: tuple[str, str],
    topic: str,
    facts: Mapping[str, Any],
    due: datetime,
    expires: datetime,
) -> dict[str, Any]:
    network, target = place
    return outbox.row(
        key=f"{key}:{network}:{target}",
        season=season,
        place=place,
        topic=topic,
        facts=json.dumps(facts),
        due=due,
        expires=expires,
    )
