"""Topics of a hackathon in the store: who is in them, and which room is whose when."""

from collections.abc import Sequence
from datetime import date, datetime

from sqlalchemy import bindparam, func
from sqlalchemy import select as columns
from sqlmodel import col

from gsocbot.rules.hack_rooms import Taken
from gsocbot.rules.hackathon import EventKind
from gsocbot.rules.hackathon import ends as ends_by_itself
from gsocbot.rules.hackathon import room_key as key_of
from gsocbot.store.books import Books
from gsocbot.store.hackathon_tables import (
    Demo,
    Hackathon,
    Hacker,
    HackEvent,
    HackSlot,
    HackTopic,
    TopicHacker,
)
from gsocbot.store.hackathons import days_of

Place = HackSlot | HackEvent
"""What can have a room."""

_MEMBERS = (
    columns(col(TopicHacker.network), col(TopicHacker.account))
    .where(col(TopicHacker.topic) == bindparam("of_topic"))
    .order_by(col(TopicHacker.id))
)
_OF_PERSON = (
    columns(col(TopicHacker.topic))
    .join(HackTopic, col(HackTopic.id) == col(TopicHacker.topic))
    .where(
        col(HackTopic.hackathon) == bindparam("of_hackathon"),
        col(TopicHacker.network) == bindparam("of_network"),
        col(TopicHacker.account) == bindparam("of_account"),
    )
    .order_by(col(TopicHacker.id))
)
_MINUTES = columns(func.sum(col(Demo.minutes))).where(
    col(Demo.hackathon) == bindparam("of_hackathon"), col(Demo.day) == bindparam("on_day")
)
_SKILLS = columns(col(Hacker.skills)).where(col(Hacker.hackathon) == bindparam("of_hackathon"))


def every(books: Books, hackathon: Hackathon) -> list[HackTopic]:
    """All topics of a hackathon, by their numbers."""
    return sorted(books.every(HackTopic, hackathon=hackathon.id), key=lambda t: t.number)


def members(books: Books, topic: HackTopic) -> list[tuple[str, str]]:
    """Who is in a topic, as (network, account), in the order in which they came."""
    return [(row.network, row.account) for row in books.rows(_MEMBERS, {"of_topic": topic.id})]


def member(books: Books, topic: HackTopic, network: str, account: str) -> TopicHacker | None:
    """Somebody who is in a topic."""
    found = books.every(TopicHacker, topic=topic.id, network=network, account=account)
    return found[0] if found else None


def of_person(books: Books, hackathon: Hackathon, network: str, account: str) -> list[int]:
    """The rows of the topics that somebody is in, in the order in which they joined."""
    values = {"of_hackathon": hackathon.id, "of_network": network, "of_account": account}
    return list(books.rows(_OF_PERSON, values).scalars())


def skills_of_people(books: Books, hackathon: Hackathon) -> list[str]:
    """The skills of each who takes part."""
    return list(books.rows(_SKILLS, {"of_hackathon": hackathon.id}).scalars())


# --- places


def slots(books: Books, hackathon: Hackathon) -> list[HackSlot]:
    """All places that topics have, by when they begin."""
    found = books.every(HackSlot, hackathon=hackathon.id)
    return sorted(found, key=lambda slot: (slot.start, slot.id or 0))


def slots_of(books: Books, topic: HackTopic) -> list[HackSlot]:
    """The places of one topic, by when they begin."""
    return sorted(books.every(HackSlot, topic=topic.id), key=lambda slot: slot.start)


def slot_on(books: Books, topic: HackTopic, day: date) -> HackSlot | None:
    """The place of a topic on a day."""
    found = books.every(HackSlot, topic=topic.id, day=day)
    return found[0] if found else None


def taken(books: Books, hackathon: Hackathon, apart_from: Sequence[Place] = ()) -> list[Taken]:
    """What has which room when, but for some places and events: those that are to be elsewhere.

    A topic that has ended needs none any more.
    """
    return taken_by(every(books, hackathon), slots(books, hackathon), apart_from) + [
        Taken(
            event.room,
            key_of(event.room),
            _what(event),
            event.start,
            ends(books, event),
            social=event.kind == EventKind.SOCIAL,
        )
        for event in books.every(HackEvent, hackathon=hackathon.id)
        if event.room and not any(one is event for one in apart_from)
    ]


def taken_by(
    topics: Sequence[HackTopic], places: Sequence[HackSlot], apart_from: Sequence[Place] = ()
) -> list[Taken]:
    """The same of topics alone."""
    running = {topic.id: topic for topic in topics if topic.ended_at is None}
    return [
        Taken(slot.room, slot.room_key, f"{topic.number} {topic.title}", slot.start, slot.end)
        for slot in places
        if not any(one is slot for one in apart_from)
        and (topic := running.get(slot.topic)) is not None
    ]


def _what(event: HackEvent) -> str:
    return "the demos" if event.kind == EventKind.DEMOS else event.what


def ends(books: Books, event: HackEvent) -> datetime:
    """When what has no end of its own is over: the demos of a day take as long as they are."""
    if event.kind != EventKind.DEMOS:
        return ends_by_itself(EventKind.SOCIAL, event.start)
    row = books.session.get(Hackathon, event.hackathon)
    assert row is not None
    day = days_of(row).day_at(event.start)
    minutes = books.rows(_MINUTES, {"of_hackathon": row.id, "on_day": day}).scalar()
    return ends_by_itself(EventKind.DEMOS, event.start, int(minutes or 0))
