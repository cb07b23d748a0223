"""Names on a network: case folding by its CASEMAPPING, channels by its CHANTYPES."""

from collections.abc import Callable
from functools import lru_cache

Fold = Callable[[str], str]

_ASCII = {c: c + 32 for c in range(ord("A"), ord("Z") + 1)}
_STRICT = _ASCII | {ord("["): ord("{"), ord("]"): ord("}"), ord("\\"): ord("|")}
_RFC1459 = _STRICT | {ord("~"): ord("^")}
_TABLES = {"ascii": _ASCII, "strict-rfc1459": _STRICT, "rfc1459": _RFC1459}
MOST_NAMES = 5000
"""How many folded names are kept at hand: the same people speak again and again."""


def fold_by(casemapping: str) -> Fold:
    """The folding of a CASEMAPPING; an unknown one folds as rfc1459, IRC's default."""
    table = _TABLES.get(casemapping.lower(), _RFC1459)
    return lru_cache(MOST_NAMES)(lambda name: name.translate(table))


def is_parameter(text: str) -> bool:
    """Whether a text can stand in the middle of a line (RFC 1459, 2.3.1)."""
    return bool(text) and text[0] != ":" and not any(c in " \r\n\0" for c in text)
