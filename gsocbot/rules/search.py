"""What a question and an idea have in common: words folded alike, and one score for all engines."""

import math
import re
import unicodedata
from collections import Counter
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from functools import cache

LONGEST_QUERY = 24
"""More words than this say nothing more; the rest is not looked at."""

ENOUGH = 0.3
"""How much of what a question says, by rarity of its words, an idea must have to fit."""

TITLE_WEIGHT, KEYWORD_WEIGHT, BODY_WEIGHT = 3.0, 2.0, 1.0
SATURATION = 1.2

_TOKEN = re.compile(r"c\+\+|c#|f#|\.net|[^\W_]+")
_SPELLED = {
    "c++": "cplusplus",
    "cpp": "cplusplus",
    "c#": "csharp",
    "f#": "fsharp",
    ".net": "dotnet",
}
STOP_WORDS = frozenset(
    [
        "a",
        "about",
        "am",
        "an",
        "and",
        "any",
        "anything",
        "are",
        "as",
        "at",
        "be",
        "been",
        "but",
        "by",
        "can",
        "could",
        "did",
        "do",
        "does",
        "for",
        "from",
        "get",
        "give",
        "got",
        "had",
        "has",
        "have",
        "having",
        "help",
        "how",
        "i",
        "id",
        "idea",
        "ideas",
        "if",
        "im",
        "in",
        "interested",
        "into",
        "is",
        "it",
        "its",
        "know",
        "like",
        "looking",
        "love",
        "me",
        "my",
        "need",
        "of",
        "on",
        "one",
        "or",
        "please",
        "project",
        "projects",
        "really",
        "so",
        "some",
        "someone",
        "something",
        "that",
        "the",
        "their",
        "them",
        "there",
        "they",
        "thing",
        "things",
        "this",
        "to",
        "use",
        "using",
        "want",
        "wants",
        "was",
        "we",
        "what",
        "when",
        "where",
        "which",
        "who",
        "will",
        "with",
        "work",
        "working",
        "would",
        "you",
        "your",
        "gsoc",
        "anybody",
        "show",
        "list",
        "find",
        "there's",
    ]
)


def terms(text: str) -> list[str]:
    """The words of a text as the index keeps them: folded, spelled out, stemmed, no stop words."""
    plain = "".join(
        c for c in unicodedata.normalize("NFKD", text.casefold()) if not unicodedata.combining(c)
    )
    stem = _stemmer()
    return [
        stem(_SPELLED.get(word, word)) for word in _TOKEN.findall(plain) if word not in STOP_WORDS
    ]


def query_terms(text: str) -> list[str]:
    """The words of a question, each once."""
    return list(dict.fromkeys(terms(text)))[:LONGEST_QUERY]


@dataclass(frozen=True, slots=True)
class Candidate:
    """An idea as the index knows it: its words, in three places of unlike weight."""

    id: int
    title: str
    keywords: str
    body: str


@dataclass(frozen=True, slots=True)
class Hit:
    """An idea that fits, and how well: 1.0 means that every word of the question is there once."""

    id: int
    score: float


def rank(query: Sequence[str], candidates: Iterable[Candidate], total: int) -> list[Hit]:
    """The candidates that fit a question, best first; none if none fits.

    `total` is how many ideas there are. The score is the share of the question, its words
    weighted by rarity, that an idea has; words in the title and the keywords count for more.
    """
    if not query:
        return []
    counted = [(c, _weights(c, query)) for c in candidates]
    frequency = Counter(t for _, weights in counted for t in weights)
    rarity = {
        t: math.log(1 + (total - frequency[t] + 0.5) / (frequency[t] + 0.5)) + 0.1 for t in query
    }
    whole = sum(rarity.values())
    hits = []
    for candidate, weights in counted:
        if sum(rarity[t] for t in weights) / whole < ENOUGH:
            continue
        score = sum(rarity[t] * _saturated(w) for t, w in weights.items()) / whole
        hits.append(Hit(candidate.id, round(score, 4)))
    return sorted(hits, key=lambda h: (-h.score, h.id))


def _weights(candidate: Candidate, query: Sequence[str]) -> dict[str, float]:
    found: dict[str, float] = {}
    places = (
        (candidate.title, TITLE_WEIGHT),
        (candidate.keywords, KEYWORD_WEIGHT),
        (candidate.body, BODY_WEIGHT),
    )
    for text, weight in places:
        words = Counter(text.split())
        for term in query:
            if words[term]:
                found[term] = found.get(term, 0.0) + weight * words[term]
    return found


def _saturated(weight: float) -> float:
    return weight * (1 + SATURATION) / (weight + SATURATION)


@cache
def _stemmer() -> Callable[[str], str]:
    # 40 ms to import, and only needed when ideas change or somebody asks in words.
    import snowballstemmer  # noqa: PLC0415

    stem: Callable[[str], str] = snowballstemmer.stemmer("english").stemWord
    return cache(stem)
