"""Where and when a topic of a hackathon is, and what is done there now and next."""

from collections.abc import Iterator
from datetime import date

from gsocbot.commands.ask import Ask
from gsocbot.commands.command import Text, Words
from gsocbot.commands.hack_words import clock, hours, slot_of, state, titled, zone_hint
from gsocbot.commands.hackathon_here import one_of_us, open_hackathon
from gsocbot.commands.topic_meant import running, with_text
from gsocbot.commands.venue import check_free
from gsocbot.rules import hack_rooms, hack_times
from gsocbot.rules.hack_spoken import Spoken, read_spoken, split_place
from gsocbot.rules.hack_times import Span
from gsocbot.rules.hack_topics import checked_said, same_title
from gsocbot.rules.hackathon import room_key
from gsocbot.store import hack_topics as kept
from gsocbot.store import hackathons
from gsocbot.store.hackathon_tables import Hackathon, HackSlot, HackTopic
from gsocbot.talk import Refused, Say


def topic_at(ask: Ask, topic: str, room_and_time: Words = "") -> Iterator[Say]:
    """Say where a topic is, and when: at room 1, or at room 1 fri 15:00-16:30."""
    row = open_hackathon(ask)
    found, text = with_text(ask, row, topic, room_and_time)
    if not text:
        raise Refused(f"say where: !topic {found.number} at <room> [time]")
    room, spoken = split_place(text)
    was, span = _meant(ask, row, found, spoken)
    room = hack_rooms.checked_room(room or (was.room if was else ""))
    others = kept.taken(ask.books, row, [was] if was else [])
    keeps = was is not None and (was.start, was.end) == (span.start, span.end)
    if not keeps and (spoken is None or spoken.is_open):
        span = hack_rooms.until_taken(room, span, others)
    room = check_free(ask, row, room, span, others)
    one_of_us(ask, row)
    moved = _moved_from(ask, row, was, room, span)
    book(ask, row, found, room, span)
    when = hours(ask, row, span.start, span.end) + zone_hint(ask, row)
    yield ask.answer(f"{titled(found)}: {room} {when}{moved}.", as_is=True)


def _meant(
    ask: Ask, row: Hackathon, topic: HackTopic, spoken: Spoken | None
) -> tuple[HackSlot | None, Span]:
    """The place that a topic has on the day that is meant, and the time it is to have.

    Another room without another time: it keeps the time that it has.
    """
    days, hours_of_day = hackathons.days_of(row), (row.opens, row.closes)
    day = None
    if spoken is None or spoken.is_bare_day:
        if spoken is not None:
            day = hack_times.day_of(spoken.day, days, ask.now, row.name)
        else:
            day = max(days.day_at(ask.now), days.first)
        was = kept.slot_on(ask.books, topic, day)
        if was is not None and was.end > ask.now:
            return was, Span(day, was.start, was.end)
    span = hack_times.when(spoken, days, hours_of_day, ask.now, row.name)
    return kept.slot_on(ask.books, topic, span.day), span


def _moved_from(ask: Ask, row: Hackathon, was: HackSlot | None, room: str, span: Span) -> str:
    if was is None:
        return ""
    same_room = was.room_key == room_key(room)
    if same_room and (was.start, was.end) == (span.start, span.end):
        return " already"
    return f" (was {was.room} {hours(ask, row, was.start, was.end)})"


def book(ask: Ask, row: Hackathon, topic: HackTopic, room: str, span: Span) -> None:
    """Give a topic its place on a day, in place of the one that it has there."""
    was = kept.slot_on(ask.books, topic, span.day)
    values = {
        "room": room,
        "room_key": room_key(room),
        "start": span.start,
        "end": span.end,
    }
    if was is None:
        undo = f"topic {topic.number} has no place on {span.day:%a}"
        ask.keep(HackSlot, undo, hackathon=row.id, topic=topic.id, day=span.day, **values)
        return
    then = hours(ask, row, was.start, was.end)
    undo = f"topic {topic.number} is in {was.room} {then} again"
    ask.books.change(ask.deed, was, undo, **values)


def topic_nowhere(ask: Ask, topic: str, day: Words = "") -> Iterator[Say]:
    """Give back the place that a topic has."""
    row = open_hackathon(ask)
    found = running(ask, row, topic)
    slots = [s for s in kept.slots_of(ask.books, found) if s.end > ask.now]
    if day:
        on = _day(ask, row, day)
        slots = [s for s in slots if s.day == on]
    if not slots:
        raise Refused(f"{titled(found)} has no place to give back", as_is=True)
    slot = slots[0]
    one_of_us(ask, row)
    when = hours(ask, row, slot.start, slot.end)
    undo = f"topic {found.number} is in {slot.room} {when} again"
    if slot.start < ask.now:
        ask.books.change(ask.deed, slot, undo, end=ask.now)
    else:
        ask.books.remove(ask.deed, slot, undo)
    more = len(slots) - 1
    rest = f" It has {more} more: !topic {found.number}" if more else ""
    yield ask.answer(f"{titled(found)} has given back {slot.room} {when}.{rest}", as_is=True)


def _day(ask: Ask, row: Hackathon, words: str) -> date:
    spoken = read_spoken(words)
    if spoken is None or not spoken.day:
        raise Refused(f'"{words[:30]}" is no day; write it like fri or 3 mar')
    return hack_times.day_of(spoken.day, hackathons.days_of(row), ask.now, row.name)


def topic_now(ask: Ask, topic: str, text: Text = "") -> Iterator[Say]:
    """Say what is done in a topic now; "nothing" for no more."""
    row = open_hackathon(ask)
    found, words = with_text(ask, row, topic, text)
    days = hackathons.days_of(row)
    if not days.is_on(ask.now):
        begins = clock(ask, row, days.at(row.first, row.opens))
        raise Refused(f"{row.name} begins {begins}; what comes: !topic {found.number} next <text>")
    if not words:
        raise Refused(f"say what is done: !topic {found.number} now <text>")
    said = checked_said(words, "what is done now")
    one_of_us(ask, row)
    comes = "" if same_title(found.next_text) == same_title(said) else found.next_text
    ask.books.change(
        ask.deed,
        found,
        f"what topic {found.number} does is as before",
        now_text=said,
        now_by=ask.who if said else "",
        now_at=ask.now if said else None,
        next_text=comes,
        next_at=found.next_at if comes else None,
    )
    yield _told(ask, row, found)


def topic_next(ask: Ask, topic: str, text: Text = "") -> Iterator[Say]:
    """Say what comes next in a topic; "nothing" for no more."""
    row = open_hackathon(ask)
    found, words = with_text(ask, row, topic, text)
    if not words:
        raise Refused(f"say what comes: !topic {found.number} next <text>")
    said = checked_said(words, "what comes next")
    one_of_us(ask, row)
    undo = f"what comes next in topic {found.number} is as before"
    ask.books.change(ask.deed, found, undo, next_text=said, next_at=ask.now if said else None)
    yield _told(ask, row, found)


def _told(ask: Ask, row: Hackathon, topic: HackTopic) -> Say:
    """The topic's line, for everybody where it was said."""
    slot = slot_of(topic, kept.slots_of(ask.books, topic), ask.now)
    return ask.announce(state(ask, row, topic, slot))
