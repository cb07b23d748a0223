"""Mentors: when they are away and who stands in, what they may offer, who carries how much."""

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta

from gsocbot.rules.ideas import PUBLIC, IdeaText
from gsocbot.rules.timeline import Audience, Deadline, DeadlineKind
from gsocbot.rules.when import UTC_ZONE, Zone, read_zoned, zone_of
from gsocbot.talk import Refused

LONGEST_HOURS = 80
"""Bytes of a mentor's usual hours; they stand in a line with much else."""

MOST_OFFERS = 5
"""So many offers of one person wait for an organiser at a time."""

MANY_IDEAS = 3
"""Who mentors more public ideas than this is pointed out to organisers."""

LONGEST_ABSENCE = timedelta(days=183)
"""Who is away for longer does not mentor in this season."""

_MOMENT = timedelta(microseconds=1)
_NAMES = "mon|tue|wed|thu|fri|sat|sun|jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec"
_LEAD = re.compile(r"^(?:from|until|till|to)\s+", re.IGNORECASE)
_BACKUP = re.compile(r"\s*[,;]?\s*(?:\bwith\s+)?\bbackup\b:?\s*", re.IGNORECASE)
_TWO_DAYS = re.compile(r"(\d{1,2})\.?\s*[-–—]\s*(\d{1,2}\.?)\s+([a-z]{3,9}\b.*)", re.IGNORECASE)
_MONTH_FIRST = re.compile(r"([a-z]{3,9})\s+(\d{1,2})\s*[-–—]\s*(\d{1,2})(\s.*)?", re.IGNORECASE)
_BETWEEN = re.compile(
    r"\s+(?:-|–|—|to|till|until)\s+"
    rf"|(?<=[a-z0-9])(?<!utc)(?<!gmt)\s*[-–—]\s*(?=(?:{_NAMES})[a-z]*\b)"
    r"|(?<=[a-z])(?<!utc)(?<!gmt)\s*[-–—]\s*(?=\d)",
    re.IGNORECASE,
)
_DAYS_AHEAD = re.compile(r"in\s+\d+\s*(?:d|days?|w|weeks?)", re.IGNORECASE)
_LENGTH = re.compile(r"(?:for\s+)?(a|an|one|\d+)\s*((?:d|w)[a-z]*|hours?|hrs?)", re.IGNORECASE)
_USUALLY = re.compile(r"(?:i am |i'm )?usually(?: here)?\b[:,]?\s*", re.IGNORECASE)
_ZONE = re.compile(r"\b(?!AM\b|PM\b)[A-Z]{2,5}\b|\b(?:utc|gmt)\b|[+-]\d{2}:?\d{2}\b|\w/\w")


@dataclass(frozen=True, slots=True)
class Absence:
    """A time in which a mentor is not there; `backup` stands in for it once they have agreed."""

    account: str
    since: datetime
    until: datetime
    backup: str = ""
    agreed: bool = False

    @property
    def last_day(self) -> date:
        """The last day of it, in UTC."""
        return (self.until - _MOMENT).astimezone(UTC).date()

    @property
    def first_day(self) -> date:
        """Its first day, in UTC."""
        return self.since.astimezone(UTC).date()


Absences = Mapping[str, Absence]
"""By account: of everybody at most one."""


# --- absences


def is_away(absence: Absence | None, now: datetime) -> bool:
    """Whether somebody is away just now; when it ends, nobody has to say so."""
    return absence is not None and absence.since <= now < absence.until


def is_to_come(absence: Absence | None, now: datetime) -> bool:
    """Whether an absence goes on or lies ahead."""
    return absence is not None and now < absence.until


def stand_in(account: str, absences: Absences, now: datetime) -> str | None:
    """Who stands in for somebody just now: who has agreed to, and is not away as well."""
    absence = absences.get(account.lower())
    if absence is None or not absence.agreed or not is_away(absence, now):
        return None
    return None if is_away(absences.get(absence.backup), now) else absence.backup


def seers(mentors: Iterable[str], absences: Absences, now: datetime, asker: str = "") -> list[str]:
    """Who sees a question on an idea of these mentors, with those who stand in; not the asker."""
    found: dict[str, str] = {}
    for mentor in mentors:
        if mentor.lower() != asker:
            other = stand_in(mentor, absences, now)
            name = other if other and other != asker else mentor
            found.setdefault(name.lower(), name)
    return list(found.values())


def split_backup(text: str) -> tuple[str, str]:
    """What somebody says of an absence: until when, and the name of their backup, if any."""
    until, *others = _BACKUP.split(text)
    if not others:
        return until, ""
    names = others[0].split()
    if len(others) > 1 or len(names) != 1 or not until:
        raise Refused("write it like 11 jul-20 jul backup tomas; the backup is one mentor")
    return until, names[0]


def read_absence(text: str, now: datetime) -> tuple[datetime, datetime]:
    """Read when somebody is away, from and until: 20 jul, 11-20 jul, fri-mon, in 2 weeks.

    A day is away until its end. Without a zone behind it, it is a day of UTC.
    """
    begin, end = two_ends(_ahead(_LEAD.sub("", text.strip(), count=1)))
    since = now if begin is None else _read(begin, now)[0]
    at, zone = _read(end, since if begin else now)
    if begin is not None and zone != UTC_ZONE and zone_of(begin.split()[-1]) is None:
        since = _read(f"{begin} {zone.name}", now)[0]
    until = _day_end(end, at, zone)
    if until <= now:
        last = (until - _MOMENT).astimezone(UTC)
        raise Refused(
            f"{last:%a} {last.day} {last:%b %Y} is over; if you mean another, say the year"
        )
    if until <= since:
        raise Refused("that ends before it begins; write it like 11 jul-20 jul")
    if until - since > LONGEST_ABSENCE:
        raise Refused("that is more than half a year; !mentor withdraw <idea> steps down instead")
    return since, until


def _ahead(text: str) -> str:
    """A bare length, like 2 weeks or a day, begins now."""
    length = _LENGTH.fullmatch(text)
    if length is None:
        return text
    count = length[1] if length[1].isdecimal() else "1"
    return f"in {count} {length[2]}"


def two_ends(text: str) -> tuple[str | None, str]:
    """The first and the last day in words like 11-20 jul and fri to mon; one day is the last."""
    if days := _TWO_DAYS.fullmatch(text):
        return f"{days[1]} {days[3]}", f"{days[2]} {days[3]}"
    if days := _MONTH_FIRST.fullmatch(text):
        rest = days[4] or ""
        return f"{days[1]} {days[2]}{rest}", f"{days[1]} {days[3]}{rest}"
    parts = _BETWEEN.split(text, maxsplit=1)
    return (parts[0], parts[1]) if len(parts) == 2 else (None, text)


def _read(text: str, now: datetime) -> tuple[datetime, Zone]:
    try:
        return read_zoned(text, now)
    except Refused as refused:
        what = refused.text.partition(";")[0].rstrip(".")
        raise Refused(f"{what}. Days are like 20 jul, 11 jul-20 jul or in 2 weeks") from refused


def _day_end(text: str, at: datetime, zone: Zone) -> datetime:
    """The end of the day that was named, or the very moment, if it was one."""
    there = at.astimezone(zone.tz)
    whole = (there.time() == time() and ":" not in text) or _DAYS_AHEAD.fullmatch(text.strip())
    if not whole:
        return at
    return datetime.combine(there.date() + timedelta(days=1), time(), zone.tz).astimezone(UTC)


def evaluations(deadlines: Iterable[Deadline], since: datetime, until: datetime) -> list[Deadline]:
    """The mentors' evaluations whose deadline, ours or Google's, lies within an absence."""
    return [
        d
        for d in deadlines
        if d.audience is Audience.MENTORS
        and d.kind is DeadlineKind.DEADLINE
        and "evaluation" in d.title.lower()
        and any(since <= at < until for at in (d.ours_at, _at(d)) if at is not None)
    ]


def _at(deadline: Deadline) -> datetime:
    if deadline.at is not None:
        return deadline.at
    assert deadline.day is not None
    return datetime.combine(deadline.day, time(), UTC)


# --- offers, ideas, hours


def check_may_offer(waiting: int) -> None:
    """Refuse one offer too many of the same person."""
    if waiting >= MOST_OFFERS:
        raise Refused(
            f"{MOST_OFFERS} offers of yours wait for an organiser; take one back first: "
            "!mentor withdraw <idea>"
        )


def leaves_nobody(idea: IdeaText) -> bool:
    """Whether everybody sees an idea that nobody mentors."""
    return idea.state in PUBLIC and not idea.mentors


def loads(ideas: Iterable[IdeaText]) -> dict[str, list[int]]:
    """Who mentors more public ideas than one can look after, with their numbers."""
    found: dict[str, list[int]] = {}
    for idea in ideas:
        for mentor in idea.mentors if idea.state in PUBLIC else ():
            found.setdefault(mentor.lower(), []).append(idea.number or 0)
    return {m: numbers for m, numbers in sorted(found.items()) if len(numbers) > MANY_IDEAS}


def usual_hours(text: str) -> str:
    """A mentor's usual hours as they are kept; refuses what says nothing, and what is too long."""
    plain = _USUALLY.sub("", " ".join(text.split()).strip("\"'“”"), count=1).rstrip(".")
    if not any(c.isalnum() for c in plain):
        raise Refused("write it like !mentor hours 16-20 UTC on weekdays, or !mentor hours off")
    if len(plain.encode()) > LONGEST_HOURS:
        raise Refused(f"usual hours have at most {LONGEST_HOURS} bytes, like 16-20 UTC on weekdays")
    return plain


def lacks_zone(hours: str) -> bool:
    """Whether hours are given in figures and nothing says of which zone they are."""
    return any(c.isdecimal() for c in hours) and not _ZONE.search(hours)
