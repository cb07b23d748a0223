"""How a season's lines fare: how many wait, and which were refused or went by."""

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import bindparam, func
from sqlalchemy import select as columns
from sqlmodel import col

from gsocbot.rules.outbox import OutboxState
from gsocbot.store.books import Books
from gsocbot.store.digest import MAIL
from gsocbot.store.outbox import is_person
from gsocbot.store.tables import Outbox
from gsocbot.store.unsaid import AWAY, STALE

_WAITING = (
    columns(col(Outbox.target), func.count(col(Outbox.id)))
    .where(
        col(Outbox.season) == bindparam("season"),
        col(Outbox.state).in_([OutboxState.DUE, OutboxState.CLAIMED, OutboxState.WRITTEN]),
        col(Outbox.due) <= bindparam("now"),
        col(Outbox.expires) > bindparam("now"),
        col(Outbox.network) != MAIL,
    )
    .group_by(col(Outbox.target))
)
_UNSAID = (
    columns(
        col(Outbox.due), col(Outbox.network), col(Outbox.target), col(Outbox.topic),
        col(Outbox.payload), col(Outbox.state), col(Outbox.why),
    )
    .where(
        col(Outbox.season) == bindparam("season"),
        col(Outbox.state).in_([OutboxState.FAILED, OutboxState.SKIPPED]),
        col(Outbox.due).between(bindparam("since"), bindparam("now")),
    )
    .order_by(col(Outbox.due).desc(), col(Outbox.id).desc())
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Unsaid:
    """A line that was not said: a server refused it, or its time went by before it could be."""

    due: datetime
    network: str
    target: str
    topic: str
    payload: str
    refused: bool
    why: str


def waiting(books: Books, season: str, now: datetime) -> tuple[int, int, int]:
    """How many lines are due to channels, how many to people who are not there, and to how many."""
    found = [(t, n) for t, n in books.rows(_WAITING, {"season": season, "now": now})]
    people = [n for target, n in found if is_person(target)]
    return sum(n for _, n in found) - sum(people), sum(people), len(people)


def unsaid(books: Books, season: str, since: datetime, now: datetime) -> list[Unsaid]:
    """The lines that were refused, and those for channels that went by; newest first.

    What waited in vain for somebody who did not come is nobody's failure.
    """
    rows = books.rows(_UNSAID, {"season": season, "since": since, "now": now})
    lines = [
        Unsaid(
            due=row.due,
            network=row.network,
            target=row.target,
            topic=row.topic,
            payload=row.payload,
            refused=row.state == OutboxState.FAILED,
            why=row.why,
        )
        for row in rows
    ]
    gone = (AWAY, STALE)
    return [x for x in lines if x.refused or (x.why in gone and not is_person(x.target))]
