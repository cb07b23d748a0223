"""Demos: how one is written down, which day it is for, and what comes next."""

import re
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Protocol

from gsocbot.rules.hack_spoken import is_day
from gsocbot.rules.hackathon import Days
from gsocbot.rules.ids import whole_number
from gsocbot.talk import Refused

MOST_DEMOS = 60
"""Of one hackathon; who would watch more?"""

LONGEST_TITLE = 80
LONGEST_LINK = 300
"""Bytes."""

USUAL, SHORTEST, LONGEST = 10, 1, 60
"""Minutes that a demo takes, unless somebody says otherwise, and may."""

_MINUTES = re.compile(r"(\d{1,4})\s*(?:m|mins?|minutes?)", re.IGNORECASE)
_CLOCK = re.compile(r"\d{1,2}:\d\d|\d{1,2}(?::\d\d)?[ap]m", re.IGNORECASE)
_QUOTED = re.compile(r"[\"“„']([^\"“”„]+)[\"”“']\s*(.*)")
_LINK = re.compile(r"https?://[^\s<>\"]+", re.IGNORECASE)


class Shown(Protocol):
    """What has a turn: nothing stands at `done_at` until it is over."""

    started_at: datetime | None
    done_at: datetime | None


@dataclass(frozen=True, slots=True)
class Wish:
    """A demo as somebody asks for it: `day` and `whom` are empty where none is named."""

    title: str
    minutes: int
    day: str
    whom: str


def read_wish(text: str, is_known: Callable[[str], bool]) -> Wish:
    """Read a title and what stands behind it, in any order: 10 min, fri, for ines.

    Only a name that `is_known` is one: "a display server for Xen" is a title. In quotes all is.
    """
    quoted = _QUOTED.fullmatch(text.strip())
    words = (quoted[2] if quoted else text).split()
    if len(words) > 2 and words[-2].lower() == "at" and _CLOCK.fullmatch(words[-1]):
        raise Refused("the demos of a day have one hour, and take turns; say only the day")
    fewest = 0 if quoted else 1
    minutes, day, whom = 0, "", ""
    while words:
        rest = _without_minutes(words, fewest) if not minutes else None
        if rest is not None:
            minutes, words = _minutes(_bare(words[len(rest) :])), rest
            continue
        rest = _without_day(words, fewest) if not day else None
        if rest is not None:
            day, words = _bare(words[len(rest) :]).removeprefix("on ").lower(), rest
            continue
        if (
            not whom
            and len(words) > fewest + 1
            and words[-2].lower() == "for"
            and is_known(words[-1])
        ):
            whom, words = words[-1], words[:-2]
            continue
        break
    if quoted and words:
        raise Refused(f'I cannot read "{" ".join(words)[:40]}" behind the title: 10 min, fri')
    return Wish(titled(quoted[1] if quoted else " ".join(words)), minutes or USUAL, day, whom)


def titled(text: str) -> str:
    """A title as it is kept; refuses one that says nothing or is too long for a list."""
    plain = " ".join(text.split()).strip("\"'“”., ")
    if not any(map(str.isalnum, plain)):
        raise Refused("say what you show: !demo add <title>")
    if len(plain.encode()) > LONGEST_TITLE:
        raise Refused(f"a title has at most {LONGEST_TITLE} bytes; say the rest when you show it")
    return plain


def link_of(text: str) -> str:
    """An address as it is kept; refuses what is none."""
    if not _LINK.fullmatch(text):
        raise Refused("an address begins with https://")
    if len(text.encode()) > LONGEST_LINK:
        raise Refused(f"an address has at most {LONGEST_LINK} bytes")
    return text


def number_of(word: str) -> int:
    """The number of a demo; refuses what is none."""
    number = whole_number(word.lower().removeprefix("d"))
    if number is None:
        raise Refused(f'"{word[:20]}" is no demo; write its number, like 2. All: !demos')
    return number


def _bare(words: Sequence[str]) -> str:
    """Words without what sets them apart: (10 min), or 10 min, fri"""
    return " ".join(words).strip(",() ")


def _without_minutes(words: Sequence[str], fewest: int) -> list[str] | None:
    """The words before the minutes, if they end with some."""
    for count in (1, 2):
        if len(words) >= count + fewest and _MINUTES.fullmatch(_bare(words[-count:])):
            return list(words[:-count])
    return None


def _minutes(text: str) -> int:
    found = _MINUTES.fullmatch(text)
    assert found is not None
    minutes = int(found[1])
    if not SHORTEST <= minutes <= LONGEST:
        raise Refused(f"a demo takes {SHORTEST} to {LONGEST} min")
    return minutes


def _without_day(words: Sequence[str], fewest: int) -> list[str] | None:
    """The words before the day, if they end with one: fri, on fri, 3 mar."""
    for count in (3, 2, 1):
        if len(words) < count + fewest or not is_day(_bare(words[-count:])):
            continue
        before = list(words[:-count])
        is_led = len(before) > fewest and before[-1].lower() == "on"
        return before[:-1] if is_led else before
    return None


# --- which day


def next_day(days: Days, held: Iterable[date], waiting: Iterable[date], now: datetime) -> date:
    """The next day on which demos are held, or some wait; else the next day there is.

    `held` are the days that have an hour for them.
    """
    today = max(days.day_at(now), days.first)
    ahead = sorted(day for day in {*held, *waiting} if day >= today)
    return ahead[0] if ahead else min(today, days.last)


# --- turns


def is_on(demo: Shown) -> bool:
    """Whether it is shown just now."""
    return demo.started_at is not None and demo.done_at is None


def waits(demo: Shown) -> bool:
    """Whether its turn is to come."""
    return demo.started_at is None and demo.done_at is None
