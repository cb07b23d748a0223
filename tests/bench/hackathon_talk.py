"""What 300 people say at a hackathon, and what the bot must answer and keep of it."""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from gsocbot.rules.roles import Role
from gsocbot.rules.seasons import SeasonFolder
from gsocbot.store import reading_in, roles
from gsocbot.store.books import Books
from gsocbot.store.hackathon_tables import Hackathon, Hacker, HackTopic, Ticket, TopicHacker
from gsocbot.store.tables import Table
from gsocbot.talk import Heard, Say
from tests.bench.bots import SEASON
from tests.bench.measures import Missing, words
from tests.bench.sessions import BEGIN, CHAIR, CHANNEL, LINES_A_SECOND, ME, NETWORK, deed

SLUG = "bench"
COMMANDS_EVERY = 10
"""One of so many lines is for the bot."""
ROOMS = 8
SKILLS = ("C", "OCaml", "Rust", "Python", "testing", "docs", "libxl")


@dataclass(frozen=True)
class Size:
    """So many people and topics, so many lines, and for so many seconds a wall is watched."""

    people: int
    topics: int
    lines: int
    watched: float


COMMANDS = (
    ("!topic {topic} now step {n}", r'{topic} thing {topic}.*: now "step {n}"'),
    ("!topics", r"{nick}: \d+ thing \d+"),
    ("!topic {topic} join", r"{nick}: you are (?:already )?in {topic}\b"),
    ("!stuck the {n}th build fails in dom0", r"{nick}: h{ticket} noted"),
    ("!claim h{ticket}", r"{asker}: {nick} comes to you"),
    ("!in room {room}", r"{nick}: you are checked in"),
    ("#thing-{topic} next step {n}", r'{topic} thing {topic}.*next "step {n}"'),
    ("!demos", r"{nick}: "),
    ("!solved h{ticket}", r"\S+: h{ticket} solved"),
    ("!hack", r"{nick}: Bench, .*{people} people"),
)


def said(number: int, size: Size) -> Heard:
    """The line of this number."""
    at = BEGIN + timedelta(seconds=(number + 1) / LINES_A_SECOND)
    who = (number * 7 + number // size.people) % size.people
    if number != _line_of(number // COMMANDS_EVERY):
        return heard_of(nick(who), words(number).decode(), at)
    text, _ = COMMANDS[number // COMMANDS_EVERY % len(COMMANDS)]
    facts = _facts(number, size)
    known = {
        "!claim": facts["helper"],
        "!solved": facts["asker"],
        "#thing-{topic}": facts["member"],
    }
    return heard_of(str(known.get(text.split()[0], nick(who))), text.format(**facts), at)


def _line_of(command: int) -> int:
    """The line of the command of this number: nobody asks just when a tick comes, every time."""
    return COMMANDS_EVERY * command + command * 7 % COMMANDS_EVERY


def _facts(number: int, size: Size) -> dict[str, object]:
    command = number // COMMANDS_EVERY
    ticket = command // len(COMMANDS) + 1
    asked = _line_of(len(COMMANDS) * (ticket - 1) + 3)
    asker = (asked * 7 + asked // size.people) % size.people
    topic = command * 7 % size.topics + 1
    return {
        "n": number,
        "topic": topic,
        "member": next(nick(n) for n in range(size.people) if topic in _topics(n, size)),
        "room": command % ROOMS + 1,
        "ticket": ticket,
        "asker": nick(asker),
        "helper": nick((asker + 1) % size.people),
        "people": size.people,
    }


def _topics(who: int, size: Size) -> list[int]:
    """The numbers of the topics that somebody is in from the beginning."""
    return [(who * 11 + n * (n + 7 + who % 13)) % size.topics + 1 for n in range(3 + who % 3)]


def heard_of(who: str, text: str, at: datetime) -> Heard:
    """A line that somebody with an account says in the channel."""
    return Heard(NETWORK, who, who, CHANNEL, text, at, ME, host=f"{who}.example.org")


def nick(number: int) -> str:
    """Who it is."""
    return f"person{number}"


def check_answer(number: int, size: Size, says: Sequence[Say]) -> None:
    """Raise Missing if the answer to the line of this number is another than it must be."""
    _, wanted = COMMANDS[number // COMMANDS_EVERY % len(COMMANDS)]
    heard = said(number, size)
    pattern = wanted.format(nick=heard.nick, **_facts(number, size))
    if not says or not re.match(pattern, says[0].text):
        raise Missing(f"{heard.nick} says {heard.text!r}, and is answered {says}")


# --- the store before and after


def fill(books: Books, size: Size) -> None:
    """A hackathon of two days with its people, each in three to five topics."""
    reading_in.season_folder(books, deed(), SeasonFolder(SEASON, year=2026))
    roles.grant(books, deed(), SEASON, NETWORK, CHAIR, Role.ORGANISER)
    hackathon = Hackathon(
        season=SEASON, slug=SLUG, name="Bench", first=BEGIN.date(), zone="Europe/London",
        last=BEGIN.date() + timedelta(days=1), place="Cambridge", network=NETWORK,
        channel=CHANNEL, account=CHAIR, at=BEGIN,
    )  # fmt: skip
    books.add(deed(), hackathon)
    of = {"season": SEASON, "network": NETWORK, "at": BEGIN}
    rows: list[Table] = [
        Hacker(hackathon=hackathon.id, account=nick(n), skills=SKILLS[n % len(SKILLS)], **of)
        for n in range(size.people)
    ]
    topics = [
        HackTopic(hackathon=hackathon.id, number=n, slug=f"thing-{n}", title=f"thing {n}",
                  account=nick(n), skills=SKILLS[n % len(SKILLS)], **of)
        for n in range(1, size.topics + 1)
    ]  # fmt: skip
    for row in (*rows, *topics):
        books.add(deed(), row)
    for who in range(size.people):
        for number in _topics(who, size):
            topic = topics[number - 1]
            known = {"topic": topic.id, "account": nick(who)}
            if not books.every(TopicHacker, **known):
                books.add(deed(), TopicHacker(**known, **of))


def check(books: Books, size: Size) -> None:
    """Raise Missing if what was said is not kept."""
    asked = [_line_of(command) for command in range(size.lines // COMMANDS_EVERY)]
    stuck = [n for n in asked if said(n, size).text.startswith("!stuck")]
    tickets = books.every(Ticket)
    if [ticket.text for ticket in tickets] != [said(n, size).text[len("!stuck ") :] for n in stuck]:
        raise Missing(f"{len(tickets)} tickets kept of {len(stuck)}")
    latest = {_facts(n, size)["topic"]: n for n in asked if " now " in said(n, size).text}
    for topic in books.every(HackTopic):
        number = latest.get(topic.number)
        if number is not None and topic.now_text != f"step {number}":
            raise Missing(f"topic {topic.number} is at {topic.now_text!r}, not at step {number}")
