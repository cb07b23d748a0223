"""What is planned at a hackathon, as it moves with its days or goes with it."""

from collections.abc import Iterator
from datetime import date

from gsocbot.rules import hack_rooms
from gsocbot.rules.hackathon import Days
from gsocbot.store.books import Books, Deed
from gsocbot.store.hackathon_tables import (
    Demo,
    EventGuest,
    Hackathon,
    Hacker,
    HackEvent,
    HackSlot,
    HackTopic,
    Outcome,
    Thanks,
    Ticket,
    TopicHacker,
)
from gsocbot.store.tables import Table

_OWN: tuple[type[Table], ...] = (
    HackSlot,
    HackTopic,
    HackEvent,
    Demo,
    Ticket,
    Outcome,
    Thanks,
    Hacker,
)
"""What goes with a hackathon, the first first."""


def left_out(books: Books, row: Hackathon, old: Days, new: Days) -> list[tuple[str, date]]:
    """What would be on no day of it any more, by its days as they are now."""
    found = [
        (what, day)
        for what, day in _dated(books, row, old)
        if not new.first <= hack_rooms.moved_day(day, old, new) <= new.last
    ]
    return sorted(found, key=lambda one: one[1])


def _dated(books: Books, row: Hackathon, days: Days) -> Iterator[tuple[str, date]]:
    titles = {topic.id: topic for topic in books.every(HackTopic, hackathon=row.id)}
    for slot in books.every(HackSlot, hackathon=row.id):
        topic = titles[slot.topic]
        yield f"{topic.number} {topic.title} in {slot.room}", slot.day
    for event in books.every(HackEvent, hackathon=row.id):
        yield event.what or str(event.kind), days.day_at(event.start)
    for demo in books.every(Demo, hackathon=row.id):
        yield f"demo {demo.number} {demo.title}", demo.day


def move(books: Books, deed: Deed, row: Hackathon, old: Days, new: Days) -> int:
    """Move what is planned with the days of a hackathon, or to another clock; how much that is."""
    moved = 0
    # On no day a topic has two places, not even while they move.
    later = hack_rooms.shift(old, new) > 0
    slots = sorted(books.every(HackSlot, hackathon=row.id), key=lambda s: s.day, reverse=later)
    for slot in slots:
        day = hack_rooms.moved_day(slot.day, old, new)
        # The end may be the very moment at which a day turns, and is no time of the next.
        length = slot.end - slot.start
        start = hack_rooms.moved(slot.start, old, new)
        moved += books.change(deed, slot, day=day, start=start, end=start + length)
    for event in books.every(HackEvent, hackathon=row.id):
        moved += books.change(deed, event, start=hack_rooms.moved(event.start, old, new))
    for demo in books.every(Demo, hackathon=row.id):
        moved += books.change(deed, demo, day=hack_rooms.moved_day(demo.day, old, new))
    return moved


def count(books: Books, row: Hackathon) -> int:
    """How much is planned: topics, events and demos."""
    return sum(len(books.every(table, hackathon=row.id)) for table in (HackTopic, HackEvent, Demo))


def count_timed(books: Books, row: Hackathon) -> int:
    """How much of it has an hour of the clock."""
    return sum(len(books.every(table, hackathon=row.id)) for table in (HackSlot, HackEvent))


def drop(books: Books, deed: Deed, row: Hackathon, undo: str) -> None:
    """Take a hackathon away with all that is of it, so that taking that back has everything."""
    for topic in books.every(HackTopic, hackathon=row.id):
        for member in books.every(TopicHacker, topic=topic.id):
            books.remove(deed, member)
    for event in books.every(HackEvent, hackathon=row.id):
        for guest in books.every(EventGuest, event=event.id):
            books.remove(deed, guest)
    for table in _OWN:
        for one in books.every(table, hackathon=row.id):
            books.remove(deed, one)
    books.remove(deed, row, undo)
