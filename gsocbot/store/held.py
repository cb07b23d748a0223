"""Sessions that are over, as pages and !minutes show them: plain columns, logs in portions."""

from collections.abc import Sequence
from datetime import date, datetime
from typing import Any, NamedTuple

from sqlalchemy import bindparam, func
from sqlalchemy import select as columns
from sqlmodel import col

from gsocbot.rules.minutes import Said, minutes
from gsocbot.rules.office import LineKind, all_leaders
from gsocbot.rules.queue import PlaceState
from gsocbot.store.books import Books
from gsocbot.store.tables import ActionItem, Line, OfficeSession, QueuePlace

LINES_AT_ONCE = 1000
"""So many lines are read in one turn of the database thread: about 5 ms."""

_NEWEST = (
    columns(func.max(col(Line.id)))
    .where(col(Line.session) == col(OfficeSession.id))
    .correlate(OfficeSession)
    .scalar_subquery()
)
_HELD = (
    columns(
        col(OfficeSession.id),
        col(OfficeSession.day),
        col(OfficeSession.title),
        col(OfficeSession.channel),
        col(OfficeSession.started_at),
        col(OfficeSession.ended_at),
        col(OfficeSession.series),
        col(OfficeSession.chair),
        col(OfficeSession.chairs),
        func.coalesce(_NEWEST, 0),
    )
    .where(
        col(OfficeSession.season) == bindparam("season"), col(OfficeSession.ended_at).is_not(None)
    )
    .order_by(col(OfficeSession.ended_at), col(OfficeSession.id))
)
_PLACES = (
    columns(
        col(QueuePlace.session),
        col(QueuePlace.nick),
        col(QueuePlace.state),
        col(QueuePlace.at),
        col(QueuePlace.called_at),
        col(QueuePlace.done_at),
        col(QueuePlace.helper),
        col(QueuePlace.note),
    )
    .where(col(QueuePlace.season) == bindparam("season"), col(QueuePlace.session).is_not(None))
    .order_by(col(QueuePlace.id))
)
_ACTIONS = (
    columns(
        col(ActionItem.session),
        col(ActionItem.number),
        col(ActionItem.nick),
        col(ActionItem.text),
        col(ActionItem.done_at),
    )
    .where(col(ActionItem.season) == bindparam("season"), col(ActionItem.session).is_not(None))
    .order_by(col(ActionItem.number))
)
_LINES = (
    columns(
        col(Line.id),
        col(Line.at),
        col(Line.nick),
        col(Line.text),
        col(Line.account),
        col(Line.action),
        col(Line.kind),
    )
    .where(col(Line.session) == bindparam("session"), col(Line.id) > bindparam("after"))
    .order_by(col(Line.id))
    .limit(bindparam("most"))
)
_SPEAKERS = (
    columns(func.min(col(Line.id)), col(Line.nick), col(Line.account))
    .where(col(Line.session) == bindparam("session"), col(Line.kind) == LineKind.SAID)
    .group_by(col(Line.nick), col(Line.account))
)
_WORDS = columns(col(Line.id), col(Line.nick), col(Line.account), col(Line.text)).where(
    col(Line.session) == bindparam("session"),
    col(Line.kind) == LineKind.SAID,
    col(Line.action).is_(False),
    col(Line.text).like("%#%"),
)
_HELPED = (
    columns(func.count())
    .select_from(QueuePlace)
    .where(
        col(QueuePlace.session) == bindparam("session"),
        col(QueuePlace.state) == PlaceState.HELPED,
    )
)
_TASKS = (
    columns(func.count())
    .select_from(ActionItem)
    .where(col(ActionItem.session) == bindparam("session"))
)


class Held(NamedTuple):
    """A session that is over; `copy` tells several of a day apart, as they ended.

    `newest` is the id of the last line of its log, 0 of an empty one.
    """

    id: int
    day: date
    title: str
    channel: str
    started_at: datetime
    ended_at: datetime
    series: str
    chair: str
    chairs: str
    newest: int
    copy: int


def held(books: Books, season: str) -> list[Held]:
    """All sessions of a season that are over, as they ended: so no address ever moves."""
    copies: dict[date, int] = {}
    found = []
    for row in books.rows(_HELD, {"season": season}):
        copies[row.day] = copies.get(row.day, 0) + 1
        found.append(Held._make((*row, copies[row.day])))
    return found


def places(books: Books, season: str) -> Sequence[Any]:
    """People's places in the queue: session, nick, state, came, called, done, helper, note."""
    return books.rows(_PLACES, {"season": season}).all()


def actions(books: Books, season: str) -> Sequence[Any]:
    """What people took on: session, number, nick, text and when it was done."""
    return books.rows(_ACTIONS, {"season": season}).all()


def portion(books: Books, session: int, after: int) -> Sequence[Any]:
    """The next lines of a log: id, moment, nick, text, account, action, kind."""
    values = {"session": session, "after": after, "most": LINES_AT_ONCE}
    return books.rows(_LINES, values).all()


def people(books: Books, session: Held) -> int:
    """How many people were there, as the minutes count them: without reading all that was said.

    What everybody said first will do, and the lines in which a chair may have named people who
    were silent.
    """
    values = {"session": session.id}
    first = {number: (nick, "", acc) for number, nick, acc in books.rows(_SPEAKERS, values)}
    words = {number: (nick, text, acc) for number, nick, acc, text in books.rows(_WORDS, values)}
    lines = [Said(session.started_at, *line) for _, line in sorted({**first, **words}.items())]
    return len(minutes(lines, [session.chair, *all_leaders(session.chairs)]).people)


def helped(books: Books, session: int) -> int:
    """How many people were helped."""
    return int(books.rows(_HELPED, {"session": session}).scalar() or 0)


def tasks(books: Books, session: int) -> int:
    """How many actions there are."""
    return int(books.rows(_TASKS, {"session": session}).scalar() or 0)
