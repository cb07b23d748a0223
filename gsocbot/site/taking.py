"""Reading what the pages show out of the store, as it stands at one moment."""

from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import datetime

from gsocbot.rules.checklists import Checklist
from gsocbot.rules.faq import FaqText
from gsocbot.rules.privacy import EVERYBODY
from gsocbot.rules.seasons import SeasonFacts
from gsocbot.site import taking_hackathons, taking_polls
from gsocbot.site.snapshot import (
    Asked,
    Far,
    News,
    Project,
    Report,
    Revision,
    SeasonSnapshot,
    Shown,
    Snapshot,
    Times,
)
from gsocbot.site.taking_sessions import duties, sessions
from gsocbot.store import audit, faq, ideas, mentors, questions, revisions, seasons
from gsocbot.store.books import Books
from gsocbot.store.private import progress, reports, students
from gsocbot.store.tables import Idea

MOST_NEWS = 50
"""So many new and changed ideas are in the feed."""


def take(
    books: Books,
    wanted: Sequence[str],
    files: Mapping[str, Sequence[FaqText]] | None = None,
    channels: Mapping[str, str] | None = None,
    checklists: Mapping[str, Sequence[Checklist]] | None = None,
    *,
    now: datetime | None = None,
    logs: bool = True,
) -> Snapshot:
    """Read the wanted seasons; those that the store does not know are left out.

    `files` is the FAQ that each season has in files, `channels` where people may ask. Without
    `logs` those of office hours stay unread: they may be long. Who shows how far they are with
    their `checklists` does so as of `now`, and hackathons are as they are then.
    """
    texts, places = files or {}, channels or {}
    found = [
        season
        for key in wanted
        if (season := _season(books, key, texts.get(key, ()), places.get(key, ""), logs=logs))
    ]
    if checklists is not None and now is not None:
        lists = checklists
        found = [
            replace(s, progress=_progress(books, s, lists.get(s.facts.key, ()), now)) for s in found
        ]
    if now is not None:
        found = [
            replace(s, hackathons=taking_hackathons.every(books, s.facts.key, now)) for s in found
        ]
    return Snapshot(tuple(found))


def _progress(
    books: Books, season: SeasonSnapshot, lists: Sequence[Checklist], now: datetime
) -> tuple[Shown, ...]:
    return tuple(
        Shown(
            one.project.account,
            one.project.number,
            one.project.title,
            tuple(Far(of.title, done, len(of.items)) for of, done in one.lists),
        )
        for one in progress.shown(books, season.facts, lists, now)
    )


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
        tuple(
            Report(r.account, r.number, r.slug, r.week, r.did, r.next, r.stuck, r.link)
            for r in reports.written(books, key, EVERYBODY)
        ),
        projects=_projects(books, facts),
        polls=taking_polls.every(books, key),
    )


def _projects(books: Books, facts: SeasonFacts) -> tuple[Project, ...]:
    """Who stands in for whom just now is of no matter here, so any moment does."""
    found = students.projects(books, facts.key, EVERYBODY, facts.announced_at or facts.since)
    return tuple(Project(p.account, p.number, p.title, p.mentors, p.blog) for p in found)


def _revisions(found: Mapping[str, revisions.Revised]) -> tuple[Revision, ...]:
    return tuple(Revision(name, was.at, was.moves) for name, was in found.items())
