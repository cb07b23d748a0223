"""MediaWiki and MoinMoin: headings between equals signs, templates, tables of two kinds."""

from __future__ import annotations

import html
import re
from dataclasses import replace

from gsocbot.importers.lists.inline import toggled
from gsocbot.importers.lists.light import (
    Bullet,
    Named,
    Opening,
    Runs,
    Syntax,
    light_blocks,
)
from gsocbot.importers.lists.tree import Block, Heading, Line, Pair, Pairs, Run, plain

DEEPEST_TEMPLATE = 4
_COMMENT = re.compile(r"<!--.*?(?:-->|\Z)", re.S)
_NOT_SHOWN = re.compile(
    r"<(ref|pre|nowiki|source|syntaxhighlight)\b[^<>]*?(?:/>|>(.*?)</\1\s*>)", re.S | re.I
)
_BREAK = re.compile(r"<br\s*/?>|<<BR>>", re.I)
_STRONG_TAG = re.compile(r"</?(?:b|strong|i|em|u)>", re.I)
_TAG = re.compile(r"</?[a-z][^<>\n]{0,200}>", re.I)
_MARKS = re.compile(r"'{2,5}")
_PICTURE = re.compile(r"\[\[:?(?:File|Image|Media|Category):[^\[\]]{0,500}\]\]", re.I)
_LINKS = re.compile(
    r"\[\[(?:https?:[^|\]\s]+)\|\[?(?P<text0>[^\]\n]{1,300})\]\]"
    r"|\[\[(?P<url1>[^|\]\n]{1,300})(?:\|(?P<text1>[^\]\n]{0,300}))?\]\]"
    r"|\[(?P<url2>(?:https?|mailto|ftp):[^\s\]]{1,500})(?:\s+(?P<text2>[^\]\n]{1,300}))?\]"
    r"|(?P<url3>https?://[^\s<>\"'\]|]{1,500})"
)
_WIKI_HEADING = re.compile(r"^\s*(={1,6})\s*([^=\s].*?)\s*=+\s*$")
_WIKI_BULLET = re.compile(r"^([*#]+[*#:]*)\s*(.*)$")
_WIKI_NAME = re.compile(r"^;\s*(.+?)(?:\s+:\s*(.*)|:\s*(.*))?$")
_MOIN_BULLET = re.compile(r"^(\s+)(?:[*.]|\d+\.|[ivx]+\.|[a-z]\.)\s+(.*)$")
_MOIN_NAME = re.compile(r"^\s+(\S.{0,60}?)::\s*(.*)$")
_MOIN_SKIP = re.compile(
    r"^(?:##|#(?:acl|format|pragma|language|refresh|redirect)\b|<<[A-Za-z]+(?:\(.*\))?>>\s*$|----)"
)
_MOIN_MACRO = re.compile(r"<<[A-Za-z]{1,30}(?:\([^<>]{0,200}\))?>>")
_TOC = re.compile(r"^(?:__[A-Z]+__|----+|\[\[(?:Category|File|Image):[^\]]*\]\])\s*$", re.I)
_CELL_STYLE = re.compile(r"^\s*(?:[\w-]+\s*=\s*(?:\"[^\"\n]*\"|[^\s|\"]+)\s*)+\|(?!\|)")


def mediawiki_blocks(text: str, shift: int = 0) -> tuple[Block, ...]:
    """The blocks of a MediaWiki page."""
    return _wiki(_shown(text), shift, 0)


def moin_blocks(text: str, shift: int = 0) -> tuple[Block, ...]:
    """The blocks of a MoinMoin page."""
    plain_text = re.sub(r"/\*.*?(?:\*/|\Z)", _emptied, text, flags=re.S)
    syntax = Syntax(
        opening=_moin_opening,
        runs=_runs,
        code=re.compile(r"^\s*\{\{\{"),
        code_end=lambda match: "}}}",
        row=re.compile(r"^\s*\|\|"),
        cell="||",
        skip=_MOIN_SKIP,
    )
    lines = (line if not _MOIN_SKIP.match(line.strip()) else "" for line in plain_text.split("\n"))
    return light_blocks("\n".join(_MOIN_MACRO.sub("", line) for line in lines), syntax, shift)


def _wiki(text: str, shift: int, depth: int) -> tuple[Block, ...]:
    records: dict[str, Pairs] = {}
    flat = _without_templates(text, records, shift, depth)
    syntax = Syntax(
        opening=_wiki_opening,
        runs=_runs,
        tables=_wiki_table,
        skip=_TOC,
        continues=False,
        records=records,
    )
    return light_blocks(flat, replace(syntax, records=records), shift)


def _shown(text: str) -> str:
    plain_text = _COMMENT.sub(_emptied, text)
    return _NOT_SHOWN.sub(
        lambda m: m[2] or "" if m[1].lower() == "nowiki" else _emptied(m), plain_text
    )


def _emptied(match: re.Match[str]) -> str:
    return "\n" * match[0].count("\n")


def _runs(text: str) -> list[Run]:
    plain_text = _STRONG_TAG.sub("''", _BREAK.sub("\v", _PICTURE.sub("", text)))
    return toggled(html.unescape(_TAG.sub("", plain_text)), _MARKS, _LINKS)


def _wiki_opening(raw: str, at: int, runs: Runs) -> Opening:
    heading = _heading(raw, at, runs)
    if heading is not None:
        return heading
    if match := _WIKI_BULLET.match(raw):
        return Bullet(len(match[1]), match[2])
    if match := _WIKI_NAME.match(raw):
        return Named(match[1], match[2] or match[3] or "")
    return None


def _moin_opening(raw: str, at: int, runs: Runs) -> Opening:
    heading = _heading(raw, at, runs)
    if heading is not None:
        return heading
    if match := _MOIN_BULLET.match(raw):
        return Bullet(len(match[1].expandtabs(4)), match[2])
    if match := _MOIN_NAME.match(raw):
        return Named(match[1], match[2])
    return None


def _heading(raw: str, at: int, runs: Runs) -> Heading | None:
    match = _WIKI_HEADING.match(raw[:500])
    return Heading(len(match[1]), Line(tuple(runs(match[2])), at)) if match else None


def _wiki_table(lines: list[str], n: int) -> tuple[list[list[str]], int] | None:
    if not lines[n].lstrip().startswith("{|"):
        return None
    rows: list[list[str]] = [[]]
    n += 1
    while n < len(lines):
        line = lines[n].strip()
        n += 1
        if line.startswith("|}"):
            break
        if line.startswith("|-"):
            rows.append([])
        elif line.startswith("|+"):
            continue
        elif line[:1] in ("|", "!"):
            cells = re.split(r"\|\||!!" if line[0] == "!" else r"\|\|", line[1:])
            rows[-1].extend(_CELL_STYLE.sub("", cell) for cell in cells)
        elif rows[-1]:
            rows[-1][-1] += f"\n{line}"
    return [row for row in rows if row], n


def _without_templates(text: str, records: dict[str, Pairs], shift: int, depth: int) -> str:
    """The text with templates that have named values taken out, each with its own line."""
    out: list[str] = []
    at = 0
    for start, end in _templates(text):
        if start < at:
            continue
        out.append(text[at:start])
        inner = text[start + 2 : end - 2]
        first = text.count("\n", 0, start) + 1 + shift
        record = _record(inner, first, depth)
        if record is not None:
            key = f"\x02{len(records)}\x02"
            records[key] = record
            out.append(f"\n{key}" if out and not out[-1].endswith("\n") and out[-1] else key)
            out.append("\n" * inner.count("\n"))
        else:
            values = inner.split("|")[1:]
            out.append(
                " ".join(v.rsplit("=", 1)[-1].strip() for v in values) + "\n" * inner.count("\n")
            )
        at = end
    out.append(text[at:])
    return "".join(out)


def _templates(text: str) -> list[tuple[int, int]]:
    """Where templates that are in no other begin and end."""
    found = []
    stack: list[int] = []
    for match in re.finditer(r"\{\{|\}\}", text):
        if match[0] == "{{":
            stack.append(match.start())
        elif stack:
            start = stack.pop()
            if not stack:
                found.append((start, match.end()))
    if stack and not found:
        return []
    return found if not stack else sorted([*found, *_closed(text, stack[0] + 2)])


def _closed(text: str, start: int) -> list[tuple[int, int]]:
    """The same below braces that nobody closed."""
    found = []
    opened = -1
    for match in re.finditer(r"\{\{|\}\}", text[start:]):
        if match[0] == "{{":
            opened = match.start()
        elif opened >= 0:
            found.append((start + opened, start + match.end()))
            opened = -1
    return found


def _record(inner: str, first: int, depth: int) -> Pairs | None:
    pairs = []
    for part, line in _values(inner, first):
        name, equals, value = part.partition("=")
        if equals and re.fullmatch(r"\s*[\w ()/-]{1,60}\s*", name):
            padding = len(value) - len(value.lstrip())
            at = line + value[:padding].count("\n")
            blocks = _wiki(value.strip(), at - 1, depth + 1) if depth < DEEPEST_TEMPLATE else ()
            pairs.append(Pair(plain(name.strip(), line), blocks))
    return Pairs(tuple(pairs), record=True) if len(pairs) >= 2 else None


def _values(inner: str, line: int) -> list[tuple[str, int]]:
    """The values of a template with their lines; bars in links and templates divide nothing."""
    values = []
    start = depth = 0
    at = line
    for match in re.finditer(r"\{\{|\[\[|\}\}|\]\]|\|", inner):
        if match[0] in ("{{", "[["):
            depth += 1
        elif match[0] in ("}}", "]]"):
            depth = max(0, depth - 1)
        elif depth == 0:
            values.append((inner[start : match.start()], at))
            at += inner.count("\n", start, match.end())
            start = match.end()
    values.append((inner[start:], at))
    return values[1:]
