"""Letters about evaluations: to who writes, to who is next, to organisers; gone once noted.

Each is about all students of whom the one it goes to must know it. The organisers' channel hears
a number alone.
"""

import json
from collections.abc import Callable, Iterator, Sequence
from dataclasses import replace
from datetime import datetime, timedelta
from functools import cache
from typing import Any

from gsocbot.rules import escalation
from gsocbot.rules import evaluations as rules
from gsocbot.rules.evaluations import Step, Turn
from gsocbot.rules.mentors import is_away
from gsocbot.rules.privacy import Data, Viewer, check, may_see
from gsocbot.rules.quiet import Settings
from gsocbot.rules.roles import Role
from gsocbot.store import outbox, people, roles
from gsocbot.store.books import Books, Deed
from gsocbot.store.private.evaluations import Owed, Standing
from gsocbot.store.private.letters import viewer

WHO, WRITE, INSTEAD = "student_eval_who", "student_eval_write", "student_eval_instead"
OPEN, COMPLETE = "student_eval_open", "student_eval_complete"
NAMED, COUNT = "student_eval_named", "evaluations_count"
TOPICS = frozenset({WHO, WRITE, INSTEAD, OPEN, COMPLETE, COUNT})
"""Each topic is a template."""

AHEAD = timedelta(days=14)
COMPLETE_USEFUL = timedelta(days=2)
MOST_NAMED = 8
"""So many students stand in one line; !eval and !eval missing have all."""

Rooms = Sequence[tuple[str, str]]
Row = dict[str, Any]


def plan(books: Books, season: str, organisers: Rooms, now: datetime) -> None:
    """Plan what is to be said of evaluations, and nothing that was noted, ended or moved since."""
    rows = list(_Letters(books, season, organisers, now).rows())
    outbox.forget(books, season, None, TOPICS, {row["key"] for row in rows})
    outbox.plan(books, rows)


def tell_named(books: Books, deed: Deed, of: Owed) -> None:
    """Tell whoever is to write an evaluation from now on; !undo takes back what is unsaid."""
    assert deed.season is not None
    to = viewer(books, deed.season, of.subject.network, of.author)
    check(to, Data.EVALUATION, of.subject)
    place = (of.subject.network, f"@{of.author}")
    facts = {
        "student": of.student,
        "title": of.turn.title,
        "by": deed.account,
        "has_ours": of.turn.ours is not None and deed.at < of.turn.ours,
        "day": str(of.turn.day) if of.turn.day else "",
        "at": (of.turn.due if deed.at < of.turn.due else of.turn.at).isoformat(),
    }
    line = outbox.row(
        key=f"{outbox.of_deed(deed.season, deed.id)}{NAMED}:{of.turn.slug}:{of.subject.network}:"
        f"{of.student}:{place[1]}",
        season=deed.season,
        place=place,
        topic=NAMED,
        facts=json.dumps(facts),
        due=deed.at,
        expires=of.turn.at,
    )
    outbox.plan(books, [line] if deed.at < of.turn.at else [])


def hush(books: Books, season: str, account: str, slug: str = "") -> None:
    """Drop what is due of a student's evaluations, or of one; the next plan has what still stands.

    That is quicker than a plan, and whoever noted something waits for the answer.
    """
    part = f":{slug}:" if slug else ":"
    outbox.drop_about(books, season, {*TOPICS, NAMED}, part, account)
    outbox.drop_about(books, season, {COUNT}, part)


class _Letters:
    """What is to be said of a season's evaluations, as they stand now."""

    def __init__(self, books: Books, season: str, organisers: Rooms, now: datetime) -> None:
        self._season = season
        self._rooms = organisers
        self._now = now
        self._standing = standing = Standing(books, season, now)
        self._every = standing.every
        self._roles: dict[tuple[str, str], set[Role]] = {}
        for network, account, role in roles.grants(books, season):
            self._roles.setdefault((network, account), set()).add(role)
        self._viewer = cache(self._viewer_at)
        self._in_order = roles.in_order(books, season, Role.ORGANISER)

        def wishes(place: tuple[str, str]) -> Settings:
            return people.settings(books, season, *place)

        self._wishes = cache(wishes)

    def rows(self) -> Iterator[Row]:
        """The lines of two weeks that are of any use."""
        for turn in self._standing.turns.values():
            if (
                turn.is_done
                or turn.at < self._now - COMPLETE_USEFUL
                or not self._every(turn, self._now)
            ):
                continue
            writers = self._people(turn, lambda o: [o.writer, o.author])
            for place in writers:
                yield from self._for_writer(turn, place)
            for place in self._people(turn, lambda o: [o.mentor, o.backup]):
                yield from self._for_mentors(turn, place)
            for network in {o.subject.network for o in self._every(turn, self._now)}:
                yield from self._for_organisers(turn, network)
            yield from self._counts(turn)

    def _viewer_at(self, place: tuple[str, str]) -> Viewer:
        return Viewer(*place, frozenset(self._roles.get(place, ())))

    def _people(self, turn: Turn, who: Callable[[Owed], Sequence[str]]) -> list[tuple[str, str]]:
        """Everybody whom a letter may go to, with who will stand in for them."""
        found = {
            (one.subject.network, name)
            for one in self._every(turn, self._now)
            for name in who(one)
            if name
        }
        away = self._standing.absences
        found |= {(n, a.backup) for n, name in found if (a := away[n].get(name)) and a.agreed}
        return sorted(found)

    def _for_writer(self, turn: Turn, place: tuple[str, str]) -> Iterator[Row]:
        for step in self._useful(rules.for_writer(turn, self._wishes(place).tz)):
            mine = [o for o in self._open(turn, step, place) if o.writer == place[1]]
            is_over = turn.ours is not None and step.due > turn.ours
            facts = {
                "own": [o.student for o in mine if o.author == o.writer],
                "for_others": [[o.student, o.author] for o in mine if o.author != o.writer],
                "is_over": is_over,
                "is_now": step.due == turn.ours,
                "opens": turn.opens.isoformat() if step.due < turn.opens else "",
            }
            at = turn.at if is_over else turn.due
            step = replace(step, name=f"{step.name}{self._instead_of(turn, step, place)}")
            yield from self._letter(WRITE, turn, step, place, mine, facts, at)

    def _instead_of(self, turn: Turn, step: Step, place: tuple[str, str]) -> str:
        """For whom somebody stands in at a step or since: told at once when that begins later."""
        moments = {step.due, max(step.due, self._now)}
        every = [o for at in moments for o in self._standing.near(turn, at, place)]
        mine = [o for o in every if o.writer == place[1]]
        return "".join(sorted({f":{o.author}" for o in mine if o.author != o.writer}))

    def _for_mentors(self, turn: Turn, place: tuple[str, str]) -> Iterator[Row]:
        tz = self._wishes(place).tz
        for step in self._useful([rules.asking(turn, tz)]):
            unnamed = [
                o
                for o in self._open(turn, step, place)
                if o.mentor and o.backup and not o.named and place[1] in {o.mentor, o.backup}
            ]
            facts: dict[str, Any]
            facts = {"choices": [[o.student, o.mentor, o.backup] for o in unnamed]}
            yield from self._letter(WHO, turn, step, place, unnamed, facts, turn.due)
        for step in self._useful(rules.for_backup(turn, tz)):
            waiting = [o for o in self._open(turn, step, place) if o.next == place[1]]
            facts = {"waiting": [[o.student, o.writer] for o in waiting], "me": place[1]}
            yield from self._letter(INSTEAD, turn, step, place, waiting, facts, turn.at)

    def _for_organisers(self, turn: Turn, network: str) -> Iterator[Row]:
        every = [o for o in self._every(turn, self._now) if o.subject.network == network]
        in_channel = any(room[0] == network for room in self._rooms)
        for step in self._useful(rules.for_organisers(turn)):
            for account in self._organisers(network, step, turn, in_channel=in_channel):
                place = (network, account)
                still = self._open(turn, step, place)
                facts = {
                    "count": len(every),
                    "open": [[o.student, o.writer, o.next] for o in still],
                    "is_ours": step.due == turn.ours,
                    "hours": round((turn.at - step.due) / timedelta(hours=1)),
                }
                yield from self._letter(OPEN, turn, step, place, still, facts, turn.at)
        if any(o.is_open for o in every):
            return
        last = max(every, key=lambda o: o.submitted_at or self._now)
        assert last.submitted_at is not None
        until = last.submitted_at + COMPLETE_USEFUL
        step = Step(f"all {last.submitted_at.isoformat()}", last.submitted_at, until)
        facts = {"count": len(every), "by": last.submitted_by}
        for network_, account in self._in_order:
            if network_ == network and account != last.submitted_by and self._now < until:
                place = (network, account)
                yield from self._letter(COMPLETE, turn, step, place, every, facts, step.due)

    def _organisers(
        self, network: str, step: Step, turn: Turn, *, in_channel: bool
    ) -> Sequence[str]:
        own = [a for n, a in self._in_order if n == network and self._wishes((n, a)).pm]
        absences = self._standing.absences[network]
        away = {a for a in own if is_away(absences.get(a), step.due)}
        return escalation.told(own, turn.at - step.due, away, in_channel=in_channel)

    def _counts(self, turn: Turn) -> Iterator[Row]:
        """What the organisers' channel hears: how many are noted, of nobody."""
        for network, channel in self._rooms:
            every = [o for o in self._every(turn, self._now) if o.subject.network == network]
            noted = sum(not o.is_open for o in every)
            if noted == len(every):
                continue
            for step in self._useful(rules.for_organisers(turn)):
                if step.name in {"ours", "-24h"}:
                    facts = {"title": turn.title, "noted": noted, "count": len(every)}
                    facts |= {"at": turn.at.isoformat(), "day": turn.day and str(turn.day)}
                    yield outbox.row(
                        key=self._key(COUNT, turn, step, (network, channel)),
                        season=self._season,
                        place=(network, channel),
                        topic=COUNT,
                        facts=json.dumps(facts),
                        due=step.due,
                        expires=step.expires,
                    )

    def _useful(self, steps: Sequence[Step]) -> list[Step]:
        return [s for s in steps if s.due <= self._now + AHEAD and self._now < s.expires]

    def _open(self, turn: Turn, step: Step, place: tuple[str, str]) -> list[Owed]:
        """What is open of what somebody may know, with whoever writes when it is said.

        Somebody whom a row still names may be no mentor any more; organisers are told of it all.
        """
        at = max(step.due, self._now)
        to = self._viewer(place)
        every = self._every(turn, at) if to.is_organiser else self._standing.near(turn, at, place)
        return [o for o in every if o.is_open and may_see(to, Data.EVALUATION, o.subject)]

    def _letter(
        self,
        topic: str,
        turn: Turn,
        step: Step,
        place: tuple[str, str],
        about: Sequence[Owed],
        facts: dict[str, Any],
        at: datetime,
    ) -> Iterator[Row]:
        """One line to one account, about those of whom it may know."""
        if not about:
            return
        for one in about:
            check(self._viewer(place), Data.EVALUATION, one.subject)
        dates = {
            "title": turn.title,
            "at": at.isoformat(),
            "has_ours": turn.ours is not None,
            "googles": turn.at.isoformat(),
            "day": str(turn.day) if turn.day else "",
        }
        network, account = place
        yield outbox.row(
            key=self._key(topic, turn, step, (network, f"@{account}")),
            season=self._season,
            place=(network, f"@{account}"),
            topic=topic,
            facts=json.dumps(facts | dates),
            due=step.due,
            expires=step.expires,
        )

    def _key(self, topic: str, turn: Turn, step: Step, place: tuple[str, str]) -> str:
        """Once for each date: of one that is moved people are reminded anew, but asked once."""
        base = turn.at if step.name.endswith("h") else turn.due
        moment = "" if topic in {WHO, COMPLETE} else f":{base.isoformat(timespec='minutes')}"
        return f"{self._season}:{topic}:{turn.slug}{moment}:{step.name}:{place[0]}:{place[1]}"
