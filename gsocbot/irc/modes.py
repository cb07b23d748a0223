"""How a server writes the modes of a channel: which take a word, which make an operator.

It says so in PREFIX and CHANMODES (RPL_ISUPPORT, https://modern.ircdocs.horse/#chanmodes-parameter).
"""

from collections import deque
from collections.abc import Iterator, Mapping, Sequence
from typing import NamedTuple

from gsocbot.irc.names import Source

RFC_MODES = ("beI", "k", "l")
"""CHANMODES where the server does not say: lists, always with a word, with one when it is set."""

SIGNS = "~&@%+!."
"""What stands before nicks on one server or another, whether it is in PREFIX or not."""


class Change(NamedTuple):
    """One mode that is set (`on`) or taken away; `word` is empty where it takes none."""

    on: bool
    letter: str
    word: str


class Modes:
    """The modes of one server, from what it has announced of itself (`features`).

    `operators` are the modes of operators, half-operators and all above them.
    """

    def __init__(self, features: object) -> None:
        prefix = getattr(features, "prefix", None)
        self._ranks: dict[str, str] = dict(prefix) if isinstance(prefix, Mapping) else {}
        self._signs = SIGNS + "".join(self._ranks)
        ranks = "".join(self._ranks.values())  # the highest first
        self.operators = frozenset(ranks[: max(ranks.find("o"), ranks.find("h")) + 1])
        announced = getattr(features, "chanmodes", None)
        modes = announced if isinstance(announced, list) else RFC_MODES
        lists, always, when_set = (*modes, "", "", "")[:3]
        self._keys = frozenset(always)
        self._with_word = {False: frozenset(lists + always + ranks)}
        self._with_word[True] = self._with_word[False] | frozenset(when_set)

    def changes(self, words: Sequence[str]) -> Iterator[Change]:
        """What a MODE line changes, in its order; `words` are those behind the channel."""
        letters, waiting = "".join(words[:1]), deque(words[1:])
        signed = list(_signed(letters))
        # Some servers take a key away without naming it.
        is_short = sum(letter in self._with_word[on] for on, letter in signed) > len(waiting)
        for on, letter in signed:
            unnamed = is_short and not on and letter in self._keys
            takes = letter in self._with_word[on] and not unnamed and waiting
            yield Change(on, letter, waiting.popleft() if takes else "")

    def named(self, word: str) -> tuple[str, str]:
        """A nick from a list of names, and the modes before it that make an operator."""
        bare = word.lstrip(self._signs)
        ranks = (self._ranks.get(sign, "") for sign in word[: len(word) - len(bare)])
        return Source(bare).nick, "".join(rank for rank in ranks if rank in self.operators)


def _signed(letters: str) -> Iterator[tuple[bool, str]]:
    on = True
    for letter in letters:
        if letter in "+-":
            on = letter == "+"
        else:
            yield on, letter
