"""Reading a season's folder, or a list of ideas, into the store by a three-way compare."""

from collections.abc import Callable, Mapping, Sequence, Set
from dataclasses import replace
from itertools import count
from types import MappingProxyType
from typing import Any

from pydantic import TypeAdapter, ValidationError
from sqlmodel import select

from gsocbot.rules.ideas import IdeaState, IdeaText, Merged, Side, completed, merge, numbered
from gsocbot.rules.seasons import Changes, Conflict, SeasonFolder
from gsocbot.store import reading_dates, tables, watching
from gsocbot.store.books import Books, Deed
from gsocbot.store.engine import StoreError
from gsocbot.store.ideas import every, joined
from gsocbot.store.reading_dates import as_compared
from gsocbot.store.search import words

_IDEA = TypeAdapter(IdeaText)
NOBODY: Mapping[int, Side] = MappingProxyType({})


def season_folder(
    books: Books, deed: Deed, folder: SeasonFolder, tell: Callable[[], object] = lambda: None
) -> Changes:
    """Keep what a folder says; `tell` is called for each idea kept, for a progress bar."""
    facts: dict[str, Any] = {
        "title": folder.title,
        "organisation": folder.organisation,
        "year": folder.year,
        "word": folder.word,
        "list": folder.list,
        "subject": folder.subject,
        "about": folder.about,
    }
    row = books.session.get(tables.Season, folder.key)
    if row is None:
        # First, because the audit rows of this deed point at the season.
        books.add(deed, tables.Season(key=folder.key, since=deed.at, **facts))
    else:
        books.change(deed, row, **facts)
    dates = reading_dates.deadlines(books, deed, folder.key, folder.deadlines, whole_folder=True)
    reading_dates.phases(books, deed, folder.key, folder.phases)
    reading_dates.series(books, deed, folder.key, dict(folder.series))
    found = ideas(books, deed, folder.key, folder.ideas, whole_folder=True, tell=tell)
    return replace(found, overruled=dates.overruled)


def ideas(
    books: Books,
    deed: Deed,
    season: str,
    texts: Sequence[IdeaText],
    *,
    whole_folder: bool = False,
    right: Mapping[int, Side] = NOBODY,
    tell: Callable[[], object] = lambda: None,
) -> Changes:
    """Keep ideas. What changed in the file only is taken, here only is kept, on both sides named.

    With `whole_folder` an idea that came from the folder and is gone from it is retired, and one
    that is back is what it was. `right` says by an idea's number which side is where both have
    changed it. `imported` is what was last read from the folder, or from a list
    where the folder does not have the idea.
    """
    rows = list(books.session.exec(select(tables.Idea).where(tables.Idea.season == season)))
    kept = {k.id: k.text for k in every(books, season)}
    by_slug = {r.slug: r for r in rows}
    by_external = {r.external_id: r for r in rows if r.external_id}
    if whole_folder:
        _step_aside(books, deed, texts, by_slug)
    fitting = _fitted(texts, by_slug, by_external)
    new = changed = 0
    conflicts: list[Conflict] = []
    for text in fitting:
        tell()
        row = by_slug.get(text.slug)
        if row is None:
            add(books, deed, season, text, in_folder=whole_folder)
            new += 1
            continue
        assert row.id is not None
        merged = _brought_together(row, kept[row.id], text, whole_folder, right.get(row.number))
        if merged.conflicts:
            conflicts.append(Conflict(row.number, row.slug, merged.conflicts))
            continue
        more: dict[str, Any] = {"in_folder": row.in_folder or whole_folder}
        if whole_folder or not row.in_folder:
            more["imported"] = as_compared(text)
        if merged.idea != kept[row.id]:
            change(books, deed, row, merged.idea, **more)
            changed += 1
        else:
            books.change(deed, row, **more)
    gone = _retired(books, deed, rows, {t.slug for t in fitting}) if whole_folder else 0
    return Changes(new, changed, gone, tuple(conflicts))


def _step_aside(
    books: Books, deed: Deed, texts: Sequence[IdeaText], by_slug: dict[str, tables.Idea]
) -> None:
    """What somebody proposed on IRC gives up its name to a file that is another idea.

    The same idea, written into the folder by an export, states its number too.
    """
    for text in texts:
        row = by_slug.get(text.slug)
        if row is None or not row.proposer or row.in_folder or text.number == row.number:
            continue
        del by_slug[row.slug]
        free = (f"{text.slug}-{copy}" for copy in count(2))
        books.change(deed, row, slug=next(slug for slug in free if slug not in by_slug))
        by_slug[row.slug] = row


def _brought_together(
    row: tables.Idea,
    ours: IdeaText,
    text: IdeaText,
    whole_folder: bool,
    right: Side | None = None,
) -> Merged:
    """The kept idea and the file's; one that is back in the folder is what it was there."""
    base = _last_read(row)
    back = whole_folder and not row.in_folder
    if back and ours.state is IdeaState.RETIRED:
        ours = replace(ours, state=base.state)
    return merge(base, ours, text, right)


def clash(
    books: Books, season: str, ours: IdeaText, text: IdeaText
) -> list[tuple[str, object, object]]:
    """The fields in which a file and we have changed an idea, with what the file says and we."""
    found = select(tables.Idea).where(tables.Idea.season == season, tables.Idea.slug == ours.slug)
    row = books.session.exec(found).one()
    named = replace(completed(text), number=row.number, slug=row.slug)
    names = _brought_together(row, ours, named, whole_folder=True).conflicts
    return [(name, getattr(named, name), getattr(ours, name)) for name in names]


def written(books: Books, deed: Deed, season: str, texts: Sequence[IdeaText]) -> None:
    """Keep that the folder says what ideas say: from here on either side may change it."""
    rows = select(tables.Idea).where(tables.Idea.season == season)
    by_slug = {row.slug: row for row in books.session.exec(rows)}
    for text in texts:
        row = by_slug[text.slug]
        books.change(deed, row, in_folder=True, imported=as_compared(completed(text)))


def _retired(books: Books, deed: Deed, rows: Sequence[tables.Idea], there: Set[str]) -> int:
    """Retire what came from the folder and is gone from it; says how many."""
    gone = [row for row in rows if row.in_folder and row.slug not in there]
    for row in gone:
        books.change(deed, row, state=IdeaState.RETIRED, in_folder=False)
        watching.tell(books, deed, row)
    return len(gone)


def _last_read(row: tables.Idea) -> IdeaText:
    try:
        return _IDEA.validate_json(row.imported)
    except ValidationError as error:
        raise StoreError(f"the store: idea {row.slug} is damaged; gsocbot db check") from error


def change(
    books: Books, deed: Deed, row: tables.Idea, text: IdeaText, undo: str = "", **more: Any
) -> None:
    """Make a kept idea say what `text` says."""
    assert row.id is not None
    told = books.change(deed, row, undo, **_values(text), **more)
    there = books.every(tables.IdeaMentor, idea=row.id)
    wanted = _mentors(row.season, row.id, text)
    if [m.name for m in there] != [m.name for m in wanted]:
        for mentor in there:
            books.remove(deed, mentor, "" if told else undo)
            told = True
        for mentor in wanted:
            books.add(deed, mentor, "" if told else undo)
            told = True
    if told:
        watching.tell(books, deed, row)


def _fitted(
    texts: Sequence[IdeaText],
    by_slug: dict[str, tables.Idea],
    by_external: dict[str, tables.Idea],
) -> list[IdeaText]:
    """The texts with the numbers and slugs of the rows they belong to, or new ones."""
    # Slugs first: a text that states none is known again by the one it gets.
    slugged = [replace(n, number=t.number) for n, t in zip(numbered(texts), texts, strict=True)]
    known = []
    for text in slugged:
        row = by_external.get(text.external_id) or by_slug.get(text.slug)
        known.append(replace(text, slug=row.slug, number=row.number) if row else text)
    own = {t.slug for t in known}
    taken = [r.number for r in by_slug.values()]
    fitted = numbered(known, taken)
    clash = {r.number: r.slug for r in by_slug.values() if r.slug not in own}
    highest = max([*taken, *(t.number or 0 for t in fitted)], default=0)
    out = []
    for text in fitted:
        if text.number in clash:
            highest += 1
            text = replace(text, number=highest)
        out.append(text)
    return out


def add(
    books: Books,
    deed: Deed,
    season: str,
    text: IdeaText,
    *,
    in_folder: bool = False,
    proposer: str = "",
    undo: str = "",
) -> None:
    """Keep a new idea, which has its number and its slug."""
    row = tables.Idea(
        season=season,
        number=text.number or 0,
        slug=text.slug,
        in_folder=in_folder,
        imported=as_compared(text),
        proposer=proposer,
        **{k: v for k, v in _values(text).items() if k not in {"number", "slug"}},
    )
    books.add(deed, row, undo)
    assert row.id is not None
    for mentor in _mentors(season, row.id, text):
        if proposer:  # who adds an idea may take that back, mentors and all
            books.add(deed, mentor)
        else:
            books.session.add(mentor)
    books.session.flush()


def _mentors(season: str, idea: int, text: IdeaText) -> list[tables.IdeaMentor]:
    return [
        tables.IdeaMentor(idea=idea, position=position, season=season, name=name)
        for position, name in enumerate(dict.fromkeys(text.mentors))
    ]


def _values(text: IdeaText) -> dict[str, Any]:
    return {
        "number": text.number,
        "slug": text.slug,
        "title": text.title,
        "summary": text.summary,
        "description": text.description,
        "outcome": text.outcome,
        "difficulty": text.difficulty,
        "levels": joined(text.levels),
        "size": text.size,
        "size_hours": joined(text.size_hours),
        "skills": text.skills,
        "contact": joined(text.contact),
        "tags": joined(text.tags),
        "org": text.org,
        "external_id": text.external_id,
        "state": text.state,
        **words(text),
    }
