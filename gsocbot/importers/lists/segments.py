"""Ideas one after another without headings: where each begins, told by what repeats."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass

from gsocbot.importers.lists.cuts import pieces_of
from gsocbot.importers.lists.labels import CORE, Family, families_of, words_of
from gsocbot.importers.lists.levels import is_level_tag, is_size_tag
from gsocbot.importers.lists.tree import Block, Items, Line, Para
from gsocbot.importers.lists.weighing import ENOUGH, weight
from gsocbot.importers.lists.written import Field, read_body

LONGEST_SHORT = 110
_NUMBERED = re.compile(
    r"^\s*(?:(?:project|idea)\s*)?(?:#\s*)?[(\[]?(?:\d{1,3}|[nx](?=\]))\s*[\].):\-–]{0,2}(?=\s|$|[A-Z])",
    re.I,
)
_ONLY_NUMBER = re.compile(r"^\W*(?:(?:project|idea)\s*)?#?\d{1,3}\W*$", re.I)
_NO_TITLE_END = tuple(".:;,?!")


@dataclass(slots=True)
class Segment:
    """What begins at a line that looks like a title."""

    title: Line
    blocks: list[Block]
    fields: list[Field]
    rest: list[Block]

    @property
    def good(self) -> bool:
        return weight(f.family for f in self.fields) >= ENOUGH

    @property
    def once(self) -> bool:
        """Whether no field that is stated once in an idea is here more often."""
        count = Counter(f.family for f in self.fields if f.family in CORE and not f.empty)
        return all(n == 1 for n in count.values())


Start = tuple[Line, list[Block]]


def segmented(blocks: list[Block]) -> tuple[list[Block], list[Segment]]:
    """The blocks before the first idea, and the ideas; none if no kind of title divides them."""
    best: tuple[list[Block], list[Segment]] = (blocks, [])
    best_score = 0.0
    most = _most(blocks)
    # Where no label stands twice, words in a row are not enough to begin another idea.
    for kind in _KINDS if most > 1 else _KINDS[: _KINDS.index(_brief)]:
        before, segments = _by(kind, blocks)
        good = sum(s.good for s in segments)
        score = min(good, most) + 0.5 * sum(s.good and s.once for s in segments) - abs(good - most)
        if good >= 2 and score > best_score:
            best, best_score = (before, segments), score
    return best


def _most(blocks: list[Block]) -> int:
    """How often the label is stated that is stated most often: as many ideas there are."""
    count = Counter(
        " ".join(words_of(f.label)) for f in read_body(blocks).fields if f.family in CORE
    )
    return max(count.values(), default=0)


def _by(
    kind: Callable[[Block], Start | None], blocks: list[Block]
) -> tuple[list[Block], list[Segment]]:
    before: list[Block] = []
    raw: list[tuple[Line, list[Block]]] = []
    waits = False
    for block in blocks:
        start = None if waits else kind(block)
        waits = _waits(block)
        if start is not None:
            raw.append((start[0], list(start[1])))
        elif raw:
            raw[-1][1].append(block)
        else:
            before.append(block)
    if len(raw) < 2:
        return blocks, []
    return _joined(before, raw)


def _waits(block: Block) -> bool:
    """Whether a paragraph is a label alone, so that what follows is its value and no title."""
    if not isinstance(block, Para) or len(block.lines) != 1 or not block.lines[0].strong:
        return False
    last = pieces_of(block.lines[0])[-1]
    return bool(last.families) and not last.line.text


def _joined(before: list[Block], raw: list[Start]) -> tuple[list[Block], list[Segment]]:
    """What has no fields is a part of the one above it, or stands before the first."""
    groups: list[tuple[Segment, list[Block]]] = []
    for title, blocks in raw:
        made = _segment(title, blocks)
        if made.good:
            groups.append((made, []))
        elif groups and not (made.fields and _short(title) and not groups[-1][0].once):
            groups[-1][1].extend([Para((title,)), *blocks])
        else:
            before.extend([Para((title,)), *blocks])
    segments = [
        _segment(made.title, [*made.blocks, *more]) if more else made for made, more in groups
    ]
    return before, segments


def _segment(title: Line, blocks: list[Block]) -> Segment:
    if _ONLY_NUMBER.match(title.text) and blocks and isinstance(blocks[0], Para):
        first = blocks[0]
        title = first.lines[0]
        blocks = [*([Para(first.lines[1:])] if first.lines[1:] else []), *blocks[1:]]
    body = read_body(blocks)
    return Segment(title, blocks, body.fields, body.rest)


def _short(line: Line) -> bool:
    return len(line.text) <= LONGEST_SHORT


def _opening(block: Block) -> tuple[Line, list[Block]] | None:
    """The first line of a paragraph, and what is below it."""
    if not isinstance(block, Para) or not block.lines:
        return None
    below: list[Block] = [Para(block.lines[1:])] if len(block.lines) > 1 else []
    return block.lines[0], below


def _title_label(block: Block) -> Start | None:
    opening = _opening(block)
    if opening is None:
        return None
    pieces = pieces_of(opening[0])
    if Family.TITLE not in pieces[0].families or not pieces[0].line.text:
        return None
    text = opening[0]
    later: list[Block] = [Para((text.since(_after(text, pieces[1].label)),))] if pieces[1:] else []
    return pieces[0].line, [*later, *opening[1]]


def _after(line: Line, label: str) -> int:
    return max(0, "".join(run.text for run in line.runs).find(label, 1))


def _is_label(line: Line) -> bool:
    text = line.text.strip(" .()[]")
    if is_level_tag(text) or is_size_tag(text):
        return True
    return bool(families_of(line.text.rstrip(": "))) or bool(pieces_of(line)[0].families)


def _numbered_strong(block: Block) -> Start | None:
    opening = _opening(block)
    if opening is None or not opening[0].runs:
        return None
    line = opening[0]
    if not line.runs[0].strong or not _NUMBERED.match(line.text) or _is_label(line):
        return None
    return _lead(line, opening[1])


def _strong(block: Block) -> Start | None:
    opening = _opening(block)
    if opening is None or not opening[0].strong or _is_label(opening[0]):
        return None
    text = opening[0].text
    return opening if len(text) > 2 and not text.endswith(":") else None


def _numbered(block: Block) -> Start | None:
    opening = _opening(block)
    if opening is None or not _NUMBERED.match(opening[0].text) or _is_label(opening[0]):
        return None
    return _lead(opening[0], opening[1])


def _item(block: Block) -> Start | None:
    if not isinstance(block, Items) or len(block.items) != 1:
        return None
    item = block.items[0]
    opening = _opening(item[0]) if item else None
    if opening is None or _is_label(opening[0]):
        return None
    line, below = _lead(opening[0], opening[1])
    return line, [*below, *item[1:]]


def _leading(block: Block) -> Start | None:
    opening = _opening(block)
    if opening is None or not opening[0].runs or not opening[0].runs[0].strong:
        return None
    return None if _is_label(opening[0]) else _lead(opening[0], opening[1])


def _brief(block: Block) -> Start | None:
    opening = _opening(block)
    if opening is None or opening[1]:
        return None
    text = opening[0].text
    if not 3 <= len(text) <= LONGEST_SHORT or text.endswith(_NO_TITLE_END) or _is_label(opening[0]):
        return None
    return opening


def _first(block: Block) -> Start | None:
    """A paragraph whose first line is no label and whose others are."""
    opening = _opening(block)
    if opening is None or not opening[1] or not _short(opening[0]) or _is_label(opening[0]):
        return None
    return (
        opening if isinstance(block, Para) and any(_is_label(b) for b in block.lines[1:]) else None
    )


def _lead(line: Line, below: list[Block]) -> Start:
    """A title that is strong at the start of a line, and the rest of the line below it."""
    at = 0
    for run in line.runs:
        if not run.strong and run.text.strip():
            break
        at += len(run.text)
    head, tail = line.until(at), line.since(at)
    if not head.text or _ONLY_NUMBER.match(head.text) or not tail.text:
        return line, below
    return head, [Para((tail,)), *below] if tail.text.strip(" .:-–") else below


_KINDS: tuple[Callable[[Block], Start | None], ...] = (
    _title_label, _numbered_strong, _strong, _numbered, _item, _leading, _brief, _first,
)  # fmt: skip
