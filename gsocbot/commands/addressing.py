"""Whether a line is said to the bot, and the words of it that count."""

import re
from collections.abc import Sequence, Set
from dataclasses import dataclass, replace

from gsocbot.render.lines import one_line
from gsocbot.talk import Heard

LONGEST_LINE = 2000
"""Longer lines are not read to the end; IRC itself ends them earlier."""

_NOISE = frozenset({"please", "the", "pls", "plz"})
_BARE_STARTS = frozenset("#qQ")
_BARE = re.compile(r"[#q][a-z0-9?+-]+(?:[\s:,]|$)", re.IGNORECASE)
"""What q+, #startmeeting and #libvirt-driver look like."""
_TRACK = re.compile(r"#[a-z0-9][a-z0-9-]*", re.IGNORECASE)
_OF_TRACKS = frozenset({"now", "next"})
"""What OpenStack's ptgbot taught people to write of a track: #libvirt-driver now …"""
_ASKS = re.compile(r"asks\s+(\S+?)[,:]?\s+(.*)", re.IGNORECASE | re.DOTALL)


@dataclass(frozen=True, slots=True)
class Addressed:
    """Words said to the bot. `wide`: it was named or spoken to in private, so it may guess.

    `typed` are all of the words, also the politeness that `words` are without. `bare`: the first
    is a word of office hours, such as q+, which needs neither a prefix nor a name. `marked`: it
    began with the prefix.
    """

    words: tuple[str, ...]
    wide: bool
    typed: tuple[str, ...] = ()
    bare: bool = False
    marked: bool = False


def addressed(heard: Heard, prefix: str, bare: Set[str] = frozenset()) -> Addressed | None:
    """The words of a line that was said to the bot, None for other people's talk.

    `bare` are the words that need no prefix.
    """
    text = heard.text[:LONGEST_LINE].strip()
    if heard.action:
        asks = _ASKS.fullmatch(text)
        named = asks is not None and asks[1].lower() == heard.me.lower()
        return _addressed(asks[2], wide=True) if asks and named else _barely(text, bare)
    private = heard.channel is None
    rest = _after_name(text, heard.me)
    wide = private or rest is not None
    text = text if rest is None else rest
    marked = [p for p in {prefix, "!" if wide else prefix} if p and text.startswith(p)]
    found = _barely(text[len(marked[0]) :] if marked else text, bare, wide=wide)
    if found is not None:
        return replace(found, marked=bool(marked))
    if not wide and (not marked or not _looks_like_command(text, prefix)):
        return None
    if marked:
        text = text[len(marked[0]) :]
    return _addressed(text, wide=wide, marked=bool(marked))


def _addressed(text: str, *, wide: bool, marked: bool = False) -> Addressed:
    return Addressed(_plain(text), wide, tuple(one_line(text).split()), marked=marked)


def _barely(text: str, bare: Set[str], *, wide: bool = False) -> Addressed | None:
    first, *rest = one_line(text).split() or [""]
    first = first.rstrip(":,")  # q+: which kernel?
    if first.lower() not in bare:
        if not (_TRACK.fullmatch(first) and rest and rest[0].lower() in _OF_TRACKS):
            return None
        words = ("topic", rest[0].lower(), first[1:].lower(), *rest[1:])
        return Addressed(words, wide, words, bare=True)
    words = (first.lower(), *rest)
    return Addressed(words, wide, words, bare=True)


def might_be_for_us(text: str, me: str, prefix: str) -> bool:
    """A quick test that lets most of a channel's talk pass by."""
    if text[:1] in _BARE_STARTS and _BARE.match(text):
        return True
    return bool(prefix and text.startswith(prefix)) or text[: len(me)].lower() == me.lower()


def _looks_like_command(text: str, prefix: str) -> bool:
    follows = text[len(prefix) : len(prefix) + 1]
    return follows.isalpha()


def _after_name(text: str, me: str) -> str | None:
    if text[: len(me)].lower() != me.lower():
        return None
    rest = text[len(me) :]
    return rest[1:].strip() if rest[:1] in {":", ","} else None


def _plain(text: str) -> tuple[str, ...]:
    """The words without colours and politeness: no please, no the, no question mark behind."""
    words = one_line(text).rstrip(" ?").split()
    head, rest = list(begun(words[:2])), words[2:]
    while rest and rest[-1].lower().strip(",.!") in _NOISE:
        rest.pop()
    while len(head) > 1 and not rest and head[-1].lower().strip(",.!") in _NOISE:
        head.pop()
    return tuple(head + rest)


def begun(words: Sequence[str]) -> tuple[str, ...]:
    """The words without the politeness that a command may begin with."""
    return (*(w for w in words[:2] if not is_noise(w)), *words[2:])


def is_noise(word: str) -> bool:
    """Whether a word is mere politeness."""
    return word.lower().strip(",") in _NOISE
