"""Signs: a few words that, found in one sentence, give away what is asked.

`submit/upload proposal -draft` needs one of the first two and the third, in any order and near to
each other, and no draft. `how_many` are words that stand side by side. A + in front makes a sign
stronger, a ~ weaker. The words are folded like a question's, so one of each family is enough.
"""

from dataclasses import dataclass

from gsocbot.rules.questions.words import folded

WEAKEST, EACH_WORD, EACH_SMALL_WORD = 1.0, 1.0, 0.4
"""What a sign is worth: something, and more for each word that it has found."""
STRONGER, WEAKER = 1.0, -1.0
NEAR = 8
"""Words that stand farther apart than this may belong to different thoughts."""
FAR = 0.8
"""What a sign loses then."""
FURTHER_SIGNS, MOST_FURTHER = 0.15, 1.0
"""What the other signs of a topic add to its best one."""

_JOINT = "_"
_SMALL_WORDS = (
    "i a an the to of and or in on is are be am was were been do does did has have had can could "
    "will would should may you me my we our us your it its this that these those for with at by "
    "from as if so not no but there here any some what how which he she his her they them up out "
    "get got give go make take about just only also still yet already all one"
)
_SMALL = frozenset(_SMALL_WORDS.split())
"""Words that stand in most sentences, and so tell little."""


@dataclass(frozen=True, slots=True)
class Sign:
    """Words that must be there (one of each set), and words that must not."""

    needed: tuple[frozenset[str], ...]
    barred: frozenset[str]
    extra: float

    def is_in(self, found: frozenset[str]) -> bool:
        """Whether a sentence with these words and phrases has the sign."""
        return self.barred.isdisjoint(found) and all(
            not found.isdisjoint(either) for either in self.needed
        )

    def worth(self, places: dict[str, list[int]]) -> float:
        """What the sign says in a sentence that has it, its words at these places."""
        rows = [sorted(n for w in either for n in places.get(w, ())) for either in self.needed]
        spread = min(
            max(abs(min(row, key=lambda n: abs(n - start)) - start) for row in rows)
            for start in rows[0]
        )
        told = sum(max(_told(w) for w in either if w in places) for either in self.needed)
        return WEAKEST + told + self.extra - (FAR if spread > NEAR else 0.0)


def sign_of(text: str) -> Sign:
    """A sign as it is written."""
    extra = {"+": STRONGER, "~": WEAKER}.get(text[:1], 0.0)
    items = text.lstrip("+~").split()
    needed = tuple(frozenset(map(_folded, i.split("/"))) for i in items if not i.startswith("-"))
    barred = frozenset(_folded(i[1:]) for i in items if i.startswith("-"))
    return Sign(needed, barred, extra)


def is_sign(text: str) -> bool:
    """Whether a text needs a word, and so can be a sign."""
    needed = sign_of(text).needed
    return bool(needed) and all(any(either) for either in needed)


def places_of(words: tuple[str, ...]) -> dict[str, list[int]]:
    """Where each word of a sentence stands, and each two and three words side by side."""
    places: dict[str, list[int]] = {}
    for length in (1, 2, 3):
        for n in range(len(words) - length + 1):
            places.setdefault(_JOINT.join(words[n : n + length]), []).append(n)
    return places


def together(worths: list[float]) -> float:
    """What several signs of one topic in a sentence are worth."""
    if not worths:
        return 0.0
    best = max(worths)
    return best + min(MOST_FURTHER, FURTHER_SIGNS * (sum(worths) - best))


def words_of(sign: Sign) -> set[str]:
    """The single words that a sign needs."""
    return {word for either in sign.needed for phrase in either for word in phrase.split(_JOINT)}


def _told(word: str) -> float:
    return EACH_SMALL_WORD if word in _SMALL else EACH_WORD


def _folded(item: str) -> str:
    return _JOINT.join(word for part in item.split(_JOINT) for word in folded(part))
