"""MODE: what a channel or a client is set to."""

from collections.abc import Iterator
from dataclasses import dataclass

from gsocbot.demo.server import names
from gsocbot.demo.server.clients import Client
from gsocbot.demo.server.replies import MOST_MODES
from gsocbot.demo.server.rooms import found
from gsocbot.demo.server.wire import Line
from gsocbot.demo.server.world import Channel, World, Written, tell

_WITHOUT_WORD = "imnt"
_WITH_WORD = "bov"
_OF_CLIENTS = "Bi"


@dataclass(frozen=True, slots=True)
class Change:
    """One letter of a MODE line, with its sign and the word that belongs to it."""

    sign: str
    letter: str
    word: str = ""


def mode(world: World, me: Client, line: Line) -> None:
    """Read or set the modes of a channel or of oneself."""
    target, *words = line.params
    if not target.startswith("#"):
        _client_mode(world, me, target, words)
        return
    channel = found(world, me, target)
    if channel is None:
        return
    if words:
        _change(world, me, channel, list(changes(words))[:MOST_MODES])
    else:
        me.reply("324", channel.name, "+" + "".join(sorted(channel.modes)))
        me.reply("329", channel.name, str(int(channel.created.timestamp())))


def changes(words: list[str]) -> Iterator[Change]:
    """Read "+o-v kofi ana" as a list of changes; a letter that lacks its word gets ""."""
    rest = iter(words[1:])
    sign = "+"
    for char in words[0]:
        if char in "+-":
            sign = char
        else:
            yield Change(sign, char, next(rest, "") if char in _WITH_WORD else "")


def _client_mode(world: World, me: Client, target: str, words: list[str]) -> None:
    if names.fold(target) != names.fold(me.nick):
        code = "502" if world.person(target) else "401"
        me.refuse(code, *([target] if code == "401" else []))
        return
    if not words:
        me.reply("221", "+" + "".join(sorted(me.modes)))
        return
    done = []
    for change in changes(words[:1]):
        if change.letter not in _OF_CLIENTS:
            me.refuse("501")
        elif (change.letter in me.modes) != (change.sign == "+"):
            me.modes ^= {change.letter}
            done.append(change)
    if done:
        me.send(me.line("MODE", me.nick, *written(done)))


def _change(world: World, me: Client, channel: Channel, wanted: list[Change]) -> None:
    if wanted and all(change.letter == "b" and not change.word for change in wanted):
        _show_bans(me, channel)
        return
    done = []
    for change in wanted:
        if change.letter not in _WITHOUT_WORD + _WITH_WORD:
            me.refuse("472", change.letter)
        elif not channel.has_op(me):
            me.refuse("482", channel.name)
            break
        elif changed := _apply(world, me, channel, change):
            done.append(changed)
    if done:
        tell(channel.members, me.line("MODE", channel.name, *written(done)))


def _apply(world: World, me: Client, channel: Channel, change: Change) -> Change | None:
    if change.letter in _WITHOUT_WORD:
        if (change.letter in channel.modes) == (change.sign == "+"):
            return None
        channel.modes ^= {change.letter}
        return change
    if not change.word:
        me.refuse("461", "MODE")
        return None
    if change.letter == "b":
        return _ban(world, me, channel, change)
    return _promote(world, me, channel, change)


def _ban(world: World, me: Client, channel: Channel, change: Change) -> Change | None:
    mask = names.full_mask(change.word)
    if (mask in channel.bans) == (change.sign == "+"):
        return None
    if change.sign == "+":
        channel.bans[mask] = Written(mask, me.address, world.clock())
    else:
        del channel.bans[mask]
    return Change(change.sign, "b", mask)


def _promote(world: World, me: Client, channel: Channel, change: Change) -> Change | None:
    member = world.person(change.word)
    if member is None:
        me.refuse("401", change.word)
        return None
    if member not in channel.members:
        me.refuse("441", member.nick, channel.name)
        return None
    if (change.letter in channel.members[member]) == (change.sign == "+"):
        return None
    channel.members[member] ^= {change.letter}
    return Change(change.sign, change.letter, member.nick)


def _show_bans(me: Client, channel: Channel) -> None:
    for ban in channel.bans.values():
        me.reply("367", channel.name, ban.text, ban.by, str(int(ban.at.timestamp())))
    me.reply("368", channel.name, "End of channel ban list")


def written(done: list[Change]) -> list[str]:
    """Changes as a MODE line has them: the letters with their signs, then the words."""
    letters, sign = "", ""
    for change in done:
        letters += change.letter if change.sign == sign else change.sign + change.letter
        sign = change.sign
    return [letters, *(change.word for change in done if change.word)]
