"""Who is stuck is offered a place in the queue of the next office hour."""

from collections.abc import Iterator
from datetime import datetime, timedelta
from typing import NamedTuple

from gsocbot.commands import places as shown
from gsocbot.commands.ask import Ask
from gsocbot.commands.command import Call
from gsocbot.commands.queue import queue
from gsocbot.render import words as wording
from gsocbot.render.lines import cut
from gsocbot.rules.ids import whole_number
from gsocbot.rules.queue import LONGEST_TEXT
from gsocbot.rules.recurrence import Occurrence
from gsocbot.rules.roles import Role
from gsocbot.store import queue as places
from gsocbot.store import roster
from gsocbot.store.private import report_letters
from gsocbot.store.private import reports as kept
from gsocbot.store.private.reports import Standing
from gsocbot.talk import Refused, Say

WITHIN = timedelta(days=14)
"""An office hour that is farther away is no help."""

SHORT = 60
"""Bytes of what somebody is stuck on, when it is said back."""

_LEADS = frozenset({"on", "with", "at", "in", "because", "since", "trying", "by", "as"})


class _Next(NamedTuple):
    series: str
    session: Occurrence

    @property
    def start(self) -> datetime:
        return self.session.start


def mine(ask: Ask) -> Standing:
    """How who asks is with their reports; refused alike to all who have no project here."""
    found = kept.own(ask.books, ask.season_key, ask.network, ask.who, ask.now)
    if found is None:
        refused = Refused(
            "I know of no project of yours here. If there should be one, ask an organiser"
        )
        # A channel cannot tell who never had one from whose has ended.
        refused.private = ask.heard.channel is not None
        raise refused
    return found


def offer(ask: Ask, week: int, stuck: str) -> str:
    """Offer a place to somebody who is stuck; nothing, if there is none to have."""
    coming = _next(ask)
    waiting = places.waiting_for_next(ask.books, ask.season_key, ask.network)
    if coming is None or shown.mine(ask, waiting) is not None:
        return ""
    ask.memory.ask(ask.person, Call(ask.other("report", "queue"), (str(week),)), ask.now)
    short = cut(stuck, SHORT)[0] + "…" * (len(stuck.encode()) > SHORT)
    on = short if short.split()[0].lower() in _LEADS else f'("{short}")'
    if coming.start <= ask.now:
        whose = "the queue of the office hour that is on now"
    elif coming.start - ask.now < timedelta(days=6):
        whose = f"{coming.start:%A}'s queue"
    else:
        whose = f"the queue for {wording.day(coming.start.date(), ask.now)}"
    return f"You are stuck {on}: shall I put you on {whose}? Say !yes"


def report_queue(ask: Ask, week: str = "") -> Iterator[Say]:
    """Take a place in the queue with what your report says you are stuck on."""
    standing = mine(ask)
    number = whole_number(week) if week else max(standing.written, default=None)
    row = kept.row(ask.books, ask.season_key, ask.network, ask.who, number or 0)
    if row is None or not row.stuck:
        raise Refused("your report does not say that you are stuck; take a place: q+ <question>")
    said = list(queue(ask, cut(row.stuck, LONGEST_TEXT)[0]))
    waiting = places.waiting_for_next(ask.books, ask.season_key, ask.network)
    place, coming = shown.mine(ask, waiting), _next(ask)
    if place is None or coming is None:
        yield from said  # an office hour runs, and has its own words for it
        return
    helpers = roster.Roster(ask.books, ask.season_key).on(ask.network, *coming)
    able = ask.holders(Role.MENTOR)
    seers = helpers or [m for m in standing.known.project.mentors if m in able]
    position = waiting.index(place) + 1
    facts = {"week": row.week, "text": place.text, "number": position}
    report_letters.stuck(ask.books, ask.deed, standing, seers, coming.start, facts)
    sees = "sees" if len(seers) == 1 else "see"
    names = wording.listed(ask.names(seers))
    before = f"; {names} {sees} the question before" if seers else ""
    yield ask.answer(f"you are number {position} for {ask.moment(coming.start)}{before}.")


def _next(ask: Ask) -> _Next | None:
    found = roster.coming(ask.books, ask.season_key, ask.now, ask.now + WITHIN)
    return next((_Next(name, session) for name, _, session in found), None)
