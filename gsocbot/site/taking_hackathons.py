"""Reading hackathons out of the store for pages and the wall; who is on them has allowed it."""

from collections.abc import Collection, Iterator, Mapping
from dataclasses import replace
from datetime import datetime

from sqlalchemy import Executable, bindparam, func
from sqlalchemy import select as columns
from sqlmodel import col

from gsocbot.rules.hackathon import EventKind
from gsocbot.rules.personal import GONE
from gsocbot.rules.thanks import without
from gsocbot.site.hackathon_snapshot import (
    Change,
    Demo,
    Event,
    Hackathon,
    Numbers,
    Outcome,
    Slot,
    Thanks,
    Ticket,
    Topic,
)
from gsocbot.store import hackathon_days, hackathon_tables, hackathons, revisions
from gsocbot.store.books import Books
from gsocbot.store.tables import Idea

_GUESTS = (
    columns(col(hackathon_tables.EventGuest.event), func.count())
    .where(
        col(hackathon_tables.EventGuest.event).in_(
            columns(col(hackathon_tables.HackEvent.id)).where(
                col(hackathon_tables.HackEvent.hackathon) == bindparam("of_hackathon")
            )
        )
    )
    .group_by(col(hackathon_tables.EventGuest.event))
)
_WORKING = (
    columns(col(hackathon_tables.TopicHacker.topic), func.count())
    .where(
        col(hackathon_tables.TopicHacker.topic).in_(
            columns(col(hackathon_tables.HackTopic.id)).where(
                col(hackathon_tables.HackTopic.hackathon) == bindparam("of_hackathon")
            )
        )
    )
    .group_by(col(hackathon_tables.TopicHacker.topic))
)
_NUMBERS = columns(col(Idea.id), col(Idea.number)).where(col(Idea.season) == bindparam("of_season"))


def every(books: Books, season: str, now: datetime) -> tuple[Hackathon, ...]:
    """All hackathons of a season, the newest first."""
    rows = hackathons.every(books, season)
    story = revisions.of_hackathons(books, season) if rows else {}
    return tuple(_whole(books, row, now, story) for row in reversed(rows))


def for_wall(books: Books, row: hackathon_tables.Hackathon, now: datetime) -> Hackathon:
    """As much of a hackathon as its wall shows."""
    of = {"hackathon": row.id}
    topics = books.every(hackathon_tables.HackTopic, **of)
    numbers = {topic.id: topic.number for topic in topics}
    guests = _pairs(books, _GUESTS, of_hackathon=row.id)
    named = {
        (one.network, one.account) for one in books.every(hackathon_tables.Hacker, named=True, **of)
    }
    return Hackathon(
        slug=row.slug,
        name=row.name,
        first=row.first,
        last=row.last,
        zone=row.zone,
        place=row.place,
        opens=row.opens,
        closes=row.closes,
        at=now,
        channel=row.channel,
        topics=tuple(
            Topic(
                t.number,
                t.slug,
                t.title,
                t.link,
                0,
                t.now_text,
                t.now_at,
                t.next_text,
                t.next_at,
                t.ended_at is not None,
            )
            for t in sorted(topics, key=lambda t: t.number)
        ),
        slots=tuple(
            Slot(numbers[s.topic], s.day, s.room, s.room_key, s.start, s.end, id=s.id or 0)
            for s in sorted(
                books.every(hackathon_tables.HackSlot, **of),
                key=lambda s: (s.start, s.room_key, numbers[s.topic]),
            )
        ),
        events=tuple(
            Event(e.number, EventKind(e.kind), e.what, e.room, e.start, guests.get(e.id, 0))
            for e in sorted(
                books.every(hackathon_tables.HackEvent, **of), key=lambda e: (e.start, e.number)
            )
        ),
        demos=tuple(
            Demo(
                d.number,
                d.day,
                d.position,
                d.title,
                d.minutes,
                d.link,
                d.nick if (d.network, d.account) in named else "",
                d.started_at,
                d.done_at,
            )
            for d in sorted(
                books.every(hackathon_tables.Demo, **of),
                key=lambda d: (d.day, d.position, d.number),
            )
        ),
        tickets=tuple(
            Ticket(t.number, t.text if t.public else "")
            for t in books.every(hackathon_tables.Ticket, solved_at=None, **of)
            if not t.helper
        ),
    )


def _whole(
    books: Books,
    row: hackathon_tables.Hackathon,
    now: datetime,
    story: Mapping[str, revisions.Revised],
) -> Hackathon:
    people = hackathons.people(books, row)
    numbers = _pairs(books, _NUMBERS, of_season=row.season)
    working = _pairs(books, _WORKING, of_hackathon=row.id)
    topics = books.every(hackathon_tables.HackTopic, hackathon=row.id)
    ids = {topic.number: topic.id for topic in topics}
    counts = hackathon_days.counts(books, row)
    shown = for_wall(books, row, now)
    return replace(
        shown,
        numbers=Numbers(counts.people, counts.affiliations, counts.countries),
        names=tuple(sorted((one.account for one in people if one.named), key=str.casefold)),
        topics=tuple(replace(t, people=working.get(ids[t.number], 0)) for t in shown.topics),
        outcomes=tuple(
            Outcome(o.number, o.text, o.link, o.topic, numbers.get(o.idea) if o.idea else None)
            for o in books.every(hackathon_tables.Outcome, hackathon=row.id)
        ),
        thanks=tuple(_thanks(books, row, people)),
        slots=tuple(
            replace(s, changed=_change(story, revisions.slot_name(s.id))) for s in shown.slots
        ),
        events=tuple(replace(e, changed=_event_change(story, row.id, e)) for e in shown.events),
        changed=_change(story, revisions.hackathon_name(row.id)),
    )


def _pairs(books: Books, statement: Executable, **values: object) -> dict[int | None, int]:
    return {row[0]: row[1] for row in books.rows(statement, values)}


def _change(story: Mapping[str, revisions.Revised], name: str) -> Change | None:
    found = story.get(name)
    return Change(found.at, found.moves) if found else None


def _event_change(
    story: Mapping[str, revisions.Revised], hackathon: int | None, event: Event
) -> Change | None:
    """Demos are changed by what is shown, and in what order, too."""
    names = [revisions.event_name(hackathon, event.number)]
    if event.kind is EventKind.DEMOS:
        names.append(revisions.demos_name(hackathon))
    found = [story[name] for name in names if name in story]
    moves = sum(one.moves for one in found)
    return Change(max(one.at for one in found), moves) if found else None


def _thanks(
    books: Books, row: hackathon_tables.Hackathon, people: Collection[hackathon_tables.Hacker]
) -> Iterator[Thanks]:
    """What people are thanked for, and who wants to be named; nobody else by account or nick."""
    named = {(one.network, one.account) for one in people if one.named}
    worn = [
        *(
            (d.network, d.account, d.nick)
            for d in books.every(hackathon_tables.Demo, hackathon=row.id)
        ),
        *(
            (t.network, t.account, t.nick)
            for t in books.every(hackathon_tables.Ticket, hackathon=row.id)
        ),
    ]
    unnamed = {one.account for one in people if not one.named}
    unnamed |= {nick for network, account, nick in worn if (network, account) not in named}
    for one in books.every(hackathon_tables.Thanks, hackathon=row.id):
        thanked = {(one.network, account) for account in one.thanked.split("\n") if account}
        shown = {account for _, account in thanked & named}
        hidden = {name for name in unnamed - shown if name and not name.startswith(GONE)}
        whom, what = without(hidden, one.whom, one.what)
        yield Thanks(whom if thanked <= named else "", what)
