"""Which words of a question are turned down: not too hard, no rust, anything but java."""

from collections.abc import Sequence
from dataclasses import dataclass

from gsocbot.rules.search.programme import ASKING

_NO_WORDS = "not no nothing without except excluding minus isnt arent"
_NOT = frozenset(_NO_WORDS.split())
_DO_NOT = frozenset({"dont", "cant", "never"})
_WORDS_AFTER_DO_NOT = "know like want have speak do need use enjoy learned liked used"
_AFTER_DO_NOT = frozenset(_WORDS_AFTER_DO_NOT.split())
_BUT = frozenset({("anything", "but"), ("everything", "but"), ("all", "but"), ("other", "than")})
_SMALL_WORDS = (
    "too very so really that much necessarily a an the any anything something stuff for in with "
    "using on about written"
)
_BETWEEN = frozenset(_SMALL_WORDS.split())
_WORDS_OF_A_SENTENCE = (
    "should is are was were does do did can could will would must may might has have it"
)
_OF_A_SENTENCE = frozenset(_WORDS_OF_A_SENTENCE.split())
"""After these, not belongs to what an idea is about: it should not crash on Windows."""


_JOINING = frozenset({"but", "and", "or", "ones", "one"})


@dataclass(frozen=True, slots=True)
class TurnedDown:
    """A place in a question, and the places of the words that turn it down.

    A firm one is the asker's own no; others may be part of what an idea is about.
    """

    place: int
    by: tuple[int, ...]
    firm: bool


def turned_down(words: Sequence[str]) -> list[TurnedDown]:
    """Every word after a no, with nothing but small words between, and those joined to it by or."""
    found = []
    for n in range(len(words)):
        end = _end_of_no(words, n)
        if not end:
            continue
        firm = n == 0 or _is_askers_own(words[n], words[n - 1])
        place = _after_small_words(words, end)
        by = tuple(range(n, place))
        while place < len(words):
            found.append(TurnedDown(place, by, firm))
            if words[place + 1 : place + 2] not in (["or"], ["nor"]):
                break
            place = _after_small_words(words, place + 2)
    return found


def _is_askers_own(no: str, before: str) -> bool:
    """Whether a no says what is looked for: ideas without Rust, and not a crash without a trace."""
    if no == "without":
        return before in ASKING or before in _JOINING
    return no != "not" or before not in _OF_A_SENTENCE


def _end_of_no(words: Sequence[str], n: int) -> int:
    """Where a no that begins here ends; 0 if none does."""
    if words[n] in _NOT:
        return n + 1
    two = words[n : n + 2]
    does_not = len(two) == 2 and two[0] in _DO_NOT and two[1] in _AFTER_DO_NOT
    return n + 2 if does_not or tuple(two) in _BUT else 0


def _after_small_words(words: Sequence[str], n: int) -> int:
    while n < len(words) and words[n] in _BETWEEN:
        n += 1
    return n
