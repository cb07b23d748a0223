"""Checklists: whose lists there are, when each is worked on, and how an item is named."""

import re
from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, tzinfo
from enum import Enum

from gsocbot.rules.ids import whole_number
from gsocbot.rules.roles import Role
from gsocbot.rules.timeline import Audience, Deadline, Stretch, current
from gsocbot.talk import Refused

_SIGNED = re.compile(r"[+-]\d{1,9}")
"""No number of an item, and no word of one: -1 is not meant by 3-10 milestones."""

LONGEST_NOTE = 300
"""Bytes of a note on an item; it stands in a line with other words."""


@dataclass(frozen=True, slots=True)
class Item:
    """One thing that can be ticked."""

    key: str
    text: str


@dataclass(frozen=True, slots=True)
class Checklist:
    """What is asked of an audience in some phases of the year."""

    name: str
    title: str
    audience: Audience
    phases: tuple[str, ...]
    items: tuple[Item, ...]

    @property
    def keys(self) -> tuple[str, ...]:
        """Its items, as rows name them."""
        return tuple(item.key for item in self.items)


class Group(Enum):
    """To whom lists are given; students are such only once they are announced."""

    STUDENTS = Audience.STUDENTS
    ORGANISERS = Audience.ORGANISERS
    MENTORS = Audience.MENTORS
    APPLICANTS = "whoever has no other part"


@dataclass(frozen=True, slots=True)
class Year:
    """A season's phases as of a moment, and when Google announces, if that is known."""

    stretches: Sequence[Stretch]
    announced: Deadline | None
    now: datetime


@dataclass(frozen=True, slots=True)
class Window:
    """From when until when a list is worked on."""

    start: Deadline
    end: Deadline

    @property
    def begins_at(self) -> datetime:
        """When it begins."""
        return moment(self.start)

    def is_running(self, now: datetime) -> bool:
        """Whether it has begun and is not over anywhere on earth."""
        return self.begins_at <= now < self.end.passes_at

    def last_day(self, tz: tzinfo) -> date:
        """The day on which it ends, on somebody's clock."""
        return self.end.day or moment(self.end).astimezone(tz).date()


def moment(deadline: Deadline) -> datetime:
    """The moment of a date; a bare day begins with its midnight in UTC."""
    if deadline.at is not None:
        return deadline.at
    assert deadline.day is not None
    return datetime.combine(deadline.day, time(), UTC)


def window(checklist: Checklist, stretches: Iterable[Stretch]) -> Window | None:
    """When a list is worked on: from its first phase until its last one's end."""
    own = [s for s in stretches if s.name in checklist.phases]
    if not own:
        return None
    first = min(own, key=lambda s: moment(s.start))
    return Window(first.start, max(own, key=lambda s: s.end.passes_at).end)


# --- whose lists


def groups(roles: Collection[Role], *, student: bool) -> tuple[Group, ...]:
    """To which groups somebody belongs, the one that asks most of them first."""
    found = [Group.STUDENTS] if student else []
    found += [Group.ORGANISERS] if Role.ORGANISER in roles else []
    found += [Group.MENTORS] if Role.MENTOR in roles else []
    return tuple(found) or (Group.APPLICANTS,)


def of_group(lists: Sequence[Checklist], group: Group, year: Year) -> list[Checklist]:
    """The lists of a group; what begins before the announcement is for those who apply."""
    applies = group is Group.APPLICANTS
    audience = Audience.STUDENTS if applies else group.value
    found = [c for c in lists if c.audience in {audience, Audience.ALL}]
    if audience is not Audience.STUDENTS or year.announced is None:
        return found
    at = moment(year.announced)
    early = [c for c in found if (w := window(c, year.stretches)) and w.begins_at < at]
    early = early or found[:1]
    return early if applies else [c for c in found if c not in early]


def current_lists(
    lists: Sequence[Checklist], own: Sequence[Group], given: Collection[str], year: Year
) -> list[Checklist]:
    """What somebody is to work on now: the lists of the phase, then those that they were given.

    Between phases it is the list that began last, and before all of them the first.
    """
    phase = current(year.stretches, year.now)
    found: list[Checklist] = []
    for group in own:
        of_phases = [c for c in of_group(lists, group, year) if c.phases]
        now = [c for c in of_phases if phase is not None and phase.name in c.phases]
        found += now or _nearest(of_phases, year)
    found += [c for c in lists if c.name in given]
    return list(dict.fromkeys(found))


def _nearest(of_phases: Sequence[Checklist], year: Year) -> list[Checklist]:
    begun = [
        (w.begins_at, -n, c)
        for n, c in enumerate(of_phases)
        if (w := window(c, year.stretches)) and w.begins_at <= year.now
    ]
    return [max(begun)[2]] if begun else list(of_phases[:1])


def all_lists(
    lists: Sequence[Checklist], own: Sequence[Group], given: Collection[str], year: Year
) -> list[Checklist]:
    """All lists that somebody may look at: the current ones first, then past and later ones."""
    found = current_lists(lists, own, given, year)
    for group in own:
        found += of_group(lists, group, year)
    return list(dict.fromkeys(found))


def check_may_give(checklist: Checklist, to: Audience) -> None:
    """Refuse to give people a list that is for others."""
    if checklist.audience not in {to, Audience.ALL}:
        raise Refused(f"{checklist.name} is a list for {checklist.audience}")


# --- items


def find_item(checklist: Checklist, words: str) -> int:
    """The number (from 1) of the item that somebody means, by number or by words."""
    word = words.lower().removeprefix("item ").strip().removeprefix("#")
    number = whole_number(word)
    if number is not None:
        if 1 <= number <= len(checklist.items):
            return number
        raise Refused(f"there is no item {number} (1-{len(checklist.items)}). See: !checklist")
    if _SIGNED.fullmatch(word):
        raise Refused(f"there is no item {word} (1-{len(checklist.items)}). See: !checklist")
    hits = [
        n
        for n, item in enumerate(checklist.items, 1)
        if word == item.key or all(w in item.text.lower() for w in word.split())
    ]
    if len(hits) == 1:
        return hits[0]
    if not hits:
        raise Refused(f"no item of {checklist.name} has those words. See: !checklist")
    few = " · ".join(f"{n} {checklist.items[n - 1].text}" for n in hits[:4])
    raise Refused(f"that could be {few}. Say its number")
