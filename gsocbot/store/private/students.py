"""Students, as a viewer may see them: until the announcement there are none but for organisers."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import bindparam
from sqlalchemy import select as columns
from sqlmodel import col, select

from gsocbot.rules.mentors import stand_in
from gsocbot.rules.privacy import Data, Subject, Viewer, may_see
from gsocbot.store import mentors, people
from gsocbot.store.books import Books, Deed
from gsocbot.store.private.tables import Student
from gsocbot.store.tables import Idea, Season

_ANNOUNCED = columns(col(Season.announced_at)).where(col(Season.key) == bindparam("season"))

_ENDED = columns(col(Student.network), col(Student.account)).where(
    col(Student.season) == bindparam("season"), col(Student.ended_at).is_not(None)
)


@dataclass(frozen=True, slots=True)
class Project:
    """Who works on what, with whom; `number` and `slug` are the idea's.

    It holds nothing that not everybody may know once it is announced.
    """

    network: str
    account: str
    number: int
    slug: str
    title: str
    mentor: str
    backup: str = ""
    blog: str = ""

    @property
    def mentors(self) -> tuple[str, ...]:
        """Mentor and backup."""
        return tuple(filter(None, (self.mentor, self.backup)))


@dataclass(frozen=True, slots=True)
class Known:
    """A student's row with whom it concerns: given only to those who may see what is asked."""

    row: Student
    subject: Subject
    project: Project


def is_announced(books: Books, season: str) -> bool:
    """Whether the names of a season's projects are open to everybody."""
    return books.rows(_ANNOUNCED, {"season": season}).scalar() is not None


def projects(books: Books, season: str, viewer: Viewer, now: datetime) -> list[Project]:
    """The projects that a viewer may know of, in the order of the ideas.

    Before the announcement it is none, but for organisers. Whoever ended is not among them.
    """
    data = Data.PROJECT if is_announced(books, season) else Data.DRAFT
    return [
        known.project
        for known in _all(books, season, now)
        if known.row.ended_at is None and may_see(viewer, data, known.subject)
    ]


def known(books: Books, season: str, viewer: Viewer, data: Data, now: datetime) -> list[Known]:
    """The students of whom a viewer may see this, ended ones too, in the order of the ideas.

    Before the announcement it is none, but for organisers: not even the student. What is asked
    for must be more than that somebody has a project.
    """
    announced = is_announced(books, season)
    return [
        found
        for found in _all(books, season, now)
        if (announced or may_see(viewer, Data.DRAFT, found.subject))
        and may_see(viewer, data, found.subject)
    ]


def asked(books: Books, season: str, now: datetime) -> list[Known]:
    """All of whom something is asked: announced and not ended. What is said of them: `letters`."""
    if not is_announced(books, season):
        return []
    return [found for found in _all(books, season, now) if found.row.ended_at is None]


def over(books: Books, season: str) -> set[tuple[str, str]]:
    """Of whom nothing is asked any more, as (network, account); it is said to themselves alone."""
    rows = books.rows(_ENDED, {"season": season})
    return {(row.network, row.account) for row in rows}


def has_ended(books: Books, season: str, viewer: Viewer) -> bool:
    """Whether a viewer is a student of whom nothing is asked any more; that is theirs to know."""
    place = viewer.network, viewer.account
    return is_announced(books, season) and place in over(books, season)


def own(books: Books, season: str, network: str, account: str, now: datetime) -> Known | None:
    """Somebody's own record, for what they themselves may do; None until it is announced."""
    mine = (k for k in asked(books, season, now) if k.row.network == network)
    return next((k for k in mine if k.row.account == account), None)


def add(
    books: Books,
    deed: Deed,
    season: str,
    place: tuple[str, str],
    idea: int,
    mentor: str,
    backup: str,
    undo: str = "",
) -> None:
    """Put down a student, by network and account."""
    network, account = place
    row = Student(
        season=season,
        network=network,
        account=account,
        idea=idea,
        mentor=mentor,
        backup=backup,
        at=deed.at,
    )
    books.add(deed, row, undo)


def announce(books: Books, deed: Deed, season: str, undo: str = "") -> None:
    """Open the names of a season's projects to everybody."""
    row = books.session.get(Season, season)
    assert row is not None
    books.change(deed, row, undo, announced_at=deed.at)


def row(books: Books, season: str, network: str, account: str) -> Student | None:
    """The row of a student, to be changed."""
    found = books.every(Student, season=season, network=network, account=account)
    return found[0] if found else None


def _all(books: Books, season: str, now: datetime) -> Iterator[Known]:
    found = (
        select(Student, Idea)
        .join(Idea, col(Idea.id) == col(Student.idea))
        .where(Student.season == season)
        .order_by(col(Idea.number), col(Student.id))
    )
    rows = books.session.exec(found).all()
    networks = {student.network for student, _ in rows}
    away = {network: mentors.absences(books, season, network) for network in networks}
    shown = people.public(books, season)
    for student, idea in rows:
        place = student.network, student.account
        near = {m for m in (student.mentor, student.backup) if m}
        near |= {other for m in near if (other := stand_in(m, away[student.network], now))}
        near.discard(student.account)
        subject = Subject(*place, frozenset(near), frozenset(near), public=place in shown)
        project = Project(
            *place, idea.number, idea.slug, idea.title, student.mentor, student.backup, student.blog
        )
        yield Known(student, subject, project)
