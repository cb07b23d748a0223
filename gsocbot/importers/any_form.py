"""Ideas in our own form or in any in which organisations keep theirs; for the command line.

Apart from `ideas.py`, because the parsers of all these forms take a while to import.
"""

import json
from collections.abc import Iterable, Iterator
from dataclasses import fields
from pathlib import Path

from gsocbot.importers.faults import Faults, Unreadable
from gsocbot.importers.files import read_text
from gsocbot.importers.front_matter import FENCE, divided
from gsocbot.importers.ideas import SUFFIXES, files_of_ideas, read_ideas
from gsocbot.importers.lists import ListRead, as_idea, read_folder, read_list
from gsocbot.importers.lists.formats import SUFFIXES as OTHERS
from gsocbot.importers.lists.front import divided as fronted
from gsocbot.importers.lists.tree import Pair
from gsocbot.rules.ideas import IdeaText

_OURS = {*(field.name for field in fields(IdeaText)), "id"}
"""The names of fields in our own form."""


def read_any(path: Path) -> tuple[list[IdeaText], tuple[str, ...]]:
    """The ideas of a file or folder, and in words what was not understood. Raises Unreadable."""
    if path.is_file() and path.suffix.lower() not in {*SUFFIXES, *OTHERS}:
        known = ", ".join(sorted({*SUFFIXES, *OTHERS}))
        raise Unreadable(f"{path}: ideas are read from a folder or from {known}")
    if not path.exists():
        return read_ideas(path), ()
    ours: list[IdeaText] | Unreadable = []
    if _may_be_ours(path):
        ours = _read(path)
        foreign = any(name not in _OURS for name in _names(path))
        if isinstance(ours, list) and (not ours or (not foreign and _facts(ours))):
            return ours, ()
        if isinstance(ours, Unreadable) and not foreign and _is_surely_ours(path):
            raise ours
    try:
        found = _found(path)
    except Unreadable:
        if isinstance(ours, list) and ours:
            return ours, ()
        raise
    ideas = [as_idea(idea) for idea in found.ideas]
    if isinstance(ours, list) and ours and _facts(ours) >= _facts(ideas):
        return ours, ()
    if not found.ideas:
        # Then what our own form says of it is the better word; a page without fields is one idea.
        return read_ideas(path), found.notes
    return ideas, found.notes


def _found(path: Path) -> ListRead:
    return read_folder(path) if path.is_dir() else read_list(path.name, _text(path))


def _facts(ideas: Iterable[IdeaText]) -> int:
    """How often it is said who mentors an idea, how hard or how large it is."""
    return sum(
        bool(i.mentors) + bool(i.levels or i.difficulty) + bool(i.size_hours or i.size)
        for i in ideas
    )


def _names(path: Path) -> Iterator[str]:
    """The names of the fields on top of Markdown files, or of the objects in JSON."""
    if path.is_dir():
        for file in files_of_ideas(path, Faults()):
            yield from _names(file)
    elif path.suffix.lower() == ".md":
        yield from (pair.label.text for pair in _front(path))
    else:
        for item in _items(path):
            yield from (str(name) for name in item)


def _front(path: Path) -> tuple[Pair, ...]:
    try:
        return fronted(path.name, _text(path).lstrip("\ufeff"))[0]
    except Unreadable:
        return ()


def _items(path: Path) -> list[dict[str, object]]:
    """The objects of a JSON list, or of lines that are an object each; none of anything else."""
    text = _text(path)
    try:
        if path.suffix.lower() == ".jsonl":
            items = [json.loads(line) for line in text.split("\n") if line.strip()]
        else:
            items = json.loads(text)
    except (ValueError, RecursionError):
        return []
    items = items.get("ideas") if isinstance(items, dict) else items
    return [i for i in items if isinstance(i, dict)] if isinstance(items, list) else []


def _read(path: Path) -> list[IdeaText] | Unreadable:
    try:
        return read_ideas(path)
    except Unreadable as unreadable:
        return unreadable


def _text(path: Path) -> str:
    faults = Faults()
    text = read_text(path, faults)
    faults.raise_any()
    return text or ""


def _may_be_ours(path: Path) -> bool:
    """Whether each Markdown file has fields on top; JSON is tried first in our own form."""
    if path.is_dir():
        files = files_of_ideas(path, Faults())
        return bool(files) and all(map(_may_be_ours, files))
    if path.suffix.lower() == ".md":
        return _text(path).lstrip("\ufeff").startswith(FENCE)
    return path.suffix.lower() in SUFFIXES


def _is_surely_ours(path: Path) -> bool:
    """Whether its faults in our own form are to be told, rather than another form be tried."""
    if path.is_dir():
        return False
    text = _text(path)
    if path.suffix.lower() == ".md":
        return divided(text)[1] is None
    try:
        json.loads(text)
    except (ValueError, RecursionError):
        return True
    return any("title" in item for item in _items(path))
