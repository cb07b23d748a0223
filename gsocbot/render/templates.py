"""The templates of lines: what they render is one line, without control characters.

Apart from `html.py`, whose Markdown and HTML no answer waits for.
"""

from pathlib import Path

from jinja2 import Environment, FileSystemLoader, StrictUndefined

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
    environment.filters |= {"quiet": quiet}
    return environment


class IrcTemplates:
    """Templates of lines: what they render is one line, whatever is put into them."""

    def __init__(self, folder: Path) -> None:
        self._environment = irc_environment(folder)

    def line(self, name: str, **values: object) -> str:
        """Render a template of the irc folder as one line."""
        return one_line(self._environment.get_template(f"{name}.txt").render(values))
