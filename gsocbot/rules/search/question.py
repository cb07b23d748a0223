"""A question as search reads it: words that may be said in several ways, and a wish."""

import math
from collections.abc import Iterator
from dataclasses import dataclass, replace
from itertools import pairwise

from gsocbot.rules.search.commonness import UNSEEN, commonness, is_everyday
from gsocbot.rules.search.filters import Wish, may_be_a_skill, wish
from gsocbot.rules.search.index import Index
from gsocbot.rules.search.negation import turned_down
from gsocbot.rules.search.programme import (
    PROGRAMME,
    asks_for_ideas,
    has_the_form_of_another,
)
from gsocbot.rules.search.repair import doubled, is_mistyped_chatter, repaired
from gsocbot.rules.search.synonyms import Phrase, related
from gsocbot.rules.search.words import CHATTER, STOP_WORDS, folded, raw_words, stemmer

LONGEST_QUESTION = 24
"""More words than this say nothing more; the rest is not looked at."""

PRIOR = 300
"""What is known of ideas in general counts like this many ideas of the season."""

RAREST = 6.5
"""No word says more than this, however many ideas there are."""

RARE = 5.0
"""A word that says so much is what a question is about."""

JOINED, DERIVED, STARTED, SPLIT = 0.95, 0.85, 0.6, 0.5
"""How far another word stands for what was said: for two, of one root, longer, its two halves."""

NEARLY_ALIKE, CLOSE = 0.8, 0.4
CHATTER_COUNTS = 0.35
MOST_WAYS = 12
SELDOM = 3
"""A word in fewer ideas may be the beginning of another one."""

LANGUAGES = frozenset("cdr")
"""Letters that mean something by themselves."""


@dataclass(frozen=True, slots=True)
class Way:
    """Words that an idea must all have, how far they stand for what was said, what they say."""

    words: Phrase
    weight: float
    rarity: float

    @property
    def close(self) -> bool:
        """Whether one who says this means much the same."""
        return self.weight >= CLOSE


@dataclass(frozen=True, slots=True)
class Wanted:
    """A word of a question: how it may be said, how much it says, whether it has to be there.

    A telling one is no word of everyday English; a skill is a word that ideas here list as one; a
    guessed one has no other way to be said than its beginning or its halves, if any.
    """

    ways: tuple[Way, ...]
    rarity: float
    required: bool
    telling: bool
    skill: bool = False
    guessed: bool = False

    @property
    def unknown(self) -> bool:
        """Whether a word that says much is nowhere here, nor anything that is surely like it."""
        return self.guessed and self.rarity > RARE


@dataclass(frozen=True, slots=True)
class Question:
    """All that search knows of a question; `pairs` are words that stand side by side in it.

    A plain one says that it asks for ideas, a doubtful one may ask about something else. Ideas that
    list a barred word as a skill, or have it in their title, are not asked for.
    """

    wanted: tuple[Wanted, ...]
    wish: Wish
    pairs: tuple[Phrase, ...]
    plain: bool
    doubtful: bool
    barred: frozenset[str] = frozenset()

    @property
    def whole(self) -> float:
        """How much all words say that have to be there."""
        return sum(wanted.rarity for wanted in self.wanted if wanted.required)

    @property
    def telling(self) -> bool:
        """Whether any word is more than everyday English."""
        return any(wanted.telling for wanted in self.wanted)


def read(text: str, index: Index) -> Question:
    """Read a question, knowing which words the ideas have."""
    said = raw_words(text)[: 3 * LONGEST_QUESTION]
    plain = folded(text)
    asked = wish(plain, said)
    barred, by = _barred(said, asked, index)
    spoken = [word for word in said if word not in STOP_WORDS and word not in by]
    stems = tuple(_stem(word, index) for word in spoken)
    wanted: dict[str, Wanted] = {}
    for n, (word, stem) in enumerate(zip(spoken, stems, strict=True)):
        if stem in wanted or len(wanted) == LONGEST_QUESTION:
            continue
        chatter = word in CHATTER or word in asked.words or _is_letter(word)
        if chatter or stem in index or not is_mistyped_chatter(word):
            wanted[stem] = _chatter(stem, index) if chatter else _wanted(spoken, stems, n, index)
    plainly = asks_for_ideas(plain, said)
    if not (asked or barred or plainly or any(w.required for w in wanted.values())) and (
        len(said) == 1 or all(map(index.in_titles, wanted))
    ):
        # One word, and words of a title, are what is asked for, whatever they are.
        wanted = {stem: replace(w, required=True, telling=True) for stem, w in wanted.items()}
    there = (pair for pair in pairwise(stems) if pair[0] in index and pair[1] in index)
    return Question(
        tuple(wanted.values()),
        asked,
        tuple(dict.fromkeys(there)),
        plain=plainly,
        doubtful=not plainly and has_the_form_of_another(plain),
        barred=barred,
    )


def _barred(said: list[str], asked: Wish, index: Index) -> tuple[frozenset[str], set[str]]:
    """The stems of the skills that somebody does not want, and the words that say so."""
    barred, by = set[str](), set[str]()
    for no in turned_down(said):
        word = said[no.place]
        wanted = word in asked.words or not (no.firm and may_be_a_skill(word))
        if not wanted and index.in_skills(stemmer()(word)):
            barred.add(stemmer()(word))
            by |= {word, *(said[place] for place in no.by)}
    return frozenset(barred), by


def _stem(word: str, index: Index) -> str:
    stem = stemmer()(word)
    if stem in index or commonness(stem) > UNSEEN or related((stem,), 0):
        return stem
    return doubled(word, index) or stem


def _is_letter(word: str) -> bool:
    return len(word) == 1 and word not in LANGUAGES


def _chatter(stem: str, index: Index) -> Wanted:
    rarity = CHATTER_COUNTS * rarity_of(stem, index)
    ways = (Way((stem,), 1.0, rarity),) if stem in index else ()
    return Wanted(ways, rarity, required=False, telling=False)


def _wanted(spoken: list[str], stems: Phrase, n: int, index: Index) -> Wanted:
    stem = stems[n]
    if spoken[n] in PROGRAMME and not index.in_titles(stem):
        return Wanted((), RAREST, required=True, telling=True, guessed=True)
    known, guessed = _known(spoken, stems, n, index), _guessed(spoken[n], stem, index)
    rarity = _rarity(stem, known, index)
    if not known and commonness(stem) == UNSEEN:
        guessed |= {(other,): sure for other, sure in repaired(spoken[n], stem, index).items()}
    weights = guessed | known
    best = sorted(weights, key=lambda words: (-weights[words], words))[:MOST_WAYS]
    ways = (Way(w, weights[w], min(rarity, _rarest(w, index))) for w in best)
    skill = any(all(map(index.in_skills, w)) for w in best if weights[w] >= DERIVED)
    telling = not is_everyday(stem)
    sure = bool(known) or max(guessed.values(), default=0.0) > STARTED
    return Wanted(
        tuple(ways), rarity, required=True, telling=telling, skill=skill, guessed=not sure
    )


def _known(spoken: list[str], stems: Phrase, n: int, index: Index) -> dict[Phrase, float]:
    """The ways to say a word that are certain, the likest last."""
    near = {w: weight for w, weight in related(stems, n) if all(word in index for word in w)}
    derived = {(other,): DERIVED for other in _of_one_root(stems[n]) if other in index}
    joined = {(other,): JOINED for other in _joined(spoken, n) if other in index}
    itself = {(stems[n],): 1.0} if stems[n] in index else {}
    return near | derived | joined | itself


def _guessed(word: str, stem: str, index: Index) -> dict[Phrase, float]:
    """Words that a rare word may be the beginning of, and two that an unknown one may be."""
    found: dict[Phrase, float] = {}
    if len(stem) > SELDOM and index.frequency(stem) < SELDOM:
        found = {(other,): STARTED for other in index.starting_with(stem)}
    if stem not in index and (halves := _halves(word, index)):
        found[halves] = SPLIT
    return found


def _of_one_root(stem: str) -> Iterator[str]:
    """Parse and parser, debug and debugger: stemming keeps them apart."""
    if len(stem) > SELDOM:
        yield f"{stem}er"
        yield f"{stem}{stem[-1]}er"
    if stem.endswith("er") and len(stem) > SELDOM + 2:
        yield stem[:-3] if stem[-3] == stem[-4] else stem[:-2]


def _joined(spoken: list[str], n: int) -> Iterator[str]:
    """Key map is keymap."""
    for first in (n - 1, n):
        if 0 <= first < len(spoken) - 1:
            yield stemmer()(spoken[first] + spoken[first + 1])


def _halves(word: str, index: Index) -> Phrase | None:
    """Keymap is key map; the two words that are commonest."""
    stem = stemmer()
    parts = [(stem(word[:i]), stem(word[i:])) for i in range(3, len(word) - 3)]
    there = [p for p in parts if p[0] in index and p[1] in index]
    return max(there, key=lambda p: (min(map(index.frequency, p)), p), default=None)


def _rarity(stem: str, known: dict[Phrase, float], index: Index) -> float:
    """How much a word says; one that is nowhere says no more than those that stand for it."""
    own = rarity_of(stem, index)
    if stem in index:
        return own
    single = {words[0]: weight for words, weight in known.items() if len(words) == 1}
    alike = [word for word, weight in single.items() if weight >= NEARLY_ALIKE]
    return min([own, *(rarity_of(word, index) for word in alike or single)])


def _rarest(words: Phrase, index: Index) -> float:
    return max(rarity_of(word, index) for word in words)


def rarity_of(stem: str, index: Index) -> float:
    """How much a word says: the fewer other ideas have it, here and in general, the more."""
    others = max(0, index.frequency(stem) - 1)
    share = (others + PRIOR * commonness(stem)) / (max(0, len(index) - 1) + PRIOR)
    return min(RAREST, -math.log(min(share, 0.99)))
