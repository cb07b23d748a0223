"""Where people at a hackathon say they are: how that is written, and how long it holds."""

from datetime import date, datetime

from gsocbot.rules.hackathon import EVENING, Days
from gsocbot.rules.ids import whole_number
from gsocbot.talk import Refused

LONGEST_PLACE = 60
"""Bytes; a place is a room or a table, and no letter."""


def topic_in(text: str) -> str:
    """What stands for a topic in "topic 3", "3" or "topic libvirt-driver"; empty for a place."""
    first, _, rest = text.partition(" ")
    if first.lower() == "topic" and rest:
        return rest.strip()
    return text if whole_number(text) is not None else ""


def place_of(text: str) -> str:
    """A place as it is kept; refuses one that is none."""
    plain = " ".join(text.split())
    if not any(map(str.isalnum, plain)):
        raise Refused("that is no place; write it like !in room 1, or !in topic 3")
    if len(plain.encode()) > LONGEST_PLACE:
        raise Refused(f"a place has at most {LONGEST_PLACE} bytes: !in room 1")
    return plain


def holds(days: Days, day: date, since: datetime, now: datetime) -> bool:
    """Whether a check-in of a day is still good: until its evening, made later until it turns."""
    if day != days.day_at(now):
        return False
    evening = days.at(day, EVENING)
    return now < evening or since >= evening
