"""Ideas as they are written on IRC: made, changed, moved along, each with its author."""

from collections.abc import Iterator
from dataclasses import replace
from itertools import count

from sqlalchemy import and_, or_
from sqlmodel import col, select

from gsocbot.rules.ideas import IdeaState, IdeaText, slug_of
from gsocbot.store import reading_in
from gsocbot.store.books import Books, Deed
from gsocbot.store.hackathon_tables import Outcome
from gsocbot.store.ideas import every
from gsocbot.store.tables import Audit, Idea, IdeaMentor, Interest


def new(
    books: Books, deed: Deed, season: str, text: IdeaText, proposer: str, undo: str
) -> IdeaText:
    """Keep a new draft under the next free number; gives it with its number and slug."""
    there = every(books, season)
    known = {idea.text.slug for idea in there}
    slug = next(s for s in _names(slug_of(text.title)) if s not in known)
    number = max((idea.number for idea in there), default=0) + 1
    named = replace(text, number=number, slug=slug, state=IdeaState.DRAFT)
    reading_in.add(books, deed, season, named, proposer=proposer, undo=undo)
    return named


def _names(slug: str) -> Iterator[str]:
    yield slug
    yield from (f"{slug}-{copy}" for copy in count(2))


def row(books: Books, season: str, number: int) -> Idea:
    """The row of an idea that is known to be there."""
    found = select(Idea).where(Idea.season == season, Idea.number == number)
    return books.session.exec(found).one()


def change(books: Books, deed: Deed, season: str, text: IdeaText, undo: str) -> None:
    """Make an idea say what `text` says."""
    assert text.number is not None
    reading_in.change(books, deed, row(books, season, text.number), text, undo)


def history(books: Books, idea: Idea) -> list[Audit]:
    """What was done to an idea and its mentors, oldest first, without what was taken back.

    Of each deed the first row.
    """
    own = and_(
        col(Audit.table_name) == str(Idea.__tablename__), col(Audit.row_key) == f"[{idea.id}]"
    )
    mentors = and_(
        col(Audit.table_name) == str(IdeaMentor.__tablename__),
        col(Audit.row_key).startswith(f"[{idea.id}, "),
    )
    found = (
        select(Audit)
        .where(or_(own, mentors), col(Audit.undone_at).is_(None))
        .order_by(col(Audit.id))
    )
    deeds: dict[str, Audit] = {}
    for note in books.session.exec(found):
        deeds.setdefault(note.deed, note)
    return list(deeds.values())


def first_of(books: Books, idea: Idea) -> Audit | None:
    """The first that is known of an idea: when it was written down, and on which network."""
    found = (
        select(Audit)
        .where(Audit.table_name == str(Idea.__tablename__), Audit.row_key == f"[{idea.id}]")
        .order_by(col(Audit.id))
        .limit(1)
    )
    return books.session.exec(found).first()


def is_proposer(books: Books, idea: Idea, network: str, account: str) -> bool:
    """Whether somebody proposed an idea, or said the outcome that it was made of.

    Elsewhere their account may be another person's.
    """
    made = first_of(books, idea) if idea.proposer == account else None
    if made is not None and made.network == network:
        return True
    return bool(books.every(Outcome, idea=idea.id, network=network, account=account))


def outcome_of(books: Books, idea: Idea) -> Outcome | None:
    """The outcome of a hackathon that an idea was made of."""
    found = books.every(Outcome, idea=idea.id)
    return found[0] if found else None


def drafts(books: Books, season: str) -> list[IdeaText]:
    """The ideas that are not public yet, by number."""
    waiting = {IdeaState.DRAFT, IdeaState.REVIEW}
    return [idea.text for idea in every(books, season) if idea.text.state in waiting]


def interest_of(books: Books, idea: int, network: str, account: str) -> Interest | None:
    """Somebody's interest in an idea."""
    found = books.every(Interest, idea=idea, network=network, account=account)
    return found[0] if found else None


def who_is_interested(books: Books, idea: int) -> list[str]:
    """The accounts of those who are interested in an idea."""
    return [interest.account for interest in books.every(Interest, idea=idea)]
