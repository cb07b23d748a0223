"""A part of a list that may be an idea: what marks it off, and what it says."""

from __future__ import annotations

from dataclasses import dataclass, field
from enum import StrEnum

from gsocbot.importers.lists.labels import Family
from gsocbot.importers.lists.tree import (
    Block,
    Line,
)
from gsocbot.importers.lists.written import Field


class Kind(StrEnum):
    """How a part is marked off from its neighbours."""

    SECTION = "section"
    SEGMENT = "segment"
    ROW = "row"
    ITEM = "item"
    RECORD = "record"


@dataclass(slots=True)
class Part:
    """Something with a title: its own fields, those of headings in it, its text and its parts."""

    title: Line
    kind: Kind = Kind.SECTION
    own: list[Field] = field(default_factory=list)
    headed: list[Field] = field(default_factory=list)
    rest: list[Block] = field(default_factory=list)
    parts: list[Part] = field(default_factory=list)

    @property
    def fields(self) -> list[Field]:
        """All its fields."""
        return [*self.own, *self.headed]

    @property
    def families(self) -> set[Family]:
        """What its fields mean."""
        return {f for one in self.fields for f in (one.family, *one.also)}
