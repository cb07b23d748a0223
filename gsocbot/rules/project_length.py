"""How long a project may be, and when that can still be changed.

Google's guide for mentors (Setting Expectations, flexible timelines): the length is changed before
an evaluation phase begins, not within it, and a project takes up to 22 weeks.
"""

from collections.abc import Mapping, Sequence
from datetime import datetime, time, timedelta

from gsocbot.rules.timeline import LATEST_END_OF_DAY, Deadline
from gsocbot.rules.when import UTC_ZONE, read_wall
from gsocbot.talk import Refused

LOCKED_BEFORE = timedelta(days=10)
"""So long before its close an evaluation counts as begun, where nobody knows when it opens."""

LONGEST = timedelta(weeks=22)
"""Of a project, from the first day of coding."""

EVALUATIONS: Mapping[str, tuple[tuple[str, ...], tuple[str, ...]]] = {
    "midterm": (("midterm-open",), ("midterm-mentor", "midterm-student")),
    "final": (("final-week", "final-open"), ("final-mentor", "final-work")),
}
"""The dates with which they begin and close, by their slugs; the first that is known counts."""

BEGINS = ("coding-start",)
ENDS = ("final-work", "final-mentor")
USUAL_HOUR = time(18)
"""Of Google's deadlines."""


def usual_end(dates: Sequence[Deadline]) -> datetime | None:
    """When the projects end that nobody has made longer."""
    found = _first(dates, ENDS)
    return found.passes_at if found else None


def read_end(text: str, dates: Sequence[Deadline], now: datetime) -> datetime:
    """Read when a project is to end; a bare day ends at the hour at which the others do."""
    found = _first(dates, ENDS)
    hour = found.at.timetz().replace(tzinfo=None) if found and found.at else USUAL_HOUR
    return read_wall(text, now, UTC_ZONE, hour).at


def check_length(
    end: datetime, was: datetime | None, dates: Sequence[Deadline], now: datetime
) -> None:
    """Refuse an end that is past, too far away, or is named too late; `was` is one of its own."""
    if end <= now:
        raise Refused("that is past; say when it is to end: !student extend <student> <date>")
    for name in EVALUATIONS:
        window = _window(name, was if name == "final" else None, dates)
        if window is not None and window[0] <= now < window[1]:
            raise Refused(
                f"the {name} evaluation has begun, and Google changes lengths only before it. Ask "
                "Google's admins; nothing changed"
            )
    begun = _first(dates, BEGINS)
    start = begun.at or begun.passes_at - LATEST_END_OF_DAY if begun else None
    if start is not None and end > start + LONGEST:
        raise Refused(f"a project takes {LONGEST.days // 7} weeks at most; that is longer")


def _window(
    name: str, own_end: datetime | None, dates: Sequence[Deadline]
) -> tuple[datetime, datetime] | None:
    """From when until when an evaluation goes on; that of a longer project at its own end."""
    if own_end is not None:
        return own_end - LOCKED_BEFORE, datetime.max.replace(tzinfo=own_end.tzinfo)
    opens, closes = (_first(dates, slugs) for slugs in EVALUATIONS[name])
    if closes is None:
        return None
    begins = closes.passes_at - LOCKED_BEFORE
    if opens is not None:
        begins = opens.at or opens.passes_at - LATEST_END_OF_DAY
    # Once the final one has closed, a project that was not longer is over.
    forever = datetime.max.replace(tzinfo=begins.tzinfo)
    return begins, closes.passes_at if name == "midterm" else forever


def _first(dates: Sequence[Deadline], slugs: Sequence[str]) -> Deadline | None:
    known = {date.slug: date for date in dates}
    return next((known[slug] for slug in slugs if slug in known), None)
