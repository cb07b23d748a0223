"""Minutes: what people have said in a meeting, and what its words come to."""

from gsocbot.rules.minutes.items import (
    Attendee,
    Item,
    Minutes,
    Said,
    Sort,
    Topic,
    owner,
)
from gsocbot.rules.minutes.meetbot import minutes
from gsocbot.rules.minutes.replay import replay

__all__ = [
    "Attendee",
    "Item",
    "Minutes",
    "Said",
    "Sort",
    "Topic",
    "minutes",
    "owner",
    "replay",
]
