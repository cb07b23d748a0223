"""The words of a question folded alike: spelling, short forms and what means the same."""

import re
import unicodedata
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from functools import cache, lru_cache

from gsocbot.rules.questions.alike import ALIKE, SHORT

LONGEST_QUESTION = 1000
"""Characters that are looked at; who writes more has asked by then."""

LONGEST_WORD = 30
MOST_WORDS = 10_000
"""Words that are remembered as folded; people use the same ones."""
SHORTEST_MENDED = 6
LIKENESS = 86.0
"""How alike a mistyped word must be to the one it is taken for (rapidfuzz, 0 to 100)."""

NUMBER = "1"
"""What every number becomes, but those that are sizes of projects."""

_SIZES = {"90", "175", "350", "12", "22"}

_CLITICS = (
    ("n't", " not"),
    ("'re", " are"),
    ("'ve", " have"),
    ("'ll", " will"),
    ("'m", " am"),
    ("'d", " would"),
    ("'s", " is"),
)

_GREETINGS = (
    "hi hello hey hii hiii helo hallo heya hola yo greetings welcome good morning evening "
    "afternoon day night namaste sup thanks thank thx ty you your cheers bye sir madam mam "
    "everyone all there folks guys gsocbot team friends people so very much a lot ok okay "
    "for the help nice great cool lol nvm how are again to"
)
_WORDS_CLOSING = (
    "thanks thank thx thanx ty bye cheers ok okay cool great nice lol haha nvm sorry oops no nope "
    "never yes yep yeah ignore perfect awesome"
)
_WORDS_ASIDE = (
    "welcome mind wrong window channel that this it was were is i meant mean did didnt you him her "
    "talking asking question got done sure right good bot works worked fine helpful helped very "
    "much so a lot not for the your help all again sir madam mam guys everyone gsocbot and to my "
    "will do"
)
_POLITENESS = (
    "hi hello hey sir madam mam maam please kindly thanks thank guys folks everyone dear regards "
    "greetings gsocbot lol btw actually just really very also so well ok okay and but or then "
    "question"
)
_QUESTION_WORDS = (
    "who what when where which why how howmany howmuch howlong howoften is are am was were do does "
    "did can could may might should shall will would has have must any anyone someone"
)
_CLOSING = frozenset(_WORDS_CLOSING.split())
_ASIDES = _CLOSING | frozenset(_WORDS_ASIDE.split())
GREETINGS = frozenset(_GREETINGS.split())
"""Words of a line that only greets or thanks."""
_POLITE = frozenset(_POLITENESS.split())
_ASKING = frozenset(_QUESTION_WORDS.split())
_REQUESTS = frozenset(
    (
        "wonder",
        "curious",
        "tell",
        "clarifi",
        "guide",
        "suggest",
        "explain",
        "wish",
        "request",
        "pleas",
    )
)
"""Words of those who ask without a question, folded."""
_COMMON_WORDS = (
    "position tested contact contract contest content context please before behind because "
    "should through though thought without within another either neither feature function "
    "result report format former forward student studio mention monitor motor reader loader "
    "project product process message package library"
)
_NOT_MISTYPED = frozenset(_COMMON_WORDS.split())
"""Words that look like others of ours and are not."""

_URL = re.compile(r"https?://\S+|www\.\S+")
_ADDRESSEE = re.compile(
    r"^\s*(?:[\w\[\]{}|`^\\-]{2,20}\s*,\s*){0,3}[\w\[\]{}|`^\\-]{2,20}:(?!//)\s+"
)
_PIECE = re.compile(r"[^.?!;\n]+[.?!;\n]*|[.?!;\n]+")
_DOT_INSIDE = re.compile(r"(?<=\w)\.(?=\w)")
_TOKEN = re.compile(r"c\+\+|c#|[^\W_]+(?:'[a-z]+)?")
_PLAIN = str.maketrans({"’": "'", "‘": "'", "`": "'", "´": "'"})
_IDEA_NUMBER = re.compile(r"\b(?:idea|project)s?\s*(?:#|no\.?\s*|num(?:ber)?\s*)?\d+\b|#\d{1,3}\b")
_ANY_IDEA = re.compile(
    r"\b(?:any|no|some|an|have) ideas? (?=when|how|if|who|where|what|why|whether)"
)
_PREAMBLE = re.compile(
    r"\bi(?: have| had|'ve| got)(?: an?| some| one| few| quick| small| \d)* (?:question|doubt|quer)"
    r"(?:(?!\b(?:whether|how|when|where|which|what|who|why)\b)[^?])*$"
)
"""That somebody has a question is not yet one."""


@dataclass(frozen=True, slots=True)
class Sentence:
    """One sentence of a question, folded: what it asks counts for more than what it tells."""

    words: tuple[str, ...]
    asks: bool


def sentences(text: str) -> list[Sentence]:
    """The sentences of a text with their folded words; those without words are left out."""
    plain = unicodedata.normalize("NFKC", text[:LONGEST_QUESTION]).casefold().translate(_PLAIN)
    plain = _URL.sub(" url ", plain)
    plain = _ADDRESSEE.sub("", plain, count=1)
    plain = _ANY_IDEA.sub("", plain)
    plain = _IDEA_NUMBER.sub(" idea ideanumber ", plain)
    plain = _DOT_INSIDE.sub(" ", plain)
    found: list[Sentence] = []
    preambles: list[Sentence] = []
    for piece in _PIECE.findall(plain):
        words = folded(piece)
        if words:
            sentence = Sentence(words, "?" in piece or _begins_asking(words))
            (preambles if _PREAMBLE.search(piece) else found).append(sentence)
    return found or preambles


def folded(text: str) -> tuple[str, ...]:
    """The words of a text, spelled out, mended and each as the one that stands for its like."""
    return tuple(_joined(list(_spelled(text))))


def plain_words(text: str) -> list[str]:
    """The words of a text as they are typed, small, without addressee and addresses."""
    plain = _ADDRESSEE.sub("", text[:LONGEST_QUESTION].casefold().translate(_PLAIN), count=1)
    return _TOKEN.findall(_URL.sub(" ", plain))


def is_greeting(text: str) -> bool:
    """Whether a text only greets or thanks."""
    words = plain_words(text)
    return all(word in GREETINGS for word in words)


def is_aside(text: str) -> bool:
    """Whether a text only thanks, agrees or waves off, and no answer is expected to it."""
    words = plain_words(text)
    said = words[0] in _CLOSING or words[-1] in _CLOSING if words else False
    return said and "?" not in text and all(word in _ASIDES for word in words)


def _begins_asking(words: tuple[str, ...]) -> bool:
    first = next((word for word in words if word not in _POLITE), "")
    return first in _ASKING or not _REQUESTS.isdisjoint(words)


def _spelled(text: str) -> Iterator[str]:
    for token in _TOKEN.findall(text.casefold().translate(_PLAIN)):
        word = token[:LONGEST_WORD]
        for clitic, spelled in _CLITICS:
            if word.endswith(clitic):
                word = f"{word.removesuffix(clitic)}{spelled}"
                break
        for part in word.replace("'", "").split():
            yield from SHORT.get(part, part).split()


def _joined(tokens: list[str]) -> Iterator[str]:
    phrases = _phrases()
    at = 0
    while at < len(tokens):
        for length, concept in phrases.get(tokens[at], ()):
            if tuple(tokens[at : at + len(length)]) == length:
                yield concept
                at += len(length)
                break
        else:
            yield _one(tokens[at])
            at += 1


@lru_cache(maxsize=MOST_WORDS)
def _one(word: str) -> str:
    if word.isdigit():
        return word if word in _SIZES else NUMBER if word not in {"2", "3"} else "two"
    known = _single()
    if word in known:
        return known[word]
    stem = _stemmer()(word)
    if stem in known:
        return known[stem]
    if len(word) >= SHORTEST_MENDED and word.isalpha() and word not in _NOT_MISTYPED:
        return _mended(word, stem)
    return stem


@cache
def _tables() -> tuple[dict[str, str], dict[str, list[tuple[tuple[str, ...], str]]]]:
    single: dict[str, str] = {}
    phrases: dict[str, list[tuple[tuple[str, ...], str]]] = {}
    for line in ALIKE.replace("\n    ", " ").strip().splitlines():
        concept, others = line.split(":")
        single[concept] = concept
        for word in others.split():
            parts = tuple(word.split("_"))
            if len(parts) == 1:
                single[word] = concept
            else:
                phrases.setdefault(parts[0], []).append((parts, concept))
    for known in phrases.values():
        known.sort(key=lambda p: -len(p[0]))
    return single, phrases


def _single() -> dict[str, str]:
    return _tables()[0]


def _phrases() -> dict[str, list[tuple[tuple[str, ...], str]]]:
    return _tables()[1]


@cache
def _targets() -> tuple[str, ...]:
    return tuple(word for word in _single() if len(word) >= SHORTEST_MENDED)


def _mended(word: str, stem: str) -> str:
    # 15 ms to import, and only needed when somebody asks in words.
    from rapidfuzz import fuzz, process  # noqa: PLC0415

    found = process.extractOne(word, _targets(), scorer=fuzz.ratio, score_cutoff=LIKENESS)
    if found is None or found[0][0] != word[0]:
        return stem
    return _single()[found[0]]


@cache
def _stemmer() -> Callable[[str], str]:
    # 40 ms to import, and only needed when somebody asks in words.
    import snowballstemmer  # noqa: PLC0415

    stem: Callable[[str], str] = snowballstemmer.stemmer("english").stemWord
    return stem
