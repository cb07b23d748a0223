"""What people ask to be reminded of: reading the moment and the text, and what is still of use."""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, time, timedelta

from gsocbot.rules.outbox import LATE_AFTER
from gsocbot.rules.when import HOW, UTC_ZONE, Wall, Zone, read_wall, read_zoned, zone_of
from gsocbot.talk import Refused

MOST_OPEN = 20
"""So many reminders of one person lie ahead at a time."""

LONGEST_TEXT = 200
"""Bytes; with the way to it, it stays one line."""

FARTHEST = timedelta(days=731)
"""Nobody knows who is still there later than this."""

BARE_DAY = time(9)
"""The hour of a day that is named without one: nobody means midnight."""

USEFUL_IN_CHANNEL = timedelta(hours=24)
USEFUL = timedelta(days=14)
"""How long a reminder waits for whoever has asked for it, of a channel and in private."""

MOST_WORDS = 12
"""No moment takes more words."""

_LENGTH = re.compile(r"\d{1,4}\s*[a-z]", re.IGNORECASE)
_BEFORE_TEXT = frozenset({"to", "that", "about"})
_ONE = frozenset({"a", "an", "one"})
_REGIONS = frozenset({"us", "canada", "mexico", "brazil", "chile"})
"""Old names of zones, like Mexico/General, whose last word is no place."""


@dataclass(frozen=True, slots=True)
class Wish:
    """What somebody asks to be reminded of, and when on which clock."""

    wall: Wall
    text: str

    @property
    def at(self) -> datetime:
        """The moment, in UTC."""
        return self.wall.at


def read_wish(line: str, now: datetime, own: Zone | None) -> Wish:
    """Read the longest beginning that is a moment, and the text behind it.

    Without a zone it is meant on their own clock, in UTC if they have named none.
    """
    words = line.split()
    words = words[1:] if words[:1] and words[0].lower() == "on" else words
    count, wall = _begun(words, now, own or UTC_ZONE)
    if wall is None:
        raise Refused(_unread(words, now))
    rest = words[count:]
    if rest and rest[0] != "act":
        zone_of(rest[0])  # refuses letters that mean several zones
    text = _text(rest)
    if not text:
        raise Refused(f"of what? !remind me {' '.join(words[:count])} <text>")
    if len(text.encode()) > LONGEST_TEXT:
        long = len(text.encode())
        raise Refused(f"a reminder's text has at most {LONGEST_TEXT} bytes, and that has {long}")
    if wall.at <= now:
        # Not in UTC: in a channel that would tell in which zone somebody lives.
        raise Refused(f'"{" ".join(words[:count])}" is over. {_instead(wall, now)}')
    check_near(wall.at, now)
    return Wish(wall, text)


def check_near(at: datetime, now: datetime) -> None:
    """Refuse what is years away."""
    if at - now > FARTHEST:
        raise Refused("that is more than two years away; I remind up to two years ahead")


def check_count(ahead: int) -> None:
    """Refuse one reminder too many."""
    if ahead >= MOST_OPEN:
        raise Refused(
            f"{MOST_OPEN} reminders of yours lie ahead, and more I do not keep. "
            "Drop one: !remind drop <number> (yours: !remind)"
        )


def pushed(at: datetime, length: str, now: datetime) -> datetime:
    """A reminder's moment so much later: than it was to come, or than now if it has come."""
    plain = length.lower().removeprefix("in ").removeprefix("by ").strip()
    begin = max(at, now)
    try:
        later = read_zoned(f"in {plain}", begin)[0]
    except Refused:
        shown = plain[:40]
        raise Refused(
            f'I cannot read "{shown}" as a length; write it like 30 min, 2h or 1d'
        ) from None
    if later <= begin:
        raise Refused("that is no later than it was")
    return later.replace(microsecond=0)


def said_in_channel(due: datetime, now: datetime, *, down: bool) -> bool:
    """Whether a reminder of a channel still belongs there: in time, or late because of the bot."""
    return down or now - due <= LATE_AFTER


def useful_until(due: datetime, channel: str) -> datetime:
    """When nobody needs to be reminded any more."""
    return due + (USEFUL_IN_CHANNEL if channel else USEFUL)


def _begun(words: Sequence[str], now: datetime, own: Zone) -> tuple[int, Wall | None]:
    """How many of the first words are a moment, and which."""
    for count in range(min(len(words), MOST_WORDS), 0, -1):
        wall = _wall(words[:count], now, own)
        if wall is not None:
            return count, wall
    return 0, None


def _wall(words: Sequence[str], now: datetime, own: Zone) -> Wall | None:
    text = " ".join(words).rstrip(":,;")
    if text.isdecimal() or _is_word(words[-1]):
        return None
    if len(words) > 1 and words[0].lower() == "in" and words[1].lower() in _ONE:
        text = " ".join(["in", "1", *words[2:]])
    for reading in (f"in {text}" if _LENGTH.match(text) else "", text):
        try:
            return read_wall(reading, now, own, BARE_DAY)
        except Refused:
            continue
    return None


def _is_word(word: str) -> bool:
    """Whether a word that could name a zone is more likely the text's: general, east, north."""
    if "/" in word or not word.isalpha():
        return False
    try:
        zone = zone_of(word)
    except Refused:
        return False
    if zone is None or "/" not in zone.name:
        return False
    return not word[0].isupper() or zone.name.split("/")[0].lower() in _REGIONS


def _text(words: Sequence[str]) -> str:
    rest = words[1:] if len(words) > 1 and words[0].lower() in _BEFORE_TEXT else words
    text = " ".join(rest).lstrip(",:;-– ")
    if len(text) > 1 and (text[0], text[-1]) in {('"', '"'), ("'", "'"), ("“", "”")}:
        text = text[1:-1].strip()
    return text if any(c.isalnum() for c in text) else ""


def _unread(words: Sequence[str], now: datetime) -> str:
    """What is said where no beginning is a moment; perhaps the end is one."""
    for count in range(min(len(words) - 1, MOST_WORDS), 0, -1):
        head, tail = words[:-count], words[-count:]
        if _wall(tail, now, UTC_ZONE) is not None:
            shown = " ".join(_text(head).split()[:6]) or "<text>"
            return f"say when first: !remind me {' '.join(tail)} {shown}"
    return f"say when first, then what: !remind me tomorrow 9 <text>; {HOW}"


def _instead(wall: Wall, now: datetime) -> str:
    if now - wall.at < timedelta(days=1):
        return "Say a later one, like tomorrow 9"
    year = wall.day.year + 1
    return f"Did you mean {year}? Then write the year: 8 apr {year} 19:00"
