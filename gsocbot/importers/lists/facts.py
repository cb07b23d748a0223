"""Small tables that are about one thing: labels beside or above their values."""

from __future__ import annotations

from collections.abc import Iterator

from gsocbot.importers.lists.cuts import MARKS
from gsocbot.importers.lists.labels import LISTED, Family, families_of, family_of
from gsocbot.importers.lists.tree import (
    Block,
    Pair,
    Table,
    first_line,
)


def is_facts(table: Table) -> bool:
    """Whether a table has labels in its first column, so that it is about one thing."""
    if _is_lying(table):
        return True
    rows = [row for row in table.rows if len(row) >= 2]
    if not rows or len(rows) * 2 < len(table.rows):
        return False
    down = [_cell_family(row[0]) for row in rows]
    across = [_cell_family(cell) for cell in rows[0]]
    known = {f for f in down if f}
    # Of two columns fewer labels need be known: nobody lists ideas under names of fields.
    enough = 3 if len(known) >= 3 and all(len(row) == 2 for row in rows) else 2
    return (
        bool(known & LISTED)
        and len(known) >= 2
        and len(known) >= len({f for f in across if f})
        and sum(f is not None for f in down) * enough >= len(down)
    )


def _is_lying(table: Table) -> bool:
    """Whether labels stand side by side in the first of two rows, and none is a title."""
    if len(table.rows) != 2 or len(table.rows[0]) < 2:
        return False
    across = [_cell_family(cell) for cell in table.rows[0]]
    below = [_cell_family(cell) for cell in table.rows[1]]
    return (
        across[0] is not None
        and sum(map(bool, across)) >= 2
        and Family.TITLE not in across
        and bool(LISTED & set(across))
        and below[0] is None
    )


def _cell_family(cell: tuple[Block, ...]) -> Family | None:
    line = first_line(cell)
    return family_of(line.text.strip(MARKS)) if line else None


def facts(table: Table) -> Iterator[Pair]:
    """The rows of such a table as pairs."""
    if _is_lying(table):
        lines = [first_line(cell) for cell in table.rows[0]]
        yield from (Pair(k, v) for k, v in zip(lines, table.rows[1], strict=False) if k and v)
        return
    for row in table.rows:
        line = first_line(row[0]) if row else None
        if line is None:
            continue
        value = tuple(block for cell in row[1:] for block in cell)
        if len(row) == 4 and row[1] and _cell_family(row[2]) and _cell_family(row[0]):
            second = first_line(row[2])
            yield Pair(line, row[1])
            if second is not None:
                yield Pair(second, row[3])
        elif value or families_of(line.text.strip(MARKS)):
            yield Pair(line, value)
