"""Levels and sizes that a question asks for in words."""

import re
from dataclasses import dataclass
from itertools import zip_longest

from gsocbot.rules.search.programme import ASKING

_HOURS = re.compile(r"\b(\d{2,3})\s*-?\s*(?:h|hr|hrs|hour|hours)\b")
_BARE = re.compile(r"\b(90|175|350)\b")
_SPAN = re.compile(r"\b(\d{1,2}|one|two|three|four|five)\s*-?\s*(weeks?|months?)\b")
_FIGURES = {"one": 1, "two": 2, "three": 3, "four": 4, "five": 5}
WEEKS_A_MONTH = 4.3
SIZE_WORDS = {
    "small": (90,),
    "short": (90,),
    "tiny": (90,),
    "medium": (175,),
    "midsize": (175,),
    "large": (350,),
    "long": (350,),
    "big": (350,),
}
LEVEL_WORDS = {
    "easy": "easy",
    "easier": "easy",
    "easiest": "easy",
    "beginner": "easy",
    "beginners": "easy",
    "newbie": "easy",
    "newbies": "easy",
    "noob": "easy",
    "noobs": "easy",
    "newcomer": "easy",
    "newcomers": "easy",
    "starter": "easy",
    "novice": "easy",
    "simple": "easy",
    "medium": "medium",
    "intermediate": "medium",
    "intermediates": "medium",
    "moderate": "medium",
    "hard": "hard",
    "harder": "hard",
    "hardest": "hard",
    "difficult": "hard",
    "advanced": "hard",
    "challenging": "hard",
    "expert": "hard",
    "experts": "hard",
}
_ABOUT_SIZE = frozenset({"size", "sized"})
_ABOUT_LEVEL = frozenset({"level", "difficulty"})
_AROUND = _ABOUT_SIZE | _ABOUT_LEVEL | {"hour", "hours", "hrs", "hr", "h", "week", "weeks", "month"}
_NO_SIZE = frozenset({"language", "scale", "data", "term", "time", "file", "number", "screen"})
"""Before these words large and long say nothing of a project."""

_HIGH_LOW = {"high": "hard", "low": "easy"}
_OF_MANY_THINGS = frozenset(
    {"simple", "advanced", "hard", "small", "short", "tiny", "large", "long", "big"}
)
"""Drives are hard and files are large; so these are wishes only at the end, or of a project."""

_PROJECTS = _ABOUT_SIZE | _ABOUT_LEVEL | ASKING | {"one", "ones", "task", "tasks"}


@dataclass(frozen=True, slots=True)
class Wish:
    """What a question asks of an idea's level and size; nothing asked is empty."""

    levels: frozenset[str] = frozenset()
    hours: frozenset[int] = frozenset()
    words: frozenset[str] = frozenset()

    def __bool__(self) -> bool:
        return bool(self.levels or self.hours)


def wish(text: str, words: list[str]) -> Wish:
    """What is asked, and the words that ask it."""
    levels: set[str] = set()
    hours: set[int] = set()
    used: set[str] = set()
    for figure in [*_HOURS.findall(text), *_BARE.findall(text)]:
        hours.add(int(figure))
        used |= {figure, f"{figure}h", f"{figure}hr", f"{figure}hrs"}
    for figure, unit in _SPAN.findall(text):
        count = _FIGURES.get(figure) or int(figure)
        hours |= _fitting(count if unit.startswith("week") else count * WEEKS_A_MONTH)
        used |= {figure, unit}
    said = set(words)
    for word, after in zip_longest(words, words[1:]):
        if word in _OF_MANY_THINGS and after is not None and not said & _PROJECTS:
            continue
        if word in SIZE_WORDS and after not in _NO_SIZE and (word != "medium" or _size_is(said)):
            hours.update(SIZE_WORDS[word])
        elif word in LEVEL_WORDS:
            levels.add(LEVEL_WORDS[word])
        elif word in _HIGH_LOW and said & _ABOUT_LEVEL:
            levels.add(_HIGH_LOW[word])
        else:
            continue
        used.add(word)
    if levels or hours:
        used |= said & _AROUND
    return Wish(frozenset(levels), frozenset(hours), frozenset(used))


def _size_is(said: set[str]) -> bool:
    """Whether a medium one is of medium size rather than of medium difficulty."""
    return bool(said & _ABOUT_SIZE) and not said & _ABOUT_LEVEL


def _fitting(weeks: float) -> set[int]:
    """A small project takes 8 weeks, the others 12; a large one may take 22."""
    if weeks <= 9:
        return {90}
    return {175, 350} if weeks <= 14 else {350}
