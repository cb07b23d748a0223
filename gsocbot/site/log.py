"""The log of an office hour: its lines made fit for a page, its gaps in words, and its parts."""

from bisect import bisect_right
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import NamedTuple

from gsocbot.render.addresses import log_path
from gsocbot.render.words import span
from gsocbot.rules.office import LineKind
from gsocbot.site.clean import said
from gsocbot.site.snapshot import Spoken

MOST_LINES, MOST_BYTES = 500, 48_000
"""How much one page of a log has; a phone reads it at once."""

SHORT, SHORT_BYTES = 200, 40_000
"""A log with no more than this stands on the page of the minutes."""

_AROUND = 155
"""Bytes of markup around what somebody said."""


class LogLine(NamedTuple):
    """A line of a log by its number, from 1; `gap` says what is missing in its place."""

    number: int
    at: datetime
    nick: str
    text: str
    action: bool = False
    own: bool = False
    gap: str = ""


@dataclass(frozen=True, slots=True)
class Gap:
    """A stretch of which it is not known what was said."""

    start: datetime
    end: datetime

    @property
    def words(self) -> str:
        """4 min of the log are missing (15:17-15:21 UTC)"""
        length = self.end - self.start
        minute = timedelta(minutes=1)
        how_long = span(length) if length >= minute else f"{length.seconds} s"
        start, end = self.start.astimezone(UTC), self.end.astimezone(UTC)
        form = "%H:%M" if length >= minute else "%H:%M:%S"
        until = f"{end:{form}}" if start.date() == end.date() else f"{end:%d %b {form}}"
        return f"{how_long} of the log are missing ({start:{form}}-{until} UTC)"


@dataclass(frozen=True, slots=True)
class Part:
    """A page of a log; `path` leads there from the page of the minutes."""

    number: int
    path: str
    lines: Sequence[LogLine]


@dataclass(frozen=True, slots=True)
class Log:
    """A whole log. Without parts it is short enough for the page of the minutes."""

    lines: Sequence[LogLine]
    gaps: tuple[Gap, ...]
    parts: tuple[Part, ...]

    @property
    def count(self) -> int:
        """How many lines were said."""
        return len(self.lines) - len(self.gaps)

    def way_to(self, number: int) -> str:
        """Where a line is, seen from the page of the minutes."""
        if not self.parts:
            return f"#l{number}"
        place = bisect_right(self.parts, number, key=lambda part: part.lines[0].number)
        return f"{self.parts[place - 1].path}#l{number}"


def read_log(lines: Sequence[Spoken]) -> Log:
    """Make the lines of a session fit for its pages."""
    gaps: list[Gap] = []
    nicks: dict[str, str] = {}
    shown = []
    for number, line in enumerate(lines, 1):
        at = line.at.astimezone(UTC)
        if line.kind == LineKind.GAP:
            gaps.append(Gap(_moment(line.text, at), at))
            shown.append(LogLine(number, at, "", "", gap=gaps[-1].words))
            continue
        nick = nicks.get(line.nick)
        if nick is None:
            nick = nicks[line.nick] = said(line.nick)
        own = line.kind == LineKind.OWN
        shown.append(LogLine(number, at, nick, said(line.text), line.action, own))
    return Log(shown, tuple(gaps), tuple(_parts(shown)))


def _moment(text: str, end: datetime) -> datetime:
    """Since when something is missing; a gap that does not say so has no length."""
    try:
        start = datetime.fromisoformat(text)
    except ValueError:
        return end
    return start if start.tzinfo is not None and start <= end else end


def _parts(lines: Sequence[LogLine]) -> Iterator[Part]:
    sizes = [_size(line) for line in lines]
    if len(lines) <= SHORT and sum(sizes) <= SHORT_BYTES:
        return
    begins, room, number = 0, MOST_BYTES, 1
    for place, size in enumerate(sizes):
        room -= size
        if place > begins and (room < 0 or place - begins == MOST_LINES):
            yield Part(number, log_path(number), lines[begins:place])
            begins, room, number = place, MOST_BYTES - size, number + 1
    yield Part(number, log_path(number), lines[begins:])


def _size(line: LogLine) -> int:
    text = line.text
    escaped = sum(map(text.count, "&<>\"'"))
    return _AROUND + len(line.nick.encode()) + len(text.encode()) + 4 * escaped
