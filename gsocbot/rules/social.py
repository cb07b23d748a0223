"""What a hackathon has beside the work: when, what and where, as people write it."""

from datetime import timedelta

from gsocbot.rules.hack_spoken import MOST_WORDS, Spoken, check_no_zone, is_day, read_spoken
from gsocbot.rules.hackathon import LENGTHS, EventKind
from gsocbot.talk import Refused

LONGEST_WHAT, LONGEST_PLACE = 100, 60
"""Bytes."""

MOST_EVENTS = 20
"""Of one hackathon."""

GOES_ON = LENGTHS[EventKind.SOCIAL] + timedelta(hours=1)
"""So long after it has begun one may still come: evenings grow longer than a room is kept."""

HOW = "write it like !social add 20:00 food at The Castle, or !social add fri 13:00 lunch"


def read_event(text: str) -> tuple[Spoken, str, str]:
    """The time that words begin or end with, what it is, and the place behind the last "at"."""
    words = [word.rstrip(":") for word in text.split()]
    for at_end in (False, True):
        for count in range(min(len(words), MOST_WORDS), 0, -1):
            cut = len(words) - count if at_end else count
            told, rest = (words[cut:], words[:cut]) if at_end else (words[:cut], words[cut:])
            spoken = read_spoken(" ".join(told))
            if spoken is not None and spoken.has_hour:
                check_no_zone(rest[-1:] if at_end else rest[:1], spoken)
                return spoken, *_split(" ".join(rest))
    check_no_zone(words, None)
    day = any(is_day(" ".join(words[:count])) for count in range(1, MOST_WORDS))
    raise Refused(f"say {'the hour, too' if day else 'first when it is'}; {HOW}")


def _split(text: str) -> tuple[str, str]:
    what, at, place = text.rpartition(" at ")
    what, place = (what, place) if at else (text, "")
    what, place = what.strip(" .,:;"), place.strip(" .,:;")
    if not any(map(str.isalnum, what)):
        raise Refused(f"say what it is, too; {HOW}")
    if len(what.encode()) > LONGEST_WHAT or len(place.encode()) > LONGEST_PLACE:
        raise Refused(
            f"what it is has at most {LONGEST_WHAT} bytes and the place {LONGEST_PLACE}; {HOW}"
        )
    return what, place
