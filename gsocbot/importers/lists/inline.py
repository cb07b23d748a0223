"""The letters of a line in light markup: which are strong, and which are links."""

from __future__ import annotations

import re
from collections.abc import Iterator

from gsocbot.importers.lists.tree import Run

_HELD = "\x04"
"""Stands for a link while marks are looked for, so that signs in addresses are no marks."""


def toggled(text: str, marks: re.Pattern[str], links: re.Pattern[str]) -> list[Run]:
    """Letters whose marks switch between strong and not, as in wikis."""
    held = _links_in(text, links)
    runs: list[Run] = []
    strong = False
    for piece in re.split(f"({marks.pattern})", links.sub(_HELD, text)):
        if marks.fullmatch(piece):
            strong = not strong
        else:
            runs.extend(_with_links(piece, held, marks, strong=strong))
    return runs


def paired(text: str, pairs: re.Pattern[str], links: re.Pattern[str]) -> list[Run]:
    """Letters whose marks stand on both sides of them; the first group that matched is shown."""
    held = _links_in(text, links)
    plain = links.sub(_HELD, text)
    runs: list[Run] = []
    at = 0
    for match in pairs.finditer(plain):
        runs.extend(_with_links(plain[at : match.start()], held, pairs))
        inner = next((g for g in match.groups() if g is not None), "")
        strong = "code" not in (match.lastgroup or "")
        runs.extend(_with_links(inner, held, pairs, strong=strong))
        at = match.end()
    return [*runs, *_with_links(plain[at:], held, pairs)]


def _links_in(text: str, links: re.Pattern[str]) -> Iterator[Run]:
    """The links of a text, one after another; the groups of a link begin with url and text."""
    for match in links.finditer(text):
        groups = match.groupdict()
        url = next((v for k, v in groups.items() if k.startswith("url") and v), "")
        shown = next((v for k, v in groups.items() if k.startswith("text") and v is not None), url)
        yield Run((shown or url).strip("[] "), url=url.strip() if "//" in url or "@" in url else "")


def _with_links(
    text: str, held: Iterator[Run], marks: re.Pattern[str], *, strong: bool = False
) -> list[Run]:
    """Letters with the next links in their places; what is marked in a link is strong."""
    runs: list[Run] = []
    for n, piece in enumerate(text.split(_HELD)):
        if n and (link := next(held, None)) is not None and link.text:
            bare = marks.sub(
                lambda m: next((g for g in m.groups() if g is not None), ""), link.text
            )
            runs.append(Run(bare, strong or bare != link.text, link.url))
        if piece:
            runs.append(Run(piece, strong))
    return runs
