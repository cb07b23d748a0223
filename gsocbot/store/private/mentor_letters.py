"""Letters about who mentors a student: to them, to who does so now, and to who did before."""

import json
from collections.abc import Iterator
from datetime import datetime

from sqlmodel import col, select

from gsocbot.rules.outbox import OutboxState
from gsocbot.rules.privacy import Data
from gsocbot.store import outbox
from gsocbot.store.books import Books
from gsocbot.store.notes import LASTS
from gsocbot.store.private import students
from gsocbot.store.private.announcing import MENTOR, WELCOME
from gsocbot.store.private.letters import letter, viewer
from gsocbot.store.private.students import Known
from gsocbot.store.private.tables import Student
from gsocbot.store.tables import Outbox

Pair = tuple[str, str]
"""Mentor and backup."""


def changed(books: Books, row: Student, was: Pair, now: datetime) -> None:
    """Tell whom it concerns that a student has other mentors; also after it was taken back.

    Each is told of the difference to what they knew last, and of nothing if there is none: what
    waits to be said gives way to this.
    """
    if was == (row.mentor, row.backup):
        return
    books.flush()
    known = students.own(books, row.season, row.network, row.account, now)
    if known is None:
        return
    waiting = _waiting(books, row)
    knew: dict[str, Pair] = {}
    for line in waiting:
        if line.topic == MENTOR:
            mentor, backup = json.loads(line.payload)["was"]
            knew[line.target] = mentor, backup
            books.session.delete(line)
    books.flush()
    concerned = dict.fromkeys([row.account, row.mentor, row.backup, *was])
    for account in filter(None, [*concerned, *(t[1:] for t in knew if t[1:] not in concerned)]):
        target = f"@{account}"
        # Whom the welcome awaits reads there who it is by then.
        if not any(line.topic == WELCOME and line.target == target for line in waiting):
            _tell(books, known, account, knew.get(target, was), now)


def _tell(books: Books, known: Known, account: str, was: Pair, now: datetime) -> None:
    row, project = known.row, known.project
    pair = row.mentor, row.backup
    is_student = account == row.account
    if pair == was if is_student else _part(account, pair) == _part(account, was):
        return
    facts = {
        "is_student": is_student,
        "part": _part(account, pair),
        "mentor": row.mentor,
        "backup": row.backup,
        "number": project.number,
        "slug": project.slug,
        "blog": row.blog,
        "was": was,
    }
    line = letter(
        row.season,
        MENTOR,
        now.isoformat(),
        viewer(books, row.season, row.network, account),
        Data.PROJECT,
        known.subject,
        facts,
        at=now,
        due=now,
        expires=now + LASTS,
    )
    outbox.plan(books, [line])


def _part(account: str, pair: Pair) -> str:
    """mentor, backup, or nothing"""
    return "mentor" if account == pair[0] else "backup" if account == pair[1] else ""


def _waiting(books: Books, row: Student) -> list[Outbox]:
    found = select(Outbox).where(
        Outbox.season == row.season,
        Outbox.network == row.network,
        col(Outbox.topic).in_((MENTOR, WELCOME)),
        Outbox.state == OutboxState.DUE,
    )
    lines: Iterator[Outbox] = iter(books.session.exec(found).all())
    return [line for line in lines if json.loads(line.payload)["who"] == row.account]
