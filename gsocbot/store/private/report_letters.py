"""Letters about reports: to the student, then the mentor, then the organisers; and about silence.

All of it is planned from what stands in the store. So what is written, or explained by an absence,
or of somebody who ended, is not said any more; and what was said stays said.
"""

from collections.abc import Iterator, Mapping
from datetime import datetime, time, timedelta, tzinfo
from typing import Any

from gsocbot.rules import silence
from gsocbot.rules.mentors import Absence, is_away, stand_in
from gsocbot.rules.privacy import Data, Viewer, may_see
from gsocbot.rules.reports import Week, after, moment, next_morning, ranges, reminded_at
from gsocbot.rules.roles import Role
from gsocbot.store import mentors, outbox, roles, seasons
from gsocbot.store.books import Books, Deed
from gsocbot.store.private import students
from gsocbot.store.private.letters import letter
from gsocbot.store.private.report_told import (
    DUE,
    LATE,
    LONG_SILENT,
    MENTOR,
    ORGANISERS,
    SILENT,
    SKIP,
    TOPICS,
    Told,
    occasion_of,
)
from gsocbot.store.private.reports import Away, Shelf, Standing

STUCK = "student_report_stuck"
"""What merely happens."""

AHEAD = timedelta(days=2)
"""Planned so early; a plan is made anew more often than that."""

_DAY = timedelta(days=1)
_WEEK = timedelta(days=7)


def plan(books: Books, season: str, now: datetime) -> None:
    """Plan what is to be said of reports and silence, and nothing that no longer stands."""
    facts = seasons.season(books, season)
    is_closed = facts is None or facts.closed_at is not None
    asked = [] if is_closed else students.asked(books, season, now)
    rows = _Letters(books, season, now).rows(asked) if asked else []
    outbox.forget(books, season, None, TOPICS, {row["key"] for row in rows})
    outbox.plan(books, rows)


def seen(books: Books, season: str, network: str, account: str) -> None:
    """Drop what is still due of somebody's silence: they have just said something."""
    for topic in (SILENT, LONG_SILENT):
        outbox.drop(books, f"{season}:{topic}:{network}:{account}:")


def stuck(
    books: Books,
    deed: Deed,
    standing: Standing,
    to: list[str],
    starts: datetime,
    facts: Mapping[str, Any],
) -> None:
    """Tell mentors what somebody will ask in an office hour; !undo takes back what is unread."""
    assert deed.season is not None
    letters = _Letters(books, deed.season, deed.at)
    rows = []
    for account in to:
        viewer = letters.viewer(deed.network, account)
        subject = standing.known.subject
        times = {"at": starts, "due": deed.at, "expires": starts}
        made = letter(
            deed.season, STUCK, deed.id, viewer, Data.REPORT, subject, dict(facts), **times
        )
        rows.append({**made, "key": f"{outbox.of_deed(deed.season, deed.id)}{made['key']}"})
    outbox.plan(books, rows)


class _Letters:
    """Makes the letters of a season; what all of them need is read once."""

    def __init__(self, books: Books, season: str, now: datetime) -> None:
        self._books = books
        self._season = season
        self._now = now
        self._shelf = Shelf(books, season)
        self._told = Told(books, season, now)
        self._absences: dict[str, Mapping[str, Absence]] = {}
        self._roles: dict[tuple[str, str], set[Role]] = {}
        for network, account, role in roles.grants(books, season):
            self._roles.setdefault((network, account), set()).add(role)

    def viewer(self, network: str, account: str) -> Viewer:
        """To whom a letter goes."""
        return Viewer(network, account, frozenset(self._roles.get((network, account), ())))

    def rows(self, asked: list[students.Known]) -> list[dict[str, Any]]:
        """The letters that are due, or will be soon."""
        found: list[dict[str, Any]] = []
        for known in asked:
            standing = self._shelf.of(known)
            for week in standing.open:
                if week.first <= standing.today(self._now) + AHEAD:
                    found += self._of_week(standing, week)
            for away in standing.away:
                found += self._of_skip(standing, away)
            found += self._of_silence(standing)
        return found

    # --- the ladder

    def _of_week(self, standing: Standing, week: Week) -> Iterator[dict[str, Any]]:
        """A week's report: asked for, missed, and then put before others."""
        own = standing.known.row.account
        what = occasion_of(week)
        facts = {"week": week.number, "day": week.last.isoformat()}
        over = moment(week.last + _DAY, time(), standing.tz)
        asked_at = reminded_at(week, standing.tz)
        yield from self._to(standing, DUE, what, [own], facts, asked_at, over)
        to = self._mentor(standing)
        told_at = after(week, silence.MENTOR_AFTER, self._clock(standing, to or own))
        late_at = after(week, silence.STUDENT_AFTER, standing.tz)
        day = told_at.astimezone(standing.tz).date().isoformat()
        told_on = {"told_on": day, "has_mentor": bool(to)}
        yield from self._to(standing, LATE, what, [own], facts | told_on, late_at, told_at)
        numbers = [w.number for w in standing.open if w.number <= week.number]
        more = {
            **facts,
            "weeks": ranges(numbers),
            "several": len(numbers) > 1,
            "seen": self._seen(standing),
            "told": self._told.at(LATE, standing, what) is not None,
        }
        if to:
            # The next week's takes its place: of two weeks one letter is enough.
            ends = self._until_next(standing, week, told_at)
            yield from self._to(standing, MENTOR, what, [to], more, told_at, ends)
        mentor = self._told.at(MENTOR, standing, what)
        more |= {"mentor": mentor[0] if mentor else "", "has_mentor": bool(to)}
        # Where there is no mentor organisers hear of it at once, in their place.
        days = silence.ORGANISERS_AFTER if to else silence.MENTOR_AFTER
        for organiser in self._organisers(standing, but=to):
            due = after(week, days, self._clock(standing, organiser))
            ends = self._until_next(standing, week, due)
            yield from self._to(standing, ORGANISERS, what, [organiser], more, due, ends)

    def _until_next(self, standing: Standing, week: Week, due: datetime) -> datetime:
        """When the same is said of the next week, if that stays open too."""
        later = [w for w in standing.open if w.number > week.number]
        return due + (later[0].last - week.last) if later else due + 2 * _WEEK

    # --- absences

    def _of_skip(self, standing: Standing, away: Away) -> Iterator[dict[str, Any]]:
        """Mentors hear why, organisers hear only that."""
        over = moment(away.skip.until + _DAY, time(), standing.tz)
        what = f"skip {away.skip.until.isoformat()} {away.at.isoformat()}"
        said_on = away.at.astimezone(standing.tz).date()
        since = away.skip.since.isoformat() if away.skip.since > said_on else ""
        facts = {"since": since, "until": away.skip.until.isoformat()}
        near = sorted(standing.known.subject.mentors)
        why = facts | {"reason": away.reason}
        yield from self._to(standing, SKIP, what, near, why, away.at, over)
        others = [o for o in self._organisers(standing) if o not in near]
        yield from self._to(standing, SKIP, what, others, facts | {"reason": ""}, away.at, over)

    # --- silence

    def _of_silence(self, standing: Standing) -> Iterator[dict[str, Any]]:
        row = standing.known.row
        signs = [*standing.written.values(), *(away.at for away in standing.away)]
        signs += [row.seen_at] if row.seen_at else []
        stretches = silence.stretches(standing.since, standing.weeks, standing.tz)
        for stretch in (s for s in stretches if s.begins <= self._now < s.ends):
            base = silence.silent_since(stretch, signs, standing.skips, standing.tz)
            day = base.astimezone(standing.tz).date().isoformat()
            to = self._mentor(standing)
            facts = {"since": day, "seen": self._seen(standing), "coding": stretch is stretches[-1]}
            alone = self._now < base + stretch.organisers
            facts |= {"has_mentor": bool(to), "alone": alone}
            organisers = self._organisers(standing, but=to)
            longer = stretch.organisers if to else stretch.mentor
            in_turn = silence.ORGANISERS_AFTER if to else silence.MENTOR_AFTER
            whom = [(SILENT, silence.MENTOR_AFTER, stretch.mentor, [to] if to else [])]
            whom.append((LONG_SILENT, in_turn, longer, organisers))
            for topic, days, patience, people in whom:
                for account in people:
                    due = next_morning(base + patience, self._clock(standing, account))
                    if due > self._now + AHEAD:
                        continue
                    if due < stretch.ends and not self._is_known(standing, days, base, due):
                        what = f"since {base.isoformat()}"
                        over = self._said_then(standing, days, account, due)
                        yield from self._to(standing, topic, what, [account], facts, due, over)

    def _said_then(self, standing: Standing, days: int, account: str, due: datetime) -> datetime:
        """When somebody hears of a missing report, which says more than that nothing was heard."""
        tz = self._clock(standing, account)
        coming = (at for w in standing.open if (at := after(w, days, tz)) > due)
        return min(coming, default=due + _WEEK)

    def _is_known(self, standing: Standing, days: int, base: datetime, due: datetime) -> bool:
        """Whether somebody hears of a missing report in this very silence: that says it all.

        Until it is their turn to hear of it, nothing is said either: the student was told so.
        """
        return any(base < after(week, days, standing.tz) for week in standing.late(due))

    # --- whom

    def _to(
        self,
        standing: Standing,
        topic: str,
        occasion: str,
        accounts: list[str],
        facts: dict[str, Any],
        due: datetime,
        expires: datetime,
    ) -> Iterator[dict[str, Any]]:
        subject = standing.known.subject
        if not due <= self._now + AHEAD or not max(self._now, due) < expires:
            return
        for account in accounts:
            to = self.viewer(subject.network, account)
            anew = topic == SKIP or self._told.may_hear(topic, standing, occasion, account)
            if anew and may_see(to, Data.RECORD, subject):
                times = {"at": expires if topic == DUE else due, "due": due, "expires": expires}
                yield letter(
                    self._season, topic, occasion, to, Data.RECORD, subject, facts, **times
                )

    def _mentor(self, standing: Standing) -> str:
        """Who looks after a student now: their mentor, who stands in, or the backup; may be ""."""
        network = standing.known.row.network
        if network not in self._absences:
            self._absences[network] = mentors.absences(self._books, self._season, network)
        absences = self._absences[network]
        own = standing.known.project.mentors
        candidates = [m for m in own if not is_away(absences.get(m), self._now)]
        first = own[0] if own else ""
        other = stand_in(first, absences, self._now) if first not in candidates else None
        able = [*filter(None, [other]), *candidates, *own]
        subject = standing.known.subject
        return next((m for m in able if may_see(self.viewer(network, m), Data.RECORD, subject)), "")

    def _organisers(self, standing: Standing, but: str = "") -> list[str]:
        """All organisers, but for one who hears of it as the mentor."""
        network = standing.known.row.network
        return sorted(
            account
            for (there, account), held in self._roles.items()
            if there == network and account != but and Role.ORGANISER in held
        )

    def _clock(self, standing: Standing, account: str) -> tzinfo:
        return self._shelf.clock(standing.known.row.network, account)

    def _seen(self, standing: Standing) -> str:
        at = standing.known.row.seen_at
        return at.astimezone(standing.tz).date().isoformat() if at else ""
