"""The audit rows, as they are asked for."""

from sqlalchemy import func
from sqlalchemy import select as columns
from sqlmodel import col

from gsocbot.store.books import Books
from gsocbot.store.tables import Audit

_NEWEST = columns(func.max(col(Audit.id)))


def newest(books: Books) -> int:
    """The number of the newest change; it rises with every change."""
    return int(books.rows(_NEWEST).scalar() or 0)
