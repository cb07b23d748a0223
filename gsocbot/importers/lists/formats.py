"""Which format a file is in, by its name and by its text."""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Callable
from pathlib import Path, PurePath

from gsocbot.importers.faults import Place, Unreadable
from gsocbot.importers.lists.data import json_blocks, toml_blocks, yaml_blocks
from gsocbot.importers.lists.front import divided
from gsocbot.importers.lists.html import html_blocks
from gsocbot.importers.lists.markdown import markdown_blocks
from gsocbot.importers.lists.restructured import Broken, rst_blocks
from gsocbot.importers.lists.syntaxes import asciidoc_blocks, org_blocks, plain_blocks
from gsocbot.importers.lists.tree import Block, Pair, Para, Table, plain
from gsocbot.importers.lists.wiki import mediawiki_blocks, moin_blocks
from gsocbot.importers.texts import clean

Reader = Callable[[str, int], tuple[Block, ...]]

_PAGES: dict[str, Reader] = {
    **dict.fromkeys(
        (".md", ".markdown", ".mdown", ".mkd", ".mdx", ".qmd", ".rmd"), markdown_blocks
    ),
    **dict.fromkeys((".html", ".htm", ".xhtml"), html_blocks),
    **dict.fromkeys((".rst", ".rest"), rst_blocks),
    **dict.fromkeys((".adoc", ".asciidoc", ".asc"), asciidoc_blocks),
    **dict.fromkeys((".wiki", ".mediawiki", ".wikitext", ".mw"), mediawiki_blocks),
    **dict.fromkeys((".moin", ".moinmoin"), moin_blocks),
    ".org": org_blocks,
}
_DATA = {
    ".yaml": yaml_blocks,
    ".yml": yaml_blocks,
    ".toml": toml_blocks,
    ".json": json_blocks,
    ".jsonl": json_blocks,
}
SUFFIXES = (*_PAGES, *_DATA, ".csv", ".tsv", ".txt", ".text")
_WIKI = re.compile(r"^={1,5}[^=\n]+={1,5}[ \t]*$|^\{\{\w|^\{\|", re.M)
_MARKDOWN = re.compile(r"^#{1,6} \S|^\*\*[^*\n]+\*\*|^[-*] \*\*|\]\(https?://", re.M)
_RST = re.compile(r"^\S.*\n([=\-~^\"'])\1{3,}[ \t]*$", re.M)
MOST_ROWS = 5_000
_BINARY = re.compile(r"[\x00-\x08\x0e-\x1a]")


def document(name: str, text: str) -> tuple[tuple[Pair, ...], tuple[Block, ...]]:
    """What is on top of a file, and its blocks."""
    if len(_BINARY.findall(text[:4000])) > 8:
        raise Unreadable(f"{Place(Path(name), 1)}: this is no text")
    text = clean(text.removeprefix("\ufeff"))
    suffix = PurePath(name).suffix.lower()
    if suffix in _DATA:
        return (), _data(suffix, name, text)
    if suffix in (".csv", ".tsv"):
        return (), csv_blocks(text, "\t" if suffix == ".tsv" else "")
    front, below, shift = divided(name, text)
    try:
        return front, _reader(suffix, below)(below, shift)
    except Broken as error:
        raise Unreadable(f"{Place(Path(name), error.line + shift)}: {error}") from None


def _data(suffix: str, name: str, text: str) -> tuple[Block, ...]:
    return _DATA[suffix](name, text)


def _reader(suffix: str, text: str) -> Reader:
    """What reads a page: the name decides, and for a name that says nothing the text."""
    if suffix in (".wiki",) and re.search(r"^[ \t]*\|\||^<<[A-Z]", text, re.M):
        return moin_blocks
    return _PAGES.get(suffix) or reader_for(text)


def reader_for(text: str) -> Reader:
    """What the beginning of a text looks like."""
    top = text[:20_000]
    if re.match(r"\s*(?:<!doctype|<html|<body|<h[1-6]|<div|<table)", top, re.I):
        return html_blocks
    if re.search(r"^\|\|.*\|\|\s*$|^<<[A-Z]\w+(?:\(.*\))?>>|^#format wiki", top, re.M):
        return moin_blocks
    if re.search(r"^#\+(?:title|author|options)\b|^[ \t]*:PROPERTIES:|^\*\* \S", top, re.M | re.I):
        return org_blocks
    if _WIKI.search(top):
        return mediawiki_blocks
    if re.search(r"^\|===|^={2,5} [^=\n]+$|^= [^=\n]+\n(?::|\n)", top, re.M):
        return asciidoc_blocks
    if re.search(r"^\.\. [\w-]+::|^\.\. _|`_\b", top, re.M) or (
        _RST.search(top) and "](" not in top
    ):
        return rst_blocks
    if _MARKDOWN.search(top) or _RST.search(top):
        return markdown_blocks
    if re.search(r"^'''|'''\s*:|^\[\[", top, re.M):
        return mediawiki_blocks
    if re.search(r"<(?:h[1-6]|li|p|td)\b[^>]*>", top, re.I):
        return html_blocks
    return plain_blocks


def csv_blocks(text: str, delimiter: str = "") -> tuple[Block, ...]:
    """The rows of a file with commas, semicolons or tabs between its cells."""
    first = text.split("\n", 1)[0]
    mark = delimiter or max(",;\t", key=first.count)
    rows = []
    reader = csv.reader(io.StringIO(text), delimiter=mark)
    try:
        for row in reader:
            cells = tuple(_cell(cell, reader.line_num) for cell in row)
            if any(cells):
                rows.append(cells)
            if len(rows) >= MOST_ROWS:
                break
    except csv.Error:
        return ()
    return (Table(tuple(rows)),)


def _cell(text: str, at: int) -> tuple[Block, ...]:
    lines = tuple(plain(line.strip(), at) for line in text.split("\n") if line.strip())
    return (Para(lines),) if lines else ()
