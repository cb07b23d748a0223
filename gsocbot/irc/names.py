"""Names on a network: folded by its CASEMAPPING, whose a line is, and what fits a mask."""

import re
from collections.abc import Callable
from functools import lru_cache

from irc.client import NickMask

Fold = Callable[[str], str]

_ASCII = {c: c + 32 for c in range(ord("A"), ord("Z") + 1)}
_STRICT = _ASCII | {ord("["): ord("{"), ord("]"): ord("}"), ord("\\"): ord("|")}
_RFC1459 = _STRICT | {ord("~"): ord("^")}
_TABLES = {"ascii": _ASCII, "strict-rfc1459": _STRICT, "rfc1459": _RFC1459}
MOST_NAMES = 5000
"""How many folded names are kept at hand: the same people speak again and again."""

MOST_MASKS = 500
"""How many masks are kept at hand, as the patterns that they are."""


class Source(NickMask):  # type: ignore[misc]
    """Whose a line is: nick!user@host, of which all but the nick may be left out."""

    @property
    def nick(self) -> str:
        """The nick, or the name of a server."""
        nick, bang, _ = str.partition(self, "!")
        return nick if bang else nick.partition("@")[0]

    @property
    def user(self) -> str:
        """The name of the user; empty where it is left out."""
        return str.partition(self, "!")[2].partition("@")[0]

    @property
    def host(self) -> str:
        """The host; empty where it is left out."""
        return str.partition(str.partition(self, "!")[2] or self, "@")[2]


def fold_by(casemapping: str) -> Fold:
    """The folding of a CASEMAPPING; an unknown one folds as rfc1459, IRC's default."""
    table = _TABLES.get(casemapping.lower(), _RFC1459)
    return lru_cache(MOST_NAMES)(lambda name: name.translate(table))


def is_parameter(text: str) -> bool:
    """Whether a text can stand in the middle of a line (RFC 1459, 2.3.1)."""
    return bool(text) and text[0] != ":" and not any(c in " \r\n\0" for c in text)


def matches(mask: str, text: str, fold: Fold) -> bool:
    """Whether a text fits a mask, in which * is any text, ? any character, and no more."""
    return _pattern(fold(mask)).fullmatch(fold(text)) is not None


@lru_cache(MOST_MASKS)
def _pattern(mask: str) -> re.Pattern[str]:
    head, *rest = (
        "".join("." if char == "?" else re.escape(char) for char in part)
        for part in mask.split("*")
    )
    if not rest:
        return re.compile(head, re.DOTALL)
    # What stands between two stars is taken where it first fits, and never tried elsewhere
    # (atomic groups): going back for another place is what makes a mask of many stars slow.
    between = "".join(f"(?>.*?{part})" for part in rest[:-1])
    room = len(mask.rpartition("*")[2])
    return re.compile(f"{head}{between}.{{{room},}}+(?<={rest[-1]})", re.DOTALL)
