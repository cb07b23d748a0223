"""What people are told of their own checklists: that one begins or was given, what is open."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import UTC, datetime, timedelta
from functools import cached_property
from typing import Any

from sqlalchemy import bindparam
from sqlalchemy import select as columns
from sqlmodel import col

from gsocbot.rules import checklist_nudges as rules
from gsocbot.rules.checklist_nudges import Told
from gsocbot.rules.checklists import (
    Checklist,
    Group,
    Window,
    current_lists,
    groups,
    moment,
    window,
)
from gsocbot.rules.mentors import is_away
from gsocbot.rules.privacy import Data, Subject, Viewer
from gsocbot.rules.quiet import Settings
from gsocbot.rules.roles import Role
from gsocbot.rules.seasons import SeasonFacts
from gsocbot.rules.timeline import Audience
from gsocbot.store import mentors, roles
from gsocbot.store.books import Books
from gsocbot.store.notes import LASTS
from gsocbot.store.private import announcing, letters
from gsocbot.store.private.progress import year
from gsocbot.store.private.students import Known
from gsocbot.store.private.tables import CheckedItem, GivenList, ReportSkip
from gsocbot.store.tables import Outbox, Person

BEGINS, GIVEN, OPEN = "student_list", "student_list_given", "student_list_open"
"""Each topic is a template."""

AHEAD = timedelta(days=4)
"""Planned so early, for a bot may be down for some days."""

Place = tuple[str, str]
"""Somebody, by network and account."""

_PEOPLE = columns(
    col(Person.network), col(Person.account), col(Person.zone), col(Person.applicant_at)
).where(col(Person.season) == bindparam("season"))
_TICKS = columns(
    col(CheckedItem.network),
    col(CheckedItem.account),
    col(CheckedItem.checklist),
    col(CheckedItem.item),
).where(
    col(CheckedItem.season) == bindparam("season"),
    col(CheckedItem.checklist).in_(bindparam("names", expanding=True)),
)
_GIVEN = (
    columns(
        col(GivenList.network),
        col(GivenList.account),
        col(GivenList.checklist),
        col(GivenList.at),
        col(GivenList.by),
    )
    .where(col(GivenList.season) == bindparam("season"))
    .order_by(col(GivenList.id))
)
_SKIPS = columns(
    col(ReportSkip.network), col(ReportSkip.account), col(ReportSkip.since), col(ReportSkip.until)
).where(col(ReportSkip.season) == bindparam("season"))
_PLANNED = columns(col(Outbox.key)).where(
    col(Outbox.season) == bindparam("season"),
    col(Outbox.topic).in_([BEGINS, OPEN]),
    col(Outbox.due) > bindparam("since"),
)


@dataclass(frozen=True, slots=True)
class _Line:
    """A line to somebody about a list of theirs; `by` is who gave it to them."""

    topic: str
    place: Place
    checklist: Checklist
    window: Window | None
    told: Told
    by: str = ""


class Nudges:
    """All that is read for one plan of a season, once; who is a student comes from outside."""

    def __init__(
        self,
        books: Books,
        facts: SeasonFacts,
        asked: Sequence[Known],
        lists: Sequence[Checklist],
        now: datetime,
    ) -> None:
        self._books = books
        self._facts = facts
        self._lists = {c.name: c for c in lists}
        self._now = now
        self._year = year(books, facts.key, now)
        self._asked = {(known.row.network, known.row.account): known for known in asked}
        self._roles: dict[Place, set[Role]] = {}
        for network, account, role in roles.grants(books, facts.key):
            self._roles.setdefault((network, account), set()).add(role)
        season = {"season": facts.key}
        self._people = {(p.network, p.account): p for p in books.rows(_PEOPLE, season)}
        self._given: dict[Place, dict[str, tuple[datetime, str]]] = {}
        for row in books.rows(_GIVEN, season):
            given = self._given.setdefault((row.network, row.account), {})
            given[row.checklist] = row.at, row.by
        self._welcomed = announcing.welcomed(books, facts.key)
        self._currents: dict[tuple[tuple[Group, ...], frozenset[str], datetime], str] = {}
        self._away = {n: mentors.absences(books, facts.key, n) for n, _ in self._roles}
        self._skips = [(r.network, r.account, r.since, r.until) for r in books.rows(_SKIPS, season)]

    def rows(self) -> Iterator[dict[str, Any]]:
        """The letters that are due soon, or still of use, to those who are not done."""
        lines = [line for line in self._lines() if self._is_near(line.told)]
        names = {line.checklist.name for line in lines}
        ticked: dict[tuple[str, str, str], set[str]] = {}
        values = {"season": self._facts.key, "names": names}
        for network, account, name, item in self._books.rows(_TICKS, values) if names else ():
            ticked.setdefault((network, account, name), set()).add(item)
        for line in lines:
            done = ticked.get((*line.place, line.checklist.name), set())
            if done.issuperset(line.checklist.keys):
                continue
            letter = self._letter(line, done)
            # What was due before anybody planned it, by a date of then, is not late.
            to_come = line.topic == GIVEN or self._now <= line.told.due
            if to_come or letter["key"] in self._planned:
                yield letter

    def _is_near(self, told: Told) -> bool:
        return told.due <= self._now + AHEAD and self._now < told.expires

    @cached_property
    def _planned(self) -> set[str]:
        """What was planned before and is due by now."""
        values = {"season": self._facts.key, "since": self._now - AHEAD}
        return set(self._books.rows(_PLANNED, values).scalars())

    # --- who is told of what

    def _lines(self) -> Iterator[_Line]:
        for checklist in self._lists.values():
            its = window(checklist, self._year.stretches)
            if its is None or not its.begins_at <= self._now + AHEAD < its.end.passes_at + AHEAD:
                continue
            for place, since in self._concerned(checklist, its):
                begins, later = self._told(checklist, its, place, since)
                is_new = its.begins_at >= self._facts.since and not self._applies(place)
                named = {*self._given.get(place, ()), self._welcomed.get(place)}
                if begins and is_new and checklist.name not in named:
                    yield _Line(BEGINS, place, checklist, its, begins)
                yield from (_Line(OPEN, place, checklist, its, told) for told in later)
        yield from self._of_given()

    def _concerned(self, checklist: Checklist, its: Window) -> Iterator[tuple[Place, datetime]]:
        """Who has a list by their part in the season, since when; of applicants who said so."""
        announced, opened = self._year.announced, self._facts.announced_at
        late = announced is not None and moment(announced) <= its.begins_at
        whom = checklist.audience
        if whom in {Audience.STUDENTS, Audience.ALL}:
            if late:
                yield from ((p, self._since(known)) for p, known in self._asked.items())
            elif announced is not None:
                people = self._people.items()
                yield from ((p, row.applicant_at) for p, row in people if self._applies(p))
        if whom in {Audience.MENTORS, Audience.ALL}:
            theirs = {(n, m) for (n, _), k in self._asked.items() for m in k.project.mentors}
            for place in sorted(self._holders(Role.MENTOR)):
                if not late:
                    yield place, self._facts.since
                elif opened is not None and place in theirs:
                    yield place, opened
        if whom in {Audience.ORGANISERS, Audience.ALL}:
            yield from ((p, self._facts.since) for p in sorted(self._holders(Role.ORGANISER)))

    def _of_given(self) -> Iterator[_Line]:
        for place, given in self._given.items():
            if place not in self._asked and not self._roles.get(place):
                continue
            for name, (at, by) in given.items():
                checklist = self._lists.get(name)
                if checklist is None:
                    continue
                its = window(checklist, self._year.stretches)
                if by != place[1]:  # who gives it to all of their kind knows
                    yield _Line(GIVEN, place, checklist, its, Told("given", at, at + LASTS), by)
                if its is not None:
                    _, later = self._told(checklist, its, place, at)
                    yield from (_Line(OPEN, place, checklist, its, told) for told in later)

    def _holders(self, role: Role) -> set[Place]:
        return {place for place, held in self._roles.items() if role in held}

    def _applies(self, place: Place) -> bool:
        """Whether somebody has said that they apply, and is nothing else by now."""
        person = self._people.get(place)
        applied = person is not None and person.applicant_at is not None
        return applied and place not in self._asked and not self._roles.get(place)

    def _since(self, known: Known) -> datetime:
        return max(self._facts.announced_at or self._facts.since, known.row.at)

    def _told(
        self, checklist: Checklist, its: Window, place: Place, since: datetime
    ) -> tuple[Told | None, list[Told]]:
        person = self._people.get(place)
        tz = Settings(person.zone).tz if person is not None else UTC
        network, account = place
        absence = self._away.get(network, {}).get(account)
        skips = [s for s in self._skips if s[:2] == place]

        def away(at: datetime) -> bool:
            day = at.astimezone(tz).date()
            skipped = any(since <= day <= until for *_, since, until in skips)
            return skipped or is_away(absence, at)

        return rules.plan(its, rules.days_before(checklist), since, tz, away)

    def _current(self, own: tuple[Group, ...], given: frozenset[str], due: datetime) -> str:
        """The list that somebody is to work on when they are told; the same for many."""
        asked = own, given, due
        if asked not in self._currents:
            at = replace(self._year, now=max(due, self._now))
            found = current_lists(list(self._lists.values()), own, given, at)
            self._currents[asked] = found[0].name if found else ""
        return self._currents[asked]

    # --- in words

    def _letter(self, line: _Line, done: set[str]) -> dict[str, Any]:
        checklist, its = line.checklist, line.window
        held = frozenset(self._roles.get(line.place, ()))
        known = self._asked.get(line.place)
        own = groups(held, student=known is not None)
        current = self._current(own, frozenset(self._given.get(line.place, ())), line.told.due)
        facts = {
            "list": "" if current == checklist.name else checklist.name,
            "title": checklist.title,
            "total": len(checklist.items),
            "done": sum(key in done for key in checklist.keys),
            "items": [
                {"number": n, "text": item.text}
                for n, item in enumerate(checklist.items, 1)
                if item.key not in done
            ],
            "day": its.end.day.isoformat() if its and its.end.day else "",
            "ends": its is not None and line.told.due < moment(its.end),
            "by": line.by,
        }
        return letters.letter(
            self._facts.key,
            line.topic,
            f"{checklist.name}:{line.told.what}",
            Viewer(*line.place, held),
            Data.CHECKLIST,
            known.subject if known is not None else Subject(*line.place),
            facts,
            at=moment(its.end) if its else line.told.due,
            due=line.told.due,
            expires=line.told.expires,
        )
