"""Demos in the store: their order, and when a day has its hour for them."""

from datetime import date

from gsocbot.rules.hackathon import EventKind
from gsocbot.store.books import Books
from gsocbot.store.hackathon_tables import Demo, Hackathon, HackEvent
from gsocbot.store.hackathons import days_of


def every(books: Books, row: Hackathon) -> list[Demo]:
    """The demos of a hackathon in their order, day by day."""
    found = books.every(Demo, hackathon=row.id)
    return sorted(found, key=lambda d: (d.day, d.position, d.number))


def of_day(books: Books, row: Hackathon, day: date) -> list[Demo]:
    """Those of a day."""
    return [demo for demo in every(books, row) if demo.day == day]


def next_position(books: Books, row: Hackathon, day: date) -> int:
    """The place behind all others of a day."""
    return max((demo.position for demo in of_day(books, row, day)), default=0) + 1


def hours(books: Books, row: Hackathon) -> dict[date, HackEvent]:
    """When and where the demos of each day are."""
    days = days_of(row)
    found = books.every(HackEvent, hackathon=row.id)
    return {days.day_at(e.start): e for e in found if e.kind == EventKind.DEMOS}
