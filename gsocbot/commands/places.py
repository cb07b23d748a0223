"""Places in the queue, as they are shown and found."""

from collections.abc import Sequence

from gsocbot.commands.ask import Ask
from gsocbot.config import ChannelRole
from gsocbot.render.lines import cut
from gsocbot.rules import queue as rules
from gsocbot.rules.ids import whole_number
from gsocbot.store import queue as kept
from gsocbot.store.tables import QueuePlace

_CAPITALS = str.maketrans("[]\\~", "{}|^")

LONGEST_SAID = 120
"""Minutes; who would wait longer is told of another way."""

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
    return {
        place.id or 0: place.text
        for place in places
        if place.channel or (ask.in_private and (ask.roles or is_mine(ask, place)))
    }


def said_in(ask: Ask) -> str:
    """The public channel in which something is said, empty for any other place."""
    channel = ask.heard.channel
    return channel if channel and ask.role is ChannelRole.PUBLIC else ""


def nick_of(ask: Ask, place: QueuePlace) -> str:
    """What somebody who waits is called just now; what they were called, if they are not there."""
    return _here(ask).get(_folded(rules.as_target(place.asker)), place.nick)


def is_here(ask: Ask, place: QueuePlace) -> bool:
    """Whether somebody who waits is there to be called.

    So are all if nobody could know, and who speaks over a bridge, on whose other side nobody sees.
    """
    over_a_bridge = " " in place.asker
    return not ask.here or over_a_bridge or _folded(rules.as_target(place.asker)) in _here(ask)


def _here(ask: Ask) -> dict[str, str]:
    return {_folded(target): nick for target, nick in ask.here.items()}


def _folded(target: str) -> str:
    """A target as networks of any CASEMAPPING compare it (RFC 1459: []\\~ are the capitals)."""
    return target[:1] + target[1:].lower().translate(_CAPITALS)


def mine(ask: Ask, places: Sequence[QueuePlace]) -> QueuePlace | None:
    """The place of who asks; one that they took before they logged in is theirs from now on."""
    there = next((place for place in places if is_mine(ask, place)), None)
    if there is None and ask.heard.account is not None:
        before = f"~{ask.heard.nick.lower()}"
        there = next((p for p in places if (p.network, p.asker) == (ask.network, before)), None)
        if there is not None and ask.call.command.changes:
            ask.books.change(ask.deed, there, asker=ask.asker)
    return there


def is_mine(ask: Ask, place: QueuePlace) -> bool:
    """Whether it is the place of who asks."""
    return (place.network, place.asker) == (ask.network, ask.asker)


def of_nick(ask: Ask, places: Sequence[QueuePlace], nick: str) -> QueuePlace | None:
    """The place of somebody by their nick, then or now, their account, or the number of it.

    A nick may stand there as the bot writes it: k·ofi.
    """
    number = whole_number(nick)
    if number is not None and 1 <= number <= len(places):
        return places[number - 1]
    wanted = nick.lower().replace("·", "").strip("@,:")
    for place in places:
        if wanted in {nick_of(ask, place).lower(), place.asker.lower(), place.nick.lower()}:
            return place
    return None


def wait(ask: Ask, number: int, helpers: int) -> str:
    """about 15 min"""
    minutes = rules.expected_wait(number, kept.measured(ask.books, ask.season_key), helpers)
    return f"about {minutes} min" if minutes <= LONGEST_SAID else "a long wait; or !ask <text>"
