"""Times of a hackathon as people write them: fri 15:00, thu 3 mar 15:00-16:30, 15:00 90m, 3pm."""

import re
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta

from gsocbot.rules.hackathon import Days, in_words
from gsocbot.rules.recurrence import WEEKDAYS
from gsocbot.rules.when import Zone, read_wall
from gsocbot.talk import Refused

USUAL_LENGTH = timedelta(hours=1)
"""Of what has a time and no end."""

SHORTEST = timedelta(minutes=5)

MOST_WORDS = 9
"""Words of a time: thursday 3 march 2011 from 3 pm to 4 pm."""

_UNIT = re.compile(r"\b(\d{1,3}) (am|pm|m|mins?|minutes?|h|hrs?|hours?)\b", re.IGNORECASE)
_DASH = re.compile(
    r"(?<=[\dm])\s*[-–—]\s*(?=\d)|(?:(?<=:\d\d)|(?<=\d[ap]m))\s+(?:to|until|till)\s+(?=\d)",
    re.IGNORECASE,
)
_FROM_TO = re.compile(r"\bfrom (\d{1,2})\s+(?:to|until|till)\s+(?=\d)", re.IGNORECASE)
_NOW_UNTIL = re.compile(r"\bnow\s*[-–—]\s*(?=\d)", re.IGNORECASE)
_CLOCK = r"\d{1,2}(?:[:.h]\d{2})?(?:am|pm)?"
_EXACT = re.compile(r"\d{1,2}[:h]\d{2}(?:am|pm)?|\d{1,2}(?:am|pm)", re.IGNORECASE)
_LOOSE = re.compile(r"(\d{1,2})(?:[:.h](\d{2}))?(am|pm)?", re.IGNORECASE)
_RANGE = re.compile(rf"({_CLOCK})-({_CLOCK})", re.IGNORECASE)
_ROOMS = re.compile(r"0?[0-5]-\d{1,2}")
"""Room 3-4, rather than from three until four in the night."""
_LENGTH = re.compile(r"(?=\d)(?:(\d{1,2})h(?:(?:ou)?rs?)?)?(?:(\d{1,3})m(?:in(?:ute)?s?)?)?", re.I)
_ODD_CLOCK = re.compile(r"\d{1,3}:\d{1,3}(?:am|pm)?", re.IGNORECASE)
_FILLERS = frozenset({"at", "from", "on", "for", "in"})
_UNTIL = frozenset({"until", "till"})
NOW = "now"
_NAMED_CLOCKS = {"noon": "12:00", "midnight": "00:00"}

_MONTH = (
    r"(?:jan(?:uary)?|feb(?:ruary)?|mar(?:ch)?|apr(?:il)?|may|june?|july?|aug(?:ust)?"
    r"|sept?(?:ember)?|oct(?:ober)?|nov(?:ember)?|dec(?:ember)?)\.?"
)
_WEEKDAY = (
    r"(?:mon(?:day)?|tue(?:s(?:day)?)?|wed(?:nesday)?|thu(?:rs?(?:day)?)?|fri(?:day)?"
    r"|sat(?:urday)?|sun(?:day)?)"
)
_NTH = r"\d{1,2}(?:st|nd|rd|th)?\.?"
_DATE = rf"{_NTH} {_MONTH}(?: \d{{4}})?|{_MONTH} {_NTH}(?: \d{{4}})?"
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
    def is_open(self) -> bool:
        """Whether nothing says when it ends."""
        return self.start in {"", NOW} and not self.end and self.length is None


@dataclass(frozen=True, slots=True)
class Span:
    """From when until when, on which day of a hackathon; the moments are UTC."""

    day: date
    start: datetime
    end: datetime

    def overlaps(self, start: datetime, end: datetime) -> bool:
        """Whether something else is at the same time."""
        return start < self.end and self.start < end


# --- what the words say


def read_spoken(text: str) -> Spoken | None:
    """The time that words are; None for words that are none."""
    plain = " ".join(_NAMED_CLOCKS.get(w.lower(), w) for w in text.replace(",", " ").split())
    plain = _FROM_TO.sub(r"\1-", _DASH.sub("-", _UNIT.sub(r"\1\2", plain)))
    plain = _NOW_UNTIL.sub("now until ", plain)
    words = [word for word in plain.split() if word.lower() not in _FILLERS]
    start = end = ""
    length = None
    rest: list[str] = []
    for before, word in zip(["", *words], words, strict=False):
        if not start and (found := _RANGE.fullmatch(word)) and not _ROOMS.fullmatch(word):
            start, end = found[1], found[2]
        elif not end and before.lower() in _UNTIL and _LOOSE.fullmatch(word):
            end = word.lower()
        elif not start and (_EXACT.fullmatch(word) or word.lower() == NOW):
            start = word.lower()
        elif word.lower() in _UNTIL and word != words[-1]:
            continue
        elif length is None and (found := _LENGTH.fullmatch(word)) and (found[1] or found[2]):
            length = timedelta(hours=int(found[1] or 0), minutes=int(found[2] or 0))
        else:
            rest.append(word)
    if not start and len(rest) > 1 and rest[-1].isdecimal() and _DAY.fullmatch(" ".join(rest[:-1])):
        start = rest.pop()  # tomorrow 10
    day = " ".join(rest)
    if not words or (day and not is_day(day)):
        return None
    return Spoken(day.lower(), start, end, length)


def is_day(text: str) -> bool:
    """Whether words name a day."""
    return _DAY.fullmatch(text) is not None


def split_place(text: str) -> tuple[str, Spoken | None]:
    """A place and the time behind it, or before it; refuses a clock that is none."""
    words = text.split()
    for count in range(min(len(words), MOST_WORDS), 0, -1):
        spoken = read_spoken(" ".join(words[-count:]))
        if spoken is not None:
            return _place(words[:-count]), spoken
    for count in range(min(len(words) - 1, MOST_WORDS), 0, -1):
        spoken = read_spoken(" ".join(words[:count]))
        if spoken is not None:
            return _place(words[count:]), spoken
    odd = next((w for w in words if _ODD_CLOCK.fullmatch(w)), None)
    if odd is not None:
        raise Refused(f'I cannot read "{odd}" as a time; write it like 15:00 or fri 15:00-16:30')
    return _place(words), None


def _place(words: list[str]) -> str:
    while words and words[0].lower() in {*_FILLERS, "the"}:
        words = words[1:]
    while words and words[-1].lower() in _FILLERS:
        words = words[:-1]
    return " ".join(words).strip("\"'“”,;:() ")


# --- which moments that is


def day_of(text: str, days: Days, now: datetime, name: str) -> date:
    """The day of a hackathon that words name; refuses one that is none of its."""
    today = days.day_at(now)
    words = text.split()
    if text in {"today", "tonight"}:
        day = today
    elif text == "tomorrow":
        day = today + timedelta(days=1)
    elif words[0] == "day":
        day = days.first + timedelta(days=int(words[1]) - 1)
    elif len(words) == 1 and words[0][:3] in WEEKDAYS:
        own = [d for d in days.dates if WEEKDAYS[d.weekday()] == words[0][:3]]
        if not own:
            raise Refused(f"{name} has no {words[0][:3].capitalize()}: it is {_on(days)}")
        day = next((d for d in own if d >= today), own[-1])
    else:
        near = datetime.combine(days.first, time(12), days.tz)
        day = read_wall(text, near, Zone(days.zone, days.tz), time(23, 59)).day
    if not days.first <= day <= days.last:
        raise Refused(f"{day:%a} {day.day} {day:%b} is no day of {name}: it is {_on(days)}")
    return day


def when(
    spoken: Spoken | None, days: Days, hours: tuple[time, time], now: datetime, name: str
) -> Span:
    """From when until when that is; without an hour from now, or the opening, to the closing."""
    spoken = spoken or Spoken()
    today = days.day_at(now)
    day = day_of(spoken.day, days, now, name) if spoken.day else max(today, days.first)
    if spoken.start and spoken.start != NOW:
        start = days.at(day, clock(_with_half(spoken.start, spoken.end)))
    else:
        start = _begins(day, days, hours, now)
        if spoken.start and start > now:
            raise Refused(f"{name} does not go on then; say the hour too, like 15:00-16:30")
    if spoken.end:
        end = days.at(day, clock(spoken.end))
    elif spoken.length is not None:
        end = start + spoken.length
    elif spoken.start and spoken.start != NOW:
        end = start + USUAL_LENGTH
    else:
        end = days.at(day, hours[1])
        if end <= start:
            closes = f"{hours[1]:%H:%M}"
            raise Refused(f"it closes at {closes}; say from when until when, like 19:00-21:00")
    if end <= start:
        raise Refused("that ends before it begins; say from when until when, like 15:00-16:30")
    if end - start < SHORTEST:
        raise Refused("that is less than 5 min")
    if end > days.turns(day):
        raise Refused("that goes on into the next morning; say when it ends, like 22:00-01:00")
    if end <= now:
        there = now.astimezone(days.tz)
        raise Refused(f"that is over: it is {there:%a %H:%M} there. Say a later time, or the day")
    return Span(day, start, end)


def _begins(day: date, days: Days, hours: tuple[time, time], now: datetime) -> datetime:
    if day == days.day_at(now):
        return now.replace(second=0, microsecond=0)
    return days.at(day, hours[0])


def clock(text: str) -> time:
    """A time of day: 15:00, 3pm, 15; refuses one that no clock shows."""
    found = _LOOSE.fullmatch(text)
    try:
        assert found is not None
        hour, minute, half = int(found[1]), int(found[2] or 0), (found[3] or "").lower()
        if half and not 1 <= hour <= 12:
            raise ValueError
        return time(hour % 12 + (12 if half == "pm" else 0) if half else hour, minute)
    except ValueError:
        raise Refused(f'no clock shows "{text}"; write it like 15:00 or 3pm') from None


def read_hours(text: str) -> tuple[time, time]:
    """From when until when people are expected: 9-18, 9:30-17:00, 9am to 6pm."""
    spoken = read_spoken(text)
    if spoken is None or spoken.day or not (spoken.start and spoken.end) or spoken.start == NOW:
        raise Refused("write the hours like 9-18")
    opens, closes = clock(_with_half(spoken.start, spoken.end)), clock(spoken.end)
    if closes <= opens:
        raise Refused("that closes before it opens; write the hours like 9-18")
    return opens, closes


def _with_half(start: str, end: str) -> str:
    """2-4pm means 2pm; 11-1pm does not."""
    half = end[-2:].lower()
    if half not in {"am", "pm"} or start[-2:].lower() in {"am", "pm"}:
        return start
    both = f"{start}{half}"
    try:
        return both if clock(both) < clock(end) else start
    except Refused:
        return start


def _on(days: Days) -> str:
    return in_words(days.first, days.last)
