"""How hard and how large an idea is: levels and hours, from what is written and nothing else."""

import re

from gsocbot.importers.lists.languages import levels_named
from gsocbot.importers.lists.words import bare, words
from gsocbot.rules.ideas import SIZE_WORDS

_LEVELS = {
    "easy": r"easy|easier|beginners?|low|lower|light|novices?|simple|starter"
    "|entry[- ]level|trivial",
    "medium": r"medium|mid|intermediate|moderate(?:ly)?|average|mod|middle|med",
    "hard": r"hard|harder|advanced|high|higher|difficult|experts?|challenging|tough|complex"
    r"|experienced",
}
_LEVEL = {level: re.compile(rf"\b(?:{words})\b") for level, words in _LEVELS.items()}
_ANY = "|".join(_LEVELS.values())
_NEGATED = re.compile(rf"\b(?:not|isn't|no|neither|nor)\s+(?:\w+\s+)?(?:{_ANY})\b")
_REASON = re.compile(
    rf"[.;(\n]|\s?[—–]\s?(?!\s*(?:{_ANY})\b)|\s-\s(?!\s*(?:{_ANY})\b)|"
    r",?\s+(?:because|since|as|but|if|due|depending|though|although|with|for|when"
    r"|provided|which|that|assuming|while|where|given|requires?)\b|,\s+(?!(?:and|or|to)\b)"
)
_ARROW = re.compile(r"[\[\]{}|/_*`~]")

_UNIT = r"(?:hours?|hrs?|h)\b"
_HOURS = re.compile(
    r"(?<![\d.#])(\d{2,3})(?![\d%]|\.\d)(?!\s*-?\s*(?:weeks?|wks?|days?|months?|lines|%))"
)
_WITH_UNIT = re.compile(rf"(?<![\d.#])(\d{{2,3}})\s*[-+~]?\s*{_UNIT}", re.IGNORECASE)
_PAIR_WITH_UNIT = re.compile(
    rf"(?<![\d.#])(\d{{2,3}})\s*(?:h|hrs?|hours?)?\s*(?:/|-|–|or|to|and|,)\s*~?(\d{{2,3}})\s*[-+~]?\s*{_UNIT}",
    re.IGNORECASE,
)
_A_WEEK = re.compile(
    r"\d+(?:\s*(?:-|–|to)\s*\d+)?\s*\+?\s*(?:hours?|hrs?|h)?\s*(?:/|per|a|each|every)\s*"
    r"(?:week|wk|day|month)s?",
    re.IGNORECASE,
)
_OTHER_UNIT = re.compile(
    r"\d+(?:\s*(?:-|–|to|or)\s*\d+)?\s*[-+]?\s*(?:weeks?|wks?|days?|months?|years?)\b",
    re.IGNORECASE,
)
_SIZE_WORD = re.compile(rf"\b({'|'.join(SIZE_WORDS)}|mid)(?:[- ]sized?)?\b")
_SIZE_FILL = frozenset(
    words("to or and project size sized gsoc about ca approx hour hours h hrs hr")
)
_LETTERS = {"S": 90, "M": 175, "L": 350}
GOOGLE_SIZES = (90, 175, 350)
_LEAST_HOURS, _MOST_HOURS = 10, 999

_PROSE_LEVEL = re.compile(
    rf"\b((?:{_ANY})(?:\s*(?:to|or|-|/|–)\s*(?:{_ANY}))?)[- ](?:level\s+(?:of\s+)?)?difficulty\b"
    rf"|\bdifficulty(?:\s+(?:level|rating))?(?:\s+of\s+(?:the|this)\s+(?:project|idea|task))?\s*"
    rf"(?:is|:|=|would be|should be|-|–)\s*((?:rated\s+)?(?:at\s+)?\W*(?:{_ANY})"
    rf"(?:\s*(?:to|or|-|/|–)\s*(?:{_ANY}))?)\b"
    rf"|\b(?:project|idea|task)\s+is\s+(?:of\s+|rated\s+)?((?:{_ANY})(?:\s+(?:to|or)\s+(?:{_ANY}))?)"
    r"\s+(?:difficulty|level|in\s+difficulty)\b",
    re.IGNORECASE,
)


def levels_in(text: str) -> tuple[str, ...]:
    """easy, medium, hard: those that a statement of difficulty names, before its reasons."""
    plain = _NEGATED.sub(" ", _ARROW.sub(" ", text.lower()))
    outside = re.sub(r"\([^()]{0,80}\)", " ", plain).strip(" :-–—#([")
    opening = _REASON.split(" ".join(outside.split()), maxsplit=1)[0]
    return _named(opening) or _named(plain) or levels_named(bare(plain))


def _named(text: str) -> tuple[str, ...]:
    return tuple(level for level, words in _LEVEL.items() if words.search(text))


def hours_in(text: str) -> tuple[int, ...]:
    """The hours that a statement of size gives, or what its words stand for."""
    plain = _OTHER_UNIT.sub(" ", _A_WEEK.sub(" ", text))
    stated = [int(h) for h in _HOURS.findall(plain)]
    figures = tuple(dict.fromkeys(h for h in stated if _LEAST_HOURS <= h <= _MOST_HOURS))
    if figures:
        return figures
    letter = _LETTERS.get(plain.strip(" .").upper())
    if letter:
        return (letter,)
    words = _SIZE_WORD.findall(_ARROW.sub(" ", plain.lower()))
    return tuple(dict.fromkeys(SIZE_WORDS[w if w != "mid" else "medium"] for w in words))


def hours_with_unit(text: str) -> tuple[int, ...]:
    """The figures that are called hours, in a text that is about something else."""
    plain = _A_WEEK.sub(" ", text)
    pairs = [int(h) for pair in _PAIR_WITH_UNIT.findall(plain) for h in pair]
    found = pairs + [int(h) for h in _WITH_UNIT.findall(plain)]
    return tuple(dict.fromkeys(h for h in found if h >= _LEAST_HOURS))


def google_hours(text: str) -> tuple[int, ...]:
    """The hours of Google's sizes that running text names."""
    named = set(hours_with_unit(text)) & set(GOOGLE_SIZES)
    return tuple(sorted(named))


def level_phrases(text: str) -> list[str]:
    """What running text says about difficulty, in so many words."""
    return [next(filter(None, groups)).strip() for groups in _PROSE_LEVEL.findall(text)]


def is_size_tag(text: str) -> bool:
    """Whether some words are nothing but a size, such as "350 hrs" or "Large"."""
    plain = _WITH_UNIT.sub(" ", text.lower())
    bare = [int(h) for h in _HOURS.findall(plain)]
    if any(h not in GOOGLE_SIZES for h in bare):
        return False
    plain = _SIZE_WORD.sub(" ", _HOURS.sub(" ", plain))
    return bool(hours_in(text)) and set(re.findall(r"[a-z\d]+", plain)) <= _SIZE_FILL


def is_choice(text: str) -> bool:
    """Whether a line opens with a size, as one of several that a contributor may choose from."""
    opening = re.match(r"\W*(?:(?:or|and|also)\s+)?([\w~ -]{0,20}\W{0,3}\d{2,3}\s*\w*)", text)
    return opening is not None and is_size_tag(opening[1])


def is_level_tag(text: str) -> bool:
    """Whether some words are nothing but a level, such as "Easy to Hard"."""
    plain = re.sub(rf"\b(?:{_ANY})\b", " ", text.lower())
    rest = re.findall(r"\w+", plain)
    return bool(_named(text.lower())) and all(
        w in {"to", "or", "and", "level", "difficulty", "project", "very"} for w in rest
    )


_GROUP_WORDS = re.compile(
    r"\b(?:projects?|ideas?|tasks?|proposals?|sized?|difficult[iy]\w*|level|gsoc|our|the|of|with)\b"
)


def says_level(title: str) -> bool:
    """Whether a heading over ideas says how hard they all are ("Easy projects")."""
    plain = title.lower()
    rest = _GROUP_WORDS.sub(" ", plain)
    sure = "difficult" in plain or bool(
        re.search(r"\b(?:easy|hard|beginners?|advanced|intermediate)\b", rest)
    )
    return sure and "size" not in plain and is_level_tag(rest) and not re.search(r"\d", rest)


def says_size(title: str) -> bool:
    """Whether a heading over ideas says how large they all are ("Large projects (350 hours)")."""
    plain = title.lower()
    rest = _GROUP_WORDS.sub(" ", plain)
    sure = "size" in plain or bool(re.search(r"\d|\b(?:small|large|short|long)\b", rest))
    return sure and "difficult" not in plain and is_size_tag(rest)
