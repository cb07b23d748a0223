"""Where applicants' drafts are to be read, and the letters that tell an idea's mentors of them."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime, timedelta
from functools import cache
from typing import Any

from sqlmodel import col, select

from gsocbot.rules.mentors import Absences, seers
from gsocbot.rules.privacy import Data, Subject
from gsocbot.rules.roles import Role
from gsocbot.store import mentors, outbox, roles
from gsocbot.store.books import Books, Deed
from gsocbot.store.private.letters import letter, viewer
from gsocbot.store.private.tables import Proposal
from gsocbot.store.tables import Idea, IdeaMentor

TOPIC = "student_proposal"
USEFUL = timedelta(days=14)
"""So long a mentor who comes back is still told."""


@dataclass(frozen=True, slots=True)
class Draft:
    """Somebody's own draft: for which idea, where it is, and who is told of it."""

    number: int
    url: str


def own(books: Books, season: str, network: str, account: str) -> Draft | None:
    """What somebody has noted themselves."""
    row = _row(books, season, network, account)
    if row is None:
        return None
    idea = books.session.get_one(Idea, row.idea)
    return Draft(idea.number, row.url)


def note(
    books: Books, deed: Deed, season: str, place: tuple[str, str], idea: int, url: str, undo: str
) -> bool:
    """Keep where somebody's draft is, in the place of an earlier one; False if it is there."""
    row = _row(books, season, *place)
    if row is None:
        network, account = place
        made = Proposal(
            season=season, network=network, account=account, idea=idea, url=url, at=deed.at
        )
        books.add(deed, made, undo)
        return True
    if (row.idea, row.url) == (idea, url):
        return False
    return books.change(deed, row, undo, idea=idea, url=url, at=deed.at)


def drop(books: Books, deed: Deed, season: str, place: tuple[str, str], undo: str) -> bool:
    """Forget where somebody's draft is; False if nobody knew."""
    row = _row(books, season, *place)
    if row is not None:
        books.remove(deed, row, undo)
    return row is not None


def readers(books: Books, season: str, network: str, account: str, idea: int) -> list[str]:
    """Who is told of a draft: the idea's mentors or who stands in, else the organisers."""
    absences = mentors.absences(books, season, network)
    return _Readers(books, season, network, absences).of(idea, account, None)


def plan(books: Books, season: str, now: datetime) -> None:
    """Plan a letter for each reader of each draft, and none of a draft that is not there."""
    since = now - USEFUL
    found = select(Proposal, Idea).join(Idea, col(Idea.id) == col(Proposal.idea))
    rows: list[dict[str, Any]] = []
    kept = books.session.exec(found.where(Proposal.season == season, Proposal.at > since)).all()
    networks = {row.network for row, _ in kept}
    known = {n: _Readers(books, season, n, mentors.absences(books, season, n)) for n in networks}
    for row, idea in kept:
        rows += _letters(row, idea, known[row.network])
    outbox.forget(books, season, None, {TOPIC}, {line["key"] for line in rows})
    outbox.plan(books, rows)


class _Readers:
    def __init__(self, books: Books, season: str, network: str, absences: Absences) -> None:
        self._absences = absences
        self._able = set(roles.holders(books, season, network, Role.MENTOR))
        self._organisers = roles.holders(books, season, network, Role.ORGANISER)
        self.viewer = cache(lambda account: viewer(books, season, network, account))
        """To whom a letter goes."""

        def own(idea: int) -> list[str]:
            return [row.name.lower() for row in books.every(IdeaMentor, idea=idea)]

        self._own = cache(own)

    def of(self, idea: int, account: str, now: datetime | None) -> list[str]:
        there = [name for name in self._own(idea) if name in self._able]
        if now is not None:
            there = [name.lower() for name in seers(there, self._absences, now, account)]
        able = self._able | set(self._organisers)
        found = [name for name in there if name in able and name != account]
        return found or [name for name in self._organisers if name != account]


def _letters(row: Proposal, idea: Idea, known: _Readers) -> Iterator[dict[str, Any]]:
    assert idea.id is not None
    readers = known.of(idea.id, row.account, row.at)
    about = Subject(row.network, row.account, frozenset(readers))
    for reader in readers:
        yield letter(
            row.season,
            TOPIC,
            f"{idea.number}:{row.at.isoformat()}",
            known.viewer(reader),
            Data.PROPOSAL,
            about,
            {"idea": idea.number, "slug": idea.slug, "url": row.url},
            at=row.at,
            due=row.at,
            expires=row.at + USEFUL,
        )


def _row(books: Books, season: str, network: str, account: str) -> Proposal | None:
    found = books.every(Proposal, season=season, network=network, account=account)
    return found[0] if found else None
