"""A log's lines put together: which day it is, and who has been renamed."""

import re
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, time, timedelta, timezone
from pathlib import Path

from gsocbot.importers.faults import Unreadable
from gsocbot.importers.meeting_log.dates import date_in, date_said
from gsocbot.importers.meeting_log.forms import Renamed, Spoken, Stamp, event, seen, stamped
from gsocbot.rules.minutes import Said

LARGEST_LOG = 100_000_000
"""Bytes."""

_NO_DATE = date(1, 1, 2).toordinal()
"""The first day of a log that does not tell its date."""
_LAST_DAY = date(9999, 12, 30).toordinal()

_BACK = timedelta(hours=12)
"""A clock that goes back by more has passed midnight; by less, somebody has moved lines."""

_HEAD = re.compile(r"day changed|log opened|begin logging|session start", re.I)
_ENDS = re.compile(r"\r\n|\n|\r")


@dataclass(frozen=True, slots=True)
class Log:
    """What was said. Without a date only the clock counts; `precise` if it shows seconds."""

    lines: tuple[Said, ...]
    dated: bool
    precise: bool


def read_log(path: Path) -> Log:
    """The lines of a log file. Raises Unreadable."""
    log = log_of(_text(path))
    if not log.lines:
        raise Unreadable(f"{path}: no line in it reads as talk, such as 14:05 <nick> text")
    return log


def log_of(text: str) -> Log:
    """The lines of a log's text; whoever was renamed keeps the name they first spoke under."""
    reading = _Reading()
    for raw in _ENDS.split(text):
        reading.take(seen(raw))
    return reading.log()


@dataclass(slots=True)
class _Reading:
    spoken: list[tuple[Spoken, int, time, timezone]] = field(default_factory=list)
    renamed: dict[str, str] = field(default_factory=dict)
    """By folded nick, under which name somebody spoke before."""
    speakers: set[str] = field(default_factory=set)
    day: int = _NO_DATE
    shift: int | None = None
    """From the days as they are counted to the real ones, as soon as a date is known."""
    clock: time = time()
    zone: timezone = UTC
    precise: bool = False

    def take(self, line: str) -> None:
        """Take in the next line."""
        stamp, rest = stamped(line)
        if stamp is not None:
            self._pass(stamp)
            self.precise = self.precise or bool(stamp.clock.second)
        happened = event(rest, stamp)
        match happened:
            case Spoken():
                self.spoken.append((happened, self.day, self.clock, self.zone))
                self.speakers.add(happened.nick.casefold())
                if self.shift is None and (said := date_said(happened.text)):
                    self.shift = said.toordinal() - self.day
            case Renamed():
                self._rename(happened)
            case None:
                marked = _HEAD.search(rest)
                # Without such words it may be a line that somebody has pasted.
                if (marked or (stamp is None and not self.spoken)) and (read := date_in(rest)):
                    self._head(read, new=marked is not None and marked[0].lower() == "day changed")

    def log(self) -> Log:
        """All lines, now that their date and everybody's name are known."""
        # A log that was taken from a page in Markdown may have a tick left of `<nick>`.
        ticked = all(one.nick.endswith("`") for one, *_ in self.spoken if not one.action)
        lines = tuple(
            Said(
                self._at(day, clock, zone),
                self._first(one.nick).rstrip("`" if ticked else ""),
                one.text.rstrip(),
                action=one.action,
            )
            for one, day, clock, zone in self.spoken
        )
        return Log(lines, self.shift is not None, self.precise)

    def _pass(self, stamp: Stamp) -> None:
        if stamp.day is not None:
            self.day, self.shift = stamp.day.toordinal(), 0
        elif stamp.clock < self.clock and _since(self.clock) - _since(stamp.clock) > _BACK:
            self.day += 1
        self.clock, self.zone = stamp.clock, stamp.zone

    def _head(self, read: date, *, new: bool) -> None:
        """A line that tells the date: a head at the beginning, or that the day has changed."""
        if self.shift is None:
            self.day += new
            self.shift = read.toordinal() - self.day
        self.day = max(self.day, read.toordinal() - self.shift)
        self.clock = time()

    def _rename(self, happened: Renamed) -> None:
        old, new = self._first(happened.old), self._first(happened.new)
        if old.casefold() == new.casefold():
            return
        if new.casefold() in self.speakers and old.casefold() not in self.speakers:
            old, new = new, old
        self.renamed[new.casefold()] = old

    def _first(self, nick: str) -> str:
        path = []
        while (before := self.renamed.get(nick.casefold())) is not None:
            path.append(nick.casefold())
            nick = before
        for name in path:  # so that no chain of names grows long
            self.renamed[name] = nick
        return nick

    def _at(self, day: int, clock: time, zone: timezone) -> datetime:
        ordinal = min(max(day + (self.shift or 0), _NO_DATE), _LAST_DAY)
        return datetime.combine(date.fromordinal(ordinal), clock, zone)


def _since(clock: time) -> timedelta:
    return timedelta(hours=clock.hour, minutes=clock.minute, seconds=clock.second)


def _text(path: Path) -> str:
    """A file in UTF-8, or in Latin-1 as older clients wrote it."""
    try:
        if not path.is_file():
            raise Unreadable(
                f"{path}: {'this is no ordinary file' if path.exists() else 'no such file'}"
            )
        with path.open("rb") as file:
            raw = file.read(LARGEST_LOG + 1)
    except (OSError, ValueError) as error:
        raise Unreadable(f"{path}: {getattr(error, 'strerror', None) or error}") from None
    if len(raw) > LARGEST_LOG:
        raise Unreadable(f"{path}: the log is larger than {LARGEST_LOG // 1_000_000} MB; divide it")
    if not raw.strip():
        raise Unreadable(f"{path}: the file is empty")
    if b"\0" in raw:
        raise Unreadable(f"{path}: this is no text")
    try:
        return raw.decode("utf-8-sig")
    except UnicodeDecodeError:
        return raw.decode("latin-1")
