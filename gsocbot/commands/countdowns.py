"""How a date is counted down: our own earlier one, its reminders, and that it is done."""

from collections.abc import Iterator
from datetime import timedelta

from gsocbot.commands.ask import Ask
from gsocbot.commands.command import Words
from gsocbot.commands.dates import (
    briefly,
    discreetly,
    done_by,
    how_to_move,
    now_as,
    reminders_of,
    replan,
    row_of,
    to_come,
)
from gsocbot.commands.timeline import for_whom, one_date
from gsocbot.render import words as wording
from gsocbot.render.words import listed
from gsocbot.rules import deadlines as rules
from gsocbot.rules.roles import Role
from gsocbot.rules.timeline import Audience, Deadline, DeadlineKind
from gsocbot.store import deadlines as kept
from gsocbot.store import seasons, tables
from gsocbot.talk import Refused, Say

OFF = frozenset({"off", "no", "undo"})


def deadline_internal(ask: Ask, slug: str, span: Words) -> Iterator[Say]:
    """Say how long before a date our own is, of which people hear first; off takes it away."""
    old = one_date(ask, slug)
    ours = rules.read_ours(span)
    if ours is not None and old.at is None:
        raise Refused(f"no hour of {old.slug} is known; give one first: {how_to_move(old)}")
    at = None if ours is None or old.at is None else old.at - ours
    if at is not None and at <= ask.now:
        raise Refused(
            f"ours would be {wording.moment(at, ask.now)}, {wording.distance(at, ask.now)}; "
            f"{old.slug} is {wording.when(old, ask.now)}"
        )
    row = row_of(ask, old)
    before_that = wording.moment(old.ours_at, ask.now) if old.ours_at else "not kept"
    minutes = None if ours is None else ours // timedelta(minutes=1)
    undo = f"ours of {old.slug} is {before_that} again"
    if not ask.books.change(ask.deed, row, undo, ours_minutes=minutes):
        raise Refused(f"that is so already. See: !deadline {old.slug}")
    replan(ask)
    if at is None:
        yield ask.answer(
            f"{old.slug}: no date of ours any more. {briefly(ask, old)} alone counts.", as_is=True
        )
        return
    whom = for_whom(old.audience, ask.season.word)
    sees = "sees" if whom == "everybody" else "see"
    yield ask.answer(
        f"{old.slug}: ours is {wording.moment(at, ask.now)} ({wording.distance(at, ask.now)}). "
        f"{whom.capitalize()} {sees} ours first.",
        as_is=True,
    )


def deadline_remind(ask: Ask, slug: str, span: Words) -> Iterator[Say]:
    """Say how long before a date to remind of it; off and default are spans too."""
    old = one_date(ask, slug)
    offsets = rules.read_offsets(span)
    if old.at is None:
        raise Refused(f"no hour of {old.slug} is known; give one first: {how_to_move(old)}")
    if old.acked_by:
        yield from discreetly(ask, old)
    row = row_of(ask, old)
    undo = f"{old.slug} reminds as before"
    text = seasons.offsets_as_kept(offsets)
    if not ask.books.change(ask.deed, row, undo, offsets=text):
        raise Refused(f"that is so already. See: !deadline {old.slug}")
    replan(ask)
    found = now_as(ask, old.slug)
    yield ask.answer(f"{found.slug}: {reminders_of(ask, found)}", as_is=True)


def ack(ask: Ask, slug: str, off: str = "") -> Iterator[Say]:
    """Say that what a date asks for is done, so that nobody is reminded of it any more."""
    old = one_date(ask, slug)
    yield from discreetly(ask, old)
    row = row_of(ask, old)
    if off:
        yield from _open_again(ask, old, row, off)
        return
    if old.acked_by and old.acked_at:
        done = f"{old.slug} is done already ({done_by(ask, old)})"
        raise Refused(f"{done}. Not so: !ack {old.slug} off", as_is=True)
    if old.kind is not DeadlineKind.DEADLINE and not old.offsets:
        raise Refused(f"nothing is owed at {old.slug}; it merely happens, {briefly(ask, old)}")
    count = len(to_come(ask, old))
    if old.audience is not Audience.ORGANISERS:
        whom = for_whom(old.audience, ask.season.word)
        ask.confirm(
            f"this stops all reminders of {old.slug}, which is for {whom}, to them too "
            f"({count} to come)."
        )
    undo = f"{old.slug} is reminded of again"
    ask.books.change(ask.deed, row, undo, acked_by=ask.who, acked_at=ask.now)
    replan(ask)
    _tell_organisers(ask, old, is_done=True)
    others = [a for a in ask.holders(Role.ORGANISER) if a != ask.who]
    theirs = others and old.audience is Audience.ORGANISERS
    free = f"{listed(ask.names(others))} need not hurry, " if theirs else ""
    done = done_by(ask, now_as(ask, old.slug))
    stopped = "reminders stopped" if count else "nothing more to remind of"
    yield ask.answer(f"{old.slug} is done ({done}); {free}{stopped}.", as_is=True)


def _open_again(ask: Ask, old: Deadline, row: tables.Deadline, word: str) -> Iterator[Say]:
    if word.lower() not in OFF:
        raise Refused(f'I do not know what "{word[:40]}" means here: !ack <slug> [off]', stray=True)
    if not old.acked_by:
        raise Refused(f"{old.slug} is open: {briefly(ask, old)}", as_is=True)
    ask.books.change(
        ask.deed, row, f"{old.slug} is reminded of no more", acked_by="", acked_at=None
    )
    replan(ask)
    _tell_organisers(ask, old, is_done=False)
    found = now_as(ask, old.slug)
    yield ask.answer(f"{old.slug} is open again; {reminders_of(ask, found)}", as_is=True)


def _tell_organisers(ask: Ask, found: Deadline, *, is_done: bool) -> None:
    """Nobody is to wonder in their channel why its reminders end; who hears it said there knows."""
    here = (ask.network, ask.heard.channel)
    rooms = [room for room in ask.organisers_rooms if room != here]
    kept.tell_acked(ask.books, ask.deed, found, rooms, is_done=is_done)
