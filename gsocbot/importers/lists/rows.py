"""Ideas in rows, columns, items and pairs: parts without headings."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from gsocbot.importers.lists.cuts import pieces_of
from gsocbot.importers.lists.facts import facts
from gsocbot.importers.lists.labels import CORE, LISTED, Family, families_of, family_of
from gsocbot.importers.lists.part import Kind, Part
from gsocbot.importers.lists.tree import (
    Block,
    Items,
    Line,
    Pair,
    Pairs,
    Para,
    Table,
    first_line,
    plain,
)
from gsocbot.importers.lists.weighing import ENOUGH, weight
from gsocbot.importers.lists.written import read_body


def facts_part(table: Table, before: list[Block]) -> Part:
    """A small table that is an idea; its title may be its first row, or the line above it."""
    pairs = list(facts(table))
    body = read_body([Pairs(tuple(pairs))])
    part = Part(plain("", pairs[0].label.at if pairs else 0), Kind.RECORD, body.fields)
    if not any(f.family is Family.TITLE for f in body.fields):
        first = table.rows[0]
        line = first_line(first[0])
        if line and family_of(line.text.strip(" :")) is None:
            part.title = line
        elif before and isinstance(before[-1], Para) and len(before[-1].lines) == 1:
            part.title = before[-1].lines[0]
            before.pop()
    return part


def column_ideas(table: Table) -> Iterator[Part]:
    """The ideas of a table with labels in its first column and an idea in each of the others."""
    width = len(table.rows[0])
    if width < 3 or any(len(row) > width for row in table.rows) or in_pairs(table):
        return
    titles = table.rows[0]
    for n in range(1, width):
        line = first_line(titles[n])
        if line is None:
            continue
        pairs = tuple(
            Pair(label, row[n])
            for row in table.rows
            if n < len(row) and (label := first_line(row[0])) is not None and row[n]
        )
        yield Part(line, Kind.ROW, read_body([Pairs(pairs)]).fields)


def first_column(table: Table) -> bool:
    """Whether the labels of a table stand one below the other."""
    line = first_line(table.rows[1][0]) if table.rows[1] else None
    return line is not None and family_of(line.text.strip(" :*")) is not None


def in_pairs(table: Table) -> bool:
    """Whether there are two labels with their values in a row."""
    third = [first_line(row[2]) for row in table.rows if len(row) == 4]
    return any(line and family_of(line.text.strip(" :*")) for line in third[1:]) and len(third) > 1


def row_ideas(table: Table) -> Iterator[Part]:
    """The ideas of a table with a row for each."""
    if len(table.rows) < 2:
        return
    lines = [first_line(cell) for cell in table.rows[0]]
    heads = [families_of(line.text.strip(" :*")) if line else frozenset() for line in lines]
    known = {f for families in heads for f in families}
    title = next((n for n, f in enumerate(heads) if Family.TITLE in f), None)
    if title is None:
        title = next((n for n, f in enumerate(heads) if not f), None)
        if title and any(f - {Family.OTHER} for f in heads[:title]):
            return
        if title != 0 and heads[0] & {Family.MENTORS, Family.STUDENT}:
            return
    if title is None or not known & LISTED or len(known) < 2:
        return
    if not known & CORE and not _names_ideas(lines[title]):
        return
    for row in table.rows[1:]:
        line = first_line(row[title]) if title < len(row) else None
        if line is None:
            continue
        pairs = tuple(
            Pair(label, cell)
            for n, (label, cell) in enumerate(zip(lines, row, strict=False))
            if n != title and label is not None
        )
        rest = list(row[title])
        if isinstance(rest[0], Para):
            rest[0] = Para(rest[0].lines[1:])
        yield Part(line, Kind.ROW, read_body([Pairs(pairs)]).fields, [], rest)


def _names_ideas(line: Line | None) -> bool:
    text = line.text.casefold() if line else ""
    return any(word in text for word in ("idea", "project", "title", "topic"))


def item_ideas(block: Items) -> Iterator[Part]:
    """The items of a list if they are an idea each."""
    parts = [_item_part(item) for item in block.items]
    good = [p is not None and weight(p.families) >= 2 for p in parts]
    if sum(good) < 2 or sum(good) * 2 < len(good):
        return
    yield from (p for p in parts if p is not None)


def pair_ideas(block: Pairs) -> Iterator[Part]:
    """The ideas of a list of names and values if each name is a title."""
    parts = []
    for pair in block.pairs:
        if families_of(pair.label.text.strip(" :")):
            return
        body = read_body(pair.value)
        parts.append(Part(pair.label, Kind.ITEM, body.fields, [], body.rest))
    good = sum(weight(p.families) >= ENOUGH for p in parts)
    if good and good * 2 >= len(parts):
        yield from parts


def _item_part(item: tuple[Block, ...]) -> Part | None:
    if not item or not isinstance(item[0], Para):
        return None
    opening = item[0].lines[0]
    pieces = pieces_of(opening)
    if pieces[0].families and Family.TITLE not in pieces[0].families:
        return None
    title, after = item_title(pieces[0].line if not pieces[0].unknown else opening)
    if Family.TITLE in pieces[0].families:
        after = plain("")
    elif pieces[0].unknown:
        title = plain(pieces[0].label, opening.at)
        after = pieces[0].line
    blocks: list[Block] = []
    start = len("".join(r.text for r in opening.runs)) - _length(pieces[1:], opening)
    if after.text:
        blocks.append(Para((after,)))
    if len(pieces) > 1:
        blocks.append(Para((opening.since(start),)))
    if len(item[0].lines) > 1:
        blocks.append(Para(item[0].lines[1:]))
    body = read_body([*blocks, *item[1:]])
    return Part(title, Kind.ITEM, body.fields, [], body.rest)


def _length(pieces: Iterable[object], line: Line) -> int:
    """Letters of a line from the second label on."""
    later = list(pieces)
    if not later:
        return 0
    whole = "".join(run.text for run in line.runs)
    first = pieces_of(line)[1]
    at = whole.find(first.label, 1)
    return len(whole) - at if at > 0 else 0


def item_title(line: Line) -> tuple[Line, Line]:
    """The title that an item opens with, and what follows it."""
    lead = 0
    for run in line.runs:
        if run.strong or run.url or (lead == 0 and not run.text.strip(" \t0123456789.)")):
            lead += len(run.text)
        else:
            break
    text = "".join(run.text for run in line.runs)
    if text[:lead].strip():
        return line.until(lead), line.since(lead)
    for mark in (": ", " - ", " – ", " — ", ". "):
        at = text.find(mark)
        if 3 < at <= 120:
            return line.until(at), line.since(at + len(mark))
    return (line, plain("")) if len(text) <= 160 else (plain("", line.at), line)
