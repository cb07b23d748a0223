"""A schedule that the bot suggests for who leads a hackathon, and the report of it."""

import re
from collections.abc import Iterator, Sequence

from gsocbot.commands.ask import Ask
from gsocbot.commands.command import Text
from gsocbot.commands.hack_words import clock, zone_hint
from gsocbot.commands.hackathon_here import check_leads, open_hackathon, page, the_hackathon
from gsocbot.commands.topic_places import book
from gsocbot.render.addresses import HACKATHON_REPORT_TEXT
from gsocbot.render.lines import MOST_BYTES, cut, fit_items
from gsocbot.render.words import plural
from gsocbot.rules import schedule_suggestion
from gsocbot.rules.hack_rooms import checked_room
from gsocbot.rules.hackathon import room_key
from gsocbot.rules.schedule_suggestion import LENGTHS, Place, Suggestion, Wanting
from gsocbot.store import hack_schedule as kept
from gsocbot.store import hackathons
from gsocbot.store.hackathon_days import counts
from gsocbot.store.hackathon_tables import Hackathon, HackTopic
from gsocbot.talk import Refused, Say

MOST_ROOMS = 20
MOST_PAIRS = 4
LONGEST_QUESTION = MOST_BYTES - 60
"""In bytes: before it stands whether it is asked again, and "Say !yes" behind."""

SHORT_TITLE = 30


def hack_schedule(ask: Ask, rooms: Text = "") -> Iterator[Say]:
    """Have places and hours suggested for the topics that have none.

    The rooms have commas between them, the largest first; without any it is those used so far.
    """
    row = open_hackathon(ask)
    check_leads(ask, row, "have a schedule suggested")
    named = _rooms(ask, row, rooms)
    topics, wanting, booked = kept.topics(ask.books, row)
    if not wanting:
        none = "there is no topic yet: !topic add <title>"
        raise Refused("every topic has a place already: !topics" if booked else none)
    found = _suggested(ask, row, named, wanting, booked)
    ask.confirm(_asked(ask, row, named, topics, found), shown=repr(found.places))
    for place in found.places:
        book(ask, row, topics[place.number], named[place.room], place.span)
    yield ask.answer(f"{plural(len(found.places), 'topic')} placed: !topics. Not so? !undo")


def _rooms(ask: Ask, row: Hackathon, text: str) -> list[str]:
    """The rooms that are meant, each once."""
    words = [word for word in re.split(r"[,;]", text) if word.strip()]
    named = [checked_room(word) for word in words] or kept.rooms(ask.books, row)
    found = list({room_key(room): room for room in reversed(named)}.values())[::-1]
    if not found:
        raise Refused("say in which rooms: !hack schedule room 1, room 2")
    if len(found) > MOST_ROOMS:
        raise Refused(f"that is {len(found)} rooms; name at most {MOST_ROOMS}")
    return found


def _suggested(
    ask: Ask,
    row: Hackathon,
    rooms: Sequence[str],
    wanting: Sequence[Wanting],
    booked: Sequence[schedule_suggestion.Booked],
) -> Suggestion:
    """The suggestion with the longest hours that have a place for all."""
    days, breaks = hackathons.days_of(row), kept.breaks(ask.books, row)
    keys = [room_key(room) for room in rooms]
    for length in LENGTHS:
        spans = schedule_suggestion.hours(days, row.opens, row.closes, length, ask.now, breaks)
        found = schedule_suggestion.suggest(wanting, keys, booked, spans)
        if found is not None:
            return found
    if not spans:
        raise Refused(
            "there is no free half hour left until it closes. Longer: !hack set hours 9-20"
        )
    raise Refused(
        f"{plural(len(wanting), 'topic')} do not fit into {plural(len(rooms), 'room')}; name more: "
        "!hack schedule <room>, <room>"
    )


def _asked(
    ask: Ask,
    row: Hackathon,
    rooms: Sequence[str],
    topics: dict[int, HackTopic],
    found: Suggestion,
) -> str:
    """What goes where, as much of it as fits before "Say !yes"; the rest waits for !more."""
    minutes = int(found.length.total_seconds() // 60)
    count, zone = plural(len(found.places), "topic"), zone_hint(ask, row)
    where = f" (on the clock of{zone})" if zone else ""
    head = f"{count}, {minutes} min each{where}, {_twice(found)}: "
    items = [_item(ask, row, rooms[place.room], topics, place) for place in found.places]
    line, rest = fit_items(head, items, ".", LONGEST_QUESTION)
    if rest:
        ask.memory.keep_rest(ask.alone, rest, ask.now)
    return line if not rest else f"{line}."


def _twice(found: Suggestion) -> str:
    """Who could not be in both of their topics."""
    if not found.twice:
        return "nobody wanted twice at once"
    pairs = [f"{one}+{other}" for one, other in found.pairs]
    more = f" and {len(pairs) - MOST_PAIRS} more" if len(pairs) > MOST_PAIRS else ""
    people = "1 person" if found.twice == 1 else f"{found.twice} people"
    return f"{people} wanted twice at once ({', '.join(pairs[:MOST_PAIRS])}{more})"


def _item(ask: Ask, row: Hackathon, room: str, topics: dict[int, HackTopic], place: Place) -> str:
    """Fri 10:00 room 1: 3 libvirt driver"""
    title, rest = cut(topics[place.number].title, SHORT_TITLE)
    shown = f"{title}…" if rest else title
    return f"{clock(ask, row, place.span.start)} {room}: {place.number} {shown}"


def hack_report(ask: Ask) -> Iterator[Say]:
    """Have the draft of a hackathon's report."""
    row = the_hackathon(ask)
    check_leads(ask, row, "have the draft of its report")
    has = counts(ask.books, row)
    parts = [
        "1 person" if has.people == 1 else f"{has.people} people",
        plural(has.topics, "topic"),
        plural(has.demos, "demo"),
        plural(has.outcomes, "outcome") + _became(has.ideas),
    ]
    yield ask.answer(f"draft with {', '.join(parts)}: {page(ask, row)}{HACKATHON_REPORT_TEXT}")


def _became(ideas: int) -> str:
    if not ideas:
        return ""
    return " (1 became an idea)" if ideas == 1 else f" ({ideas} became ideas)"
