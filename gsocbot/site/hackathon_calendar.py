"""The calendar of a hackathon: its days, the places of its topics, its demos and evenings."""

from collections.abc import Iterator
from datetime import UTC, date, datetime, time, timedelta

from icalendar import Component, Event

from gsocbot.render.addresses import Addresses
from gsocbot.rules.hackathon import EventKind, ends
from gsocbot.site import hackathon_snapshot as shown
from gsocbot.site.calendars import written
from gsocbot.site.events import tzid
from gsocbot.site.hackathons import Page
from gsocbot.site.snapshot import SeasonSnapshot
from gsocbot.site.zones import written_out

_YEAR = timedelta(days=365)


def calendar(page: Page, season: SeasonSnapshot, addresses: Addresses) -> bytes:
    """The calendar as a file."""
    of = page.hackathon
    noon = time(12, tzinfo=UTC)
    zone = written_out(
        tzid(of.zone),
        datetime.combine(of.first, noon) - _YEAR,
        datetime.combine(of.last, noon) + _YEAR,
    )
    return written(of.name, [zone], _Events(page, season, addresses).all())


class _Events:
    def __init__(self, page: Page, season: SeasonSnapshot, addresses: Addresses) -> None:
        self._of = page.hackathon
        self._facts = season.facts
        self._url = addresses.page(page.path)

    def all(self) -> Iterator[Component]:
        """All events, by days."""
        of = self._of
        for on in of.days.dates:
            number = of.days.number(on)
            of_n = f", day {number} of {of.days.count}" if of.days.count > 1 else ""
            day = self._event(f"day{number}", f"{of.name}{of_n}", of.place, of.changed)
            day.add("dtstart", on)
            day.add("dtend", on + timedelta(days=1))
            day.add("transp", "TRANSPARENT")
            yield day
            yield from self._slots(on)
        for event in of.events:
            yield self._for_everybody(event)
            if event.kind is EventKind.DEMOS:
                yield from self._demos(event)

    def _slots(self, on: date) -> Iterator[Component]:
        for slot in self._of.slots:
            topic = self._of.topic(slot.topic)
            if slot.day != on or topic is None:
                continue
            name = f"topic{slot.topic}.{slot.id}"
            event = self._event(name, f"{topic.number} {topic.title}", slot.room, slot.changed)
            self._add(event, "dtstart", slot.start)
            self._add(event, "dtend", slot.end)
            yield event

    def _for_everybody(self, event: shown.Event) -> Component:
        of = self._of
        demos = event.kind is EventKind.DEMOS
        what = event.what or ("Demos" if demos else "Social")
        made = self._event(f"event{event.number}", what, event.room, event.changed)
        self._add(made, "dtstart", event.start)
        if demos:
            minutes = sum(demo.minutes for demo in _shown_at(of, event))
            self._add(made, "dtend", ends(event.kind, event.start, minutes))
            made.add("description", "\n".join(_order(of, event)))
        return made

    def _demos(self, event: shown.Event) -> Iterator[Component]:
        """Each demo of a day, one after the other from their hour on."""
        start = event.start
        for demo in _shown_at(self._of, event):
            made = self._event(f"demo{demo.number}", demo.title, event.room, event.changed)
            self._add(made, "dtstart", start)
            start += timedelta(minutes=demo.minutes)
            self._add(made, "dtend", start)
            if demo.by:
                made.add("description", f"By {demo.by}.")
            yield made

    def _event(self, name: str, title: str, where: str, changed: shown.Change | None) -> Event:
        stamp = (changed.at if changed else self._facts.since).astimezone(UTC)
        event = Event()
        event.add("uid", f"{self._of.slug}.{name}@{self._facts.key}.gsocbot")
        event.add("dtstamp", stamp.replace(microsecond=0))
        event.add("last-modified", stamp.replace(microsecond=0))
        event.add("sequence", changed.moves if changed else 0)
        event.add("summary", title)
        if where:
            event.add("location", where)
        event.add("url", self._url)
        return event

    def _add(self, event: Event, name: str, at: datetime) -> None:
        there = at.astimezone(self._of.days.tz)
        if there.fold:  # what the clock shows twice is the first of both in a calendar
            event.add(name, at.astimezone(UTC))
            return
        wall = there.replace(tzinfo=None)
        event.add(name, wall, parameters={"tzid": tzid(self._of.zone)})


def _shown_at(of: shown.Hackathon, event: shown.Event) -> list[shown.Demo]:
    on = of.days.day_at(event.start)
    return [demo for demo in of.demos if demo.day == on]


def _order(of: shown.Hackathon, event: shown.Event) -> list[str]:
    return [f"{d.number} {d.title}" for d in _shown_at(of, event)] or ["No demo so far."]
