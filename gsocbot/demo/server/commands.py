"""The commands that clients may send, each with what it needs, and the one way to run them."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass

from gsocbot.demo.server import asking, modes, registration, rooms, talking
from gsocbot.demo.server.clients import Client
from gsocbot.demo.server.wire import Line
from gsocbot.demo.server.world import World


@dataclass(frozen=True, slots=True)
class Command:
    """What runs, how many words it needs, and whether a stranger may send it."""

    run: Callable[[World, Client, Line], None]
    words: int = 0
    early: bool = False


COMMANDS: Mapping[str, Command] = {
    "CAP": Command(registration.cap, words=1, early=True),
    "PASS": Command(registration.password, words=1, early=True),
    "NICK": Command(registration.nick, early=True),
    "USER": Command(registration.user, words=4, early=True),
    "PING": Command(registration.ping, early=True),
    "PONG": Command(registration.pong, early=True),
    "QUIT": Command(registration.leave, early=True),
    "SETNAME": Command(registration.set_name, words=1),
    "MOTD": Command(registration.motd),
    "LUSERS": Command(registration.lusers),
    "JOIN": Command(rooms.join, words=1),
    "PART": Command(rooms.part, words=1),
    "KICK": Command(rooms.kick, words=2),
    "TOPIC": Command(rooms.topic, words=1),
    "NAMES": Command(rooms.names_of),
    "LIST": Command(rooms.list_channels),
    "INVITE": Command(rooms.invite, words=2),
    "MODE": Command(modes.mode, words=1),
    "PRIVMSG": Command(talking.say),
    "NOTICE": Command(talking.say),
    "TAGMSG": Command(talking.say_tags),
    "AWAY": Command(talking.away),
    "WHO": Command(asking.who),
    "WHOIS": Command(asking.whois),
    "WHOWAS": Command(asking.whowas),
    "USERHOST": Command(asking.userhost, words=1),
    "ISON": Command(asking.ison, words=1),
    "VERSION": Command(asking.version),
    "TIME": Command(asking.time),
    "INFO": Command(asking.info),
}


def obey(world: World, me: Client, line: Line) -> None:
    """Run the command on a line, and answer its label if it has one."""
    label = line.tags.get("label") if "labeled-response" in me.caps else None
    if not label:
        _run(world, me, line)
        return
    me.hold()
    try:
        _run(world, me, line)
    finally:
        me.release(label)


def _run(world: World, me: Client, line: Line) -> None:
    command = COMMANDS.get(line.command)
    if not me.registered and not (command and command.early):
        me.refuse("451")
    elif command is None:
        me.refuse("421", line.command)
    elif len(line.params) < command.words:
        me.refuse("461", line.command)
    else:
        command.run(world, me, line)
