"""The words to look for an idea with, out of a question in plain words."""

import re
from collections.abc import Iterator, Sequence
from functools import cache

from gsocbot.rules.questions.kinds import CONTACT, IDEA_SEARCH, REFUSE_PRIVATE, TIMELINE
from gsocbot.rules.questions.signs import sign_of, words_of
from gsocbot.rules.questions.words import GREETINGS, folded, plain_words
from gsocbot.rules.search import STOP_WORDS, terms, wished

MOST_WORDS = 8
"""More words than this say nothing more."""
FEW_WORDS = 3
"""Of more than these, names of languages and techniques are the ones that count."""

_NUMBERED = re.compile(r"\b(?:idea|project|topic)s?\s*(?:#|no\.?|number|num|nr\.?)?\s*(\d{1,4})\b")
_HASH = re.compile(r"(?:^|\s)#(\d{1,4})\b")
_QUOTED = re.compile(r"[\"“”]([^\"“”]{2,60})[\"“”]")
_TECHNIQUE = "tech"
_OF_IDEAS = {_TECHNIQUE, "app", "interface", "small"}
"""Words of signs that describe ideas, too."""
_TALK = (
    "anybody somebody related involve suitable soc google summer last offer exactly regarding "
    "concerning kind something find got person people way thing whom touch between speak write "
    "before after doubts clarification send should may might no not none these those him her them "
    "they than then only yet up out behind around second third cse student plz place stuff "
    "here were done deal core reply added meant shown area works yours wiki description short "
    "good better best great nice year years want wants wanted like need needs just many "
    "new joined using india indian"
)
_FILLER = frozenset(_TALK.split())
_ONE_THING = frozenset(
    {("machine", "learning"), ("deep", "learning"), ("reinforcement", "learning")}
)
"""Talk by itself, but not after these."""


def subject_of(question: str) -> tuple[str, ...]:
    """The number of an idea if one is named, or else the words that are not mere talk.

    Levels, sizes and what is not wanted come last, in the words that search reads them by.
    """
    small = question.casefold()
    number = _NUMBERED.search(small) or _HASH.search(small)
    if number:
        return (number[1],)
    quoted = _QUOTED.search(small)
    wishes = () if quoted else wished(" ".join(plain_words(question)))
    words = list(dict.fromkeys(_telling(quoted[1] if quoted else question, wishes)))
    if len(words) > FEW_WORDS:
        words = [word for word in words if folded(word) == (_TECHNIQUE,)] or words
    return (*words[:MOST_WORDS], *wishes)


def _telling(text: str, wishes: Sequence[str]) -> Iterator[str]:
    wished_for = frozenset(terms(" ".join(wishes)))
    before = ""
    for word in plain_words(text):
        talk = word in STOP_WORDS or word in _FILLER or word in GREETINGS or "'" in word
        asks = not _asking_words().isdisjoint(folded(word))
        if (before, word) in _ONE_THING or not (
            talk or asks or wished_for.intersection(terms(word))
        ):
            yield word
        before = word


@cache
def _asking_words() -> frozenset[str]:
    kinds = (TIMELINE, CONTACT, IDEA_SEARCH, REFUSE_PRIVATE)
    words = {w for kind in kinds for sign in kind.signs for w in words_of(sign_of(sign))}
    return frozenset(words - _OF_IDEAS)
