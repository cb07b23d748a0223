"""Where people at a hackathon are: said by them, until tonight, to who says it too."""

from collections.abc import Iterator

from gsocbot.commands.ask import Ask
from gsocbot.commands.command import Call, Text
from gsocbot.commands.hackathon_here import one_of_us, today
from gsocbot.commands.venue import going_on, room_now, topic_of
from gsocbot.rules import check_ins as rules
from gsocbot.rules.hack_topics import meant
from gsocbot.rules.hackathon import room_key
from gsocbot.store import hack_topics
from gsocbot.store.hackathon_tables import Hackathon, HackTopic
from gsocbot.store.private import check_ins as kept
from gsocbot.store.private.check_ins import There
from gsocbot.talk import Kind, Refused, Say

FIRST = "only who is checked in can ask that: !in <place>, forgotten tonight"
SELF = frozenset({"me", "i", "myself"})


def in_(ask: Ask, place: Text) -> Iterator[Say]:
    """Say where you are, until tonight, for those who are checked in too: a place or topic 3."""
    row = going_on(ask)
    ask.call = Call(ask.call.command)  # that somebody came may be noted, where they are may not
    topic = _topic(ask, row, place)
    if topic is None:
        _check_place(ask, row, place)
    there = There(
        ask.network,
        ask.who,
        ask.heard.nick,
        place="" if topic else rules.place_of(place),
        topic=topic.number if topic else None,
        since=ask.now,
    )
    one_of_us(ask, row)
    days, _ = today(ask, row)
    kept.keep(ask.books, row, there, days.day_at(ask.now))
    # A channel's log may have what is answered there, and what was typed it has not.
    where = f": {_shown(ask, row, there)}" if ask.in_private else ""
    yield ask.answer(
        f"you are checked in{where}. Who is too can ask where you are; "
        "forgotten tonight, or by !out"
    )


def _check_place(ask: Ask, row: Hackathon, place: str) -> None:
    """Refuse a sentence, such as "in doubt, leave it out"; a room that is known is none."""
    rooms = {room_key(one.room) for one in hack_topics.taken(ask.books, row)}
    marked = ask.in_private or not ask.heard.text.lstrip().startswith("#")
    if room_key(place) not in rooms and not rules.is_place(place, marked=marked):
        raise Refused(rules.HOW, stray=True)


def out(ask: Ask) -> Iterator[Say]:
    """Have me forget where you are."""
    row = going_on(ask)
    if not kept.drop(ask.books, row, ask.network, ask.who):
        raise Refused("you are not checked in. To be: !in <place>", stray=not ask.in_private)
    yield ask.answer("you are checked out; I have forgotten where you were.")


def where(ask: Ask, nick: str) -> Iterator[Say]:
    """Ask where somebody is, if you are checked in yourself."""
    row = going_on(ask)
    name = nick.strip("@,:")
    own = kept.own(ask.books, row, ask.network, ask.who, ask.now)
    if own is None:
        raise Refused(FIRST, Kind.REFUSAL)
    account = _account(ask, name)
    found = own if account == ask.who else kept.seen(ask.books, row, ask.viewer, account, ask.now)
    if found is None:
        # The same for who is not checked in and for who is nobody.
        raise Refused(f"I do not know where that is: nobody called {name[:30]} is checked in")
    _, there = today(ask, row)
    since = found.since.astimezone(there.tzinfo)
    whose = "you said so yourself" if found is own else "by their own word"
    yield ask.answer(
        f"{found.nick}: {_shown(ask, row, found)} since {since:%H:%M}, {whose}. Forgotten tonight.",
        as_is=True,
    )


def _account(ask: Ask, name: str) -> str:
    """Whom a name means: who asks, who wears it as a nick just now, else an account."""
    wanted = name.lower()
    if wanted in SELF or wanted == ask.heard.nick.lower():
        return ask.who
    worn = {nick.lower(): who[1:] for who, nick in ask.here.items() if who.startswith("@")}
    return worn.get(wanted, wanted)


def _topic(ask: Ask, row: Hackathon, text: str) -> HackTopic | None:
    """The topic that is meant; None for a place."""
    word = rules.topic_in(text)
    topics = hack_topics.every(ask.books, row)
    if not word:
        return next((t for t in topics if t.slug == text.lower()), None)
    numbers = meant(word, topics)
    if len(numbers) != 1:
        raise Refused(f"there is no topic {word[:30]}. All: !topics. A place: !in room 1")
    found = topic_of(ask, row, numbers[0])
    if found is None or found.ended_at is not None:
        raise Refused(f"topic {numbers[0]} has ended. A place: !in room 1")
    return found


def _shown(ask: Ask, row: Hackathon, there: There) -> str:
    """room 1 (topic 3), or topic 3 libvirt driver where that has no room just now"""
    topic = topic_of(ask, row, there.topic)
    if topic is None:
        return there.place or "with a topic that is gone"
    room = room_now(ask, topic)
    return f"{room} (topic {topic.number})" if room else f"topic {topic.number} {topic.title}"
