"""Headings and boxes as a tree of parts, each with the blocks that are its own."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field

from gsocbot.importers.lists.tree import DEEPEST, Block, Box, Heading, Items, Line, plain


@dataclass(slots=True)
class Node:
    """A title, what stands below it, and the parts with titles of their own in it."""

    title: Line
    level: int = 0
    body: list[Block] = field(default_factory=list)
    parts: list[Node] = field(default_factory=list)


def outline(blocks: Iterable[Block], title: Line | None = None, depth: int = 0) -> Node:
    """The parts of a text by its headings."""
    root = Node(title or plain(""))
    path = [root]
    for block in _unlisted(blocks, depth):
        match block:
            case Heading(level=level, line=line):
                while len(path) > 1 and path[-1].level >= level:
                    path.pop()
                node = Node(line, level)
                path[-1].parts.append(node)
                path.append(node)
            case Box(title=title, blocks=inner) if depth < DEEPEST:
                path[-1].parts.append(outline(inner, title, depth + 1))
            case Box():
                pass
            case _:
                path[-1].body.append(block)
    return root


def _unlisted(blocks: Iterable[Block], depth: int) -> Iterator[Block]:
    """The blocks, with the items of a list that begin with headings one after another."""
    for block in blocks:
        if isinstance(block, Items) and depth < DEEPEST and _headed(block):
            for item in block.items:
                yield from _unlisted(item, depth + 1)
        else:
            yield block


def _headed(block: Items) -> bool:
    return any(item and isinstance(item[0], Heading) for item in block.items)
