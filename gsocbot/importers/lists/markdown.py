"""Markdown as blocks, by way of HTML, with the shortcodes that site makers add."""

import re

from markdown_it import MarkdownIt

from gsocbot.importers.lists.html import LINE, html_blocks
from gsocbot.importers.lists.tree import Block

_SHORTCODE = re.compile(r"\{\{[<%]\s*(/?)\s*([\w-]+)([^{}]*?)[%>]\}\}")
_TAG = re.compile(r"\{%-?\s*([\w-]+)([^{}]*?)-?%\}")
_PARAMETER = re.compile(r"""([\w-]+)\s*[=:]\s*(?:"([^"]*)"|'([^']*)')""")
_ATTRIBUTES = re.compile(
    r"^[ \t]*\{:?[^{}\n]*\}[ \t]*$|(?<=\S)[ \t]*\{[:#.][^{}\n]*\}[ \t]*$", re.M
)
_HIDDEN = re.compile(
    r"\{%-?\s*comment\b.*?(?:\{%-?\s*endcomment\s*-?%\}|\Z)|\{\{[<%]?\s*/\*.*?(?:\*/\s*[>%]?\}\}|\Z)"
    r"|\{\{[<%]\s*comment\b.*?(?:\{\{[<%]\s*/\s*comment\s*[>%]\}\}|\Z)|\{#[^{}]{0,300}#\}",
    re.S,
)
_FENCE = re.compile(r"^[ \t]*:{3,}[ \t]*\{?([\w-]*)\}?[ \t]*(.*)$", re.M)
_ADMONITION = re.compile(r"^[?!]{3}\+?[ \t]+[\w-]+[ \t]*(?:\"([^\"\n]*)\")?[ \t]*$", re.M)
_REMARK = re.compile(r"^[ \t]*\[//\]:[ \t]*(?:#|<>)[^\n]*$", re.M)
_TIGHT = re.compile(r"^ {0,3}(#{2}(?=[A-Z])|#{3,6}(?=\w))([^\n]*?)[ \t]*#*[ \t]*$", re.M)
"""Headings without a blank after their signs, which readers before CommonMark showed as such."""
_BLANK = "\x01"
"""Stands for the end of a line that the file does not have."""
_TITLES = ("title", "name", "summary", "header", "heading", "label", "question")
_NO_TITLE = {"alert", "note", "warning", "info", "tip", "caution", "important", "hint"}


def markdown_blocks(text: str, shift: int = 0) -> tuple[Block, ...]:
    """The blocks of a Markdown text that begins `shift` lines below the top of its file."""
    reader = MarkdownIt("commonmark", {"html": True}).enable(["table", "strikethrough"])
    plain, origins = _without_extras(text)
    tokens = reader.parse(plain)
    for token in tokens:
        if token.map and token.nesting >= 0 and token.map[0] < len(origins):
            token.attrSet(LINE, str(origins[token.map[0]] + shift))
    return html_blocks(reader.renderer.render(tokens, reader.options, {}), -1)


def _without_extras(text: str) -> tuple[str, list[int]]:
    """The text with site makers' extras as HTML or gone, and where each of its lines was."""
    if "{" in text:
        text = _HIDDEN.sub(lambda m: "\n" * m[0].count("\n"), text)
        text = _SHORTCODE.sub(_shortcode, text)
        text = _TAG.sub("", text)
        text = _ATTRIBUTES.sub("", text)
    if ":::" in text:
        text = _FENCE.sub(_fence, text)
    if "!!!" in text or "???" in text:
        text = _ADMONITION.sub(lambda m: f"**{m[1]}**" if m[1] else "", text)
    if "##" in text:
        text = _TIGHT.sub(r"\1 \2", text)
    lines: list[str] = []
    origins: list[int] = []
    for number, line in enumerate(_REMARK.sub("", text).split("\n"), 1):
        parts = line.split(_BLANK)
        lines.extend(parts)
        origins.extend([number] * len(parts))
    return "\n".join(lines), origins


def _shortcode(match: re.Match[str]) -> str:
    """A shortcode that has a title is a box with that title; of others only their text stays."""
    closing, name, rest = match.groups()
    if closing:
        return f"{_BLANK}{_BLANK}</details>{_BLANK}{_BLANK}"
    values = {k.lower(): a or b for k, a, b in _PARAMETER.findall(rest)}
    title = next((values[k] for k in _TITLES if values.get(k)), "")
    paired = f"/{name}" in match.string or f"/ {name}" in match.string
    if not paired:
        return ""
    return _box("" if name in _NO_TITLE else title)


def _fence(match: re.Match[str]) -> str:
    name, title = match.groups()
    if not name and not title:
        return f"{_BLANK}{_BLANK}</details>{_BLANK}{_BLANK}"
    return _box("" if name in _NO_TITLE else title)


def _box(title: str) -> str:
    return f"{_BLANK}{_BLANK}<details><summary>{title}</summary>{_BLANK}{_BLANK}"
