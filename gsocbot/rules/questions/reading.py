"""What a question in plain words means: topics scored, and one rule of confidence."""

import math
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache
from itertools import pairwise
from typing import Protocol

from gsocbot.rules.questions.kinds import KINDS
from gsocbot.rules.questions.signs import Sign, places_of, sign_of, together, words_of
from gsocbot.rules.questions.subject import subject_of
from gsocbot.rules.questions.topics import MeaningKind, Topic
from gsocbot.rules.questions.words import (
    Sentence,
    folded,
    is_aside,
    is_greeting,
    sentences,
)

ENOUGH = 0.6
"""From this confidence on a question is answered; below it a person is asked."""
SURE_SCORE = 3.5
"""What a topic scores that is meant for sure."""
SURE_LEAD = 1.5
"""By how much the topic that is meant for sure leads the second."""

LIKENESS_WEIGHT = 4.0
"""What a known question counts that is the same word for word."""
ODD_WORD = 0.2
"""What a topic loses for each word that it never uses, by how few topics use it."""
MOST_TOPICS = 12
"""A word that more topics than this use tells nothing."""
TOLD_WEIGHT = 0.35
"""A sentence that asks nothing counts for less, if another one asks."""
VAGUE, BEFORE_VAGUE = ENOUGH * SURE_SCORE, 0.85
"""But by itself "Is that enough?" is not sure of anything; then what was told before counts almost
fully. Nine pairs around these were tried on four sets of questions, and differed by 1 in 100.
"""
REST_WEIGHT = 0.25
"""What the other sentences add to the best one, as far as they agree."""
MOST_SENTENCES = 8
"""The last ones, for the question comes after the introduction."""

_FILLER_WORDS = (
    "i a an the to of and or in on is are be do does can could would should will you me my we our "
    "it this that for with please sir hi hello hey"
)
_FILLER = frozenset(_FILLER_WORDS.split())


class FaqEntry(Protocol):
    """An entry of the FAQ, as far as it matters here."""

    @property
    def key(self) -> str:
        """Its name."""

    @property
    def title(self) -> str:
        """What it is about, in a few words."""

    @property
    def aliases(self) -> tuple[str, ...]:
        """Its other names."""

    @property
    def signs(self) -> tuple[str, ...]:
        """Words that give it away."""

    @property
    def asked(self) -> tuple[str, ...]:
        """Questions that it answers."""


@dataclass(frozen=True, slots=True)
class Meaning:
    """What kind of answer a question wants, and how sure that is, from 0 to 1.

    `key` is the FAQ's entry, `subject` what to look for ideas or contacts with (an idea's number
    alone, or words). GREETING is also thanks and no words at all, and `quiet` when nobody waits for
    an answer: "thanks", "no, not you". HUMAN is what a person must answer, and whatever is not
    sure; `guess` and `second` then name what it might have been.
    """

    kind: MeaningKind
    key: str = ""
    subject: tuple[str, ...] = ()
    confidence: float = 0.0
    guess: str = ""
    second: str = ""
    quiet: bool = False


class Reader:
    """Reads questions; made once for a FAQ, because learning it takes some milliseconds."""

    def __init__(self, faq: Iterable[FaqEntry]) -> None:
        self._topics = (*KINDS, *map(_topic, faq))
        signs = [tuple(map(sign_of, topic.signs)) for topic in self._topics]
        examples = [tuple(map(folded, topic.asked)) for topic in self._topics]
        self._vocabularies = [
            {w for sign in s for w in words_of(sign)} | {w for words in e for w in words}
            for s, e in zip(signs, examples, strict=True)
        ]
        self._telling = _telling(self._vocabularies)
        self._signs = _by_word(signs)
        self._likeness = _Likeness(examples)

    def read(self, question: str) -> Meaning:
        """What a question means."""
        if is_greeting(question) or is_aside(question):
            return Meaning(MeaningKind.GREETING, confidence=1.0, quiet=is_aside(question))
        scores = self._scores(sentences(question)[-MOST_SENTENCES:])
        best, second = sorted(range(len(scores)), key=lambda n: -scores[n])[:2]
        sure = confidence(scores[best], scores[second])
        topic, guess, other = self._topics[best], self._topics[best].name, self._topics[second].name
        if sure < ENOUGH or topic.kind is MeaningKind.HUMAN:
            return Meaning(MeaningKind.HUMAN, confidence=sure, guess=guess, second=other)
        subject = subject_of(question) if topic.kind is not MeaningKind.FAQ else ()
        return Meaning(topic.kind, topic.key, subject, sure, guess, other)

    def _scores(self, parts: Sequence[Sentence]) -> list[float]:
        each = [(part.asks, self._of_sentence(part.words)) for part in parts]
        told = _weight_of_told([max(scores) for asks, scores in each if asks])
        best, rest = [0.0] * len(self._topics), [0.0] * len(self._topics)
        for asks, scores in each:
            weight = 1.0 if asks else told
            for n, score in enumerate(scores):
                best[n], less = max(best[n], weight * score), min(best[n], weight * score)
                rest[n] += less
        return [b + REST_WEIGHT * min(r, b) for b, r in zip(best, rest, strict=True)]

    def _of_sentence(self, words: tuple[str, ...]) -> list[float]:
        worths: list[list[float]] = [[] for _ in self._topics]
        places = places_of(words)
        found = frozenset(places)
        for phrase in places:
            for topic, sign in self._signs.get(phrase, ()):
                if sign.is_in(found):
                    worths[topic].append(sign.worth(places))
        telling = {word: self._telling[word] for word in words if word in self._telling}
        return [
            max(0.0, together(worth) + LIKENESS_WEIGHT * like - ODD_WORD * _odd(telling, known))
            for worth, like, known in zip(
                worths, self._likeness.of(words), self._vocabularies, strict=True
            )
        ]


def understand(question: str, faq: Sequence[FaqEntry]) -> Meaning:
    """What kind of right answer a question wants; the FAQ is learnt once."""
    return _reader(tuple(faq)).read(question)


def confidence(score: float, second: float) -> float:
    """How sure the best topic is, by its score and that of the second."""
    return min(1.0, score / SURE_SCORE) * min(1.0, (score - second) / SURE_LEAD)


def _weight_of_told(asked: Sequence[float]) -> float:
    """What a sentence that asks nothing counts, by the best scores of those that ask."""
    if not asked:
        return 1.0
    return TOLD_WEIGHT if max(asked) >= VAGUE else BEFORE_VAGUE


@lru_cache(maxsize=4)
def _reader(faq: tuple[FaqEntry, ...]) -> Reader:
    return Reader(faq)


class _Likeness:
    """How like the words of a sentence are to each topic's known questions (tf-idf, cosine)."""

    def __init__(self, examples: Sequence[Sequence[tuple[str, ...]]]) -> None:
        self._topics = [n for n, questions in enumerate(examples) for _ in questions]
        self._count = len(examples)
        flat = [words for questions in examples for words in questions]
        counts = Counter(f for words in flat for f in set(_features(words)))
        self._rarity = {f: math.log(1 + len(flat) / c) for f, c in counts.items()}
        self._unknown = math.log(1 + len(flat))
        self._index: dict[str, list[tuple[int, float]]] = {}
        for n, words in enumerate(flat):
            for feature, weight in self._weights(words).items():
                self._index.setdefault(feature, []).append((n, weight))

    def of(self, words: tuple[str, ...]) -> list[float]:
        """For each topic the likeness of the question that is most like."""
        likeness: dict[int, float] = {}
        for feature, weight in self._weights(words).items():
            for n, other in self._index.get(feature, ()):
                likeness[n] = likeness.get(n, 0.0) + weight * other
        best = [0.0] * self._count
        for n, value in likeness.items():
            best[self._topics[n]] = max(best[self._topics[n]], value)
        return best

    def _weights(self, words: tuple[str, ...]) -> dict[str, float]:
        weights = {f: self._rarity.get(f, self._unknown) for f in _features(words)}
        length = math.sqrt(sum(w * w for w in weights.values())) or 1.0
        return {f: w / length for f, w in weights.items()}


def _features(words: tuple[str, ...]) -> Iterator[str]:
    kept = [word for word in words if word not in _FILLER]
    yield from kept
    yield from map(" ".join, pairwise(kept))


def _topic(entry: FaqEntry) -> Topic:
    names = [name.replace("-", " ") for name in (entry.key, *entry.aliases)]
    # Who writes no signs is found by the entry's names.
    return Topic(
        MeaningKind.FAQ, entry.key, entry.signs or tuple(names), (entry.title, *names, *entry.asked)
    )


def _telling(vocabularies: Sequence[set[str]]) -> dict[str, float]:
    counts = Counter(word for vocabulary in vocabularies for word in vocabulary)
    whole = len(vocabularies)
    return {word: math.log(whole / c) for word, c in counts.items() if c <= MOST_TOPICS}


def _by_word(signs: Sequence[Sequence[Sign]]) -> dict[str, list[tuple[int, Sign]]]:
    """The signs by the words of their rarest part, so that few are looked at for a sentence."""
    every = [(n, sign) for n, of_topic in enumerate(signs) for sign in of_topic if sign.needed]
    counts = Counter(word for _, sign in every for either in sign.needed for word in either)
    found: dict[str, list[tuple[int, Sign]]] = {}
    for n, sign in every:
        rarest = min(sign.needed, key=lambda either: sum(counts[word] for word in either))
        for word in rarest:
            found.setdefault(word, []).append((n, sign))
    return found


def _odd(telling: dict[str, float], known: set[str]) -> float:
    return sum(weight for word, weight in telling.items() if word not in known)
