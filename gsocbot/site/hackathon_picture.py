"""The picture of a hackathon's days: topics in their rooms over the hours, demos, evenings."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta

from gsocbot.rules.hackathon import EventKind
from gsocbot.site.drawing import text_width
from gsocbot.site.hackathon_snapshot import Event, Hackathon, Slot

MARGIN, LEFT, SPAN, RIGHT = 16, 130, 900, 26
"""Where the hours begin, after the rooms, how wide a day is, and what is right of it; pixels."""

HEAD, TICKS, ROW, BAR, BELOW = 26, 22, 30, 24, 18
MOST_ROOMS = 20
HOUR = timedelta(hours=1)
STEPS = (1, 2, 3, 4, 6)
MOST_TICKS = 14
INSET = 7
LETTER_WIDTH = 8
"""No letter is taken to be narrower."""


@dataclass(frozen=True, slots=True)
class Bar:
    """A topic in a room; the label fits into it, and may be empty."""

    x: int
    y: int
    width: int
    label: str
    title: str


@dataclass(frozen=True, slots=True)
class Mark:
    """Demos, or something social: a stem through the day with a label below it."""

    x: int
    top: int
    bottom: int
    y: int
    anchor: str
    label_x: int
    label: str


@dataclass(frozen=True, slots=True)
class Band:
    """A day: its name, its hours, its rooms, and what is in them."""

    y: int
    name: str
    on: date
    ticks: tuple[tuple[int, str], ...]
    top: int
    bottom: int
    rooms: tuple[tuple[int, str], ...]
    bars: tuple[Bar, ...]
    marks: tuple[Mark, ...]


@dataclass(frozen=True, slots=True)
class Picture:
    """All of it."""

    width: int
    height: int
    bands: tuple[Band, ...]
    left: int = LEFT
    bar: int = BAR

    @property
    def count(self) -> int:
        """How many bars there are."""
        return sum(len(band.bars) for band in self.bands)


@dataclass(frozen=True, slots=True)
class _Scale:
    """The hours of one day; `first` is the moment at the left."""

    first: datetime
    length: timedelta

    def x(self, at: datetime) -> int:
        part = (at - self.first) / self.length
        return LEFT + round(min(max(part, 0), 1) * SPAN)


def draw(of: Hackathon) -> Picture | None:
    """The picture of a hackathon; None where nothing has a place or an hour."""
    bands: list[Band] = []
    y = MARGIN
    for day in of.days.dates:
        slots = [slot for slot in of.slots if slot.day == day]
        events = [event for event in of.events if of.days.day_at(event.start) == day]
        if slots or events:
            bands.append(_band(of, day, slots, events, y))
            y = bands[-1].bottom + _below(bands[-1]) + MARGIN
    return Picture(LEFT + SPAN + RIGHT, y, tuple(bands)) if bands else None


def _below(band: Band) -> int:
    return max((mark.y - band.bottom for mark in band.marks), default=0) + 6


def _band(of: Hackathon, day: date, slots: Sequence[Slot], events: Sequence[Event], y: int) -> Band:
    scale = _scale(of, day, slots, events)
    rooms = {slot.room_key: slot.room for slot in slots}
    order = sorted(rooms)[:MOST_ROOMS]
    top = y + HEAD + TICKS
    bottom = top + max(len(order), 1) * ROW
    rows = {key: top + number * ROW for number, key in enumerate(order)}
    return Band(
        y=y + 14,
        name=f"Day {of.days.number(day)}, {day:%A} {day.day} {day:%B}",
        on=day,
        ticks=tuple(_ticks(of, scale)),
        top=top,
        bottom=bottom,
        rooms=tuple((rows[key], _fit(rooms[key], LEFT - MARGIN - 10)) for key in order),
        bars=tuple(_bar(of, s, scale, rows[s.room_key]) for s in slots if s.room_key in rows),
        marks=tuple(_marks(of, events, scale, top, bottom)),
    )


def _scale(of: Hackathon, day: date, slots: Sequence[Slot], events: Sequence[Event]) -> _Scale:
    moments = [of.days.at(day, of.opens), of.days.at(day, of.closes)]
    moments += [moment for slot in slots for moment in (slot.start, slot.end)]
    moments += [moment for event in events for moment in (event.start, event.start + HOUR)]
    there = min(moments).astimezone(of.days.tz)  # an hour there need not be one of UTC's
    first = there.replace(minute=0, second=0, microsecond=0).astimezone(UTC)
    return _Scale(first, max(max(moments) - first, HOUR))


def _bar(of: Hackathon, slot: Slot, scale: _Scale, y: int) -> Bar:
    x = scale.x(slot.start)
    width = max(scale.x(slot.end) - x - 2, 3)
    topic = of.topic(slot.topic)
    title = f"{slot.topic} {topic.title}" if topic else str(slot.topic)
    label = _fit(title, width - 2 * INSET) or _fit(str(slot.topic), width)
    tz = of.days.tz
    hours = f"{slot.start.astimezone(tz):%H:%M}-{slot.end.astimezone(tz):%H:%M}"
    return Bar(x, y + (ROW - BAR) // 2, width, label, f"{title}, {slot.room}, {hours}")


def _marks(
    of: Hackathon, events: Sequence[Event], scale: _Scale, top: int, bottom: int
) -> Iterator[Mark]:
    """Each label beside its stem, below the one before if they would meet."""
    lanes: list[int] = []
    for event in events:
        x = scale.x(event.start)
        what = event.what or ("demos" if event.kind is EventKind.DEMOS else "social")
        label = _fit(f"{event.start.astimezone(of.days.tz):%H:%M} {what}", SPAN // 2)
        wide = text_width(label)
        at_end = x + 6 + wide > LEFT + SPAN
        left, right = (x - 6 - wide, x) if at_end else (x, x + 6 + wide)
        lane = next((n for n, end in enumerate(lanes) if end + 12 <= left), len(lanes))
        if lane == len(lanes):
            lanes.append(0)
        lanes[lane] = right
        y = bottom + BELOW + lane * BELOW
        anchor, label_x = ("end", x - 6) if at_end else ("start", x + 6)
        yield Mark(x, top, y, y, anchor, label_x, label)


def _ticks(of: Hackathon, scale: _Scale) -> Iterator[tuple[int, str]]:
    hours = int(scale.length / HOUR)
    step = next((s for s in STEPS if hours / s <= MOST_TICKS), hours)
    for hour in range(0, hours + 1, step):
        at = scale.first + hour * HOUR
        yield scale.x(at), f"{at.astimezone(of.days.tz):%H:%M}"


def _fit(text: str, width: int) -> str:
    """As much of a text as fits; nothing where that would be less than three letters."""
    most = width // LETTER_WIDTH + 1
    if len(text) <= most and text_width(text) <= width:
        return text
    text = text[:most]
    while text and text_width(text + "…") > width:
        text = text[:-1]
    return text.rstrip() + "…" if len(text) > 2 else ""
