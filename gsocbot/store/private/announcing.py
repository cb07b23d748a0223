"""What is said when names are opened, to everybody and to those who are welcome; and its end."""

import json
from collections.abc import Sequence
from datetime import UTC, datetime, timedelta
from typing import Any

from sqlalchemy import ColumnElement, bindparam, delete, or_
from sqlalchemy import select as columns
from sqlmodel import col, select

from gsocbot.rules.checklists import Checklist, Group, Year, current_lists, window
from gsocbot.rules.outbox import OutboxState
from gsocbot.rules.privacy import EVERYBODY, LETTERS, Data
from gsocbot.rules.roles import Role
from gsocbot.rules.seasons import SeasonFacts
from gsocbot.store import outbox, roles
from gsocbot.store.books import Books
from gsocbot.store.private import students
from gsocbot.store.private.letters import letter, viewer
from gsocbot.store.private.progress import year
from gsocbot.store.private.students import Project
from gsocbot.store.tables import Outbox

NOTICE, WELCOME, OTHERS = "projects_announced", "student_welcome", "not_chosen"
MENTOR = "student_mentor"
"""That somebody else mentors a student; to who did before it is said all the same."""
OF_WORK = frozenset({"action_due"})
"""Reminders of work that are no letters."""

MOST_NAMES = 200
"""Bytes of names in the channel's one line; the page has them all."""

NOTICE_USEFUL = timedelta(days=3)
WELCOME_USEFUL = timedelta(days=21)
OTHERS_AFTER = timedelta(days=1)
OTHERS_USEFUL = timedelta(days=14)

_WELCOMES = columns(col(Outbox.network), col(Outbox.target), col(Outbox.payload)).where(
    col(Outbox.season) == bindparam("season"),
    col(Outbox.topic) == WELCOME,
    col(Outbox.state).not_in([OutboxState.SKIPPED, OutboxState.FAILED]),
)

Rooms = Sequence[tuple[str, str]]


def notice(books: Books, facts: SeasonFacts, rooms: Rooms, page: str, now: datetime) -> None:
    """Have the channels told of all projects."""
    assert facts.announced_at is not None
    said = {
        **_projects(books, facts.key, now),
        "year": facts.year,
        "page": page,
        "at": facts.announced_at.isoformat(),
    }
    useful = (facts.announced_at, facts.announced_at + NOTICE_USEFUL)
    outbox.plan(books, [_row(facts.key, NOTICE, room, said, useful) for room in rooms])


def refresh(books: Books, season: str, now: datetime) -> None:
    """Make what waits to be said of projects what they are now."""
    waiting = select(Outbox).where(
        Outbox.season == season,
        col(Outbox.topic).in_((NOTICE, WELCOME)),
        Outbox.state == OutboxState.DUE,
    )
    for row in books.session.exec(waiting).all():
        changed = (
            _projects(books, season, now) if row.topic == NOTICE else _mentors(books, row, now)
        )
        if changed:
            row.payload = json.dumps(json.loads(row.payload) | changed)
        else:
            books.session.delete(row)
    books.flush()


def welcome(
    books: Books, season: str, project: Project, lists: Sequence[Checklist], now: datetime
) -> None:
    """Welcome a student in private, with the list that they begin with."""
    known = students.own(books, season, project.network, project.account, now)
    if known is None:
        return
    facts: dict[str, Any] = {
        "mentors": project.mentors,
        "organisers": roles.holders(books, season, project.network, Role.ORGANISER),
        **_first(year(books, season, now), lists),
    }
    to = viewer(books, season, project.network, project.account)
    row = letter(
        season,
        WELCOME,
        known.row.at.isoformat(),
        to,
        Data.RECORD,
        known.subject,
        facts,
        at=now,
        due=now,
        expires=now + WELCOME_USEFUL,
    )
    outbox.plan(books, [row])


def keep_first(books: Books, season: str, lists: Sequence[Checklist], of: Year) -> None:
    """Have welcomes that still wait name the list of now, or none."""
    waiting = select(Outbox).where(
        Outbox.season == season, Outbox.topic == WELCOME, Outbox.state == OutboxState.DUE
    )
    for row in books.session.exec(waiting).all():
        said = json.loads(row.payload)
        new = said | _first(of, lists)
        if new != said:
            row.payload = json.dumps(new)
    books.flush()


def welcomed(books: Books, season: str) -> dict[tuple[str, str], str]:
    """The list that the welcome names of everybody who was, or is to be, welcomed."""
    return {
        (row.network, row.target[1:]): json.loads(row.payload)["list"]
        for row in books.rows(_WELCOMES, {"season": season})
    }


def _first(of: Year, lists: Sequence[Checklist]) -> dict[str, Any]:
    """The list that a student begins with now: how long it is, and until when it is worked on."""
    for checklist in current_lists(lists, [Group.STUDENTS], (), of)[:1]:
        its = window(checklist, of.stretches)
        if its is not None and checklist.items and of.now < its.end.passes_at:
            last = its.last_day(UTC).isoformat()
            return {"list": checklist.name, "items": len(checklist.items), "until": last}
    return {"list": "", "items": 0, "until": ""}


def letters_to_others(
    books: Books, season: str, rooms: Rooms, organisers: Rooms, now: datetime
) -> None:
    """Remind organisers, in their channels or else each, of those who were not chosen."""
    due = now + OTHERS_AFTER
    useful = (due, due + OTHERS_USEFUL)
    rows = [
        _row(season, OTHERS, place, {"at": now.isoformat()}, useful)
        for place in rooms or organisers
    ]
    outbox.plan(books, rows)


def hush(books: Books, season: str, network: str, account: str) -> None:
    """Drop all that waits to be said of a student, and to them about their work.

    What is about several people goes too; it is planned anew for the others.
    """
    to_them = col(Outbox.target) == f"@{account}"
    letters = _is_letter() & or_(_is_about(network, account), to_them)
    _drop(books, season, network, or_(letters, col(Outbox.topic).in_(OF_WORK) & to_them))


def hush_to(books: Books, season: str, network: str, account: str, mentor: str) -> None:
    """Drop what waits to be said of a student to somebody who mentors them no more."""
    to = col(Outbox.target) == f"@{mentor}"
    about = _is_letter() & _is_about(network, account) & (col(Outbox.topic) != MENTOR)
    _drop(books, season, network, about & to)


def _is_letter() -> ColumnElement[bool]:
    return col(Outbox.topic).startswith(LETTERS, autoescape=True)


def _is_about(network: str, account: str) -> ColumnElement[bool]:
    key = col(Outbox.key).contains(f":{network}:{account}:", autoescape=True)
    return or_(key, col(Outbox.payload).contains(json.dumps(account), autoescape=True))


def _drop(books: Books, season: str, network: str, which: ColumnElement[bool]) -> None:
    own = (col(Outbox.season) == season, col(Outbox.network) == network)
    due = col(Outbox.state) == OutboxState.DUE
    books.flush()
    books.connection.execute(delete(Outbox).where(due, *own, which))


def _projects(books: Books, season: str, now: datetime) -> dict[str, Any]:
    """The projects by name, as many as there is room for; empty if there are none."""
    found = students.projects(books, season, EVERYBODY, now)
    named = _that_fit([f"{p.account} ({p.number} {p.slug})" for p in found])
    facts = {"count": len(found), "projects": named, "more": len(found) - len(named)}
    return facts if found else {}


def _mentors(books: Books, line: Outbox, now: datetime) -> dict[str, Any]:
    known = students.own(books, line.season, line.network, line.target.removeprefix("@"), now)
    return {"mentors": known.project.mentors} if known is not None else {}


def _that_fit(names: Sequence[str]) -> list[str]:
    found: list[str] = []
    for name in names:
        if found and len(", ".join([*found, name]).encode()) > MOST_NAMES:
            break
        found.append(name)
    return found


def _row(
    season: str,
    topic: str,
    place: tuple[str, str],
    facts: dict[str, Any],
    useful: tuple[datetime, datetime],
) -> dict[str, Any]:
    network, target = place
    return outbox.row(
        key=f"{season}:{topic}:{network}:{target}",
        season=season,
        place=place,
        topic=topic,
        facts=json.dumps(facts),
        due=useful[0],
        expires=useful[1],
    )
