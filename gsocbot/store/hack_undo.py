"""What of a hackathon can be taken back: nothing that others have built on meanwhile."""

from gsocbot.store import hack_topics
from gsocbot.store.books import Books
from gsocbot.store.hackathon_tables import (
    Demo,
    Hackathon,
    Hacker,
    HackEvent,
    HackSlot,
    HackTopic,
    Outcome,
    Ticket,
    TopicHacker,
)
from gsocbot.store.tables import Table

_OF_HACKATHON: tuple[type[Table], ...] = (Hacker, HackTopic, HackEvent, Demo, Ticket, Outcome)
_OF_TOPIC: tuple[type[Table], ...] = (TopicHacker, HackSlot)


def is_alone(books: Books, row: Table) -> bool:
    """Whether a row can go without taking with it what others have done."""
    if isinstance(row, Hackathon):
        return not any(books.every(table, hackathon=row.id) for table in _OF_HACKATHON)
    if isinstance(row, HackTopic):
        return not any(books.every(table, topic=row.id) for table in _OF_TOPIC)
    return True


def is_free(books: Books, slot: Table | None) -> bool:
    """Whether the room that a topic has got back is nobody else's then; all else needs no room."""
    if not isinstance(slot, HackSlot):
        return True
    hackathon = books.session.get(Hackathon, slot.hackathon)
    assert hackathon is not None
    return not any(
        taken.room_key == slot.room_key and taken.start < slot.end and slot.start < taken.end
        for taken in hack_topics.taken(books, hackathon, apart_from=slot.id)
    )
