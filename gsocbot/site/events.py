"""One event of a calendar: a date of the programme, our own before it, a weekly session."""

from collections.abc import Iterator
from datetime import UTC, date, datetime, timedelta
from zoneinfo import ZoneInfo

from icalendar import Alarm, Component, Event

from gsocbot.render.addresses import OFFICE, TIMELINE, Addresses
from gsocbot.render.html import safe_link
from gsocbot.rules.recurrence import (
    WEEKDAYS,
    Weekly,
    first_day,
    instant,
    last_day,
    moved,
    raw_occurrence,
)
from gsocbot.rules.timeline import Deadline, DeadlineKind
from gsocbot.site.names import audience
from gsocbot.site.snapshot import Revision, SeasonSnapshot

FIRST_ALARM, LAST_ALARM = timedelta(days=7), timedelta(days=1)
"""How long before what is owed a calendar rings; the bot's other reminders would be a nuisance."""

OFFICE_ALARM = timedelta(hours=1)
MORNING = timedelta(hours=9)
"""What has no hour rings at this time of its reader's day."""

_UTC_NAMES = frozenset({"UTC", "Zulu", "Etc/Zulu", "UCT", "Etc/UCT", "Universal"})


class Events:
    """Makes the events of one season, alike for each calendar in which they stand."""

    def __init__(self, season: SeasonSnapshot, addresses: Addresses) -> None:
        self._season = season
        self._addresses = addresses

    def date(self, deadline: Deadline, name: str) -> Component:
        """A date: a moment as a moment in UTC, a bare day as a whole day.

        It rings for what the bot reminds of; whether that is done is nobody's business here.
        """
        event = self._event(name, deadline.title, self._revision(deadline), TIMELINE)
        event.add("dtstart", deadline.at.astimezone(UTC) if deadline.at else deadline.day)
        event.add("description", "\n".join(self._about(deadline)))
        event.add("transp", "TRANSPARENT")
        if deadline.kind is DeadlineKind.DEADLINE:
            before = (LAST_ALARM,) if deadline.ours_at else (FIRST_ALARM, LAST_ALARM)
            for span in before:
                morning = MORNING if deadline.at is None else timedelta()
                event.add_component(_alarm(span - morning, deadline.title))
        return event

    def ours(self, deadline: Deadline, name: str) -> Component:
        """The organisation's own date before Google's, which counts until it has passed."""
        assert deadline.at is not None
        assert deadline.ours_at is not None
        title = f"{deadline.title}, ours"
        event = self._event(name, title, self._revision(deadline), TIMELINE)
        event.add("dtstart", deadline.ours_at.astimezone(UTC))
        event.add("description", "\n".join(self._about_ours(deadline)))
        event.add("transp", "TRANSPARENT")
        if deadline.kind is DeadlineKind.DEADLINE:
            for span in (FIRST_ALARM, LAST_ALARM):
                event.add_component(_alarm(span, title))
        return event

    def weekly(self, weekly: Weekly, key: str, name: str) -> Iterator[Component]:
        """The sessions of a series on the wall clock of their zone: the rule without what is
        skipped, then each that is moved. All ring an hour before.
        """
        first, last, elsewhere = first_day(weekly), last_day(weekly), moved(weekly)
        if first == last:  # what comes once is moved itself: there is no rule to except it from
            start = elsewhere[0].start if elsewhere else instant(first, weekly.time, weekly.zone)
            yield self._session(weekly, key, name, _on_wall(weekly, start))
            return
        event = self._session(weekly, key, name, _by_rule(weekly, first))
        event.add("rrule", _rule(weekly, last))
        for day, change in sorted(weekly.changes.items(), key=lambda c: c[0]):
            if change.skipped and raw_occurrence(weekly, day):
                _add_wall(event, "exdate", _by_rule(weekly, day), weekly)
        yield event
        for session in elsewhere:
            other = self._session(weekly, key, name, _on_wall(weekly, session.start))
            _add_wall(other, "recurrence-id", _by_rule(weekly, session.day), weekly)
            yield other

    def _session(self, weekly: Weekly, key: str, name: str, start: datetime) -> Event:
        title = weekly.title or "Office hour"
        event = self._event(name, title, _newest(self._season.revised_series, key), OFFICE)
        _add_wall(event, "dtstart", start, weekly)
        event.add("duration", timedelta(minutes=weekly.minutes))
        if weekly.channel:
            event.add("location", weekly.channel)
        event.add_component(_alarm(OFFICE_ALARM, title))
        return event

    def _event(self, name: str, title: str, revision: Revision | None, page: str) -> Event:
        facts = self._season.facts
        # Without METHOD both stamps say when the event was last revised (RFC 5545, 3.8.7.2).
        stamp = (revision.at if revision else facts.since).astimezone(UTC).replace(microsecond=0)
        event = Event()
        event.add("uid", f"{name}@{facts.key}.gsocbot")
        event.add("dtstamp", stamp)
        event.add("last-modified", stamp)
        event.add("sequence", revision.moves if revision else 0)
        event.add("summary", f"{facts.organisation}: {title}" if facts.organisation else title)
        event.add("url", self._addresses.page(page))
        return event

    def _revision(self, deadline: Deadline) -> Revision:
        """What the store counts of a date itself does not know of a date that was there before."""
        found = _newest(self._season.revised_dates, deadline.slug)
        if found is None:
            return Revision(deadline.slug, self._season.facts.since, deadline.sequence)
        return Revision(found.name, found.at, max(found.moves, deadline.sequence))

    def _about(self, deadline: Deadline) -> list[str]:
        lines = [f"For {audience(deadline.audience, self._season.facts.word)}."]
        if deadline.day is not None:
            lines.append("The source gives no hour.")
        if deadline.ours_at is not None:
            lines.append(f"Ours, earlier: {_utc(deadline.ours_at)}.")
        return lines + _source(deadline)

    def _about_ours(self, deadline: Deadline) -> list[str]:
        assert deadline.at is not None
        whom = audience(deadline.audience, self._season.facts.word)
        whose = "Google's" if deadline.source else "At the latest"
        return [f"For {whom}.", f"{whose}: {_utc(deadline.at)}.", *_source(deadline)]


def tzid(zone: str) -> str:
    """What a zone is called in a calendar.

    UTC is one like any other: not every program finds the session that a RECURRENCE-ID with a Z
    at its end stands for, and shows it twice.
    """
    return "Etc/UTC" if zone in _UTC_NAMES else zone


def _rule(weekly: Weekly, last: date | None) -> dict[str, object]:
    rule: dict[str, object] = {"freq": "weekly", "byday": WEEKDAYS[weekly.weekday][:2].upper()}
    if weekly.every > 1:
        rule["interval"] = weekly.every
    if last is not None:
        rule["until"] = instant(last, weekly.time, weekly.zone)
    return rule


def _by_rule(weekly: Weekly, day: date) -> datetime:
    """What the clock shows at a session of the rule, whether or not it ever does: its name."""
    return datetime.combine(day, weekly.time)


def _on_wall(weekly: Weekly, start: datetime) -> datetime:
    """What the clock of the zone shows at a moment."""
    return start.astimezone(ZoneInfo(weekly.zone)).replace(tzinfo=None)


def _add_wall(event: Event, name: str, wall: datetime, weekly: Weekly) -> None:
    event.add(name, wall, parameters={"tzid": tzid(weekly.zone)})


def _newest(revisions: tuple[Revision, ...], name: str) -> Revision | None:
    return next((r for r in revisions if r.name == name), None)


def _source(deadline: Deadline) -> list[str]:
    return [f"Source: {deadline.source}"] if safe_link(deadline.source) else []


def _utc(at: datetime) -> str:
    return f"{at.astimezone(UTC):%Y-%m-%d %H:%M} UTC"


def _alarm(before: timedelta, title: str) -> Component:
    alarm = Alarm()
    alarm.add("action", "DISPLAY")
    alarm.add("description", title)
    alarm.add("trigger", -before)
    return alarm
