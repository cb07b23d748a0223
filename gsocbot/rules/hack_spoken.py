"""Times of a hackathon as people write them: fri 15:00, thu 3 mar 15:00-16:30, 15:00 90m, 3pm."""

import re
from dataclasses import dataclass
from datetime import time, timedelta

from gsocbot.rules.hackathon import DAY_TURNS
from gsocbot.talk import Refused

MOST_WORDS = 9
"""Words of a time: thursday 3 march 2011 from 3 pm to 4 pm."""

_UNIT = re.compile(r"\b(\d{1,3}) (am|pm|m|mins?|minutes?|h|hrs?|hours?)\b", re.IGNORECASE)
_DASH = re.compile(
    r"(?<=[\dm])\s*[-–—]\s*(?=\d)|(?:(?<=:\d\d)|(?<=\d[ap]m))\s+(?:to|until|till)\s+(?=\d)",
    re.IGNORECASE,
)
_FROM_TO = re.compile(r"\bfrom (\d{1,2})\s+(?:to|until|till)\s+(?=\d)", re.IGNORECASE)
_PLAIN_RANGE = re.compile(
    r"\b(\d\d)(\d\d)\s*(?:[-–—]|\bto\b|\buntil\b|\btill\b)\s*(\d\d)(\d\d)\b", re.IGNORECASE
)
_NOW_UNTIL = re.compile(r"\bnow\s*[-–—]\s*(?=\d)", re.IGNORECASE)
_CLOCK = r"\d{1,2}(?:[:.h]\d{2})?(?:am|pm)?"
_EXACT = re.compile(r"\d{1,2}[:h]\d{2}(?:am|pm)?|\d{1,2}(?:am|pm)", re.IGNORECASE)
_LOOSE = re.compile(r"(\d{1,2})(?:[:.h](\d{2}))?(am|pm)?", re.IGNORECASE)
_PLAIN = re.compile(r"([01]\d|2[0-3])([0-5]\d)")
"""1500; a clock only as the last word but for days and lengths, for a room may have a number."""
_RANGE = re.compile(rf"({_CLOCK})-({_CLOCK})", re.IGNORECASE)
_ROOMS = re.compile(r"0?[0-5]-\d{1,2}")
"""Room 3-4, rather than from three until four in the night."""
_LENGTH = re.compile(r"(?=\d)(?:(\d{1,2})h(?:(?:ou)?rs?)?)?(?:(\d{1,3})m(?:in(?:ute)?s?)?)?", re.I)
_ODD_CLOCK = re.compile(r"\d{1,3}:\d{1,3}(?:am|pm)?", re.IGNORECASE)
_ODD_NUMBER = re.compile(r"\d (\d{3,4})$")
"""Room 1 2560: what stands behind the number of a room is meant as an hour."""
_FILLERS = frozenset({"at", "from", "on", "for", "in"})
_NUMBERED = frozenset({"room", "hall", "building"})
_UNTIL = frozenset({"until", "till"})
NOW = "now"
END_OF_DAY = "24:00"
_NAMED_CLOCKS = {"noon": "12:00", "midnight": END_OF_DAY}

_MONTH = (
    r"(?:jan(?:uary)?|feb(?:ruary)?|mar(?:ch)?|apr(?:il)?|may|june?|july?|aug(?:ust)?"
    r"|sept?(?:ember)?|oct(?:ober)?|nov(?:ember)?|dec(?:ember)?)\.?"
)
_WEEKDAY = (
    r"(?:mon(?:day)?|tue(?:s(?:day)?)?|wed(?:nesday)?|thu(?:rs?(?:day)?)?|fri(?:day)?"
    r"|sat(?:urday)?|sun(?:day)?)"
)
_NO_ROOM = re.compile(
    rf"\b(?:{_WEEKDAY}|{_MONTH})(?!\S)|(?<!\S)\d{{0,2}}[ap]m\b"
    r"|\bhalf past\b|\bquarter (?:past|to)\b|\band$",
    re.IGNORECASE,
)
"""What is of a time, or of a sentence, and of no room unless it is in quotes."""
_PLAIN_CLOCK = re.compile(r"\d{1,2}\.[0-5]\d|(?:[01]\d|2[0-3])[0-5]\d")
_ZONE = re.compile(
    r"(?:utc|gmt)(?:[+-]\d{1,2}(?::?\d\d)?)?|bst|wes?t|ces?t|ees?t|msk|ist|[ecmp][sd]t|jst|aes?t"
    r"|(?:europe|america|asia|africa|australia|pacific|atlantic|indian|etc)/\S+",
    re.IGNORECASE,
)
_NTH = r"\d{1,2}(?:st|nd|rd|th)?\.?"
_YEAR = r"20(?!00)\d\d"
"""3 mar 1500 is an hour."""
_DATE = rf"{_NTH} {_MONTH}(?: {_YEAR})?|{_MONTH} {_NTH}(?: {_YEAR})?"
_DAY = re.compile(
    rf"today|tonight|tomorrow|day \d{{1,2}}|{_WEEKDAY}(?: (?:{_DATE}))?|{_DATE}|\d{{4}}-\d\d-\d\d",
    re.IGNORECASE,
)


@dataclass(frozen=True, slots=True)
class Spoken:
    """A time as it was written: a day, a clock, an end, a length, each empty where it is not.

    The clock may be "now".
    """

    day: str = ""
    start: str = ""
    end: str = ""
    length: timedelta | None = None

    @property
    def is_bare_day(self) -> bool:
        """Whether only a day is named."""
        return not (self.start or self.end) and self.length is None

    @property
    def has_hour(self) -> bool:
        """Whether a clock says when it begins."""
        return self.start not in {"", NOW}

    @property
    def is_small_hour_of_day(self) -> bool:
        """Whether it is an hour before four of a day of the calendar: sun 0:30, 8 may 1:00.

        Midnight is at the end of its day; without a day an hour is of the night to come.
        """
        named = self.day not in {"", "today", "tonight"} and not self.day.startswith("day ")
        return named and self.start != END_OF_DAY and self.hour < DAY_TURNS

    @property
    def is_open(self) -> bool:
        """Whether nothing says when it ends."""
        return not self.has_hour and not self.end and self.length is None

    @property
    def hour(self) -> time:
        """The clock at which it begins: of 2-4pm that is 2pm, of 11-1pm it is 11."""
        return clock(_with_half(self.start, self.end))


def read_spoken(text: str) -> Spoken | None:
    """The time that words are; None for words that are none."""
    plain = " ".join(_NAMED_CLOCKS.get(w.lower(), w) for w in text.replace(",", " ").split())
    plain = _PLAIN_RANGE.sub(r"\1:\2-\3:\4", plain)
    plain = _FROM_TO.sub(r"\1-", _DASH.sub("-", _UNIT.sub(r"\1\2", plain)))
    plain = _NOW_UNTIL.sub("now until ", plain)
    words = [word for word in plain.split() if word.lower() not in _FILLERS]
    start = end = ""
    length = None
    rest: list[str] = []
    for before, word in zip(["", *words], words, strict=False):
        if not start and (found := _RANGE.fullmatch(word)) and not _ROOMS.fullmatch(word):
            start, end = found[1], found[2]
        elif (
            not end
            and before.lower() in _UNTIL
            and (_LOOSE.fullmatch(word) or _PLAIN.fullmatch(word))
        ):
            end = word.lower()
        elif not start and (_EXACT.fullmatch(word) or word.lower() == NOW):
            start = word.lower()
        elif word.lower() in _UNTIL and word != words[-1]:
            continue
        elif length is None and (found := _LENGTH.fullmatch(word)) and (found[1] or found[2]):
            length = timedelta(hours=int(found[1] or 0), minutes=int(found[2] or 0))
        else:
            rest.append(word)
    if not start and rest and not is_day(" ".join(rest)):
        start, rest = _bare_hour(rest)
    day = " ".join(rest)
    if not words or (day and not is_day(day)):
        return None
    return Spoken(day.lower(), start, end, length)


def _bare_hour(words: list[str]) -> tuple[str, list[str]]:
    """An hour without a colon beside a day, and the day: tomorrow 10, 1500 fri, 1500."""
    if len(words) > 1 and words[-1].isdecimal() and is_day(" ".join(words[:-1])):
        return words[-1], words[:-1]
    if _PLAIN.fullmatch(words[0]):
        return words[0], words[1:]
    return "", words


def is_day(text: str) -> bool:
    """Whether words name a day."""
    return _DAY.fullmatch(text) is not None


def split_place(text: str) -> tuple[str, Spoken | None]:
    """A place and the time behind it, or before it; refuses a clock that is none."""
    words, spoken = _split(text.split())
    place = _place(words)
    check_no_zone(words, spoken)
    if spoken is None or not spoken.has_hour:
        odd = [word for word in words if _ODD_CLOCK.fullmatch(word)] or _ODD_NUMBER.findall(place)
        if odd:
            how = "write it like 15:00 or fri 15:00-16:30"
            raise Refused(f'I cannot read "{odd[0]}" as a time; {how}')
    if '"' not in text and _is_no_room(place, words):
        raise Refused(
            f'I cannot read "{text[:50]}" as a room and a time; write it like room 1 fri 15:00'
        )
    return place, spoken


def _is_no_room(place: str, words: list[str]) -> bool:
    """Whether something of a time is left in it; the number of a room is none: room 1.04."""
    clocks = (
        after
        for before, after in zip(["", *words], words, strict=False)
        if _PLAIN_CLOCK.fullmatch(after) and before.lower() not in _NUMBERED
    )
    # Of room 1 pm only a room without its number would be left.
    is_cut = place.lower() == "room"
    return is_cut or _NO_ROOM.search(place) is not None or any(clocks)


def is_zone(word: str) -> bool:
    """Whether a word is the name of a zone, or what people take for one: UTC, CET."""
    return _ZONE.fullmatch(word.strip(",;()")) is not None


def check_no_zone(words: list[str], spoken: Spoken | None) -> None:
    """Refuse a zone beside a clock: there is but one, and it is not read wrongly."""
    has_clock = spoken is not None and spoken.has_hour
    if any(map(is_zone, words)) and (has_clock or any(map(_ODD_CLOCK.fullmatch, words))):
        raise Refused("times are by the venue's clock; leave the zone out")


def _split(words: list[str]) -> tuple[list[str], Spoken | None]:
    for count in range(min(len(words), MOST_WORDS), 0, -1):
        spoken = read_spoken(" ".join(words[-count:]))
        if spoken is not None and not _is_numbered(words[: len(words) - count + 1]):
            return words[:-count], spoken
    for count in range(min(len(words) - 1, MOST_WORDS), 0, -1):
        spoken = read_spoken(" ".join(words[:count]))
        if spoken is not None:
            return words[count:], spoken
    return words, None


def _is_numbered(words: list[str]) -> bool:
    """Whether a number is a room's: room 1430."""
    return len(words) > 1 and words[-2].lower() in _NUMBERED and bool(_PLAIN.fullmatch(words[-1]))


def _place(words: list[str]) -> str:
    while words and words[0].lower() in {*_FILLERS, "the"}:
        words = words[1:]
    while words and words[-1].lower() in _FILLERS:
        words = words[:-1]
    return " ".join(words).strip("\"'“”,;:() ")


def clock(text: str) -> time:
    """A time of day: 15:00, 3pm, 15, 1500; refuses one that no clock shows."""
    found = _LOOSE.fullmatch(_PLAIN.sub(r"\1:\2", text) if text.isdecimal() else text)
    try:
        if found is None:
            raise ValueError
        hour, minute, half = int(found[1]), int(found[2] or 0), (found[3] or "").lower()
        if half and not 1 <= hour <= 12:
            raise ValueError
        if text == END_OF_DAY:
            return time(0)
        return time(hour % 12 + (12 if half == "pm" else 0) if half else hour, minute)
    except ValueError:
        raise Refused(f'no clock shows "{text}"; write it like 15:00 or 3pm') from None


def read_hours(text: str) -> tuple[time, time]:
    """From when until when people are expected: 9-18, 9:30-17:00, 9am to 6pm."""
    spoken = read_spoken(text)
    if spoken is None or spoken.day or not (spoken.has_hour and spoken.end):
        raise Refused("write the hours like 9-18")
    opens, closes = spoken.hour, clock(spoken.end)
    if closes <= opens:
        raise Refused("that closes before it opens; write the hours like 9-18")
    if opens < DAY_TURNS:
        raise Refused(
            f"a day begins at {DAY_TURNS:%H:%M}, and what is before is the night of the day "
            f"before; write the hours like {DAY_TURNS.hour}-{closes:%H:%M}"
        )
    return opens, closes


def _with_half(start: str, end: str) -> str:
    half = end[-2:].lower()
    if half not in {"am", "pm"} or start[-2:].lower() in {"am", "pm"}:
        return start
    both = f"{start}{half}"
    try:
        return both if clock(both) < clock(end) else start
    except Refused:
        return start
