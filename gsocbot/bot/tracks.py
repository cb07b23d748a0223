"""What OpenStack's ptgbot taught people to write: #libvirt-driver now …, #topic next …"""

from gsocbot.commands import ALL
from gsocbot.commands.command import Call
from gsocbot.commands.grammar import Reading
from gsocbot.rules.hack_topics import meant_by_track
from gsocbot.store import hack_topics, hackathons
from gsocbot.store.books import Books
from gsocbot.talk import Heard

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
    slug = heard.text.split()[0].lstrip("!.@#").lower()
    own = slug == AGENDA.verb
    return own or meant_by_track(slug, hack_topics.every(books, row)) is not None
