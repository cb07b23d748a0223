"""Levels and sizes that a question asks for in words, and whether there is to be a mentor."""

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from itertools import zip_longest

from gsocbot.rules.search.commonness import is_everyday
from gsocbot.rules.search.negation import turned_down
from gsocbot.rules.search.programme import ASKING
from gsocbot.rules.search.words import CHATTER, STOP_WORDS, folded, raw_words, stemmer

LEVELS = frozenset({"easy", "medium", "hard"})
SIZES = (90, 175, 350)
"""Hours that the programme has projects of."""

FEWEST_HOURS, MOST_HOURS = 60, 600
"""Who names fewer hours means those of a day or a week; more is no size either."""

_HOURS = re.compile(
    r"(?:\b(?P<most>under|below|(?:less|fewer|n\w+ more) than|at most|max|maximum|up to|within)"
    r"|\b(?P<least>over|above|more than|at least|min|minimum))?"
    r"[\s~<>]*\b(?P<figure>\d{2,3})\s*-?\s*(?:h|hr|hrs|hour|hours)\b"
)
_BARE = re.compile(r"\b(90|175|350)\b")
_LIMITING_WORDS = (
    "under below less fewer more than at most least max maximum min minimum up to over above about "
    "around roughly approximately approx circa nearly almost within or total altogether"
)
_LIMITS = frozenset(_LIMITING_WORDS.split())
"""Words around hours that are no words of an idea then."""
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

_CLOSING = frozenset(
    {"please", "pls", "plz", "thanks", "thx", "sir", "and", "but", "or", "if", "for", "only"}
)
"""After these, what a word is about has ended."""

_PROJECTS = _ABOUT_SIZE | _ABOUT_LEVEL | ASKING | {"one", "ones", "task", "tasks"}


_MENTORS = frozenset({"mentor", "mentors"})
_HAVING = frozenset({"with", "has", "have", "having"})
_LACKING = frozenset({"needs", "need", "lacks", "lack", "lacking", "missing", "wants", "seeks"})
_ARTICLES = frozenset({"a", "an", "any", "the", "some"})
_NO_MENTOR = frozenset({"unmentored", "mentorless"})


@dataclass(frozen=True, slots=True)
class Wish:
    """What a question asks of an idea's level, size and mentors; nothing asked is empty.

    `mentored` is whether it has to have a mentor; `words` are those by which all this is asked.
    """

    levels: frozenset[str] = frozenset()
    hours: frozenset[int] = frozenset()
    words: frozenset[str] = frozenset()
    mentored: bool | None = None

    def __bool__(self) -> bool:
        return bool(self.levels or self.hours) or self.mentored is not None


def wish(text: str, words: Sequence[str]) -> Wish:
    """What is asked, and the words that ask it."""
    refused = {no.place: no.by for no in turned_down(words)}
    levels, no_levels = set[str](), set[str]()
    hours, used = _in_figures(text, {words[n] for n in refused})
    no_hours = set[int]()
    said = set(words)
    for n, (word, after) in enumerate(zip_longest(words, words[1:])):
        level, sizes = _meant(word, after, said, refused=n in refused)
        if not level and not sizes:
            continue
        (no_levels if n in refused else levels).update(level)
        (no_hours if n in refused else hours).update(sizes)
        used |= {word, *(words[by] for by in refused.get(n, ()))}
    if no_levels:
        levels = (levels or set(LEVELS)) - no_levels
    if no_hours:
        hours = (hours or set(SIZES)) - no_hours
    if levels or hours:
        used |= said & _AROUND
    mentored, by = _mentored(words, refused)
    return Wish(frozenset(levels), frozenset(hours), frozenset(used | by), mentored)


def wished(text: str) -> tuple[str, ...]:
    """The words of a text that ask for a level, a size or a mentor, or turn something down."""
    plain, words = folded(text), raw_words(text)
    asked = wish(plain, words)
    refused = {
        n
        for no in turned_down(words)
        if no.firm and may_be_a_skill(words[no.place])
        for n in (*no.by, no.place)
    }
    return tuple(w for n, w in enumerate(words) if w in asked.words or n in refused)


def may_be_a_skill(word: str) -> bool:
    """Whether a word is more than talk and everyday English."""
    return word not in STOP_WORDS | CHATTER and not is_everyday(stemmer()(word))


def _in_figures(text: str, refused: set[str]) -> tuple[set[int], set[str]]:
    """The sizes that are named in hours, weeks and months, and the words for it."""
    hours: set[int] = set()
    used: set[str] = set()
    limited = False
    for match in _HOURS.finditer(text):
        figure = int(match["figure"])
        if FEWEST_HOURS <= figure <= MOST_HOURS:
            limited = limited or bool(match["most"] or match["least"])
            hours |= _sizes(figure, most=bool(match["most"]), least=bool(match["least"]))
        used |= _spellings(figure)
    for bare in _BARE.findall(text):
        hours |= set() if limited else {int(bare)}
        used |= _spellings(int(bare))
    for figure_, unit in _SPAN.findall(text):
        count = _FIGURES.get(figure_) or int(figure_)
        hours |= _fitting(count if unit.startswith("week") else count * WEEKS_A_MONTH)
        used |= {figure_, unit}
    if any(_spellings(size) & refused for size in hours):
        hours = set(SIZES) - hours
    return hours, used | (_LIMITS if hours else set())


def _sizes(figure: int, *, most: bool, least: bool) -> set[int]:
    """The sizes up to some hours, or from them on, or else the one that is nearest."""
    fitting = {s for s in SIZES if (most and s <= figure) or (least and s >= figure)}
    return fitting or {min(SIZES, key=lambda size: abs(size - figure))}


def _spellings(figure: int) -> set[str]:
    return {f"{figure}{unit}" for unit in ("", "h", "hr", "hrs")}


def _meant(
    word: str, after: str | None, said: set[str], *, refused: bool
) -> tuple[Iterable[str], Iterable[int]]:
    """The level or the sizes that a word means where it stands."""
    loose = word in _OF_MANY_THINGS and after is not None and after not in _CLOSING
    if loose and not refused and not said & _PROJECTS:
        return (), ()
    if word in SIZE_WORDS and after not in _NO_SIZE and (word != "medium" or _size_is(said)):
        return (), SIZE_WORDS[word]
    if word in LEVEL_WORDS:
        return (LEVEL_WORDS[word],), ()
    if word in _HIGH_LOW and said & _ABOUT_LEVEL:
        return (_HIGH_LOW[word],), ()
    return (), ()


def _mentored(
    words: Sequence[str], refused: dict[int, tuple[int, ...]]
) -> tuple[bool | None, set[str]]:
    """Whether there has to be a mentor, and the words that ask it."""
    for n, word in enumerate(words):
        if word in _NO_MENTOR:
            return False, {word}
        if word not in _MENTORS:
            continue
        if n in refused:
            return False, {word, *(words[by] for by in refused[n])}
        before = n - 1
        while before >= 0 and words[before] in _ARTICLES:
            before -= 1
        if before >= 0 and words[before] in _HAVING | _LACKING:
            return words[before] in _HAVING, {word, words[before]}
    return None, set()


def _size_is(said: set[str]) -> bool:
    """Whether a medium one is of medium size rather than of medium difficulty."""
    return bool(said & _ABOUT_SIZE) and not said & _ABOUT_LEVEL


def _fitting(weeks: float) -> set[int]:
    """A small project takes 8 weeks, the others 12; a large one may take 22."""
    if weeks <= 9:
        return {90}
    return {175, 350} if weeks <= 14 else {350}
