"""The queue for the office hour: places in it, whose turn it is, and who helps them."""

from collections.abc import Iterator
from datetime import timedelta

from gsocbot.commands import places
from gsocbot.commands.ask import Ask
from gsocbot.commands.command import Text
from gsocbot.commands.embargo import refusal
from gsocbot.commands.places import briefly, is_here, mine, nick_of, of_nick, public_texts, said_in
from gsocbot.commands.sessions import NONE_OPEN, running, taken_over
from gsocbot.render import words as wording
from gsocbot.rules import queue as rules
from gsocbot.rules.embargo import is_of_results
from gsocbot.rules.office import LOOKED_AHEAD
from gsocbot.rules.queue import PlaceState
from gsocbot.store import office, roster
from gsocbot.store import queue as kept
from gsocbot.store.tables import OfficeSession, QueuePlace
from gsocbot.talk import Kind, Refused, Say

TAKE = "Take a place: q+ <what it is about>"


LISTS = frozenset({"list", "show", "who"})
"""What people say who want to see the queue and not a place in it."""


def queue(ask: Ask, text: Text = "") -> Iterator[Say]:
    """Take a place in the queue of the office hour, with what you want to ask."""
    if text.lower() in LISTS:
        yield from queue_show(ask)
        return
    wanted = rules.asked(text)
    if is_of_results(wanted):
        raise Refused(refusal(ask, wanted), Kind.REFUSAL)
    session = _session(ask)
    other = ""
    helped, waiting = _all(ask, session)
    there = mine(ask, [*helped, *waiting])
    if there is None:
        if session is not None and not session.queue_open:
            raise Refused("the queue is closed; put it as a question: !ask <text>")
        rules.check_room(len(waiting))
        number = session.id if session else None
        undo = "you are not in the queue any more"
        values = {"nick": ask.heard.nick, "text": wanted, "session": number}
        there = ask.keep(QueuePlace, undo, **values, channel=said_in(ask))
        waiting.append(there)
    elif wanted:
        other = " Your question is the new one now." if there.text not in {"", wanted} else ""
        channel = said_in(ask) if there.channel or not there.text else ""
        undo = "your place says what it said"
        ask.books.change(ask.deed, there, undo, text=wanted, channel=channel)
    yield _place(ask, session, [*helped, *waiting], there, other)


def queue_leave(ask: Ask, words: Text = "") -> Iterator[Say]:
    """Give up your place in the queue."""
    helped, waiting = _all(ask, _session(ask))
    place = mine(ask, [*waiting, *helped])
    if place is None:
        raise Refused(f"you are not in the queue. {TAKE}")
    undo = "you are in the queue again"
    ask.books.change(ask.deed, place, undo, state=PlaceState.LEFT, done_at=ask.now)
    yield ask.answer("you are not in the queue any more.")


def queue_show(ask: Ask) -> Iterator[Say]:
    """Say who waits for the office hour, and who is helped by whom."""
    session = _session(ask)
    helped, waiting = _all(ask, session)
    closed = session is not None and not session.queue_open
    if not helped and not waiting:
        raise Refused(f"nobody is in the queue{', which is closed' if closed else f'. {TAKE}'}")
    items = briefly(ask, [*helped, *waiting])
    for number, place in enumerate(helped):
        items[number] += f" with {ask.name(place.helper)}"
    numbered = [f"{number} {item}" for number, item in enumerate(items, 1)]
    yield ask.listing("queue: ", numbered, ". Closed, no more can come." if closed else "")


def queue_next(ask: Ask) -> Iterator[Say]:
    """Call whoever has waited longest."""
    session = _led(ask)
    _finish_mine(ask, session)
    waiting = kept.waiting(ask.books, session)
    there = next((place for place in waiting if is_here(ask, place)), None)
    if there is None:
        if waiting:
            raise Refused(f"of {len(waiting)} who wait nobody is here; they keep their places")
        yield ask.announce("Nobody is waiting.")
        return
    gone = [nick_of(ask, place) for place in waiting[: waiting.index(there)]]
    away = f" ({wording.listed(ask.names(gone))} not here, {_keeps(gone)})" if gone else ""
    yield _call(ask, there, away)


def queue_ack(ask: Ask, nick: str) -> Iterator[Say]:
    """Call somebody out of turn."""
    session = _led(ask)
    place = _waiting_one(ask, session, nick)
    _finish_mine(ask, session)
    yield _call(ask, place)


def queue_done(ask: Ask, note: Text = "") -> Iterator[Say]:
    """End the help for whom you are with, with a note if you like."""
    session = _led(ask)
    helped = kept.called(ask.books, session)
    done = [place for place in helped if place.helper == ask.asker] or helped[:1]
    if not done:
        raise Refused("nobody is being helped just now; the next one: !q next")
    note = rules.asked(note)
    for place in done:
        _finish(ask, place, note)
    names = wording.listed([ask.name(nick_of(ask, place)) for place in done])
    yield ask.announce(f"{names} done. {_left(ask, session)}")


def queue_later(ask: Ask, nick: str = "") -> Iterator[Say]:
    """Let all others go before you; who leads may say so of somebody."""
    session = _led(ask) if nick else _session(ask)
    helped, waiting = _all(ask, session)
    everybody = [*helped, *waiting]
    if nick:
        place = of_nick(ask, everybody, nick)
        if place is None:
            raise Refused(_not_in_it(nick))
    else:
        place = mine(ask, everybody)
        if place is None:
            raise Refused(f"you are not in the queue. {TAKE}")
    undo = f"@{place.nick} has the turn again"
    last = max([ask.now, *(p.turn or p.at for p in waiting)])
    waits, turn = PlaceState.WAITING, last + timedelta(microseconds=1)
    ask.books.change(ask.deed, place, undo, state=waits, helper="", called_at=None, turn=turn)
    helped, waiting = _all(ask, session)
    yield _place(ask, session, [*helped, *waiting], place)


def queue_close(ask: Ask) -> Iterator[Say]:
    """Close the queue; who waits keeps their place."""
    session = _led(ask)
    if not session.queue_open:
        raise Refused("the queue is closed already; again: !q open")
    ask.books.change(ask.deed, session, "the queue is open again", queue_open=False)
    yield ask.announce(f"The queue is closed now. {_left(ask, session)}")


def queue_open(ask: Ask) -> Iterator[Say]:
    """Open the queue again."""
    session = _led(ask)
    if session.queue_open:
        raise Refused("the queue is open: q+ <question>")
    ask.books.change(ask.deed, session, "the queue is closed again", queue_open=True)
    yield ask.announce("The queue is open again: q+ <question>")


def queue_drop(ask: Ask, nick: str) -> Iterator[Say]:
    """Take somebody off the queue who will not come."""
    session = running(ask)
    helped, waiting = _all(ask, session if session else _session(ask))
    place = of_nick(ask, [*helped, *waiting], nick)
    if place is None:
        raise Refused(_not_in_it(nick))
    undo = f"@{place.nick} is in the queue again"
    ask.books.change(ask.deed, place, undo, state=PlaceState.LEFT, done_at=ask.now)
    yield ask.answer(f"{ask.name(nick_of(ask, place))} is off the queue.")


# --- which queue


def _session(ask: Ask) -> OfficeSession | None:
    """The session that runs here, or the only one of the season where the person is too."""
    here = running(ask)
    if here is not None or ask.heard.channel is not None:
        return here
    found = [
        row
        for row in office.every_open(ask.books)
        if (row.season, row.network) == (ask.season_key, ask.network)
        and (not ask.heard.shared or row.channel in ask.heard.shared)
    ]
    if len(found) > 1:
        rooms = " or ".join(row.channel for row in found)
        raise Refused(f"office hours are open in {rooms}; say it there")
    return found[0] if found else None


def _led(ask: Ask) -> OfficeSession:
    if running(ask) is None:
        raise Refused(NONE_OPEN)
    return taken_over(ask)


def _all(ask: Ask, session: OfficeSession | None) -> tuple[list[QueuePlace], list[QueuePlace]]:
    """Who is being helped, and who waits."""
    if session is None:
        return [], kept.waiting_for_next(ask.books, ask.season_key, ask.network)
    return kept.called(ask.books, session), kept.waiting(ask.books, session)


# --- what is said


def _place(
    ask: Ask,
    session: OfficeSession | None,
    everybody: list[QueuePlace],
    mine: QueuePlace,
    other: str = "",
) -> Say:
    """Which number somebody is."""
    number = everybody.index(mine) + 1
    if session is None:
        more = "" if mine.text else " Say what it is about: q+ <text>"
        return ask.answer(f"you are number {number} in the queue.{other}{_when(ask)}{more}")
    helpers = {place.helper for place in everybody if place.state is PlaceState.CALLED}
    if mine.state == PlaceState.CALLED:
        where = f"being helped by {ask.name(mine.helper)}"
    else:
        where = f"number {number} ({places.wait(ask, number, len(helpers))})"
    if ask.in_private:
        return ask.answer(f"you are {where}.{other}")
    return ask.announce(f"{ask.name(nick_of(ask, mine))} is {where}.{other}")


def _when(ask: Ask) -> str:
    coming = roster.coming(ask.books, ask.season_key, ask.now, ask.now + LOOKED_AHEAD)
    start = next((occurrence.start for _, _, occurrence in coming), None)
    if start is not None and start <= ask.now:
        return " The office hour is on now, and opens as soon as a mentor is here."
    return f" Next office hour: {wording.moment(start, ask.now)}." if start else ""


def _call(ask: Ask, place: QueuePlace, away: str = "") -> Say:
    state = PlaceState.CALLED
    ask.books.change(ask.deed, place, state=state, helper=ask.asker, called_at=ask.now)
    text = public_texts(ask, [place]).get(place.id or 0, "")
    private = " (you left it in private)" if place.text else ""
    what = f': "{text}"' if text else f"; what is it about?{private}"
    helper = ask.name(ask.heard.nick)
    return ask.announce(f"{nick_of(ask, place)}: you are next, {helper} is with you{what}{away}")


def _finish_mine(ask: Ask, session: OfficeSession) -> None:
    """Whoever calls the next one is done with the one before."""
    for place in kept.called(ask.books, session):
        if place.helper == ask.asker:
            _finish(ask, place)


def _finish(ask: Ask, place: QueuePlace, note: str = "") -> None:
    ask.books.change(ask.deed, place, state=PlaceState.HELPED, done_at=ask.now, note=note)


def _left(ask: Ask, session: OfficeSession) -> str:
    waiting = kept.waiting(ask.books, session)
    if not waiting:
        return "Nobody is waiting."
    return f"Next: {ask.name(nick_of(ask, waiting[0]))}. {len(waiting)} waiting."


def _waiting_one(ask: Ask, session: OfficeSession, nick: str) -> QueuePlace:
    helped, waiting = _all(ask, session)
    place = of_nick(ask, [*helped, *waiting], nick)
    if place is None:
        raise Refused(_not_in_it(nick))
    if place in helped:
        who = ask.name(nick_of(ask, place))
        raise Refused(f"{who} is being helped by {ask.name(place.helper)} already")
    return place


def _not_in_it(nick: str) -> str:
    return f'nobody called "{nick[:30]}" is in the queue. All: q?'


def _keeps(gone: list[str]) -> str:
    return "keeps the place" if len(gone) == 1 else "keep their places"
