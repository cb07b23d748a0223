"""TOML files, and on which line of them a key stands."""

import re
import tomllib
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from gsocbot.importers.faults import Faults, Place
from gsocbot.importers.fields import Fields
from gsocbot.importers.files import LARGEST_TOML, read_text

_HEADER = re.compile(r"\s*\[\[?\s*([\w-]+)\s*\]\]?\s*(?:#.*)?")
_KEY = re.compile(r"\s*[\"']?([\w-]+)[\"']?\s*=")
_AT_LINE = re.compile(r"^(.*) \(at line (\d+), column \d+\)$", re.DOTALL)
_DOTS = re.compile(r"\.+")
_LONG_QUOTES = ('"""', "'''")

MOST_DOTS = 64
"""Dots in a line: what tomllib needs for a key grows with the square of its parts."""


@dataclass(frozen=True, slots=True)
class Key:
    """A key of the so-manieth table of a name; the name is empty on top, the key for a header."""

    table: str
    index: int
    key: str


@dataclass(frozen=True, slots=True)
class TomlFile:
    """A file that could be parsed."""

    path: Path
    top: Fields
    lines: dict[Key, int]

    def tables(self, name: str) -> list[Fields]:
        """The [[name]] tables, in order."""
        value = self.top.value(name)
        items = value if isinstance(value, list) else [] if value is None else [value]
        if not isinstance(value, list | None) or not all(isinstance(i, dict) for i in items):
            self.top.fault(name, f"write tables that begin with [[{name}]]")
        return [
            Fields(item, self._place(name, index), self.top.faults)
            for index, item in enumerate(items)
            if isinstance(item, dict)
        ]

    def _place(self, name: str, index: int) -> Callable[[str], Place]:
        return lambda key: _place(self.path, self.lines, Key(name, index, key))


def read_toml(path: Path, faults: Faults) -> TomlFile | None:
    """The file, None with a fault."""
    text = read_text(path, faults, LARGEST_TOML)
    if text is None:
        return None
    text = text.replace("\r\n", "\n")
    values = _parsed(text, path, faults)
    if values is None:
        return None
    lines = _lines(text)
    top = Fields(values, lambda key: _place(path, lines, Key("", 0, key)), faults)
    return TomlFile(path, top, lines)


def _parsed(text: str, path: Path, faults: Faults) -> dict[str, object] | None:
    dotted = [len(_DOTS.findall(line)) > MOST_DOTS for line in text.split("\n")]
    if any(dotted):
        at = Place(path, dotted.index(True) + 1)
        faults.add(at, "this line has too many dots; divide it")
        return None
    try:
        return tomllib.loads(text)
    except tomllib.TOMLDecodeError as error:
        found = _AT_LINE.match(str(error))
        words, line = (found[1], int(found[2])) if found else (str(error), text.count("\n") + 1)
        faults.add(Place(path, line), f"this is no TOML: {words}")
    except RecursionError:
        faults.add(Place(path), "this is nested too deeply")
    except ValueError:
        faults.add(Place(path), "this has a number that is too long")
    return None


def _place(path: Path, lines: dict[Key, int], key: Key) -> Place:
    """The line of a key, or else of its table's header, or of the key that the tables are."""
    tries = (key, Key(key.table, key.index, ""), Key("", 0, key.table), Key(key.key, 0, ""))
    return Place(path, next((lines[k] for k in tries if k in lines), None))


def _lines(text: str) -> dict[Key, int]:
    """Where keys and headers stand, as people write TOML."""
    found: dict[Key, int] = {}
    count: dict[str, int] = {}
    table, quotes = "", ""
    for number, line in enumerate(text.split("\n"), 1):
        if quotes:
            quotes = "" if quotes in line else quotes
            continue
        header, key = _HEADER.fullmatch(line), _KEY.match(line)
        if header:
            table = header[1]
            count[table] = count.get(table, -1) + 1
            found[Key(table, count[table], "")] = number
        elif key:
            found.setdefault(Key(table, count.get(table, 0), key[1]), number)
            quotes = next((q for q in _LONG_QUOTES if line.count(q) == 1), "")
    return found
