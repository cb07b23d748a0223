"""Help tickets in the store, and the lines that come of them: to helpers, and to who asked."""

import json
from collections.abc import Iterable
from datetime import datetime
from typing import Any

from sqlalchemy import bindparam
from sqlalchemy import select as columns
from sqlmodel import col, select

from gsocbot.rules.roles import Role
from gsocbot.rules.tickets import USEFUL, Person
from gsocbot.store import outbox, roles
from gsocbot.store.books import Books, Deed
from gsocbot.store.hackathon_tables import (
    Hackathon,
    Hacker,
    HackTopic,
    Ticket,
    TopicHacker,
)
from gsocbot.store.hackathons import days_of
from gsocbot.store.private import check_ins

TICKET, COMES = "ticket", "ticket_comes"
"""What is said; each is a template."""

_TOPICS = (
    columns(col(HackTopic.number), col(TopicHacker.network), col(TopicHacker.account))
    .join(HackTopic, col(HackTopic.id) == col(TopicHacker.topic))
    .where(col(HackTopic.hackathon) == bindparam("of_hackathon"), col(HackTopic.ended_at).is_(None))
    .order_by(col(TopicHacker.id).desc())
)


def open_(books: Books, row: Hackathon) -> list[Ticket]:
    """The tickets that nobody has called solved, oldest first."""
    found = select(Ticket).where(Ticket.hackathon == row.id, col(Ticket.solved_at).is_(None))
    return list(books.session.exec(found.order_by(col(Ticket.number))))


def topics_of(books: Books, row: Hackathon, network: str, account: str) -> list[int]:
    """The numbers of the topics that somebody works on, the one they joined last first."""
    found = books.rows(_TOPICS, {"of_hackathon": row.id})
    return [t.number for t in found if (t.network, t.account) == (network, account)]


def topic_of(books: Books, row: Hackathon, network: str, account: str) -> int | None:
    """The topic that somebody works on, of several the one of which they last said what they do.

    It is what they have joined, which everybody may know, and never where they are checked in.
    """
    own = topics_of(books, row, network, account)
    if len(own) < 2:
        return own[0] if own else None
    said = [
        topic
        for topic in books.every(HackTopic, hackathon=row.id, network=network, now_by=account)
        if topic.number in own and topic.now_at is not None
    ]
    return max(said, key=lambda topic: topic.now_at or topic.at).number if said else None


def people(books: Books, row: Hackathon, ticket: Ticket, now: datetime) -> list[Person]:
    """Who takes part on the network of who asks, in the order in which they came."""
    days = days_of(row)
    today = days.day_at(now)
    checked_in = check_ins.accounts(books, row, now)
    mentors = set(roles.holders(books, row.season, ticket.network, Role.MENTOR))
    where = check_ins.own(books, row, ticket.network, ticket.account, now)
    own = set(topics_of(books, row, ticket.network, ticket.account))
    if where is not None and where.topic is not None:
        own = {where.topic}
    others = books.rows(_TOPICS, {"of_hackathon": row.id})
    near = {(t.network, t.account) for t in others if t.number in own}
    return [
        Person(
            hacker.network,
            hacker.account,
            hacker.skills,
            is_there=today in {hacker.seen_on, days.day_at(hacker.at)}
            or (hacker.network, hacker.account) in checked_in,
            on_topic=(hacker.network, hacker.account) in near,
            is_mentor=hacker.account in mentors,
        )
        for hacker in books.every(Hacker, hackathon=row.id, network=ticket.network)
        if hacker.account != ticket.account
    ]


# --- lines


def tell(books: Books, deed: Deed, ticket: Ticket, helpers: Iterable[Person]) -> None:
    """Tell who may be of help; !undo takes back what nobody has heard yet."""
    facts = {"number": ticket.number, "nick": ticket.nick, "text": ticket.text}
    places = [(helper.network, f"@{helper.account}") for helper in helpers]
    outbox.plan(books, [_row(deed, ticket, TICKET, place, facts) for place in places])


def tell_asker(books: Books, deed: Deed, ticket: Ticket, by: str, room: str = "") -> None:
    """Tell who asked that somebody comes, where they asked; without a helper, that nobody does.

    A line is kept for a year: `room` is their topic's, not where they are checked in.
    """
    facts = {
        "number": ticket.number,
        "by": by,
        "comes": bool(ticket.helper),
        "room": room,
        "channel": ticket.channel,
    }
    hush(books, ticket, {COMES})
    place = (ticket.network, f"@{ticket.account}")
    outbox.plan(books, [_row(deed, ticket, COMES, place, facts)])


def hush(books: Books, ticket: Ticket, topics: Iterable[str] = (TICKET, COMES)) -> None:
    """Nobody needs to be told of it any more."""
    outbox.drop_about(books, ticket.season, set(topics), _about(ticket))


def _row(
    deed: Deed, ticket: Ticket, topic: str, place: tuple[str, str], facts: dict[str, Any]
) -> dict[str, Any]:
    # Of a ticket nobody hears twice: one deed makes it. That somebody comes is a deed each time.
    key = f"{outbox.of_deed(ticket.season, deed.id)}{topic}{_about(ticket)}{':'.join(place)}"
    return outbox.row(
        key=key,
        season=ticket.season,
        place=place,
        topic=topic,
        facts=json.dumps({**facts, "at": ticket.at.isoformat()}),
        due=deed.at,
        expires=deed.at + USEFUL,
    )


def _about(ticket: Ticket) -> str:
    """What the keys of its lines have; the moment, for one that is taken back leaves its number."""
    return f":h{ticket.hackathon}.{ticket.number}:{ticket.at.isoformat()}:"
