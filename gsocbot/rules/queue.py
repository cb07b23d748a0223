"""The queue of the office hour: places in it, and how long one waits."""

from collections.abc import Sequence
from datetime import timedelta
from enum import StrEnum
from statistics import median

from gsocbot.talk import Refused

MOST_PLACES = 100
"""Longer queues are nobody's hour; a joker with many nicks ends here."""

LONGEST_TEXT = 200
"""Bytes of what somebody wants to ask; the rest is said when it is their turn."""

USUAL = timedelta(minutes=5)
SHORTEST, LONGEST = timedelta(minutes=1), timedelta(minutes=30)
"""How long helping somebody takes, until it was measured, and what measuring is believed."""

MEASURED = 20
"""So many of those who were helped last say how long the next ones take."""

FEWEST_MEASURED = 3


class PlaceState(StrEnum):
    """Whether somebody waits, is helped, or waits no more."""

    WAITING = "waiting"
    CALLED = "called"
    HELPED = "helped"
    LEFT = "left"  # or was taken off
    KEPT = "kept"  # the hour was over; it is a question now


def as_target(asker: str) -> str:
    """Somebody as lines are addressed to them: @ACCOUNT, or ~NICK for a stranger."""
    return asker if asker.startswith("~") else f"@{asker}"


def check_room(waiting: int) -> None:
    """Refuse one place too many."""
    if waiting >= MOST_PLACES:
        raise Refused(f"{MOST_PLACES} people wait already; put it as a question: !ask <text>")


def asked(text: str) -> str:
    """What somebody wants to ask, as it is kept; may be empty, refuses what is too long."""
    plain = " ".join(text.split())
    if len(plain.encode()) > LONGEST_TEXT:
        raise Refused(f"that is longer than {LONGEST_TEXT} bytes; say the heart of it")
    return plain


def pace(measured: Sequence[timedelta]) -> timedelta:
    """How long helping one person takes, going by those who were helped last."""
    if len(measured) < FEWEST_MEASURED:
        return USUAL
    seconds = median(length.total_seconds() for length in measured)
    return min(max(timedelta(seconds=seconds), SHORTEST), LONGEST)


def expected_wait(number: int, measured: Sequence[timedelta], helpers: int = 1) -> int:
    """In how many minutes the place of this number is through, about, in fives from five on."""
    minutes = number * pace(measured) / max(helpers, 1) / timedelta(minutes=1)
    return max(1, round(minutes)) if minutes < 5 else 5 * round(minutes / 5)
