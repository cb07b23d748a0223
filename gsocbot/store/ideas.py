"""Ideas as they are asked for: one by its number or slug, lists, and what search finds."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any

from sqlalchemy import Row, Select, bindparam, func, or_
from sqlalchemy import select as columns
from sqlmodel import col

from gsocbot.rules.ideas import PUBLIC, IdeaState, IdeaText
from gsocbot.rules.search import Hit, rank
from gsocbot.store.books import Books
from gsocbot.store.tables import Idea, IdeaMentor, Interest

_COLUMNS = (
    col(Idea.id),
    col(Idea.number),
    col(Idea.slug),
    col(Idea.title),
    col(Idea.summary),
    col(Idea.description),
    col(Idea.outcome),
    col(Idea.difficulty),
    col(Idea.levels),
    col(Idea.size),
    col(Idea.size_hours),
    col(Idea.skills),
    col(Idea.contact),
    col(Idea.tags),
    col(Idea.org),
    col(Idea.external_id),
    col(Idea.state),
    columns(func.count())
    .select_from(Interest)
    .where(col(Interest.idea) == col(Idea.id))
    .scalar_subquery()
    .label("interested"),
    col(IdeaMentor.name),
)


def _wanted() -> Select[*tuple[Any, ...]]:
    return (
        columns(*_COLUMNS)
        .join(IdeaMentor, col(IdeaMentor.idea) == col(Idea.id), isouter=True)
        .where(col(Idea.season) == bindparam("season"))
        .order_by(col(Idea.number), col(IdeaMentor.position))
    )


# Not IN (...): SQLAlchemy would write that list anew for every execution.
_public = or_(*(col(Idea.state) == str(state) for state in PUBLIC))
_BY_NUMBER = _wanted().where(col(Idea.number) == bindparam("number"), _public)
_BY_ANY_NUMBER = _wanted().where(col(Idea.number) == bindparam("number"))
_BY_SLUG = _wanted().where(col(Idea.slug) == bindparam("slug"), _public)
_ALL = _wanted().where(_public)
_EVERY = _wanted()
_PROPOSED = _wanted().where(col(Idea.proposer) != "", col(Idea.state) == str(IdeaState.DRAFT))
_BY_IDS = _wanted().where(col(Idea.id).in_(bindparam("ids", expanding=True)), _public)
_BY_MENTOR = _wanted().where(
    _public,
    col(Idea.id).in_(
        columns(col(IdeaMentor.idea)).where(
            col(IdeaMentor.season) == bindparam("season"),
            func.lower(col(IdeaMentor.name)) == bindparam("mentor"),
        )
    ),
)
_MENTORS = (
    columns(col(IdeaMentor.name), col(Idea.number))
    .join(Idea, col(Idea.id) == col(IdeaMentor.idea))
    .where(col(IdeaMentor.season) == bindparam("season"), _public)
    .order_by(col(IdeaMentor.name), col(Idea.number))
)
_RANGE = columns(func.min(col(Idea.number)), func.max(col(Idea.number))).where(
    col(Idea.season) == bindparam("season"), _public
)
_SEPARATOR = "\n"


@dataclass(frozen=True, slots=True)
class KeptIdea:
    """An idea of the store: its row's id, what is written, and how many are interested."""

    id: int
    number: int
    text: IdeaText
    interested: int = 0


@dataclass(frozen=True, slots=True)
class Found:
    """An idea that a search found, and how well it fits."""

    idea: KeptIdea
    score: float


def by_number(books: Books, season: str, number: int) -> KeptIdea | None:
    """The public idea with this number."""
    return _first(books.rows(_BY_NUMBER, {"season": season, "number": number}))


def by_any_number(books: Books, season: str, number: int) -> KeptIdea | None:
    """The idea with this number, draft or retired ones too."""
    return _first(books.rows(_BY_ANY_NUMBER, {"season": season, "number": number}))


def by_slug(books: Books, season: str, slug: str) -> KeptIdea | None:
    """The public idea with this slug."""
    return _first(books.rows(_BY_SLUG, {"season": season, "slug": slug}))


def public(books: Books, season: str) -> list[KeptIdea]:
    """All ideas that everybody may see, by number."""
    return _folded(books.rows(_ALL, {"season": season}))


def every(books: Books, season: str) -> list[KeptIdea]:
    """All ideas, drafts and retired ones too, by number."""
    return _folded(books.rows(_EVERY, {"season": season}))


def proposed(books: Books, season: str) -> list[KeptIdea]:
    """The drafts that somebody has written down on IRC, by number."""
    return _folded(books.rows(_PROPOSED, {"season": season}))


def of_mentor(books: Books, season: str, name: str) -> list[KeptIdea]:
    """The public ideas that somebody mentors."""
    return _folded(books.rows(_BY_MENTOR, {"season": season, "mentor": name.lower()}))


def mentors(books: Books, season: str) -> dict[str, list[int]]:
    """Who mentors which public ideas, by name."""
    found: dict[str, list[int]] = {}
    for name, number in books.rows(_MENTORS, {"season": season}):
        found.setdefault(name, []).append(number)
    return found


def number_range(books: Books, season: str) -> tuple[int, int] | None:
    """The lowest and the highest number in use."""
    low, high = books.rows(_RANGE, {"season": season}).one()
    return None if low is None else (low, high)


def search(books: Books, season: str, question: str) -> list[Found]:
    """The public ideas that fit a question, best first; none if none does."""
    meaning = books.likeness(season, question)
    return _in_order_of(books, season, rank(question, books.index(season), meaning))


def _in_order_of(books: Books, season: str, hits: Sequence[Hit]) -> list[Found]:
    if not hits:
        return []
    rows = books.rows(_BY_IDS, {"season": season, "ids": [h.id for h in hits]})
    kept = {idea.id: idea for idea in _folded(rows)}
    return [Found(kept[h.id], h.score) for h in hits]


def _first(rows: Iterable[Row[*tuple[Any, ...]]]) -> KeptIdea | None:
    return next(iter(_folded(rows)), None)


def _folded(rows: Iterable[Row[*tuple[Any, ...]]]) -> list[KeptIdea]:
    """One idea for each run of rows that differ in the mentor alone."""
    runs: dict[int, tuple[Row[*tuple[Any, ...]], list[str]]] = {}
    for row in rows:
        _, names = runs.setdefault(row.id, (row, []))
        if row.name is not None:
            names.append(row.name)
    return [
        KeptIdea(
            row.id,
            row.number,
            IdeaText(
                title=row.title,
                slug=row.slug,
                number=row.number,
                summary=row.summary,
                description=row.description,
                outcome=row.outcome,
                mentors=tuple(names),
                difficulty=row.difficulty,
                levels=split(row.levels),
                size=row.size,
                size_hours=tuple(int(h) for h in split(row.size_hours)),
                skills=row.skills,
                contact=split(row.contact),
                tags=split(row.tags),
                org=row.org,
                external_id=row.external_id,
                state=IdeaState(row.state),
            ),
            row.interested,
        )
        for row, names in runs.values()
    ]


def joined(parts: Iterable[object]) -> str:
    """Several values in one column, a line each."""
    return _SEPARATOR.join(str(p) for p in parts)


def split(column: str) -> tuple[str, ...]:
    """The values of such a column."""
    return tuple(column.split(_SEPARATOR)) if column else ()
