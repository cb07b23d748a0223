"""Fields as they are written: labels found in lines, lists, tables and pairs."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass, field

from gsocbot.importers.lists.cuts import MARKS, Piece, fact_line, pieces_of
from gsocbot.importers.lists.facts import facts, is_facts
from gsocbot.importers.lists.labels import BRIEF, CORE, LISTED, LONG, Family, families_of
from gsocbot.importers.lists.tree import (
    Block,
    Code,
    Items,
    Line,
    Pair,
    Pairs,
    Para,
    Table,
    first_line,
    plain,
)

_SMALL = re.compile(r"^[A-Z][\w/()-]*(?: [\w/()-]+){0,3}\s*[:：]\s")


@dataclass(slots=True)
class Field:
    """A label with its value."""

    family: Family
    label: str
    at: int
    value: list[Block] = field(default_factory=list)
    also: frozenset[Family] = frozenset()

    @property
    def empty(self) -> bool:
        return first_line(tuple(self.value)) is None and not any(
            isinstance(b, Code) for b in self.value
        )


@dataclass(slots=True)
class Body:
    """What a part says: its fields, and the blocks that are in none."""

    fields: list[Field] = field(default_factory=list)
    rest: list[Block] = field(default_factory=list)


def read_body(blocks: Iterable[Block], under: Family | None = None) -> Body:
    """The fields in some blocks; `under` is the field that they are the value of."""
    reader = _Reader(Body(), under)
    for block in blocks:
        reader.block(block)
    return reader.body


@dataclass(slots=True)
class _Reader:
    body: Body
    under: Family | None = None
    open: Field | None = None

    def block(self, block: Block) -> None:
        match block:
            case Para(lines=lines):
                self._para(lines)
            case Items(items=items) if any(_is_pairs(item) for item in items):
                for item in items:
                    if _is_pairs(item):
                        for inner in item:
                            self.block(inner)
                    else:
                        self._items(Items((item,)), (item,))
            case Items(items=items):
                self._items(block, items)
            case Table() if is_facts(block):
                for pair in facts(block):
                    self._pair(pair)
                self.open = None
            case Pairs(pairs=pairs):
                for pair in pairs:
                    self._pair(pair)
                self.open = None
            case _:
                self._keep(block)

    def _para(self, lines: tuple[Line, ...]) -> None:
        kept: list[Line] = []
        fresh = True
        for line in lines:
            for piece in pieces_of(line):
                if facts_of := fact_line(line) if len(lines) < 3 or line.strong else ():
                    self._flush(kept, fresh)
                    kept, fresh = [], False
                    if self._waits():
                        kept.append(line)
                    else:
                        for family in facts_of:
                            self._begin(Piece(line, family, frozenset({family})))
                    break
                if not self._counts(piece) or self._wrapped(piece, line):
                    short = self.open is not None and self.open.family in CORE
                    if short and not fresh and _SMALL.match(line.text) and not kept:
                        self.open = None
                    kept.append(piece.line if not piece.unknown else line)
                    continue
                self._flush(kept, fresh)
                kept, fresh = [], False
                self._begin(piece)
        self._flush(kept, fresh)

    def _waits(self) -> bool:
        """Whether a label stands above that has no value yet."""
        here = self.open
        return self.under in CORE or (here is not None and here.empty and here.family in CORE)

    def _wrapped(self, piece: Piece, line: Line) -> bool:
        """Whether what looks like a bold label is the value of the label above it."""
        if not piece.unknown or not line.strong or line.text.endswith(":"):
            return False
        here = self.open
        if here is None or here.family not in CORE:
            return False
        last = next((p for p in reversed(here.value) if isinstance(p, Para)), None)
        if here.empty or last is None:
            return here.empty
        above = last.lines[-1]
        if above.text.endswith((",", ";", " and")):
            return True
        return here.family is Family.MENTORS and "," in above.text and above.runs[-1].strong

    def _counts(self, piece: Piece) -> bool:
        """Whether a label is one here: in the value of another field few are."""
        if piece.unknown:
            return self.under is None
        if not piece.families:
            return False
        return self._free() or bool(piece.families & (CORE | {Family.STUDENT}))

    def _free(self) -> bool:
        return self.under in (None, Family.DESCRIPTION, Family.OTHER, Family.TITLE, Family.SIZE,
                              Family.DIFFICULTY)  # fmt: skip

    def _begin(self, piece: Piece) -> None:
        order = list(Family)
        families = sorted(piece.families, key=order.index)
        first = families[0] if families else Family.OTHER
        self.open = Field(first, piece.label, piece.line.at, also=frozenset(families[1:]))
        if piece.line.text:
            self.open.value.append(Para((piece.line,)))
        self.body.fields.append(self.open)

    def _flush(self, kept: list[Line], fresh: bool) -> None:
        """Lines without a label: they go on with the field above, or stand for themselves."""
        if kept:
            para = Para(tuple(kept))
            if fresh:
                self._keep(para)
            elif self.open is not None:
                self.open.value.append(para)
            else:
                self.body.rest.append(para)

    def _keep(self, block: Block) -> None:
        """A block without a label."""
        here = self.open
        brief = here is not None and here.family in BRIEF and isinstance(block, Para)
        if here is not None and (here.empty or (here.family in LONG and not brief)):
            here.value.append(block)
        else:
            self.open = None
            self.body.rest.append(block)

    def _items(self, block: Items, items: tuple[tuple[Block, ...], ...]) -> None:
        pieces = [self._item_label(item) for item in items]
        known = [p for p in pieces if p is not None]
        core = any(p.families & CORE for p in known)
        waiting = self.open is not None and self.open.empty and self.open.family in LISTED
        if not known or (waiting and not core):
            self._keep(block)
            return
        if self.open is not None and self.open.empty and self.open.family in CORE and not core:
            self._keep(block)
            return
        if (
            waiting
            and self.open is not None
            and self.open.family is Family.MENTORS
            and all(p.families <= {Family.MENTORS, Family.STUDENT, Family.CONTACT} for p in known)
        ):
            self._keep(block)
            return
        for item, piece in zip(items, pieces, strict=True):
            if piece is None:
                self._keep(Items((item,)))
            else:
                self._item(item)
        self.open = None

    def _item_label(self, item: tuple[Block, ...]) -> Piece | None:
        if not item or not isinstance(item[0], Para):
            return None
        line = item[0].lines[0]
        piece = pieces_of(line)[0]
        if piece.families and not piece.unknown and self._counts(piece):
            return piece
        whole = line.text.rstrip(": ")
        if len(item) > 1 and families_of(whole) and len(item[0].lines) == 1:
            return Piece(plain("", line.at), whole, families_of(whole))
        return None

    def _item(self, item: tuple[Block, ...]) -> None:
        opening = item[0]
        label = self._item_label(item)
        if (
            label is not None
            and not label.line.text
            and isinstance(opening, Para)
            and len(pieces_of(opening.lines[0])) == 1
        ):
            self._begin(label)
            if len(opening.lines) > 1:
                self._para(opening.lines[1:])
        else:
            self.block(opening)
        mine = self.open
        for inner in item[1:]:
            if mine is not None:
                nested = read_body([inner], under=mine.family)
                if any(f.family in CORE and f.family != mine.family for f in nested.fields):
                    self.body.fields.extend(nested.fields)
                    mine.value.extend(nested.rest)
                else:
                    mine.value.append(inner)

    def _pair(self, pair: Pair) -> None:
        families = families_of(pair.label.text.strip(MARKS))
        label = pair.label.text.strip(MARKS)
        self._begin(Piece(plain("", pair.label.at), label, families, unknown=not families))
        if self.open is None:
            return
        self.open.value.extend(pair.value)
        if self.open.family in (Family.MENTORS, Family.DESCRIPTION, Family.CONTACT):
            inner = read_body(pair.value, under=self.open.family)
            if any(f.family in (*CORE, Family.STUDENT) for f in inner.fields):
                self.body.fields.extend(inner.fields)
                self.open.value = inner.rest


def _is_pairs(item: tuple[Block, ...]) -> bool:
    """Whether an item is a name and its value, as in a definition within a list."""
    return bool(item) and isinstance(item[0], Pairs) and not item[0].record
