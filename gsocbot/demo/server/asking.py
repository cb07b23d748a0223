"""Questions about people and about the server: WHO, WHOIS, ISON, VERSION and their like."""

import asyncio

from gsocbot.demo.server import names
from gsocbot.demo.server.clients import Client
from gsocbot.demo.server.replies import NETWORK, SERVER, VERSION
from gsocbot.demo.server.wire import Line
from gsocbot.demo.server.world import Channel, World

_WHOX_ORDER = "tcuihsnfdlaor"


def who(world: World, me: Client, line: Line) -> None:
    """List the people in a channel, or those whose nick fits a mask."""
    mask = line.params[0] if line.params else "*"
    asked = line.params[1] if len(line.params) > 1 else ""
    found: list[tuple[Client, Channel | None]]
    if mask.startswith("#"):
        channel = world.channel(mask)
        found = [(person, channel) for person in channel.members] if channel else []
    else:
        wanted = "*" if mask == "0" else mask
        fitting = [p for p in world.people() if names.matches(wanted, p.nick)]
        found = [(person, _common(world, me, person)) for person in fitting]
    for person, channel in found:
        if "%" in asked:
            _show_whox(me, person, channel, asked.partition("%")[2])
        else:
            where = channel.name if channel else "*"
            flags = _flags(me, person, channel)
            rest = (SERVER, person.nick, flags, f"0 {person.real}")
            me.reply("352", where, person.user, person.host, *rest)
    me.reply("315", mask, "End of /WHO list.")


def whois(world: World, me: Client, line: Line) -> None:
    """Say all that is known about somebody."""
    if not line.params:
        me.refuse("431")
        return
    asked = line.params[-1].partition(",")[0]
    person = world.person(asked)
    if person:
        _show_person(world, me, person)
    else:
        me.refuse("401", asked)
    me.reply("318", person.nick if person else asked, "End of /WHOIS list.")


def whowas(world: World, me: Client, line: Line) -> None:
    """Remember nobody who has gone."""
    if not line.params:
        me.refuse("431")
        return
    me.refuse("406", line.params[0])
    me.reply("369", line.params[0], "End of WHOWAS")


def userhost(world: World, me: Client, line: Line) -> None:
    """Say the addresses of up to five people."""
    people = [world.person(nick) for nick in line.params[:5]]
    found = [f"{p.nick}={'-' if p.away else '+'}{p.user}@{p.host}" for p in people if p]
    me.reply("302", " ".join(found))


def ison(world: World, me: Client, line: Line) -> None:
    """Say which of these people are here."""
    asked = [world.person(nick) for param in line.params for nick in param.split()]
    me.reply("303", " ".join(person.nick for person in asked if person))


def version(world: World, me: Client, line: Line) -> None:
    """Say what this server is."""
    me.reply("351", VERSION, SERVER, "the server inside the gsocbot demo")


def time(world: World, me: Client, line: Line) -> None:
    """Say what the time is."""
    me.reply("391", SERVER, f"{world.clock():%Y-%m-%d %H:%M:%S} UTC")


def info(world: World, me: Client, line: Line) -> None:
    """Say a word about this server."""
    me.reply("371", f"{VERSION}, up since {world.started:%Y-%m-%d %H:%M} UTC")
    me.reply("374", "End of /INFO list.")


def _show_person(world: World, me: Client, person: Client) -> None:
    me.reply("311", person.nick, person.user, person.host, "*", person.real)
    rooms = [c.signs(person, every=True) + c.name for c in world.channels_of(person)]
    if rooms:
        me.reply("319", person.nick, " ".join(rooms))
    me.reply("312", person.nick, SERVER, "the gsocbot demo")
    if person.away:
        me.reply("301", person.nick, person.away)
    if "B" in person.modes:
        me.reply("335", person.nick, f"is a bot on {NETWORK}")
    me.reply("330", person.nick, person.account, "is logged in as")
    since = str(int(person.signed_on.timestamp()))
    me.reply("317", person.nick, str(_idle(person)), since, "seconds idle, signon time")


def _show_whox(me: Client, person: Client, channel: Channel | None, asked: str) -> None:
    fields, _, token = asked.partition(",")
    values = {
        "t": token or "0",
        "c": channel.name if channel else "*",
        "u": person.user,
        "i": person.host,
        "h": person.host,
        "s": SERVER,
        "n": person.nick,
        "f": _flags(me, person, channel),
        "d": "0",
        "l": str(_idle(person)),
        "a": person.account,
        "o": "n/a",
        "r": person.real,
    }
    me.reply("354", *(values[letter] for letter in _WHOX_ORDER if letter in fields))


def _flags(me: Client, person: Client, channel: Channel | None) -> str:
    signs = channel.signs(person, every="multi-prefix" in me.caps) if channel else ""
    return ("G" if person.away else "H") + ("B" if "B" in person.modes else "") + signs


def _common(world: World, me: Client, person: Client) -> Channel | None:
    rooms = world.channels_of(person)
    return next((room for room in rooms if me in room.members), None)


def _idle(person: Client) -> int:
    return int(asyncio.get_running_loop().time() - person.spoke)
