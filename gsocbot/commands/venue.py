"""The venue's clock and rooms, as demos, tickets, check-ins and evenings speak of them."""

from collections.abc import Sequence
from datetime import date, datetime

from gsocbot.commands.ask import Ask
from gsocbot.commands.dates import public
from gsocbot.commands.hack_words import clock, hours, zone_hint
from gsocbot.commands.hackathon_here import open_hackathon
from gsocbot.render.addresses import hackathon_path
from gsocbot.rules import hack_rooms
from gsocbot.rules.hack_rooms import Taken
from gsocbot.rules.hack_times import Span
from gsocbot.rules.hackathon import EVENING, in_words, room_key
from gsocbot.store import demos, hack_topics, hackathon_planning, hackathons
from gsocbot.store.hackathon_tables import Hackathon, HackSlot, HackTopic
from gsocbot.talk import Refused


def going_on(ask: Ask) -> Hackathon:
    """The hackathon that goes on just now; refuses where none does."""
    row = open_hackathon(ask)
    if not hackathons.days_of(row).is_on(ask.now):
        raise Refused(f"{row.name} is {in_words(row.first, row.last)}; that is for its days")
    return row


def day_name(ask: Ask, row: Hackathon, day: date) -> str:
    """today, tomorrow, or Fri 4 Mar"""
    ahead = (day - hackathons.days_of(row).day_at(ask.now)).days
    return {0: "today", 1: "tomorrow"}.get(ahead, f"{day:%a} {day.day} {day:%b}")


def offset(row: Hackathon, at: datetime) -> str:
    """UTC+0, UTC+5:30: what the venue's clock is ahead of UTC then."""
    ahead = at.astimezone(hackathons.days_of(row).tz).utcoffset()
    assert ahead is not None
    minutes = int(ahead.total_seconds() // 60)
    hours, rest = divmod(abs(minutes), 60)
    return f"UTC{'-' if minutes < 0 else '+'}{hours}{f':{rest:02}' if rest else ''}"


def topic_of(ask: Ask, row: Hackathon, number: int | None) -> HackTopic | None:
    """A topic by its number."""
    return hackathons.by_number(ask.books, HackTopic, row, number) if number is not None else None


def room_now(ask: Ask, topic: HackTopic | None) -> str:
    """Where a topic is just now; empty if that is nowhere."""
    slots = ask.books.every(HackSlot, topic=topic.id) if topic is not None else []
    return next((slot.room for slot in slots if slot.start <= ask.now < slot.end), "")


def check_free(ask: Ask, row: Hackathon, room: str, span: Span, taken: Sequence[Taken]) -> str:
    """The room as others have written it; refuses one that something else has then.

    It says what, until when, and what is free.
    """
    found = hack_rooms.clash(room, span, taken)
    if found is not None:
        until = f"{hours(ask, row, found.start, found.end)}{zone_hint(ask, row)}"
        free = _free_instead(ask, row, found.room, span, taken)
        raise Refused(
            f"{found.room} has {found.what} {until}. {free}. Nothing changed.", as_is=True
        )
    known = (one.room for one in taken if one.room_key == room_key(room) != "")
    return next(known, room)


def _free_instead(ask: Ask, row: Hackathon, room: str, span: Span, taken: Sequence[Taken]) -> str:
    days = hackathons.days_of(row)
    latest = max(days.at(span.day, EVENING), span.end)
    later = hack_rooms.next_free(room, span, taken, latest)
    ways = [f"{other} then" for other in hack_rooms.free_rooms(span, taken)[:2]]
    if later is not None:
        ways.append(f"{room} from {clock(ask, row, later)}")
    return f"Free: {', or '.join(ways)}" if ways else "No room that I know is free then"


def outgrown(ask: Ask, row: Hackathon, day: date) -> str:
    """What has the room of a day's demos before they are over, now that they are so many."""
    event = demos.hours(ask.books, row).get(day)
    if event is None:
        return ""
    span = Span(day, event.start, hack_topics.ends(ask.books, event))
    found = hack_rooms.clash(event.room, span, hack_topics.taken(ask.books, row, [event]))
    if found is None:
        return ""
    since = clock(ask, row, max(found.start, event.start))
    until = clock(ask, row, span.end)
    return f" But {found.room} has {found.what} from {since}, and demos end {until}: move one."


def replan(ask: Ask) -> None:
    """Have the outbox say what the hackathon's hours are now."""
    hackathon_planning.replan(
        ask.books,
        ask.season_key,
        public(ask),
        lambda slug: ask.addresses.page(hackathon_path(slug)),
        ask.now,
    )
