"""The projects of a season, once it is announced: who works on what, with whom."""

from dataclasses import dataclass
from urllib.parse import urlsplit

from gsocbot.site.snapshot import SeasonSnapshot
from gsocbot.site.views import web_address


@dataclass(frozen=True, slots=True)
class Row:
    """A project; `idea` says whether its idea has a page.

    `blog` is empty unless it is an address on the web, `host` is where that is.
    """

    name: str
    number: int
    title: str
    mentors: tuple[str, ...]
    idea: bool
    blog: str
    host: str


def rows(season: SeasonSnapshot) -> list[Row]:
    """All projects in the order of the ideas; none before the announcement."""
    if season.facts.announced_at is None:
        return []
    ideas = {idea.number for idea in season.ideas}
    return [
        Row(
            p.account,
            p.number,
            p.title,
            p.mentors,
            p.number in ideas,
            web_address(p.blog),
            (urlsplit(p.blog).hostname or "") if web_address(p.blog) else "",
        )
        for p in season.projects
    ]
