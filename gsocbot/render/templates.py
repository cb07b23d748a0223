"""The templates of lines: what they render is one line, without control characters.

Apart from `html.py`, whose Markdown and HTML no answer waits for.
"""

from datetime import date, datetime
from pathlib import Path

from jinja2 import Environment, FileSystemLoader, StrictUndefined

from gsocbot.render import words
from gsocbot.render.lines import one_line, quiet


def irc_environment(folder: Path) -> Environment:
    """Templates of lines; unknown names are errors."""
    environment = Environment(
        loader=FileSystemLoader(folder / "irc"),
        undefined=StrictUndefined,
        auto_reload=False,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    environment.filters |= {
        "quiet": quiet,
        "day": _day,
        "moment": _moment,
        "listed": words.listed,
    }
    return environment


def _day(on: str) -> str:
    """Fri 8 Apr, of a day as the outbox keeps it"""
    there = date.fromisoformat(on)
    return f"{there:%a} {there.day} {there:%b}"


def _moment(at: str) -> str:
    """Fri 8 Apr 19:00 UTC, of a moment as the outbox keeps it"""
    there = datetime.fromisoformat(at)
    return words.moment(there, there)


class IrcTemplates:
    """Templates of lines: what they render is one line, whatever is put into them."""

    def __init__(self, folder: Path) -> None:
        self._environment = irc_environment(folder)

    def line(self, name: str, **values: object) -> str:
        """Render a template of the irc folder as one line."""
        return one_line(self._environment.get_template(f"{name}.txt").render(values))
