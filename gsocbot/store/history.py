"""What the outbox forgets: lines that came to their end long ago, a few at a time."""

from datetime import datetime, timedelta

from sqlalchemy import bindparam, delete
from sqlalchemy import select as columns
from sqlmodel import col

from gsocbot.rules.outbox import OutboxState
from gsocbot.store.books import Books
from gsocbot.store.tables import Outbox, Season

KEPT = timedelta(days=400)
"""Whoever looks back sees a year. What is this old is not planned anew either, so that no line is
said again for having been forgotten."""

AT_ONCE = 200

_OLD = (
    columns(col(Outbox.id))
    .join(Season, col(Season.key) == col(Outbox.season))
    .where(
        col(Outbox.state).in_([OutboxState.SENT, OutboxState.SKIPPED, OutboxState.FAILED]),
        col(Outbox.due) < bindparam("before"),
        col(Outbox.expires) < bindparam("before"),
    )
    .limit(AT_ONCE)
)
_FORGET = delete(Outbox).where(col(Outbox.id).in_(_OLD.scalar_subquery()))


def forget(books: Books, now: datetime) -> bool:
    """Drop some of what came to its end long ago; whether there may be more."""
    gone = books.connection.execute(_FORGET, {"before": now - KEPT})
    return bool(gone.rowcount == AT_ONCE)
