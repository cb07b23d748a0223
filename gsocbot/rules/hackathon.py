"""The days of a hackathon: which day it is there, when one begins and ends, and in words."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from enum import StrEnum
from zoneinfo import ZoneInfo

from gsocbot.rules.recurrence import instant
from gsocbot.talk import Refused

LONGEST = 14
"""Days; whatever is longer is no hackathon."""

EVERYWHERE = frozenset({"everywhere", "remote", "online"})
"""What people write for the zone of one that has no place; its clock is UTC."""

MORNING = time(9)
EVENING = time(23)
"""When the bot speaks of the day, and when it looks back on it, by the zone's clock."""

DAY_TURNS = time(4)
"""Who is up until now still has the evening before: a day of a hackathon goes on until then."""


class EventKind(StrEnum):
    """What a day has for everybody."""

    DEMOS = "demos"
    SOCIAL = "social"


LENGTHS = {EventKind.DEMOS: timedelta(minutes=30), EventKind.SOCIAL: timedelta(hours=2)}
"""So long a room is kept for what has no end of its own; for demos, however few, at least."""


def ends(kind: EventKind, start: datetime, minutes: int = 0) -> datetime:
    """When something for everybody is over: demos go on for as many minutes as they take."""
    return start + max(timedelta(minutes=minutes), LENGTHS[kind])


@dataclass(frozen=True, slots=True)
class Days:
    """The dates of a hackathon on the clock of its zone, from the first to the last."""

    first: date
    last: date
    zone: str

    @property
    def tz(self) -> ZoneInfo:
        """The zone's clock."""
        return ZoneInfo(self.zone)

    @property
    def count(self) -> int:
        """How many days it has."""
        return (self.last - self.first).days + 1

    @property
    def dates(self) -> list[date]:
        """All of them."""
        return [self.first + timedelta(days=n) for n in range(self.count)]

    def day_at(self, now: datetime) -> date:
        """Which day it is there; the hours after midnight belong to the evening before."""
        there = now.astimezone(self.tz)
        return there.date() - timedelta(days=there.time() < DAY_TURNS)

    def number(self, day: date) -> int:
        """Which day of it a date is, from 1; below 1 before it, above `count` after it."""
        return (day - self.first).days + 1

    def is_on(self, now: datetime) -> bool:
        """Whether it goes on, nights included."""
        return self.first <= self.day_at(now) <= self.last

    def is_over(self, now: datetime) -> bool:
        """Whether its last night has ended."""
        return self.day_at(now) > self.last

    def overlaps(self, other: "Days") -> bool:
        """Whether both go on at a time, to the day."""
        return self.first <= other.last and other.first <= self.last

    def at(self, day: date, wall: time) -> datetime:
        """A time of a day there, in UTC; small hours belong to the night after it.

        What the clocks leave out or have twice is read as recurring times are (RFC 5545, 3.3.5).
        """
        return instant(day + timedelta(days=wall < DAY_TURNS), wall, self.zone)

    def turns(self, day: date) -> datetime:
        """When a day has ended there, in UTC."""
        return instant(day + timedelta(days=1), DAY_TURNS, self.zone)


def checked_days(first: date, last: date, zone: str, today: date) -> Days:
    """The days of a new hackathon; refuses what is over, too long, or ends before it begins."""
    if last < first:
        raise Refused("that ends before it begins; say the first day, then the last")
    days = Days(first, last, zone)
    if days.count > LONGEST:
        raise Refused(f"that is {days.count} days; a hackathon has at most {LONGEST}")
    if last < today:
        raise Refused(f"{in_words(first, last)} {last.year} is over; say days to come")
    return days


def nearest(several: Sequence[Days], now: datetime) -> int | None:
    """Which of several is meant: the one that goes on, else the next, else the one before.

    Of two that go on it is the one that has begun first.
    """
    if not several:
        return None

    def far(number: int) -> tuple[int, float]:
        days = several[number]
        today = days.day_at(now)
        if days.is_on(now):
            return 0, days.first.toordinal()
        if today < days.first:
            return 1, days.first.toordinal()
        return 2, -days.last.toordinal()

    return min(range(len(several)), key=far)


def in_words(first: date, last: date) -> str:
    """2-4 Mar, 30 Mar - 1 Apr, 2 Mar"""
    if first == last:
        return f"{first.day} {first:%b}"
    if (first.year, first.month) == (last.year, last.month):
        return f"{first.day}-{last.day} {last:%b}"
    return f"{first.day} {first:%b} - {last.day} {last:%b}"


def room_key(room: str) -> str:
    """What tells one room from another, however it is written: Room  1, the room-1."""
    plain = room.casefold().strip().removeprefix("the ")
    return "".join(letter for letter in plain if letter.isalnum())
