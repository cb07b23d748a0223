"""What pages show of polls, as values: how many have voted, and what it came to at the end."""

from dataclasses import dataclass
from datetime import datetime

from gsocbot.rules.polls import Audience, PollKind, Result


@dataclass(frozen=True, slots=True)
class Poll:
    """A question with an end. `result` is there once it is closed; of a live one always."""

    number: int
    question: str
    options: tuple[str, ...]
    kind: PollKind
    audience: Audience
    live: bool
    quorum: int
    at: datetime
    until: datetime
    closed_at: datetime | None = None
    voters: int = 0
    result: Result | None = None

    @property
    def is_over(self) -> bool:
        """Whether its votes are counted."""
        return self.closed_at is not None
