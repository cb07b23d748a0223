"""reStructuredText as blocks, by way of docutils; nothing is included or run."""

from __future__ import annotations

import io
import re
from collections.abc import Iterator
from typing import Any

from docutils import nodes  # type: ignore[import-untyped]
from docutils.core import publish_doctree  # type: ignore[import-untyped]

from gsocbot.importers.lists.tree import (
    DEEPEST,
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
    plain,
)

_SETTINGS = {
    "file_insertion_enabled": False,
    "raw_enabled": False,
    "_disable_config": True,
    "halt_level": 5,
    "report_level": 4,
    "input_encoding": "unicode",
    "doctitle_xform": False,
    "docinfo_xform": False,
    "line_length_limit": 20_000,
    "smart_quotes": False,
}
_ROLE = re.compile(
    r":(?:[A-Za-z][\w+.-]*:)*[A-Za-z][\w+.-]*:`(?:([^`<\n]*?)\s*<([^`>\n]*)>|([^`\n]*))`(?!_)"
)
_DIRECTIVE = re.compile(
    r"^([ \t]*)\.\. (?:dropdown|card|grid-item-card|tab-item|tab-set|details|collapse"
    r"|toggle|tab|grid)::[ \t]*(.*)$",
    re.M,
)


LONGEST_TEXT = 300_000
MOST_WORK = 4_000_000
"""Letters of a paragraph times the signs in it: docutils looks for the end of each of them."""
MOST_LINKS = 250
"""Bare addresses in a paragraph, for docutils goes a level deeper with each."""
_BREAKS = re.compile(r"^[ \t]*(?:(?:[-*+|]|\.\.|\d+\.) |\+[-=]{2})")
_SIGNS = re.compile(r"[*`|_\[]")


class Broken(Exception):
    """A text that docutils cannot read, or not in a time that anybody waits."""

    def __init__(self, line: int, reason: str) -> None:
        super().__init__(reason)
        self.line = line


def _bearable(text: str) -> str:
    """The text, without the signs of paragraphs that docutils would take minutes for."""
    if len(text) > LONGEST_TEXT:
        raise Broken(1, "this file is too long; divide it")
    out: list[str] = []
    para: list[str] = []
    for line in (*text.split("\n"), ""):
        if para and (not line.strip() or _BREAKS.match(line)):
            out.extend(_without_signs(para))
            para = []
        para.append(line)
    return "\n".join([*out, *para[:-1]])


def _without_signs(lines: list[str]) -> list[str]:
    whole = "\n".join(lines)
    if len(whole) * len(_SIGNS.findall(whole)) > MOST_WORK:
        lines = [_SIGNS.sub(" ", line) for line in lines]
    if whole.count("://") > MOST_LINKS:
        lines = [line.replace("://", ": //") for line in lines]
    return lines


def rst_blocks(text: str, shift: int = 0) -> tuple[Block, ...]:
    """The blocks of a reStructuredText file; raises Broken."""
    plain_text = _bearable(text)
    plain_text = _ROLE.sub(lambda m: (m[1] or m[3] or m[2] or "").lstrip("~!."), plain_text)
    plain_text = _DIRECTIVE.sub(r"\1.. rubric:: \2", plain_text)
    settings = {**_SETTINGS, "warning_stream": io.StringIO()}
    try:
        tree = publish_doctree(plain_text, settings_overrides=settings)
    except RecursionError:
        raise
    except Exception as error:  # docutils raises what it likes where markup is broken
        raise Broken(1, f"this cannot be read ({type(error).__name__})") from None
    return tuple(_Reader(shift, tree).blocks(tree, 0, 0))


class _Reader:
    """A walk through a tree of docutils."""

    def __init__(self, shift: int, tree: Any) -> None:
        self.shift = shift
        self.at = 1 + shift

    def blocks(self, node: Any, depth: int, level: int) -> Iterator[Block]:
        """The blocks in a node; sections lose their walls and keep their level."""
        if depth > DEEPEST:
            return
        for child in node.children:
            self._see(child)
            match child:
                case nodes.section():
                    yield from self.blocks(child, depth + 1, level + 1)
                case nodes.title() | nodes.subtitle():
                    line = self._line(child)
                    yield Heading(max(level, 1), Line(line.runs, max(1, line.at - 1)))
                case nodes.rubric():
                    yield Heading(level + 1, self._line(child))
                case nodes.paragraph() | nodes.line() | nodes.attribution() | nodes.caption():
                    lines = self._lines(child)
                    if lines:
                        yield Para(lines)
                case nodes.bullet_list() | nodes.enumerated_list():
                    yield Items(
                        tuple(tuple(self.blocks(i, depth + 1, level)) for i in child.children)
                    )
                case (
                    nodes.definition_list()
                    | nodes.field_list()
                    | nodes.docinfo()
                    | nodes.option_list()
                ):
                    yield Pairs(tuple(self._pairs(child, depth, level)))
                case nodes.table():
                    yield Table(tuple(self._rows(child, depth, level)))
                case nodes.literal_block() | nodes.doctest_block():
                    yield Code(child.astext())
                case nodes.system_message():
                    yield from self._lost_title(child, level)
                case nodes.comment() | nodes.target() | nodes.raw():
                    pass
                case nodes.Text():
                    pass
                case _:
                    yield from self.blocks(child, depth + 1, level)

    def _lost_title(self, message: Any, level: int) -> Iterator[Block]:
        """A title whose signs docutils finds at odds with those above; readers see a title."""
        quoted = [c for c in message.children if isinstance(c, nodes.literal_block)]
        if quoted and "itle" in message.astext()[:80]:
            lines = [part for part in quoted[0].astext().split("\n") if re.search(r"\w", part)]
            if len(lines) == 1:
                yield Heading(level + 1, plain(lines[0].strip(), self.at))

    def _pairs(self, node: Any, depth: int, level: int) -> Iterator[Pair]:
        for item in node.children:
            self._see(item)
            label = next(
                (c for c in item.children if isinstance(c, nodes.term | nodes.field_name)), None
            )
            body = [c for c in item.children if isinstance(c, nodes.definition | nodes.field_body)]
            if label is not None:
                line = self._line(label)
                value = [b for c in body for b in self.blocks(c, depth + 1, level)]
                yield Pair(line, tuple(value))

    def _rows(self, node: Any, depth: int, level: int) -> Iterator[tuple[tuple[Block, ...], ...]]:
        for row in node.findall(nodes.row):
            yield tuple(tuple(self.blocks(entry, depth + 1, level)) for entry in row.children)

    def _line(self, node: Any) -> Line:
        lines = self._lines(node)
        return (
            Line(tuple(run for line in lines for run in line.runs), self.at)
            if lines
            else plain("", self.at)
        )

    def _lines(self, node: Any) -> tuple[Line, ...]:
        self._see(node)
        start = self.at
        lines: list[list[Run]] = [[]]
        for run in self._runs(node, Run(""), 0):
            first, *more = run.text.split("\n")
            lines[-1].append(Run(first, run.strong, run.url))
            lines.extend([Run(part, run.strong, run.url)] for part in more)
        made = (Line(tuple(r for r in runs if r.text), start + n) for n, runs in enumerate(lines))
        return tuple(line for line in made if line.text)

    def _runs(self, node: Any, like: Run, depth: int) -> Iterator[Run]:
        for child in node.children:
            match child:
                case nodes.Text():
                    yield Run(str(child).replace("\x00", ""), like.strong, like.url)
                case nodes.system_message() | nodes.target():
                    pass
                case _ if depth < DEEPEST:
                    strong = like.strong or isinstance(child, nodes.strong | nodes.emphasis)
                    url = child.get("refuri", "") if isinstance(child, nodes.reference) else ""
                    yield from self._runs(child, Run("", strong, url or like.url), depth + 1)

    def _see(self, node: Any) -> None:
        line = getattr(node, "line", None)
        if line:
            self.at = line + self.shift
