"""What the bot says of hackathons of its own accord, as the outbox takes it.

Mornings, evenings, demos and what is social; planned at every tick, for who was heard and how
many come is in no audit.
"""

import json
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from functools import cached_property
from typing import Any

from gsocbot.rules.hackathon import Days, EventKind
from gsocbot.rules.hackathon_days import Due, HackLine, is_tonight, of_days, of_event
from gsocbot.rules.office import leaders
from gsocbot.rules.roles import Role
from gsocbot.store import coming, hackathons, outbox, roles
from gsocbot.store.books import Books
from gsocbot.store.hackathon_days import counts
from gsocbot.store.hackathon_tables import Demo, EventGuest, Hackathon, HackEvent, HackTopic

Rooms = Sequence[tuple[str, str]]
Page = Callable[[str], str]
"""The address of a hackathon's page, by its slug."""

AHEAD = timedelta(days=1)
"""A plan is made anew at every tick; farther ahead than this nobody needs to look."""
SUMMED_UP = timedelta(minutes=2)
"""The evening is counted only so long before it is said."""


def plan(books: Books, season: str, public: Rooms, page: Page, now: datetime) -> None:
    """Put into the outbox what is to be said of a season's hackathons soon, and nothing else."""
    found: dict[str, dict[str, Any] | None] = {}
    for row in hackathons.every(books, season):
        days = hackathons.days_of(row)
        begin = days.at(days.first, row.opens) - 2 * AHEAD
        if begin <= now < days.turns(days.last) + AHEAD:
            found |= _Plan(books, row, public, page(row.slug), now).rows()
    outbox.forget(books, season, None, set(HackLine), found.keys())
    outbox.plan(books, [line for line in found.values() if line is not None])


def replan(books: Books, season: str, public: Rooms, page: Page, now: datetime) -> None:
    """The same because somebody has just changed something: what would have been said before
    they did is not late, it is skipped.
    """
    known = coming.overdue(books, season, now)
    plan(books, season, public, page, now)
    coming.skip(books, coming.overdue(books, season, now) - known, "overdue when it was planned")


@dataclass
class _Plan:
    """One hackathon, while its lines are planned."""

    books: Books
    row: Hackathon
    public: Rooms
    page: str
    now: datetime

    def rows(self) -> dict[str, dict[str, Any] | None]:
        """Its lines by their keys; None for one that stays as it was planned before."""
        found: dict[str, dict[str, Any] | None] = {}
        for due in self._dues():
            if not (due.due < self.now + AHEAD and self.now < due.expires):
                continue
            facts: dict[str, Any] | None = None
            for place in self._places(due):
                key = self._key(due, place)
                if self._is_final(due) and outbox.knows(self.books, key):
                    found[key] = None
                    continue
                facts = facts or self._facts(due)
                found[key] = self._outbox_row(key, due, place, facts)
        return found

    def _dues(self) -> Iterator[Due]:
        """What falls due."""
        yield from of_days(self.days, self.row.opens)
        for event in self.events:
            kind = EventKind(event.kind)
            yield of_event(self.days, event.number, kind, event.start)

    def _is_final(self, due: Due) -> bool:
        """Whether a day is over that a line looks back on: on the next one others are counted."""
        return due.line is HackLine.EVENING and self.now >= self.days.turns(due.day)

    def _places(self, due: Due) -> list[tuple[str, str]]:
        if due.line is not HackLine.EVENING:
            own = (self.row.network, self.row.channel.lower())
            return [room for room in self.public if not self.row.channel or room == own]
        if self.now < due.due - SUMMED_UP or self.row.network not in dict(self.public):
            return []
        able = roles.holders(self.books, self.row.season, self.row.network, Role.ORGANISER)
        added = [self.row.account] if self.row.account in able else []
        accounts = dict.fromkeys([*added, *leaders(self.row.chairs)])
        # Where neither is there any more somebody is to read it all the same.
        return [(self.row.network, f"@{account}") for account in accounts or able]

    def _key(self, due: Due, place: tuple[str, str]) -> str:
        made = f"{self.row.id}:{self.row.at.isoformat()}"
        return ":".join([self.row.season, due.line, made, due.subject, *place])

    def _outbox_row(
        self, key: str, due: Due, place: tuple[str, str], facts: dict[str, Any]
    ) -> dict[str, Any]:
        # In a channel of its own it need not say which hackathon is meant.
        alone = self.row.channel and place[1][0] not in "@~" and not self.beside_another
        named = {"hackathon": "" if alone else self.row.name}
        return outbox.row(
            key=key,
            season=self.row.season,
            place=place,
            topic=due.line,
            facts=json.dumps(facts | named | {"at": due.at.isoformat()}),
            due=due.due,
            expires=due.expires,
        )

    # --- what there is to say

    @cached_property
    def days(self) -> Days:
        """Its days."""
        return hackathons.days_of(self.row)

    @cached_property
    def beside_another(self) -> bool:
        """Whether another of the season goes on at the same time."""
        others = hackathons.every(self.books, self.row.season)
        return any(
            other.id != self.row.id and self.days.overlaps(hackathons.days_of(other))
            for other in others
        )

    @cached_property
    def events(self) -> list[HackEvent]:
        """What is for everybody, in its order."""
        found = self.books.every(HackEvent, hackathon=self.row.id)
        return sorted(found, key=lambda e: (e.start, e.number))

    @cached_property
    def topics(self) -> int:
        """How many topics go on."""
        found = self.books.every(HackTopic, hackathon=self.row.id)
        return sum(topic.ended_at is None for topic in found)

    def _facts(self, due: Due) -> dict[str, Any]:
        facts = {"day": self.days.number(due.day), "days": self.days.count}
        match due.line:
            case HackLine.TOMORROW:
                return facts | self._first_day()
            case HackLine.MORNING:
                return facts | self._morning(due)
            case HackLine.EVENING:
                return facts | self._evening(due)
            case HackLine.DEMOS:
                return self._soon(due) | {"demos": self._demos(due)}
            case HackLine.SOCIAL:
                return self._soon(due) | {"guests": self._guests(due)}

    def _first_day(self) -> dict[str, Any]:
        """What is known the evening before."""
        return {
            "place": self.row.place,
            "opens": self._clock(self.days.at(self.days.first, self.row.opens)),
            "people": hackathons.head_count(self.books, self.row),
            "topics": self.topics,
            "page": self.page,
        }

    def _morning(self, due: Due) -> dict[str, Any]:
        """What the day has, as it stands now."""
        today = [
            {
                "kind": str(event.kind),
                "clock": self._clock(event.start),
                "what": event.what,
                "room": event.room,
                "tonight": is_tonight(event.start, self.days),
            }
            for event in self.events
            if self.days.day_at(event.start) == due.day
        ]
        return {"topics": self.topics, "events": today, "page": self.page}

    def _evening(self, due: Due) -> dict[str, Any]:
        """The day in numbers."""
        day = counts(self.books, self.row, due.day)
        return {
            "seen": day.people,
            "people": hackathons.head_count(self.books, self.row),
            "moved": day.moved,
            "demos": day.demos,
            "tickets": day.tickets,
            "outcomes": day.outcomes,
            "ideas": day.ideas,
            "born": day.born,
        }

    def _soon(self, due: Due) -> dict[str, Any]:
        """Where and when something is that is for everybody."""
        event = self._event(due)
        return {"room": event.room, "what": event.what, "clock": self._clock(event.start)}

    def _event(self, due: Due) -> HackEvent:
        number = int(due.subject.partition(":")[0])
        return next(event for event in self.events if event.number == number)

    def _demos(self, due: Due) -> list[dict[str, Any]]:
        """What is still to be shown that day, in its order."""
        found = self.books.every(Demo, hackathon=self.row.id, day=due.day)
        waiting = [demo for demo in found if demo.started_at is None and demo.done_at is None]
        return [
            {"number": demo.number, "title": demo.title, "nick": demo.nick}
            for demo in sorted(waiting, key=lambda d: (d.position, d.number))
        ]

    def _guests(self, due: Due) -> int:
        return len(self.books.every(EventGuest, event=self._event(due).id))

    def _clock(self, at: datetime) -> str:
        """20:00, with its zone where no place says which clock is meant."""
        there = f"{at.astimezone(self.days.tz):%H:%M}"
        return there if self.row.place else f"{there} {self.row.zone}"
