"""The queue of the office hour, as it is asked for."""

import secrets
from datetime import datetime, timedelta

from sqlalchemy import bindparam
from sqlalchemy import select as columns
from sqlmodel import col, select

from gsocbot.rules.queue import MEASURED, PlaceState
from gsocbot.store.books import Books, Deed
from gsocbot.store.tables import OfficeSession, QueuePlace

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


def waiting(books: Books, session: OfficeSession) -> list[QueuePlace]:
    """Who waits in a session, in the order of their turns."""
    found = books.every(QueuePlace, state=PlaceState.WAITING, session=session.id)
    return sorted(found, key=_turn)


def waiting_for_next(books: Books, season: str, network: str) -> list[QueuePlace]:
    """Who waits on a network for the next session, likewise."""
    there = {"season": season, "network": network, "session": None}
    return sorted(books.every(QueuePlace, state=PlaceState.WAITING, **there), key=_turn)


def called(books: Books, session: OfficeSession) -> list[QueuePlace]:
    """Who is being helped in a session, in the order in which they were called."""
    found = books.every(QueuePlace, state=PlaceState.CALLED, session=session.id)
    return sorted(found, key=lambda place: (place.called_at or place.at, place.id or 0))


def measured(books: Books, season: str) -> list[timedelta]:
    """How long those were helped who were helped last."""
    rows = books.rows(_HELPED, {"season": season})
    return [done - called for called, done in rows]


def adopt(books: Books, deed: Deed, session: OfficeSession) -> list[QueuePlace]:
    """A session takes over who waits for the next one on its network."""
    there = waiting_for_next(books, session.season, session.network)
    for place in there:
        books.change(deed, place, session=session.id)
    return there


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
