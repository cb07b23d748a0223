"""Checklists: whose list is the current one, and how an item is named."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass

from gsocbot.rules.ids import whole_number
from gsocbot.rules.roles import Role
from gsocbot.rules.timeline import Audience
from gsocbot.talk import Refused


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


def whose(roles: Collection[Role]) -> Audience:
    """Which audience's lists somebody works on."""
    if Role.ORGANISER in roles:
        return Audience.ORGANISERS
    return Audience.MENTORS if Role.MENTOR in roles else Audience.STUDENTS


def current_list(
    lists: Sequence[Checklist], audience: Audience, phase: str | None
) -> Checklist | None:
    """The list of an audience in a phase; between phases the first of its lists."""
    of_audience = [c for c in lists if c.audience is audience and c.phases]
    now = [c for c in of_audience if phase in c.phases]
    return next(iter(now or of_audience), None)


def find_item(checklist: Checklist, words: str) -> int:
    """The number (from 1) of the item that somebody means, by number or by words."""
    word = words.lower().removeprefix("item ").strip()
    number = whole_number(word)
    if number is not None:
        if 1 <= number <= len(checklist.items):
            return number
        raise Refused(f"there is no item {number} (1-{len(checklist.items)}). See: !checklist")
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
