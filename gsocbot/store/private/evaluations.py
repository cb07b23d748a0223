"""Evaluations: who writes which, and which were submitted; no result, for there is no field."""

from bisect import bisect_right
from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import datetime
from functools import cached_property

from sqlmodel import select

from gsocbot.rules.evaluations import Turn, Which, current, is_longer, turns, turns_of
from gsocbot.rules.mentors import Absences, is_away, stand_in
from gsocbot.rules.privacy import Data, Subject, Viewer, may_see
from gsocbot.store import mentors, roles, seasons
from gsocbot.store.books import Books, Deed
from gsocbot.store.private import students
from gsocbot.store.private.students import Known
from gsocbot.store.private.tables import Evaluation


@dataclass(frozen=True, slots=True)
class Owed:
    """An evaluation of one student as it stands at a moment.

    `author` is to write it: `named` by somebody, or else the mentor, or the backup; whoever of
    them is a mentor still, "" if nobody is. `writer` does so just now, which is somebody else
    while the author is away. `next` is asked if they do not.
    """

    turn: Turn
    subject: Subject
    mentor: str
    backup: str
    author: str
    named: bool
    writer: str
    next: str
    submitted_at: datetime | None = None
    submitted_by: str = ""

    @property
    def student(self) -> str:
        """Whom it is about."""
        return self.subject.account

    @property
    def is_open(self) -> bool:
        """Whether nobody has noted it as submitted."""
        return self.submitted_at is None


class Standing:
    """All evaluations of a season, read once, as they stand at any moment.

    Everything here is for nobody in particular: it goes on to viewers through `owed` and letters.
    """

    def __init__(self, books: Books, season: str, now: datetime) -> None:
        self._books = books
        self._season = season
        self.now = now
        self._dates = seasons.deadlines(books, season)
        self.turns: Mapping[str, Turn] = turns(self._dates)
        self._made: dict[tuple[str, int], list[Owed]] = {}
        self._near: dict[tuple[str, int], dict[tuple[str, str], list[Owed]]] = {}

    @cached_property
    def students(self) -> list[Known]:
        """Of whom evaluations are asked."""
        return students.asked(self._books, self._season, self.now) if self.turns else []

    @cached_property
    def _rows(self) -> dict[tuple[str, str, str], Evaluation]:
        found = self._books.session.exec(
            select(Evaluation).where(Evaluation.season == self._season)
        )
        return {(row.network, row.account, row.which): row for row in found}

    @cached_property
    def absences(self) -> Mapping[str, Absences]:
        """Who is away, on each network with students."""
        networks = {k.row.network for k in self.students}
        return {n: mentors.absences(self._books, self._season, n) for n in networks}

    @cached_property
    def _able(self) -> set[tuple[str, str]]:
        """Who may write any, as (network, account)."""
        held = roles.grants(self._books, self._season)
        return {(network, account) for network, account, _ in held}

    @cached_property
    def _changes(self) -> list[datetime]:
        """The moments at which somebody goes or comes back; between them nothing changes."""
        every = [one for away in self.absences.values() for one in away.values()]
        return sorted({moment for one in every for moment in (one.since, one.until)})

    @cached_property
    def _having(self) -> Mapping[Turn, list[Known]]:
        """Who has which evaluation."""
        found: dict[Turn, list[Known]] = {turn: [] for turn in self.turns.values()}
        for known in self.students:
            for turn in self.turns_of(known):
                found[turn].append(known)
        return found

    def turns_of(self, known: Known) -> list[Turn]:
        """The evaluations of one student, by when they end."""
        longer = is_longer(known.row.ends_at, self._dates)
        return sorted(turns_of(self.turns, longer=longer), key=lambda turn: turn.at)

    def of(self, known: Known, turn: Turn, at: datetime) -> Owed:
        """One evaluation, as it stands at a moment."""
        network, project = known.row.network, known.project
        row = self._rows.get((network, project.account, str(turn.which)))
        away = self.absences[network]
        mentor, backup = (
            n if (network, n) in self._able else "" for n in (project.mentor, project.backup)
        )
        named = row.author if row and (network, row.author) in self._able else ""
        author = named or mentor or backup
        writer = stand_in(author, away, at) or author
        others = [n for n in (mentor, backup) if n and n not in {writer, author}]
        waiting = [n for n in others if not is_away(away.get(n), at)]
        near = {n for n in (mentor, backup, author) if n}
        near |= {other for n in near if (other := stand_in(n, away, at))}
        return Owed(
            turn,
            replace(known.subject, authors=frozenset(near)),
            mentor=mentor,
            backup=backup,
            author=author,
            named=bool(named),
            writer=writer,
            next=waiting[0] if waiting else "",
            submitted_at=row.submitted_at if row else None,
            submitted_by=row.submitted_by if row else "",
        )

    def every(self, turn: Turn, at: datetime) -> list[Owed]:
        """One evaluation of all who have it, as it stands at a moment."""
        when = turn.slug, bisect_right(self._changes, at)
        if when not in self._made:
            self._made[when] = [self.of(known, turn, at) for known in self._having[turn]]
        return self._made[when]

    def near(self, turn: Turn, at: datetime, place: tuple[str, str]) -> list[Owed]:
        """Of these, those that may concern somebody, by network and account."""
        when = turn.slug, bisect_right(self._changes, at)
        if when not in self._near:
            self._near[when] = {}
            for one in self.every(turn, at):
                for name in one.subject.authors:
                    self._near[when].setdefault((one.subject.network, name), []).append(one)
        return self._near[when].get(place, [])


def owed(books: Books, season: str, viewer: Viewer, now: datetime) -> list[Owed]:
    """The evaluations that a viewer may know of, student by student, as they end."""
    standing = Standing(books, season, now)
    found = [standing.of(k, turn, now) for k in standing.students for turn in standing.turns_of(k)]
    return [one for one in found if may_see(viewer, Data.EVALUATION, one.subject)]


def summary(books: Books, season: str, viewer: Viewer, of: Known, now: datetime) -> Owed | None:
    """The evaluation of a student that is spoken of now, if a viewer may know of it."""
    standing = Standing(books, season, now)
    found = next((k for k in standing.students if k.row.id == of.row.id), None)
    turn = current(standing.turns_of(found), now) if found else None
    if found is None or turn is None:
        return None
    one = standing.of(found, turn, now)
    return one if may_see(viewer, Data.EVALUATION, one.subject) else None


def name_author(books: Books, deed: Deed, of: Owed, author: str, undo: str) -> None:
    """Keep who is to write an evaluation."""
    row = _row(books, deed, of)
    if row is None:
        books.add(deed, _new(deed, of, author=author), undo)
    else:
        books.change(deed, row, undo, author=author)


def note(books: Books, deed: Deed, of: Owed, undo: str) -> None:
    """Keep that an evaluation was submitted on Google's site, and by whom it was noted."""
    row = _row(books, deed, of)
    if row is None:
        books.add(deed, _new(deed, of, submitted_at=deed.at, submitted_by=deed.account), undo)
    else:
        books.change(deed, row, undo, submitted_at=deed.at, submitted_by=deed.account)


def open_again(books: Books, deed: Deed, of: Owed, undo: str) -> None:
    """Keep that an evaluation was not submitted after all."""
    row = _row(books, deed, of)
    assert row is not None
    books.change(deed, row, undo, submitted_at=None, submitted_by="")


def _row(books: Books, deed: Deed, of: Owed) -> Evaluation | None:
    place = {"network": of.subject.network, "account": of.student}
    found = books.every(Evaluation, season=deed.season, which=str(of.turn.which), **place)
    return found[0] if found else None


def _new(
    deed: Deed,
    of: Owed,
    *,
    author: str = "",
    submitted_at: datetime | None = None,
    submitted_by: str = "",
) -> Evaluation:
    assert deed.season is not None
    return Evaluation(
        season=deed.season,
        network=of.subject.network,
        account=of.student,
        which=str(of.turn.which),
        author=author,
        submitted_at=submitted_at,
        submitted_by=submitted_by,
        at=deed.at,
    )


def is_of(which: str, turn: Turn) -> bool:
    """Whether a word means this evaluation; none means any."""
    return not which or Which(which) is turn.which
