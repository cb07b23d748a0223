"""The files of the site: each page is a template and what is put into it."""

import json
import re
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path

from jinja2 import Environment

from gsocbot.render.addresses import (
    FAQ,
    IDEAS,
    IDEAS_DATA,
    IDEAS_FEED,
    MENTORS,
    OFFICE,
    QUESTIONS,
    TIMELINE,
    Addresses,
    idea_path,
)
from gsocbot.render.html import html_environment
from gsocbot.rules.timeline import stretches
from gsocbot.site.drawing import draw
from gsocbot.site.faq import answered
from gsocbot.site.snapshot import Snapshot
from gsocbot.site.views import Idea, Season, filters, season

INDEX = "index.html"
COPIED = ("style.css", "favicon.svg")
_NO_XML = re.compile("[^\t\n\r\x20-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")
"""What XML 1.0 cannot hold, not even escaped; IRC and HTML can."""


class _Pages:
    """The files made so far, by their paths."""

    def __init__(self, templates: Environment, now: datetime) -> None:
        self.files: dict[str, bytes] = {}
        self._templates = templates
        self._now = now

    def feed(self, path: str, template: str, of: Season, **values: object) -> None:
        """Make an Atom feed (RFC 4287)."""
        name = f"site/{template}.atom"
        text = self._templates.get_template(name).render(season=of.snapshot.facts, **values)
        self.files[path] = _NO_XML.sub("", text).encode()

    def page(self, folder: str, template: str, of: Season | None = None, **values: object) -> None:
        """Make the page of a folder; `root` and `home` lead up to the site's and the season's."""
        depth = folder.count("/")
        html = self._templates.get_template(f"site/{template}.html").render(
            root="../" * depth or "./",
            home="../" * (depth - 1) or "./",
            of=of,
            season=of.snapshot.facts if of else None,
            now=self._now,
            **values,
        )
        self.files[folder + INDEX] = html.encode()


def pages(snapshot: Snapshot, base_url: str, templates: Path, now: datetime) -> dict[str, bytes]:
    """Make all files. `now` counts by the hour: within one, the same data gives the same bytes."""
    now = now.astimezone(UTC).replace(minute=0, second=0, microsecond=0)
    made = _Pages(html_environment(templates), now)
    seasons = [season(s, now) for s in snapshot.seasons]
    seasons.sort(key=lambda s: (-s.snapshot.facts.year, s.snapshot.facts.key))
    made.page("", "seasons", seasons=seasons)
    for name in COPIED:
        made.files[name] = (templates / "site" / name).read_bytes()
    base = base_url if base_url.endswith("/") else f"{base_url}/"
    for one in seasons:
        _season_pages(made, one, Addresses(base, one.snapshot.facts.key), now)
    return made.files


def _season_pages(made: _Pages, of: Season, addresses: Addresses, now: datetime) -> None:
    from gsocbot.site import calendars  # noqa: PLC0415 - 90 ms that only a build needs

    snapshot, top = of.snapshot, f"{of.snapshot.facts.key}/"
    made.page(top, "season", of, here="home")
    made.page(top + IDEAS, "ideas", of, here=IDEAS, filters=filters(of.ideas))
    for idea in of.ideas:
        assert idea.text.number is not None
        made.page(top + idea_path(idea.text.number), "idea", of, here="", idea=idea)
    phases = stretches(snapshot.phases, snapshot.deadlines)
    drawing = draw(phases, snapshot.deadlines, now) if snapshot.deadlines else None
    made.page(top + TIMELINE, "timeline", of, here=TIMELINE, drawing=drawing)
    made.page(top + OFFICE, "office", of, here=OFFICE)
    for held in of.held:
        made.page(top + held.path, "session", of, here="", held=held)
    made.page(top + MENTORS, "mentors", of, here=MENTORS)
    made.page(top + FAQ, "faq", of, here=FAQ, entries=answered(snapshot, addresses))
    made.page(top + QUESTIONS, "questions", of, here=QUESTIONS)
    for path, content in calendars.calendars(snapshot, addresses):
        made.files[top + path] = content
    made.files[top + IDEAS_DATA] = ideas_data(of, addresses)
    made.feed(top + IDEAS_FEED, "ideas", of, feed=ideas_feed(of, addresses, now))


@dataclass(frozen=True, slots=True)
class FeedIdea:
    """An idea in the feed, with the address that is its id for good."""

    idea: Idea
    url: str
    made: datetime
    changed: datetime


@dataclass(frozen=True, slots=True)
class Feed:
    """The feed of new and changed ideas; `url` is its own address, `page` the list's."""

    url: str
    page: str
    changed: datetime
    entries: tuple[FeedIdea, ...]


def ideas_feed(of: Season, addresses: Addresses, now: datetime) -> Feed:
    """The ideas that are new or have changed, newest first."""
    ideas = {idea.text.number: idea for idea in of.ideas}
    entries = tuple(
        FeedIdea(ideas[n.number], addresses.idea(n.number), n.made, n.changed)
        for n in of.snapshot.news
        if n.number in ideas
    )
    changed = max((entry.changed for entry in entries), default=now)
    return Feed(addresses.page(IDEAS_FEED), addresses.page(IDEAS), changed, entries)


def ideas_data(of: Season, addresses: Addresses) -> bytes:
    """All public ideas as JSON, for other programs."""
    rows = [
        {
            "id": i.text.number,
            "slug": i.text.slug,
            "title": i.text.title,
            "summary": i.text.summary,
            "mentors": i.text.mentors,
            "difficulty": i.text.difficulty,
            "levels": i.text.levels,
            "size": i.text.size,
            "size_hours": i.text.size_hours,
            "skills": i.text.skills,
            "tags": i.text.tags,
            "state": str(i.text.state),
            "url": addresses.idea(i.text.number or 0),
        }
        for i in of.ideas
    ]
    return (json.dumps(rows, ensure_ascii=False, indent=1) + "\n").encode()
