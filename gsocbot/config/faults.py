"""Faults of a config as lines: each with its key, and where that stands."""

import re
from pathlib import Path

Keys = tuple[str, ...]
Fault = tuple[Keys, str]


class ConfigError(Exception):
    """A config that cannot be used: a line for each fault."""

    def __init__(self, *faults: str) -> None:
        super().__init__("\n".join(faults))
        self.faults = faults


def told(path: Path, text: str, faults: list[Fault]) -> ConfigError:
    """Faults as lines, each with the number of the line on which its key stands."""
    lines = _lines_of(text)
    shown = []
    for keys, message in faults:
        line = _line_of(lines, keys)
        where = f"{path}:{line}" if line else f"{path}"
        name = ".".join(k if re.fullmatch(r"[\w-]+", k) else f'"{k}"' for k in keys)
        shown.append(f"{where}: {name}: {message}" if name else f"{where}: {message}")
    return ConfigError(*shown)


_NAME = re.compile(r"\"([^\"]*)\"|'([^']*)'|([\w-]+)")
_HEADER = re.compile(r"\s*\[+([^\]]*(?:\"[^\"]*\"[^\]]*)*)\]")
_KEY = re.compile(
    r"\s*((?:\"[^\"]*\"|'[^']*'|[\w-]+)(?:\s*\.\s*(?:\"[^\"]*\"|'[^']*'|[\w-]+))*)\s*="
)


def _lines_of(text: str) -> list[tuple[Keys, int]]:
    """Where headers and keys stand, as people write TOML: tables in brackets, key = value."""
    found = []
    table: Keys = ()
    for number, line in enumerate(text.split("\n"), 1):
        if header := _HEADER.match(line):
            table = _names(header[1])
            found.append((table, number))
        elif key := _KEY.match(line):
            found.append(((*table, *_names(key[1])), number))
    return found


def _names(dotted: str) -> Keys:
    return tuple("".join(parts) for parts in _NAME.findall(dotted))


def _line_of(lines: list[tuple[Keys, int]], keys: Keys) -> int | None:
    """The line of a key, or of the nearest table around it, or of the first one inside that."""
    for length in range(len(keys), 0, -1):
        near = keys[:length]
        whole = [n for found, n in lines if found == near]
        inside = [n for found, n in lines if found[:length] == near]
        if whole or inside:
            return (whole or inside)[0]
    return None
