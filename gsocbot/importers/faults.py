"""What is wrong with a file: gathered while reading goes on, raised all at once."""

from dataclasses import dataclass, field
from pathlib import Path

from gsocbot.importers.texts import one_line

LONGEST_FAULT = 400


class Unreadable(Exception):
    """Files that cannot be read; each fault is one line, PATH:LINE: what is wrong."""

    def __init__(self, *faults: str) -> None:
        super().__init__("\n".join(faults))
        self.faults: tuple[str, ...] = faults


@dataclass(frozen=True, slots=True)
class Place:
    """Where something is written: a file, and its line or the number of an item if known."""

    path: Path
    line: int | None = None
    item: int | None = None

    def __str__(self) -> str:
        """ideas/a.md:3, or list.json: item 4"""
        if self.line is not None:
            return f"{self.path}:{self.line}"
        return f"{self.path}: item {self.item}" if self.item is not None else f"{self.path}"


@dataclass(slots=True)
class Faults:
    """The faults found so far."""

    lines: list[str] = field(default_factory=list)

    def add(self, place: Place, text: str) -> None:
        """Note a fault; it becomes a single line whatever stands in the file."""
        words = one_line(text)
        cut = words if len(words) <= LONGEST_FAULT else f"{words[:LONGEST_FAULT]} …"
        self.lines.append(one_line(f"{place}: {cut}"))

    def raise_any(self) -> None:
        """Raise Unreadable if anything was noted."""
        if self.lines:
            raise Unreadable(*self.lines)
