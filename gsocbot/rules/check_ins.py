"""Where people at a hackathon say they are: how that is written, and how long it holds."""

from datetime import date, datetime

from gsocbot.rules.hackathon import EVENING, Days
from gsocbot.rules.ids import whole_number
from gsocbot.talk import Refused

LONGEST_PLACE = 60
"""Bytes; a place is a room or a table, and no letter."""

MOST_WORDS, MOST_WORDS_UNMARKED = 4, 3
"""Words of a place, without those that say only where in it; more are a sentence."""

_BESIDE = frozenset({"a", "an", "at", "by", "in", "near", "next", "of", "on", "the", "to"})
_BEGINNINGS = """
addition all any between brief case comparison conclusion contrast detail doubt effect english
essence every fact fairness few future general hindsight i it its less many most my
order other others our particular parallel part practice principle progress
reality response retrospect return short so some spite summary sum that theory this those time
today total turn vain what which whose work your
"""
_SENTENCE = frozenset(_BEGINNINGS.split())
"""What people go on with behind "in" when they talk: in doubt, in my opinion."""
_VERBS = """
am are be can could did do does got had has have i is it may must should that was were will would
wrong you
"""
_TIMES = """
bit day days hour hours min mins minute minutes moment month months now sec second seconds soon
week weeks while year years
"""
_PROSE = frozenset(f"{_VERBS}{_TIMES}".split())
HOW = "that is no place; write it like !in room 1, or !in topic 3"


def topic_in(text: str) -> str:
    """What stands for a topic in "topic 3", "3" or "topic libvirt-driver"; empty for a place."""
    first, _, rest = text.partition(" ")
    if first.lower() == "topic" and rest:
        return rest.strip()
    return text if whole_number(text) is not None else ""


def is_talk(text: str) -> bool:
    """Whether what stands behind "in" begins a sentence: doubt, leave it out."""
    first = text.split()[0].lower().strip(",.!?:'\"") if text.split() else ""
    return first in _SENTENCE


def is_place(text: str, *, marked: bool) -> bool:
    """Whether words may be a place, and no sentence; without a prefix few words are."""
    if is_talk(text):
        return False
    words = [word.lower().strip(",.!?:'\"") for word in text.split()]
    if not _PROSE.isdisjoint(words):
        return False
    if not marked:
        return len(words) <= MOST_WORDS_UNMARKED
    return sum(word not in _BESIDE for word in words) <= MOST_WORDS


def place_of(text: str) -> str:
    """A place as it is kept; refuses one that is none."""
    plain = " ".join(text.split())
    if not any(map(str.isalnum, plain)):
        raise Refused(HOW)
    if len(plain.encode()) > LONGEST_PLACE:
        raise Refused(f"a place has at most {LONGEST_PLACE} bytes: !in room 1")
    return plain


def holds(days: Days, day: date, since: datetime, now: datetime) -> bool:
    """Whether a check-in of a day is still good: until its evening, made later until it turns."""
    if day != days.day_at(now):
        return False
    evening = days.at(day, EVENING)
    return now < evening or since >= evening
