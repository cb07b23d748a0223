"""What is wrong with a file: gathered while reading goes on, raised all at once."""

from dataclasses import dataclass, field
from pathlib import Path

from gsocbot.importers.texts import one_line

LONGEST_FAULT = 400
MOST_FAULTS = 500
"""Nobody mends more at a time; the rest is counted."""


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
    """The faults found so far; `count` goes on where the lines end."""

    lines: list[str] = field(default_factory=list)
    count: int = 0

    @property
    def full(self) -> bool:
        """Whether it is no use to read on."""
        return self.count >= MOST_FAULTS

    def add(self, place: Place, text: str) -> None:
        """Note a fault; it becomes a single line whatever stands in the file."""
        self.count += 1
        if self.count > MOST_FAULTS:
            return
        words = one_line(text)
        cut = words if len(words) <= LONGEST_FAULT else f"{words[:LONGEST_FAULT]} …"
        self.lines.append(one_line(f"{place}: {cut}"))

    def raise_any(self) -> None:
        """Raise Unreadable if anything was noted."""
        if self.count > MOST_FAULTS:
            raise Unreadable(*self.lines, f"… and more than these {MOST_FAULTS} faults")
        if self.lines:
            raise Unreadable(*self.lines)
