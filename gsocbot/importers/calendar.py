"""The year's dates from an iCalendar file: the start of each event, as a moment in UTC or a day.

A calendar says when something is and how it is called, and nothing else that we keep of a date.
For a slug that is known already the rest stays as it is. Otherwise it is for everybody, and a
deadline if its title says that something closes or is due.
"""

import re
from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import date, datetime
from pathlib import Path
from warnings import catch_warnings, simplefilter

from icalendar import Calendar, Component, use_zoneinfo

from gsocbot.importers.faults import Faults, Place
from gsocbot.importers.fields import Fields, is_slug
from gsocbot.importers.files import read_text
from gsocbot.importers.texts import one_line, short
from gsocbot.importers.timeline import Check, accept
from gsocbot.rules.ideas import slug_of
from gsocbot.rules.timeline import Deadline, DeadlineKind

LARGEST_CALENDAR = 500_000
"""Bytes."""
OURS = ".gsocbot"
"""What follows the @ in the UIDs of our own calendars ends with this."""

EARLIER = ".ours"
"""What stands before that @ ends with this where an event is the `ours` of a date, not a date."""

OFFICE = ".office"
"""The same where it is a weekly office hour, which repeats and is no date either."""

_EVENT = "VEVENT"
_NAME = re.compile(r"([A-Za-z0-9-]+)[;:](.*)")
_READ = ("UID", "SUMMARY", "DTSTART", "STATUS")
_REPEATS = ("RRULE", "RDATE", "RECURRENCE-ID")
_OWED = re.compile(r"\b(?:deadline|due|closes?|closing)\b", re.IGNORECASE)
_ZONE_RULE = re.compile(
    r"FREQ=YEARLY(?:;(?:BYMONTH|BYDAY|BYMONTHDAY|INTERVAL|UNTIL|WKST)=[^;]*)*", re.IGNORECASE
)
"""How clocks change; anything more often would keep us busy for hours."""

Lines = dict[str, int]


def gather_calendar(
    path: Path, faults: Faults, known: Sequence[Deadline] = (), check: Check = accept
) -> tuple[Deadline, ...]:
    """The dates that can be read; what is wrong is added to the faults."""
    text = read_text(path, faults, LARGEST_CALENDAR)
    events = _events(text, path, faults) if text is not None else []
    happening = [event for event in events if _counts(event)]
    lead = _lead([event.text("SUMMARY") for event in happening])
    found: dict[str, Deadline] = {}
    already = {d.slug: d for d in known}
    for event in happening:
        deadline = _deadline(event, lead, already)
        if deadline and deadline.slug in found:
            event.fault("UID", f"{deadline.slug} stands here twice")
        elif deadline:
            found[deadline.slug] = deadline
            for part, why in check(deadline).items():
                event.fault("UID" if part == "slug" else "SUMMARY", why)
    return tuple(found.values())


def _counts(event: Fields) -> bool:
    name, _, domain = event.text("UID").partition("@")
    is_earlier = name.endswith(EARLIER) and domain.endswith(OURS)
    return event.text("STATUS").upper() != "CANCELLED" and not is_earlier


def _deadline(event: Fields, lead: str, known: Mapping[str, Deadline]) -> Deadline | None:
    title = event.needed("SUMMARY").removeprefix(lead)
    at, day = _start(event)
    slug = _slug(event, title) if title else ""
    if not slug or not (at or day):
        return None
    there = known.get(slug)
    if there is not None:
        same = f": {title}".endswith(f": {there.title}")  # ours begin with the organisation
        return replace(there, title=there.title if same else title, at=at, day=day)
    kind = DeadlineKind.DEADLINE if _OWED.search(title) else DeadlineKind.EVENT
    return Deadline(slug, title, at, day, kind=kind)


def _start(event: Fields) -> tuple[datetime | None, date | None]:
    start = event.value("DTSTART")
    zone = event.text("TZID")
    if start is None:
        event.fault("DTSTART", "this is missing; write when the event begins")
    elif isinstance(start, datetime) and start.tzinfo is None:
        why = f"the zone {short(zone)} is not known" if zone else "the moment has no zone"
        event.fault("DTSTART", f"{why}; write it in UTC, such as 20260331T180000Z")
    elif isinstance(start, datetime):
        return event.moment("DTSTART"), None
    else:
        return None, event.day("DTSTART")
    return None, None


def _slug(event: Fields, title: str) -> str:
    """The short name: of the UID where that was made for people, otherwise of the title."""
    name, _, domain = event.text("UID").partition("@")
    if is_slug(name) and (domain.endswith(OURS) or re.fullmatch("[a-z]+(-[a-z]+)+", name)):
        return name
    if re.search("[A-Za-z]", title):
        return slug_of(title)
    event.fault("UID", "no short name can be made of the title; write one, such as my-date@example")
    return ""


def _lead(titles: Sequence[str]) -> str:
    """What all titles begin with, such as the organisation: "Xen.org: "."""
    if len(titles) < 2:
        return ""
    heads = [titles[0][: colon.end()] for colon in re.finditer(": ", titles[0])]
    return max((h for h in heads if all(t.startswith(h) for t in titles)), key=len, default="")


def _events(text: str, path: Path, faults: Faults) -> list[Fields]:
    """The events of a calendar, each with the lines on which its properties stand."""
    lines, harmful = _scanned(text)
    if harmful:
        faults.add(Place(path, harmful), "a zone whose clocks change more often than once a year")
        return []
    # This makes it forget the zones of the last file, which may have had the same names.
    use_zoneinfo()  # type: ignore[no-untyped-call]
    try:
        with catch_warnings():
            simplefilter("ignore")  # icalendar says how it has found a zone
            calendars = Calendar.from_ical(text, multiple=True)
        events = [e for c in calendars if c.name == "VCALENDAR" for e in c.walk(_EVENT)]
    except RecursionError:
        faults.add(Place(path), "this is nested too deeply")
        return []
    except (ValueError, LookupError, TypeError, AttributeError, ArithmeticError) as error:
        faults.add(Place(path), f"this is no calendar: {error}")
        return []
    if not lines or len(events) != len(lines):
        why = "this calendar is not whole" if lines else "there is no event (VEVENT) in this"
        faults.add(Place(path), why)
        return []
    dates = [(e, at) for e, at in zip(events, lines, strict=True) if not _is_office(e)]
    read = [_fields(e, at, path, faults) for e, at in dates]
    return [fields for fields in read if fields is not None]


def _is_office(event: Component) -> bool:
    name, _, domain = str(event.get("UID", "")).partition("@")
    return name.endswith(OFFICE) and domain.endswith(OURS)


def _fields(event: Component, lines: Lines, path: Path, faults: Faults) -> Fields | None:
    """What we read of an event, as values; None with a fault."""
    before = faults.count
    broken = {str(name or ""): str(why) for name, why in event.errors}
    values: dict[str, object] = {}
    fields = Fields(values, lambda key: Place(path, lines.get(key, lines[""])), faults)
    for name in _REPEATS:
        if name in event:
            fields.fault(name, "this repeats, and a date of the year comes once; leave it out")
    for name in ("", *_READ):
        value = event.get(name)
        if name in broken:
            fields.fault(name or _EVENT, f"this cannot be read: {broken[name]}")
        elif isinstance(value, list):
            fields.fault(name, "this stands here twice")
        elif name == "DTSTART" and value is not None:
            values |= {name: value.dt, "TZID": one_line(str(value.params.get("TZID", "")))}
        elif value is not None:
            values[name] = str(value)
    return fields if faults.count == before else None


def _scanned(text: str) -> tuple[list[Lines], int | None]:
    """Where each event and its properties stand, and the line of a zone's rule that is too much."""
    found: list[Lines] = []
    within: list[str] = []
    for number, line in _unfolded(text):
        property_ = _NAME.match(line)
        name, value = (property_[1].upper(), property_[2].strip()) if property_ else ("", "")
        if name == "BEGIN":
            within.append(value.upper())
            if within[-1] == _EVENT:
                found.append({"": number})
        elif name == "END":
            del within[-1:]
        elif within and within[-1] == _EVENT:
            found[-1].setdefault(name, number)
        elif name == "RRULE" and not _ZONE_RULE.fullmatch(value):
            return found, number
    return found, None


def _unfolded(text: str) -> list[tuple[int, str]]:
    """The lines, each with what goes on in the lines behind it, and their numbers."""
    lines: list[tuple[int, list[str]]] = []
    for number, line in enumerate(text.replace("\r\n", "\n").split("\n"), 1):
        if lines and line.startswith((" ", "\t")):
            lines[-1][1].append(line[1:])
        elif line.strip():
            lines.append((number, [line]))
    return [(number, "".join(parts)) for number, parts in lines]
