"""What the page of a hackathon shows: its days with what they have, and what came of it."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime

from gsocbot.render.addresses import hackathon_path
from gsocbot.rules.hackathon import EventKind, in_words
from gsocbot.site.hackathon_picture import Picture, draw
from gsocbot.site.hackathon_snapshot import Demo, Hackathon, Outcome, Topic
from gsocbot.site.snapshot import SeasonSnapshot
from gsocbot.site.views import web_address


@dataclass(frozen=True, slots=True)
class Hour:
    """Something at a time of a day, on the clock of the hackathon; `end` is not always known."""

    start: datetime
    end: datetime | None
    what: str
    room: str
    number: int = 0
    kind: EventKind | None = None
    coming: int = 0

    @property
    def utc(self) -> datetime:
        """When it begins, in UTC."""
        return self.start.astimezone(UTC)

    @property
    def same_clock(self) -> bool:
        """Whether the zone shows the time of UTC just then."""
        return self.start.replace(tzinfo=UTC) == self.utc


@dataclass(frozen=True, slots=True)
class Day:
    """A day by its number, from 1."""

    number: int
    on: date
    hours: tuple[Hour, ...]
    demos: tuple[Demo, ...]


@dataclass(frozen=True, slots=True)
class ShownOutcome:
    """An outcome; `url` is empty unless its link is on the web, `idea_page` says there is one."""

    outcome: Outcome
    url: str
    topic: Topic | None
    idea_page: bool


@dataclass(frozen=True, slots=True)
class Page:
    """All of a hackathon's page; `links` are those of topics and demos that are on the web."""

    hackathon: Hackathon
    path: str
    days: tuple[Day, ...]
    outcomes: tuple[ShownOutcome, ...]
    topic_links: dict[int, str]
    demo_links: dict[int, str]
    picture: Picture | None

    @property
    def dates(self) -> str:
        """2-4 Mar 2026"""
        of = self.hackathon
        return f"{in_words(of.first, of.last)} {of.last.year}"

    @property
    def where(self) -> str:
        """Cambridge, or everywhere"""
        return self.hackathon.place or "everywhere"

    @property
    def born(self) -> tuple[ShownOutcome, ...]:
        """The outcomes that became ideas."""
        return tuple(one for one in self.outcomes if one.outcome.idea is not None)

    @property
    def same_clock(self) -> bool:
        """Whether the hackathon goes by UTC."""
        return all(hour.same_clock for day in self.days for hour in day.hours)


def pages(season: SeasonSnapshot) -> list[Page]:
    """The hackathons of a season, the newest first."""
    ideas = {idea.number for idea in season.ideas}
    return [_page(one, ideas) for one in season.hackathons]


def _page(of: Hackathon, ideas: set[int | None]) -> Page:
    return Page(
        hackathon=of,
        path=hackathon_path(of.slug),
        days=tuple(_day(of, on) for on in of.days.dates),
        outcomes=tuple(
            ShownOutcome(
                o,
                web_address(o.link),
                of.topic(o.topic) if o.topic is not None else None,
                o.idea in ideas and o.idea is not None,
            )
            for o in of.outcomes
        ),
        topic_links=_links([(t.number, t.link) for t in of.topics]),
        demo_links=_links([(d.number, d.link) for d in of.demos]),
        picture=draw(of),
    )


def _day(of: Hackathon, on: date) -> Day:
    tz = of.days.tz
    hours = [
        Hour(
            slot.start.astimezone(tz),
            slot.end.astimezone(tz),
            topic.title if (topic := of.topic(slot.topic)) else "",
            slot.room,
            slot.topic,
        )
        for slot in of.slots
        if slot.day == on
    ]
    hours += [
        Hour(
            event.start.astimezone(tz),
            None,
            event.what or ("Demos" if event.kind is EventKind.DEMOS else "social"),
            event.room,
            kind=event.kind,
            coming=event.coming,
        )
        for event in of.events
        if of.days.day_at(event.start) == on
    ]
    demos = tuple(demo for demo in of.demos if demo.day == on)
    ordered = tuple(sorted(hours, key=lambda hour: (hour.start, hour.room)))
    return Day(of.days.number(on), on, ordered, demos)


def _links(links: Sequence[tuple[int, str]]) -> dict[int, str]:
    return {number: url for number, link in links if (url := web_address(link))}
