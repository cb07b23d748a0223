"""What came of a hackathon in numbers, on one of its days or on all of them; no names."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime

from sqlalchemy import bindparam
from sqlalchemy import select as columns
from sqlmodel import col

from gsocbot.store.books import Books
from gsocbot.store.hackathon_tables import (
    Demo,
    Hackathon,
    Hacker,
    HackTopic,
    Outcome,
    Thanks,
    Ticket,
)
from gsocbot.store.hackathons import days_of
from gsocbot.store.tables import Idea

_IDEAS = columns(col(Idea.id), col(Idea.number)).where(
    col(Idea.id).in_(bindparam("ideas", expanding=True))
)


@dataclass(frozen=True, slots=True)
class Counts:
    """How many of each. Of a day, `people` are those who were heard on it, as known until the
    next; `moved` topics have said what they do, ended, or had an outcome.

    `ideas` are outcomes that became one, `born` the numbers of these ideas.
    """

    people: int
    affiliations: int
    countries: int
    topics: int
    moved: int
    demos: int
    tickets: int
    outcomes: int
    ideas: int
    born: tuple[int, ...]
    thanks: int


def counts(books: Books, hackathon: Hackathon, day: date | None = None) -> Counts:
    """What came of one of its days, of all without a day; a night belongs to the day before it."""
    days, of = days_of(hackathon), {"hackathon": hackathon.id}

    def on(at: datetime | None) -> bool:
        return at is not None and (day is None or days.day_at(at) == day)

    people = [h for h in books.every(Hacker, **of) if day is None or h.seen_on == day]
    topics = books.every(HackTopic, **of)
    outcomes = [o for o in books.every(Outcome, **of) if on(o.at)]
    fruitful = {o.topic for o in outcomes}
    ideas = [o.idea for o in outcomes if o.idea is not None]
    born = {r.id: r.number for r in books.rows(_IDEAS, {"ideas": ideas})} if ideas else {}
    return Counts(
        people=len(people),
        affiliations=_different(h.affiliation for h in people),
        countries=_different(h.country for h in people),
        topics=sum(day is None or days.day_at(t.at) <= day for t in topics),
        moved=sum(on(t.now_at) or on(t.ended_at) or t.number in fruitful for t in topics),
        demos=sum(on(d.started_at or d.done_at) for d in books.every(Demo, **of)),
        tickets=sum(on(t.solved_at) for t in books.every(Ticket, **of)),
        outcomes=len(outcomes),
        ideas=len(ideas),
        born=tuple(born[idea] for idea in dict.fromkeys(ideas) if idea in born),
        thanks=sum(on(t.at) for t in books.every(Thanks, **of)),
    )


def _different(words: Iterable[str]) -> int:
    """How many different ones there are, however they are written; what is empty is none."""
    return len({" ".join(word.casefold().split()) for word in words} - {""})
