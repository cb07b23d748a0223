"""What a schedule is suggested from: topics, who is in them, rooms, and what is booked."""

from collections import Counter
from collections.abc import Hashable
from datetime import datetime

from sqlalchemy import bindparam
from sqlalchemy import select as columns
from sqlmodel import col

from gsocbot.rules.hackathon import EventKind, room_key
from gsocbot.rules.schedule_suggestion import Booked, Wanting
from gsocbot.store import hack_topics, hackathons
from gsocbot.store.books import Books
from gsocbot.store.hackathon_tables import Hackathon, HackEvent, HackTopic, TopicHacker

_MEMBERS = (
    columns(col(TopicHacker.topic), col(TopicHacker.network), col(TopicHacker.account))
    .join(HackTopic, col(HackTopic.id) == col(TopicHacker.topic))
    .where(col(HackTopic.hackathon) == bindparam("of_hackathon"))
)


def topics(
    books: Books, row: Hackathon
) -> tuple[dict[int, HackTopic], list[Wanting], list[Booked]]:
    """The topics that have no place, by their numbers and as they want one; and what is booked."""
    here = {(h.network, h.account) for h in hackathons.people(books, row)}
    people: dict[int, set[Hashable]] = {}
    for member in books.rows(_MEMBERS, {"of_hackathon": row.id}):
        people.setdefault(member.topic, set()).add((member.network, member.account))
    slots = hack_topics.slots(books, row)
    placed = {slot.topic for slot in slots}
    bare, wanting, booked = {}, [], []
    for topic in hack_topics.every(books, row):
        if topic.ended_at is not None or topic.id is None:
            continue
        whose = (topic.network, topic.account)
        owner = whose if whose in here else None
        wanted = frozenset(people.get(topic.id, set()) | ({owner} if owner else set()))
        if topic.id not in placed:
            bare[topic.number] = topic
            wanting.append(Wanting(topic.number, wanted, owner))
        booked += [
            Booked(slot.room_key, slot.start, slot.end, topic.number, wanted, owner)
            for slot in slots
            if slot.topic == topic.id
        ]
    return bare, wanting, booked


def breaks(books: Books, row: Hackathon) -> list[tuple[datetime, datetime]]:
    """From when until when there is something for everybody."""
    events = books.every(HackEvent, hackathon=row.id)
    return [(event.start, hack_topics.ends(books, event)) for event in events]


def rooms(books: Books, row: Hackathon) -> list[str]:
    """The rooms that were used so far, the most used first, each as it was first written."""
    found = [(slot.room_key, slot.room) for slot in hack_topics.slots(books, row)]
    events = books.every(HackEvent, hackathon=row.id, kind=EventKind.DEMOS)
    found += [(room_key(event.room), event.room) for event in events if event.room]
    named: dict[str, str] = {}
    for key, room in found:
        named.setdefault(key, room)
    counted = Counter(key for key, _ in found)
    return [named[key] for key, _ in counted.most_common()]
