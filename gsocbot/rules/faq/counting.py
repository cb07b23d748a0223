"""What is counted of what people ask the FAQ: words and days, nobody's name."""

from datetime import date, timedelta
from typing import NamedTuple

LONGEST_WORD = 40
"""Bytes of a word that was asked in vain."""
MOST_IN_VAIN = 300
"""So many different words a day are counted of those that were asked in vain."""
IN_VAIN_LASTS = timedelta(days=7)
"""For so long it is remembered what was asked in vain."""


class Count(NamedTuple):
    """What is counted together: the same word on the same day of UTC.

    A `known` word is the key of an entry that was said, any other was asked in vain.
    """

    season: str
    day: date
    word: str
    known: bool


def folded_word(text: str) -> str:
    """Words that were asked in vain as they are counted; empty for what nobody need see.

    An address may be somebody's, and what has no letters is no word.
    """
    word = " ".join(text.casefold().split()).strip(" ?!.,;:\"'")
    if "@" in word or not any(c.isalpha() for c in word):
        return ""
    return word.encode()[:LONGEST_WORD].decode(errors="ignore").strip()
