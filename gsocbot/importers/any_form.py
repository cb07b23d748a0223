"""Ideas in our own form or in any in which organisations keep theirs; for the command line.

Apart from `ideas.py`, because the parsers of all these forms take a while to import.
"""

import json
from pathlib import Path

from gsocbot.importers.faults import Faults, Unreadable
from gsocbot.importers.files import read_text
from gsocbot.importers.front_matter import FENCE, divided
from gsocbot.importers.ideas import SUFFIXES, markdown_files, read_ideas
from gsocbot.importers.lists import as_idea, read_folder, read_list
from gsocbot.importers.lists.formats import SUFFIXES as OTHERS
from gsocbot.rules.ideas import IdeaText


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
        if isinstance(ours, list):
            return ours, ()
        if _is_surely_ours(path):
            raise ours
    found = read_folder(path) if path.is_dir() else read_list(path.name, _text(path))
    if not found.ideas:
        # Then what our own form says of it is the better word; a page without fields is one idea.
        return read_ideas(path), found.notes
    return [as_idea(idea) for idea in found.ideas], found.notes


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
        return all(_text(f).startswith(FENCE) for f in markdown_files(path, Faults()))
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
        items = json.loads(text)
    except (ValueError, RecursionError):
        return True
    items = items.get("ideas") if isinstance(items, dict) else items
    if not isinstance(items, list) or not all(isinstance(item, dict) for item in items):
        return True
    return any("title" in item for item in items)
