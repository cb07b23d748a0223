"""What the pages show, read once and then independent of the store."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime

from gsocbot.rules.ideas import IdeaText
from gsocbot.rules.recurrence import Weekly
from gsocbot.rules.timeline import Deadline, Phase
from gsocbot.store import ideas, office, questions, seasons
from gsocbot.store.books import Books
from gsocbot.store.seasons import SeasonFacts


@dataclass(frozen=True, slots=True)
class Said:
    """A line of an office hour; the account that said it stays in the store."""

    at: datetime
    nick: str
    text: str
    action: bool = False


@dataclass(frozen=True, slots=True)
class Session:
    """An office hour that was held; `copy` tells several of one day apart, from 1."""

    day: date
    copy: int
    title: str
    channel: str
    started_at: datetime
    ended_at: datetime
    lines: tuple[Said, ...] = ()


@dataclass(frozen=True, slots=True)
class Asked:
    """A question and, once there is one, its answer; who asked stays in the store."""

    number: int
    text: str
    at: datetime
    idea: int | None = None
    answer: str = ""
    answered_at: datetime | None = None


@dataclass(frozen=True, slots=True)
class SeasonSnapshot:
    """One season as everybody may see it; sessions stand newest first."""

    facts: SeasonFacts
    ideas: tuple[IdeaText, ...] = ()
    deadlines: tuple[Deadline, ...] = ()
    phases: tuple[Phase, ...] = ()
    series: tuple[tuple[str, Weekly], ...] = ()
    sessions: tuple[Session, ...] = ()
    questions: tuple[Asked, ...] = ()


@dataclass(frozen=True, slots=True)
class Snapshot:
    """Everything that one build shows."""

    seasons: tuple[SeasonSnapshot, ...] = ()


def take(books: Books, wanted: Sequence[str]) -> Snapshot:
    """Read the wanted seasons; those that the store does not know are left out."""
    found = (_season(books, key) for key in wanted)
    return Snapshot(tuple(s for s in found if s is not None))


def _season(books: Books, key: str) -> SeasonSnapshot | None:
    facts = seasons.season(books, key)
    if facts is None:
        return None
    return SeasonSnapshot(
        facts,
        tuple(kept.text for kept in ideas.public(books, key)),
        tuple(seasons.deadlines(books, key)),
        tuple(seasons.phases(books, key)),
        tuple(seasons.series(books, key).items()),
        _sessions(books, key),
        tuple(
            Asked(q.number, q.text, q.at, q.idea, q.answer, q.answered_at)
            for q in questions.public(books, key)
        ),
    )


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
