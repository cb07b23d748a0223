"""Lists of words, written as people write them: one after another."""

import unicodedata


def bare(text: str) -> str:
    """A text without accents: Schwierigkeit stays, difficulté is difficulte."""
    parts = unicodedata.normalize("NFKD", text)
    return "".join(letter for letter in parts if not unicodedata.combining(letter))


def words(text: str) -> frozenset[str]:
    """The words of a text."""
    return frozenset(text.split())
