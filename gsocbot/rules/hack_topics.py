"""Topics of a hackathon: their titles, the skills they look for, and which one somebody means."""

import re
from collections.abc import Collection, Sequence
from typing import Protocol

from gsocbot.rules.ideas import slug_of
from gsocbot.rules.ids import whole_number
from gsocbot.rules.search.words import folded, terms
from gsocbot.talk import Refused

MOST_TOPICS = 100
"""Of one hackathon; nobody finds anything in more."""

LONGEST_TITLE = 80
LONGEST_SAID = 200
"""Bytes of a title, and of what is done now or next; both are part of one line."""

LONGEST_LINK = 300

MOST_SKILLS = 12
LONGEST_SKILL = 40

NOTHING = frozenset({"-", "nothing", "none", "off", "clear", "clean"})
"""What people say for "no more of that"."""

QUOTES = "\"'“”„‟«»‘’‹›"

_SPLITS = re.compile(r"\s*[,;/|]\s*|\s+(?:and|&)\s+", re.IGNORECASE)
_LISTED = re.compile(r"[,;|]")
_LOOKING = re.compile(
    r"[\s(,.;-]*\b(?:skills?|needs?|wants?|looks? for|looking for)\s*:\s*", re.IGNORECASE
)
_FOR = re.compile(r"\s+for\s+", re.IGNORECASE)
_DOUBLE, _SINGLE = '"“”„‟«»', "'‘’‹›"
_QUOTED = tuple(
    re.compile(rf"[{q}]+\s*(\S.*?)\s*[{q}]+(?=[\s,]|$),?\s*(.*)", re.DOTALL)
    for q in (_DOUBLE, _SINGLE)
)
_BEFORE_SKILLS = re.compile(r"(?:for|skills?|needs?|looking for)?\s*:?\s*", re.IGNORECASE)


class Named(Protocol):
    """What has a number, a slug and a title."""

    number: int
    slug: str
    title: str


# --- titles


def read_title(text: str, known: Collection[str] = ()) -> tuple[str, str]:
    """The title of a new topic and the skills it looks for, with commas between them.

    They stand behind "skills:", behind "for" where they are a list or `known` skills, or behind a
    title in quotes.
    """
    plain = " ".join(text.split())
    if inside := quoted(plain):
        skills = _BEFORE_SKILLS.sub("", inside[1], count=1)
        return checked_title(inside[0]), ", ".join(read_skills(skills))
    if looking := _LOOKING.search(plain):
        head, tail = plain[: looking.start()], plain[looking.end() :].rstrip(")")
        return checked_title(head), ", ".join(read_skills(tail))
    last = next(reversed(list(_FOR.finditer(plain))), None)
    if last is not None:
        tail = plain[last.end() :]
        if _LISTED.search(tail) or any(are_alike(tail, skill) for skill in known):
            return checked_title(plain[: last.start()]), ", ".join(read_skills(tail))
    return checked_title(plain), ""


def checked_title(text: str) -> str:
    """A title as it is kept; refuses none, and too long a one."""
    title = " ".join(text.split()).strip(QUOTES + " .,;:")
    if not any(c.isalnum() for c in title):
        raise Refused("say what it is about: !topic add <title>")
    _check_length(title, LONGEST_TITLE, "a title", "; the rest can be said with !topic now")
    return title


def checked_said(text: str, what: str) -> str:
    """What is done now or next, as it is kept; empty for nothing any more."""
    plain = " ".join(text.split()).strip()
    if plain[:1] in QUOTES and plain[-1:] in QUOTES and len(plain) > 1:
        plain = plain[1:-1].strip()
    if plain.lower() in NOTHING:
        return ""
    if not any(c.isalnum() for c in plain):
        raise Refused(f"say in words {what}")
    _check_length(plain, LONGEST_SAID, "that", "; say it shorter")
    return plain


def quoted(text: str) -> tuple[str, str] | None:
    """What stands in quotes of any kind at the beginning of a text, and the rest."""
    found = next((m for pattern in _QUOTED if (m := pattern.fullmatch(text))), None)
    return (found[1], found[2]) if found else None


def slug_for(title: str) -> str:
    """A short name that can be said aloud: #libvirt-driver."""
    slug = slug_of(title)
    letters = folded(title)
    return slug if any("a" <= c <= "z" for c in letters) else slug.replace("idea", "topic", 1)


def same_title(title: str) -> str:
    """What two titles share that differ only in how they are written."""
    return "".join(c for c in folded(title) if c.isalnum()) or title.casefold()


def _check_length(text: str, most: int, what: str, instead: str) -> None:
    long = len(text.encode())
    if long > most:
        raise Refused(f"{what} has at most {most} bytes, and that has {long}{instead}")


# --- skills


def read_skills(text: str) -> list[str]:
    """Skills as people list them: with commas between them, or else with blanks."""
    plain = " ".join(text.split()).strip(QUOTES + " .,;:")
    parts = _SPLITS.split(plain) if _SPLITS.search(plain) else plain.split()
    words = [part.strip(QUOTES + " .,;:") for part in parts]
    found = {w.casefold(): w for w in reversed(words) if any(c.isalnum() for c in w)}
    skills = list(reversed(found.values()))
    if len(skills) > MOST_SKILLS:
        raise Refused(f"that is {len(skills)} skills; name the {MOST_SKILLS} that matter most")
    for skill in skills:
        if len(skill.encode()) > LONGEST_SKILL:
            raise Refused(f'"{skill[:20]}…" is longer than {LONGEST_SKILL} bytes; with commas '
                          "between them: C, OCaml")  # fmt: skip
    return skills


def are_alike(one: str, other: str) -> bool:
    """Whether two skills are the same, or one names the other more exactly: driver, C drivers."""
    first, second = set(terms(one)), set(terms(other))
    if not first or not second:
        return bool(one) and one.casefold() == other.casefold()
    return first <= second or second <= first


def match(skills: str, wanted: str) -> bool:
    """Whether somebody with these skills has one that is wanted."""
    return any(are_alike(own, other) for own in listed(skills) for other in listed(wanted))


def listed(skills: str) -> list[str]:
    """Skills as they are kept, one by one."""
    return [skill for skill in skills.split(", ") if skill]


# --- which one is meant


def meant(text: str, topics: Sequence[Named]) -> list[int]:
    """The numbers of the topics that words can mean: a number, a slug or its beginning, words."""
    word = " ".join(text.split()).strip(QUOTES + " .,:?").lower().removeprefix("topic ")
    number = whole_number(word)
    if number is not None:
        return [t.number for t in topics if t.number == number]
    slug = "-".join(word.removeprefix("#").split())
    exact = [t.number for t in topics if t.slug == slug]
    begun = [t.number for t in topics if slug and t.slug.startswith(slug)]
    if exact or begun:
        return exact or begun
    wanted = set(terms(word))
    return [t.number for t in topics if wanted and wanted <= set(terms(t.title))]


def meant_by_track(slug: str, topics: Sequence[Named]) -> int | None:
    """The topic of a #slug, by all of it or a beginning that only one has; by its number too."""
    number = whole_number(slug)
    if number is not None:
        return next((t.number for t in topics if t.number == number), None)
    exact = [t.number for t in topics if t.slug == slug]
    begun = exact or [t.number for t in topics if t.slug.startswith(slug)]
    return begun[0] if len(begun) == 1 else None
