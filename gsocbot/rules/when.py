"""Reading moments as people type them: 8 apr 19:00, fri 18:00 Europe/London, in 2h, tomorrow 9."""

import re
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta, timezone, tzinfo
from functools import cache
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError, available_timezones

from gsocbot.rules.recurrence import WEEKDAYS, instant
from gsocbot.talk import Refused

MONTHS = ("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec")
DEFAULT_HOUR = time(0, 0)
FARTHEST = timedelta(days=36600)
LONG_AGO = timedelta(days=90)
"""A day without a year is the nearest one, but not one that was so long ago."""

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


@dataclass(frozen=True, slots=True)
class Wall:
    """A moment as somebody means it: a day and a time on the clock of a zone.

    `named` says that the words name the zone themselves, or need none.
    """

    day: date
    time: time
    zone: str
    named: bool

    @property
    def at(self) -> datetime:
        """The moment that comes to, in UTC."""
        return instant(self.day, self.time, self.zone)


def read_moment(text: str, now: datetime) -> Moment:
    """Read a moment and any zones behind it; with two zones the first is the one it is meant in.

    With one zone or none the words are read as UTC. Refuses what can be read in two ways.
    """
    words, zones = _split_zones(text.replace(",", " ").split())
    meant = zones[0] if len(zones) > 1 else UTC_ZONE
    at = _moment(words, meant.tz, now) if words or not zones else now
    return Moment(at, zones, assumed=not (zones or _is_exact(words)))


def read_zoned(text: str, now: datetime) -> tuple[datetime, Zone]:
    """Read a moment where a zone behind it says in which zone it is meant; UTC without one."""
    words, zones = _split_zones(text.replace(",", " ").split())
    if len(zones) > 1:
        raise Refused("that names two zones; one is enough")
    meant = zones[0] if zones else UTC_ZONE
    return _moment(words, meant.tz, now), meant


def read_wall(text: str, now: datetime, own: Zone, hour: time) -> Wall:
    """Read a moment as it stands on a clock: of the zone behind it, else of the asker's own zone.

    A bare day means that hour of it.
    """
    words, zones = _split_zones(text.replace(",", " ").split())
    exact = _is_exact(words)
    if len(zones) > 1 or (zones and exact):
        raise Refused("that names more zones than it needs")
    meant = zones[0] if zones else own
    there = _local(words, meant.tz, now, hour)
    if exact or not isinstance(meant.tz, ZoneInfo):
        there, meant = there.astimezone(UTC), UTC_ZONE
    clock = there.time().replace(microsecond=0, fold=0)
    return Wall(there.date(), clock, meant.name, named=bool(zones) or exact)


def zone_named(name: str) -> Zone | None:
    """A zone by its whole name, None if this machine does not know it, or not any more."""
    try:
        return Zone(name, ZoneInfo(name))
    except (ZoneInfoNotFoundError, ValueError, OSError):  # "Europe" is a folder
        return None


def zones_at(city: str) -> list[str]:
    """The zones whose last word is a city, where several are."""
    end = f"/{city.lower()}"
    return sorted(z for z in available_timezones() if z.lower().endswith(end))


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


def _is_exact(words: list[str]) -> bool:
    """Whether words mean the same moment everywhere."""
    text = " ".join(words).lower()
    return text.startswith(("in ", "now")) or bool((iso := _ISO.match(text)) and iso["offset"])


def _moment(words: list[str], tz: tzinfo, now: datetime) -> datetime:
    return _local(words, tz, now, DEFAULT_HOUR).astimezone(UTC)


def _local(words: list[str], tz: tzinfo, now: datetime, hour: time) -> datetime:
    """A moment on the clock of a zone, or in UTC where no clock was meant."""
    text = " ".join(words).strip()
    try:
        lower = text.lower().split()
        at = _iso(text, tz, hour) or _span(text, now) or _spoken(lower, tz, now, hour)
        if at is not None:
            at.astimezone(UTC)  # what is beyond all calendars cannot be turned
    except (ValueError, OverflowError):
        at = None
    if at is None:
        meant = any(c.isdecimal() for c in text)
        raise Refused(f'I cannot read "{text[:40]}" as a time; {HOW}', stray=not meant)
    if abs(at - now) > FARTHEST:
        raise Refused(f"{at:%Y-%m-%d} is too far away")
    return at


def _iso(text: str, tz: tzinfo, hour: time) -> datetime | None:
    found = _ISO.match(text)
    if not found:
        return None
    day, clock, offset = found["day"], found["time"] or f"{hour:%H:%M}", found["offset"]
    clock = clock if clock[1] != ":" else f"0{clock}"
    if offset:
        return datetime.fromisoformat(f"{day}T{clock}{offset.upper()}").astimezone(UTC)
    return datetime.fromisoformat(f"{day}T{clock}").replace(tzinfo=tz)


def _span(text: str, now: datetime) -> datetime | None:
    if text.lower() == "now":
        return now
    if not text.lower().startswith("in "):
        return None
    spans = _SPAN.findall(text)
    if not spans or _SPAN.sub("", text[3:]).replace("and", "").strip():
        return None
    return now + sum((int(n) * _SPAN_UNITS[unit[0].lower()] for n, unit in spans), timedelta())


def _spoken(words: list[str], tz: tzinfo, now: datetime, hour: time) -> datetime | None:
    here = now.astimezone(tz)
    day, rest = _day(words, here.date())
    if rest and rest[0] == "at":
        rest = rest[1:]
    clock = _clock(" ".join(rest)) if rest else hour
    if clock is None or not words:
        return None
    if day is None:
        at = datetime.combine(here.date(), clock, tz)
        return at if at > here else datetime.combine(_next(here.date(), 1), clock, tz)
    at = datetime.combine(day, clock, tz)
    if words[0][:3] in WEEKDAYS and at <= here:
        at = datetime.combine(_next(day, 7), clock, tz)
    return at


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
    ahead = [y for y in years if today - date(y, when, number) <= LONG_AGO] or years
    nearest = min(ahead, key=lambda y: abs(date(y, when, number) - today))
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
