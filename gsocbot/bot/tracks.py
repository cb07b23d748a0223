"""What OpenStack's ptgbot taught people to write: #libvirt-driver now …, #topic next …"""

from gsocbot.commands import ALL
from gsocbot.commands.command import Call
from gsocbot.commands.grammar import Reading
from gsocbot.rules.hack_topics import meant_by_track
from gsocbot.rules.office import leaders
from gsocbot.rules.roles import Role
from gsocbot.store import hack_topics, hackathons
from gsocbot.store.books import Books
from gsocbot.store.hackathon_tables import Hackathon, HackTopic
from gsocbot.store.roles import roles_of
from gsocbot.talk import Heard

SHORTEST_SLUG = 4
"""Letters of a name that is said without a prefix; #k and #1 are other things to most."""

AGENDA = next(command for command in ALL if command.words == ("office", "topic"))
OF_TRACKS = {c.verb: c for c in ALL if c.words in {("topic", "now"), ("topic", "next")}}


def of_own_topic(reading: Reading) -> Reading:
    """What is read as the agenda of an office hour, where none runs: #topic now …"""
    if not isinstance(reading, Call) or reading.command is not AGENDA:
        return reading
    command = OF_TRACKS.get(reading.given[0].lower()) if reading.given else None
    return reading if command is None else Call(command, reading.given[1:])


def is_of_track(reading: Reading) -> bool:
    """Whether a command is one that can be said of a #topic without a prefix."""
    return isinstance(reading, Call) and reading.command in OF_TRACKS.values()


def is_track(books: Books, season: str, heard: Heard) -> bool:
    """Whether a line begins with the name of a topic of the hackathon that goes on, or #topic."""
    row = hackathons.current(books, season, heard.at, heard.channel or "")
    if row is None or not hackathons.days_of(row).is_on(heard.at):
        return False
    typed = heard.text.split()[0]
    slug = typed.lstrip("!.@#").rstrip(":,").lower()
    unmarked = typed.startswith("#")
    if unmarked and heard.account is None:
        return False
    if slug == AGENDA.verb:
        return True
    topics = hack_topics.every(books, row)
    number = meant_by_track(slug, topics)
    found = next((t for t in topics if t.number == number), None)
    if found is None or not unmarked:
        return found is not None
    spelled = slug == found.slug or (len(slug) >= SHORTEST_SLUG and not slug.isdigit())
    return spelled and _is_theirs(books, season, heard, row, found)


def _is_theirs(books: Books, season: str, heard: Heard, row: Hackathon, topic: HackTopic) -> bool:
    """Whether somebody is in a topic, or leads its hackathon: others talk of something else."""
    who = heard.account
    if who is None or heard.network != row.network:
        return False
    if hack_topics.member(books, topic, heard.network, who) is not None:
        return True
    return who in leaders(row.chairs) or Role.ORGANISER in roles_of(
        books, season, heard.network, who
    )
