"""Questions that people have to answer, as they are asked for."""

from sqlalchemy import bindparam, func
from sqlalchemy import select as columns
from sqlmodel import col, select

from gsocbot.store.books import Books
from gsocbot.store.tables import Question

_HIGHEST = columns(func.max(col(Question.number))).where(
    col(Question.season) == bindparam("season")
)


def next_number(books: Books, season: str) -> int:
    """The number of the next question."""
    return int(books.rows(_HIGHEST, {"season": season}).scalar() or 0) + 1


def by_number(books: Books, season: str, number: int) -> Question | None:
    """A question by its number."""
    found = books.every(Question, season=season, number=number)
    return found[0] if found else None


def unanswered(books: Books, season: str) -> list[Question]:
    """The questions that nobody has answered, oldest first."""
    found = (
        select(Question)
        .where(Question.season == season, col(Question.answered_at).is_(None))
        .order_by(col(Question.number))
    )
    return list(books.session.exec(found))


def of_asker(books: Books, season: str, network: str, asker: str) -> list[Question]:
    """What somebody has asked, oldest first."""
    return books.every(Question, season=season, network=network, asker=asker)


def open_of(books: Books, season: str, network: str, asker: str) -> list[Question]:
    """What somebody has asked and nobody has answered."""
    return [q for q in of_asker(books, season, network, asker) if q.answered_at is None]


def public(books: Books, season: str) -> list[Question]:
    """All questions, newest first; who asked them is for nobody's eyes."""
    found = select(Question).where(Question.season == season).order_by(col(Question.number).desc())
    return list(books.session.exec(found))


def twin(books: Books, season: str, network: str, asker: str, text: str) -> Question | None:
    """The same question of the same asker that is still open."""
    found = books.every(Question, season=season, network=network, asker=asker, text=text)
    return next((q for q in found if q.answered_at is None), None)
