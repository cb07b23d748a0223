"""Who is where at a hackathon: kept for a day, and seen by who is checked in themselves.

Nothing of it is in the audit, so it is kept by statements of its own, and pages never hear of it.
"""

from dataclasses import dataclass
from datetime import date, datetime

from sqlalchemy import bindparam, delete, insert
from sqlalchemy import select as columns
from sqlmodel import col

from gsocbot.rules.check_ins import holds
from gsocbot.rules.hackathon import Days
from gsocbot.rules.privacy import Data, Subject, Viewer, may_see
from gsocbot.store.books import Books
from gsocbot.store.hackathon_tables import Hackathon
from gsocbot.store.hackathons import days_of
from gsocbot.store.private.tables import CheckIn

_OF = (
    columns(
        col(CheckIn.network),
        col(CheckIn.account),
        col(CheckIn.nick),
        col(CheckIn.place),
        col(CheckIn.topic),
        col(CheckIn.day),
        col(CheckIn.since),
    )
    .where(col(CheckIn.hackathon) == bindparam("of_hackathon"))
    .order_by(col(CheckIn.id))
)
_GONE = delete(CheckIn).where(
    col(CheckIn.hackathon) == bindparam("of_hackathon"),
    col(CheckIn.network) == bindparam("of_network"),
    col(CheckIn.account) == bindparam("of_account"),
)
_KEPT = columns(
    col(CheckIn.id),
    col(CheckIn.day),
    col(CheckIn.since),
    col(Hackathon.first),
    col(Hackathon.last),
    col(Hackathon.zone),
).join(Hackathon, col(Hackathon.id) == col(CheckIn.hackathon))


@dataclass(frozen=True, slots=True)
class There:
    """Where somebody is, as they said: at a place, or with the topic of a number."""

    network: str
    account: str
    nick: str
    place: str
    topic: int | None
    since: datetime


def keep(books: Books, row: Hackathon, there: There, day: date) -> None:
    """Somebody is there now, and nowhere else."""
    drop(books, row, there.network, there.account)
    values = {"season": row.season, "hackathon": row.id, "day": day}
    own = {name: getattr(there, name) for name in There.__slots__}
    books.rows(insert(CheckIn).values(values | own))


def drop(books: Books, row: Hackathon, network: str, account: str) -> bool:
    """Somebody is nowhere; False if they were checked in nowhere."""
    values = {"of_hackathon": row.id, "of_network": network, "of_account": account}
    return books.connection.execute(_GONE, values).rowcount > 0


def own(books: Books, row: Hackathon, network: str, account: str, now: datetime) -> There | None:
    """Where somebody is, for what they do themselves."""
    return next((t for t in _all(books, row, now) if (t.network, t.account) == (network, account)),
                None)  # fmt: skip


def seen(books: Books, row: Hackathon, viewer: Viewer, name: str, now: datetime) -> There | None:
    """Where somebody of an account or a nick is; None where the viewer may not know, or nobody."""
    everybody = [t for t in _all(books, row, now) if t.network == viewer.network]
    there = frozenset(t.account for t in everybody)
    wanted = name.lower()
    # Who wears another's account as a nick is not who is meant.
    found = [t for t in everybody if t.account == wanted]
    found += [t for t in everybody if t.nick.lower() == wanted]
    for one in found:
        about = Subject(one.network, one.account, there=there)
        if may_see(viewer, Data.CHECK_IN, about):
            return one
    return None


def accounts(books: Books, row: Hackathon, now: datetime) -> set[tuple[str, str]]:
    """Who is checked in anywhere, for choosing whom to tell of something; it says not where."""
    return {(there.network, there.account) for there in _all(books, row, now)}


def end(books: Books, now: datetime) -> int:
    """Forget the check-ins of days that have ended; how many those were."""
    over = [
        kept.id
        for kept in books.rows(_KEPT).all()
        if not holds(Days(kept.first, kept.last, kept.zone), kept.day, kept.since, now)
    ]
    if over:
        books.rows(delete(CheckIn).where(col(CheckIn.id).in_(over)))
    return len(over)


def _all(books: Books, row: Hackathon, now: datetime) -> list[There]:
    days = days_of(row)
    return [
        There(kept.network, kept.account, kept.nick, kept.place, kept.topic, kept.since)
        for kept in books.rows(_OF, {"of_hackathon": row.id}).all()
        if holds(days, kept.day, kept.since, now)
    ]
