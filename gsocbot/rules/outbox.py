"""The life of a line in the outbox: one table of moves."""

from datetime import timedelta
from enum import StrEnum

LEASE = timedelta(minutes=3)
"""How long a claim holds before another boot may settle it: longer than a line takes to confirm."""

AGAIN_AFTER = timedelta(hours=1)
"""What a channel did not take is tried again after this, while it is of use."""

LATE_AFTER = timedelta(minutes=2)
"""A line this long after its moment says that it is late."""


class OutboxState(StrEnum):
    """Where a line stands."""

    DUE = "due"
    CLAIMED = "claimed"
    WRITTEN = "written"
    SENT = "sent"
    SKIPPED = "skipped"
    FAILED = "failed"


MOVES: dict[OutboxState, frozenset[OutboxState]] = {
    OutboxState.DUE: frozenset({OutboxState.CLAIMED, OutboxState.SKIPPED}),
    OutboxState.CLAIMED: frozenset(
        {
            OutboxState.WRITTEN,
            OutboxState.SENT,
            OutboxState.DUE,
            OutboxState.SKIPPED,
            OutboxState.FAILED,
        }
    ),
    OutboxState.WRITTEN: frozenset({OutboxState.SENT, OutboxState.DUE, OutboxState.FAILED}),
    OutboxState.SENT: frozenset(),
    OutboxState.SKIPPED: frozenset(),
    OutboxState.FAILED: frozenset({OutboxState.DUE}),
}


def settled(state: OutboxState, *, cut: bool, seen: bool | None = None) -> OutboxState:
    """Where a claimed or written line belongs that nobody has seen to its end.

    `seen` is what the channel's own history says, None where it has none. Without it, what was
    only claimed never left; what a dead process had written the kernel has still delivered, and
    what was written on a connection that was cut may well be lost.
    """
    if seen is not None:
        return OutboxState.SENT if seen else OutboxState.DUE
    left = state is OutboxState.WRITTEN and not cut
    return OutboxState.SENT if left else OutboxState.DUE


def refused_because(numeric: str) -> str:
    """Why a server did not take a line, in words."""
    return _BECAUSE.get(numeric, "it gave no reason that I know")


_BECAUSE = {
    "401": "nobody of that name was there",
    "403": "there is no such channel",
    "404": "I may not speak there",
    "442": "I am not in it",
    "477": "only nicks that are registered may speak there",
}
