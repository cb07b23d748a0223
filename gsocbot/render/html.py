"""The templates of pages: everything is escaped, Markdown is cleaned, unknown names are errors."""

from collections.abc import Iterator, Sequence
from datetime import UTC, date, datetime
from pathlib import Path

import nh3
from jinja2 import Environment, FileSystemLoader, StrictUndefined
from markdown_it import MarkdownIt
from markdown_it.token import Token
from markupsafe import Markup

from gsocbot.render import words
from gsocbot.render.letters import mail_environment
from gsocbot.render.templates import irc_environment

LINK_SCHEMES = {"http", "https", "mailto"}
_MARKDOWN = MarkdownIt("commonmark", {"html": False})


def faults_of_templates(folder: Path) -> Iterator[str]:
    """What cannot even be compiled of the templates, each with its file."""
    lines, mail, pages = irc_environment(folder), mail_environment(folder), html_environment(folder)
    for name, environment in (("irc", lines), ("mail", mail), ("", pages)):
        for template in environment.list_templates(extensions=["html", "txt", "svg", "atom"]):
            if name or not template.startswith(("irc/", "mail/")):
                try:
                    environment.get_template(template)
                except Exception as error:
                    yield f"{folder / name / template}: {error}"


def html_environment(folder: Path) -> Environment:
    """Templates of pages: everything is escaped, unknown names are errors."""
    environment = Environment(
        loader=FileSystemLoader(folder),
        autoescape=True,
        undefined=StrictUndefined,
        auto_reload=False,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    environment.filters |= {
        "markdown": markdown,
        "prose": prose,
        "linked": safe_link,
        "utc": _utc,
        "day": _day,
        "iso": lambda at: at.isoformat(),
        "clock": lambda at: f"{at:%H:%M}",
        "listed": words.listed,
        "plural": words.plural,
    }
    return environment


def markdown(text: str) -> Markup:
    """Markdown as clean HTML: no raw HTML, no scripts, links with the schemes we allow."""
    return Markup(nh3.clean(_MARKDOWN.render(text), url_schemes=LINK_SCHEMES))


def prose(text: str, top: int = 3) -> Markup:
    """Markdown for below a heading of ours: its headings start at `top`, its pictures are links."""
    tokens = _MARKDOWN.parse(text)
    for token in tokens:
        if token.type in {"heading_open", "heading_close"}:
            token.tag = f"h{min(6, int(token.tag[1]) + top - 1)}"
        if token.children:
            token.children = list(_without_pictures(token.children))
    html = _MARKDOWN.renderer.render(tokens, _MARKDOWN.options, {})
    return Markup(nh3.clean(html, url_schemes=LINK_SCHEMES))


def _without_pictures(tokens: Sequence[Token]) -> Iterator[Token]:
    depth = 0
    for token in tokens:
        depth += token.nesting if token.type in {"link_open", "link_close"} else 0
        if token.type != "image":
            yield token
            continue
        source = str(token.attrs.get("src", ""))
        words_for_it = Token("text", "", 0, content=token.content or source)
        if depth:
            yield words_for_it
        else:
            yield Token("link_open", "a", 1, attrs={"href": source})
            yield words_for_it
            yield Token("link_close", "a", -1)


def safe_link(address: str) -> str:
    """An address that may stand in an href, or nothing."""
    scheme = address.split(":", 1)[0].lower() if ":" in address else ""
    return address if scheme in LINK_SCHEMES else ""


def _utc(at: datetime) -> str:
    there = at.astimezone(UTC)
    return f"{there:%a} {there.day} {there:%b %Y %H:%M} UTC"


def _day(on: date) -> str:
    return f"{on:%a} {on.day} {on:%b %Y}"
