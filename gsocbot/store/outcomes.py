"""Outcomes of hackathons in the store, and the ideas that were made of them."""

from collections.abc import Iterable

from sqlmodel import col, select

from gsocbot.store.books import Books
from gsocbot.store.hackathon_tables import Hackathon, Outcome
from gsocbot.store.tables import Idea


def every(books: Books, row: Hackathon) -> list[Outcome]:
    """The outcomes of a hackathon by their numbers."""
    return sorted(books.every(Outcome, hackathon=row.id), key=lambda o: o.number)


def ideas(books: Books, outcomes: Iterable[Outcome]) -> dict[int | None, int]:
    """The numbers of the ideas that were made of outcomes, by the ids of their rows."""
    wanted = [outcome.idea for outcome in outcomes if outcome.idea is not None]
    found = select(Idea.id, Idea.number).where(col(Idea.id).in_(wanted))
    return dict(books.session.exec(found).all()) if wanted else {}
