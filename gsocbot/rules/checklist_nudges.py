"""When people are told of a checklist by themselves: that it begins, and what is still open."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta, tzinfo

from gsocbot.rules.checklists import Checklist, Window, moment
from gsocbot.rules.timeline import Audience

MORNING = time(9)
"""On the clock of the person who is told."""

OPEN_DAYS = (7, 2)
"""So many days before a list ends people are told what is open."""

WEEKLY_DAYS = (21, 14, 7, 2)
WEEKLY = frozenset({"bonding"})
"""In these phases students are told every week: they are short, and much is to be done."""

BEGINS_USEFUL = timedelta(days=7)
"""How long it is worth saying that a list begins."""

OPEN_USEFUL = timedelta(days=3)
"""How long it is worth saying what is open."""

DAY = timedelta(days=1)


@dataclass(frozen=True, slots=True)
class Told:
    """A line to one person: `what` says which of a list it is, worth saying from `due` on."""

    what: str
    due: datetime
    expires: datetime


Away = Callable[[datetime], bool]
"""Whether somebody is away at a moment, and wants to hear of nothing."""


def days_before(checklist: Checklist) -> Sequence[int]:
    """How many days before a list ends people are told what is open."""
    weekly = checklist.audience is Audience.STUDENTS and WEEKLY.intersection(checklist.phases)
    return WEEKLY_DAYS if weekly else OPEN_DAYS


def plan(
    of: Window, days: Sequence[int], since: datetime, tz: tzinfo, away: Away
) -> tuple[Told | None, list[Told]]:
    """That a list begins, and what is told of it later; nothing that was due before `since`.

    The nearer reminder ends the usefulness of the farther one. Of the beginning somebody who is
    away hears when they are back; what they miss otherwise is not told.
    """
    end = _end(of, tz)
    last = of.last_day(tz)
    mornings = [morning(last - n * DAY, tz) for n in days]
    ends = [*mornings[1:], end]
    later = [
        Told(f"{n}d:{last.isoformat()}", due, min(expires, due + OPEN_USEFUL))
        for n, due, expires in zip(days, mornings, ends, strict=True)
        if due > since and due < expires and not away(due)
    ]
    begins = next_morning(max(of.begins_at, since), tz)
    while away(begins) and begins < end:
        begins = next_morning(begins + timedelta(minutes=1), tz)
    if begins >= end:
        return None, later
    later = [told for told in later if told.due > begins]
    expires = min([begins + BEGINS_USEFUL, end, *(told.due for told in later)])
    return Told("begins", begins, expires), later


def _end(of: Window, tz: tzinfo) -> datetime:
    """When a list ends for somebody: a bare day ends where they are."""
    if of.end.day is None:
        return moment(of.end)
    return datetime.combine(of.end.day + DAY, time(), tz).astimezone(UTC)


def morning(day: date, tz: tzinfo) -> datetime:
    """When a day's reminders are told."""
    return datetime.combine(day, MORNING, tz).astimezone(UTC)


def next_morning(at: datetime, tz: tzinfo) -> datetime:
    """The first morning at or after a moment."""
    today = morning(at.astimezone(tz).date(), tz)
    return today if today >= at else morning(at.astimezone(tz).date() + DAY, tz)
