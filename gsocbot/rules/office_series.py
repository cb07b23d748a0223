"""A new series of office hours in words: how often, when, how long, where, from when until when."""

import re
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta

from gsocbot.rules.recurrence import MOST_WEEKS, Weekly, occurrences
from gsocbot.rules.when import UTC_ZONE, Wall, read_wall, zone_of
from gsocbot.talk import Refused

AHEAD = timedelta(days=370)
"""So far ahead sessions are listed, and can be changed."""
USUAL_LENGTH = timedelta(minutes=60)
SHORTEST, LONGEST = timedelta(minutes=5), timedelta(hours=12)

HOW = "!office add weekly wed 16:00 Europe/London 60m"

ANY_HOUR = (time(0, 1), time(23, 59))
"""Words that are the same moment whatever the hour of a bare day is name their own."""

_UNITS = re.compile(r"\b(\d+) (am|pm|m|mins?|minutes?|h|hrs?|hours?)\b", re.IGNORECASE)
_LENGTH = re.compile(r"(?:(\d{1,3})h(?:(?:ou)?rs?)?)?(?:(\d{1,4})(?:m|mins?|minutes?)?)?", re.I)
_EVERY = re.compile(
    r"(?P<once>once|single)|(?P<two>bi-?weekly|fortnightly|every (?:other|second) week)"
    r"|weekly|every week|every (?P<n>\d{1,3}) weeks?",
    re.IGNORECASE,
)
_WEEKDAY = re.compile(
    r"(mon|tue(?:s)?|wed(?:nes)?|thu(?:rs)?|fri|sat(?:ur)?|sun)(?:day)?s?", re.IGNORECASE
)

_FILLERS = frozenset({"on", "for", "in"})


@dataclass(frozen=True, slots=True)
class NewSeries:
    """A series that somebody wants; `named` says that they have named the zone."""

    weekly: Weekly
    named: bool


def read_series(text: str, now: datetime) -> NewSeries:
    """Read weekly wed 16:00 Europe/London 60m #chan from 6 apr until 1 jul, or every 2 weeks …,
    or once 8 apr 16:00 Europe/London 60m.
    """
    body, begin, end = _clauses(_UNITS.sub(r"\1\2", " ".join(text.split())))
    how = _EVERY.match(body)
    words = [w for w in (body[how.end() :] if how else body).split() if w.lower() not in _FILLERS]
    if how is None and not (words and _is_weekday(words[0])):
        raise Refused(f"say how often first: {HOW}, every 2 weeks …, or once 8 apr …")
    once = how is not None and how["once"] is not None
    every = 2 if how and how["two"] else int(how["n"]) if how and how["n"] else 1
    if not 1 <= every <= MOST_WEEKS:
        raise Refused(f"that is every {every} weeks; from 1 to {MOST_WEEKS} are of use")
    channels = [word for word in words if word.startswith(("#", "&"))]
    if len(channels) > 1:
        raise Refused("that names several channels; one is enough, or none for all")
    words, length = _length([word for word in words if word not in channels])
    if not once and words and not _is_weekday(words[0]):
        raise Refused(f'"{words[0][:20]}" is no day of the week: {HOW}')
    wall = _moment([_singular(w) for w in words], now)
    if once and (begin or end):
        raise Refused("once is one day; from and until are for what comes again")
    first = _day(begin, now) if begin else wall.day
    last = wall.day if once else _day(end, now) if end else None
    if last is not None and last < first:
        raise Refused("that ends before it begins")
    minutes = int(length.total_seconds() // 60)
    weekday = wall.day.weekday()
    weekly = Weekly(weekday, wall.time, wall.zone, minutes, first, last, every=every,
                    channel=(channels or [""])[0].lower())  # fmt: skip
    if next(occurrences(weekly, now, now + AHEAD), None) is None:
        raise Refused("that is over, or more than a year away")
    return NewSeries(weekly, wall.named)


def _clauses(text: str) -> tuple[str, str, str]:
    """The words before "from" and "until", and what stands behind each."""
    parts = re.split(r"\b(from|starting|until|till)\b", text, flags=re.IGNORECASE)
    found = {"from": "", "until": ""}
    for word, rest in zip(parts[1::2], parts[2::2], strict=True):
        found["from" if word.lower() in {"from", "starting"} else "until"] = rest.strip() or " "
    return parts[0].strip(), found["from"], found["until"]


def _length(words: list[str]) -> tuple[list[str], timedelta]:
    """The words without the last one that is a length, and the length."""
    for at in range(len(words) - 1, 1, -1):
        found = _LENGTH.fullmatch(words[at])
        if found and (found[1] or found[2]):
            length = timedelta(hours=int(found[1] or 0), minutes=int(found[2] or 0))
            if not SHORTEST <= length <= LONGEST:
                raise Refused("an office hour lasts from 5 min to 12 h: 60m, or 1h30m")
            return words[:at] + words[at + 1 :], length
    return words, USUAL_LENGTH


def _moment(words: list[str], now: datetime) -> Wall:
    """The day and the hour of the first session; refuses a day alone."""
    text = " ".join(words)
    if not words:
        raise Refused(f"say the day and the hour too: {HOW}")
    try:
        early, late = (read_wall(text, now, UTC_ZONE, hour) for hour in ANY_HOUR)
    except Refused as refused:
        if len(words) > 2 and reads(" ".join(words[:-1]), now):
            zone_of(words[-1])  # refuses letters that mean several zones
            unknown = f'I know no zone "{words[-1][:40]}"; write a place, such as Europe/London'
            raise Refused(unknown) from None
        raise Refused(refused.text) from None
    if early.time != late.time:
        raise Refused(f"say the hour too: {HOW}")
    return early


def _day(text: str, now: datetime) -> date:
    return read_words(text, now, ANY_HOUR[1]).day


def _is_weekday(word: str) -> bool:
    """Whether a word is a day of the week: wed, Wednesday, wednesdays."""
    return _WEEKDAY.fullmatch(word) is not None


def _singular(word: str) -> str:
    return word[:3] if _is_weekday(word) else word


def read_words(text: str, now: datetime, hour: time) -> Wall:
    """Read a moment, in UTC if no zone stands behind it; a bare day means that hour of it."""
    try:
        return read_wall(text, now, UTC_ZONE, hour)
    except Refused as refused:
        # Noun and verb were there: the line was meant for us.
        raise Refused(refused.text) from None


def reads(text: str, now: datetime) -> bool:
    """Whether words are a moment, or a day."""
    try:
        read_words(text, now, time(12))
    except Refused:
        return False
    return True
