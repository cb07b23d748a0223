"""Writing an idea: its states and the moves between them, its fields by the words people use."""

import re
from collections.abc import Collection, Sequence
from dataclasses import replace

from gsocbot.rules.ideas import (
    IdeaState,
    IdeaText,
    hours_of,
    levels_of,
    missing,
)
from gsocbot.talk import Refused

MOVES: dict[IdeaState, frozenset[IdeaState]] = {
    IdeaState.DRAFT: frozenset({IdeaState.REVIEW, IdeaState.PUBLISHED, IdeaState.RETIRED}),
    IdeaState.REVIEW: frozenset({IdeaState.DRAFT, IdeaState.PUBLISHED, IdeaState.RETIRED}),
    IdeaState.PUBLISHED: frozenset({IdeaState.TAKEN, IdeaState.RETIRED}),
    IdeaState.TAKEN: frozenset({IdeaState.PUBLISHED, IdeaState.RETIRED}),
    IdeaState.RETIRED: frozenset({IdeaState.DRAFT, IdeaState.PUBLISHED}),
}

_HOW_TO = re.compile(r"!idea\b|<title>", re.IGNORECASE)
"""How to suggest an idea, said back by a bot or copied by a person, and no idea."""

_ODD_CONTACT = re.compile(r"\W*!|(?!https?:|ircs?:|mailto:)[a-z][a-z0-9+.-]*:", re.IGNORECASE)

ADDS = "+"
"""Before a text: it is added to what stands there, for a line of IRC is short."""

_BETWEEN = {"contact": ", ", "tags": ", ", "difficulty": " or ", "size": " or "}
"""What stands between a field and what is added to it, where that is more than a blank."""

LONGEST_TITLE = 120
LONGEST_HEADLINE = 80
"""Bytes of a title that is made of what somebody has said; the rest stands below it."""

FEWEST_WORDS = 3
"""A shorter sentence says too little to be a title alone."""

_SENTENCE_END = re.compile(r"(?<=\w\w[.!?])\s+(?=[A-Z])")
"""Not behind "e.g.", and before another sentence."""

LONGEST_FIELD = 4000
"""Bytes of a field; more is a page, and belongs into the folder."""

FIELDS = {
    "title": "title",
    "summary": "summary",
    "what": "description",
    "description": "description",
    "outcome": "outcome",
    "outcomes": "outcome",
    "skills": "skills",
    "skill": "skills",
    "difficulty": "difficulty",
    "level": "difficulty",
    "diff": "difficulty",
    "size": "size",
    "hours": "size",
    "contact": "contact",
    "tags": "tags",
    "tag": "tags",
}
"""The fields that can be set on IRC, by the words people use for them."""

CALLED = {"description": "what"}
"""What a field is called on IRC, where that is not its name."""

QUESTIONS = {
    "description": "what is it about, in 2 to 5 sentences?",
    "outcome": "what will exist at the end?",
    "skills": "which skills does it need?",
    "mentors": "who could mentor it?",
    "size": "how many hours is it: 90, 175 or 350?",
    "difficulty": "how hard is it: easy, medium or hard?",
}
"""What is asked of whoever proposes an idea, one thing at a time."""


def check_move(idea: IdeaText, to: IdeaState) -> None:
    """Refuse a move that there is not."""
    if idea.state is to:
        raise Refused(f"{idea.number} {idea.slug} is {to} already")
    if to not in MOVES[idea.state]:
        raise Refused(f"{idea.number} {idea.slug} is {idea.state}; it cannot become {to}")


def check_publishable(idea: IdeaText) -> None:
    """Refuse to show everybody an idea that nobody would mentor, or that they see as taken."""
    if idea.state is IdeaState.TAKEN:
        raise Refused(f"{idea.number} {idea.slug} is taken; free it: !idea free {idea.number}")
    if not idea.mentors:
        raise Refused(
            f"{idea.number} {idea.slug} has no mentor, and nobody should propose what nobody "
            f"mentors: !idea mentor {idea.number} add <mentor>"
        )


def titled(title: str) -> str:
    """A title as it is kept; refuses one that is none."""
    plain = " ".join(title.split()).strip("\"'“”.")
    if not any(c.isalnum() for c in plain) or _HOW_TO.search(plain):
        raise Refused("that is no title")
    if len(plain.encode()) > LONGEST_TITLE:
        raise Refused(f"a title has at most {LONGEST_TITLE} bytes; the rest goes into: what")
    return plain


def headline(text: str) -> str:
    """A title for what somebody has said: its first sentence, or as much of it as a title holds."""
    plain = " ".join(text.split())
    first = _SENTENCE_END.split(plain, 1)[0]
    plain = first if len(first.split()) >= FEWEST_WORDS else plain
    if len(plain.encode()) > LONGEST_HEADLINE:
        plain = plain.encode()[:LONGEST_HEADLINE].decode(errors="ignore")
        plain = (plain.rsplit(" ", 1)[0] if " " in plain else plain).rstrip(" ,;:-") + "…"
    return titled(plain)


def with_field(idea: IdeaText, word: str, text: str) -> IdeaText:
    """The idea with a field set; refuses fields there are not, and values that say nothing."""
    field = FIELDS.get(word.lower().rstrip(":"))
    if field is None:
        raise Refused(f'an idea has no "{word[:30]}", but {", ".join(settable())}')
    text = _added(idea, field, " ".join(text.split()))
    if len(text.encode()) > LONGEST_FIELD:
        raise Refused(f"that is more than {LONGEST_FIELD} bytes; write it into the idea's file")
    if field == "title":
        return replace(idea, title=titled(text))
    if not any(c.isalnum() for c in text):
        raise Refused("that says nothing")
    if field == "difficulty":
        levels = levels_of(text)
        if not levels:
            raise Refused("a difficulty is easy, medium or hard")
        return replace(idea, difficulty=text, levels=levels)
    if field == "size":
        hours = hours_of(text)
        if not hours:
            raise Refused("a size is 90, 175 or 350 hours")
        return replace(idea, size=text if not text.isdigit() else f"{text} h", size_hours=hours)
    if field in {"contact", "tags"}:
        parts = tuple(dict.fromkeys(p.strip() for p in text.split(",") if p.strip()))
        if any(_ODD_CONTACT.match(part) for part in parts):
            raise Refused("write addresses that begin with https://, channels, or plain words")
        return replace(idea, **{field: parts})  # type: ignore[arg-type]
    return replace(idea, **{field: text})  # type: ignore[arg-type]


def _added(idea: IdeaText, field: str, text: str) -> str:
    """The text, behind what stands there if it begins with a plus."""
    if not text.startswith(ADDS):
        return text
    more = text.removeprefix(ADDS).strip()
    if not more:
        raise Refused(f"there is nothing behind the {ADDS}")
    stands = getattr(idea, field)  # as it stands: a file's text has paragraphs
    parts = list(stands) if isinstance(stands, tuple) else [stands] if stands else []
    return _BETWEEN.get(field, " ").join([*parts, more])


def settable() -> list[str]:
    """The fields that can be set, as they are called on IRC."""
    return [CALLED.get(field, field) for field in dict.fromkeys(FIELDS.values())]


def with_mentor(idea: IdeaText, mentor: str) -> IdeaText:
    """The idea with one mentor more; refuses one that it has."""
    if mentor.lower() in (m.lower() for m in idea.mentors):
        raise Refused(f"{mentor} mentors {idea.number} already")
    return replace(idea, mentors=(*idea.mentors, mentor))


def without_mentor(idea: IdeaText, mentor: str) -> IdeaText:
    """The idea with one mentor less; refuses one that it has not."""
    left = tuple(m for m in idea.mentors if m.lower() != mentor.lower())
    if len(left) == len(idea.mentors):
        raise Refused(f"{mentor} does not mentor {idea.number}")
    return replace(idea, mentors=left)


def is_mentor_of(idea: IdeaText, account: str) -> bool:
    """Whether an account is among an idea's mentors."""
    return account.lower() in (m.lower() for m in idea.mentors)


def gaps(idea: IdeaText, year: int) -> list[str]:
    """What an idea lacks, as it is called on IRC."""
    return [CALLED.get(name, name) for name in missing(idea, year)]


def question(idea: IdeaText, year: int) -> tuple[str, str] | None:
    """What to ask next of whoever proposes an idea: (field, question); None if nothing is left.

    Mentors are left out: an organiser names them.
    """
    for name in missing(idea, year):
        if name in QUESTIONS and name != "mentors":
            return CALLED.get(name, name), QUESTIONS[name]
    return None


def after_change(idea: IdeaText, year: int) -> IdeaText:
    """A draft that lacks nothing but a mentor is up for review; one that lacks something is not."""
    lacks: Collection[str] = set(missing(idea, year)) - {"mentors"}
    if idea.state is IdeaState.DRAFT and not lacks:
        return replace(idea, state=IdeaState.REVIEW)
    if idea.state is IdeaState.REVIEW and lacks:
        return replace(idea, state=IdeaState.DRAFT)
    return idea


def totals(ideas: Sequence[IdeaText], year: int) -> tuple[int, int]:
    """How many ideas are complete, of how many that are not retired."""
    alive = [idea for idea in ideas if idea.state is not IdeaState.RETIRED]
    return sum(not missing(idea, year) for idea in alive), len(alive)
