"""The values of one object or table, asked for one by one; what is wrong is noted, not raised."""

import math
import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, time, timedelta
from typing import TypeVar

from gsocbot.importers.faults import Faults, Place
from gsocbot.importers.texts import many_lines, one_line, short

T = TypeVar("T")

HIGHEST_NUMBER = 999_999_999
MOST_HOURS = 9999
YEARS = range(2000, 2200)
_SPAN = re.compile(r"-(\d{1,4})\s*([mhdw])")
_UNITS = {
    "m": timedelta(minutes=1),
    "h": timedelta(hours=1),
    "d": timedelta(days=1),
    "w": timedelta(weeks=1),
}
_SLUG = re.compile(r"(?=.*[a-z])[a-z0-9]+(?:-[a-z0-9]+)*")
LONGEST_SLUG = 60


class Written(str):
    """A scalar as a YAML file has it: `175` may be asked for as a text or as a number."""

    __slots__ = ()


def is_slug(word: str) -> bool:
    """Whether a word can be said aloud, typed and put into an address or a file's name."""
    return len(word) <= LONGEST_SLUG and _SLUG.fullmatch(word) is not None


@dataclass(slots=True)
class Fields:
    """One object or table; `place` tells where a key of it is written ("" for the whole)."""

    values: Mapping[str, object]
    place: Callable[[str], Place]
    faults: Faults
    asked: dict[str, None] = field(default_factory=dict)

    def fault(self, key: str, text: str) -> None:
        """Note what is wrong with a key."""
        self.faults.add(self.place(key), f"{key[:40]}: {text}")

    def value(self, key: str) -> object:
        """The value as it was parsed; None if nothing is stated."""
        self.asked[key] = None
        return self.values.get(key)

    def text(self, key: str, *, number: bool = False) -> str:
        """A text on one line; with `number` a number will do."""
        return one_line(self._text(key, number))

    def block(self, key: str) -> str:
        """A text with its lines kept."""
        return many_lines(self._text(key, number=False))

    def needed(self, key: str) -> str:
        """A text on one line that must be there."""
        text = self.text(key)
        if not text and isinstance(self.value(key), str | None):
            self.fault(key, f"this is missing; write {key}")
        return text

    def slug(self, key: str) -> str:
        """A short name; empty if it is not stated."""
        slug = self.text(key)
        if slug and not is_slug(slug):
            self.fault(key, f"{short(slug)} is no short name; write small letters, digits and -")
            return ""
        return slug

    def texts(self, key: str, *, split: bool = False) -> tuple[str, ...]:
        """A list of texts, or one text; with `split` that one may have commas between several."""
        value = self.value(key)
        if isinstance(value, str):
            items: list[object] = [*value.split(",")] if split else [value]
        else:
            items = self._list(key, value)
        texts = [i for i in items if isinstance(i, str)]
        if len(texts) < sum(i is not None for i in items):
            self.fault(key, "write a list of texts")
        return tuple(filter(None, map(one_line, texts)))

    def whole(self, key: str, least: int = 1, most: int = HIGHEST_NUMBER) -> int | None:
        """A whole number; None if it is not stated."""
        value = self.value(key)
        if value is None:
            return None
        number = _whole(value)
        if number is None or not least <= number <= most:
            self.fault(key, f"write a whole number from {least} to {most}")
            return None
        return number

    def hours(self, key: str) -> tuple[int, ...]:
        """A list of hours."""
        items = [i for i in self._list(key, self.value(key)) if i is not None]
        numbers = [n for i in items if (n := _whole(i)) is not None and 1 <= n <= MOST_HOURS]
        if len(numbers) < len(items):
            self.fault(key, f"write a list of whole numbers from 1 to {MOST_HOURS}")
        return tuple(numbers)

    def choice(self, key: str, words: Mapping[str, T], default: T) -> T:
        """What one of some words, in small letters or large, stands for."""
        word = self.text(key)
        if word and word.lower() not in words:
            self.fault(key, f"{short(word)} is none of {', '.join(words)}")
        return words.get(word.lower(), default)

    def moment(self, key: str) -> datetime | None:
        """A moment with a zone, in UTC."""
        value = self.value(key)
        if value is None:
            return None
        if not isinstance(value, datetime):
            self.fault(key, "write a moment, such as 2011-04-08T19:00:00Z, without quotes")
        elif value.tzinfo is None:
            self.fault(key, "the moment has no zone; write Z behind it for UTC")
        elif self._in_years(key, value):
            return value.astimezone(UTC)
        return None

    def day(self, key: str) -> date | None:
        """A bare day."""
        value = self.value(key)
        if value is None:
            return None
        if not isinstance(value, date) or isinstance(value, datetime):
            self.fault(key, "write a day, such as 2011-04-08, without quotes")
            return None
        return value if self._in_years(key, value) else None

    def clock(self, key: str) -> time | None:
        """A time of day on some wall."""
        value = self.value(key)
        if isinstance(value, str):
            try:
                value = time.fromisoformat(value.strip())
            except ValueError:
                value = None
        if not isinstance(value, time) or value.tzinfo is not None:
            self.fault(key, "write a time of day, such as 16:00:00, without quotes")
            return None
        return value.replace(second=0, microsecond=0)

    def before(self, key: str) -> timedelta | None:
        """How long before something: -3d, -12h, -30m, -1w."""
        text = self.text(key)
        found = _SPAN.fullmatch(text)
        if text and (not found or not int(found[1])):
            self.fault(key, f"{short(text)} is not like -3d (units: m, h, d, w)")
            return None
        return int(found[1]) * _UNITS[found[2]] if found else None

    def refuse_others(self) -> None:
        """Note each key that nobody has asked for."""
        for key in self.values:
            if key not in self.asked:
                self.fault(key, f"there is no such key; there is {', '.join(self.asked)}")

    def _text(self, key: str, number: bool) -> str:
        value = self.value(key)
        if value is None or isinstance(value, str):
            return value or ""
        if number and isinstance(value, int | float) and not isinstance(value, bool):
            return str(value)
        self.fault(key, f"this is {_kind(value)}; write a text")
        return ""

    def _list(self, key: str, value: object) -> list[object]:
        if value is None or isinstance(value, list):
            return value or []
        self.fault(key, f"this is {_kind(value)}; write a list")
        return []

    def _in_years(self, key: str, value: date) -> bool:
        if value.year in YEARS:
            return True
        self.fault(key, f"the year {value.year} is not from {YEARS[0]} to {YEARS[-1]}")
        return False


def _whole(value: object) -> int | None:
    if isinstance(value, Written) and re.fullmatch("[0-9]{1,9}", value):
        return int(value)
    if isinstance(value, bool) or not isinstance(value, int | float) or not math.isfinite(value):
        return None
    return int(value) if value == int(value) else None


def _kind(value: object) -> str:
    kinds: list[tuple[type | tuple[type, ...], str]] = [
        (bool, "true or false"),
        ((int, float), "a number"),
        (str, "a text"),
        (list, "a list"),
        (dict, "a table"),
        ((date, time), "a date or a time"),
    ]
    return next((name for kind, name in kinds if isinstance(value, kind)), "of an unknown kind")
