"""Search: a question in anybody's words, the words of a season's ideas, one rule that ranks."""

from gsocbot.rules.search.filters import wished
from gsocbot.rules.search.index import Entry, Index
from gsocbot.rules.search.ranking import Hit, rank
from gsocbot.rules.search.words import CHATTER, terms
from gsocbot.rules.search.words import STOP_WORDS as _NO_WORDS

STOP_WORDS = _NO_WORDS | CHATTER
"""What says nothing of an idea in a question."""

__all__ = ["STOP_WORDS", "Entry", "Hit", "Index", "rank", "terms", "wished"]
