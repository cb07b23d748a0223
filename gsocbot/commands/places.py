"""Places in the queue, as they are shown and found."""

from collections.abc import Sequence

from gsocbot.commands.ask import Ask
from gsocbot.render.lines import cut
from gsocbot.rules import queue as rules
from gsocbot.store import queue as kept
from gsocbot.store.tables import QueuePlace

SHORT = 40
"""Bytes of what somebody wants to ask, in the list."""


def briefly(ask: Ask, places: Sequence[QueuePlace]) -> list[str]:
    """priya (7: which kernel), without calling anybody"""
    shown = public_texts(ask, places)
    found = []
    for place in places:
        text = cut(shown.get(place.id or 0, ""), SHORT)[0]
        found.append(f"{ask.name(nick_of(ask, place))}{f' ({text})' if text else ''}")
    return found


def public_texts(ask: Ask, places: Sequence[QueuePlace]) -> dict[int, str]:
    """What places are about, by their ids, as far as who asks may know it here.

    What somebody left in private is read there by themselves, by mentors and by organisers alone.
    """
    said = kept.said_where(ask.books, places)
    return {
        place.id or 0: place.text
        for place in places
        if place.id in said or (ask.in_private and (ask.roles or is_mine(ask, place)))
    }


def nick_of(ask: Ask, place: QueuePlace) -> str:
    """What somebody who waits is called just now; what they were called, if they are not there."""
    return ask.here.get(rules.as_target(place.asker), place.nick)


def is_here(ask: Ask, place: QueuePlace) -> bool:
    """Whether somebody who waits is there to be called; yes, if nobody could know."""
    return not ask.here or rules.as_target(place.asker) in ask.here


def is_mine(ask: Ask, place: QueuePlace) -> bool:
    """Whether it is the place of who asks."""
    return (place.network, place.asker) == (ask.network, ask.asker)


def of_nick(ask: Ask, places: Sequence[QueuePlace], nick: str) -> QueuePlace | None:
    """The place of somebody by their nick, then or now, or by their account."""
    wanted = nick.lower()
    for place in places:
        if wanted in {nick_of(ask, place).lower(), place.asker.lower(), place.nick.lower()}:
            return place
    return None


def wait(ask: Ask, number: int, helpers: int) -> str:
    """about 15 min"""
    minutes = rules.expected_wait(number, kept.measured(ask.books, ask.season_key), helpers)
    return f"about {minutes} min"
