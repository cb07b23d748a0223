"""Reading what the pages show out of the store, as it stands at one moment."""

from collections.abc import Mapping, Sequence
from datetime import date

from gsocbot.rules.faq import FaqText
from gsocbot.site.snapshot import (
    Asked,
    News,
    Revision,
    Said,
    SeasonSnapshot,
    Session,
    Snapshot,
    Times,
)
from gsocbot.store import audit, faq, ideas, mentors, office, questions, revisions, seasons
from gsocbot.store.books import Books
from gsocbot.store.tables import Idea

MOST_NEWS = 50
"""So many new and changed ideas are in the feed."""


def take(
    books: Books,
    wanted: Sequence[str],
    files: Mapping[str, Sequence[FaqText]] | None = None,
    channels: Mapping[str, str] | None = None,
) -> Snapshot:
    """Read the wanted seasons; those that the store does not know are left out.

    `files` is the FAQ that each season has in files, `channels` where people may ask.
    """
    texts, places = files or {}, channels or {}
    found = (_season(books, key, texts.get(key, ()), places.get(key, "")) for key in wanted)
    return Snapshot(tuple(s for s in found if s is not None))


def _season(
    books: Books, key: str, files: Sequence[FaqText], channel: str
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
        _sessions(books, key),
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
    )


def _revisions(found: Mapping[str, revisions.Revised]) -> tuple[Revision, ...]:
    return tuple(Revision(name, was.at, was.moves) for name, was in found.items())


def _sessions(books: Books, key: str) -> tuple[Session, ...]:
    """The held sessions. Those of one day are counted as they ended, so no address ever moves."""
    copies: dict[date, int] = {}
    found = []
    for row in sorted(office.held(books, key), key=lambda s: (s.ended_at, s.id)):
        assert row.id is not None
        assert row.ended_at is not None
        copies[row.day] = copies.get(row.day, 0) + 1
        lines = tuple(
            Said(li.at, li.nick, li.text, li.action) for li in office.lines_of(books, row.id)
        )
        found.append(
            Session(
                row.day,
                copies[row.day],
                row.title,
                row.channel,
                row.started_at,
                row.ended_at,
                lines,
            )
        )
    return tuple(sorted(found, key=lambda s: s.started_at, reverse=True))
