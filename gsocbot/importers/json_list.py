"""Lists of ideas as JSON: an array, {"ideas": [...]}, or an object a line."""

import json
from collections.abc import Iterator
from dataclasses import asdict, replace
from pathlib import Path

from gsocbot.importers.faults import Faults, Place
from gsocbot.importers.fields import Fields
from gsocbot.importers.files import LARGEST_LIST, read_text
from gsocbot.importers.idea_fields import stated
from gsocbot.rules.ideas import IdeaText, completed


def read_json(path: Path, faults: Faults) -> Iterator[tuple[Place, IdeaText]]:
    """The ideas of a .json file, each with its place."""
    text = read_text(path, faults, LARGEST_LIST)
    if text is None:
        return
    found = _parsed(text, Place(path), faults)
    if found is _FAULTY:
        return
    items = found.get("ideas") if isinstance(found, dict) else found
    if not isinstance(items, list):
        faults.add(Place(path, 1), 'write a list of ideas, [...] or {"ideas": [...]}')
        return
    for n, item in enumerate(items, 1):
        if faults.full:
            return
        yield from _ideas(item, Place(path, item=n), faults)


def read_jsonl(path: Path, faults: Faults) -> Iterator[tuple[Place, IdeaText]]:
    """The ideas of a .jsonl file, each with its place."""
    text = read_text(path, faults, LARGEST_LIST)
    for n, line in enumerate((text or "").split("\n"), 1):
        if faults.full:
            return
        if line.strip():
            place = Place(path, n)
            item = _parsed(line, place, faults)
            if item is not _FAULTY:
                yield from _ideas(item, place, faults)


def as_json(idea: IdeaText) -> dict[str, object]:
    """The object for an idea, with what follows from what is written."""
    whole = asdict(completed(idea))
    return {k: list(v) if isinstance(v, tuple) else v for k, v in whole.items()} | {
        "state": str(idea.state)
    }


_FAULTY = object()


def _parsed(text: str, place: Place, faults: Faults) -> object:
    """What the JSON holds; `_FAULTY` with a fault."""
    try:
        return json.loads(text, strict=False)
    except json.JSONDecodeError as error:
        at = replace(place, line=place.line or error.lineno)
        faults.add(at, f"this is no JSON: {error.msg}, column {error.colno}")
    except RecursionError:
        faults.add(place, "this is nested too deeply")
    except ValueError:
        faults.add(place, "this has a number that is too long")
    return _FAULTY


def _ideas(item: object, place: Place, faults: Faults) -> Iterator[tuple[Place, IdeaText]]:
    """The idea that an item is; none with a fault."""
    if not isinstance(item, dict):
        faults.add(place, 'this is no object; write {"title": "…"}')
        return
    before = faults.count
    fields = Fields(item, lambda _: place, faults)
    idea = replace(stated(fields), description=fields.block("description"))
    if faults.count == before:
        yield place, idea
