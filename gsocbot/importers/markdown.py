"""An idea as a Markdown file: its fields in YAML on top, its description below."""

import re
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import yaml

from gsocbot.importers.faults import Faults, Place
from gsocbot.importers.fields import Fields, is_slug
from gsocbot.importers.files import read_text
from gsocbot.importers.front_matter import FENCE, divided, fields_of
from gsocbot.importers.idea_fields import stated
from gsocbot.importers.texts import clean, many_lines, one_line
from gsocbot.rules.ideas import IdeaText, hours_of, levels_of, slug_of

LONGEST_SKILL = 40
"""Skills with longer parts are prose, and stay one text when they are written."""

_MARKS = re.compile(r" {0,3}#{1,6}[ \t]")
_UNDERLINE = re.compile(r" {0,3}(?:=+|-+)[ \t]*")
_CODE = re.compile(r" {0,3}(```|~~~)")


def read_markdown(path: Path, faults: Faults) -> IdeaText | None:
    """The idea in a file; None with a fault.

    A file without fields on top is one idea too: its first heading is the title.
    """
    text = read_text(path, faults)
    if text is None:
        return None
    before = faults.count
    idea = _idea(clean(text), path, faults)
    if idea is None or faults.count > before:
        return None
    stem = one_line(path.stem)
    return replace(idea, slug=idea.slug or (stem if is_slug(stem) else slug_of(stem)))


def write_idea(idea: IdeaText, stem: str = "") -> str:
    """The file for an idea; read again it gives an equal one.

    Empty fields are left out, and so are levels and hours that follow from the words, and the
    slug if it is the file's `stem`. Control characters are lost.
    """
    lines = [f"{name}: {value}" for name, value in _written(idea, stem)]
    top = "\n".join([FENCE, *lines, FENCE])
    description = many_lines(idea.description)
    return f"{top}\n\n{description}\n" if description else f"{top}\n"


def _idea(text: str, path: Path, faults: Faults) -> IdeaText | None:
    block, below = divided(text)
    if below is None:
        faults.add(Place(path, 1), "the block that begins here has no end; write --- below it")
        return None
    if block is None:
        return _of_heading(below, path, faults)
    fields = fields_of(block, path, faults)
    return _of_fields(fields, below) if fields else None


def _of_fields(fields: Fields, below: str) -> IdeaText:
    idea = stated(fields)
    fields.refuse_others()
    return replace(
        idea,
        description=many_lines(below),
        levels=idea.levels if "levels" in fields.values else levels_of(idea.difficulty),
        size_hours=idea.size_hours if "size_hours" in fields.values else hours_of(idea.size),
    )


def _of_heading(text: str, path: Path, faults: Faults) -> IdeaText | None:
    lines = text.split("\n")
    for first, after, title in _headings(lines):
        below = "\n".join([*lines[:first], *lines[after:]])
        return IdeaText(title=title, description=many_lines(below))
    faults.add(Place(path, 1), "there is no title; write --- and title: … on top, or a heading")
    return None


def _headings(lines: list[str]) -> Iterator[tuple[int, int, str]]:
    """Each heading: its first line, the line behind it, its text."""
    fence = ""
    for n, line in enumerate(lines):
        code = _CODE.match(line)
        if code and fence in {"", code[1]}:
            fence = "" if fence else code[1]
        elif not fence:
            marks = _MARKS.match(line)
            title = _unmarked(line[marks.end() :]) if marks else ""
            if title:
                yield n, n + 1, title
            elif line.strip() and n + 1 < len(lines) and _UNDERLINE.fullmatch(lines[n + 1]):
                yield n, n + 2, one_line(line)


def _unmarked(title: str) -> str:
    """The text of a heading, without the marks that may close it."""
    words = one_line(title).split(" ")
    return " ".join(words[:-1] if not words[-1].strip("#") else words)


def _written(idea: IdeaText, stem: str) -> Iterator[tuple[str, str]]:
    values: dict[str, object] = {
        "number": idea.number,
        "title": one_line(idea.title),
        "slug": "" if idea.slug == stem else one_line(idea.slug),
        "summary": one_line(idea.summary),
        "mentors": _items(idea.mentors),
        "difficulty": one_line(idea.difficulty),
        "levels": _unless(idea.levels, levels_of(one_line(idea.difficulty))),
        "size": one_line(idea.size),
        "size_hours": _unless(idea.size_hours, hours_of(one_line(idea.size))),
        "skills": _skills(one_line(idea.skills)),
        "outcome": many_lines(idea.outcome),
        "tags": _items(idea.tags),
        "contact": _items(idea.contact),
        "org": one_line(idea.org),
        "id": one_line(idea.external_id),
        "state": str(idea.state),
    }
    stays_empty = {"levels", "size_hours"}
    for name, value in values.items():
        if value is not None and (value not in ("", []) or name in stays_empty):
            yield name, _yaml(value)


def _items(texts: tuple[str, ...]) -> list[str]:
    return [text for text in map(one_line, texts) if text]


def _unless(values: tuple[object, ...], follow: tuple[object, ...]) -> list[object] | None:
    """Values as a list, an empty one too, unless they follow from what else is written."""
    return None if values == follow else list(values)


def _skills(skills: str) -> str | list[str]:
    parts = skills.split(", ")
    return parts if all(p and len(p) <= LONGEST_SKILL for p in parts) else skills


def _yaml(value: object) -> str:
    """A value on one line of YAML; double quotes are the ones that need no second line."""
    text = _dumped(value, None)
    if isinstance(value, str) and ("\n" in text or text.startswith("'")):
        return _dumped(value, '"')
    return text


def _dumped(value: object, style: str | None) -> str:
    text: str = yaml.safe_dump(
        value,
        width=float("inf"),
        allow_unicode=True,
        default_flow_style=True,
        default_style=style,
    )
    return text.removesuffix("\n").removesuffix("\n...")
