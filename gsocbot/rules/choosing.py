"""Filters of a list of ideas as people type them: tag:net diff:easy size:90 mentor:mira free."""

import re
from dataclasses import dataclass

from gsocbot.rules.ideas import LEVELS, IdeaState, IdeaText, hours_of, levels_of
from gsocbot.talk import Refused

FREE = "free"
NOBODY = frozenset({"none", "nobody", "no"})
"""mentor:none chooses the ideas that still need a mentor."""

_NAMES = {
    "tag": "tag",
    "tags": "tag",
    "diff": "diff",
    "difficulty": "diff",
    "level": "diff",
    "size": "size",
    "hours": "size",
    "mentor": "mentor",
    "mentors": "mentor",
}
_FILTER = re.compile(rf"(?<![\w-])({'|'.join(_NAMES)}):\s*(\S+)", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Chosen:
    """What a list is narrowed to; of one kind any may hold, of different kinds all must."""

    words: str = ""
    tags: tuple[str, ...] = ()
    levels: tuple[str, ...] = ()
    hours: tuple[int, ...] = ()
    mentors: tuple[str, ...] = ()
    free: bool = False


def chosen(text: str) -> Chosen:
    """The filters in a text, and the words that are left; refuses a filter that cannot be."""
    found: dict[str, list[str]] = {"tag": [], "diff": [], "size": [], "mentor": []}
    for name, value in _FILTER.findall(text):
        found[_NAMES[name.lower()]] += [v for v in value.lower().split(",") if v]
    words = _FILTER.sub(" ", text).split()
    # "free" elsewhere is a word like others: free software, free space.
    free = bool(words) and words[-1].lower() == FREE
    return Chosen(
        " ".join(words[:-1] if free else words),
        tuple(found["tag"]),
        tuple(level for value in found["diff"] for level in _levels(value)),
        tuple(hours for value in found["size"] for hours in _hours(value)),
        tuple(value.removeprefix("@") for value in found["mentor"]),
        free,
    )


def fits(wanted: Chosen, idea: IdeaText) -> bool:
    """Whether an idea passes all filters; what it does not state passes none."""
    tags = {tag.lower() for tag in idea.tags}
    return (
        (not wanted.tags or not tags.isdisjoint(wanted.tags))
        and (not wanted.levels or not set(idea.levels).isdisjoint(wanted.levels))
        and (not wanted.hours or not set(idea.size_hours).isdisjoint(wanted.hours))
        and (not wanted.mentors or any(_mentors(name, idea) for name in wanted.mentors))
        and (not wanted.free or idea.state is IdeaState.PUBLISHED)
    )


def _mentors(name: str, idea: IdeaText) -> bool:
    """Whether somebody of this name, or whose name has this word, mentors an idea."""
    if name in NOBODY:
        return not idea.mentors
    return any(name == mentor or name in mentor.split() for mentor in map(str.lower, idea.mentors))


def _levels(value: str) -> tuple[str, ...]:
    found = levels_of(value)
    if not found:
        raise Refused(f'there is no difficulty "{value[:20]}", but {", ".join(LEVELS)}')
    return found


def _hours(value: str) -> tuple[int, ...]:
    found = hours_of(value)
    if not found:
        raise Refused(f'there is no size "{value[:20]}", but 90, 175 and 350 (hours)')
    return found
