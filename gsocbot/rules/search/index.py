"""All words of a season's ideas: put in order once, asked often."""

from array import array
from bisect import bisect_left
from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from itertools import islice

TITLE, KEYWORDS, NAMES, ORG, BODY = 3.0, 1.5, 3.0, 4.0, 1.0
"""What a word counts for in each place."""

SATURATION = 1.2
"""How soon more of the same word says no more."""

USUAL_LENGTH = 120
"""In a text of more words each of them says less."""

MOST_ENDINGS = 6
ENDINGS_LOOKED_AT = 200


@dataclass(frozen=True, slots=True)
class Entry:
    """An idea as search looks at it: its words, folded, in places of unlike weight."""

    id: int
    title: str
    keywords: str = ""
    body: str = ""
    names: str = ""
    org: str = ""
    levels: tuple[str, ...] = ()
    hours: tuple[int, ...] = ()


@dataclass(frozen=True, slots=True)
class Posting:
    """Where a word is, and how much it counts for there, 0 to 1."""

    places: "array[int]"
    weights: "array[float]"


class Index:
    """The words of some ideas; the order in which the ideas come does not matter."""

    def __init__(self, entries: Iterable[Entry]) -> None:
        self.entries = sorted(entries, key=lambda e: e.id)
        self.place = {entry.id: place for place, entry in enumerate(self.entries)}
        self._postings: dict[str, Posting] = {}
        for place, entry in enumerate(self.entries):
            for word, weight in _weights(entry).items():
                posting = self._postings.get(word)
                if posting is None:
                    posting = self._postings[word] = Posting(array("I"), array("f"))
                posting.places.append(place)
                posting.weights.append(weight)
        self._in_titles = {word for entry in self.entries for word in entry.title.split()}
        self._in_skills = {word for entry in self.entries for word in entry.keywords.split()}
        self._sorted = sorted(self._postings)
        self._shapes: dict[tuple[str, int], list[str]] = {}
        for word in self._sorted:
            self._shapes.setdefault((word[0], len(word)), []).append(word)

    def __len__(self) -> int:
        return len(self.entries)

    def __contains__(self, word: str) -> bool:
        return word in self._postings

    def in_titles(self, word: str) -> bool:
        """Whether an idea's title has this word."""
        return word in self._in_titles

    def in_skills(self, word: str) -> bool:
        """Whether any idea needs this word as a skill."""
        return word in self._in_skills

    def frequency(self, word: str) -> int:
        """How many ideas have a word."""
        posting = self._postings.get(word)
        return len(posting.places) if posting else 0

    def having(self, words: tuple[str, ...]) -> Iterable[tuple[int, float]]:
        """Where the ideas stand that have all these words, and how much that counts for."""
        if len(words) == 1:
            return self._pairs(words[0])
        rarest, *others = sorted(words, key=self.frequency)
        found = dict(self._pairs(rarest))
        for word in others:
            there = dict(self._pairs(word))
            found = {p: min(w, there[p]) for p, w in found.items() if p in there}
        return found.items()

    def starting_with(self, start: str) -> list[str]:
        """Longer words that start so, the commonest first."""
        begin = bisect_left(self._sorted, start)
        found = islice(self._sorted, begin, begin + ENDINGS_LOOKED_AT)
        words = [word for word in found if word.startswith(start) and word != start]
        return sorted(words, key=lambda w: (-self.frequency(w), w))[:MOST_ENDINGS]

    def shaped_like(self, word: str, slips: int) -> list[str]:
        """Words that begin with one of the first letters of this one and are about as long."""
        lengths = range(len(word) - slips, len(word) + slips + 1)
        starts = dict.fromkeys(word[:2])
        return [w for s in starts for n in lengths for w in self._shapes.get((s, n), ())]

    def _pairs(self, word: str) -> Iterable[tuple[int, float]]:
        posting = self._postings.get(word)
        return zip(posting.places, posting.weights, strict=True) if posting else ()


def _weights(entry: Entry) -> dict[str, float]:
    """What each word of an idea counts for; in a title it counts once."""
    body = entry.body.split()
    longer = max(1.0, len(body) / USUAL_LENGTH) ** 0.5
    found = dict.fromkeys(entry.title.split(), TITLE)
    for words, weight in (
        (entry.names.split(), NAMES),
        (entry.org.split(), ORG),
        (entry.keywords.split(), KEYWORDS),
        (body, BODY / longer),
    ):
        for word, count in Counter(words).items():
            counts = 1 if weight == NAMES else count
            found[word] = found.get(word, 0.0) + weight * counts
    return {word: weight / (weight + SATURATION) for word, weight in found.items()}
