"""Questions in plain words: what kind of right answer each wants."""

from gsocbot.rules.questions.reading import (
    ENOUGH,
    FaqEntry,
    Meaning,
    Reader,
    understand,
)
from gsocbot.rules.questions.signs import is_sign
from gsocbot.rules.questions.topics import MeaningKind
from gsocbot.rules.questions.words import LONGEST_QUESTION

__all__ = [
    "ENOUGH",
    "LONGEST_QUESTION",
    "FaqEntry",
    "Meaning",
    "MeaningKind",
    "Reader",
    "is_sign",
    "understand",
]
