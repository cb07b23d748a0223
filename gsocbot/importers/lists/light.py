"""Light markup, line by line: what wikis, Org and AsciiDoc have in common."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field

from gsocbot.importers.lists.nesting import nested
from gsocbot.importers.lists.tree import (
    Block,
    Code,
    Heading,
    Items,
    Line,
    Pair,
    Pairs,
    Para,
    Run,
    Table,
)

LONGEST_LINE = 20_000
"""Letters of a line in which markup is looked for."""

Runs = Callable[[str], list[Run]]


@dataclass(frozen=True, slots=True)
class Bullet:
    """A line that opens an item: how deep it is, and what is in it."""

    depth: int
    text: str


@dataclass(frozen=True, slots=True)
class Named:
    """A line that is a name and the beginning of its value."""

    label: str
    text: str


Opening = Heading | Bullet | Named | None


@dataclass(frozen=True, slots=True)
class Syntax:
    """How a markup writes headings, items and names, tables, program text and letters."""

    opening: Callable[[str, int, Runs], Opening]
    runs: Runs
    code: re.Pattern[str] | None = None
    code_end: Callable[[re.Match[str]], str] = lambda match: match[0].strip()
    row: re.Pattern[str] | None = None
    cell: str = "|"
    rule: re.Pattern[str] | None = None
    tables: Callable[[list[str], int], tuple[list[list[str]], int] | None] = lambda lines, n: None
    skip: re.Pattern[str] | None = None
    continues: bool = True
    joint: str = ""
    """A line that is nothing but this joins what is below it to the item above it."""
    records: dict[str, Pairs] = field(default_factory=dict)


def light_blocks(text: str, syntax: Syntax, shift: int = 0) -> tuple[Block, ...]:
    """The blocks of a text in such a markup, `shift` lines below the top of its file."""
    return tuple(_Reader(text.split("\n"), syntax, shift).blocks())


@dataclass(slots=True)
class _Reader:
    lines: list[str]
    syntax: Syntax
    shift: int
    n: int = 0

    def blocks(self) -> Iterator[Block]:
        para: list[Line] = []
        while self.n < len(self.lines):
            block = self._block()
            if block is None:
                line = self._line(self.lines[self.n])
                self.n += 1
                if line is not None:
                    para.extend(line)
                    continue
            if para:
                yield Para(tuple(para))
                para = []
            if block is not None:
                yield block
        if para:
            yield Para(tuple(para))

    def _line(self, raw: str) -> list[Line] | None:
        """What a line shows; None where it is empty."""
        text = raw.strip()
        if not text:
            return None
        if self.syntax.skip is not None and self.syntax.skip.match(text):
            return []
        return self.shown(text, self.n + 1 + self.shift)

    def shown(self, text: str, at: int) -> list[Line]:
        """The letters of a text; a break within it makes two lines."""
        runs = self.syntax.runs(text) if len(text) <= LONGEST_LINE else [Run(text)]
        lines: list[list[Run]] = [[]]
        for run in runs:
            first, *more = run.text.split("\v")
            lines[-1].append(Run(first, run.strong, run.url))
            lines.extend([Run(part.lstrip(), run.strong, run.url)] for part in more)
        made = (Line(_trimmed(line), at) for line in lines)
        return [line for line in made if line.text]

    def _block(self) -> Block | None:
        raw = self.lines[self.n]
        syntax = self.syntax
        key = raw.strip()
        if key in syntax.records:
            self.n += 1
            return syntax.records[key]
        if syntax.code is not None and (match := syntax.code.match(raw)):
            return self._code(syntax.code_end(match))
        found = syntax.tables(self.lines, self.n)
        if found is not None:
            at = self.n
            self.n = max(found[1], at + 1)
            return self._table(found[0], at)
        if syntax.row is not None and syntax.row.match(raw):
            return self._rows()
        opening = syntax.opening(raw, self.n + 1 + self.shift, syntax.runs)
        match opening:
            case Heading():
                self.n += 1
                return opening
            case Bullet():
                return self._items()
            case Named():
                return self._names()
        return None

    def _code(self, end: str) -> Code:
        self.n += 1
        start = self.n
        while self.n < len(self.lines) and self.lines[self.n].strip().lower() != end.lower():
            self.n += 1
        text = "\n".join(self.lines[start : self.n])
        self.n += 1
        return Code(text)

    def _rows(self) -> Block:
        rows = []
        start = self.n
        row, rule = self.syntax.row, self.syntax.rule
        while self.n < len(self.lines) and row is not None and row.match(self.lines[self.n]):
            raw = self.lines[self.n].strip()
            if rule is None or not rule.match(raw):
                inner = raw.removeprefix(self.syntax.cell).removesuffix(self.syntax.cell)
                rows.append(inner.split(self.syntax.cell))
            else:
                rows.append([])
            self.n += 1
        return self._table(rows, start)

    def _table(self, rows: list[list[str]], start: int) -> Table:
        made = []
        for n, row in enumerate(rows):
            cells = tuple(self._cell(cell, start + n + 1 + self.shift) for cell in row)
            if any(cells):
                made.append(cells)
        return Table(tuple(made))

    def _cell(self, text: str, at: int) -> tuple[Block, ...]:
        plain = re.sub(r"^\s*<[^<>\n]{1,80}>", "", text)
        if "\n" in plain.strip():
            return tuple(_Reader(plain.strip().split("\n"), self.syntax, at - 1).blocks())
        lines = self.shown(plain.strip(), at)
        return (Para(tuple(lines)),) if lines else ()

    def _names(self) -> Pairs:
        pairs = []
        while self.n < len(self.lines):
            at = self.n + 1 + self.shift
            opening = self.syntax.opening(self.lines[self.n], at, self.syntax.runs)
            if not isinstance(opening, Named):
                break
            self.n += 1
            value = self._below(opening.text, at)
            label = self.shown(opening.label, at)
            if label:
                pairs.append(Pair(label[0], value))
        return Pairs(tuple(pairs))

    def _below(self, text: str, at: int) -> tuple[Block, ...]:
        """The value of a name: the rest of its line, and what is indented below it."""
        blocks: list[Block] = []
        lines = self.shown(text.strip(), at)
        joined = False
        while self.n < len(self.lines):
            raw = self.lines[self.n]
            opening = self.syntax.opening(raw, at, self.syntax.runs)
            empty = not lines and not blocks
            if self._is_joint(raw):
                joined = True
                blocks.extend([Para(tuple(lines))] if lines else [])
                lines = []
            elif not raw.strip():
                if not (empty or self._is_below(self.n + 1)):
                    break
                joined = False
                blocks.extend([Para(tuple(lines))] if lines else [])
                lines = []
            elif isinstance(opening, Bullet) and (empty or joined or raw[:1] in " \t"):
                blocks.extend([Para(tuple(lines))] if lines else [])
                blocks.append(self._items())
                lines = []
                continue
            elif opening is not None or not (empty or joined or raw[:1] in " \t:"):
                break
            else:
                shown = raw.strip().lstrip(":").strip()
                lines.extend(self.shown(shown, self.n + 1 + self.shift))
            self.n += 1
        return (*blocks, *((Para(tuple(lines)),) if lines else ()))

    def _is_joint(self, raw: str) -> bool:
        return bool(self.syntax.joint) and raw.strip() == self.syntax.joint

    def _is_below(self, n: int) -> bool:
        """Whether what follows an empty line is still indented below a name or an item."""
        if n >= len(self.lines) or not self.syntax.continues:
            return False
        raw = self.lines[n]
        if self._is_joint(raw):
            return True
        row = self.syntax.row is not None and self.syntax.row.match(raw)
        code = self.syntax.code is not None and self.syntax.code.match(raw)
        return raw[:1] in (" ", "\t") and bool(raw.strip()) and not row and not code

    def _items(self) -> Items:
        """Items that follow one another, those that are deeper within those above them."""
        flat: list[tuple[int, list[list[Line]]]] = []
        margin = _margin(self.lines[self.n])
        while self.n < len(self.lines):
            raw = self.lines[self.n]
            at = self.n + 1 + self.shift
            opening = self.syntax.opening(raw, at, self.syntax.runs)
            if isinstance(opening, Bullet):
                flat.append((opening.depth, [self.shown(opening.text.strip(), at)]))
            elif flat and self._is_joint(raw):
                flat[-1][1].append([])
            elif flat and self._goes_on(raw, opening):
                flat[-1][1][-1].extend(self._line(raw) or [])
            elif flat and not raw.strip() and self._more(self.n + 1, margin):
                flat[-1][1].append([])
            else:
                break
            self.n += 1
        return nested(flat)

    def _goes_on(self, raw: str, opening: Opening) -> bool:
        if opening is not None or not raw.strip() or raw.strip() in self.syntax.records:
            return False
        return self.syntax.continues and (raw[:1] in " \t" or self.lines[self.n - 1].strip() != "")

    def _more(self, n: int, margin: int) -> bool:
        """Whether the list goes on after an empty line."""
        if n >= len(self.lines) or not self.lines[n].strip():
            return False
        opening = self.syntax.opening(self.lines[n], n, self.syntax.runs)
        return isinstance(opening, Bullet) or (
            opening is None and self._is_below(n) and _margin(self.lines[n]) > margin
        )


def _margin(raw: str) -> int:
    """How far to the right a line begins."""
    return len(raw) - len(raw.lstrip())


def _trimmed(runs: list[Run]) -> tuple[Run, ...]:
    kept = [run for run in runs if run.text]
    if kept:
        kept[0] = Run(kept[0].text.lstrip(), kept[0].strong, kept[0].url)
        kept[-1] = Run(kept[-1].text.rstrip(), kept[-1].strong, kept[-1].url)
    return tuple(kept)
