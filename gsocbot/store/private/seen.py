"""When a student was last seen: noted by the hour, and not in the audit, for nobody has done it."""

from collections.abc import Mapping
from datetime import datetime, timedelta

from sqlalchemy import bindparam, update
from sqlalchemy import select as columns
from sqlmodel import col

from gsocbot.store.books import Books
from gsocbot.store.private import report_letters
from gsocbot.store.private.tables import Student

EXACT = timedelta(hours=1)
"""Nobody needs to know it to the minute, and a chat would keep the disk busy."""

_STUDENTS = columns(
    col(Student.id), col(Student.network), col(Student.account), col(Student.seen_at)
).where(col(Student.season) == bindparam("of_season"), col(Student.ended_at).is_(None))
_SEEN = update(Student).where(col(Student.id) == bindparam("of_id"))


def keep(books: Books, season: str, heard: Mapping[tuple[str, str], datetime]) -> None:
    """Note when those of them who are students were heard; nobody is told of their silence then."""
    for row in books.rows(_STUDENTS, {"of_season": season}).all():
        at = heard.get((row.network, row.account))
        if at is not None and (row.seen_at is None or at >= row.seen_at + EXACT):
            books.rows(_SEEN.values(seen_at=at), {"of_id": row.id})
            report_letters.seen(books, season, row.network, row.account)
