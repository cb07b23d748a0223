"""The feeds of a season, ideas and minutes, and its ideas for other programs."""

import json
from dataclasses import dataclass
from datetime import datetime

from gsocbot.render.addresses import IDEAS, IDEAS_FEED, MINUTES_FEED, OFFICE, Addresses
from gsocbot.site.office import Held
from gsocbot.site.views import Idea, Season

MOST_SESSIONS = 20
"""So many minutes are in their feed."""


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


@dataclass(frozen=True, slots=True)
class FeedMinutes:
    """The minutes of a session in the feed, with the address that is their id for good."""

    held: Held
    url: str


@dataclass(frozen=True, slots=True)
class MinutesFeed:
    """The feed of minutes; `url` is its own address, `page` the list's."""

    url: str
    page: str
    changed: datetime
    entries: tuple[FeedMinutes, ...]


def minutes_feed(of: Season, addresses: Addresses, now: datetime) -> MinutesFeed:
    """The newest minutes; one that is over counts from its end."""
    newest = sorted(of.held, key=lambda held: held.session.ended_at, reverse=True)
    entries = tuple(FeedMinutes(held, addresses.page(held.path)) for held in newest[:MOST_SESSIONS])
    changed = max((entry.held.session.ended_at for entry in entries), default=now)
    return MinutesFeed(addresses.page(MINUTES_FEED), addresses.page(OFFICE), changed, entries)
