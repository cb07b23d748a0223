"""An entry of the FAQ as it is written: its name, its answer, what the answer leaves open."""

import re
from dataclasses import dataclass
from string import Formatter

from gsocbot.talk import Refused

LONGEST_ANSWER = 350
"""Bytes of an answer as it is written; with a nick and holes filled it still fits a line."""
LONGEST_KEY = 40
LONGEST_SOURCE = 250
"""Bytes of an address."""

HOLES = ("organisation", "list", "channel", "site")

_KEY = re.compile(r"(?=.*[a-z])[a-z0-9]+(?:-[a-z0-9]+)*")
_SOURCE = re.compile(r"https?://[A-Za-z0-9.-]+(?::\d{1,5})?(?:[/?#][^\s<>\"`{}|\\^]*)?")
_SENTENCE_END = re.compile(r"(?<=[.!?]) +(?=[A-Z{])")


@dataclass(frozen=True, slots=True)
class FaqText:
    """An entry as somebody wrote it down.

    `signs` and `asked` are how people ask for it: words that give it away, and whole questions.
    """

    key: str
    answer: str
    title: str = ""
    aliases: tuple[str, ...] = ()
    source: str = ""
    signs: tuple[str, ...] = ()
    asked: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Holes:
    """What an answer may leave open, because each organisation has its own; empty if unknown."""

    organisation: str = ""
    list: str = ""
    channel: str = ""
    site: str = ""


def is_key(word: str) -> bool:
    """Whether a word can be said aloud and typed as an entry's name."""
    return len(word) <= LONGEST_KEY and _KEY.fullmatch(word) is not None


def checked_key(word: str) -> str:
    """A word as the key of a new entry; Refused if it cannot be one."""
    key = word.lower()
    if not is_key(key):
        raise Refused(
            f"a key is small letters, digits and -, at most {LONGEST_KEY}: proposal-draft"
        )
    return key


def checked_source(address: str) -> str:
    """An address on the web that an answer was taken from; Refused if it is none."""
    if not _SOURCE.fullmatch(address) or len(address.encode()) > LONGEST_SOURCE:
        raise Refused("a source is an address on the web: https://example.org/page")
    return address


def checked_answer(text: str) -> str:
    """A text as an answer; Refused if it does not fit a line or has holes that nobody fills."""
    answer = " ".join(text.split())
    fault = fault_of_answer(answer)
    if fault:
        raise Refused(fault)
    return answer


def fault_of_answer(answer: str) -> str:
    """What is wrong with an answer; empty if nothing is."""
    if not answer:
        return "the answer is empty; write one or two sentences"
    size = len(answer.encode())
    if size > LONGEST_ANSWER:
        return f"the answer has {size} bytes; {LONGEST_ANSWER} fit a line, so shorten it"
    if not _holes_known(answer):
        return f"only {', '.join(f'{{{hole}}}' for hole in HOLES)} can stand in braces"
    return ""


def filled(answer: str, holes: Holes) -> str:
    """An answer with its holes filled; a sentence with a hole that nothing is known for falls out.

    Empty if no sentence is left: then it is a question for a person.
    """
    known = {hole: getattr(holes, hole) for hole in HOLES}
    kept = [
        sentence.format(**known)
        for sentence in _SENTENCE_END.split(answer)
        if all(known[name] for name in _names(sentence))
    ]
    return " ".join(kept)


def _names(text: str) -> list[str]:
    return [name for _, name, _, _ in Formatter().parse(text) if name is not None]


def _holes_known(answer: str) -> bool:
    try:
        parsed = list(Formatter().parse(answer))
    except ValueError:
        return False
    return all(
        name is None or (name in HOLES and not spec and conversion is None)
        for _, name, spec, conversion in parsed
    )
