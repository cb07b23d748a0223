"""The clock."""

from datetime import UTC, datetime


def clock() -> datetime:
    """Now, in UTC. The only place where the clock is read."""
    return datetime.now(UTC)
