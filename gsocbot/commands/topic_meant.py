"""Which topic of a hackathon somebody means: by number, by name, or the one they are in."""

from gsocbot.commands.ask import Ask
from gsocbot.commands.hack_words import titled
from gsocbot.render.words import listed
from gsocbot.rules import hack_topics as rules
from gsocbot.rules.ids import whole_number
from gsocbot.store import hack_topics as kept
from gsocbot.store.hackathon_tables import Hackathon, HackTopic
from gsocbot.talk import Refused

NO_TOPIC = "there is no topic yet. Add one: !topic add <title>"
OWN = "topic"
"""In #topic now …, as in #libvirt-driver now …: the one that the speaker is in."""


def one(ask: Ask, row: Hackathon, words: str) -> HackTopic:
    """The topic that words mean; refuses with what there is."""
    topics = kept.every(ask.books, row)
    found = rules.meant(words, topics)
    if len(found) == 1:
        return next(t for t in topics if t.number == found[0])
    if found:
        several = [titled(t) for t in topics if t.number in found[:3]]
        raise Refused(f"that could be {' or '.join(several)}; say the number")
    if not topics:
        raise Refused(NO_TOPIC)
    number = whole_number(words.strip())
    numbers = (
        f"{topics[0].number}-{topics[-1].number}"
        if len(topics) > 1
        else (f"only {topics[0].number}")
    )
    led = whole_number(words.split()[0].rstrip(",:")) if words.split() else None
    if number is None and led in {t.number for t in topics}:
        raise Refused(
            f"what about topic {led}? !topic {led} join · !topic {led} at <room> [time] · "
            f"!topic {led} now <text>"
        )
    if number is not None:
        raise Refused(f"there is no topic {number} ({numbers}). All: !topics")
    raise Refused(f'no topic is called "{words[:40]}" ({numbers}). All: !topics')


def running(ask: Ask, row: Hackathon, words: str) -> HackTopic:
    """The same, refusing one that has ended."""
    return check_running(one(ask, row, words))


def check_running(topic: HackTopic) -> HackTopic:
    """Refuse a topic that has ended."""
    if topic.ended_at is not None:
        raise Refused(
            f"{titled(topic)} has ended; to go on with it: !topic {topic.number} reopen",
            as_is=True,
        )
    return topic


def track(ask: Ask) -> str:
    """The slug of a line that begins with one, such as #libvirt-driver now …; empty for others."""
    words = ask.heard.text.split()
    if words and words[0].rstrip(":,").lower() == ask.heard.me.lower():
        words = words[1:]
    first = words[0].lstrip("!.@").rstrip(":,") if words else ""
    return first[1:].lower() if first.startswith("#") else ""


def with_text(ask: Ask, row: Hackathon, first: str, rest: str) -> tuple[HackTopic, str]:
    """The topic that a text is of, and the text: the first word says it, or it is one's own."""
    slug = track(ask)
    if slug == OWN:
        return own(ask, row, stray=True), f"{first} {rest}".strip()
    topics = kept.every(ask.books, row)
    if slug:
        number = rules.meant_by_track(slug, topics)
        if number is None:
            raise Refused(f'no topic is called "{slug[:40]}". All: !topics', stray=True)
        return _numbered(topics, number), rest
    if whole_number(first) is not None:
        return running(ask, row, first), rest
    number = rules.meant_by_track(first.lower(), topics) if len(first) >= 3 else None
    if number is not None and rest:
        return _numbered(topics, number), rest
    if not topics:
        raise Refused(NO_TOPIC)
    return own(ask, row), f"{first} {rest}".strip()


def _numbered(topics: list[HackTopic], number: int) -> HackTopic:
    return check_running(next(t for t in topics if t.number == number))


def own(ask: Ask, row: Hackathon, *, stray: bool = False) -> HackTopic:
    """The topic that somebody is at: the only one they are in, or the only one of these that is
    on now. Never where they have checked in, for the answer is read by all.
    """
    topics = {t.id: t for t in kept.every(ask.books, row) if t.ended_at is None}
    joined = kept.of_person(ask.books, row, ask.network, ask.who)
    mine = [topics[row_id] for row_id in joined if row_id in topics]
    if len(mine) > 1:
        slots = kept.slots(ask.books, row)
        on = {s.topic for s in slots if s.start <= ask.now < s.end}
        narrowed = [t for t in mine if t.id in on]
        mine = narrowed if len(narrowed) == 1 else mine
    if len(mine) == 1:
        return mine[0]
    verb = ask.call.command.verb
    if not mine:
        raise Refused(f"say which topic: !topic <number> {verb} … (you are in none)", stray=stray)
    numbers = listed([str(t.number) for t in mine])
    raise Refused(f"you are in {numbers}; say which: !topic {mine[0].number} {verb} …")
