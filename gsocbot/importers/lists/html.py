"""HTML as blocks; Markdown comes this way too, so that HTML within it is understood."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from typing import Protocol

from lxml import etree, html  # type: ignore[import-untyped]

from gsocbot.importers.lists.tree import (
    DEEPEST,
    Block,
    Box,
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
from gsocbot.importers.lists.words import words

LINE = "data-line"
"""The attribute that tells where something is written, if it was not HTML there."""

_HEADINGS = {f"h{n}": n for n in range(1, 7)}
_STRONG = {"b", "strong", "i", "em", "u", "th", "dt", "mark"}
_UNSEEN = {"script", "style", "template", "noscript", "head", "nav", "svg", "iframe"}
_BLOCKS = {
    *(
        [
            "address",
            "article",
            "aside",
            "blockquote",
            "body",
            "center",
            "div",
            "fieldset",
            "figure",
            "footer",
            "form",
        ]
    ),
    *(words("header html li main p section summary details table ul ol dl pre hr tr td th")),
    *_HEADINGS,
    *(["tbody", "thead", "tfoot", "caption", "dt", "dd", "colgroup"]),
}
_EMPTY = {"", "details", "more", "show more", "read more", "click to expand", "expand", "note"}


_BADGE = re.compile(r"badge|chip|pill|\btags?\b", re.I)


class Element(Protocol):
    """What is used of an element of lxml."""

    tag: object
    text: str | None
    tail: str | None
    sourceline: int | None

    def get(self, key: str, default: str = ...) -> str:
        """Give an attribute."""

    def __iter__(self) -> Iterator[Element]:
        """Go through the elements in it."""


def html_blocks(text: str, shift: int = 0) -> tuple[Block, ...]:
    """The blocks of an HTML text; its lines are counted from `shift`."""
    if not text.strip():
        return ()
    parser = html.HTMLParser(remove_comments=True, remove_pis=True, encoding="utf-8")
    try:
        root = html.document_fromstring(text.encode("utf-8"), parser=parser)
    except (etree.ParserError, etree.XMLSyntaxError, AssertionError, ValueError):
        return ()
    return tuple(_Reader(shift).blocks(root, 0))


@dataclass(slots=True)
class _Flow:
    """Lines that are being gathered into a paragraph."""

    lines: list[Line] = field(default_factory=list)
    runs: list[Run] = field(default_factory=list)
    at: int = 0
    badge: bool = False
    """Whether the last letters are a badge's, which a style sheet keeps apart from the next."""

    def end_line(self) -> None:
        if any(run.text.strip() for run in self.runs):
            self.lines.append(Line(_joined(self.runs), self.at))
        self.runs = []

    def taken(self) -> tuple[Para, ...]:
        self.end_line()
        lines, self.lines = tuple(self.lines), []
        return (Para(lines),) if lines else ()


@dataclass(slots=True)
class _Reader:
    shift: int
    at: int = 0

    def blocks(self, element: Element, depth: int) -> Iterator[Block]:
        """The blocks in an element: those that are marked up, and what stands between them."""
        if depth > DEEPEST:
            return
        self._see(element)
        flow = _Flow(at=self.at)
        self._text(element.text, Run(""), flow)
        for child in element:
            name = _name(child)
            if name in _BLOCKS or _has_blocks(child):
                yield from flow.taken()
                yield from self._block(child, name, depth)
            else:
                self._inline(child, Run(""), flow, depth)
            flow.at = flow.at if flow.runs else self.at
            self._text(child.tail, Run(""), flow)
        yield from flow.taken()

    def _block(self, element: Element, name: str, depth: int) -> Iterator[Block]:
        self._see(element)
        if name in _HEADINGS:
            yield from self._heading(element, _HEADINGS[name], depth)
        elif name in ("ul", "ol"):
            yield Items(tuple(tuple(self.blocks(e, depth + 1)) for e in _listed(element)))
        elif name == "dl":
            yield Pairs(tuple(self._pairs(element, depth)))
        elif name == "table":
            yield Table(tuple(self._rows(element, depth)))
        elif name == "pre":
            yield Code(_text_of(element))
        elif name == "details":
            yield from self._box(element, depth)
        elif name not in _UNSEEN and name != "hr":
            yield from self.blocks(element, depth + 1)

    def _heading(self, element: Element, level: int, depth: int) -> Iterator[Block]:
        """A heading; where nobody closed it, it ends at the first block in it."""
        if not any(_name(child) in _BLOCKS - {"p", "div"} for child in element):
            yield Heading(level, self._line(element, depth))
            return
        inner = list(self.blocks(element, depth + 1))
        first = inner[0] if inner else None
        if isinstance(first, Para):
            yield Heading(level, first.lines[0])
            inner = [*([Para(first.lines[1:])] if first.lines[1:] else []), *inner[1:]]
        yield from inner

    def _box(self, element: Element, depth: int) -> Iterator[Block]:
        summary = next((e for e in element if _name(e) == "summary"), None)
        title = plain("") if summary is None else self._line(summary, depth)
        inner = [b for e in element if e is not summary for b in self._child(e, depth)]
        if title.text.casefold().strip(" .:!") in _EMPTY:
            yield from inner
        else:
            yield Box(title, tuple(inner))

    def _child(self, element: Element, depth: int) -> Iterator[Block]:
        name = _name(element)
        flow = _Flow(at=self.at)
        if name in _BLOCKS or _has_blocks(element):
            yield from self._block(element, name, depth + 1)
        else:
            self._inline(element, Run(""), flow, depth)
        self._text(element.tail, Run(""), flow)
        yield from flow.taken()

    def _pairs(self, element: Element, depth: int) -> Iterator[Pair]:
        label: Line | None = None
        value: list[Block] = []
        for child in _within(element, {"dt", "dd"}):
            if _name(child) == "dt":
                if label is not None:
                    yield Pair(label, tuple(value))
                label, value = self._line(child, depth), []
            else:
                value.extend(self.blocks(child, depth + 1))
        if label is not None:
            yield Pair(label, tuple(value))

    def _rows(self, element: Element, depth: int) -> Iterator[tuple[tuple[Block, ...], ...]]:
        for row in _within(element, {"tr"}):
            cells = [tuple(self.blocks(c, depth + 1)) for c in row if _name(c) in ("td", "th")]
            if any(cells):
                yield tuple(cells)

    def _line(self, element: Element, depth: int) -> Line:
        self._see(element)
        flow = _Flow(at=self.at)
        self._inline(element, Run(""), flow, depth, tail=False)
        flow.end_line()
        runs = [run for line in flow.lines for run in (*line.runs, Run(" "))]
        return Line(_joined(runs[:-1]), self.at)

    def _inline(  # what a tag means for the letters in it
        self, element: Element, like: Run, flow: _Flow, depth: int, *, tail: bool = True
    ) -> None:
        name = _name(element)
        if name in _UNSEEN or depth > DEEPEST:
            return
        self._see(element)
        if name == "br":
            flow.end_line()
        badge = name == "span" and bool(_BADGE.search(element.get("class", "")))
        if badge and flow.badge:
            flow.runs.append(Run(" · "))
        href = element.get("href", "") if name == "a" else ""
        here = Run("", like.strong or name in _STRONG, href or like.url)
        self._text(element.text, here, flow)
        for child in element:
            self._inline(child, here, flow, depth + 1)
            self._text(child.tail, here, flow)
        flow.badge = badge

    def _text(self, text: str | None, like: Run, flow: _Flow) -> None:
        whole = text or ""
        flow.badge = flow.badge and not whole.strip()
        parts = whole.split("\n") if self.shift < 0 else [whole.replace("\n", " ")]
        for n, part in enumerate(parts):
            if n:
                flow.end_line()
                self.at += 1
            if not flow.runs:
                flow.at = self.at
            if part:
                flow.runs.append(Run(part, like.strong, like.url))

    def _see(self, element: Element) -> None:
        written = element.get(LINE, "")
        if written.isdecimal():
            self.at = int(written)
        elif element.sourceline and self.shift >= 0:
            self.at = element.sourceline + self.shift


def _joined(runs: Iterable[Run]) -> tuple[Run, ...]:
    """Runs with those alike put together."""
    out: list[Run] = []
    for run in runs:
        if out and (out[-1].strong, out[-1].url) == (run.strong, run.url):
            out[-1] = Run(out[-1].text + run.text, run.strong, run.url)
        else:
            out.append(run)
    if out:
        out[0] = Run(out[0].text.lstrip(), out[0].strong, out[0].url)
        out[-1] = Run(out[-1].text.rstrip(), out[-1].strong, out[-1].url)
    return tuple(out)


def _name(element: Element) -> str:
    return element.tag.lower() if isinstance(element.tag, str) else ""


def _has_blocks(element: Element) -> bool:
    """Whether a tag for letters has blocks in it, as `<a><h3>` and `<span><div>` do."""
    if _name(element) in _UNSEEN:
        return False
    stack = [(element, 0)]
    while stack:
        here, depth = stack.pop()
        for child in here:
            if _name(child) in _BLOCKS:
                return True
            if depth < 3:
                stack.append((child, depth + 1))
    return False


def _listed(element: Element) -> Iterator[Element]:
    return (e for e in element if _name(e) not in _UNSEEN and _name(e))


def _within(element: Element, names: set[str]) -> Iterator[Element]:
    """The elements of these names, whatever groups them (tbody, div)."""
    for child in element:
        if _name(child) in names:
            yield child
        elif _name(child) in ("tbody", "thead", "tfoot", "div"):
            yield from (e for e in child if _name(e) in names)


def _text_of(element: Element) -> str:
    parts: list[str] = [element.text or ""]
    stack = list(reversed(list(element)))
    while stack and len(parts) < 10_000:
        child = stack.pop()
        parts.extend((child.text or "", child.tail or ""))
        stack.extend(reversed(list(child)))
    return "".join(parts)
