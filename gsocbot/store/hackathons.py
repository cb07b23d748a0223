"""Hackathons in the store: which one is meant, who takes part, and the numbers of things."""

from datetime import datetime
from typing import TypeVar

from sqlalchemy import bindparam, func
from sqlalchemy import select as columns
from sqlmodel import col

from gsocbot.rules.hackathon import Days, nearest
from gsocbot.store import numbers
from gsocbot.store.books import Books
from gsocbot.store.hackathon_tables import (
    Demo,
    Hackathon,
    Hacker,
    HackEvent,
    HackTopic,
    Outcome,
    Ticket,
)

Numbered = TypeVar("Numbered", HackTopic, HackEvent, Demo, Ticket, Outcome)

_PEOPLE = columns(func.count()).where(col(Hacker.hackathon) == bindparam("of_hackathon"))


def days_of(row: Hackathon) -> Days:
    """Its days."""
    return Days(row.first, row.last, row.zone)


def every(books: Books, season: str) -> list[Hackathon]:
    """All hackathons of a season, by their days."""
    return sorted(books.every(Hackathon, season=season), key=lambda h: (h.first, h.id or 0))


def current(books: Books, season: str, now: datetime, channel: str = "") -> Hackathon | None:
    """The one that is meant: which goes on, comes or was, in a channel that has one of its own
    that or one of all channels.
    """
    rows = every(books, season)
    here = [row for row in rows if row.channel in {"", channel.lower()}]
    if channel and any(row.channel for row in here):
        rows = here
    found = nearest([days_of(row) for row in rows], now)
    return None if found is None else rows[found]


def hacker(books: Books, hackathon: Hackathon, network: str, account: str) -> Hacker | None:
    """Somebody who takes part."""
    found = books.every(Hacker, hackathon=hackathon.id, network=network, account=account)
    return found[0] if found else None


def people(books: Books, hackathon: Hackathon) -> list[Hacker]:
    """All who take part, in the order in which they came."""
    return books.every(Hacker, hackathon=hackathon.id)


def head_count(books: Books, hackathon: Hackathon) -> int:
    """How many take part."""
    return int(books.rows(_PEOPLE, {"of_hackathon": hackathon.id}).scalar() or 0)


def by_number(
    books: Books, table: type[Numbered], hackathon: Hackathon, number: int
) -> Numbered | None:
    """A topic, a demo, a ticket, an outcome or an event by its number."""
    found = books.every(table, hackathon=hackathon.id, number=number)
    return found[0] if found else None


def next_number(books: Books, table: type[Numbered], hackathon: Hackathon) -> int:
    """The number of the next one of a hackathon: none that was ever given."""
    return numbers.next_number(
        books, table, hackathon.season, since=hackathon.at, hackathon=hackathon.id
    )
