"""What was not said: reminders that went by, and lines that a server refused; organisers hear."""

import json
from collections.abc import Iterable, Sequence
from datetime import datetime, timedelta
from itertools import groupby
from typing import Any

from sqlalchemy import bindparam, func, or_, update
from sqlalchemy import select as columns
from sqlmodel import col

from gsocbot.rules.outbox import AGAIN_AFTER, OutboxState, refused_because
from gsocbot.rules.reminders import Topic
from gsocbot.rules.roles import Role
from gsocbot.rules.timeline import Audience
from gsocbot.store import outbox, roles, seasons
from gsocbot.store.books import Books
from gsocbot.store.tables import Outbox

WENT_BY, REFUSED = "went_by", "refused"
"""Each topic is a template."""

USEFUL = timedelta(days=7)
LOOK_BACK = timedelta(days=14)
AWAY = "went by"
"""Why a line was skipped that nobody was there to say."""
STALE = "stale"
"""The same, where delivery has found it first."""
LONGEST_QUOTE = 160

_REMINDERS = frozenset({str(Topic.DEADLINE), str(Topic.WAITS)})

_REMINDED = columns(
    col(Outbox.id),
    col(Outbox.network),
    col(Outbox.target),
    col(Outbox.payload),
    col(Outbox.due),
    col(Outbox.expires),
    col(Outbox.state),
    col(Outbox.why),
).where(
    col(Outbox.season) == bindparam("season"),
    col(Outbox.network).in_(bindparam("networks", expanding=True)),
    col(Outbox.state).in_(bindparam("states", expanding=True)),
    col(Outbox.due).between(bindparam("since"), bindparam("now")),
    col(Outbox.topic).in_(_REMINDERS),
    func.substr(col(Outbox.target), 1, 1).not_in(outbox.PEOPLE),
)
_OVER = _REMINDED.where(
    col(Outbox.expires) <= bindparam("now"),
    or_(col(Outbox.state) == OutboxState.DUE, col(Outbox.why) == STALE),
)
_WAITING = columns(col(Outbox.payload)).where(
    col(Outbox.season) == bindparam("season"),
    col(Outbox.topic) == WENT_BY,
    col(Outbox.state) == OutboxState.DUE,
)
_FAILED = (
    columns(
        col(Outbox.network), col(Outbox.target), col(Outbox.topic), col(Outbox.text),
        col(Outbox.why), col(Outbox.due),
    )
    .where(
        col(Outbox.season) == bindparam("season"),
        col(Outbox.network).in_(bindparam("networks", expanding=True)),
        col(Outbox.state) == OutboxState.FAILED,
        col(Outbox.due) >= bindparam("since"),
        col(Outbox.topic) != REFUSED,
    )
    .order_by(col(Outbox.network), col(Outbox.target), col(Outbox.due), col(Outbox.id))
)  # fmt: skip

Rooms = Sequence[tuple[str, str]]
Place = tuple[str, str]


def tell(
    books: Books, season: str, networks: Sequence[str], organisers: Rooms, now: datetime
) -> None:
    """Tell a season's organisers of what was not said, once; what is still of use is due again."""
    _refused(books, season, networks, organisers, now)
    _try_again(books, season, networks, now)
    _went_by(books, season, networks, organisers, now)


def _try_again(books: Books, season: str, networks: Sequence[str], now: datetime) -> None:
    """Have a channel told what its server refused: by now the bot may speak there."""
    lines = (
        update(Outbox)
        .where(
            col(Outbox.season) == season,
            col(Outbox.network).in_(networks),
            col(Outbox.state) == OutboxState.FAILED,
            col(Outbox.topic).in_([str(topic) for topic in Topic]),
            func.substr(col(Outbox.target), 1, 1).not_in(outbox.PEOPLE),
            col(Outbox.expires) > now,
            col(Outbox.lease_until) <= now - AGAIN_AFTER,
        )
        .values(state=OutboxState.DUE, attempts=Outbox.attempts + 1)
    )
    books.connection.execute(lines)


def _went_by(
    books: Books, season: str, networks: Sequence[str], organisers: Rooms, now: datetime
) -> None:
    """Skip what is of no use any more, and tell in one line of dates that nobody heard the end of.

    What a nearer reminder has made up for, or a private one that waits for somebody, is not told.
    """
    values = {"season": season, "networks": networks, "since": now - LOOK_BACK, "now": now}
    unsaid = [OutboxState.DUE, OutboxState.SKIPPED]
    over = {row.id for row in books.rows(_OVER, {**values, "states": unsaid})}
    if not over:
        return
    gone = update(Outbox).where(col(Outbox.id).in_(over), col(Outbox.state).in_(unsaid))
    books.connection.execute(gone.values(state=OutboxState.SKIPPED, why=AWAY))
    rows = list(
        books.rows(_REMINDED, {**values, "states": [OutboxState.SENT, OutboxState.SKIPPED]})
    )
    dates = seasons.deadlines(books, season)
    standing = {(d.slug, at) for d in dates for at in (d.at, d.ours_at)}
    open_ = {(d.slug, d.at) for d in dates if d.audience is Audience.ORGANISERS and not d.acked_by}
    told: list[dict[str, Any]] = []
    missed = 0
    for (slug, at), chain in _chains(rows):
        ended = {r.target for r in chain if r.id in over and r.expires >= at}
        if not ended or (slug, at) not in standing:
            continue
        last_said = max((r.due for r in chain if r.state == OutboxState.SENT), default=None)
        missed += len(
            {r.due for r in chain if r.why == AWAY and (last_said is None or r.due > last_said)}
        )
        facts = json.loads(chain[0].payload)
        title = facts["title"] + (", ours:" if facts.get("googles") else "")
        date = {"title": title, "when": at.isoformat(), "places": sorted(ended)}
        told.append({**date, "to_ack": slug if (slug, at) in open_ else ""})
    if told:
        _plan_went_by(books, season, told, missed, networks, organisers, now)


def _chains(rows: Iterable[Any]) -> list[tuple[tuple[str, datetime], list[Any]]]:
    """The reminders of each moment of a date."""

    def moment(row: Any) -> tuple[str, datetime]:
        facts = json.loads(row.payload)
        return facts.get("slug", ""), datetime.fromisoformat(facts["at"])

    return [(key, list(chain)) for key, chain in groupby(sorted(rows, key=moment), key=moment)]


def _plan_went_by(
    books: Books,
    season: str,
    dates: list[dict[str, Any]],
    count: int,
    networks: Sequence[str],
    organisers: Rooms,
    now: datetime,
) -> None:
    """One line, also for what went by before while nobody could be told."""
    before = [json.loads(p) for p in books.rows(_WAITING, {"season": season}).scalars()]
    if before:
        dates = before[0]["dates"] + dates
        count += before[0]["count"]
    beginning = f"{season}:{WENT_BY}:"
    outbox.drop(books, beginning)
    facts = {"count": count, "dates": dates, "at": now.isoformat()}
    places = organisers or _people(books, season, networks)
    key = f"{beginning}{now.isoformat()}"
    outbox.plan(books, [_row(season, key, place, WENT_BY, facts, now) for place in places])


def _refused(
    books: Books, season: str, networks: Sequence[str], organisers: Rooms, now: datetime
) -> None:
    """Tell of what a server has refused, once for each target and day, and not where it failed."""
    values = {"season": season, "networks": list(networks), "since": now - LOOK_BACK}
    found = list(books.rows(_FAILED, values)) if networks else []
    rows = []
    for (network, target, day), lines in groupby(
        found, key=lambda r: (r.network, r.target, r.due.date())
    ):
        lines_of_day = list(lines)
        last = lines_of_day[-1]
        is_private = outbox.is_person(target)
        if is_private and not all(r.topic in _REMINDERS for r in lines_of_day):
            continue  # who asked what is nobody's business
        facts = {
            "target": target.lstrip("@"),
            "network": network,
            "because": refused_because(last.why),
            "why": last.why,
            "text": "" if is_private else last.text[:LONGEST_QUOTE],
            "count": len(lines_of_day),
            "at": last.due.isoformat(),
        }
        failed = (network, target)
        places = [p for p in organisers if p != failed] or [
            p for p in _people(books, season, networks) if p != failed
        ]
        key = f"{season}:{REFUSED}:{network}:{target}:{day.isoformat()}"
        rows += [_row(season, key, place, REFUSED, facts, last.due) for place in places]
    outbox.plan(books, rows)


def _people(books: Books, season: str, networks: Sequence[str]) -> list[Place]:
    """Every organiser, in private."""
    return [
        (network, f"@{account}")
        for network in networks
        for account in roles.holders(books, season, network, Role.ORGANISER)
    ]


def _row(
    season: str, key: str, place: Place, topic: str, facts: dict[str, Any], due: datetime
) -> dict[str, Any]:
    network, target = place
    return outbox.row(
        key=f"{key}:{network}:{target}",
        season=season,
        place=place,
        topic=topic,
        facts=json.dumps(facts),
        due=due,
        expires=due + USEFUL,
    )
