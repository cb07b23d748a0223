"""A line of IRC and its parts: tags, a source, a verb, parameters (RFC 1459, message-tags)."""

import re
from collections.abc import Mapping
from typing import NamedTuple

from gsocbot.irc.names import is_parameter

_ESCAPES = {";": r"\:", " ": r"\s", "\\": r"\\", "\r": r"\r", "\n": r"\n"}
_ESCAPING = str.maketrans(_ESCAPES)
_UNESCAPES = {escape: char for char, escape in _ESCAPES.items()}
_ESCAPED = re.compile(r"\\.?", re.DOTALL)


class Message(NamedTuple):
    """The parts of a line; no source is an empty text, and so is a tag's missing value."""

    tags: dict[str, str]
    source: str
    verb: str
    params: list[str]


def split(line: str) -> Message:
    """The parts of a line, at ASCII spaces only; raises ValueError where there is no verb."""
    # Every line comes through here: partition costs less than the regular expression of irc.
    tags: dict[str, str] = {}
    source, rest = "", line
    if rest[:1] == "@":
        words, _, rest = rest.partition(" ")
        tags = _read_tags(words[1:])
        rest = rest.lstrip(" ")
    if rest[:1] == ":":
        source, _, rest = rest.partition(" ")
        source = source[1:]
        rest = rest.lstrip(" ")
    head, colon, last = rest.partition(" :")
    params = head.split(" ")
    if "" in params:
        params = [word for word in params if word]
    if not params or params[0][0] in ":@":
        raise ValueError("a line without a verb")
    verb = params.pop(0)
    if colon:
        params.append(last)
    return Message(tags, source, verb, params)


def join(verb: str, *params: str, tags: Mapping[str, str] | None = None, source: str = "") -> str:
    """A line of these parts; raises ValueError where one cannot stand in its place.

    The last parameter may be any text; what must not be in a line at all, such as its end, is
    taken out of it where lines are sent.
    """
    for word in (verb, *params[:-1], *([source] if source else [])):
        if not is_parameter(word):
            raise ValueError(f"{word!r} cannot stand in the middle of a line")
    if verb[0] == "@":
        raise ValueError(f"{verb!r} is no verb")
    words = [f":{source}"] if source else []
    words += [verb, *params[:-1], *(f":{last}" for last in params[-1:])]
    if tags:
        words.insert(0, f"@{';'.join(map(_write_tag, tags, tags.values()))}")
    return " ".join(words)


def _read_tags(words: str) -> dict[str, str]:
    tags = {}
    for word in words.split(";"):
        key, _, value = word.partition("=")
        if key:
            tags[key] = _ESCAPED.sub(_unescaped, value) if "\\" in value else value
    return tags


def _unescaped(escaped: re.Match[str]) -> str:
    return _UNESCAPES.get(escaped[0], escaped[0][1:])


def _write_tag(key: str, value: str) -> str:
    if not is_parameter(key) or not {";", "="}.isdisjoint(key):
        raise ValueError(f"{key!r} is no name of a tag")
    return f"{key}={value.translate(_ESCAPING)}" if value else key
