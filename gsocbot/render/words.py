"""Moments, spans, hours and names as words: the one place where they are written."""

from collections.abc import Sequence
from datetime import UTC, date, datetime, timedelta, tzinfo

from gsocbot.rules.timeline import Deadline

MINUTE = timedelta(minutes=1)
NEAR = timedelta(days=180)
"""A date farther away than this is shown with its year."""


def moment(at: datetime, now: datetime, tz: tzinfo = UTC, zone: str = "UTC") -> str:
    """Fri 8 Apr 19:00 UTC"""
    there = at.astimezone(tz)
    return f"{_day_words(there.date(), abs(at - now) > NEAR)} {there:%H:%M} {zone}"


def day(on: date, now: datetime) -> str:
    """Fri 8 Apr"""
    return _day_words(on, abs(on - now.date()) > NEAR)


def short_day(deadline: Deadline) -> str:
    """8 Apr"""
    on = deadline.at.date() if deadline.at else deadline.day
    assert on is not None
    return f"{on.day} {on:%b}"


def day_briefly(on: date, now: datetime) -> str:
    """8 Apr"""
    return f"{on.day} {on:%b}" + (f" {on.year}" if abs(on - now.date()) > NEAR else "")


def full_day(on: date) -> str:
    """8 Apr 2011"""
    return f"{on.day} {on:%b} {on.year}"


def times(count: int) -> str:
    """once, or 5 times"""
    return "once" if count == 1 else f"{count} times"


def when(deadline: Deadline, now: datetime, yours: tzinfo | None = None) -> str:
    """Fri 8 Apr 19:00 UTC (in 3 d 4 h); a bare day says that no hour is known."""
    if deadline.at is not None:
        return f"{moment(deadline.at, now)} ({aside(deadline.at, now, yours)})"
    assert deadline.day is not None
    return f"{day(deadline.day, now)} (no hour given)"


def when_briefly(deadline: Deadline, now: datetime) -> str:
    """Fri 8 Apr 19:00 UTC"""
    if deadline.at is not None:
        return moment(deadline.at, now)
    assert deadline.day is not None
    return day(deadline.day, now)


def for_you(at: datetime, yours: tzinfo | None) -> str:
    """21:00 for you, or Sat 9 Apr 00:30 for you; empty where their clock is none but UTC's."""
    if yours is None or not at.astimezone(yours).utcoffset():
        return ""
    there = at.astimezone(yours)
    other = there.date() != at.astimezone(UTC).date()
    return f"{_day_words(there.date(), with_year=False)} " * other + f"{there:%H:%M} for you"


def aside(at: datetime, now: datetime, yours: tzinfo | None = None) -> str:
    """in 3 d 4 h, 21:00 for you"""
    return ", ".join(filter(None, [distance(at, now), for_you(at, yours)]))


def clock(at: datetime, now: datetime, tz: tzinfo, zone: str) -> str:
    """15:20 UTC, or Tue 5 Apr 15:20 UTC on another day"""
    there = at.astimezone(tz)
    same = there.date() == now.astimezone(tz).date()
    return f"{there:%H:%M} {zone}" if same else moment(at, now, tz, zone)


def distance(at: datetime, now: datetime) -> str:
    """in 3 d 4 h, or 6 min ago"""
    if abs(at - now) < timedelta(minutes=1):
        return "now"
    return f"in {span(at - now)}" if at >= now else f"{span(now - at)} ago"


def span(length: timedelta) -> str:
    """3 d 4 h; two units at most, whole days alone from ten."""
    minutes = int(length.total_seconds() // 60)
    days, hours, rest = minutes // 1440, minutes // 60 % 24, minutes % 60
    if days >= 10:
        return f"{days} d"
    parts = [f"{n} {unit}" for n, unit in ((days, "d"), (hours, "h"), (rest, "min")) if n][:2]
    if days:
        parts = [p for p in parts if not p.endswith("min")]
    return " ".join(parts) or "less than a minute"


def minutes(length: timedelta) -> str:
    """61 min"""
    whole = round(length.total_seconds() / 60)
    return f"{whole} min" if whole else "less than a minute"


def gap(since: datetime, until: datetime, of: str = "the log") -> str:
    """4 min of the log are missing (15:17-15:21 UTC)"""
    length = until - since
    longer = length >= timedelta(minutes=1)
    how_long = span(length) if longer else f"{max(1, round(length.total_seconds()))} s"
    form = "%H:%M" if longer else "%H:%M:%S"
    start, end = since.astimezone(UTC), until.astimezone(UTC)
    on = "" if start.date() == end.date() else f"{_day_words(end.date(), False)} "
    return f"{how_long} of {of} are missing ({start:{form}}-{on}{end:{form}} UTC)"


def listed(names: Sequence[str]) -> str:
    """mira, tomas and ines"""
    if len(names) < 2:
        return "".join(names)
    return f"{', '.join(names[:-1])} and {names[-1]}"


def plural(count: int, word: str) -> str:
    """1 idea, 3 ideas"""
    return f"{count} {word}" if count == 1 else f"{count} {word}s"


def _day_words(on: date, with_year: bool) -> str:
    return f"{on:%a} {on.day} {on:%b}" + (f" {on.year}" if with_year else "")
