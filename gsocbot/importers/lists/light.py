"""Light markup, line by line: what wikis, Org and AsciiDoc have in common."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field

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
DEEPEST_LIST = 12

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
        lines = self.shown(text.strip(), at)
        while self.n < len(self.lines):
            raw = self.lines[self.n]
            wanted = raw[:1] in (" ", "\t", ":") and raw.strip()
            opening = self.syntax.opening(raw, at, self.syntax.runs)
            if isinstance(opening, Bullet) and (not lines or raw[:1] in " \t"):
                return (*((Para(tuple(lines)),) if lines else ()), self._items())
            if opening is not None or not (wanted or (not lines and raw.strip())):
                if not raw.strip() and not lines and self.n + 1 < len(self.lines):
                    self.n += 1
                    continue
                break
            lines.extend(self.shown(raw.strip().lstrip(":").strip(), self.n + 1 + self.shift))
            self.n += 1
        return (Para(tuple(lines)),) if lines else ()

    def _items(self) -> Items:
        """Items that follow one another, those that are deeper within those above them."""
        flat: list[tuple[int, list[Line]]] = []
        while self.n < len(self.lines):
            raw = self.lines[self.n]
            at = self.n + 1 + self.shift
            opening = self.syntax.opening(raw, at, self.syntax.runs)
            if isinstance(opening, Bullet):
                flat.append((opening.depth, self.shown(opening.text.strip(), at)))
            elif flat and self._goes_on(raw, opening):
                flat[-1][1].extend(self.shown(raw.strip(), at))
            elif not raw.strip() and self._more(self.n + 1):
                pass
            else:
                break
            self.n += 1
        return _nested(flat)

    def _goes_on(self, raw: str, opening: Opening) -> bool:
        if opening is not None or not raw.strip() or raw.strip() in self.syntax.records:
            return False
        return self.syntax.continues and (raw[:1] in " \t" or self.lines[self.n - 1].strip() != "")

    def _more(self, n: int) -> bool:
        """Whether the list goes on after an empty line."""
        if n >= len(self.lines) or not self.lines[n].strip():
            return False
        opening = self.syntax.opening(self.lines[n], n, self.syntax.runs)
        return isinstance(opening, Bullet)


def _nested(flat: list[tuple[int, list[Line]]]) -> Items:
    """Items by how deep they are."""
    root: list[list[Block]] = []
    stack: list[tuple[int, list[list[Block]]]] = [(-1, root)]
    inner: dict[int, list[list[Block]]] = {}
    order: list[tuple[list[Block], list[list[Block]]]] = []
    for depth, lines in flat:
        while len(stack) > 1 and stack[-1][0] >= depth:
            stack.pop()
        while len(stack) > DEEPEST_LIST:
            stack.pop()
        item: list[Block] = [Para(tuple(lines))] if lines else []
        stack[-1][1].append(item)
        children: list[list[Block]] = []
        inner[id(item)] = children
        order.append((item, children))
        stack.append((depth, children))
    for item, children in reversed(order):
        if children:
            item.append(Items(tuple(tuple(child) for child in children)))
    return Items(tuple(tuple(item) for item in root))


def _trimmed(runs: list[Run]) -> tuple[Run, ...]:
    kept = [run for run in runs if run.text]
    if kept:
        kept[0] = Run(kept[0].text.lstrip(), kept[0].strong, kept[0].url)
        kept[-1] = Run(kept[-1].text.rstrip(), kept[-1].strong, kept[-1].url)
    return tuple(kept)


def toggled(text: str, marks: re.Pattern[str], links: re.Pattern[str]) -> list[Run]:
    """Letters whose marks switch between strong and not, as in wikis."""
    runs: list[Run] = []
    strong = False
    for piece in re.split(f"({marks.pattern})", text):
        if marks.fullmatch(piece):
            strong = not strong
        else:
            runs.extend(linked(piece, links, strong=strong))
    return runs


def paired(text: str, pairs: re.Pattern[str], links: re.Pattern[str]) -> list[Run]:
    """Letters whose marks stand on both sides of them; the first group that matched is shown."""
    runs: list[Run] = []
    at = 0
    for match in pairs.finditer(text):
        runs.extend(linked(text[at : match.start()], links))
        inner = next((g for g in match.groups() if g is not None), "")
        strong = "code" not in (match.lastgroup or "")
        runs.extend(linked(inner, links, strong=strong))
        at = match.end()
    return [*runs, *linked(text[at:], links)]


def linked(text: str, links: re.Pattern[str], *, strong: bool = False) -> list[Run]:
    """Letters with links in them; the groups of a link begin with url and text."""
    runs: list[Run] = []
    at = 0
    for match in links.finditer(text):
        if match.start() > at:
            runs.append(Run(text[at : match.start()], strong))
        groups = match.groupdict()
        url = next((v for k, v in groups.items() if k.startswith("url") and v), "")
        shown = next((v for k, v in groups.items() if k.startswith("text") and v), url)
        runs.append(
            Run(shown.strip("[] "), strong, url.strip() if "//" in url or "@" in url else "")
        )
        at = match.end()
    if at < len(text):
        runs.append(Run(text[at:], strong))
    return runs
