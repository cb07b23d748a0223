"""Parts of a list that may be ideas: sections, rows, items, records, and what each says."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator

from gsocbot.importers.lists.facts import is_facts
from gsocbot.importers.lists.labels import CORE, Family, families_of, family_of
from gsocbot.importers.lists.outline import Node
from gsocbot.importers.lists.part import Kind, Part
from gsocbot.importers.lists.rows import (
    column_ideas,
    facts_part,
    first_column,
    in_pairs,
    item_ideas,
    pair_ideas,
    row_ideas,
)
from gsocbot.importers.lists.segments import segmented
from gsocbot.importers.lists.titles import clean_title
from gsocbot.importers.lists.tree import (
    DEEPEST,
    Block,
    Heading,
    Items,
    Line,
    Pair,
    Pairs,
    Table,
    plain,
)
from gsocbot.importers.lists.weighing import weight
from gsocbot.importers.lists.written import Body, Field, read_body


def part_of(node: Node, depth: int = 0) -> Part:
    """What stands below a heading."""
    part = Part(node.title)
    left: list[Block] = []
    tables = [b for b in node.body if isinstance(b, Table) and is_facts(b)]
    records = [b for b in node.body if isinstance(b, Pairs) and b.record]
    for block in node.body:
        match block:
            case Pairs(record=True) if len(records) > 1 or _has_title(block.pairs):
                part.parts.append(record_part(block))
            case Table() if is_facts(block):
                lying = len(block.rows) == 2 and not first_column(block)
                part.parts.extend([] if lying else column_ideas(block))
                several = len(tables) > 1
                narrow = lying or len(block.rows[0]) <= 2 or in_pairs(block)
                if narrow and several and not lying:
                    part.parts.append(facts_part(block, left))
                elif narrow or not part.parts:
                    left.append(block)
            case Table() if rows := list(row_ideas(block)):
                part.parts.extend(rows)
            case Pairs(record=False) if named := list(pair_ideas(block)):
                part.parts.extend(named)
            case Items() if records_of := list(_listed_records(block)):
                part.parts.extend(record_part(b) for b in records_of)
            case Items() if items := list(item_ideas(block)):
                part.parts.extend(items)
            case _:
                left.append(block)
    _read(part, left)
    if depth < DEEPEST:
        for child in node.parts:
            _add(part, child, depth)
    return part


def _read(part: Part, blocks: list[Block]) -> None:
    body = read_body(blocks)
    if _repeats(body):
        before, segments = segmented(blocks)
        if segments:
            part.parts.extend(Part(s.title, Kind.SEGMENT, s.fields, [], s.rest) for s in segments)
            body = read_body(before)
    part.own, part.rest = body.fields, body.rest
    part.parts.extend(_records_in(part.own))


def _repeats(body: Body) -> bool:
    count = Counter(f.family for f in body.fields if f.family in CORE)
    return any(n > 1 for n in count.values())


def _add(part: Part, child: Node, depth: int) -> None:
    """A part with a heading; one whose heading is a label is a field of the part around it."""
    inner = part_of(child, depth + 1)
    families = _label_families(child)
    family = next(iter(sorted(families, key=list(Family).index)), None)
    if family is None or has_ideas(inner):
        part.parts.append(inner)
        return
    part.headed.extend(inner.headed)
    blocks = list(_flat(child))
    body = read_body(blocks, under=family)
    value = body.rest if body.fields else blocks
    text = child.title.text
    headed = Field(family or Family.OTHER, text, child.title.at, value, families - {family})
    part.headed.append(headed)
    part.headed.extend(body.fields)


def _label_families(node: Node) -> frozenset[Family]:
    """What a heading means if it is the label of a field."""
    families = families_of(clean_title(node.title)[0] or node.title.text)
    return families - {Family.OTHER, Family.TITLE, Family.DRAFT}


def has_ideas(part: Part) -> bool:
    """Whether there are parts in a part that say who mentors them, or how hard they are."""
    return any(_like_an_idea(p) or has_ideas(p) for p in part.parts)


def _like_an_idea(part: Part) -> bool:
    return len(part.families & CORE) >= 2 or (
        Family.MENTORS in part.families and weight(part.families) > 2
    )


def _flat(node: Node) -> Iterator[Block]:
    yield from node.body
    for part in node.parts:
        if not _label_families(part):
            yield Heading(part.level, part.title)
            yield from _flat(part)


def _has_title(pairs: Iterable[Pair]) -> bool:
    return any(family_of(p.label.text) is Family.TITLE and p.value for p in pairs)


def record_part(block: Pairs, name: Line | None = None, depth: int = 0) -> Part:
    """An object of a data file, or a template of a wiki."""
    part = Part(name or plain(""), Kind.RECORD)
    for pair in block.pairs:
        inner = [b for b in pair.value if isinstance(b, Pairs) and b.record]
        listed = [
            b for v in pair.value if isinstance(v, Items) for item in v.items for b in item
            if isinstance(b, Pairs) and b.record
        ]  # fmt: skip
        families = families_of(pair.label.text)
        open_ended = not families & {
            Family.MENTORS, Family.STUDENT, Family.CONTACT, Family.LINKS, Family.SKILLS,
            Family.SIZE, Family.DIFFICULTY, Family.TAGS, Family.OUTCOME,
        }  # fmt: skip
        open_ended = open_ended or any(_holds_ideas(b) for b in (*inner, *listed))
        if (inner or listed) and open_ended and depth < DEEPEST:
            children = [record_part(b, pair.label, depth + 1) for b in inner]
            children += [record_part(b, None, depth + 1) for b in listed]
            part.parts.extend(children)
        else:
            part.own.extend(read_body([Pairs((pair,))]).fields)
    if not part.title.text:
        part.title = plain("", next((p.label.at for p in block.pairs), 0))
    return part


def _holds_ideas(record: Pairs, depth: int = 0) -> bool:
    """Whether an object says the title and more of an idea, or has objects in it that do."""
    families = {f for pair in record.pairs for f in families_of(pair.label.text)}
    if Family.TITLE in families and families & CORE:
        return True
    return depth < 4 and any(_holds_ideas(b, depth + 1) for p in record.pairs for b in _in(p))


def _in(pair: Pair) -> Iterator[Pairs]:
    for block in pair.value:
        if isinstance(block, Pairs) and block.record:
            yield block
        elif isinstance(block, Items):
            yield from _listed_records(block)


def _records_in(fields: list[Field]) -> Iterator[Part]:
    """Ideas that are the value of a field, as in `ideas: [...]` on top of a page."""
    for one in fields:
        objects = _in(Pair(plain(""), tuple(one.value)))
        if one.family in (Family.OTHER, Family.TITLE) or any(map(_holds_ideas, objects)):
            for block in list(one.value):
                if isinstance(block, Pairs) and block.record:
                    yield record_part(block, plain(one.label, one.at))
                elif isinstance(block, Items):
                    for item in block.items:
                        for inner in item:
                            if isinstance(inner, Pairs) and inner.record:
                                yield record_part(inner)


def _listed_records(block: Items) -> Iterator[Pairs]:
    """The objects that a list of a data file is made of."""
    for item in block.items:
        if len(item) == 1 and isinstance(item[0], Pairs) and item[0].record:
            yield item[0]
