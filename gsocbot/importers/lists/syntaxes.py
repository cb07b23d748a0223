"""Org, AsciiDoc and plain text, as light markup."""

from __future__ import annotations

import html
import re

from gsocbot.importers.lists.inline import paired
from gsocbot.importers.lists.light import Bullet, Named, Opening, Runs, Syntax, light_blocks
from gsocbot.importers.lists.tree import Block, Heading, Line

_PAIR = r"(?<![\w{m}]){m}(?=\S)([^\n]{{1,200}}?)(?<=\S){m}(?![\w{m}])"
_CODE = r"(?<![\w{m}]){m}(?=\S)(?P<code{n}>[^\n]{{1,200}}?)(?<=\S){m}(?![\w{m}])"
_ORG_MARKS = re.compile(
    "|".join(
        [
            *(_PAIR.format(m=m) for m in (r"\*", "/", "_")),
            *(_CODE.format(m=m, n=n) for n, m in enumerate("=~")),
        ]
    )
)
_ADOC_MARKS = re.compile(
    r"\*\*([^\n]{1,200}?)\*\*|__([^\n]{1,200}?)__|" + ""
    r"|".join(_PAIR.format(m=m) for m in (r"\*", "_"))
    + r"|``(?P<code1>[^\n]{1,200}?)``|`(?P<code2>[^\n`]{1,200})`"
)  # fmt: skip
_ORG_LINKS = re.compile(
    r"\[\[[^\]\n]{1,500}\.(?:png|jpe?g|gif|svg|webp)\](?P<text0>)\]|\[\[(?P<url1>[^\]\n]{1,500})\](?:\[(?P<text1>[^\]\n]{1,300})\])?\]"
    r"|(?P<url2>https?://[^\s<>\"'\]|]{1,500})"
)
_ADOC_LINKS = re.compile(
    r"(?:link:)?(?P<url1>(?:https?://|mailto:)[^\s\[\]<>]{1,500})\[(?P<text1>[^\]\n]{0,300})\]"
    r"|link:(?P<url2>[^\s\[\]]{1,300})\[(?P<text2>[^\]\n]{0,300})\]"
    r"|<<(?P<url3>[^,<>\n]{1,200}),?(?P<text3>[^<>\n]{0,200})>>"
    r"|(?P<url4>https?://[^\s<>\"'\]|]{1,500})"
)
_PLAIN_LINKS = re.compile(r"(?P<url1>https?://[^\s<>\"'\]|)]{1,500})")
_ORG_HEADING = re.compile(
    r"^(\*+)\s+(?:(?:TODO|DONE|NEXT|WAITING)\s+)?(?:\[#[A-Z]\]\s*)?(.*?)(?:\s+(:[\w@:]+:))?\s*$"
)
_ORG_BULLET = re.compile(r"^(\s*)(?:[-+]|\s\*|\d+[.)])\s+(?:\[[ xX-]\]\s+)?(.*)$")
_ORG_NAME = re.compile(r"^\s*(?:[-+]|\s\*)\s+(\S.{0,160}?)\s+::(?:\s+(.*)|$)")
_ORG_PROPERTY = re.compile(r"^\s*:([A-Za-z][\w-]*):\s+(\S.*)$")
_ORG_KEYWORD = re.compile(r"^#\+(\w+):\s*(.*)$")
_ORG_SKIP = re.compile(r"^(?:#(?:\s|$)|#\+(?!\w+\[)|:[A-Z]+:\s*$|:END:)", re.I)
_ADOC_HEADING = re.compile(r"^(={1,6}|#{1,6})\s+(\S.*?)(?:\s+=+)?\s*$")
_ADOC_BULLET = re.compile(r"^(\s*)(\*{1,5}|-|\.{1,5}|\d+\.)\s+(?:\[[ xX*]\]\s+)?(\S.*)$")
_ADOC_NAME = re.compile(r"^\s*(\S[^\n]{0,160}?)(?<!:)(?::{2,4}|;;)(?:\s+(.*)|$)")
_ADOC_SKIP = re.compile(
    r"^(?:\[[^\]]*\]|\[\[[^\]]*\]\]|:[\w!-]+:.*|'''|\+|//(?!/).*|={4,}|\*{4,}|_{4,}|-{2}"
    r"|(?:toc|include|image|video|audio|ifdef|ifndef|endif)::.*)$"
)
_ADOC_DROPPED = re.compile(
    r"\bimage:{1,2}[^\s\[\]]{0,300}\[[^\]\n]{0,300}\]|\banchor:[\w-]+\[\]|\[\[[\w.,: -]{1,80}\]\]"
    r"|\[[.#%][\w.#%-]{1,60}\](?=[#*_`])"
)
_ADOC_PASSED = re.compile(
    r"pass:[a-z,]*\[([^\]\n]*)\]|\+{3}([^\n]{1,300}?)\+{3}|\+{2}([^\n]{1,300}?)\+{2}"
    r"|(?<![\w+])\+(?=\S)([^+\n]{1,200}?)(?<=\S)\+(?![\w+])|(?<![\w#])#(?=\S)([^#\n]{1,200}?)#(?![\w#])"
)
_ADOC_QUOTES = re.compile(r"\"`([^`\n]{1,300})`\"|'`([^`\n]{1,300})`'")
_ADOC_ATTRIBUTE = re.compile(r"^:([\w][\w-]{0,60}):[ \t]+(\S[^\n]{0,200})$", re.M)
_ADOC_BLOCK_TITLE = re.compile(r"^\.([A-Z][^\n]*)$", re.M)
_ADOC_NAMES = {
    "plus": "+", "nbsp": " ", "sp": " ", "empty": "", "blank": "", "zwsp": "", "amp": "&",
    "lt": "<", "gt": ">", "apos": "'", "quot": '"', "cpp": "C++", "startsb": "[", "endsb": "]",
    "vbar": "|", "asterisk": "*", "backtick": "`", "two-colons": "::",
}  # fmt: skip
_PLAIN_BULLET = re.compile(r"^(\s*)(?:[-*•◦▪‣·o+]|\(?\d{1,2}[.)])\s+(\S.*)$")
_RULED = re.compile(r"^\s*([=\-~^*#])\1{2,}\s*$")


def org_blocks(text: str, shift: int = 0) -> tuple[Block, ...]:
    """The blocks of an Org file; comments and headings that are comments hold nothing."""
    plain = re.sub(
        r"^#\+begin_comment.*?(?:^#\+end_comment[^\n]*|\Z)",
        _emptied,
        text,
        flags=re.S | re.M | re.I,
    )
    plain = _without_commented(plain)
    syntax = Syntax(
        opening=_org_opening,
        runs=lambda t: paired(t, _ORG_MARKS, _ORG_LINKS),
        code=re.compile(r"^\s*#\+begin_(src|example|export)\b", re.I),
        code_end=lambda match: f"#+end_{match[1]}",
        row=re.compile(r"^\s*\|"),
        rule=re.compile(r"^\|[-+|:\s]*$"),
        skip=_ORG_SKIP,
    )
    return light_blocks(plain, syntax, shift)


def asciidoc_blocks(text: str, shift: int = 0) -> tuple[Block, ...]:
    """The blocks of an AsciiDoc file."""
    plain = re.sub(r"^////+\s*$.*?(?:^////+\s*$|\Z)", _emptied, text, flags=re.S | re.M)
    plain = re.sub(r"^//(?!/)[^\n]*$", "", plain, flags=re.M)
    plain = _ADOC_BLOCK_TITLE.sub(r"*\1*", _underlined(_with_attributes(plain)))
    syntax = Syntax(
        opening=_adoc_opening,
        runs=lambda t: paired(_adoc_shown(t), _ADOC_MARKS, _ADOC_LINKS),
        code=re.compile(r"^(?:----+|\.\.\.\.+|```\w*)\s*$"),
        code_end=lambda match: re.sub(r"\w", "", match[0].strip()),
        tables=_adoc_table,
        joint="+",
        skip=_ADOC_SKIP,
    )
    return light_blocks(plain, syntax, shift)


def _with_attributes(text: str) -> str:
    """An AsciiDoc text with the values of what it names in braces; values are not looked into."""
    names = {**_ADOC_NAMES, **dict(_ADOC_ATTRIBUTE.findall(text))}
    return re.sub(r"\{([\w][\w-]{0,60})\}", lambda m: names.get(m[1], m[0]), text, count=5_000)


def _adoc_shown(text: str) -> str:
    """A line of AsciiDoc without pictures and anchors, and without signs that guard letters."""
    seen = _ADOC_QUOTES.sub(lambda m: f'"{m[1] or m[2]}"', text.removesuffix(" +"))
    seen = _ADOC_PASSED.sub(
        lambda m: next(g for g in m.groups() if g is not None), _ADOC_DROPPED.sub("", seen)
    )
    return html.unescape(seen)


def plain_blocks(text: str, shift: int = 0) -> tuple[Block, ...]:
    """The blocks of a text without markup, such as a page that was copied."""
    syntax = Syntax(
        opening=_plain_opening,
        runs=lambda t: paired(t, re.compile(r"(?!x)x"), _PLAIN_LINKS),
        skip=_RULED,
        row=re.compile(r"^\s*\|.*\|\s*$"),
        rule=re.compile(r"^[|+][-+|:=\s]*$"),
    )
    return light_blocks(_underlined(text, "==", "--", "~~"), syntax, shift)


def _emptied(match: re.Match[str]) -> str:
    return "\n" * match[0].count("\n")


def _without_commented(text: str) -> str:
    """An Org text without the headings that begin with COMMENT, and what is below them."""
    out = []
    level = 0
    for line in text.split("\n"):
        match = re.match(r"^(\*+)\s+(COMMENT\b)?", line)
        if match and level and len(match[1]) <= level:
            level = 0
        if match and match[2] and not level:
            level = len(match[1])
        out.append("" if level else line)
    return "\n".join(out)


def _org_opening(raw: str, at: int, runs: Runs) -> Opening:
    if match := _ORG_HEADING.match(raw[:600]):
        return Heading(len(match[1]), Line(tuple(runs(match[2])), at)) if match[2] else None
    if match := _ORG_NAME.match(raw[:2000]):
        return Named(match[1], raw[match.start(2) :] if match[2] else "")
    if match := _ORG_BULLET.match(raw):
        return Bullet(len(match[1]), match[2])
    if match := _ORG_PROPERTY.match(raw):
        return Named(match[1].replace("_", " "), match[2])
    if (match := _ORG_KEYWORD.match(raw)) and match[1].lower() == "title":
        return Heading(0, Line(tuple(runs(match[2])), at))
    return None


def _adoc_opening(raw: str, at: int, runs: Runs) -> Opening:
    if match := _ADOC_HEADING.match(raw[:600]):
        return Heading(len(match[1]), Line(tuple(runs(match[2])), at))
    if match := _ADOC_BULLET.match(raw):
        mark = match[2]
        depth = len(mark) if mark[0] in "*." else 1
        return Bullet(
            depth + (10 if mark[0] == "." or mark[0].isdigit() else 0) + len(match[1]), match[3]
        )
    if match := _ADOC_NAME.match(raw[:2000]):
        return Named(match[1], raw[match.start(2) :] if match[2] else "")
    return None


def _adoc_table(lines: list[str], n: int) -> tuple[list[list[str]], int] | None:
    if not re.match(r"^[|,!]={3,}\s*$", lines[n]):
        return None
    end = lines[n].strip()
    rows: list[list[str]] = []
    cells: list[str] = []
    width = _columns(lines[n - 1]) if n else 0
    n += 1
    while n < len(lines) and lines[n].strip() != end:
        line = lines[n]
        n += 1
        if not line.strip():
            if not width and len(cells) > 1:
                width = len(cells)
            continue
        found = re.split(r"(?<!\\)(?:\d*[.+*^<>]*\d*[aehlmsvd]?)?\|", line)
        if len(found) == 1 and cells:
            cells[-1] += f"\n{line.strip()}"
            continue
        fresh = [cell.strip() for cell in found[1:]]
        if not width and len(fresh) > 1:
            width = len(fresh)
        cells.extend(fresh)
    width = width or 2
    rows = [cells[start : start + width] for start in range(0, len(cells), width)]
    return rows, n + 1


def _columns(line: str) -> int:
    match = re.search(r"cols\s*=\s*\"?([^\"\]]+)\"?", line)
    if not match:
        return 0
    many = re.match(r"\s*(\d+)\*", match[1])
    return int(many[1]) if many else match[1].count(",") + 1


def _underlined(text: str, *marks: str) -> str:
    """Titles with a line of signs below them as titles with signs in front of them."""
    signs = "=-~^+"
    lines = text.split("\n")
    for n in range(1, len(lines)):
        under, over = lines[n].rstrip(), lines[n - 1].rstrip()
        if len(under) > 3 and under[0] in signs and under == under[0] * len(under):
            blank = n < 2 or not lines[n - 2].strip() or lines[n - 2].startswith("\x03")
            if (
                over
                and blank
                and abs(len(under) - len(over)) <= 3
                and not over.startswith(("|", "=", "[", "."))
            ):
                level = signs.index(under[0]) + 1
                lines[n - 1] = f"{'=' * level} {over.strip()}"
                lines[n] = ""
    return "\n".join(lines)


def _plain_opening(raw: str, at: int, runs: Runs) -> Opening:
    if match := re.match(r"^(={1,5}) (\S.*)$", raw[:600]):
        return Heading(len(match[1]), Line(tuple(runs(match[2])), at))
    if match := _PLAIN_BULLET.match(raw):
        return Bullet(len(match[1].expandtabs(4)), match[2])
    return None
