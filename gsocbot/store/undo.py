"""Taking back: the last deed of a person, read from the audit rows and reversed."""

import json
from datetime import datetime

from sqlalchemy import select as columns
from sqlalchemy import update
from sqlmodel import col, select

from gsocbot.store import outbox
from gsocbot.store.audit import TABLES, row_of
from gsocbot.store.books import Books, Deed, is_as_noted
from gsocbot.store.tables import Audit, Idea, IdeaMentor, Interest, Offer, Table


class ChangedSince(Exception):
    """Somebody has changed the same row since."""


def last_deed(books: Books, network: str, account: str, since: datetime) -> list[Audit]:
    """The audit rows of a person's newest deed that was not taken back, newest first."""
    newest = books.rows(
        columns(col(Audit.deed))
        .where(
            col(Audit.network) == network,
            col(Audit.account) == account,
            col(Audit.at) >= since,
            col(Audit.undone_at).is_(None),
        )
        .order_by(col(Audit.id).desc())
        .limit(1)
    ).scalar()
    if newest is None:
        return []
    found = select(Audit).where(Audit.deed == newest).order_by(col(Audit.id).desc())
    return list(books.session.exec(found))


def _check_alone(books: Books, row: Table) -> None:
    """An idea goes with its mentors, not from under those who are interested or offer to mentor."""
    if not isinstance(row, Idea):
        return
    if books.every(Interest, idea=row.id):
        raise ChangedSince
    if books.every(Offer, idea=row.id):
        raise ChangedSince
    if books.every(IdeaMentor, idea=row.id):
        raise ChangedSince


def take_back(books: Books, notes: list[Audit], deed: Deed) -> None:
    """Reverse the rows of one deed; raises ChangedSince when they are no longer as it left them.

    What this itself notes down cannot be taken back again.
    """
    for note in notes:
        table = TABLES[note.table_name]
        row = row_of(books, note.table_name, note.row_key)
        if not is_as_noted(row, note.after):
            raise ChangedSince
        if note.before is None and row is not None:
            _check_alone(books, row)
            books.remove(deed, row)
        elif row is None:
            books.add(deed, table.model_validate(json.loads(note.before or "{}")))
        else:
            noted = json.loads(note.before or "{}")
            was = table.model_validate(noted)
            books.change(deed, row, **{n: getattr(was, n) for n in noted})
        note.undone_at = deed.at
    for season, undone in {(note.season or "", note.deed) for note in notes}:
        outbox.drop(books, outbox.of_deed(season, undone))
    books.session.flush()
    own = update(Audit).where(col(Audit.deed) == deed.id)
    books.session.execute(own.values(undone_at=deed.at))
