"""The venue's clock and rooms, as demos, tickets, check-ins and evenings speak of them."""

from datetime import date, datetime

from gsocbot.commands.ask import Ask
from gsocbot.commands.dates import public
from gsocbot.commands.hack_words import clock
from gsocbot.commands.hackathon_here import open_hackathon
from gsocbot.render.addresses import hackathon_path
from gsocbot.rules.hackathon import in_words, room_key
from gsocbot.store import hack_topics, hackathon_planning, hackathons
from gsocbot.store.hackathon_tables import Hackathon, HackEvent, HackSlot, HackTopic
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


def check_free(
    ask: Ask,
    row: Hackathon,
    room: str,
    span: tuple[datetime, datetime],
    apart_from: HackEvent | None = None,
) -> None:
    """Refuse a room that something else has at that time."""
    for taken in hack_topics.taken(ask.books, row) if room else ():
        mine = apart_from is not None and (taken.start, taken.what) == (
            apart_from.start,
            apart_from.what or "the demos",
        )
        if taken.room_key != room_key(room) or mine:
            continue
        if taken.start < span[1] and span[0] < taken.end:
            until = clock(ask, row, taken.end)
            raise Refused(
                f"{taken.what} is in {taken.room} until {until}; say another room or time"
            )


def replan(ask: Ask) -> None:
    """Have the outbox say what the hackathon's hours are now."""
    hackathon_planning.replan(
        ask.books,
        ask.season_key,
        public(ask),
        lambda slug: ask.addresses.page(hackathon_path(slug)),
        ask.now,
    )
