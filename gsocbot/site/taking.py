"""Reading what the pages show out of the store, as it stands at one moment."""

from collections.abc import Mapping, Sequence

from gsocbot.rules.faq import FaqText
from gsocbot.site.snapshot import (
    Asked,
    News,
    Revision,
    SeasonSnapshot,
    Snapshot,
    Times,
)
from gsocbot.site.taking_sessions import duties, sessions
from gsocbot.store import audit, faq, ideas, mentors, questions, revisions, seasons
from gsocbot.store.books import Books
from gsocbot.store.tables import Idea

MOST_NEWS = 50
"""So many new and changed ideas are in the feed."""


def take(
    books: Books,
    wanted: Sequence[str],
    files: Mapping[str, Sequence[FaqText]] | None = None,
    channels: Mapping[str, str] | None = None,
    *,
    logs: bool = True,
) -> Snapshot:
    """Read the wanted seasons; those that the store does not know are left out.

    `files` is the FAQ that each season has in files, `channels` where people may ask. Without
    `logs` those of office hours stay unread: they may be long.
    """
    texts, places = files or {}, channels or {}
    found = (
        _season(books, key, texts.get(key, ()), places.get(key, ""), logs=logs) for key in wanted
    )
    return Snapshot(tuple(s for s in found if s is not None))


def _season(
    books: Books, key: str, files: Sequence[FaqText], channel: str, *, logs: bool
) -> SeasonSnapshot | None:
    facts = seasons.season(books, key)
    if facts is None:
        return None
    public = {kept.id: kept.text for kept in ideas.public(books, key)}
    return SeasonSnapshot(
        facts,
        tuple(public.values()),
        tuple(seasons.deadlines(books, key)),
        tuple(seasons.phases(books, key)),
        tuple(seasons.series(books, key).items()),
        sessions(books, key, logs=logs),
        tuple(
            Asked(q.number, q.text, q.at, q.idea, q.answer, q.answered_at)
            for q in questions.public(books, key)
        ),
        faq.whole(books, key, files),
        channel,
        tuple(
            Times(row.account, row.hours, mentors.absence_of(row))
            for row in mentors.every(books, key)
        ),
        tuple(
            News(public[dates.id].number or 0, dates.made, dates.changed)
            for dates in audit.lately(books, Idea, key, MOST_NEWS)
            if dates.id in public
        ),
        _revisions(revisions.of_dates(books, key)),
        _revisions(revisions.of_series(books, key)),
        duties(books, key),
    )


def _revisions(found: Mapping[str, revisions.Revised]) -> tuple[Revision, ...]:
    return tuple(Revision(name, was.at, was.moves) for name, was in found.items())
