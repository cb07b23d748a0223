"""Topics of a hackathon: what people work on, who is in it, and which skills it looks for."""

from collections.abc import Iterator

from gsocbot.commands.ask import Ask
from gsocbot.commands.command import Text, Words
from gsocbot.commands.hack_words import (
    briefly,
    called,
    clock,
    hours,
    place,
    slot_of,
    titled,
)
from gsocbot.commands.hackathon_here import one_of_us, open_hackathon, the_hackathon
from gsocbot.commands.topic_meant import NO_TOPIC, one, running
from gsocbot.render.words import plural
from gsocbot.rules import hack_topics as rules
from gsocbot.rules.ids import whole_number
from gsocbot.rules.roles import NOT_IDENTIFIED
from gsocbot.store import hack_topics as kept
from gsocbot.store import hackathons
from gsocbot.store.hackathon_tables import Hackathon, HackTopic, TopicHacker
from gsocbot.talk import Kind, Refused, Say

MINE, ENDED, ALL, LOOKING = "mine", "ended", "all", "looking"


def topics(ask: Ask, which: Words = "") -> Iterator[Say]:
    """List the topics of the hackathon; yours with "mine", or those that look for a skill."""
    row = the_hackathon(ask)
    word = which.strip().lower()
    if whole_number(word) is not None:
        yield from topic(ask, which)
        return
    every = kept.every(ask.books, row)
    shown = _chosen(ask, row, every, word, which)
    slots = kept.slots(ask.books, row)
    items = [briefly(ask, row, t, slot_of(t, slots, ask.now)) for t in shown]
    first = next((t.number for t in shown if t.ended_at is None), None)
    gone = 0 if word in {ENDED, ALL, MINE} else sum(t.ended_at is not None for t in every)
    more = f". {gone} ended: !topics {ENDED}" if gone else ""
    over = hackathons.days_of(row).is_over(ask.now)
    join = f". Join: !topic {first} join" if first and word != MINE and not over else ""
    yield ask.listing("", items, more + join)


def _chosen(
    ask: Ask, row: Hackathon, every: list[HackTopic], word: str, typed: str
) -> list[HackTopic]:
    going = [t for t in every if t.ended_at is None]
    if not every:
        raise Refused(NO_TOPIC)
    if word == MINE:
        return _mine(ask, row, every)
    if word == ENDED:
        if len(going) == len(every):
            raise Refused("no topic has ended. All: !topics")
        return [t for t in every if t.ended_at is not None]
    if word == LOOKING:
        found = [t for t in going if t.skills]
        if not found:
            raise Refused("no topic says what it looks for. To say it: !topic 3 looking <skills>")
        return found
    if word in {"", ALL}:
        if not going and not word:
            raise Refused(f"all {plural(len(every), 'topic')} have ended: !topics {ENDED}")
        return every if word else going
    fitting = set(rules.meant(typed, going))
    found = [t for t in going if rules.match(typed, t.skills) or t.number in fitting]
    if not found:
        raise Refused(f'no topic looks for "{typed[:40]}". All: !topics')
    return found


def _mine(ask: Ask, row: Hackathon, every: list[HackTopic]) -> list[HackTopic]:
    if ask.heard.account is None:
        raise Refused(NOT_IDENTIFIED, Kind.REFUSAL, login=True)
    joined = set(kept.of_person(ask.books, row, ask.network, ask.who))
    found = [t for t in every if t.id in joined]
    if not found:
        raise Refused("you are in no topic. All: !topics")
    return found


def topic(ask: Ask, which: Words = "") -> Iterator[Say]:
    """Show one topic: who is in it, where it is, what is done now and next."""
    if not which:
        yield from topics(ask)
        return
    row = the_hackathon(ask)
    found = one(ask, row, which)
    people = kept.members(ask.books, found)
    slots = [s for s in kept.slots_of(ask.books, found) if s.end > ask.now]
    parts = [f"by {called(ask, found.account)}, {_heads(len(people))}"]
    for slot in slots:
        until = f"until {clock(ask, row, slot.end)}"
        here = slot.start <= ask.now
        parts.append(f"{slot.room} {until if here else hours(ask, row, slot.start, slot.end)}")
    text = f"{titled(found)} ({', '.join(parts)})"
    said = []
    if found.now_text and found.now_at is not None:
        by = f"{called(ask, found.now_by)}, {clock(ask, row, found.now_at)}"
        said.append(f'now "{found.now_text}" ({by})')
    if found.next_text:
        said.append(f'next "{found.next_text}"')
    text += f": {', '.join(said)}" if said else ""
    if found.skills:
        text += f". Looking for: {found.skills}"
    text += f". {found.link} " if found.link else ". "
    if found.ended_at is not None:
        verb = f"ended {clock(ask, row, found.ended_at)}; again: !topic {found.number} reopen"
    else:
        over = hackathons.days_of(row).is_over(ask.now)
        verb = "" if over else f"Join: !topic {found.number} join"
    yield ask.answer((text + verb).rstrip(), as_is=True)


def topic_add(ask: Ask, title: Text) -> Iterator[Say]:
    """Add a topic to the hackathon, and the skills it looks for: <title> for C, OCaml."""
    row = open_hackathon(ask)
    there = kept.every(ask.books, row)
    if len(there) >= rules.MOST_TOPICS:
        raise Refused(f"there are {len(there)} topics, and more nobody reads; join one: !topics")
    named, skills = rules.read_title(title, _known_skills(ask, row, there))
    check_new(named, there)
    one_of_us(ask, row)
    number = hackathons.next_number(ask.books, HackTopic, row)
    made = ask.keep(
        HackTopic,
        f"topic {number} is gone",
        hackathon=row.id,
        number=number,
        slug=free_slug(named, there),
        title=named,
        skills=skills,
    )
    ask.keep(TopicHacker, topic=made.id)
    looks = f" Looking for: {skills}." if skills else ""
    yield ask.answer(
        f'topic {number} "{named}", yours.{looks} People: !topic {number} join · '
        f"place: !topic {number} at <room> [time]"
    )


def _known_skills(ask: Ask, row: Hackathon, there: list[HackTopic]) -> set[str]:
    texts = [*kept.skills_of_people(ask.books, row), *(t.skills for t in there)]
    return {skill for text in texts for skill in rules.listed(text)}


def check_new(title: str, others: list[HackTopic]) -> None:
    """Refuse a title that there is, however it is written."""
    same = rules.same_title(title)
    for other in others:
        if rules.same_title(other.title) == same:
            back = "join" if other.ended_at is None else "reopen"
            ended = " (ended)" if other.ended_at is not None else ""
            raise Refused(
                f"that is topic {other.number} already: {other.title}{ended}. "
                f"!topic {other.number} {back}"
            )


def free_slug(title: str, others: list[HackTopic]) -> str:
    """A short name that no other topic has."""
    known, slug = {t.slug for t in others}, rules.slug_for(title)
    copies = (f"{slug}-{copy}" for copy in range(2, rules.MOST_TOPICS + 2))
    return next(s for s in (slug, *copies) if s not in known)


def topic_join(ask: Ask, topic: Words) -> Iterator[Say]:
    """Join a topic."""
    row = open_hackathon(ask)
    found = running(ask, row, topic)
    me = (ask.network, ask.who)
    others = [one for one in kept.members(ask.books, found) if one != me]
    already = kept.member(ask.books, found, ask.network, ask.who) is not None
    if not already:
        one_of_us(ask, row)
        ask.keep(TopicHacker, f"you are not in topic {found.number}", topic=found.id)
    slot = slot_of(found, kept.slots_of(ask.books, found), ask.now)
    room = f", {at}" if (at := place(ask, row, slot)) else ""
    in_it = f"you are in {found.number}{' already,' if already and not others else ''}"
    in_it += " already" if already and others else ""
    if not others:
        yield ask.answer(f"{in_it} {found.title}{room}; nobody else is yet.")
        return
    yield ask.answer(f"{in_it} with {_company(ask, found, others)}{room}.")


def _company(ask: Ask, topic: HackTopic, others: list[tuple[str, str]]) -> str:
    """hauke and 4 others; who added it first"""
    author = (topic.network, topic.account)
    first = author if author in others else others[0]
    name = called(ask, first[1])
    rest = len(others) - 1
    if rest == 1:
        return f"{name} and {called(ask, next(one for one in others if one != first)[1])}"
    return name if not rest else f"{name} and {rest} others"


def topic_leave(ask: Ask, topic: Words) -> Iterator[Say]:
    """Leave a topic."""
    row = open_hackathon(ask)
    found = one(ask, row, topic)
    mine = kept.member(ask.books, found, ask.network, ask.who)
    if mine is None:
        raise Refused(f"you are not in {titled(found)}. Yours: !topics {MINE}")
    ask.books.remove(ask.deed, mine, f"you are in topic {found.number} again")
    left = len(kept.members(ask.books, found))
    alone = f" Nobody is in it now; to end it: !topic {found.number} end" if not left else ""
    yield ask.answer(f"you have left {titled(found)}.{alone}")


def people_in_words(count: int) -> str:
    """1 person, or 3 people"""
    return "1 person" if count == 1 else f"{count or 'no'} people"


def _heads(count: int) -> str:
    return people_in_words(count) if count else "nobody in it"
