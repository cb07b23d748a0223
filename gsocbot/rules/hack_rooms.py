"""Rooms of a hackathon: what has one when, and what is free instead."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime

from gsocbot.rules.hack_times import SHORTEST, Span
from gsocbot.rules.hackathon import Days, room_key
from gsocbot.talk import Refused

LONGEST_ROOM = 40
"""Bytes; more does not fit on a wall."""


@dataclass(frozen=True, slots=True)
class Taken:
    """A room that something has, from when until when; the moments are UTC.

    Nobody works where something `social` is.
    """

    room: str
    room_key: str
    what: str
    start: datetime
    end: datetime
    social: bool = False


def checked_room(text: str) -> str:
    """A room as it is kept; refuses none, and too long a name."""
    room = " ".join(text.split())
    if not room_key(room):
        raise Refused("say the room too, like !topic 3 at room 1 15:00")
    if len(room.encode()) > LONGEST_ROOM:
        raise Refused(f"a room's name has at most {LONGEST_ROOM} bytes; say it shorter")
    return room


def clash(room: str, span: Span, taken: Sequence[Taken]) -> Taken | None:
    """What has a room already at that time, the first of it."""
    key = room_key(room)
    here = [t for t in taken if key and t.room_key == key and span.overlaps(t.start, t.end)]
    return min(here, key=lambda t: t.start, default=None)


def next_free(room: str, span: Span, taken: Sequence[Taken], until: datetime) -> datetime | None:
    """From when a room is free for as long as that, None if it is not before `until`."""
    start, length = span.start, span.end - span.start
    while start + length <= until:
        later = Span(span.day, start, start + length)
        found = clash(room, later, taken)
        if found is None:
            return start
        start = found.end
    return None


def until_taken(room: str, span: Span, taken: Sequence[Taken]) -> Span:
    """The time up to when a room is had by something else; the same where that is at once."""
    found = clash(room, span, taken)
    if found is None or found.start - span.start < SHORTEST:
        return span
    return replace(span, end=found.start)


def free_rooms(span: Span, taken: Sequence[Taken]) -> list[str]:
    """The rooms that are known and free at that time, as they were first written."""
    known: dict[str, str] = {}
    for one in taken:
        if not one.social:
            known.setdefault(one.room_key, one.room)
    return [room for room in known.values() if clash(room, span, taken) is None]


# --- days that move


def shift(old: Days, new: Days) -> int:
    """By how many days what is planned moves with the days of a hackathon.

    Days that are added or left out at one end move nothing.
    """
    overlap = old.first <= new.last and new.first <= old.last
    if old.count != new.count and overlap:
        return 0
    return (new.first - old.first).days


def moved_day(day: date, old: Days, new: Days) -> date:
    """The day that one of it becomes."""
    return date.fromordinal(day.toordinal() + shift(old, new))


def moved(at: datetime, old: Days, new: Days) -> datetime:
    """The same time of the clock on the day that its own becomes, on the clock of its new zone."""
    there = at.astimezone(old.tz)
    return new.at(moved_day(old.day_at(at), old, new), there.time())
