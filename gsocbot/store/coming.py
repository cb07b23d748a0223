"""What a season is still going to say, as the outbox has it."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import bindparam, update
from sqlalchemy import select as columns
from sqlmodel import col

from gsocbot.rules.outbox import OutboxState
from gsocbot.store.books import Books
from gsocbot.store.tables import Outbox

_OVERDUE = columns(col(Outbox.key)).where(
    col(Outbox.season) == bindparam("season"),
    col(Outbox.state) == OutboxState.DUE,
    col(Outbox.due) < bindparam("now"),
)
_COMING = (
    columns(
        col(Outbox.due), col(Outbox.topic), col(Outbox.network), col(Outbox.target),
        col(Outbox.payload),
    )
    .where(col(Outbox.season) == bindparam("season"), col(Outbox.state) == OutboxState.DUE)
    .order_by(col(Outbox.due), col(Outbox.id))
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Coming:
    """A line that is still to be said, as it is planned now."""

    due: datetime
    topic: str
    network: str
    target: str
    payload: str


def coming(books: Books, season: str) -> list[Coming]:
    """A season's lines that are still to be said, next first."""
    return [Coming(*found) for found in books.rows(_COMING, {"season": season})]


def overdue(books: Books, season: str, now: datetime) -> set[str]:
    """The keys of a season's lines whose moment has passed and that are still to be said."""
    values = {"season": season, "now": now}
    return set(books.rows(_OVERDUE, values).scalars())


def skip(books: Books, keys: Collection[str], why: str) -> None:
    """Have lines never said that are due."""
    if keys:
        due = col(Outbox.state) == OutboxState.DUE
        skipped = update(Outbox).where(due, col(Outbox.key).in_(keys))
        books.connection.execute(skipped.values(state=OutboxState.SKIPPED, why=why))
