"""The queue of the office hour: a place in it, and how many there are."""

from enum import StrEnum

from gsocbot.talk import Refused

MOST_PLACES = 100
"""Longer queues are nobody's hour; a joker with many nicks ends here."""

LONGEST_TEXT = 200
"""Bytes of what somebody wants to ask; the rest is said when it is their turn."""


class PlaceState(StrEnum):
    """Whether somebody waits, is helped, or waits no more."""

    WAITING = "waiting"
    CALLED = "called"
    HELPED = "helped"
    LEFT = "left"  # or was taken off
    KEPT = "kept"  # the hour was over; it is a question now


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
