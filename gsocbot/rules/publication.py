"""A year whose dates are not known yet: what the years before it did by then."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from gsocbot.rules.timeline import Deadline

ANNOUNCED, OPENS = "program-announced", "org-applications-open"
PEOPLE = "applications-open"

RECENT = 5
"""Years: how Google did it longer ago tells nothing of the next time."""
MOST = 3
"""So many years are told of."""


@dataclass(frozen=True, slots=True)
class Before:
    """An earlier year: when Google announced it, and from when organisations and people applied."""

    year: int
    announced: date | None
    organisations: date | None
    people: date | None


def before(year: int, timelines: Mapping[int, Sequence[Deadline]]) -> list[Before]:
    """What the last years before a year did, newest first; those that tell nothing are left out."""
    recent = sorted((y for y in timelines if year - RECENT <= y < year), reverse=True)
    told = [Before(y, *(_day(timelines[y], s) for s in (ANNOUNCED, OPENS, PEOPLE))) for y in recent]
    return [b for b in told if b.announced or b.organisations or b.people][:MOST]


def _day(deadlines: Sequence[Deadline], slug: str) -> date | None:
    found = next((d for d in deadlines if d.slug == slug), None)
    return None if found is None else found.at.date() if found.at else found.day
