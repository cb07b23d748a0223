"""Dates as organisers change them, and the lines that remind of them."""

import json
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any

from sqlmodel import col, select

from gsocbot.rules import escalation
from gsocbot.rules import mentors as absent
from gsocbot.rules.evaluations import SLUGS
from gsocbot.rules.privacy import EVERYBODY
from gsocbot.rules.reminders import Planned, Topic, plan_deadlines
from gsocbot.rules.roles import Role
from gsocbot.rules.timeline import Audience, Deadline
from gsocbot.store import mentors, outbox, people, roles, tables
from gsocbot.store.books import Books, Deed
from gsocbot.store.private import students

Rooms = Sequence[tuple[str, str]]

MOVED, ACKED = "deadline_moved", "deadline_acked"
"""A date's new moment, said once when an organiser wants it; and that it is done, or open again.

Each topic is a template.
"""

KNOWN_AFTER = timedelta(days=1)
"""What a date was for so long, people have seen on pages and in calendars without being told."""

ACKED_USEFUL = timedelta(days=7)

_OWED_BY = {Audience.MENTORS: Role.MENTOR, Audience.ORGANISERS: Role.ORGANISER}
"""Who is reminded in private too: those who owe something and are known."""


@dataclass(frozen=True, slots=True)
class Move:
    """When a date was as far as people know; exactly one of `at` and `day` is set.

    `deed` is that of the last move. Where it is `announced`, they know when the date is now.
    """

    deed: str
    at: datetime | None
    day: date | None
    announced: bool


def row(books: Books, season: str, slug: str) -> tables.Deadline | None:
    """The row of a date."""
    found = books.every(tables.Deadline, season=season, slug=slug)
    return found[0] if found else None


def folder_says(row: tables.Deadline) -> tuple[datetime | None, date | None] | None:
    """When a date is by what was last read of it in the folder; None if it does not stand there."""
    if not row.imported:
        return None
    said = json.loads(row.imported)
    at, day = said["at"], said["day"]
    return (datetime.fromisoformat(at) if at else None, date.fromisoformat(day) if day else None)


def last_move(books: Books, row: tables.Deadline) -> Move | None:
    """When a date was before it was moved; what was taken back unsaid was no move."""
    own = (
        select(tables.Audit)
        .where(
            tables.Audit.table_name == str(tables.Deadline.__tablename__),
            tables.Audit.row_key == json.dumps([row.id]),
        )
        .order_by(col(tables.Audit.id).desc())
    )
    deed, since = "", None
    was: tables.Deadline | None = None
    for note in books.session.exec(own):
        before, after = json.loads(note.before or "{}"), json.loads(note.after or "{}")
        if not before or not after or all(before[n] == after[n] for n in ("at", "day")):
            continue
        deed = deed or note.deed
        announced = outbox.knows_any(books, f"{outbox.of_deed(row.season, note.deed)}{MOVED}:")
        stood = since is not None and since - note.at >= KNOWN_AFTER
        if announced or (stood and note.undone_at is None):
            was = tables.Deadline.model_validate(after)
            return Move(deed, was.at, was.day, announced and note.deed == deed)
        if note.undone_at is None:
            deed, since = deed if was else note.deed, note.at
            was = tables.Deadline.model_validate(before)
    return Move(deed, was.at, was.day, announced=False) if was else None


def announce(
    books: Books, deadline: Deadline, was: Move, season: str, rooms: Rooms, page: str, now: datetime
) -> bool:
    """Say a date's new moment once in some channels; False if that was planned already.

    Whoever takes the move back before it is said takes this back too.
    """
    beginning = f"{outbox.of_deed(season, was.deed)}{MOVED}"
    keys = [f"{beginning}:{network}:{channel}" for network, channel in rooms]
    if all(outbox.knows(books, key) for key in keys):
        return False
    facts = {
        "title": deadline.title,
        "slug": deadline.slug,
        "at": (deadline.at or now).isoformat(),
        "day": deadline.day.isoformat() if deadline.day else "",
        "was": was.at.isoformat() if was.at else "",
        "was_day": was.day.isoformat() if was.day else "",
        "page": page,
    }
    rows = [
        outbox.row(
            key=key,
            season=season,
            place=place,
            topic=MOVED,
            facts=json.dumps(facts),
            due=now,
            expires=deadline.passes_at,
        )
        for key, place in zip(keys, rooms, strict=True)
    ]
    outbox.plan(books, rows)
    return True


def tell_acked(
    books: Books, deed: Deed, deadline: Deadline, rooms: Rooms, *, is_done: bool
) -> None:
    """Tell in some channels that a date is done or open again; !undo takes back what is unsaid."""
    assert deed.season is not None
    facts = {"slug": deadline.slug, "who": deed.account, "done": is_done, "at": deed.at.isoformat()}
    beginning = f"{outbox.of_deed(deed.season, deed.id)}{ACKED}"
    rows = [
        outbox.row(
            key=f"{beginning}:{network}:{channel}",
            season=deed.season,
            place=(network, channel),
            topic=ACKED,
            facts=json.dumps(facts),
            due=deed.at,
            expires=deed.at + ACKED_USEFUL,
        )
        for network, channel in rooms
    ]
    outbox.plan(books, rows)


# --- reminders


def reminders(
    books: Books,
    season: str,
    deadlines: Iterable[Deadline],
    public: Rooms,
    organisers: Rooms,
    window: tuple[datetime, datetime],
) -> list[dict[str, Any]]:
    """The lines that remind of dates, due within [since, until): to channels, and in private."""
    dates = {d.slug: d for d in deadlines}
    networks = list(dict.fromkeys(network for network, _ in (*public, *organisers)))
    held = _People(books, season, networks, window[0])
    rows = []
    for planned in plan_deadlines(dates.values(), *window):
        deadline = dates[planned.subject]
        facts = _facts(deadline, planned, held)
        rooms = organisers if deadline.audience is Audience.ORGANISERS else public
        rows += [outbox.planned_row(season, planned, room, facts) for room in rooms]
        for place, first in held.who_owe(deadline, planned.due, organisers):
            rows.append(
                outbox.planned_row(
                    season, planned, place, {**facts, "private": True, "first": first}
                )
            )
    return rows


class _People:
    """Who holds which role on which network, read once."""

    def __init__(self, books: Books, season: str, networks: Sequence[str], at: datetime) -> None:
        self._books = books
        self._season = season
        self._grants = [g for g in roles.grants(books, season) if g[0] in networks]
        self._in_order = roles.in_order(books, season, Role.ORGANISER)
        self._pm: dict[tuple[str, str], bool] = {}
        self._absences = {n: mentors.absences(books, season, n) for n in networks}
        self._has_students = bool(students.projects(books, season, EVERYBODY, at))

    def who_owe(
        self, deadline: Deadline, at: datetime, rooms: Rooms
    ) -> list[tuple[tuple[str, str], str]]:
        """Where those are told in private who owe something, and who was told before them.

        Of organisers first one, then two, then all (`rules/escalation.py`), on each network;
        `rooms` are theirs. Of mentors all, or who stands in for them.
        """
        role = _OWED_BY.get(deadline.audience)
        if role is None or (deadline.slug in SLUGS and self._has_students):
            return []  # whose evaluation is whose, letters say, until it is noted
        found: list[tuple[tuple[str, str], str]] = []
        for network in self._absences:
            if role is Role.MENTOR:
                accounts, first = self._mentors(network, at), ""
            else:
                in_channel = any(room[0] == network for room in rooms)
                accounts = self._organisers(network, deadline, at, in_channel=in_channel)
                first = accounts[0] if accounts and in_channel else ""
            told = [a for a in accounts if self._may_be_told(network, a)]
            found += [((network, f"@{a}"), "" if a == first else first) for a in told]
        return found

    def _mentors(self, network: str, at: datetime) -> list[str]:
        own = [a for n, a, r in self._grants if (n, r) == (network, Role.MENTOR)]
        there = absent.seers(own, self._absences[network], at)
        return list(dict.fromkeys(account.lower() for account in there))

    def _organisers(
        self, network: str, deadline: Deadline, at: datetime, *, in_channel: bool
    ) -> list[str]:
        assert deadline.at is not None
        own = [a for n, a in self._in_order if n == network]
        away = {a for a, absence in self._absences[network].items() if absent.is_away(absence, at)}
        # Whoever takes no reminders in private is no first of whom a second would be told.
        own = [a for a in own if self._may_be_told(network, a)]
        return escalation.told(own, deadline.at - at, away, in_channel=in_channel)

    def _may_be_told(self, network: str, account: str) -> bool:
        """Whether somebody takes reminders in private."""
        place = (network, account)
        if place not in self._pm:
            self._pm[place] = people.settings(self._books, self._season, *place).pm
        return self._pm[place]

    def organisers(self, at: datetime) -> list[str]:
        """All who organise the season and are not away, each once."""
        own = {(n, a) for n, a, role in self._grants if role is Role.ORGANISER}
        return sorted({a for n, a in own if not absent.is_away(self._absences[n].get(a), at)})


def _facts(deadline: Deadline, planned: Planned, held: _People) -> dict[str, Any]:
    ours = deadline.ours_at
    is_ours = planned.at != deadline.at
    assert deadline.at is not None
    facts = {
        "title": deadline.title,
        "slug": deadline.slug,
        "googles": deadline.at.isoformat() if is_ours else "",
        "ours": ours.isoformat() if ours is not None and not is_ours else "",
        "sourced": bool(deadline.source),
        "private": False,
        "first": "",
        "at": planned.at.isoformat(),
        "offset_minutes": int(planned.offset.total_seconds() // 60),
    }
    if planned.topic is Topic.WAITS:
        return {**facts, "who": held.organisers(planned.due)}
    return {**facts, "to_ack": deadline.audience is Audience.ORGANISERS}
