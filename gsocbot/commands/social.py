"""The evenings of a hackathon: what there is beside the work, and who comes."""

from collections.abc import Iterator
from datetime import datetime

from gsocbot.commands.ask import Ask
from gsocbot.commands.command import Text
from gsocbot.commands.embargo import check_untold
from gsocbot.commands.hackathon_here import leads, one_of_us, open_hackathon, the_hackathon
from gsocbot.commands.venue import check_free, offset, replan
from gsocbot.rules import social as rules
from gsocbot.rules.hack_times import Span, begins
from gsocbot.rules.hackathon import EventKind, ends, room_key
from gsocbot.rules.hackathon_days import is_tonight
from gsocbot.rules.ids import whole_number
from gsocbot.store import hack_topics, hackathons
from gsocbot.store.hackathon_tables import EventGuest, Hackathon, HackEvent
from gsocbot.talk import Kind, Refused, Say

COUNT = frozenset({"who", "count"})
"""How many come, which is said of all that is next."""

ADD = "!social add <time> <what> [at <place>]"


def social(ask: Ask, event: str = "") -> Iterator[Say]:
    """Say what comes next beside the work, and how many come to it."""
    row = the_hackathon(ask)
    found = _meant(ask, row, "" if event.lower() in COUNT else event)
    coming = _coming(ask, row)
    mine = found in coming and ask.heard.account is not None and _guest(ask, found) is not None
    more = len([other for other in coming if other.start > found.start])
    which = f" {found.number}" if coming and found is not coming[0] else ""
    join = " You come." if mine else f" In? !social join{which}" if found in coming else ""
    then = f" · later: {_later(ask, row, coming, found)}" if more and not event else ""
    yield ask.answer(f"{_shown(ask, row, found)}.{join}{then}")


def social_add(ask: Ask, time: Text) -> Iterator[Say]:
    """Propose something beside the work: when, what and where; you come."""
    row = open_hackathon(ask)
    check_untold(ask, time)
    spoken, what, place = rules.read_event(time)
    days = hackathons.days_of(row)
    day, start = begins(spoken, days, ask.now, row.name)
    if start <= ask.now:
        raise Refused(f"{_when(ask, row, start)} is over; say a later time, or the day too")
    events = _events(ask, row)
    twin = next((e for e in events if (e.start, room_key(e.what)) == (start, room_key(what))), None)
    if twin is not None:
        raise Refused(f"that is {twin.number} already. In? !social join {twin.number}")
    if len(events) >= rules.MOST_EVENTS:
        raise Refused(f"there are {rules.MOST_EVENTS} already; drop one: !social drop <number>")
    span = Span(day, start, ends(EventKind.SOCIAL, start))
    check_free(ask, row, place, span, hack_topics.taken(ask.books, row))
    one_of_us(ask, row)
    event = ask.keep(
        HackEvent,
        f'"{what}" is off again',
        hackathon=row.id,
        number=hackathons.next_number(ask.books, HackEvent, row),
        kind=EventKind.SOCIAL,
        what=what,
        room=place,
        start=start,
    )
    ask.keep(EventGuest, event=event.id)
    replan(ask)
    coming = _coming(ask, row)
    which = "" if coming[:1] == [event] else f" {event.number}"
    yield ask.answer(f"{_shown(ask, row, event)}. Others: !social join{which}")


def social_join(ask: Ask, event: str = "") -> Iterator[Say]:
    """Say that you come."""
    row = open_hackathon(ask)
    found = _to_come(ask, row, event)
    one_of_us(ask, row)
    if _guest(ask, found) is not None:
        raise Refused(f"you come already: {_shown(ask, row, found)}")
    ask.keep(EventGuest, f"you do not come to {found.number}", event=found.id)
    replan(ask)
    yield ask.answer(f"you come: {_shown(ask, row, found)}.")


def social_leave(ask: Ask, event: str = "") -> Iterator[Say]:
    """Say that you do not come after all."""
    row = open_hackathon(ask)
    found = _to_come(ask, row, event)
    guest = _guest(ask, found)
    if guest is None:
        raise Refused(f"you are not among those who come: {_shown(ask, row, found)}")
    ask.books.remove(ask.deed, guest, f"you come to {found.number}")
    replan(ask)
    yield ask.answer(f"you do not come: {_shown(ask, row, found)}.")


def social_drop(ask: Ask, event: str = "") -> Iterator[Say]:
    """Call off what you have proposed."""
    row = open_hackathon(ask)
    found = _to_come(ask, row, event)
    if (found.network, found.account) != (ask.network, ask.who) and not leads(ask, row):
        raise Refused(
            f"only {ask.name(found.account)} and who leads the hackathon can call that off. "
            "Nothing changed.",
            Kind.REFUSAL,
        )
    guests = ask.books.every(EventGuest, event=found.id)
    others = len([g for g in guests if (g.network, g.account) != (ask.network, ask.who)])
    if others:
        ask.confirm(f"this calls off {_shown(ask, row, found)}.")
    shown = f"{_when(ask, row, found.start)}: {_what(found)}"
    for guest in guests:
        ask.books.remove(ask.deed, guest)
    ask.books.remove(ask.deed, found, f'"{found.what}" is on again')
    replan(ask)
    yield ask.answer(f"called off: {shown}.")


def _events(ask: Ask, row: Hackathon) -> list[HackEvent]:
    """What is social of a hackathon, by when it begins."""
    found = ask.books.every(HackEvent, hackathon=row.id)
    return sorted((e for e in found if e.kind == EventKind.SOCIAL), key=lambda e: (e.start, e.id))


def _coming(ask: Ask, row: Hackathon) -> list[HackEvent]:
    return [e for e in _events(ask, row) if ask.now < e.start + rules.GOES_ON]


def _meant(ask: Ask, row: Hackathon, word: str) -> HackEvent:
    """The event of a number; without one the next, else the last that there was."""
    events = _events(ask, row)
    if not events:
        raise Refused(f"nothing is planned beside the work yet. Propose: {ADD}")
    if not word:
        return (_coming(ask, row) or events[-1:])[0]
    number = whole_number(word)
    if number is None:
        raise Refused(f'"{word[:20]}" is no number; the next: !social', stray=True)
    found = next((e for e in events if e.number == number), None)
    if found is None:
        numbers = ", ".join(str(e.number) for e in events[-5:])
        raise Refused(f"there is no social event {number}, but {numbers}")
    return found


def _to_come(ask: Ask, row: Hackathon, word: str) -> HackEvent:
    """The same, unless it is over."""
    found = _meant(ask, row, word)
    if found not in _coming(ask, row):
        raise Refused(f"{_when(ask, row, found.start)} is over. Propose: {ADD}")
    return found


def _guest(ask: Ask, event: HackEvent) -> EventGuest | None:
    found = ask.books.every(EventGuest, event=event.id, network=ask.network, account=ask.who)
    return found[0] if found else None


def _later(ask: Ask, row: Hackathon, coming: list[HackEvent], but: HackEvent) -> str:
    others = [e for e in coming if e.start > but.start]
    return " · ".join(f"{e.number} {_when(ask, row, e.start)} {e.what}" for e in others)


def _shown(ask: Ask, row: Hackathon, event: HackEvent) -> str:
    """tonight 20:00 (UTC+0): food and beer at The Castle, 17 coming"""
    guests = len(ask.books.every(EventGuest, event=event.id))
    over = event.start + rules.GOES_ON <= ask.now
    count = f"{guests} {'came' if over else 'coming'}"
    return f"{_when(ask, row, event.start)} ({offset(row, event.start)}): {_what(event)}, {count}"


def _what(event: HackEvent) -> str:
    return f"{event.what} at {event.room}" if event.room else event.what


def _when(ask: Ask, row: Hackathon, at: datetime) -> str:
    """tonight 20:00, today 13:00, Fri 20:00"""
    days = hackathons.days_of(row)
    there, day = at.astimezone(days.tz), days.day_at(at)
    if day != days.day_at(ask.now):
        return f"{there:%a %H:%M}"
    return f"{'tonight' if is_tonight(at, days) else 'today'} {there:%H:%M}"
