"""Help tickets of a hackathon: how they are written, and who may be of help with one."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import timedelta

from gsocbot.rules.hack_topics import listed
from gsocbot.rules.ids import whole_number
from gsocbot.rules.search.words import terms
from gsocbot.talk import Refused

LONGEST_TEXT = 250
"""Bytes of a problem; the rest is better told to whoever comes."""

MOST_OPEN = 3
"""So many tickets of one person wait at a time."""

MOST_TOLD = 5
"""Nobody needs more helpers than this, and no channel more noise."""

USEFUL = timedelta(hours=4)
"""How long it is worth telling somebody that another one is stuck."""

SHORT = 60
"""Bytes of a problem in a list."""

_IN_WORDS = ("nobody", "one", "two", "three", "four", "five")


@dataclass(frozen=True, slots=True)
class Person:
    """Somebody who takes part: their skills, and whether they are there and on the same topic."""

    network: str
    account: str
    skills: str
    is_there: bool
    on_topic: bool
    is_mentor: bool


def worded(text: str) -> str:
    """A problem as it is kept; refuses one that says nothing, or is too long for a line."""
    plain = " ".join(text.split())
    if not any(map(str.isalnum, plain)):
        raise Refused("say where you are stuck: !stuck <problem>")
    if len(plain.encode()) > LONGEST_TEXT:
        raise Refused(
            f"say it in {LONGEST_TEXT} bytes; the rest you tell whoever comes: !stuck <problem>"
        )
    return plain


def is_ticket(word: str) -> bool:
    """Whether a word is the name of a ticket: h3."""
    return word[:1] in {"h", "H"} and whole_number(word[1:]) is not None


def number_of(word: str) -> int:
    """The number of a ticket as people write it: h3, H3, 3, #3. Refuses anything else."""
    number = whole_number(word.lower().removeprefix("h"))
    if number is None:
        raise Refused(f'"{word[:20]}" is no ticket; write it like h3. All: !stuck')
    return number


def check_may_ask(waiting: int) -> None:
    """Refuse one ticket too many of the same person."""
    if waiting >= MOST_OPEN:
        raise Refused(f"{MOST_OPEN} tickets of yours are open; first come those: !stuck")


def helpers(problem: str, people: Sequence[Person]) -> list[Person]:
    """Who is told of a problem: who is there and knows of it or works on the same; else mentors.

    Those who know most of it come first, and of these who came first.
    """
    words = set(terms(problem))
    knows = {p.account: _known(p.skills, words) for p in people}
    able = [p for p in people if p.is_there and (knows[p.account] or p.on_topic)]
    if not able:
        able = sorted((p for p in people if p.is_mentor), key=lambda p: not p.is_there)
    else:
        able.sort(key=lambda p: (-knows[p.account], not p.on_topic))
    return able[:MOST_TOLD]


def _known(skills: str, words: Collection[str]) -> int:
    """How many of somebody's skills a problem speaks of, each with all of its words."""
    parts = [set(terms(skill)) for skill in listed(skills)]
    return sum(bool(part) and part <= set(words) for part in parts)


def told(count: int) -> str:
    """Two helpers are told"""
    if not count:
        return "Nobody is known to help with that yet; who looks at !stuck sees it"
    them = "helpers are" if count > 1 else "helper is"
    return f"{_IN_WORDS[count].capitalize()} {them} told"
