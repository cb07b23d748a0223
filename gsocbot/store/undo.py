"""Taking back: the last deed of a person, read from the audit rows and reversed."""

import json
from datetime import datetime

from sqlalchemy import select as columns
from sqlalchemy import update
from sqlmodel import col, select

from gsocbot.rules.queue import PlaceState
from gsocbot.store import hack_undo, outbox, own_reminders, poll_planning, watching
from gsocbot.store.audit import TABLES, row_of
from gsocbot.store.books import SEEN, Books, Deed, is_as_noted
from gsocbot.store.hackathon_tables import Poll
from gsocbot.store.notes import forget as forget_notes
from gsocbot.store.private import announcing, ballots, mentor_letters
from gsocbot.store.private.tables import Proposal, Student
from gsocbot.store.tables import (
    Audit,
    Deadline,
    Idea,
    IdeaMentor,
    Interest,
    Offer,
    OfficeChange,
    OfficeDuty,
    Question,
    QueuePlace,
    Reminder,
    Series,
    Table,
    Watch,
)


class ChangedSince(Exception):
    """Somebody has changed the same row since."""


def last_deed(
    books: Books, season: str, network: str, account: str, since: datetime
) -> list[Audit]:
    """The audit rows of a person's newest deed of a season, newest first, if it still stands."""
    newest = books.rows(
        columns(col(Audit.deed))
        .where(
            col(Audit.season) == season,
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
    """An idea goes with its mentors, not from under those who are interested or offer to mentor.

    Nor from under students and drafts. Office hours go, but not from under those who have signed
    up for them, and polls, but not with votes.
    """
    if isinstance(row, Series):
        of = {"season": row.season, "series": row.name}
        if books.every(OfficeDuty, **of):
            raise ChangedSince
        if books.every(OfficeChange, **of):
            raise ChangedSince
    if isinstance(row, Poll) and ballots.count(books, row):
        raise ChangedSince
    if not hack_undo.is_alone(books, row):
        raise ChangedSince
    if not isinstance(row, Idea):
        return
    if books.every(Interest, idea=row.id):
        raise ChangedSince
    if books.every(Offer, idea=row.id):
        raise ChangedSince
    if books.every(IdeaMentor, idea=row.id):
        raise ChangedSince
    if books.every(Student, idea=row.id):
        raise ChangedSince
    if books.every(Proposal, idea=row.id):
        raise ChangedSince


def _check_only_place(books: Books, row: Table, was: Table) -> None:
    """Nobody has two places in a queue."""
    if not isinstance(row, QueuePlace) or not isinstance(was, QueuePlace):
        return
    waits = {PlaceState.WAITING, PlaceState.CALLED}
    if row.state in waits or was.state not in waits:
        return
    own = books.every(QueuePlace, network=row.network, asker=row.asker, session=row.session)
    if any(place.state in waits for place in own if place.id != row.id):
        raise ChangedSince


def _ideas_of(notes: list[Audit]) -> set[int]:
    """The ideas that rows of a deed speak of, or whose mentors."""
    tables = {str(table.__tablename__) for table in (Idea, IdeaMentor)}
    return {json.loads(note.row_key)[0] for note in notes if note.table_name in tables}


def _risen(row: Table, was: Table) -> dict[str, int]:
    """A date that is moved back has been moved once more, or calendars would not hear of it."""
    if not isinstance(row, Deadline) or not isinstance(was, Deadline):
        return {}
    return {"sequence": row.sequence + ((row.at, row.day) != (was.at, was.day))}


def _forget_followers(books: Books, row: Table, deed: Deed) -> None:
    """Whoever watches an idea watches it no more once it is gone."""
    for watch in books.every(Watch, idea=row.id) if isinstance(row, Idea) else ():
        books.remove(deed, watch)
        watching.forget(books, watch)


def _refresh(books: Books, note: Audit, table: type[Table], deed: Deed) -> None:
    """Say nothing of a student who was put down by mistake, and the rest as it is now."""
    if not issubclass(table, Student):
        return
    if note.before is None:
        row = table.model_validate(json.loads(note.after or "{}"))
        announcing.hush(books, row.season, row.network, row.account)
    elif note.after is not None:
        was = json.loads(note.after)
        now = row_of(books, note.table_name, note.row_key)
        if isinstance(now, Student):
            for gone in {was["mentor"], was["backup"]} - {now.mentor, now.backup, ""}:
                announcing.hush_to(books, now.season, now.network, now.account, gone)
            mentor_letters.changed(books, now, (was["mentor"], was["backup"]), deed.at)
    announcing.refresh(books, note.season or "", deed.at)


def take_back(books: Books, notes: list[Audit], deed: Deed) -> None:
    """Reverse the rows of one deed; raises ChangedSince when they are no longer as it left them.

    What this itself notes down cannot be taken back again.
    """
    for note in notes:
        table = TABLES[note.table_name]
        row = row_of(books, note.table_name, note.row_key)
        if not is_as_noted(row, note.after) or note.before == note.after:
            raise ChangedSince
        if isinstance(row, Reminder):
            own_reminders.forget(books, row)
        if note.before is None and row is not None:
            _check_alone(books, row)
            _forget_followers(books, row, deed)
            hack_undo.forget_place(books, row)
            books.remove(deed, row)
            if isinstance(row, Question):
                forget_notes(books, row)
            if isinstance(row, Poll):
                poll_planning.hush(books, row)
        elif row is None:
            books.add(deed, table.model_validate(json.loads(note.before or "{}")))
        else:
            noted = json.loads(note.before or "{}")
            was = table.model_validate(noted)
            _check_only_place(books, row, was)
            if isinstance(row, Question) and isinstance(was, Question) and row.text != was.text:
                forget_notes(books, row)  # mentors are not asked what nobody asks any more
            values = {n: getattr(was, n) for n in noted if n not in SEEN}
            books.change(deed, row, **values | _risen(row, was))
        _refresh(books, note, table, deed)
        note.undone_at = deed.at
    there = [row_of(books, note.table_name, note.row_key) for note in notes]
    if not hack_undo.are_free(books, [row for row in there if row is not None]):
        raise ChangedSince
    for idea in _ideas_of(notes):
        found = books.session.get(Idea, idea)
        if found is not None:
            watching.tell(books, deed, found)
    for season, undone in {(note.season or "", note.deed) for note in notes}:
        outbox.drop(books, outbox.of_deed(season, undone))
    books.session.flush()
    own = update(Audit).where(col(Audit.deed) == deed.id)
    books.session.execute(own.values(undone_at=deed.at))
