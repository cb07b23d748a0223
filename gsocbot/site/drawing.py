"""The timeline as a drawing: where bars, marks and labels stand so that no text covers another."""

import unicodedata
from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import UTC, date, datetime, timedelta

from gsocbot.render.words import short_day
from gsocbot.rules.timeline import Deadline, DeadlineKind, Stretch, in_order

LETTER = 0.62
"""The width of a letter in parts of the size of the type; wide ones count twice."""

TYPE = 13
GAP = 10
MARGIN = 16
NARROWEST, WIDEST = 1088, 2400
DAY_WIDTH = 4.2
MOST_TICKS = 30
HEAD = 44
ROW = 28
BAR = 20
LANE = 24
MOST_SPLITS = 40
REACH, CLEAR = 7, 4
"""How far a label stands from its own stem, and at least from another's."""

MOST_LETTERS = 40
MOST_MARKS = 80


@dataclass(frozen=True, slots=True)
class Tick:
    """The first of a month, with its name."""

    x: int
    label: str


@dataclass(frozen=True, slots=True)
class Bar:
    """A phase; `anchor` is where its label is held: start, or end where it stands to the left."""

    x: int
    y: int
    width: int
    label_x: int
    anchor: str
    label: str
    state: str

    @property
    def inside(self) -> bool:
        """Whether the label stands on the bar."""
        return self.x < self.label_x < self.x + self.width


@dataclass(frozen=True, slots=True)
class Mark:
    """A deadline: a dot on the line, a stem down, a label beside its foot."""

    x: int
    y: int
    label_x: int
    anchor: str
    label: str
    state: str
    kind: str


@dataclass(frozen=True, slots=True)
class Drawing:
    """All of it, in pixels; `line` is the height of the line with the dots."""

    width: int
    height: int
    ticks: tuple[Tick, ...]
    bars: tuple[Bar, ...]
    marks: tuple[Mark, ...]
    line: int
    today: int | None
    today_label: str
    head: int = HEAD
    bar: int = BAR


@dataclass(frozen=True, slots=True)
class _Scale:
    first: date
    last: date
    day_width: float

    def x(self, moment: datetime) -> int:
        days = (moment - datetime.combine(self.first, datetime.min.time(), UTC)) / timedelta(days=1)
        return round(MARGIN + days * self.day_width)


def draw(stretches: Sequence[Stretch], deadlines: Sequence[Deadline], now: datetime) -> Drawing:
    """Draw a season's phases and dates; there is at least one date."""
    shown = in_order(deadlines)[:MOST_MARKS]
    first = begins(shown[0]).date().replace(day=1)
    last = begins(shown[-1]).date() + timedelta(days=4)
    room = NARROWEST - 2 * MARGIN
    day_width = max(room / (last - first).days, DAY_WIDTH)
    day_width = min(day_width, (WIDEST - 2 * MARGIN) / (last - first).days)
    scale = _Scale(first, last, day_width)
    width = round((last - first).days * day_width) + 2 * MARGIN
    bars = _bars([s for s in stretches if s.start in shown and s.end in shown], scale, width, now)
    line = max([b.y for b in bars], default=HEAD) + BAR + 22
    marks = _marks(shown, scale, width, line, now)
    within = first <= now.date() <= last
    right_ends = [m.label_x + text_width(m.label) for m in marks if m.anchor == "start"]
    return Drawing(
        width=max([width, *(end + MARGIN for end in right_ends)]),
        height=max(m.y for m in marks) + LANE // 2 + 6,
        ticks=tuple(_ticks(scale)),
        bars=bars,
        marks=marks,
        line=line,
        today=scale.x(now) if within else None,
        today_label=f"{now.day} {now:%b}",
    )


def begins(deadline: Deadline) -> datetime:
    """The moment of a deadline, or the midnight in UTC at which its day begins."""
    if deadline.at is not None:
        return deadline.at.astimezone(UTC)
    assert deadline.day is not None
    return datetime.combine(deadline.day, datetime.min.time(), UTC)


def text_width(text: str) -> int:
    """How wide a text may become in any plain typeface, in pixels; rather too much."""
    wide = sum(unicodedata.east_asian_width(c) in "WF" or c in "MW@%" for c in text)
    return round((len(text) + 0.6 * wide) * TYPE * LETTER)


def _ticks(scale: _Scale) -> list[Tick]:
    months = (scale.last.year - scale.first.year) * 12 + scale.last.month - scale.first.month + 1
    step = next((s for s in (1, 2, 3, 6, 12) if months <= s * MOST_TICKS), 0)
    step = step or 12 * -(-months // (12 * MOST_TICKS))
    ticks = []
    for count in range(0, months, step):
        years, month = divmod(scale.first.month - 1 + count, 12)
        on = datetime(scale.first.year + years, month + 1, 1, tzinfo=UTC)
        with_year = count == 0 or month == 0 or step > 6
        ticks.append(Tick(scale.x(on), f"{on:%b} {on.year}" if with_year else f"{on:%b}"))
    return ticks


def _bars(
    stretches: Sequence[Stretch], scale: _Scale, width: int, now: datetime
) -> tuple[Bar, ...]:
    """Each phase in the first row that has room for it and its label."""
    rows: list[int] = []
    bars = []
    for stretch in sorted(stretches, key=lambda s: begins(s.start)):
        x = scale.x(begins(stretch.start))
        end = max(scale.x(begins(stretch.end)), x + 4)
        label = _cut(stretch.name)
        needed = text_width(label)
        label_x, anchor, left, right = x + 8, "start", x, end
        if needed + 16 > end - x:
            label_x, right = end + 6, end + 6 + needed
            if right > width:
                label_x, anchor, left, right = x - 6, "end", x - 6 - needed, end
        row = next((n for n, taken in enumerate(rows) if taken + GAP <= left), len(rows))
        if row == len(rows):
            rows.append(0)
        rows[row] = right
        state = _state(begins(stretch.start), stretch.end.passes_at, now)
        bars.append(Bar(x, HEAD + row * ROW, end - x, label_x, anchor, label, state))
    return tuple(bars)


@dataclass(frozen=True, slots=True)
class _Label:
    """A label beside its stem, from where to where; `lane` counts down from the line."""

    stem: int
    left: int
    right: int
    lane: int = 0

    def covers(self, stem: int) -> bool:
        """Whether a stem that comes down as far as this label would cut it."""
        return self.left - CLEAR < stem < self.right + CLEAR

    def meets(self, other: "_Label") -> bool:
        """Whether the two would cover one another in the same lane."""
        return self.left < other.right + GAP and other.left < self.right + GAP


def _marks(
    deadlines: Sequence[Deadline], scale: _Scale, width: int, line: int, now: datetime
) -> tuple[Mark, ...]:
    stems = [scale.x(begins(d)) for d in deadlines]
    texts = [_cut(f"{short_day(d)} {d.short or d.title}") for d in deadlines]
    labels = _placed(stems, [text_width(t) for t in texts], width)
    return tuple(
        Mark(
            x=label.stem,
            y=line + 22 + label.lane * LANE,
            label_x=label.left if label.left > label.stem else label.right,
            anchor="start" if label.left > label.stem else "end",
            label=text,
            state=_state(deadline.passes_at, deadline.passes_at, now),
            kind="due" if deadline.kind is DeadlineKind.DEADLINE else "event",
        )
        for deadline, text, label in zip(deadlines, texts, labels, strict=True)
    )


def _placed(stems: Sequence[int], widths: Sequence[int], width: int) -> list[_Label]:
    """A place for each label: the early ones stand right of their stems, the late ones left.

    Where early ends and late begins is tried out; the best goes beyond no edge and has the fewest
    lanes. With all labels to the right there is always a way, on a wider drawing.
    """
    count = len(stems)
    tries = []
    for split in {*range(0, count, -(-count // MOST_SPLITS)), count}:
        labels = _in_lanes(
            [
                _Label(stem, stem + REACH, stem + REACH + wide)
                if n < split
                else _Label(stem, stem - REACH - wide, stem - REACH)
                for n, (stem, wide) in enumerate(zip(stems, widths, strict=True))
            ]
        )
        if labels is not None and min(label.left for label in labels) >= 0:
            beyond = max(0, max(label.right for label in labels) - width)
            lanes = max(label.lane for label in labels)
            tries.append((beyond, lanes, abs(split - count // 2), labels))
    return min(tries, key=lambda t: t[:3])[3]


def _in_lanes(labels: Sequence[_Label]) -> list[_Label] | None:
    """Each label in the highest free lane below all labels whose stems it covers; None: no way."""
    above = [{m for m, o in enumerate(labels) if label.covers(o.stem)} for label in labels]
    placed: dict[int, _Label] = {}
    while len(placed) < len(labels):
        ready = [n for n in range(len(labels)) if n not in placed and above[n] <= placed.keys()]
        if not ready:
            return None
        for n in ready:
            label = labels[n]
            taken = {o.lane for o in placed.values() if label.meets(o)}
            lane = max((placed[m].lane + 1 for m in above[n]), default=0)
            while lane in taken:
                lane += 1
            placed[n] = replace(label, lane=lane)
    return [placed[n] for n in range(len(labels))]


def _cut(text: str) -> str:
    return text if len(text) <= MOST_LETTERS else text[: MOST_LETTERS - 1].rstrip() + "…"


def _state(start: datetime, end: datetime, now: datetime) -> str:
    if end <= now:
        return "past"
    return "now" if start <= now else "ahead"
