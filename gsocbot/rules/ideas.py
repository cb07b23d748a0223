"""What an idea is, what it lacks, and how a file and the store are brought together."""

import re
import unicodedata
from collections.abc import Sequence
from dataclasses import dataclass, field, fields, replace
from enum import StrEnum

SLUG_LENGTH = 40
CROWD = 3
"""From so many on the number of those who are interested says nothing about any one of them."""

CROWDED = 4
"""So many interested in one idea are many, for one or two of them can work on it."""

SIZES_SINCE = 2021
"""Google's programme has project sizes since this year."""

LEVELS = {
    "easy": ("easy", "beginner", "beginners", "low", "light", "novice", "simple"),
    "medium": ("medium", "intermediate", "moderate", "average"),
    "hard": ("hard", "advanced", "high", "difficult", "expert", "challenging"),
}
SIZE_WORDS = {"small": 90, "short": 90, "medium": 175, "large": 350, "long": 350}
_HOURS = re.compile(
    r"\b(\d{2,3})(?:\b|(?=h(?:(?:ou)?rs?)?\b))(?!\s*(?:weeks?|days?|months?|%))", re.IGNORECASE
)
_WORD = re.compile(r"[a-z]+")


class IdeaState(StrEnum):
    """Where an idea stands; only published and taken ones are shown to everybody."""

    DRAFT = "draft"
    REVIEW = "review"
    PUBLISHED = "published"
    TAKEN = "taken"
    RETIRED = "retired"


PUBLIC = (IdeaState.PUBLISHED, IdeaState.TAKEN)


@dataclass(frozen=True, slots=True)
class IdeaText:
    """An idea as somebody wrote it down, in a file or on IRC; empty means not stated."""

    title: str
    slug: str = ""
    number: int | None = None
    summary: str = ""
    description: str = ""
    outcome: str = ""
    mentors: tuple[str, ...] = ()
    difficulty: str = ""
    levels: tuple[str, ...] = ()
    size: str = ""
    size_hours: tuple[int, ...] = ()
    skills: str = ""
    contact: tuple[str, ...] = ()
    tags: tuple[str, ...] = ()
    org: str = ""
    external_id: str = ""
    state: IdeaState = IdeaState.PUBLISHED


def completed(idea: IdeaText) -> IdeaText:
    """The idea with what follows from what is written: a slug, levels and hours."""
    return replace(
        idea,
        slug=idea.slug or slug_of(idea.title),
        levels=idea.levels or levels_of(idea.difficulty),
        size_hours=idea.size_hours or hours_of(idea.size),
        size=idea.size or " or ".join(f"{h} h" for h in idea.size_hours),
        difficulty=idea.difficulty or " or ".join(idea.levels),
    )


def slug_of(title: str) -> str:
    """A short name that can be said aloud and stands in an address."""
    plain = unicodedata.normalize("NFKD", title).encode("ascii", "ignore").decode().lower()
    slug = re.sub(r"[^a-z0-9]+", "-", plain).strip("-")
    if len(slug) > SLUG_LENGTH:
        slug = slug[: SLUG_LENGTH + 1].rsplit("-", 1)[0][:SLUG_LENGTH].strip("-")
    if not slug:
        return "idea"
    return slug if re.search("[a-z]", slug) else f"idea-{slug}"


def numbered(ideas: Sequence[IdeaText], taken: Sequence[int] = ()) -> list[IdeaText]:
    """The ideas with a number and a slug each, unique; those that bring their own keep them."""
    used = {i.number for i in ideas if i.number is not None} | set(taken)
    free = (n for n in range(1, len(ideas) + len(used) + 2) if n not in used)
    slugs: set[str] = set()
    out = []
    for idea in map(completed, ideas):
        slug, copy = idea.slug, 2
        while slug in slugs:
            slug, copy = f"{idea.slug}-{copy}", copy + 1
        slugs.add(slug)
        number = idea.number if idea.number is not None else next(free)
        out.append(replace(idea, slug=slug, number=number))
    return out


def levels_of(difficulty: str) -> tuple[str, ...]:
    """easy, medium, hard: those that are named; a word we do not know names none."""
    words = set(_WORD.findall(difficulty.lower()))
    return tuple(level for level, names in LEVELS.items() if words.intersection(names))


def hours_of(size: str) -> tuple[int, ...]:
    """The figures that are stated, or what Google's words for sizes stand for."""
    figures = tuple(dict.fromkeys(int(h) for h in _HOURS.findall(size)))
    if figures:
        return figures
    words = _WORD.findall(size.lower())
    return tuple(dict.fromkeys(SIZE_WORDS[w] for w in words if w in SIZE_WORDS))


def missing(idea: IdeaText, year: int) -> list[str]:
    """What Google asks of an idea in a list and this one does not say, in its order.

    Source: "Writing a good ideas list" in Google's mentor guide; sizes since 2021.
    """
    wanted = {
        "description": idea.description or idea.summary,
        "outcome": idea.outcome,
        "skills": idea.skills,
        "mentors": idea.mentors,
        "size": idea.size_hours or year < SIZES_SINCE,
        "difficulty": idea.difficulty,
    }
    return [name for name, there in wanted.items() if not there]


FOLLOWS = {"levels": "difficulty", "size_hours": "size"}
"""Fields that follow from what another one says."""


class Side(StrEnum):
    """Who is right where both have changed the same."""

    FILE = "file"
    HERE = "here"


@dataclass(frozen=True, slots=True)
class Merged:
    """What a three-way compare came to: the idea to keep, and the fields both sides changed."""

    idea: IdeaText
    conflicts: tuple[str, ...] = field(default=())


def merge(base: IdeaText, ours: IdeaText, file: IdeaText, right: Side | None = None) -> Merged:
    """Bring a file and the store together, knowing what was last read from the file.

    Changed in the file only: taken. Changed here only: kept. Changed on both sides and not
    alike: what the side says that is `right`; if neither is, the idea is left alone and the fields
    are named.
    """
    changes: dict[str, object] = {}
    conflicts = []
    for name in (f.name for f in fields(IdeaText)):
        was, here, there = (getattr(side, name) for side in (base, ours, file))
        if there in (was, here):
            continue
        if here == was or right is Side.FILE:
            changes[name] = there
        elif right is None:
            conflicts.append(name)
    if conflicts:
        named = tuple(name for name in conflicts if FOLLOWS.get(name) not in conflicts)
        return Merged(ours, named)
    return Merged(replace(ours, **changes))  # type: ignore[arg-type]


def crowd_words(count: int) -> str:
    """How many are interested, as everybody may know it: few are not counted."""
    if not count:
        return ""
    return f"{count} interested. " if count >= CROWD else "A few interested. "


def is_address(text: str) -> bool:
    """Whether a text is or holds an e-mail address."""
    return bool(re.search(r"\S@\S|\bAT\b|\[at\]", text))


def public_contacts(contacts: Sequence[str]) -> list[str]:
    """The ways to make contact that may be said anywhere: pages and channels, no addresses.

    Whether an address is a list's or a person's cannot be told from the outside.
    """
    return [c for c in contacts if not is_address(c)]
