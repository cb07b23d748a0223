"""Questions that people have to answer, as they are asked for.

One without a text is a place of the queue that was kept when the office hour ended: until its asker
has said what it is about, it is nobody else's business.
"""

import secrets
from datetime import datetime

from sqlalchemy import bindparam, func
from sqlalchemy import select as columns
from sqlmodel import col, select

from gsocbot.rules.ledger import WORDS_WITHIN
from gsocbot.store.books import Books, Deed
from gsocbot.store.tables import Question

_HIGHEST = columns(func.max(col(Question.number))).where(
    col(Question.season) == bindparam("season")
)

_WORDLESS = columns(col(Question.id)).where(
    col(Question.season) == bindparam("season"),
    col(Question.text) == "",
    col(Question.at) <= bindparam("until"),
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
        .where(
            Question.season == season,
            col(Question.answered_at).is_(None),
            col(Question.text) != "",
        )
        .order_by(col(Question.number))
    )
    return list(books.session.exec(found))


def of_asker(books: Books, season: str, network: str, asker: str) -> list[Question]:
    """What somebody has asked, oldest first."""
    return books.every(Question, season=season, network=network, asker=asker)


def open_of(books: Books, season: str, network: str, asker: str) -> list[Question]:
    """What somebody has asked and nobody has answered."""
    found = of_asker(books, season, network, asker)
    return [q for q in found if q.text and q.answered_at is None]


def public(books: Books, season: str) -> list[Question]:
    """All questions, newest first; who asked them is for nobody's eyes."""
    found = (
        select(Question)
        .where(Question.season == season, col(Question.text) != "")
        .order_by(col(Question.number).desc())
    )
    return list(books.session.exec(found))


def twin(books: Books, season: str, network: str, asker: str, text: str) -> Question | None:
    """The same question of the same asker that is still open."""
    found = books.every(Question, season=season, network=network, asker=asker, text=text)
    return next((q for q in found if q.answered_at is None), None)


def drop_wordless(books: Books, season: str, now: datetime) -> None:
    """Drop the places that were kept and of which nobody has said what they are about."""
    values = {"season": season, "until": now - WORDS_WITHIN}
    for number in list(books.rows(_WORDLESS, values).scalars()):
        row = books.session.get_one(Question, number)
        deed = Deed(
            secrets.token_hex(8), now, season, row.network, "(clock)", "private", "no words came"
        )
        books.remove(deed, row)
