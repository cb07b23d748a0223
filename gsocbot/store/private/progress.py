"""How far people are, many at a time: who is behind, who shows it, and the links that they gave."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import bindparam, func
from sqlalchemy import select as columns
from sqlmodel import col

from gsocbot.rules.checklists import Checklist, Group, Year, current_lists, moment, window
from gsocbot.rules.embargo import ANNOUNCED
from gsocbot.rules.links import Link, Owner, gathered
from gsocbot.rules.mentors import stand_in
from gsocbot.rules.privacy import EVERYBODY, Data, Subject, Viewer, may_see
from gsocbot.rules.seasons import SeasonFacts
from gsocbot.rules.timeline import stretches
from gsocbot.store import mentors, seasons
from gsocbot.store.books import Books
from gsocbot.store.private import checklists, students
from gsocbot.store.private.students import Project
from gsocbot.store.private.tables import CheckedItem, GivenList, Student

_ASKED = columns(col(Student.account), col(Student.mentor), col(Student.backup)).where(
    col(Student.season) == bindparam("season"),
    col(Student.network) == bindparam("network"),
    col(Student.ended_at).is_(None),
)
_ONE = _ASKED.where(col(Student.account) == bindparam("account"))
_DONE = (
    columns(col(CheckedItem.account), col(CheckedItem.checklist), func.count())
    .where(
        col(CheckedItem.season) == bindparam("season"),
        col(CheckedItem.network) == bindparam("network"),
        (col(CheckedItem.checklist) + " " + col(CheckedItem.item)).in_(
            bindparam("items", expanding=True)
        ),
    )
    .group_by(col(CheckedItem.account), col(CheckedItem.checklist))
)
_GIVEN = columns(col(GivenList.account), col(GivenList.checklist)).where(
    col(GivenList.season) == bindparam("season"), col(GivenList.network) == bindparam("network")
)
_LINKS = (
    columns(col(CheckedItem.link))
    .distinct()
    .where(col(CheckedItem.season) == bindparam("season"), col(CheckedItem.link) != "")
)


@dataclass(frozen=True, slots=True)
class Behind:
    """A student who has open items on a list that is worked on now; `mentors` are their own."""

    account: str
    mentors: tuple[str, ...]
    checklist: Checklist
    done: int


@dataclass(frozen=True, slots=True)
class Shown:
    """A student who shows everybody how far they are: of each list what is done."""

    project: Project
    lists: tuple[tuple[Checklist, int], ...]


def year(books: Books, season: str, now: datetime) -> Year:
    """A season's phases, and when Google announces."""
    dates = seasons.deadlines(books, season)
    found = stretches(seasons.phases(books, season), dates)
    return Year(found, next((d for d in dates if d.slug == ANNOUNCED), None), now)


def is_asked(books: Books, season: str, network: str, account: str) -> bool:
    """Whether the person who asks is a student of whom something is asked, for their own lists."""
    place = {"season": season, "network": network, "account": account}
    return students.is_announced(books, season) and books.rows(_ONE, place).first() is not None


def behind(
    books: Books, season: str, viewer: Viewer, lists: Sequence[Checklist], of: Year
) -> tuple[list[Behind], int]:
    """Who of a viewer's students is not done with a list of now, and how many they look after.

    Without rows of their own in between: it is asked of hundreds of students at a time.
    """
    if not students.is_announced(books, season):
        return [], 0
    place = {"season": season, "network": viewer.network}
    given: dict[str, list[str]] = {}
    for account, name in books.rows(_GIVEN, place):
        given.setdefault(account, []).append(name)
    now = current_lists(lists, [Group.STUDENTS], (), of)
    names = {c.name for c in now}.union(*given.values())
    items = [f"{c.name} {key}" for c in lists if c.name in names for key in c.keys]
    counts = {(a, name): done for a, name, done in books.rows(_DONE, {**place, "items": items})}
    away = mentors.absences(books, season, viewer.network)
    found, count = [], 0
    for account, mentor, backup in books.rows(_ASKED, place):
        own = tuple(filter(None, (mentor, backup)))
        near = {*own, *filter(None, (stand_in(m, away, of.now) for m in own))} - {account}
        if account == viewer.account:
            continue
        if not may_see(viewer, Data.RECORD, Subject(viewer.network, account, frozenset(near))):
            continue
        count += 1
        for checklist in _of(account, now, given, lists):
            done = counts.get((account, checklist.name), 0)
            if done < len(checklist.items):
                found.append(Behind(account, own, checklist, done))
    return found, count


def _of(
    account: str,
    now: Sequence[Checklist],
    given: Mapping[str, Collection[str]],
    lists: Sequence[Checklist],
) -> Sequence[Checklist]:
    if account not in given:
        return now
    return [*now, *(c for c in lists if c.name in given[account] and c not in now)]


def shown(
    books: Books, facts: SeasonFacts, lists: Sequence[Checklist], now: datetime
) -> list[Shown]:
    """Whoever wants everybody to see how far they are, with the lists that have begun."""
    season = facts.key
    of = year(books, season, now)
    found = []
    for known in students.known(books, season, EVERYBODY, Data.CHECKLIST, now):
        if known.row.ended_at is not None:
            continue
        given = checklists.given(books, season, EVERYBODY, known.subject)
        own = current_lists(lists, [Group.STUDENTS], given, of)
        progress = checklists.progress(books, season, EVERYBODY, known.subject)
        begun = [c for c in lists if c in own or (c.name in progress.ticks and _begun(c, of))]
        counts = tuple((c, len(progress.done(c))) for c in begun)
        found.append(Shown(known.project, counts))
    return found


def _begun(checklist: Checklist, of: Year) -> bool:
    """Whether a list is one of the students' that has begun; what applicants tick is not shown."""
    its = window(checklist, of.stretches)
    if its is None or of.announced is None:
        return False
    return moment(of.announced) <= its.begins_at <= of.now


def links(books: Books, season: str) -> list[Link]:
    """The links that people gave with their items, to be asked for and to be shown to nobody."""
    found = books.rows(_LINKS, {"season": season}).scalars()
    return [Link(link.url, ()) for link in gathered((Owner(""), url) for url in found)]
