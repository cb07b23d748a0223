"""What the outbox forgets: lines that came to their end long ago, a few at a time."""

from datetime import datetime, timedelta

from sqlalchemy import bindparam, delete
from sqlalchemy import select as columns
from sqlmodel import col

from gsocbot.rules.outbox import OutboxState
from gsocbot.store.books import Books
from gsocbot.store.tables import Audit, Outbox, Season

KEPT = timedelta(days=400)
"""Whoever looks back sees a year. What is this old is not planned anew either, so that no line is
said again for having been forgotten."""

AT_ONCE = 200

SETTLED, LATELY = timedelta(days=1), timedelta(days=60)
"""A clock may leap years ahead and back. So the last change that is more than a day old has to be
a late one before anything is forgotten: then time has passed, and not only for the clock."""

_OLD = (
    columns(col(Outbox.id))
    .join(Season, col(Season.key) == col(Outbox.season))
    .where(
        col(Outbox.state).not_in([OutboxState.CLAIMED, OutboxState.WRITTEN]),
        col(Outbox.due) < bindparam("before"),
        col(Outbox.expires) < bindparam("before"),
    )
    .limit(AT_ONCE)
)
_CHANGED = (
    columns(col(Audit.at))
    .where(col(Audit.at) <= bindparam("by"))
    .order_by(col(Audit.id).desc())
    .limit(1)
)
_FORGET = delete(Outbox).where(col(Outbox.id).in_(_OLD.scalar_subquery()))


def forget(books: Books, now: datetime) -> bool:
    """Drop some of what came to its end long ago; whether there may be more."""
    changed = books.rows(_CHANGED, {"by": now - SETTLED}).scalar()
    if changed is None or changed < now - LATELY:
        return False
    gone = books.connection.execute(_FORGET, {"before": now - KEPT})
    return bool(gone.rowcount == AT_ONCE)
