"""Seasons that are closed: they can be read, and nothing in them changes any more."""

from gsocbot.commands.ask import Ask
from gsocbot.render import words as wording
from gsocbot.store import seasons
from gsocbot.talk import Kind, Refused

STILL = frozenset({"me", "season", "undo", "yes", "no", "role", "plain"})
"""What one may change all the same: oneself, and that it is closed."""


def check_open(ask: Ask) -> None:
    """Refuse to change a season that is closed."""
    if ask.key is None:
        return
    facts = seasons.season(ask.books, ask.key)
    if facts is not None and facts.closed_at is not None:
        since = wording.day(facts.closed_at.date(), ask.now)
        raise Refused(
            f"this season is closed since {since}: it can be read, nothing in it changes",
            Kind.REFUSAL,
        )
