"""Saying things: PRIVMSG, NOTICE, TAGMSG, and being away."""

import re

from gsocbot.demo.server.clients import Client
from gsocbot.demo.server.replies import MOST_TARGETS
from gsocbot.demo.server.rooms import listed
from gsocbot.demo.server.wire import Line
from gsocbot.demo.server.world import World, tell

_CLIENT_TAG = re.compile(r"\+[A-Za-z0-9./-]+")


def say(world: World, me: Client, line: Line) -> None:
    """Pass a message or a notice on to channels and people.

    A notice that cannot be passed on is refused like a message, as several servers do: whoever
    confirms what was delivered would otherwise wait for nothing.
    """
    if not line.params:
        me.refuse("411")
    elif len(line.params) < 2 or not line.params[1]:
        me.refuse("412")
    else:
        _pass_on(world, me, line, (line.params[1],))


def say_tags(world: World, me: Client, line: Line) -> None:
    """Pass a message that is only tags on to those who read tags."""
    if line.params:
        _pass_on(world, me, line, ())
    else:
        me.refuse("411")


def away(world: World, me: Client, line: Line) -> None:
    """Leave a word for those who write, or take it back."""
    me.away = line.params[0] if line.params else ""
    if me.away:
        me.reply("306", "You have been marked as being away")
    else:
        me.reply("305", "You are no longer marked as being away")


def _pass_on(world: World, me: Client, line: Line, text: tuple[str, ...]) -> None:
    targets = listed(line.params[0])
    if len(targets) > MOST_TARGETS:
        me.refuse("407", line.params[0])
        return
    client_tags = {key: value for key, value in line.tags.items() if _CLIENT_TAG.fullmatch(key)}
    for target in targets:
        name, hearers = _hearers(world, me, target)
        if hearers is None:
            continue
        tags = {"msgid": world.message_id(), **client_tags}
        _deliver(me, hearers, me.line(line.command, name, *text, tags=tags))
        if line.command == "PRIVMSG" and not name.startswith("#") and hearers[0].away:
            me.reply("301", name, hearers[0].away)


def _hearers(world: World, me: Client, target: str) -> tuple[str, list[Client] | None]:
    if not target.startswith("#"):
        person = world.person(target)
        if person is None:
            me.refuse("401", target)
            return target, None
        return person.nick, [person]
    channel = world.channel(target)
    if channel is None:
        me.refuse("403", target)
        return target, None
    if not channel.lets_speak(me):
        me.refuse("404", channel.name)
        return target, None
    return channel.name, [member for member in channel.members if member is not me]


def _deliver(me: Client, hearers: list[Client], line: Line) -> None:
    needs = "message-tags" if line.command == "TAGMSG" else None
    for hearer in hearers:
        if hearer is not me:
            tell([hearer], line, needs)
        elif needs is None or needs in me.caps:
            # To oneself: heard once without the label, and echoed once with it.
            me.deliver(line)
    if "echo-message" in me.caps and (needs is None or needs in me.caps):
        me.send(line)
