"""Mistyped words: which of the ideas' words one may have meant."""

from collections.abc import Iterable, Iterator

from gsocbot.rules.search.commonness import UNSEEN, commonness
from gsocbot.rules.search.index import Index
from gsocbot.rules.search.words import CHATTER, STOP_WORDS, stemmer

MOST_READINGS = 3
A_SLIP = 1.2
"""In a long word a slip leaves less doubt what was meant."""

SHORTEST, SHORT = 4, 5


def repaired(word: str, stem: str, index: Index) -> dict[str, float]:
    """The ideas' words nearest to one that none of them has, and how likely they are meant."""
    found: dict[str, int] = {}
    for meant in dict.fromkeys((stem, word)):
        most = _slips(meant)
        for other, slips in _near(meant, index.shaped_like(meant, most), most):
            found[other] = min(slips, found.get(other, slips))
    least = min(found.values(), default=0)
    nearest = [other for other, slips in found.items() if slips == least]
    nearest.sort(key=lambda w: (-index.frequency(w), w))
    return {other: 1 - A_SLIP * least / len(word) for other in nearest[:MOST_READINGS]}


def doubled(word: str, index: Index) -> str | None:
    """The known word that has one letter more or less doubled; stems hide how near they are."""
    known = (o for o in _other_doubles(word) if o in index or commonness(o) > UNSEEN)
    return next(known, None)


def _other_doubles(word: str) -> Iterator[str]:
    for n, letter in enumerate(word):
        if word[n + 1 : n + 2] == letter:
            yield stemmer()(word[:n] + word[n + 1 :])
        elif len(word) >= SHORT:
            yield stemmer()(word[:n] + letter + word[n:])


def is_mistyped_chatter(word: str) -> bool:
    """Whether a word is one that says nothing, mistyped."""
    most = _slips(word)
    alike = (
        w
        for w in (*CHATTER, *STOP_WORDS)
        if w[0] == word[0] and len(w) >= SHORTEST and abs(len(w) - len(word)) <= most
    )
    return most > 0 and any(True for _ in _near(word, alike, most))


def _slips(word: str) -> int:
    """How many slips of the finger a word of this length may have."""
    return 2 if len(word) > 7 else 1 if len(word) >= SHORTEST else 0


def _near(word: str, others: Iterable[str], most: int) -> list[tuple[str, int]]:
    # 10 ms to import, and only needed for a word that nobody knows.
    from rapidfuzz.distance import OSA  # noqa: PLC0415

    found = ((other, OSA.distance(word, other, score_cutoff=most)) for other in others)
    return [(other, slips) for other, slips in found if slips <= most and _likely(word, other)]


def _likely(word: str, other: str) -> bool:
    """A short word has two letters changed round or one left out; any other slip makes a word of
    its own.
    """
    left_out = len(other) == len(word) + 1 and len(word) > SHORTEST
    return len(word) > SHORT or left_out or sorted(word) == sorted(other)
