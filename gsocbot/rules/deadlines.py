"""What organisers say of a date: when it is, what it is, our own one, how often to remind."""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from zoneinfo import ZoneInfo

from gsocbot.rules.timeline import Audience, Deadline
from gsocbot.rules.when import UTC_ZONE, Wall, read_wall, zone_of
from gsocbot.talk import Refused

LONGEST_SLUG = 40
LONGEST_TITLE = 120
"""In bytes: a reminder is one line and says more than the title."""
LISTS = frozenset({"all", "past"})
"""What !timeline takes for several dates is no slug."""
LONGEST_MOMENT = 7
"""Words: Wed 20 September 2011 at 19:00 Europe/London."""

MOST_OFFSETS = 8
NEAREST_OFFSET = timedelta(minutes=10)
FARTHEST_OFFSET = timedelta(days=90)
FARTHEST_OURS = timedelta(days=60)

AUDIENCES = {str(audience): audience for audience in Audience} | {
    "contributors": Audience.STUDENTS,
    "contributor": Audience.STUDENTS,
    "student": Audience.STUDENTS,
    "mentor": Audience.MENTORS,
    "organiser": Audience.ORGANISERS,
    "organizers": Audience.ORGANISERS,
    "admins": Audience.ORGANISERS,
    "everybody": Audience.ALL,
    "everyone": Audience.ALL,
}
"""How people say for whom a date is."""

_FOR = re.compile(rf"(.*\S)\s+for\s+({'|'.join(AUDIENCES)})", re.IGNORECASE)
_SLUG = re.compile(r"[a-z0-9]+(?:-[a-z0-9]+)*")
_SPAN = re.compile(r"\b(\d{1,4})\s*(w|d|h|m)(?:eeks?|ays?|ours?|in|ins|inutes?)?\b")
_UNITS = {
    "w": timedelta(weeks=1),
    "d": timedelta(days=1),
    "h": timedelta(hours=1),
    "m": timedelta(minutes=1),
}
_ANY_HOUR = (time(0, 1), time(23, 59))
"""Words that are the same moment whatever the hour of a bare day is name their own."""


@dataclass(frozen=True, slots=True)
class When:
    """When a date is to be: exactly one of `at` and `day` is set.

    `hour_kept` says that only a day was named, and the hour is what it was.
    """

    at: datetime | None = None
    day: date | None = None
    zone: str = "UTC"
    hour_kept: bool = False


@dataclass(frozen=True, slots=True)
class NewDate:
    """What somebody has said of a date that is to be added."""

    when: str
    title: str
    audience: Audience


def read_when(text: str, now: datetime, old: Deadline | None = None) -> When:
    """Read when a date is to be; a zone behind it is the one it is meant in, else UTC.

    Where only a day is named, a date that had an hour keeps it, and another one gets none.
    """
    early, late = (_read(text, now, hour) for hour in _ANY_HOUR)
    if early.time == late.time:
        return When(at=early.at.replace(second=0), zone=early.zone)
    if old is None or old.at is None:
        return When(day=late.day)
    hour = old.at.astimezone(ZoneInfo(early.zone)).time()
    return When(at=_read(text, now, hour).at, zone=early.zone, hour_kept=True)


def _read(text: str, now: datetime, hour: time) -> Wall:
    try:
        return read_wall(text, now, UTC_ZONE, hour)
    except Refused as refused:
        # Noun and verb were there: the line was meant for us.
        raise Refused(refused.text, refused.kind) from None


def split_new(text: str, now: datetime) -> NewDate:
    """A moment, a title, and perhaps for whom: 20 sep 19:00 register for the summit for mentors."""
    found = _FOR.fullmatch(text.strip())
    audience = AUDIENCES[found[2].lower()] if found else Audience.ALL
    words = (found[1] if found else text).split()
    for count in range(min(LONGEST_MOMENT, len(words)), 0, -1):
        when = " ".join(words[:count])
        if not _is_moment(when, now):
            continue
        title = " ".join(words[count:])
        if title and words[count].isupper():
            zone_of(words[count])  # refuses letters that mean several zones
        return NewDate(when, checked_title(title), audience)
    if words:
        _read(" ".join(words[:3]), now, time())  # refuses, and says how to write it
    raise Refused("write when it is, then what it is: 20 sep 19:00 summit registration closes")


def _is_moment(text: str, now: datetime) -> bool:
    try:
        read_wall(text, now, UTC_ZONE, time())
    except Refused:
        return False
    return True


def checked_slug(text: str) -> str:
    """The short name of a new date; refuses what cannot be typed easily or stand in an address."""
    slug = text.lower()
    if slug in LISTS:
        raise Refused(f'"{slug}" means several dates; choose another slug')
    fits = _SLUG.fullmatch(slug) and len(slug) <= LONGEST_SLUG and any(c.isalpha() for c in slug)
    if not fits:
        raise Refused(
            f"a slug is small letters, digits and -, at most {LONGEST_SLUG}: summit-register"
        )
    return slug


def checked_title(text: str) -> str:
    """What a new date is; refuses nothing and too much."""
    title = text.strip().strip("\"'“”").rstrip(".").strip()
    if not any(c.isalnum() for c in title):
        raise Refused("say what it is, behind the date: 20 sep 19:00 summit registration closes")
    if len(title.encode()) > LONGEST_TITLE:
        raise Refused(f"a title has at most {LONGEST_TITLE} bytes; reminders are one line")
    return title


def read_ours(text: str) -> timedelta | None:
    """How long before a date our own is: -3d; None where there is to be none any more."""
    plain = text.strip().lower().removeprefix("-").strip()
    if plain in {"off", "none", "no", "0", "0d"}:
        return None
    spans = _spans(plain)
    if len(spans) != 1:
        raise Refused("say how long before it ours is: -3d or -12h; off takes ours away")
    if spans[0] > FARTHEST_OURS:
        raise Refused(f"that is more than {FARTHEST_OURS.days} days before it; take less")
    return spans[0]


def read_offsets(text: str) -> tuple[timedelta, ...] | None:
    """How long before a date to remind, farthest first; none at all for off, None as always."""
    plain = text.strip().lower()
    if plain in {"off", "none", "never"}:
        return ()
    if plain in {"default", "as always", "always", "on"}:
        return None
    spans = sorted(set(_spans(plain.replace("-", " "))), reverse=True)
    if not spans:
        raise Refused("say how long before it: 14d,7d,2d,1d,6h,1h; or off, or default")
    if len(spans) > MOST_OFFSETS:
        raise Refused(f"that is {len(spans)} reminders; at most {MOST_OFFSETS} are of use")
    if not NEAREST_OFFSET <= spans[-1] <= spans[0] <= FARTHEST_OFFSET:
        raise Refused("reminders come between 90 days and 10 minutes before it")
    return tuple(spans)


def _spans(text: str) -> list[timedelta]:
    """Every length in a text; none at all if something else stands there too."""
    if _SPAN.sub("", text).replace("and", "").strip(" ,;·"):
        return []
    found = [int(n) * _UNITS[unit[0]] for n, unit in _SPAN.findall(text)]
    return [span for span in found if span]


def in_short(offsets: Sequence[timedelta]) -> str:
    """14d 7d 2d 1d 6h 1h"""
    return " ".join(map(_short, offsets))


def _short(offset: timedelta) -> str:
    for unit in ("d", "h"):
        if not offset % _UNITS[unit]:
            return f"{offset // _UNITS[unit]}{unit}"
    return f"{offset // _UNITS['m']}min"
