"""What a hackathon has beside the work: when, what and where, as people write it."""

from datetime import time, timedelta

from gsocbot.rules.hack_times import MOST_WORDS, Spoken, read_spoken
from gsocbot.talk import Refused

LONGEST_WHAT, LONGEST_PLACE = 100, 60
"""Bytes."""

MOST_EVENTS = 20
"""Of one hackathon."""

GOES_ON = timedelta(hours=3)
"""So long after it has begun one may still come."""

EVENING = time(17)
"""From when on it is tonight."""

HOW = "write it like !social add 20:00 food at The Castle, or !social add fri 13:00 lunch"


def read_event(text: str) -> tuple[Spoken, str, str]:
    """The time that words begin with, then what it is, and the place behind the last "at"."""
    words = text.split()
    for count in range(min(len(words), MOST_WORDS), 0, -1):
        spoken = read_spoken(" ".join(words[:count]))
        if spoken is not None and spoken.start:
            return spoken, *_split(" ".join(words[count:]))
    raise Refused(f"say first when it is; {HOW}")


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
