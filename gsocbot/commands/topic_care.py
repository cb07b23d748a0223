"""A topic of a hackathon as it goes on: its title, whom it looks for, its link, its end."""

from collections.abc import Iterator

from gsocbot.commands.ask import Ask
from gsocbot.commands.command import Text, Words
from gsocbot.commands.hack_words import titled
from gsocbot.commands.hackathon_here import leads, one_of_us, open_hackathon
from gsocbot.commands.topic_meant import one, running
from gsocbot.commands.topics import check_new, free_slug, people_in_words
from gsocbot.rules import hack_topics as rules
from gsocbot.rules.hack_topics import NOTHING
from gsocbot.rules.links import addresses_in, is_here_only
from gsocbot.store import hack_topics as kept
from gsocbot.store.hackathon_tables import Hackathon, HackTopic
from gsocbot.talk import Kind, Refused, Say


def topic_rename(ask: Ask, topic: str, title: Text) -> Iterator[Say]:
    """Give a topic another title."""
    row = open_hackathon(ask)
    found = running(ask, row, topic)
    _check_care(ask, row, found, "rename a topic")
    named = rules.checked_title(title)
    others = [t for t in kept.every(ask.books, row) if t.id != found.id]
    check_new(named, others)
    undo = f"topic {found.number} is called {found.title} again"
    if not ask.books.change(ask.deed, found, undo, title=named, slug=free_slug(named, others)):
        raise Refused(f"{found.number} is called that already")
    yield ask.answer(f"topic {found.number} is called {named} now (#{found.slug}).")


def topic_looking(ask: Ask, topic: str, skill: Text) -> Iterator[Say]:
    """Say which skills a topic looks for; "nothing" for none any more."""
    row = open_hackathon(ask)
    found = running(ask, row, topic)
    wanted = "" if skill.strip().lower() in NOTHING else skill
    wanted = wanted[4:] if wanted.lower().startswith("for ") else wanted
    read = ", ".join(rules.read_skills(wanted))
    one_of_us(ask, row)
    was = found.skills or "nothing"
    ask.books.change(ask.deed, found, f"topic {found.number} looks for {was} again", skills=read)
    if not read:
        yield ask.answer(f"{titled(found)} looks for nobody in particular now.", as_is=True)
        return
    able = sum(rules.match(own, read) for own in kept.skills_of_people(ask.books, row))
    known = people_in_words(able) if able else "nobody"
    yet = "" if able else " yet"
    yield ask.answer(
        f"{titled(found)} looks for {read}, known to {known} here{yet}. "
        f"To find it: !topics {rules.listed(read)[0]}",
        as_is=True,
    )


def topic_link(ask: Ask, topic: str, url: Words) -> Iterator[Say]:
    """Say where on the web a topic is worked on; "off" for nowhere any more."""
    row = open_hackathon(ask)
    found = one(ask, row, topic)
    link = "" if url.lower() in NOTHING else read_link(url)
    one_of_us(ask, row)
    ask.books.change(ask.deed, found, f"the link of topic {found.number} is as before", link=link)
    now = f"is at {link}" if link else "has no link any more"
    yield ask.answer(f"{titled(found)} {now}", as_is=True)


def read_link(text: str) -> str:
    """One address of the web, as it is kept; refuses none, several, and too long a one."""
    found = addresses_in(text)
    if len(found) != 1 or is_here_only(found[0]) or len(found[0]) > rules.LONGEST_LINK:
        raise Refused("write the whole address, like https://example.org/page")
    return found[0]


def topic_end(ask: Ask, topic: Words) -> Iterator[Say]:
    """End a topic; its room is free then."""
    row = open_hackathon(ask)
    found = running(ask, row, topic)
    _check_care(ask, row, found, "end a topic")
    one_of_us(ask, row)
    undo = f"topic {found.number} goes on"
    ask.books.change(ask.deed, found, undo, ended_at=ask.now)
    for slot in kept.slots_of(ask.books, found):
        if slot.end <= ask.now:
            continue
        if slot.start < ask.now:
            ask.books.change(ask.deed, slot, end=ask.now)
        else:
            ask.books.remove(ask.deed, slot)
    yield ask.answer(
        f"{titled(found)} has ended. What came of it: !outcome add <text> · "
        f"to go on: !topic {found.number} reopen",
        as_is=True,
    )


def topic_reopen(ask: Ask, topic: Words) -> Iterator[Say]:
    """Go on with a topic that has ended."""
    row = open_hackathon(ask)
    found = one(ask, row, topic)
    if found.ended_at is None:
        raise Refused(f"{titled(found)} has not ended", as_is=True)
    one_of_us(ask, row)
    ask.books.change(ask.deed, found, f"topic {found.number} has ended", ended_at=None)
    yield ask.answer(
        f"{titled(found)} goes on; a place: !topic {found.number} at <room> [time]", as_is=True
    )


def _check_care(ask: Ask, row: Hackathon, topic: HackTopic, deed: str) -> None:
    """Refuse what is for who has added a topic, is in it, or leads the hackathon."""
    member = kept.member(ask.books, topic, ask.network, ask.who) is not None
    own = (topic.network, topic.account) == (ask.network, ask.who)
    if not (member or own or leads(ask, row)):
        raise Refused(
            f"only who is in it and who leads the hackathon can {deed}: "
            f"!topic {topic.number} join. Nothing changed.",
            Kind.REFUSAL,
        )
