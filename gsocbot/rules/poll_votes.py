"""How people vote: by number, by a word of an option, or by its beginning."""

import re
from collections.abc import Sequence
from enum import Enum, auto

from gsocbot.rules.ids import whole_number
from gsocbot.rules.poll_words import key_of
from gsocbot.rules.polls import PollKind

TAKE_BACK = frozenset({"none", "nothing", "0", "-"})
"""What takes a vote back, unless an option is called so."""

_BETWEEN = re.compile(r"\s*(?:[,;>+&|]|\s(?:and|then)\s)+\s*", re.IGNORECASE)
_LED_BY_POLL = re.compile(r"(?:poll\s+#?(\d+)\s*[:=/,]?|(\d+)\s*[:=/])\s*(\S.*)", re.IGNORECASE)
_POLL_BEHIND = re.compile(r"(\S.*?)\s+(?:for|in)\s+(?:poll\s+)?#?(\d+)", re.IGNORECASE)
_LED = re.compile(r"^(?:for|option|choice|number|no\.?)\s+(?=\S)", re.IGNORECASE)


class Wrong(Enum):
    """Why a vote cannot be read; whoever says so does not repeat it where others read it."""

    UNKNOWN = auto()
    AMBIGUOUS = auto()
    OUT_OF_RANGE = auto()
    TWICE = auto()
    TOO_MANY = auto()


class Unread(Exception):
    """A vote that cannot be read; `could` are the numbers it could mean, from 1 on."""

    def __init__(self, why: Wrong, could: Sequence[int] = ()) -> None:
        super().__init__(why.name)
        self.why = why
        self.could = could


def parted(first: str, rest: str) -> tuple[str, str]:
    """The number of a poll and the choice, however people put them: 1: 2, 1/2, sushi for 1."""
    text = f"{first} {rest}".strip()
    if found := _LED_BY_POLL.fullmatch(text):
        return found[1] or found[2], found[3].strip()
    if found := _POLL_BEHIND.fullmatch(text):
        return found[2], found[1]
    return first, rest


def read_vote(text: str, options: Sequence[str], kind: PollKind) -> tuple[int, ...]:
    """The options that a vote names, from 0 on, ranked ones in its order; empty to take it back.

    Raises Unread.
    """
    plain = text.strip(" .!\"'“”")
    if plain.lower() in TAKE_BACK and not any(_begins(option, plain) for option in options):
        return ()
    try:
        return (_one(plain, options),)
    except Unread as unread:
        parts = _parts(plain, options)
        if len(parts) < 2:
            raise
        try:
            found = tuple(_one(part, options) for part in parts)
        except Unread as other:
            # Words with blanks between them that are no list are one mistaken choice.
            raise other if _BETWEEN.search(plain) or _are_numbers(parts) else unread from None
    if kind is PollKind.ONE:
        raise Unread(Wrong.TOO_MANY)
    if len(set(found)) < len(found):
        raise Unread(Wrong.TWICE)
    return found if kind is PollKind.RANKED else tuple(sorted(found))


def _parts(text: str, options: Sequence[str]) -> list[str]:
    """The parts of a list: between commas and the like, else between blanks."""
    parts = [part for part in _BETWEEN.split(text) if part]
    return parts if len(parts) > 1 else text.split()


def _are_numbers(parts: Sequence[str]) -> bool:
    return all(whole_number(part) is not None for part in parts)


def _one(text: str, options: Sequence[str]) -> int:
    """The option that a word means: by its number, all of it, its beginning, or a word in it."""
    word = _LED.sub("", text.strip(" .!\"'“”()"))
    exact = [n for n, option in enumerate(options) if key_of(option) == key_of(word)]
    number = whole_number(word)
    if number is not None and 1 <= number <= len(options):
        return number - 1
    if exact:
        return exact[0]
    for fits in (_begins, _has, _has_begun):
        found = [n for n, option in enumerate(options) if fits(option, word)]
        if len(found) > 1:
            raise Unread(Wrong.AMBIGUOUS, [n + 1 for n in found])
        if found:
            return found[0]
    letter = ord(word.lower()) - ord("a") if len(word) == 1 else -1
    if 0 <= letter < len(options):
        return letter
    raise Unread(Wrong.UNKNOWN if number is None else Wrong.OUT_OF_RANGE)


def _begins(option: str, word: str) -> bool:
    return bool(key_of(word)) and key_of(option).startswith(key_of(word))


def _has(option: str, word: str) -> bool:
    return f" {word.casefold()} " in f" {option.casefold()} "


def _has_begun(option: str, word: str) -> bool:
    return len(word) > 1 and any(w.startswith(word.casefold()) for w in option.casefold().split())
