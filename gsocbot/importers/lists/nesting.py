"""Items that follow one another, as a list with lists in it."""

from __future__ import annotations

from gsocbot.importers.lists.tree import Block, Items, Line, Para

DEEPEST_LIST = 12


def nested(flat: list[tuple[int, list[list[Line]]]]) -> Items:
    """Items by how deep they are."""
    root: list[list[Block]] = []
    stack: list[tuple[int, list[list[Block]]]] = [(-1, root)]
    inner: dict[int, list[list[Block]]] = {}
    order: list[tuple[list[Block], list[list[Block]]]] = []
    for depth, paras in flat:
        while len(stack) > 1 and stack[-1][0] >= depth:
            stack.pop()
        while len(stack) > DEEPEST_LIST:
            stack.pop()
        item: list[Block] = [Para(tuple(lines)) for lines in paras if lines]
        stack[-1][1].append(item)
        children: list[list[Block]] = []
        inner[id(item)] = children
        order.append((item, children))
        stack.append((depth, children))
    for item, children in reversed(order):
        if children:
            item.append(Items(tuple(tuple(child) for child in children)))
    return Items(tuple(tuple(item) for item in root))
