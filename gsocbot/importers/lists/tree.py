"""What every format becomes: blocks of text with their lines, as a reader sees them."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace

DEEPEST = 40
"""Levels of blocks in blocks that are told apart; what is deeper is left out."""


@dataclass(frozen=True, slots=True)
class Run:
    """Some letters of a line that look alike: marked as strong or not, with a link or not."""

    text: str
    strong: bool = False
    url: str = ""


@dataclass(frozen=True, slots=True)
class Line:
    """A line as it is shown, and where it is written."""

    runs: tuple[Run, ...]
    at: int = 0

    @property
    def text(self) -> str:
        """The letters alone, blanks folded."""
        return " ".join("".join(run.text for run in self.runs).split())

    @property
    def strong(self) -> bool:
        """Whether all that can be seen of it is marked as strong."""
        seen = [run for run in self.runs if run.text.strip(" \t:.")]
        return bool(seen) and all(run.strong for run in seen)

    @property
    def urls(self) -> tuple[str, ...]:
        """The links in it."""
        return tuple(run.url for run in self.runs if run.url)

    def since(self, start: int) -> Line:
        """The line from this letter on."""
        kept = []
        for run in self.runs:
            if start < len(run.text):
                kept.append(replace(run, text=run.text[max(0, start) :]))
            start -= len(run.text)
        return Line(tuple(kept), self.at)

    def until(self, end: int) -> Line:
        """The line up to this letter."""
        kept = []
        for run in self.runs:
            if end > 0:
                kept.append(replace(run, text=run.text[:end]))
            end -= len(run.text)
        return Line(tuple(kept), self.at)


@dataclass(frozen=True, slots=True)
class Heading:
    """A heading; what follows belongs to it until one of its level or a higher one."""

    level: int
    line: Line


@dataclass(frozen=True, slots=True)
class Para:
    """Lines that belong together."""

    lines: tuple[Line, ...]


@dataclass(frozen=True, slots=True)
class Items:
    """A list; each item is made of blocks."""

    items: tuple[tuple[Block, ...], ...]


@dataclass(frozen=True, slots=True)
class Table:
    """Rows of cells; each cell is made of blocks."""

    rows: tuple[tuple[tuple[Block, ...], ...], ...]


@dataclass(frozen=True, slots=True)
class Pair:
    """What is written as a name and its value."""

    label: Line
    value: tuple[Block, ...]


@dataclass(frozen=True, slots=True)
class Pairs:
    """Names and values; with `record` they are one thing, such as a template or an object."""

    pairs: tuple[Pair, ...]
    record: bool = False


@dataclass(frozen=True, slots=True)
class Box:
    """A part with a title of its own and a clear end, such as one that folds."""

    title: Line
    blocks: tuple[Block, ...]


@dataclass(frozen=True, slots=True)
class Code:
    """Program text: shown as it is, and never understood."""

    text: str


Block = Heading | Para | Items | Table | Pairs | Box | Code


def plain(text: str, at: int = 0, *, strong: bool = False) -> Line:
    """A line without markup."""
    return Line((Run(text, strong=strong),), at)


def paragraph(text: str, at: int = 0) -> tuple[Block, ...]:
    """A text without markup as a block."""
    lines = [plain(line, at) for line in text.split("\n") if line.strip()]
    return (Para(tuple(lines)),) if lines else ()


def lines_of(blocks: tuple[Block, ...]) -> Iterator[Line]:
    """Every line in the blocks, in the order in which they stand."""
    for block in blocks:
        match block:
            case Heading(line=line):
                yield line
            case Para(lines=lines):
                yield from lines
            case Items(items=items):
                for item in items:
                    yield from lines_of(item)
            case Table(rows=rows):
                for row in rows:
                    for cell in row:
                        yield from lines_of(cell)
            case Pairs(pairs=pairs):
                for pair in pairs:
                    yield pair.label
                    yield from lines_of(pair.value)
            case Box(title=title, blocks=inner):
                yield title
                yield from lines_of(inner)
            case Code():
                pass


def first_line(blocks: tuple[Block, ...]) -> Line | None:
    """The line that the blocks open with."""
    return next((line for line in lines_of(blocks) if line.text), None)


def shown(blocks: tuple[Block, ...], indent: str = "") -> str:
    """The blocks as plain text, with dashes for items."""
    parts = []
    for block in blocks:
        match block:
            case Heading(line=line):
                parts.append(indent + line.text)
            case Para(lines=lines):
                parts.append("\n".join(indent + line.text for line in lines if line.text))
            case Items(items=items):
                texts = (shown(item, indent + "  ") for item in items)
                parts.append("\n".join(f"{indent}- {t.lstrip()}" for t in texts if t.strip()))
            case Table(rows=rows):
                cells = (" | ".join(" ".join(shown(c).split()) for c in row) for row in rows)
                parts.append("\n".join(indent + row for row in cells if row.strip(" |")))
            case Pairs(pairs=pairs):
                texts = (f"{p.label.text}: {shown(p.value).strip()}" for p in pairs)
                parts.append("\n".join(indent + text for text in texts))
            case Box(title=title, blocks=inner):
                parts.append("\n".join(filter(str.strip, (title.text, shown(inner, indent)))))
            case Code(text=text):
                parts.append("\n".join(indent + line for line in text.rstrip().split("\n")))
    return "\n\n".join(part for part in parts if part.strip())
