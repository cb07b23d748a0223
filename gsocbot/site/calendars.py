"""The two calendars of a season: its dates, and its weekly office hour."""

from collections.abc import Sequence
from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

from icalendar import Alarm, Calendar, Component, Event

from gsocbot.render.addresses import OFFICE, TIMELINE, Addresses
from gsocbot.render.html import safe_link
from gsocbot.rules.recurrence import WEEKDAYS, Weekly, instant
from gsocbot.rules.timeline import Deadline, DeadlineKind, in_order
from gsocbot.site.names import audience, unique
from gsocbot.site.snapshot import SeasonSnapshot
from gsocbot.site.zones import written_out

OFFICE_ALARM = timedelta(hours=1)
DEADLINE_ALARM = timedelta(days=1)
ZONE_WITHOUT_END = timedelta(days=3653)
"""For how long the clock changes of a session without an end are written out."""

_YEAR = timedelta(days=365)

_UTC_NAMES = frozenset({"UTC", "Etc/UTC", "Zulu", "Etc/Zulu", "UCT", "Etc/UCT", "Universal"})


def timeline(season: SeasonSnapshot, addresses: Addresses) -> bytes:
    """All dates: a moment as a moment in UTC, a bare day as a whole day."""
    calendar = _calendar(season, season.facts.title)
    # By slug: a date keeps its name when it moves past another.
    slugs = sorted(d.slug for d in season.deadlines)
    names = dict(zip(slugs, unique(slugs), strict=True))
    for deadline in in_order(season.deadlines):
        event = Event()
        name = names[deadline.slug]
        _describe(event, season, f"{name}@{season.facts.key}.gsocbot", deadline.title)
        event.add("sequence", deadline.sequence)
        event.add("dtstart", deadline.at.astimezone(UTC) if deadline.at else deadline.day)
        event.add("description", _about(deadline, season.facts.word))
        event.add("url", addresses.page(TIMELINE))
        event.add("transp", "TRANSPARENT")
        if deadline.at is not None and deadline.kind is DeadlineKind.DEADLINE:
            event.add_component(_alarm(DEADLINE_ALARM, deadline.title))
        calendar.add_component(event)
    return bytes(calendar.to_ical())


def office(season: SeasonSnapshot, addresses: Addresses) -> bytes:
    """The weekly sessions on the wall clocks of their zones, with an alarm an hour before."""
    calendar = _calendar(season, f"{season.facts.title}: office hour")
    names = unique([name for name, _ in season.series])
    there = [
        (weekly, name)
        for (_, weekly), name in zip(season.series, names, strict=True)
        if weekly.last is None or _ends(weekly)[0] <= weekly.last
    ]
    for zone in sorted({weekly.zone for weekly, _ in there} - _UTC_NAMES):
        calendar.add_component(_zone(zone, [w for w, _ in there if w.zone == zone]))
    for weekly, name in there:
        event = _weekly(season, weekly, name)
        event.add("url", addresses.page(OFFICE))
        calendar.add_component(event)
    return bytes(calendar.to_ical())


def _weekly(season: SeasonSnapshot, weekly: Weekly, name: str) -> Component:
    first, last = _ends(weekly)
    title = weekly.title or "Office hour"
    event = Event()
    _describe(event, season, f"office-{name}@{season.facts.key}.gsocbot", title)
    if weekly.zone in _UTC_NAMES:
        event.add("dtstart", instant(first, weekly.time, "UTC"))
    else:
        event.add("dtstart", datetime.combine(first, weekly.time, ZoneInfo(weekly.zone)))
    event.add("duration", timedelta(minutes=weekly.minutes))
    rule: dict[str, object] = {"freq": "weekly", "byday": WEEKDAYS[weekly.weekday][:2].upper()}
    if last is not None:
        rule["until"] = instant(last, weekly.time, weekly.zone)
    event.add("rrule", rule)
    event.add_component(_alarm(OFFICE_ALARM, title))
    return event


def _zone(zone: str, series: Sequence[Weekly]) -> Component:
    """The clock changes of a zone, from a year before its sessions to a year after them."""
    ends = [_ends(w) for w in series]
    first = min(first for first, _ in ends)
    last = max(last or first + ZONE_WITHOUT_END for first, last in ends)
    noon = time(12, tzinfo=UTC)
    return written_out(
        zone, datetime.combine(first, noon) - _YEAR, datetime.combine(last, noon) + _YEAR
    )


def _calendar(season: SeasonSnapshot, name: str) -> Calendar:
    calendar = Calendar()
    calendar.add("prodid", "-//gsocbot//site//EN")
    calendar.add("version", "2.0")
    calendar.add("calscale", "GREGORIAN")
    calendar.add("name", name)
    calendar.add("x-wr-calname", name)
    return calendar


def _describe(event: Component, season: SeasonSnapshot, uid: str, title: str) -> None:
    event.add("uid", uid)
    event.add("dtstamp", season.facts.since.astimezone(UTC).replace(microsecond=0))
    who = season.facts.organisation
    event.add("summary", f"{who}: {title}" if who else title)


def _about(deadline: Deadline, word: str) -> str:
    lines = [f"For {audience(deadline.audience, word)}."]
    if deadline.day is not None:
        lines.append("The source gives no hour.")
    if deadline.ours_at is not None:
        lines.append(f"Ours, earlier: {deadline.ours_at.astimezone(UTC):%Y-%m-%d %H:%M} UTC.")
    if safe_link(deadline.source):
        lines.append(f"Source: {deadline.source}")
    return "\n".join(lines)


def _alarm(before: timedelta, title: str) -> Component:
    alarm = Alarm()
    alarm.add("action", "DISPLAY")
    alarm.add("description", title)
    alarm.add("trigger", -before)
    return alarm


def _ends(weekly: Weekly) -> tuple[date, date | None]:
    """The days of the first and the last session."""
    first = weekly.first + timedelta(days=(weekly.weekday - weekly.first.weekday()) % 7)
    if weekly.last is None:
        return first, None
    return first, weekly.last - timedelta(days=(weekly.last.weekday() - weekly.weekday) % 7)
