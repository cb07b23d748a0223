"""A new hackathon in words: its name in quotes, its days, its zone and its place."""

import re
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta

from gsocbot.rules.hack_spoken import is_day, is_zone
from gsocbot.rules.hack_topics import QUOTES, quoted, slug_for
from gsocbot.rules.hackathon import EVERYWHERE, LONGEST, Days, checked_days
from gsocbot.rules.when import UTC_ZONE, read_wall, zone_of
from gsocbot.talk import Refused

LONGEST_NAME = 60
LONGEST_PLACE = 80
MOST_HACKATHONS = 20
"""Of one season."""

HOW = '!hack add "Xen 2011" 2-4 mar Europe/London Cambridge'

LATEST_HOUR = time(23, 59)

_IN = re.compile(r"^in\s+", re.IGNORECASE)

_MONTH = r"[a-z]{3,9}\.?"
_NTH = r"\d{1,2}(?:st|nd|rd|th)?\.?"
_DASH = r"\s*(?:-|–|—|\bto\b|\buntil\b|\btill\b|\band\b|\.\.+)\s*"
_SHORT = re.compile(
    rf"(?:from )?(?P<a>{_NTH}){_DASH}(?P<b>{_NTH}) (?P<m>{_MONTH})(?: (?P<y>\d{{4}})\b)?", re.I
)
_SHORT_US = re.compile(
    rf"(?:from )?(?P<m>{_MONTH}) (?P<a>{_NTH}){_DASH}(?P<b>{_NTH})(?!\S)(?: (?P<y>\d{{4}})\b)?",
    re.I,
)
_ISO = re.compile(rf"(\d{{4}}-\d\d-\d\d)(?:{_DASH}|/|\s+)(\d{{4}}-\d\d-\d\d)")
_BETWEEN = frozenset({"-", "–", "—", "to", "until", "till", "and", ".."})
MOST_WORDS = 4
"""Words of a date: wed 2 mar 2011."""


@dataclass(frozen=True, slots=True)
class NewHackathon:
    """A hackathon that somebody wants."""

    name: str
    days: Days
    place: str

    @property
    def slug(self) -> str:
        """A short name that stands in an address."""
        return slug_for(self.name).replace("topic", "hackathon", 1 - ("topic" in self.name.lower()))


def read_new(text: str, now: datetime) -> NewHackathon:
    """Read "Xen 2011" 2-4 mar Europe/London Cambridge."""
    inside = quoted(" ".join(text.split()))
    if inside is None:
        raise Refused(f"put its name in quotes first: {HOW}")
    name = checked_name(inside[0])
    first, last, rest = read_days(inside[1], now)
    if not rest:
        raise Refused(f"say the zone behind the days, or everywhere: {HOW}")
    zone, place = read_zone(rest.split())
    return NewHackathon(name, checked(first, last, zone, now), checked_place(place))


def checked_name(text: str) -> str:
    """What a hackathon is called; refuses none, and too long a name."""
    name = " ".join(text.split()).strip(QUOTES + " ")
    if not any(c.isalnum() for c in name):
        raise Refused(f"say what it is called: {HOW}")
    if len(name.encode()) > LONGEST_NAME:
        raise Refused(f"its name has at most {LONGEST_NAME} bytes, and that has "
                      f"{len(name.encode())}")  # fmt: skip
    return name


def checked_place(text: str) -> str:
    """Where a hackathon is; refuses too long a place."""
    place = " ".join(text.split()).strip(QUOTES + " ,;")
    place = _IN.sub("", place, count=1)
    if place and not any(map(str.isalpha, place)):
        raise Refused(f'"{place[:30]}" is no place; write it like {HOW}')
    if len(place.encode()) > LONGEST_PLACE:
        raise Refused(f"a place has at most {LONGEST_PLACE} bytes; say it shorter")
    return place


def checked(first: date, last: date, zone: str, now: datetime) -> Days:
    """The days of a hackathon; what is over is so by its own clock."""
    return checked_days(first, last, zone, Days(first, last, zone).day_at(now))


# --- days


def read_days(text: str, now: datetime) -> tuple[date, date, str]:
    """The first and the last day that a text begins with, and the rest of it.

    2-4 mar, mar 2-4, 30 mar - 1 apr, 2 mar 4 mar, 2011-03-02 2011-03-04, 2 mar
    """
    plain = " ".join(text.replace(",", " ").split())
    for pattern in (_SHORT, _SHORT_US):
        found = pattern.match(plain)
        if found and is_day(f"{found['a']} {found['m']}"):
            tail = f"{found['m']} {found['y'] or ''}".strip()
            first = _date(f"{found['a']} {tail}", now)
            return first, _date(f"{found['b']} {tail}", _noon(first)), plain[found.end() :].strip()
    if iso := _ISO.match(plain):
        first, last = _date(iso[1], now), _date(iso[2], now)
        return first, last, plain[iso.end() :].strip()
    words = plain.removeprefix("from ").split()
    first_words, words = _begun(words)
    if not first_words:
        raise Refused(f"say the days behind the name, like 2-4 mar or 2011-03-02: {HOW}")
    between = bool(words) and words[0].lower() in _BETWEEN
    last_words, rest = _begun(words[1:] if between else words)
    if between and not last_words:
        raise Refused(f"say the last day too: {HOW}")
    first = _date(first_words, now)
    if not last_words:
        return first, first, " ".join(words)
    last = _date(last_words, _noon(first))
    if last < first and not re.search(r"\d{4}", first_words + last_words):
        # 30 dec - 2 jan is no year less three days.
        later = _date(last_words, _noon(first + timedelta(days=180)))
        last = later if first <= later <= first + timedelta(days=LONGEST) else last
    return first, last, " ".join(rest)


def _begun(words: list[str]) -> tuple[str, list[str]]:
    """The date that words begin with, as long as can be, and the words behind it."""
    for count in range(min(len(words), MOST_WORDS), 0, -1):
        head = " ".join(words[:count])
        if is_day(head) and not head.lower().startswith(("day ", "tonight")):
            return head, words[count:]
    return "", words


def _date(text: str, now: datetime) -> date:
    try:
        return read_wall(text.lower(), now, UTC_ZONE, LATEST_HOUR).day
    except Refused:
        raise Refused(f"no calendar has {text}; write the days like 2-4 mar") from None


def _noon(day: date) -> datetime:
    return datetime.combine(day, time(12), UTC_ZONE.tz)


# --- the zone and the place


def read_zone(words: list[str]) -> tuple[str, str]:
    """The name of the zone, first or last of the words, and the place; a city may be both."""
    words = words[1:] if len(words) > 1 and words[0].lower() == "in" else words
    if words[0].lower() in EVERYWHERE:
        return UTC_ZONE.name, ""
    for at in dict.fromkeys((0, len(words) - 1)):
        zone = _zone(words[at])
        if zone is not None:
            rest = words[:at] + words[at + 1 :]
            own = words[at] if "/" not in zone or words[at].lower() == zone.lower() else ""
            city = "" if own else words[at][:1].upper() + words[at][1:]
            odd = next(filter(is_zone, rest), None)
            if odd is not None:
                raise Refused(f'"{odd[:40]}" and {words[at][:40]} are two zones; leave one out')
            return zone, " ".join(rest) or city
    raise Refused(f'I know no zone "{words[0][:40]}"; write a place, such as Europe/London')


def _zone(word: str) -> str | None:
    try:
        zone = zone_of(word.strip(",;"))
    except Refused:
        several = f'"{word}" means several zones'
        raise Refused(f"{several}; write a place, such as Europe/London") from None
    if zone is None:
        return None
    if zone.name.startswith("UTC") and zone != UTC_ZONE:
        raise Refused(f"{word} knows no summer time; write a place, such as Europe/London")
    return zone.name
