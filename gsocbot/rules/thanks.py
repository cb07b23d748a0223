"""Thanks as people write them: whom, and for what."""

import re

from gsocbot.talk import Refused

LONGEST_WHOM, LONGEST_WHAT = 60, 150
"""Bytes."""

MOST = 20
"""Of one person; the report is to end somewhere."""

HOW = "Thank somebody: !thanks <who> for <what>"

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


def check_count(said: int) -> None:
    """Refuse one too many of the same person."""
    if said >= MOST:
        raise Refused(f"you have thanked {MOST} times; take one back: !thanks drop <number>")
