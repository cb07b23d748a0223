"""YAML, TOML and JSON as blocks: objects are records, everything else is text."""

from __future__ import annotations

import json
import re
import tomllib
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import yaml

from gsocbot.importers.faults import Place, Unreadable
from gsocbot.importers.lists.tree import Block, Items, Pair, Pairs, Para, plain

MOST_VALUES = 100_000
"""Values in a file; aliases of YAML count each time that they are used."""
DEEPEST_VALUE = 30
MOST_DEPTH = 200
"""Brackets in brackets that a parser is given."""
_NULL = "tag:yaml.org,2002:null"

Value = str | list["Entry"] | dict[str, "Entry"]


@dataclass(frozen=True, slots=True)
class Entry:
    """A value and the line where it is written, if that is known."""

    value: Value
    at: int = 0


@dataclass(slots=True)
class _Budget:
    name: str
    left: int = MOST_VALUES
    seen: set[int] = field(default_factory=set)

    def spend(self, depth: int) -> None:
        self.left -= 1
        if self.left < 0:
            raise _fault(self.name, 1, "this holds too many values")
        if depth > DEEPEST_VALUE:
            raise _fault(self.name, 1, "this is nested too deeply")


def yaml_blocks(name: str, text: str, shift: int = 0) -> tuple[Block, ...]:
    """The blocks of a YAML file; several documents in it follow one another."""
    entries = []
    budget = _Budget(name)
    _check_depth(name, text)
    try:
        for node in yaml.compose_all(text.replace("\t", "  "), Loader=yaml.SafeLoader):
            entries.append(_from_node(node, budget, shift, 0))
    except yaml.MarkedYAMLError as error:
        mark = error.problem_mark or error.context_mark
        line = min(mark.line, text.rstrip().count("\n")) + 1 + shift if mark else 1
        raise _fault(name, line, f"this is no YAML: {error.problem or error.context}") from None
    except (yaml.YAMLError, ValueError, OverflowError, RecursionError) as error:
        raise _fault(name, 1, f"this YAML cannot be read ({type(error).__name__})") from None
    return tuple(block for entry in entries for block in _blocks(entry))


def toml_blocks(name: str, text: str, shift: int = 0) -> tuple[Block, ...]:
    """The blocks of a TOML file."""
    _check_depth(name, text)
    try:
        found = tomllib.loads(text)
    except tomllib.TOMLDecodeError as error:
        at = re.search(r"at line (\d+)", str(error))
        line = (int(at[1]) if at else text.rstrip().count("\n") + 1) + shift
        raise _fault(name, line, f"this is no TOML: {error}") from None
    except (RecursionError, ValueError) as error:
        raise _fault(name, 1, f"this TOML cannot be read ({type(error).__name__})") from None
    return _blocks(_from_python(found, _Budget(name), _lines(text, shift), 0))


def json_blocks(name: str, text: str) -> tuple[Block, ...]:
    """The blocks of a JSON file, or of one with an object a line."""
    _check_depth(name, text)
    try:
        found = json.loads(text, strict=False)
    except json.JSONDecodeError as error:
        many = _json_lines(text) if error.msg.startswith("Extra data") else None
        if many is None:
            raise _fault(name, error.lineno, f"this is no JSON: {error.msg}") from None
        found = many
    except (RecursionError, ValueError) as error:
        raise _fault(name, 1, f"this JSON cannot be read ({type(error).__name__})") from None
    return _blocks(_from_python(found, _Budget(name), _lines(text, 0), 0))


def _json_lines(text: str) -> list[object] | None:
    try:
        return [json.loads(line, strict=False) for line in text.split("\n") if line.strip()]
    except (ValueError, RecursionError):
        return None


def _fault(name: str, line: int, text: str) -> Unreadable:
    return Unreadable(f"{Place(Path(name), line)}: {' '.join(text.split())[:300]}")


def _check_depth(name: str, text: str) -> None:
    """Refuse what would keep a parser busy with brackets in brackets."""
    depth = 0
    for match in re.finditer(r"[\[{]|[\]}]", text):
        depth = depth + 1 if match[0] in "[{" else max(0, depth - 1)
        if depth > MOST_DEPTH:
            line = text.count("\n", 0, match.start()) + 1
            raise _fault(name, line, "this is nested too deeply")


def _from_node(node: yaml.Node | None, budget: _Budget, shift: int, depth: int) -> Entry:
    budget.spend(depth)
    at = node.start_mark.line + 1 + shift if node is not None and node.start_mark else 0
    if isinstance(node, yaml.ScalarNode):
        return Entry("" if node.tag == _NULL else str(node.value), at)
    if isinstance(node, yaml.SequenceNode):
        return Entry([_from_node(n, budget, shift, depth + 1) for n in node.value], at)
    if isinstance(node, yaml.MappingNode):
        pairs = {}
        for key, value in node.value:
            name = key.value if isinstance(key, yaml.ScalarNode) else "?"
            entry = _from_node(value, budget, shift, depth + 1)
            pairs[str(name)] = Entry(entry.value, key.start_mark.line + 1 + shift)
        return Entry(pairs, at)
    return Entry("", at)


def _lines(text: str, shift: int) -> dict[str, int]:
    """Where each quoted text is written first."""
    found: dict[str, int] = {}
    for number, line in enumerate(text.split("\n"), 1):
        for words in re.findall(r"[\"']([^\"'\n]{3,200})[\"']", line[:2000]):
            found.setdefault(words, number + shift)
    return found


def _from_python(value: Any, budget: _Budget, lines: dict[str, int], depth: int) -> Entry:
    budget.spend(depth)
    if isinstance(value, dict):
        pairs = {str(k): _from_python(v, budget, lines, depth + 1) for k, v in value.items()}
        return Entry(pairs, next((e.at for e in pairs.values() if e.at), 0))
    if isinstance(value, list):
        return Entry([_from_python(v, budget, lines, depth + 1) for v in value])
    if value is None:
        return Entry("")
    if isinstance(value, bool):
        return Entry("true" if value else "false")
    return Entry(str(value), lines.get(str(value)[:200], 0))


def _blocks(entry: Entry) -> tuple[Block, ...]:
    if isinstance(entry.value, dict):
        pairs = (Pair(plain(key, e.at), _blocks(e)) for key, e in entry.value.items())
        return (Pairs(tuple(pairs), record=True),)
    if isinstance(entry.value, list):
        if entry.value and all(isinstance(e.value, dict) for e in entry.value):
            items = tuple(_blocks(e) for e in entry.value)
            return (Items(items),)
        inner = tuple(_blocks(e) for e in entry.value)
        return (Items(tuple(b for b in inner if b)),)
    lines = entry.value.split("\n")
    many = [plain(line, entry.at + n if entry.at else 0) for n, line in enumerate(lines)]
    kept = tuple(line for line in many if line.text)
    return (Para(kept),) if kept else ()
