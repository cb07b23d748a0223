"""What the bot says of office hours of its own accord: that one comes, that nobody is on, what has
changed.
"""

import json
from collections.abc import Iterable, Sequence
from datetime import date, datetime, timedelta
from functools import partial
from typing import Any
from zoneinfo import ZoneInfo

from sqlalchemy import bindparam
from sqlalchemy import select as columns
from sqlmodel import col

from gsocbot.rules.outbox import OutboxState
from gsocbot.rules.recurrence import Occurrence, Weekly
from gsocbot.rules.reminders import Planned, Topic, plan_office
from gsocbot.rules.roles import Role
from gsocbot.store import office, outbox, roles, roster, seasons
from gsocbot.store.books import Books, Deed
from gsocbot.store.roster import Roster, Who
from gsocbot.store.tables import Outbox

Rooms = Sequence[tuple[str, str]]

CHANGED = "office_changed"
"""That a session is skipped, moved, or held after all, or that a series ends."""

BEGUN = timedelta(days=2)
"""A session that was opened longer ago is announced no more anyway."""

ROSTER_AHEAD = timedelta(days=2)
"""What hangs on who is on, and is for single people, is planned no farther ahead than this."""

UNDONE = "undone "
"""What stands before what had been said, where that was taken back."""

_TOLD = (
    columns(
        col(Outbox.key), col(Outbox.network), col(Outbox.target), col(Outbox.payload),
        col(Outbox.expires),
    )
    .where(
        col(Outbox.season) == bindparam("season"),
        col(Outbox.topic) == CHANGED,
        col(Outbox.state).in_([OutboxState.CLAIMED, OutboxState.WRITTEN, OutboxState.SENT]),
    )
    .order_by(col(Outbox.id))
)  # fmt: skip


def rows(
    books: Books,
    season: str,
    public: Rooms,
    organisers: Rooms,
    window: tuple[datetime, datetime],
    now: datetime,
) -> list[dict[str, Any]]:
    """The lines about the office hours of a season, due within [since, until)."""
    signed = Roster(books, season)
    warned = organisers or _each_organiser(books, season, public)
    people = roster.wanted(books, season)
    begun = office.opened(books, season, now - BEGUN)
    found: list[dict[str, Any]] = []
    for name, weekly in seasons.series(books, season).items():
        rooms = rooms_of(weekly, public)
        is_empty = partial(_is_empty, signed, name)
        for planned in plan_office(name, weekly, *window, is_empty, wanted=True):
            of_roster = planned.topic is not Topic.OFFICE
            if of_roster and not (planned.due < now + ROSTER_AHEAD and now < planned.expires):
                continue
            length = timedelta(minutes=weekly.minutes)
            session = Occurrence(_day(planned), planned.at, planned.at + length)
            on = signed.everybody(name, session)
            facts = _facts(name, weekly, planned)
            if planned.topic is Topic.EMPTY:
                lines = [(room, {"rooms": _named(rooms)}) for room in warned]
            elif planned.topic is Topic.OFFICE:
                there = [
                    (n, c) for n, c in rooms if (name, session.day, (n, c.lower())) not in begun
                ]
                lines = [(room, {"on": _of_network(room[0], on)}) for room in there]
            else:
                lines = _in_private(on, people, rooms)
            found += [
                outbox.planned_row(season, planned, place, facts | more) for place, more in lines
            ]
    return found


def rooms_of(weekly: Weekly, public: Rooms) -> list[tuple[str, str]]:
    """The channels in which a series is held."""
    return [room for room in public if weekly.channel.lower() in {"", room[1].lower()}]


def tell(
    books: Books, deed: Deed, what: str, facts: dict[str, Any], places: Rooms, expires: datetime
) -> None:
    """Tell in some places what somebody has changed; !undo takes back what nobody has heard yet."""
    assert deed.season is not None
    beginning = f"{outbox.of_deed(deed.season, deed.id)}{CHANGED}:{what}"
    lines = [
        outbox.row(
            key=f"{beginning}:{network}:{target}",
            season=deed.season,
            place=(network, target),
            topic=CHANGED,
            facts=json.dumps(facts | {"what": what, "private": outbox.is_person(target)}),
            due=deed.at,
            expires=expires,
        )
        for network, target in dict.fromkeys(places)
        if expires > deed.at
    ]
    outbox.plan(books, lines)


def tell_undone(books: Books, deed: Deed, undone: str, but: tuple[str, str]) -> None:
    """Tell those who have heard of a deed that it is taken back, `but` for where that was said."""
    assert deed.season is not None
    beginning = outbox.of_deed(deed.season, undone)
    for line in list(books.rows(_TOLD, {"season": deed.season})):
        place = (line.network, line.target)
        if line.key.startswith(beginning) and place != but:
            facts = json.loads(line.payload)
            tell(books, deed, f"{UNDONE}{facts['what']}", facts, [place], line.expires)


def _each_organiser(books: Books, season: str, public: Rooms) -> list[tuple[str, str]]:
    """Where organisers hear what is for them alone, if they have no channel."""
    networks = {network for network, _ in public}
    return [
        (network, f"@{account}")
        for network, account in roles.in_order(books, season, Role.ORGANISER)
        if network in networks
    ]


def _is_empty(signed: Roster, name: str, session: Occurrence) -> bool:
    return not signed.everybody(name, session)


def _of_network(network: str, on: Iterable[Who]) -> list[str]:
    return [account for there, account in on if there == network]


def _in_private(
    on: Sequence[Who], wanted: Iterable[Who], rooms: Rooms
) -> list[tuple[Who, dict[str, Any]]]:
    """Who is told in private, on the networks where it is held: who is on, and who wants it."""
    networks = {network for network, _ in rooms}
    found = []
    for network, account in dict.fromkeys([*on, *wanted]):
        if network not in networks:
            continue
        others = [other for other in _of_network(network, on) if other != account]
        here = _named([room for room in rooms if room[0] == network])
        more = {"you": (network, account) in on, "on": others, "rooms": here}
        found.append(((network, f"@{account}"), more))
    return found


def _facts(name: str, weekly: Weekly, planned: Planned) -> dict[str, Any]:
    return {
        "title": weekly.title,
        "minutes": weekly.minutes,
        "series": name,
        "on_day": _day_words(planned.at.astimezone(ZoneInfo(weekly.zone)).date()),
        "at": planned.at.isoformat(),
        "offset_minutes": int(planned.offset.total_seconds() // 60),
    }


def _day_words(on: date) -> str:
    """What to type for a day: 6 apr"""
    return f"{on.day} {on:%b}".lower()


def _day(planned: Planned) -> date:
    """The local date of the session that a line is about."""
    return date.fromisoformat(planned.occurrence[: len("2011-04-06")])


def _named(rooms: Rooms) -> list[str]:
    return list(dict.fromkeys(channel for _, channel in rooms))
