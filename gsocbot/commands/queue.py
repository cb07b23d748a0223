"""The queue for the office hour: a place in it, left beforehand, and who waits."""

from collections.abc import Iterator

from gsocbot.commands.ask import Ask
from gsocbot.commands.command import Text
from gsocbot.commands.office import next_session
from gsocbot.render import words as wording
from gsocbot.render.lines import cut
from gsocbot.rules import queue as rules
from gsocbot.rules.queue import PlaceState
from gsocbot.store import queue as kept
from gsocbot.store.tables import QueuePlace
from gsocbot.talk import Refused, Say

SHORT = 40
"""Bytes of what somebody wants to ask, in the list."""


def queue(ask: Ask, text: Text = "") -> Iterator[Say]:
    """Take a place in the queue of the office hour, with what you want to ask."""
    wanted = rules.asked(text)
    waiting = kept.waiting(ask.books, ask.season_key)
    mine = next((place for place in waiting if _is_mine(ask, place)), None)
    if mine is None:
        rules.check_room(len(waiting))
        undo = "you are not in the queue any more"
        mine = ask.keep(QueuePlace, undo, nick=ask.heard.nick, text=wanted)
        waiting.append(mine)
    elif wanted:
        ask.books.change(ask.deed, mine, "your place says what it said", text=wanted)
    session = next_session(ask)
    when = f" Next office hour: {wording.moment(session.start, ask.now)}." if session else ""
    more = "" if mine.text else " Say what it is about: !queue <text>"
    number = waiting.index(mine) + 1
    yield ask.answer(f"you are number {number} in the queue.{when}{more}")


def queue_leave(ask: Ask) -> Iterator[Say]:
    """Give up your place in the queue."""
    for place in kept.waiting(ask.books, ask.season_key):
        if _is_mine(ask, place):
            undo = "you are in the queue again"
            ask.books.change(ask.deed, place, undo, state=PlaceState.LEFT)
            yield ask.answer("you are not in the queue any more.")
            return
    raise Refused("you are not in the queue. Take a place: !queue <what it is about>")


def queue_drop(ask: Ask, nick: str) -> Iterator[Say]:
    """Take somebody off the queue: who was helped, or will not come."""
    for place in kept.waiting(ask.books, ask.season_key):
        if nick.lower() in {place.nick.lower(), place.asker.lower()}:
            who = ask.name(place.nick)
            undo = f"@{place.nick} is in the queue again"
            ask.books.change(ask.deed, place, undo, state=PlaceState.LEFT)
            yield ask.answer(f"{who} is off the queue.")
            return
    raise Refused(f'nobody called "{nick[:30]}" is in the queue. All: !showqueue')


def showqueue(ask: Ask) -> Iterator[Say]:
    """Say who waits for the office hour."""
    waiting = kept.waiting(ask.books, ask.season_key)
    if not waiting:
        raise Refused("nobody is in the queue. Take a place: !queue <what it is about>")
    items = [
        f"{number} {ask.name(place.nick)}{f' ({cut(place.text, SHORT)[0]})' if place.text else ''}"
        for number, place in enumerate(waiting, 1)
    ]
    yield ask.listing("queue: ", items)


def _is_mine(ask: Ask, place: QueuePlace) -> bool:
    return (place.network, place.asker) == (ask.network, ask.asker)
