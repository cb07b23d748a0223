"""What newcomers ask about besides the FAQ."""

from gsocbot.rules.questions.kinds.dates import TIMELINE
from gsocbot.rules.questions.kinds.people import CONTACT, REFUSE_PRIVATE
from gsocbot.rules.questions.kinds.work import HUMAN, IDEA_SEARCH

KINDS = (TIMELINE, CONTACT, IDEA_SEARCH, REFUSE_PRIVATE, HUMAN)
"""One of each kind; the FAQ adds its own."""

__all__ = ["CONTACT", "HUMAN", "IDEA_SEARCH", "KINDS", "REFUSE_PRIVATE", "TIMELINE"]
