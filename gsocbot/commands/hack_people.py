"""Who takes part in a hackathon: joining, what one can do, one's name on its pages, leaving."""

from collections.abc import Iterator

from gsocbot.commands.ask import Ask
from gsocbot.commands.command import Text, Words
from gsocbot.commands.hack_words import called
from gsocbot.commands.hackathon_here import one_of_us, open_hackathon, the_hackathon
from gsocbot.render.words import listed
from gsocbot.rules import hack_people as rules
from gsocbot.rules.hack_people import NOWHERE, Introduced
from gsocbot.rules.hack_topics import match, read_skills
from gsocbot.rules.roles import Role
from gsocbot.store import hack_topics, hackathons, tickets
from gsocbot.store.hackathon_tables import (
    Demo,
    EventGuest,
    Hackathon,
    Hacker,
    HackEvent,
    TopicHacker,
)
from gsocbot.store.private import check_ins
from gsocbot.talk import Refused, Say

OF_ONESELF = {
    "skills": "skills",
    "skill": "skills",
    "from": "affiliation",
    "affiliation": "affiliation",
    "country": "country",
}
"""What people say of themselves, by the words for it."""

ON, OFF = frozenset({"", "on", "yes"}), frozenset({"off", "no"})
LISTED = 6


def hack_join(ask: Ask, skills: Text = "") -> Iterator[Say]:
    """Take part in the hackathon: what you can do, and from where you are, if you like."""
    row = open_hackathon(ask)
    said = rules.introduced(skills)
    found = hackathons.hacker(ask.books, row, ask.network, ask.who)
    if found is None:
        found = ask.keep(
            Hacker,
            f"you are not at {row.name}",
            hackathon=row.id,
            skills=said.skills,
            affiliation=said.affiliation,
            country=said.country,
        )
        welcome = f"welcome, you are number {hackathons.head_count(ask.books, row)}."
    else:
        welcome = "you are in already."
        _change(ask, row, found, said)
    yield ask.answer(f"{welcome} {_told(ask, row, found)}")


def _change(ask: Ask, row: Hackathon, found: Hacker, said: Introduced) -> None:
    """Take over what somebody says of themselves anew; what they do not say stays."""
    values = {
        "skills": said.skills or found.skills,
        "affiliation": said.affiliation or found.affiliation,
        "country": said.country or found.country,
    }
    ask.books.change(ask.deed, found, f"you are at {row.name} as before", **values)


def _told(ask: Ask, row: Hackathon, found: Hacker) -> str:
    """What is noted of somebody, and the topics that look for them."""
    parts = [f"Skills: {found.skills}."] if found.skills else []
    whence = ", ".join(filter(None, [found.affiliation, found.country]))
    parts += [f"For the count: {whence}."] if whence else []
    if not found.skills:
        return " ".join([*parts, "What you can do: !hack me skills C, OCaml · topics: !topics"])
    numbers = _looking(ask, row, found)
    if numbers:
        return " ".join([*parts, f"Topics looking for you: {', '.join(map(str, numbers))}"])
    return " ".join([*parts, "Topics: !topics"])


def _looking(ask: Ask, row: Hackathon, found: Hacker) -> list[int]:
    joined = set(hack_topics.of_person(ask.books, row, found.network, found.account))
    return [
        topic.number
        for topic in hack_topics.every(ask.books, row)
        if topic.ended_at is None and topic.id not in joined and match(found.skills, topic.skills)
    ]


def hack_me(ask: Ask, field: str = "", text: Text = "") -> Iterator[Say]:
    """Show what the hackathon knows of you, or say it: skills, from or country."""
    row = the_hackathon(ask)
    if not field:
        yield from _mine(ask, row)
        return
    name = OF_ONESELF.get(field.lower().rstrip(":"))
    if name is None or not text:
        raise Refused("say it like !hack me skills C, OCaml · !hack me from Citrix · "
                      "!hack me country UK")  # fmt: skip
    row = open_hackathon(ask)
    nothing = text.strip().lower() in NOWHERE
    value = ", ".join(read_skills("" if nothing else text)) if name == "skills" else (
        rules.checked(text)
    )  # fmt: skip
    found = one_of_us(ask, row)
    ask.books.change(ask.deed, found, f"you are at {row.name} as before", **{name: value})
    if name == "skills":
        yield ask.answer(_told(ask, row, found) if value else "your skills are noted no more.")
        return
    what = "where you are from" if name == "affiliation" else "your country"
    shown = f"noted for the count: {value}." if value else f"{what} is noted no more."
    yield ask.answer(shown)


def _mine(ask: Ask, row: Hackathon) -> Iterator[Say]:
    found = hackathons.hacker(ask.books, row, ask.network, ask.who)
    if found is None:
        raise Refused(f"you are not at {row.name}. To come: !hack join <skills>")
    yield from ask.privately()
    joined = set(hack_topics.of_person(ask.books, row, ask.network, ask.who))
    every = hack_topics.every(ask.books, row)
    numbers = [str(t.number) for t in every if t.id in joined]
    named = "on its pages" if found.named else "on no page (!hack named puts it there)"
    topics = f" Your topics: {listed(numbers)}." if numbers else ""
    skills = found.skills or "none said"
    yield ask.answer(
        f"you are at {row.name}. Skills: {skills}. From: {found.affiliation or 'not said'}. "
        f"Country: {found.country or 'not said'}. Your name is {named}.{topics}"
    )


def hack_named(ask: Ask, on_or_off: Words = "") -> Iterator[Say]:
    """Have your name on the pages of the hackathon, or with "off" not any more."""
    row = the_hackathon(ask)
    word = on_or_off.lower()
    if word not in ON | OFF:
        raise Refused("say !hack named, or !hack named off")
    found = hackathons.hacker(ask.books, row, ask.network, ask.who)
    if found is None:
        found = one_of_us(ask, open_hackathon(ask))
    undo = f"your name is {'on' if found.named else 'not on'} its pages"
    ask.books.change(ask.deed, found, undo, named=word in ON)
    if word in ON:
        yield ask.answer(f"your name is on the pages of {row.name} now; off: !hack named off")
    else:
        yield ask.answer(f"your name is on no page of {row.name} now; they have numbers instead.")


def hack_leave(ask: Ask) -> Iterator[Say]:
    """Take part no more: you leave your topics and the evening, too."""
    row = open_hackathon(ask)
    found = hackathons.hacker(ask.books, row, ask.network, ask.who)
    if found is None:
        raise Refused(f"you are not at {row.name}")
    left = _leave_all(ask, row)
    tickets_left = _leave_tickets(ask, row)
    check_ins.drop(ask.books, row, ask.network, ask.who)
    ask.books.remove(ask.deed, found, f"you are at {row.name} again")
    own = [
        demo.number
        for demo in ask.books.every(Demo, hackathon=row.id, network=ask.network, account=ask.who)
        if demo.started_at is None and demo.done_at is None
    ]
    also = f", and {' and '.join(left)}" if left else ""
    demos = ""
    if own:
        numbers = listed([str(n) for n in own])
        what = f"Demo {numbers} is" if len(own) == 1 else f"Demos {numbers} are"
        shows = "it" if len(own) == 1 else "them"
        demos = f" {what} left out; somebody else shows {shows}: !demo take {own[0]}."
    yield ask.answer(f"you have left {row.name}{also}.{tickets_left}{demos} Back: !undo")


def _leave_all(ask: Ask, row: Hackathon) -> list[str]:
    """Take somebody out of all topics, and off the lists of who comes in the evening."""
    own = {"network": ask.network, "account": ask.who}
    topics, evenings = [], 0
    joined = set(hack_topics.of_person(ask.books, row, ask.network, ask.who))
    for topic in (t for t in hack_topics.every(ask.books, row) if t.id in joined):
        for member in ask.books.every(TopicHacker, topic=topic.id, **own):
            ask.books.remove(ask.deed, member)
            topics.append(str(topic.number))
    for event in ask.books.every(HackEvent, hackathon=row.id):
        for guest in ask.books.every(EventGuest, event=event.id, **own):
            ask.books.remove(ask.deed, guest)
            evenings += 1
    parts = [f"topic{'s' * (len(topics) > 1)} {listed(topics)}"] if topics else []
    return [*parts, *(["the evening"] if evenings else [])]


def _leave_tickets(ask: Ask, row: Hackathon) -> str:
    """Give back what somebody has claimed, and take back what they are stuck on."""
    gone, back = [], []
    for ticket in tickets.open_(ask.books, row):
        if ticket.network != ask.network:
            continue
        if ticket.account == ask.who:
            tickets.hush(ask.books, ticket)
            ask.books.remove(ask.deed, ticket)
            gone.append(f"h{ticket.number}")
        elif ticket.helper == ask.who:
            ask.books.change(ask.deed, ticket, helper="", claimed_at=None)
            tickets.tell_asker(ask.books, ask.deed, ticket, ask.heard.nick)
            back.append(f"h{ticket.number}")
    told = f" Off the list: {listed(gone)}." if gone else ""
    return f"{told} Open again: {listed(back)}." if back else told


def hack_who(ask: Ask) -> Iterator[Say]:
    """Say how many people come, from where, and who wants to be named."""
    row = the_hackathon(ask)
    people = hackathons.people(ask.books, row)
    if not people:
        raise Refused(f"nobody has joined {row.name} yet. To be the first: !hack join <skills>")
    total = "1 person" if len(people) == 1 else f"{len(people)} people"
    if ask.in_private and Role.ORGANISER in ask.roles:
        yield ask.listing(f"{total}: ", [_one(h) for h in people])
        return
    whence = _counts([h.affiliation for h in people])
    countries = _counts([h.country for h in people])
    named = [called(ask, h.account) for h in people if h.named]
    parts = [f"From: {whence}."] if whence else []
    parts += [f"Countries: {countries}."] if countries else []
    parts += [f"By name: {', '.join(named)}" if named else "To be named here: !hack named"]
    yield ask.answer(f"{total}. {' '.join(parts)}")


def _one(found: Hacker) -> str:
    whence = ", ".join(filter(None, [found.affiliation, found.country]))
    about = "; ".join(filter(None, [found.skills, whence]))
    return f"{found.account} ({about})" if about else found.account


def _counts(words: list[str]) -> str:
    """5 Citrix · 3 Cambridge · 2 elsewhere · 16 not said; empty where nobody says it."""
    counted = rules.counted(words)
    if not counted:
        return ""
    shown = [f"{n} {word}" for word, n in counted[:LISTED]]
    others = sum(n for _, n in counted[LISTED:])
    silent = sum(not word for word in words)
    shown += [f"{others} elsewhere"] if others else []
    shown += [f"{silent} not said"] if silent else []
    return " · ".join(shown)
