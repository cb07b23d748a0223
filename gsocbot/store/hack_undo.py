"""What of a hackathon can be taken back: nothing that others have built on meanwhile."""

from collections.abc import Sequence

from gsocbot.rules.hack_rooms import clash
from gsocbot.rules.hack_times import Span
from gsocbot.store import hack_topics, hackathons
from gsocbot.store.books import Books
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
from gsocbot.store.private import check_ins
from gsocbot.store.tables import Table

_OF_HACKATHON: tuple[type[Table], ...] = (
    Hacker,
    HackTopic,
    HackEvent,
    Demo,
    Ticket,
    Outcome,
    Thanks,
)
_OF_TOPIC: tuple[type[Table], ...] = (TopicHacker, HackSlot)


def is_alone(books: Books, row: Table) -> bool:
    """Whether a row can go without taking with it what others have done."""
    if isinstance(row, Hackathon):
        return not any(books.every(table, hackathon=row.id) for table in _OF_HACKATHON)
    if isinstance(row, HackTopic):
        return not any(books.every(table, topic=row.id) for table in _OF_TOPIC)
    if isinstance(row, HackEvent):
        return not books.every(EventGuest, event=row.id)
    return True


def forget_place(books: Books, row: Table) -> None:
    """Who does not take part after all is checked in nowhere."""
    hackathon = books.session.get(Hackathon, row.hackathon) if isinstance(row, Hacker) else None
    if hackathon is not None and isinstance(row, Hacker):
        check_ins.drop(books, hackathon, row.network, row.account)


def are_free(books: Books, rows: Sequence[Table]) -> bool:
    """Whether the rooms that were got back are nobody else's then.

    What was got back together was there together; all that is no place needs no room.
    """
    places = [row for row in rows if isinstance(row, hack_topics.Place)]
    return all(_is_free(books, place, places) for place in places)


def _is_free(books: Books, place: hack_topics.Place, together: Sequence[hack_topics.Place]) -> bool:
    hackathon = books.session.get(Hackathon, place.hackathon)
    assert hackathon is not None
    end = place.end if isinstance(place, HackSlot) else hack_topics.ends(books, place)
    span = Span(hackathons.days_of(hackathon).day_at(place.start), place.start, end)
    return clash(place.room, span, hack_topics.taken(books, hackathon, together)) is None
