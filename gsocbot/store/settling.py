"""Lines of the outbox that were under way when something died: where they belong."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import or_, true, update
from sqlalchemy import select as columns
from sqlmodel import col

from gsocbot.rules.outbox import LEASE, OutboxState
from gsocbot.store.books import Books
from gsocbot.store.tables import Outbox


@dataclass(frozen=True, slots=True)
class Held:
    """A line that was claimed, or written, and that nobody has seen to its end.

    `since` is when it was claimed; `text` is empty unless it was noted.
    """

    id: int
    target: str
    state: OutboxState
    owner: str
    text: str
    since: datetime


def held(
    books: Books, network: str, boot: str, now: datetime, *, alone: bool = False
) -> list[Held]:
    """What this boot holds, and what the dead held, on a network.

    Dead is an earlier boot of this bot (NAME of NAME-PID-RANDOM), and whose lease has run out;
    when this bot is `alone` on the network, everybody else.
    """
    name = boot.rsplit("-", 2)[0]
    ours = col(Outbox.owner).startswith(f"{name}-", autoescape=True)
    theirs = true() if alone else or_(ours, col(Outbox.lease_until) <= now)
    rows = books.connection.execute(
        columns(
            col(Outbox.id), col(Outbox.target), col(Outbox.state), col(Outbox.owner),
            col(Outbox.text), col(Outbox.lease_until),
        )
        .where(
            col(Outbox.network) == network,
            col(Outbox.state).in_([OutboxState.CLAIMED, OutboxState.WRITTEN]),
            theirs,
        )
        .order_by(col(Outbox.due), col(Outbox.id))
    )  # fmt: skip
    return [
        Held(row, target, OutboxState(state), owner, text, lease_until - LEASE)
        for row, target, state, owner, text, lease_until in rows
        if row is not None and lease_until is not None
    ]


def settle(books: Books, line: Held, to: OutboxState) -> bool:
    """Put a held line where it belongs; False if somebody else has done so meanwhile."""
    statement = update(Outbox).where(
        col(Outbox.id) == line.id,
        col(Outbox.state) == line.state,
        col(Outbox.owner) == line.owner,
    )
    values: dict[str, Any] = {"state": to, "attempts": Outbox.attempts + 1}
    return books.connection.execute(statement.values(**values)).rowcount == 1
