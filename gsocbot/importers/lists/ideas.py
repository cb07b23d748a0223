"""An idea as it was found in a list, and what became of its fields."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass

from gsocbot.importers.lists.finding import Found
from gsocbot.importers.lists.labels import Family
from gsocbot.importers.lists.meaning import (
    LONGEST_TEXT,
    LONGEST_VALUE,
    UNKNOWN,
    difficulty_of,
    of_family,
    people_of,
    size_of,
)
from gsocbot.importers.lists.part import Part
from gsocbot.importers.lists.people import People, mails_in
from gsocbot.importers.lists.tree import (
    Block,
    Items,
    lines_of,
    shown,
)
from gsocbot.importers.lists.written import Field
from gsocbot.rules.ideas import IdeaState, IdeaText

_CHANNEL = re.compile(
    r"(?<![\w/&#])#[a-z][\w-]{1,40}\b(?![\w-]*/)|\b[\w.-]+@(?:lists?\.)?[\w.-]*(?=\W|$)", re.I
)


@dataclass(frozen=True, slots=True)
class FoundIdea:
    """An idea of a list: what it says, as written, and what that means; empty is not stated."""

    title: str
    place: str
    mentors: tuple[str, ...] = ()
    difficulty: str = ""
    levels: tuple[str, ...] = ()
    size: str = ""
    size_hours: tuple[int, ...] = ()
    skills: str = ""
    description: str = ""
    outcome: str = ""
    contact: tuple[str, ...] = ()
    links: tuple[str, ...] = ()
    tags: tuple[str, ...] = ()
    group: str = ""
    draft: bool = False


def as_idea(found: FoundIdea) -> IdeaText:
    """What a season keeps of an idea that was found; drafts stay drafts."""
    links = tuple(link for link in found.links if link not in found.description)
    more = "\n".join(f"- {link}" for link in links)
    return IdeaText(
        title=found.title,
        description="\n\n".join(filter(None, (found.description, more))),
        outcome=found.outcome,
        mentors=found.mentors,
        difficulty=found.difficulty,
        levels=found.levels,
        size=found.size,
        size_hours=found.size_hours,
        skills=found.skills,
        contact=found.contact,
        tags=found.tags,
        state=IdeaState.DRAFT if found.draft else IdeaState.PUBLISHED,
    )


def understood(found: Found, name: str) -> tuple[FoundIdea, list[str]]:
    """The idea that a part states, and what of it could not be understood."""
    fields = found.fields
    place = f"{name}:{place_of(found)}"
    people = people_of(fields)
    difficulty, levels = difficulty_of(fields, found)
    size, hours = size_of(fields, found)
    outcome = _text(fields, Family.OUTCOME)
    idea = FoundIdea(
        title=found.title,
        place=place,
        mentors=people.names,
        difficulty=difficulty,
        levels=levels,
        size=size,
        size_hours=hours,
        skills=_skills(fields),
        description=_description(found),
        outcome=outcome,
        contact=_contact(fields, people),
        links=_links(found),
        tags=_tags(fields),
        group=found.above[-1] if found.above else "",
        draft=found.draft,
    )
    return idea, list(_notes(idea, people, fields))


def place_of(found: Found) -> int:
    """The line of the title, or the first line that is known."""
    lines = [found.part.title.at, *(f.at for f in found.part.own)]
    return next((at for at in lines if at), 1)


def _skills(fields: list[Field]) -> str:
    parts = []
    for one in of_family(fields, Family.SKILLS):
        items = [b for b in one.value if isinstance(b, Items)]
        text = "; ".join(
            " ".join(shown(item).split())
            for block in items
            for item in block.items
            if shown(item).strip()
        )
        others = " ".join(shown(tuple(b for b in one.value if b not in items)).split())
        whole = "; ".join(filter(None, (others, text)))
        if whole and not UNKNOWN.match(whole):
            parts.append(whole)
    return "; ".join(dict.fromkeys(parts))[:LONGEST_TEXT]


def _text(fields: list[Field], family: Family) -> str:
    texts = (shown(tuple(f.value)).strip() for f in of_family(fields, family))
    return "\n\n".join(t for t in texts if not UNKNOWN.match(t))[:LONGEST_TEXT]


def _description(found: Found) -> str:
    texts = [shown(tuple(found.part.rest))]
    texts.extend(_described(f) for f in found.fields)
    texts.extend(_part_text(p) for p in found.absorbed)
    return "\n\n".join(t.strip() for t in texts if t.strip())[:LONGEST_TEXT]


def _described(one: Field) -> str:
    text = shown(tuple(one.value)).strip()
    if not text or one.family not in (Family.DESCRIPTION, Family.OTHER):
        return ""
    return text if one.family is Family.DESCRIPTION else f"{one.label}: {text}"


def _part_text(part: Part) -> str:
    inner = "\n\n".join(filter(None, (_part_text(p) for p in part.parts)))
    text = "\n\n".join(filter(None, (shown(tuple(part.rest)), inner)))
    return f"{part.title.text}\n\n{text}" if text else ""


def _contact(fields: list[Field], people: People) -> tuple[str, ...]:
    found: dict[str, None] = {}
    for one in of_family(fields, Family.CONTACT):
        for line in lines_of(tuple(one.value)):
            found.update(dict.fromkeys(u.removeprefix("mailto:") for u in line.urls))
            found.update(dict.fromkeys(mails_in(line.text)))
            found.update(
                dict.fromkeys(m[0].strip() for m in _CHANNEL.finditer(line.text[:LONGEST_VALUE]))
            )
    found.update(dict.fromkeys(people.contacts))
    return tuple(found)


def _links(found: Found) -> tuple[str, ...]:
    blocks: list[Block] = list(found.part.rest)
    for one in found.fields:
        blocks.extend(one.value if one.family not in (Family.MENTORS, Family.STUDENT) else [])
    for part in found.absorbed:
        blocks.extend(part.rest)
    urls: dict[str, None] = {}
    for line in lines_of(tuple(blocks)):
        urls.update(dict.fromkeys(u for u in line.urls if u.startswith(("http://", "https://"))))
        urls.update(
            dict.fromkeys(
                u.rstrip(".,;:)") for u in re.findall(r"https?://[^\s<>\"'|]+", line.text)
            )
        )
    urls.update(dict.fromkeys(u for u in found.part.title.urls if u.startswith("http")))
    return tuple(urls)


def _tags(fields: list[Field]) -> tuple[str, ...]:
    tags: dict[str, None] = {}
    for one in of_family(fields, Family.TAGS):
        for line in lines_of(tuple(one.value)):
            tags.update(dict.fromkeys(t.strip(" #[]\"'") for t in re.split(r"[,;]", line.text)))
    return tuple(t for t in tags if t and len(t) <= 80)


def _notes(idea: FoundIdea, people: People, fields: list[Field]) -> Iterable[str]:
    """What an organiser should look at."""
    where = f"{idea.place}: {idea.title}"
    if not idea.mentors:
        yield f"{where}: no mentor is named"
    for entry in people.doubtful[:3]:
        words = " ".join(entry.split())[:60]
        yield f"{where}: “{words}” among the mentors is no name that I can tell"
    if idea.difficulty and not idea.levels:
        yield f"{where}: the difficulty “{idea.difficulty[:60]}” is none of easy, medium, hard"
    if not idea.difficulty:
        yield f"{where}: no difficulty is stated"
    if idea.size and not idea.size_hours:
        yield f"{where}: the size “{idea.size[:60]}” gives no hours"
    if not idea.size:
        yield f"{where}: no size is stated"
