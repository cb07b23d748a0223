"""Thanks as people write them: whom, and for what."""

import re
from collections.abc import Collection, Mapping

from gsocbot.rules.forgetting import SHORTEST, Forgotten
from gsocbot.rules.personal import GONE
from gsocbot.rules.search import STOP_WORDS
from gsocbot.talk import Refused

LONGEST_WHOM, LONGEST_WHAT = 60, 150
"""Bytes."""

MOST = 20
"""Of one person; the report is to end somewhere."""

HOW = "Thank somebody: !thanks <who> for <what>"

SOMEBODY = "somebody"
"""Who is thanked, or spoken of, where nobody may be named."""

_WORD = re.compile(r"[^\s,;:.!?()&+]+")
_EDGES = "@[]{}<>-_`^|~\"'“”‘’"
_FOR = re.compile(r"\s+for\s+", re.IGNORECASE)


def read_thanks(text: str) -> tuple[str, str]:
    """Whom somebody thanks, and for what; refuses one without the other."""
    plain = " ".join(text.split()).strip(" .!")
    plain = plain[len("to ") :] if plain.lower().startswith("to ") else plain
    found = _FOR.search(plain)
    whom, what = (plain[: found.start()], plain[found.end() :]) if found else (plain, "")
    whom = whom.strip("@,: ")
    if not any(map(str.isalnum, whom)) or not any(map(str.isalnum, what)):
        raise Refused(f"say for what, too. {HOW}")
    if len(whom.encode()) > LONGEST_WHOM:
        raise Refused(f"who is thanked has at most {LONGEST_WHOM} bytes; thank the others apart")
    if len(what.encode()) > LONGEST_WHAT:
        raise Refused(f"say for what in {LONGEST_WHAT} bytes. {HOW}")
    return whom, what


def marked(whom: str) -> str:
    """Who is thanked, with an @ before a name that could call somebody."""
    return whom if " " in whom else f"@{whom}"


def people_in(whom: str, worn: Mapping[str, str]) -> list[str]:
    """The accounts of people who are thanked by name; `worn` are those of nicks and accounts."""
    found = [worn.get(form) for word in _WORD.findall(whom) for form in _forms(word)]
    return list(dict.fromkeys(account for account in found if account))


def _forms(word: str) -> list[str]:
    """A name as it may be meant: with and without what is only around or behind it."""
    low = word.lower()
    bare = re.split(r"[|\[{]", low.strip(_EDGES))[0]
    tailless = bare.rpartition("-")[0]
    return [low, low.strip(_EDGES), bare.strip(_EDGES), tailless.strip(_EDGES)]


def without(names: Collection[str], whom: str, what: str) -> tuple[str, str]:
    """Whom and for what without the names of people who are not to be named; `whom` is empty then.

    A name that is also a word ("will") is taken for one, unless no sentence does without ("the").
    """
    hidden = frozenset(name.lower() for name in names)
    small = frozenset(name for name in hidden if len(name) < SHORTEST or name in STOP_WORDS)
    if hidden - small:
        people = Forgotten("", "", hidden - small)
        whom, what = people.out_of_sentence(whom), people.out_of_sentence(what)
    if small:
        people = Forgotten("", "", small)
        whom, what = people.out_of_sentence(whom), people.out_of(what)
    what = what.replace(f"@{GONE}", SOMEBODY).replace(GONE, SOMEBODY)
    return ("" if GONE in whom else whom), what


def check_count(said: int) -> None:
    """Refuse one too many of the same person."""
    if said >= MOST:
        raise Refused(f"you have thanked {MOST} times; take one back: !thanks drop <number>")
