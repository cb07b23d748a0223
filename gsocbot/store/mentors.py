"""What mentors have said of their own time, and who offers to mentor what."""

from dataclasses import dataclass
from datetime import datetime

from sqlmodel import col, select

from gsocbot.rules.ideas import PUBLIC
from gsocbot.rules.mentors import Absence
from gsocbot.store.books import Books
from gsocbot.store.tables import Idea, IdeaMentor, Mentor, Offer


@dataclass(frozen=True, slots=True)
class Offered:
    """Somebody who would mentor a public idea; `wanted` if nobody else does."""

    number: int
    slug: str
    wanted: bool
    network: str
    account: str
    at: datetime


def row(books: Books, season: str, network: str, account: str) -> Mentor | None:
    """What a mentor has said of their time."""
    found = books.every(Mentor, season=season, network=network, account=account)
    return found[0] if found else None


def every(books: Books, season: str) -> list[Mentor]:
    """What all mentors have said of their time, on all networks."""
    return books.every(Mentor, season=season)


def absence_of(row: Mentor | None) -> Absence | None:
    """The absence that a row tells of, past ones too."""
    if row is None or row.away_from is None or row.away_until is None:
        return None
    agreed = row.agreed_at is not None and bool(row.backup)  # who may have been forgotten
    return Absence(row.account, row.away_from, row.away_until, row.backup, agreed)


def absences(books: Books, season: str, network: str) -> dict[str, Absence]:
    """Who is, was or will be away on a network, by account."""
    rows = books.every(Mentor, season=season, network=network)
    return {row.account: absence for row in rows if (absence := absence_of(row))}


def relying_on(books: Books, season: str, network: str, account: str) -> list[Mentor]:
    """The rows of those who have asked somebody to be their backup, agreed or not."""
    return books.every(Mentor, season=season, network=network, backup=account)


def requests(books: Books, season: str, network: str, account: str, now: datetime) -> list[Mentor]:
    """The rows of those who wait for somebody to agree to be their backup."""
    return [
        row
        for row in relying_on(books, season, network, account)
        if row.agreed_at is None and row.away_until is not None and now < row.away_until
    ]


def offer_of(books: Books, idea: int, network: str, account: str) -> Offer | None:
    """Somebody's offer to mentor an idea."""
    found = books.every(Offer, idea=idea, network=network, account=account)
    return found[0] if found else None


def offers_of(books: Books, season: str, network: str, account: str) -> list[Offer]:
    """All offers of somebody that wait for an organiser."""
    return books.every(Offer, season=season, network=network, account=account)


def offers(books: Books, season: str) -> list[Offered]:
    """The offers for public ideas that wait for an organiser, oldest first."""
    found = (
        select(Offer, Idea)
        .join(Idea, col(Idea.id) == col(Offer.idea))
        .where(Offer.season == season)
        .order_by(col(Offer.id))
    )
    offered = []
    for offer, idea in books.session.exec(found).all():
        names = {m.name.lower() for m in books.every(IdeaMentor, idea=idea.id)}
        if idea.state in PUBLIC and offer.account not in names:
            place = offer.network, offer.account
            offered.append(Offered(idea.number, idea.slug, not names, *place, offer.at))
    return offered
