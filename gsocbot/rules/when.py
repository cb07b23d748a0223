"""Reading moments as people type them: 8 apr 19:00, fri 18:00 Europe/London, in 2h, tomorrow 9."""

import re
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta, timezone, tzinfo
from functools import cache
from zoneinfo import ZoneInfo, available_timezones

from gsocbot.rules.recurrence import WEEKDAYS
from gsocbot.talk import Refused

MONTHS = ("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec")
DEFAULT_HOUR = time(0, 0)
FARTHEST = timedelta(days=36600)

HOW = "write it like 8 apr 19:00, fri 18:00 Europe/London, 2011-04-08 19:00Z, in 2h or tomorrow 9"

AMBIGUOUS = frozenset(
    [
        "ACT",
        "ADT",
        "AMST",
        "AMT",
        "AST",
        "BST",
        "CCT",
        "CDT",
        "CEDT",
        "CST",
        "ECT",
        "EDT",
        "EST",
        "FKST",
        "GST",
        "HST",
        "IST",
        "LMT",
        "MST",
        "MDT",
        "PDT",
        "PST",
        "SST",
        "WST",
    ]
)
"""Letters that mean several zones, or one only for half of the year."""

_ISO = re.compile(
    r"(?P<day>\d{4}-\d{2}-\d{2})(?:[T ](?P<time>\d{1,2}(?::\d{2}){1,2}))?"
    r"(?P<offset>Z|[+-]\d{2}:?\d{2})?$",
    re.IGNORECASE,
)
_CLOCK = re.compile(r"(\d{1,2})(?::(\d{2}))?(?::\d{2})?\s*(am|pm)?", re.IGNORECASE)
_OFFSET = re.compile(r"(?:UTC|GMT)?([+-])(\d{1,2})(?::?(\d{2}))?", re.IGNORECASE)
_SPAN = re.compile(
    r"(\d{1,4})\s*(minutes?|mins?|m|hours?|hrs?|h|days?|d|weeks?|w)\b", re.IGNORECASE
)
_SPAN_UNITS = {
    "m": timedelta(minutes=1),
    "h": timedelta(hours=1),
    "d": timedelta(days=1),
    "w": timedelta(days=7),
}


@dataclass(frozen=True, slots=True)
class Zone:
    """A zone and the name that people see."""

    name: str
    tz: tzinfo


UTC_ZONE = Zone("UTC", UTC)


@dataclass(frozen=True, slots=True)
class Moment:
    """What was read: an aware UTC moment, and the zones that were named, in their order.

    `assumed` says that the words could have been meant in another zone and were read as UTC.
    """

    at: datetime
    zones: tuple[Zone, ...]
    assumed: bool


def read_moment(text: str, now: datetime) -> Moment:
    """Read a moment and any zones behind it; with two zones the first is the one it is meant in.

    With one zone or none the words are read as UTC. Refuses what can be read in two ways.
    """
    words, zones = _split_zones(text.replace(",", " ").split())
    meant = zones[0] if len(zones) > 1 else UTC_ZONE
    at = _moment(words, meant.tz, now) if words or not zones else now
    text = " ".join(words).lower()
    exact = text.startswith(("in ", "now")) or bool((iso := _ISO.match(text)) and iso["offset"])
    return Moment(at, zones, assumed=not (zones or exact))


def read_zoned(text: str, now: datetime) -> tuple[datetime, Zone]:
    """Read a moment where a zone behind it says in which zone it is meant; UTC without one."""
    words, zones = _split_zones(text.replace(",", " ").split())
    if len(zones) > 1:
        raise Refused("that names two zones; one is enough")
    meant = zones[0] if zones else UTC_ZONE
    return _moment(words, meant.tz, now), meant


def zone_of(word: str) -> Zone | None:
    """The zone that a word names, None if it is no zone; refuses letters that mean several."""
    upper = word.upper()
    if upper in {"UTC", "Z", "GMT"}:
        return UTC_ZONE
    if upper in AMBIGUOUS:
        raise Refused(
            f'"{upper}" means several zones. Write a place, like America/Chicago or '
            "Asia/Shanghai, or an offset like +08:00."
        )
    offset = _OFFSET.fullmatch(word)
    if offset:
        sign, hours, minutes = offset.groups()
        span = timedelta(hours=int(hours), minutes=int(minutes or 0))
        if span >= timedelta(hours=15):
            raise Refused(f"there is no zone {word}; offsets go to +14:00")
        span = -span if sign == "-" else span
        return Zone(f"UTC{sign}{int(hours):02}:{minutes or '00'}", timezone(span))
    name = _places().get(word.lower())
    return Zone(name, ZoneInfo(name)) if name else None


@cache
def _places() -> dict[str, str]:
    """Zone names by what people type: the whole name, or its city where only one has it."""
    known = sorted(z for z in available_timezones() if "/" in z and not z.startswith("Etc/"))
    places: dict[str, str | None] = {}
    for name in known:
        city = name.rsplit("/", 1)[1].lower()
        places[city] = name if city not in places else None
    return {**{c: n for c, n in places.items() if n}, **{n.lower(): n for n in known}}


def _split_zones(words: list[str]) -> tuple[list[str], tuple[Zone, ...]]:
    zones: list[Zone] = []
    while words:
        zone = None if _CLOCK.fullmatch(words[-1]) else zone_of(words[-1])
        if zone is None:
            break
        zones.insert(0, zone)
        words = words[:-1]
    return words, tuple(zones)


def _moment(words: list[str], tz: tzinfo, now: datetime) -> datetime:
    text = " ".join(words).strip()
    try:
        at = _iso(text, tz) or _span(text, now) or _spoken(text.lower().split(), tz, now)
    except (ValueError, OverflowError):
        at = None
    if at is None:
        meant = any(c.isdecimal() for c in text)
        raise Refused(f'I cannot read "{text[:40]}" as a time; {HOW}', stray=not meant)
    if abs(at - now) > FARTHEST:
        raise Refused(f"{at:%Y-%m-%d} is too far away")
    return at


def _iso(text: str, tz: tzinfo) -> datetime | None:
    found = _ISO.match(text)
    if not found:
        return None
    day, clock, offset = found["day"], found["time"] or "00:00", found["offset"]
    clock = clock if clock[1] != ":" else f"0{clock}"
    if offset:
        return datetime.fromisoformat(f"{day}T{clock}{offset.upper()}").astimezone(UTC)
    return datetime.fromisoformat(f"{day}T{clock}").replace(tzinfo=tz).astimezone(UTC)


def _span(text: str, now: datetime) -> datetime | None:
    if text.lower() == "now":
        return now
    if not text.lower().startswith("in "):
        return None
    spans = _SPAN.findall(text)
    if not spans or _SPAN.sub("", text[3:]).replace("and", "").strip():
        return None
    return now + sum((int(n) * _SPAN_UNITS[unit[0].lower()] for n, unit in spans), timedelta())


def _spoken(words: list[str], tz: tzinfo, now: datetime) -> datetime | None:
    here = now.astimezone(tz)
    day, rest = _day(words, here.date())
    if rest and rest[0] == "at":
        rest = rest[1:]
    clock = _clock(" ".join(rest)) if rest else DEFAULT_HOUR
    if clock is None or not words:
        return None
    if day is None:
        at = datetime.combine(here.date(), clock, tz)
        return (at if at > here else datetime.combine(_next(here.date(), 1), clock, tz)).astimezone(
            UTC
        )
    at = datetime.combine(day, clock, tz)
    if words[0][:3] in WEEKDAYS and at <= here:
        at = datetime.combine(_next(day, 7), clock, tz)
    return at.astimezone(UTC)


def _day(words: list[str], today: date) -> tuple[date | None, list[str]]:
    """The day that the first words name, and the words behind it."""
    match words:
        case ["today", *rest]:
            return today, rest
        case ["tomorrow", *rest]:
            return _next(today, 1), rest
        case [weekday, *rest] if _is_name(weekday, WEEKDAYS):
            ahead = (WEEKDAYS.index(weekday[:3]) - today.weekday()) % 7
            in_words, tail = _day(rest, today)
            return (in_words, tail) if in_words else (_next(today, ahead), rest)
        case [number, month, *rest] if _is_name(month, MONTHS) and _ordinal(number):
            return _dated(_ordinal(number), month, rest, today)
        case [month, number, *rest] if _is_name(month, MONTHS) and _ordinal(number):
            return _dated(_ordinal(number), month, rest, today)
    return None, words


def _dated(number: int, month: str, rest: list[str], today: date) -> tuple[date, list[str]]:
    when = MONTHS.index(month[:3]) + 1
    if rest and re.fullmatch(r"(19|20)\d\d", rest[0]):
        return date(int(rest[0]), when, number), rest[1:]
    years = [y for y in (today.year - 1, today.year, today.year + 1) if _is_date(y, when, number)]
    if not years:
        raise ValueError
    nearest = min(years, key=lambda y: abs(date(y, when, number) - today))
    return date(nearest, when, number), rest


def _is_date(year: int, month: int, day: int) -> bool:
    try:
        date(year, month, day)
    except ValueError:
        return False
    return True


def _ordinal(word: str) -> int:
    found = re.fullmatch(r"(\d{1,2})(?:st|nd|rd|th)?\.?", word)
    return int(found[1]) if found else 0


def _is_name(word: str, names: tuple[str, ...]) -> bool:
    full = {
        "mon": "monday", "tue": "tuesday", "wed": "wednesday", "thu": "thursday", "fri": "friday",
        "sat": "saturday", "sun": "sunday", "jan": "january", "feb": "february", "mar": "march",
        "apr": "april", "may": "may", "jun": "june", "jul": "july", "aug": "august",
        "sep": "september", "oct": "october", "nov": "november", "dec": "december",
    }  # fmt: skip
    return word[:3] in names and full[word[:3]].startswith(word.rstrip("."))


def _clock(text: str) -> time | None:
    found = _CLOCK.fullmatch(text.removesuffix("h") if text.endswith("h") else text)
    if not found:
        return None
    hour, minute, half = int(found[1]), int(found[2] or 0), (found[3] or "").lower()
    if half:
        if not 1 <= hour <= 12:
            return None
        hour = hour % 12 + (12 if half == "pm" else 0)
    return time(hour, minute)


def _next(day: date, days: int) -> date:
    return day + timedelta(days=days)
