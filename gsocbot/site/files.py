"""The files of a site while they are made: each is a template and what is put into it."""

import re
from datetime import datetime

from jinja2 import Environment

from gsocbot.rules.seasons import SeasonFacts
from gsocbot.site.views import Season

INDEX = "index.html"
_NO_XML = re.compile("[^\t\n\r\x20-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")
"""What XML 1.0 cannot hold, not even escaped; IRC and HTML can."""


class Pages:
    """The files made so far, by their paths."""

    def __init__(self, templates: Environment, now: datetime) -> None:
        self.files: dict[str, bytes] = {}
        self._templates = templates
        self._now = now

    def text(self, path: str, template: str, **values: object) -> None:
        """Make a file of plain text, in which nothing is escaped."""
        text = self._templates.get_template(f"site/{template}.txt").render(**values)
        self.files[path] = text.encode()

    def fragment(self, template: str, **values: object) -> str:
        """A piece of HTML."""
        return self._templates.get_template(f"site/{template}.html").render(**values)

    def drawing(self, path: str, template: str, **values: object) -> None:
        """Make an SVG file."""
        text = self._templates.get_template(f"site/{template}.svg").render(**values)
        self.files[path] = _NO_XML.sub("", text).encode()

    def feed(self, path: str, template: str, of: Season, **values: object) -> None:
        """Make an Atom feed (RFC 4287)."""
        name = f"site/{template}.atom"
        text = self._templates.get_template(name).render(season=of.snapshot.facts, **values)
        self.files[path] = _NO_XML.sub("", text).encode()

    def page(
        self,
        folder: str,
        template: str,
        of: Season | None = None,
        season: SeasonFacts | None = None,
        **values: object,
    ) -> None:
        """Make the page of a folder; `root` and `home` lead up to the site's and the season's."""
        depth = folder.count("/")
        html = self._templates.get_template(f"site/{template}.html").render(
            root="../" * depth or "./",
            home="../" * (depth - 1) or "./",
            of=of,
            season=of.snapshot.facts if of else season,
            now=self._now,
            **values,
        )
        self.files[folder + INDEX] = html.encode()
