"""What the bot says of a hackathon by itself, and when: pure plans for the outbox."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from enum import StrEnum

from gsocbot.rules.hackathon import EVENING, MORNING, Days, EventKind

EVE = time(18)
"""When a hackathon that begins the next day is spoken of, by the zone's clock."""
EVE_USEFUL = timedelta(hours=5)
MORNING_USEFUL = timedelta(hours=3)
EVENING_USEFUL = timedelta(hours=12)
"""Whoever does not want to be woken reads in the morning what the day was."""

BEFORE = {EventKind.DEMOS: timedelta(minutes=5), EventKind.SOCIAL: timedelta(minutes=30)}
"""So long before something that is for everybody it is spoken of; until it begins, that is."""

TONIGHT = time(17)
"""What is at this hour or later is in the evening."""


class HackLine(StrEnum):
    """What such a line is about; its template has this name."""

    TOMORROW = "hack_tomorrow"
    MORNING = "hack_morning"
    DEMOS = "hack_demos"
    SOCIAL = "hack_social"
    EVENING = "hack_evening"


@dataclass(frozen=True, slots=True)
class Due:
    """A line that falls due; `subject` tells it from others of its sort, `at` is what it is of."""

    line: HackLine
    subject: str
    day: date
    at: datetime
    due: datetime
    expires: datetime


def of_days(days: Days, opens: time) -> Iterator[Due]:
    """The evening before, each morning (not before it opens), each evening."""
    eve = days.at(days.first - timedelta(days=1), EVE)
    begin = days.at(days.first, opens)
    yield Due(HackLine.TOMORROW, "", days.first, begin, eve, eve + EVE_USEFUL)
    for day in days.dates:
        morning, evening = days.at(day, max(MORNING, opens)), days.at(day, EVENING)
        which = day.isoformat()
        yield Due(HackLine.MORNING, which, day, morning, morning, morning + MORNING_USEFUL)
        yield Due(HackLine.EVENING, which, day, evening, evening, evening + EVENING_USEFUL)


def of_event(days: Days, number: int, kind: EventKind, start: datetime) -> Due:
    """That something is soon; what is moved to another moment is something else."""
    line = HackLine.DEMOS if kind is EventKind.DEMOS else HackLine.SOCIAL
    subject = f"{number}:{start:%Y-%m-%dT%H:%MZ}"
    return Due(line, subject, days.day_at(start), start, start - BEFORE[kind], start)


def is_tonight(start: datetime, days: Days) -> bool:
    """Whether something is in the evening, there."""
    there = start.astimezone(days.tz)
    return there.time() >= TONIGHT or there.date() > days.day_at(start)
