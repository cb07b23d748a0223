"""What the wall of a hackathon says at a moment: the same for its page and for the file it reads.

The running bot writes that file by itself, within a second, so all of this is cheap: no template,
nothing that a page needs.
"""

import json
from collections.abc import Iterator
from dataclasses import asdict, dataclass, replace
from datetime import UTC, date, datetime, timedelta

from gsocbot.render.addresses import WALL_DATA, hackathon_path
from gsocbot.rules.hackathon import Days, EventKind
from gsocbot.site.hackathon_snapshot import Demo, Event, Hackathon, Slot, Topic

AROUND = timedelta(days=1)
"""So long before and after a hackathon its wall is kept fresh."""

SILENT = timedelta(minutes=3)
"""A wall that is kept fresh is written anew each minute; when that stops, it says so."""

TURN = timedelta(seconds=8)
"""A list that does not fit shows another part of it after this."""

MOST = 12
"""So many entries a part has; nobody waits for more to pass by. Of rooms all are shown."""

ELSEWHERE = 4
"""So many topics without a room have a place beside those with one, the newest first."""

MOST_LETTERS = 120
"""So much of a text is readable from afar."""


@dataclass(frozen=True, slots=True)
class Entry:
    """A line of the wall: a room, an hour or a number; what it is; more about it."""

    mark: str
    title: str
    text: str = ""
    on: bool = False


@dataclass(frozen=True, slots=True)
class Part:
    """A part of the wall; `rest` stands below its entries."""

    id: str
    title: str
    entries: tuple[Entry, ...]
    rest: str = ""


@dataclass(frozen=True, slots=True)
class Wall:
    """All of it; `live` says that the bot keeps it fresh, `clock` is the time there."""

    at: str
    live: bool
    zone: str
    name: str
    day: str
    clock: str
    left: tuple[Part, ...]
    right: tuple[Part, ...]
    foot: str

    @property
    def parts(self) -> tuple[Part, ...]:
        """Both columns."""
        return self.left + self.right


def is_near(days: Days, now: datetime) -> bool:
    """Whether a hackathon is on, or within a day of it."""
    return days.turns(days.first - AROUND) - AROUND <= now < days.turns(days.last) + AROUND


def data(wall: Wall) -> bytes:
    """The wall as its page reads it."""
    return (json.dumps(asdict(wall), ensure_ascii=False) + "\n").encode()


def data_path(slug: str) -> str:
    """Where that file is, from the season's page."""
    return hackathon_path(slug) + WALL_DATA


def wall(of: Hackathon, now: datetime) -> Wall:
    """The wall as it is now; `of` has texts that are fit for a page."""
    ended = {topic.number for topic in of.topics if topic.ended}
    of = replace(of, slots=tuple(s for s in of.slots if s.topic not in ended))
    days, there = of.days, now.astimezone(of.days.tz)
    today = days.day_at(now)
    on = days.is_on(now)
    left = (_now(of, today, now), _next(of, today, now)) if on else (_outside(of, now),)
    right = (_demos(of, today), _help(of)) if on else ()
    return Wall(
        at=now.astimezone(UTC).isoformat(timespec="milliseconds"),
        live=is_near(days, now),
        zone=of.zone,
        name=_cut(of.name),
        day=f"Day {days.number(today)} of {days.count}" if on and days.count > 1 else "",
        clock=f"{there:%H:%M}",
        left=tuple(p for p in left if p.entries or p.id == "now"),
        right=tuple(p for p in right if p.entries or p.rest),
        foot=f"Stuck? Say !stuck and what is wrong in {of.channel}" if on and of.channel else "",
    )


def _outside(of: Hackathon, now: datetime) -> Part:
    if of.days.is_over(now):
        return Part("now", "That was it", (), "Thank you all. What came of it is in the report.")
    begins = of.days.at(of.first, of.opens).astimezone(of.days.tz)
    when = f"{begins:%a} {begins.day} {begins:%b} {begins:%H:%M}"
    return Part("now", "Soon", (Entry(when, of.place or "everywhere", "", on=True),))


def _now(of: Hackathon, today: date, now: datetime) -> Part:
    """What goes on in each room, then what goes on elsewhere."""
    taking_place = [s for s in of.slots if s.start <= now < s.end]
    entries = [_slot_now(of, slot) for slot in sorted(taking_place, key=lambda s: s.room_key)]
    placed = {slot.topic for slot in taking_place}
    elsewhere = [
        (topic.now_at, topic)
        for topic in of.topics
        if topic.now and not topic.ended and topic.number not in placed
        if topic.now_at is not None and of.days.day_at(topic.now_at) == today
    ]
    elsewhere.sort(key=lambda one: one[0], reverse=True)
    entries += [
        Entry("", _title(topic), _cut(topic.now), on=True) for _, topic in elsewhere[:ELSEWHERE]
    ]
    entries += [
        Entry(room, "free", f"until {_clock(of, until)}" if until else "")
        for room, until in _free(of, today, now)
    ]
    rest = "" if entries else "Nothing has a place just now. Say !topics to see what there is."
    return Part("now", "Now", tuple(entries), rest)


def _slot_now(of: Hackathon, slot: Slot) -> Entry:
    topic = of.topic(slot.topic)
    until = f"until {_clock(of, slot.end)}"
    if topic is None:
        return Entry(_cut(slot.room), f"topic {slot.topic}", until, on=True)
    said_today = topic.now_at is not None and of.days.day_at(topic.now_at) == slot.day
    doing = _cut(topic.now) if topic.now and said_today else ""
    return Entry(_cut(slot.room), _title(topic), doing or until, on=True)


def _free(of: Hackathon, today: date, now: datetime) -> Iterator[tuple[str, datetime | None]]:
    """The rooms of today in which nothing is, each with the moment until which they are free."""
    slots = [slot for slot in of.slots if slot.day == today]
    taken = {slot.room_key for slot in slots if slot.start <= now < slot.end}
    rooms = {slot.room_key: slot.room for slot in slots if slot.room_key not in taken}
    if now >= of.days.at(today, of.closes):
        return
    for key, room in sorted(rooms.items()):
        later = [slot.start for slot in slots if slot.room_key == key and slot.start > now]
        yield _cut(room), min(later, default=None)


def _next(of: Hackathon, today: date, now: datetime) -> Part:
    """What comes: as people have said of their topics, by the hour, and in the evening."""
    said = [
        Entry(_room_now(of, topic, now) or "then", _cut(topic.next), f"topic {topic.number}")
        for topic in of.topics
        if topic.next and not topic.ended and topic.next_at is not None
        if max(of.days.day_at(topic.next_at), of.first) == today
    ]
    coming: list[tuple[datetime, Entry]] = [
        (slot.start, Entry(_clock(of, slot.start), _number_title(of, slot), _cut(slot.room)))
        for slot in of.slots
        if slot.day == today and slot.start > now
    ]
    coming += [
        (event.start, _event(of, event))
        for event in of.events
        if of.days.day_at(event.start) == today and event.start > now
    ]
    coming.sort(key=lambda one: one[0])
    return _shortened(Part("next", "Next", (*(entry for _, entry in coming), *said)))


def _room_now(of: Hackathon, topic: Topic, now: datetime) -> str:
    slot = next((s for s in of.slots if s.topic == topic.number and s.start <= now < s.end), None)
    return _cut(slot.room) if slot else ""


def _event(of: Hackathon, event: Event) -> Entry:
    if event.kind is EventKind.DEMOS:
        return Entry(_clock(of, event.start), "Demos", _cut(event.room))
    coming = f"{event.coming} coming" if event.coming else ""
    text = ", ".join(filter(None, [_cut(event.room), coming]))
    return Entry(_clock(of, event.start), _cut(event.what) or "social", text)


def _demos(of: Hackathon, today: date) -> Part:
    """The demos of today that are not over, or those of the next day that has some."""
    open_ = [demo for demo in of.demos if demo.done_at is None and demo.day >= today]
    day = min((demo.day for demo in open_), default=today)
    shown = [demo for demo in open_ if demo.day == day]
    hour = next(
        (e for e in of.events if e.kind is EventKind.DEMOS and of.days.day_at(e.start) == day),
        None,
    )
    title = "Demos" if day == today else f"Demos on {day:%A}"
    if hour is not None:
        title += f" {_clock(of, hour.start)}" + (f", {_cut(hour.room)}" if hour.room else "")
    return _shortened(Part("demos", title, tuple(_demo(demo) for demo in shown)))


def _demo(demo: Demo) -> Entry:
    on = demo.started_at is not None
    text = "now" if on else f"{demo.minutes} min"
    return Entry(str(demo.number), _cut(demo.title), f"{demo.by}, {text}" if demo.by else text, on)


def _help(of: Hackathon) -> Part:
    """Who waits for help; what was said in private is a number alone."""
    told = [t for t in of.tickets if t.text]
    more = len(of.tickets) - len(told)
    entries = tuple(Entry(f"h{t.number}", _cut(t.text), "", on=True) for t in told)
    rest = f"{more} {'more' if told else 'waiting'}, asked in private" if more else ""
    return _shortened(Part("help", "Help wanted", entries, rest))


def _shortened(part: Part) -> Part:
    """A part with no more entries than pass by while somebody looks."""
    left_out = len(part.entries) - MOST
    if left_out <= 0:
        return part
    rest = f"and {left_out} more" + (f", {part.rest}" if part.rest else "")
    return replace(part, entries=part.entries[:MOST], rest=rest)


def _title(topic: Topic) -> str:
    return f"{topic.number} {_cut(topic.title)}"


def _number_title(of: Hackathon, slot: Slot) -> str:
    topic = of.topic(slot.topic)
    return _title(topic) if topic else f"topic {slot.topic}"


def _clock(of: Hackathon, at: datetime) -> str:
    return f"{at.astimezone(of.days.tz):%H:%M}"


def _cut(text: str) -> str:
    return text if len(text) <= MOST_LETTERS else text[: MOST_LETTERS - 1].rstrip() + "…"


def same(one: Wall, other: Wall) -> bool:
    """Whether two say the same, whatever the clock."""
    return replace(one, at="", clock="") == replace(other, at="", clock="")


def is_newer(one: bytes, other: bytes) -> bool:
    """Whether a file was written later than another; what cannot be read was before all."""
    return _written(one) > _written(other)


def _written(content: bytes) -> str:
    try:
        return str(json.loads(content)["at"])
    except (ValueError, KeyError, TypeError):
        return ""
