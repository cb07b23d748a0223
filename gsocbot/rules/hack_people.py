"""Who comes to a hackathon: their skills, from where they are, and how many of whom there are."""

import re
from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass

from gsocbot.rules.hack_topics import QUOTES, read_skills
from gsocbot.talk import Refused

LONGEST_WORD = 60
"""Bytes of an affiliation or a country."""

NOWHERE = frozenset({"-", "none", "nothing", "off"})

_COUNTRIES = frozenset({"uk", "gb", "us", "usa", "uae", "eu"})
"""Short names that nobody has for where they work; others are written behind a comma."""

_FROM = re.compile(r"(?:^|[\s,;]+)from\s+", re.IGNORECASE)
_IN = re.compile(r"(?:^|[\s,;]+)in\s+(?:the\s+)?(?=[A-Z])")
_SKILLS = re.compile(r"\s*(?:skills?|with)\s*:?\s+", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Introduced:
    """What somebody says of themselves; empty where they do not say it."""

    skills: str = ""
    affiliation: str = ""
    country: str = ""


def introduced(text: str) -> Introduced:
    """Read libxl, OCaml from Citrix, UK; or libxl OCaml from Citrix in UK; any part may lack."""
    plain = " ".join(text.split())
    parts = _FROM.split(plain, maxsplit=1)
    head, whence = parts[0], parts[1] if len(parts) > 1 else ""
    country = ""
    if whence:
        whence, country = _with_country(whence)
    else:
        head, country = _split(_IN, head)
    head = _SKILLS.sub("", head, count=1) if _SKILLS.match(head) else head
    return Introduced(", ".join(read_skills(head)), checked(whence), checked(country))


def _with_country(whence: str) -> tuple[str, str]:
    if whence.strip(" .,;").lower() in _COUNTRIES:
        return "", whence
    place, comma, country = whence.rpartition(",")
    if comma:
        return place, _IN.sub("", country.strip(), count=1)
    return _split(_IN, whence)


def _split(pattern: re.Pattern[str], text: str) -> tuple[str, str]:
    found = next(reversed(list(pattern.finditer(text))), None)
    return (text, "") if found is None else (text[: found.start()], text[found.end() :])


def checked(text: str) -> str:
    """An affiliation or a country as it is kept; refuses too long a one."""
    plain = " ".join(text.split()).strip(QUOTES + " .,;:")
    if plain.lower() in NOWHERE:
        return ""
    if len(plain.encode()) > LONGEST_WORD:
        raise Refused(f'"{plain[:20]}…" is longer than {LONGEST_WORD} bytes; say it shorter')
    return plain


def counted(words: Iterable[str]) -> list[tuple[str, int]]:
    """How many there are of each, the most first, as it was first written; nothing is no word."""
    shown: dict[str, str] = {}
    count: Counter[str] = Counter()
    for word in words:
        if word:
            key = " ".join(word.casefold().split())
            shown.setdefault(key, word)
            count[key] += 1
    return [(shown[key], n) for key, n in sorted(count.items(), key=lambda kv: (-kv[1], kv[0]))]
