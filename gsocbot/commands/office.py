"""The office hour: when it is, who is on, and how to join."""

from collections.abc import Iterator

from gsocbot.commands.ask import Ask
from gsocbot.commands.command import Words
from gsocbot.commands.office_when import NONE, coming, when, where, who_is_on
from gsocbot.commands.sessions import running
from gsocbot.render import words as wording
from gsocbot.render.addresses import OFFICE_CALENDAR
from gsocbot.rules.office_plans import Planned
from gsocbot.store import queue as places
from gsocbot.store.roster import Roster
from gsocbot.talk import Refused, Say

NEXT = frozenset({"hour", "hours", "next", "now", "when"})
"""What people say behind !office and mean nothing else by."""

LISTED = 6


def office(ask: Ask, which: Words = "") -> Iterator[Say]:
    """Say when the next office hour is, who is on, and how to join."""
    if others := set(which.lower().split()) - NEXT:
        raise Refused(f'I do not know what "{min(others)[:40]}" means here: !office', stray=True)
    here = running(ask)
    if here is not None:
        waiting = len(places.waiting(ask.books, here))
        yield ask.answer(
            f"the office hour is open here until {ask.moment(here.until)}; chair "
            f"{ask.name(here.chair)}. {_join(waiting)}"
        )
        return
    planned = next(iter(coming(ask)), None)
    if planned is None:
        raise Refused(NONE)
    session = planned.session
    minutes = int((session.end - session.start).total_seconds() // 60)
    begun = "the office hour is on now, since" if session.start <= ask.now else "next office hour:"
    aside = wording.aside(session.start, ask.now, ask.yours)
    place = where(ask, planned.weekly)
    on = who_is_on(ask, Roster(ask.books, ask.season_key), planned)
    told = f"On: {', '.join(on)}." if on else "Nobody has signed up for it yet."
    waiting = len(places.waiting_for_next(ask.books, ask.season_key, ask.network))
    yield ask.answer(
        f"{begun} {when(ask, planned)} ({aside}), {minutes} min{f', {place}' if place else ''}. "
        f"{told} {_join(waiting)}. All: !office list"
    )


def office_list(ask: Ask) -> Iterator[Say]:
    """List the coming office hours with who is on, and those that are left out."""
    shown = coming(ask, left_out=True)
    if not shown:
        raise Refused(NONE)
    signed = Roster(ask.books, ask.season_key)
    items = [_listed(ask, signed, planned) for planned in shown[:LISTED]]
    yield ask.listing("", items, f". Calendar: {ask.addresses.page(OFFICE_CALENDAR)}")


def _listed(ask: Ask, signed: Roster, planned: Planned) -> str:
    """Wed 6 Apr 15:00 UTC mira tomas, or why it is left out"""
    at = ask.moment(planned.start)
    if planned.why is not None:
        return f"{at} skipped: {planned.why}"
    room = f" {planned.weekly.channel}" if planned.weekly.channel else ""
    return f"{at}{room} {' '.join(who_is_on(ask, signed, planned)) or '(nobody yet)'}"


def _join(waiting: int) -> str:
    """Queue: 2. Join: q+ <your question>"""
    return f"{f'Queue: {waiting}. ' if waiting else ''}Join: q+ <your question>"
