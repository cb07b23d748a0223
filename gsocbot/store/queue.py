"""The queue of the office hour, as it is asked for."""

import json
import secrets
from collections.abc import Sequence
from datetime import datetime, timedelta

from sqlalchemy import bindparam
from sqlalchemy import select as columns
from sqlmodel import col, select

from gsocbot.rules.queue import MEASURED, PlaceState
from gsocbot.store.books import Books, Deed
from gsocbot.store.tables import Audit, OfficeSession, QueuePlace

PRIVATE = "private"
"""What the audit has for a place that is no channel."""

_SAID_WHERE = (
    columns(col(Audit.row_key), col(Audit.account), col(Audit.place))
    .where(
        col(Audit.table_name) == str(QueuePlace.__tablename__),
        col(Audit.row_key).in_(bindparam("keys", expanding=True)),
    )
    .order_by(col(Audit.id))
)
_HELPED = (
    columns(col(QueuePlace.called_at), col(QueuePlace.done_at))
    .where(
        col(QueuePlace.season) == bindparam("season"),
        col(QueuePlace.state) == PlaceState.HELPED,
        col(QueuePlace.called_at).is_not(None),
        col(QueuePlace.done_at).is_not(None),
    )
    .order_by(col(QueuePlace.done_at).desc())
    .limit(MEASURED)
)


def waiting(books: Books, season: str, session: int | None = None) -> list[QueuePlace]:
    """Who waits in a session, or for the next one, in the order of their turns."""
    found = books.every(QueuePlace, season=season, state=PlaceState.WAITING, session=session)
    return sorted(found, key=_turn)


def called(books: Books, season: str, session: int | None) -> list[QueuePlace]:
    """Who is being helped in a session, in the order in which they were called."""
    if session is None:
        return []
    found = books.every(QueuePlace, season=season, state=PlaceState.CALLED, session=session)
    return sorted(found, key=lambda place: (place.called_at or place.at, place.id or 0))


def measured(books: Books, season: str) -> list[timedelta]:
    """How long those were helped who were helped last."""
    rows = books.rows(_HELPED, {"season": season})
    return [done - called for called, done in rows]


def adopt(books: Books, deed: Deed, session: OfficeSession) -> list[QueuePlace]:
    """A session takes over who waits for the next one on its network."""
    there = [p for p in waiting(books, session.season) if p.network == session.network]
    for place in there:
        books.change(deed, place, session=session.id)
    return there


def said_where(books: Books, places: Sequence[QueuePlace]) -> dict[int, str]:
    """In which channel the asker of each place, by its id, has said what it is about.

    A place of which they have said anything in private is left out.
    """
    keys = {json.dumps([place.id]): place for place in places}
    where: dict[int, str] = {}
    for key, account, said_in in books.rows(_SAID_WHERE, {"keys": list(keys)}) if keys else ():
        place = keys[key]
        if place.id is not None and account == place.asker:
            where[place.id] = PRIVATE if where.get(place.id) == PRIVATE else said_in
    return {place: said_in for place, said_in in where.items() if said_in != PRIVATE}


def of_stranger(books: Books, network: str, nick: str) -> list[QueuePlace]:
    """The places of somebody without an account who waits or is being helped."""
    found = select(QueuePlace).where(
        QueuePlace.network == network,
        QueuePlace.asker == f"~{nick.lower()}",
        col(QueuePlace.state).in_([PlaceState.WAITING, PlaceState.CALLED]),
    )
    return list(books.session.exec(found))


def _turn(place: QueuePlace) -> tuple[datetime, int]:
    return place.turn or place.at, place.id or 0


def rename(books: Books, network: str, old: str, new: str, now: datetime) -> None:
    """Somebody without an account is called otherwise from now on, and keeps their place."""
    for place in of_stranger(books, network, old):
        deed = Deed(
            secrets.token_hex(8), now, place.season, network, place.asker, "", "another nick"
        )
        books.change(deed, place, asker=f"~{new.lower()}", nick=new)
