"""Office hours: which planned session a start belongs to, and what of the talk is kept."""

from collections.abc import Sequence
from datetime import datetime, timedelta
from enum import StrEnum

from gsocbot.rules.recurrence import Occurrence

EARLY = timedelta(minutes=30)
"""A session may be opened this long before its hour."""

UNPLANNED_LENGTH = timedelta(minutes=60)

LINGER = timedelta(minutes=15)
"""A session that nobody ends is ended this long after its time."""

OFF_THE_RECORD = "[off]"


class LineKind(StrEnum):
    """What a line of a session's log is."""

    SAID = "said"
    OWN = "own"  # the bot has said it
    GAP = "gap"  # what was said in between is not known


def session_at(coming: Sequence[Occurrence], now: datetime) -> Occurrence | None:
    """The planned session that is opened now, None for an unplanned one."""
    return next((s for s in coming if s.start - EARLY <= now < s.end), None)


def is_kept(text: str) -> bool:
    """Whether a line of a running session goes into its log."""
    return text.lstrip()[: len(OFF_THE_RECORD)].lower() != OFF_THE_RECORD
