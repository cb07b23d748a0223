"""One line of a log: when it was written, and who says or does what in it."""

import re
from dataclasses import dataclass
from datetime import UTC, date, time, timedelta, timezone
from typing import NamedTuple

_STAMP = re.compile(
    r"\s*[\[(]?(?:(?P<date>\d{4}-\d\d-\d\d)[T\s]\s*|(?:[A-Z][a-z]{2,8},?\s+){1,2}(?:\d{1,2}\s+)?)?"
    r"(?P<hour>[01]?\d|2[0-3]):(?P<minute>[0-5]\d)(?::(?P<second>[0-5]\d)(?:[.,]\d+)?)?"
    r"(?:\s?(?P<zone>Z|UTC|[+-]\d\d:?\d\d))?[\])]?(?=[\s<*-]|$)"
)
"""13:34, 13:34:32, [13:34:32], [Tue 13:34], Jul 03 13:34:32, 2018-07-03T13:34:32.123Z"""

_SAYS = re.compile(r"\s*<[ @+%&~!]?(?P<nick>[^<>\s][^>]*)>(?:\s|$)(?P<text>.*)")
_DOES = re.compile(r"\s+\*[ \t]+(?P<nick>[^\s*]+)(?:\s|$)(?P<text>.*)")
_TABBED = re.compile(r"\s+[@+%&~!]?(?P<nick>[A-Za-z0-9_\[\]\\`^{|}][^\s<>:]*)\t(?P<text>.*)")
"""WeeChat's logs; they always have a date."""

_RENAMED = re.compile(
    r"\s*(?:(?:-!-|\*+|---?|=-=)\s+)?(?P<old>\S+) (?:is|are) now known as (?P<new>\S+?)\.?\s*"
)
_EVENT = re.compile(
    r"(?:[(\[]\S+[)\]] )?(?:has (?:joined|left|quit)(?: .*)?|(?:joined|left|quit) [#(].*"
    r"|sets? (?:mode|the topic|topic)\b.*|changes topic to .*|has (?:changed|set) the topic\b.*"
    r"|was kicked .*|has kicked .*|gives (?:channel|voice) .*|removes (?:channel|voice) .*)"
)
_UNSEEN = re.compile(r"\x03\d{0,2}(?:,\d{1,2})?|[\x00-\x08\x0b-\x1f\x7f]")
"""Colours, and what else is not to be seen."""


@dataclass(frozen=True, slots=True)
class Stamp:
    """What a line tells of its moment."""

    clock: time
    day: date | None
    zone: timezone


class Spoken(NamedTuple):
    """Somebody says something, or does it (`/me`); quicker to make than a dataclass."""

    nick: str
    text: str
    action: bool


@dataclass(frozen=True, slots=True)
class Renamed:
    """Somebody is now called something else."""

    old: str
    new: str


def seen(raw: str) -> str:
    """A line without colours and control characters."""
    return _UNSEEN.sub("", raw)


def stamped(line: str) -> tuple[Stamp | None, str]:
    """The moment a line begins with, if any, and the rest of it."""
    found = _STAMP.match(line)
    if found is None:
        return None, line
    clock = time(int(found["hour"]), int(found["minute"]), int(found["second"] or 0))
    return Stamp(clock, _day(found["date"]), _zone(found["zone"])), line[found.end() :]


def event(rest: str, stamp: Stamp | None) -> Spoken | Renamed | None:
    """What happens in a line; None if nobody speaks and nobody is renamed."""
    found = _SAYS.match(rest)
    if found is None and stamp is not None:
        if "now known as" in rest and (renamed := _RENAMED.fullmatch(rest)):
            return Renamed(renamed["old"], renamed["new"])
        found = _DOES.match(rest) or (_TABBED.match(rest) if stamp.day else None)
        if found is not None and _EVENT.fullmatch(found["text"].strip()):
            return None
    if found is None:
        return None
    nick, text = found["nick"].strip(), found["text"]
    # W3C's logs let people themselves say that they have come.
    if text.startswith(f"{nick} ") and _EVENT.fullmatch(text[len(nick) + 1 :].strip()):
        return None
    return Spoken(nick, text, action=found.re is _DOES)


def _day(text: str | None) -> date | None:
    try:
        return date.fromisoformat(text) if text else None
    except ValueError:
        return None


def _zone(text: str | None) -> timezone:
    if not text or text in {"Z", "UTC"}:
        return UTC
    away = timedelta(hours=int(text[1:3]), minutes=int(text[-2:]))
    return timezone(-away if text[0] == "-" else away) if away < timedelta(days=1) else UTC
