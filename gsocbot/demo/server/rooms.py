"""Channels: joining, parting, their names, topics, lists, invitations and kicks."""

from collections.abc import Iterable, Iterator

from gsocbot.demo.server import names
from gsocbot.demo.server.clients import Client
from gsocbot.demo.server.replies import MOST_CHANNELS
from gsocbot.demo.server.wire import Line
from gsocbot.demo.server.world import Channel, World, Written, tell

_NAMES_A_LINE = 350  # bytes, so that the line stays under 512 with everything around it


def join(world: World, me: Client, line: Line) -> None:
    """Enter channels; "0" leaves them all."""
    if line.params[0] == "0":
        for channel in world.channels_of(me):
            _part(world, me, channel, ())
        return
    for name in listed(line.params[0]):
        if not names.is_channel(name):
            me.refuse("403", name)
        elif len(world.channels_of(me)) >= MOST_CHANNELS:
            me.refuse("405", name)
        else:
            _join(world, me, name)


def part(world: World, me: Client, line: Line) -> None:
    """Leave channels."""
    for name in listed(line.params[0]):
        if channel := joined(world, me, name):
            _part(world, me, channel, line.params[1:2])


def kick(world: World, me: Client, line: Line) -> None:
    """Throw members out."""
    channel = led(world, me, line.params[0])
    if channel is None:
        return
    reason = line.params[2] if len(line.params) > 2 else me.nick
    for nick in listed(line.params[1]):
        victim = world.person(nick)
        if victim is None or victim not in channel.members:
            me.refuse("441", nick, channel.name)
            continue
        tell(list(channel.members), me.line("KICK", channel.name, victim.nick, reason))
        world.leave(victim, channel)


def topic(world: World, me: Client, line: Line) -> None:
    """Read or set a topic."""
    channel = found(world, me, line.params[0])
    if channel is None:
        return
    if len(line.params) == 1:
        _show_topic(me, channel, or_none=True)
    elif me not in channel.members:
        me.refuse("442", channel.name)
    elif "t" in channel.modes and not channel.has_op(me):
        me.refuse("482", channel.name)
    else:
        text = line.params[1]
        channel.topic = Written(text, me.address, world.clock()) if text else None
        tell(channel.members, me.line("TOPIC", channel.name, text))


def names_of(world: World, me: Client, line: Line) -> None:
    """Say who is in channels."""
    if not line.params:
        me.reply("366", "*", "End of /NAMES list.")
        return
    for name in listed(line.params[0]):
        if channel := world.channel(name):
            _show_names(me, channel)
        else:
            me.reply("366", name, "End of /NAMES list.")


def list_channels(world: World, me: Client, line: Line) -> None:
    """Say which channels there are."""
    wanted = listed(line.params[0]) if line.params else []
    folded = {names.fold(name) for name in wanted if name.startswith("#")}
    me.reply("321", "Channel", "Users Name")
    for folded_name, channel in world.channels.items():
        if not folded or folded_name in folded:
            about = channel.topic.text if channel.topic else ""
            me.reply("322", channel.name, str(len(channel.members)), about)
    me.reply("323", "End of /LIST")


def invite(world: World, me: Client, line: Line) -> None:
    """Ask somebody into a channel."""
    guest = world.person(line.params[0])
    if guest is None:
        me.refuse("401", line.params[0])
        return
    channel = joined(world, me, line.params[1])
    if channel is None:
        return
    if guest in channel.members:
        me.refuse("443", guest.nick, channel.name)
    elif "i" in channel.modes and not channel.has_op(me):
        me.refuse("482", channel.name)
    else:
        _invite(me, guest, channel)


def listed(text: str) -> list[str]:
    """The names in a comma list, each once."""
    return list(dict.fromkeys(name for name in text.split(",") if name))


def found(world: World, me: Client, name: str) -> Channel | None:
    """A channel that must exist; the client is told when it does not."""
    channel = world.channel(name)
    if channel is None:
        me.refuse("403", name)
    return channel


def joined(world: World, me: Client, name: str) -> Channel | None:
    """A channel that the client must be in; it is told when it is not."""
    channel = found(world, me, name)
    if channel is None or me in channel.members:
        return channel
    me.refuse("442", channel.name)
    return None


def led(world: World, me: Client, name: str) -> Channel | None:
    """A channel in which the client must be operator; it is told when it is not."""
    channel = joined(world, me, name)
    if channel is None or channel.has_op(me):
        return channel
    me.refuse("482", channel.name)
    return None


def _join(world: World, me: Client, name: str) -> None:
    channel = world.channel(name) or Channel(name, world.clock())
    if me in channel.members:
        return
    if "i" in channel.modes and me not in channel.invited:
        me.refuse("473", channel.name)
        return
    if channel.bars(me) and me not in channel.invited:
        me.refuse("474", channel.name)
        return
    channel.invited.discard(me)
    channel.members[me] = set() if channel.members else {"o"}
    world.channels[names.fold(name)] = channel
    short = me.line("JOIN", channel.name)
    long = me.line("JOIN", channel.name, me.account, me.real)
    for member in channel.members:
        member.send(long if "extended-join" in member.caps else short)
    _show_topic(me, channel, or_none=False)
    _show_names(me, channel)


def _part(world: World, me: Client, channel: Channel, reason: tuple[str, ...]) -> None:
    tell(channel.members, me.line("PART", channel.name, *reason))
    world.leave(me, channel)


def _invite(me: Client, guest: Client, channel: Channel) -> None:
    channel.invited.add(guest)
    line = me.line("INVITE", guest.nick, channel.name)
    me.reply("341", guest.nick, channel.name)
    guest.send(line)
    others = [member for member in channel.members if member is not me]
    tell(others, line, needs="invite-notify")
    if guest.away:
        me.reply("301", guest.nick, guest.away)


def _show_topic(me: Client, channel: Channel, *, or_none: bool) -> None:
    if channel.topic:
        me.reply("332", channel.name, channel.topic.text)
        at = str(int(channel.topic.at.timestamp()))
        me.reply("333", channel.name, channel.topic.by, at)
    elif or_none:
        me.reply("331", channel.name, "No topic is set")


def _show_names(me: Client, channel: Channel) -> None:
    for part_of_them in _in_lines(_name_for(me, member, channel) for member in channel.members):
        me.reply("353", "=", channel.name, part_of_them)
    me.reply("366", channel.name, "End of /NAMES list.")


def _name_for(me: Client, member: Client, channel: Channel) -> str:
    name = member.address if "userhost-in-names" in me.caps else member.nick
    return channel.signs(member, every="multi-prefix" in me.caps) + name


def _in_lines(words: Iterable[str]) -> Iterator[str]:
    line = ""
    for word in words:
        if line and len(line) + len(word) > _NAMES_A_LINE:
            yield line
            line = ""
        line = f"{line} {word}" if line else word
    if line:
        yield line
