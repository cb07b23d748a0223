"""Outcomes of a hackathon: how one is written, and what an idea made of it says."""

from gsocbot.rules.drafting import headline, titled
from gsocbot.rules.ideas import IdeaText
from gsocbot.rules.ids import whole_number
from gsocbot.talk import Refused

LONGEST_TEXT = 250
"""Bytes; it is one line of a report."""

MOST_OUTCOMES = 200
"""Of one hackathon."""

SHORT = 80
"""Bytes of an outcome in a list."""


def worded(text: str) -> str:
    """An outcome as it is kept; refuses one that says nothing, or is too long for a line."""
    plain = " ".join(text.split()).strip('"“” ')
    if not any(map(str.isalnum, plain)):
        raise Refused("say what came of it: !outcome add <text>")
    long = len(plain.encode())
    if long > LONGEST_TEXT:
        raise Refused(
            f"an outcome has at most {LONGEST_TEXT} bytes, and that has {long}; say the heart of "
            "it, and give the rest with !outcome link"
        )
    return plain


def number_of(word: str) -> int:
    """The number of an outcome; refuses what is none."""
    number = whole_number(word)
    if number is None:
        raise Refused(f'"{word[:20]}" is no outcome; write its number, like 4. All: !outcomes')
    return number


def as_idea(text: str, title: str, origin: str, link: str) -> IdeaText:
    """A draft of an idea that says where it comes from, behind what its title does not say."""
    called = titled(title) if title else headline(text)
    about = "" if called.casefold() == text.rstrip(".").casefold() else f"{text.rstrip('.')}."
    return IdeaText(called, description=" ".join(filter(None, [about, f"{origin}.", link])))
