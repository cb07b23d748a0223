"""How far people are who show it to everybody: their lists as rows of boxes, filled when done."""

from collections.abc import Sequence
from dataclasses import dataclass

from gsocbot.site.snapshot import Far, Shown

WIDTH, HEIGHT = 360, 16
GAP = 3
"""Between two boxes, in pixels."""


@dataclass(frozen=True, slots=True)
class Box:
    """An item of a list; which one it is, the page does not tell."""

    x: float
    width: float
    done: bool


@dataclass(frozen=True, slots=True)
class Bar:
    """A list as a picture, with what it says in words."""

    title: str
    done: int
    total: int
    boxes: tuple[Box, ...]
    width: int = WIDTH
    height: int = HEIGHT


@dataclass(frozen=True, slots=True)
class Row:
    """Somebody, the idea that they work on, and their lists."""

    name: str
    number: int
    title: str
    bars: tuple[Bar, ...]


def rows(shown: Sequence[Shown]) -> list[Row]:
    """Everybody who shows it, in the order of the ideas."""
    return [
        Row(s.account, s.number, s.title, tuple(_bar(far) for far in s.lists if far.total))
        for s in shown
    ]


def _bar(of: Far) -> Bar:
    step = WIDTH / of.total
    width = round(max(step - GAP, step / 2), 1)
    boxes = tuple(Box(round(n * step, 1), width, n < of.done) for n in range(of.total))
    return Bar(of.title, of.done, of.total, boxes)
