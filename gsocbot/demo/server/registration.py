"""Coming, being called something, and going: CAP, NICK, USER, PING, QUIT and the greeting."""

from gsocbot.demo.server import names
from gsocbot.demo.server.clients import Client
from gsocbot.demo.server.replies import CAPS, ISUPPORT, MOTD, NETWORK, SERVER, VERSION
from gsocbot.demo.server.wire import Line
from gsocbot.demo.server.world import World, tell


def cap(world: World, me: Client, line: Line) -> None:
    """Say which capabilities there are, and take those that a client asks for."""
    match line.params[0].upper():
        case "LS":
            me.negotiating = not me.registered
            version = line.params[1] if len(line.params) > 1 else ""
            if version.isdecimal() and int(version) >= 302:
                me.caps.add("cap-notify")
            me.say("CAP", me.nick, "LS", " ".join(CAPS))
        case "LIST":
            me.say("CAP", me.nick, "LIST", " ".join(sorted(me.caps)))
        case "REQ":
            me.negotiating = not me.registered
            _request(me, " ".join(line.params[1:]))
        case "END":
            me.negotiating = False
            _welcome_if_ready(world, me)
        case other:
            me.refuse("410", other)


def nick(world: World, me: Client, line: Line) -> None:
    """Take a nick, and with it the account of that name."""
    wanted = line.params[0] if line.params else ""
    if not wanted:
        me.refuse("431")
    elif not names.is_nick(wanted):
        me.refuse("432", wanted)
    elif world.is_taken(wanted, by_other_than=me):
        me.refuse("433", wanted)
    elif not me.registered:
        world.rename(me, wanted)
        _welcome_if_ready(world, me)
    elif wanted != me.nick:
        tell(world.neighbours(me), me.line("NICK", wanted))
        world.rename(me, wanted)
        tell(world.neighbours(me), me.line("ACCOUNT", me.account), needs="account-notify")


def user(world: World, me: Client, line: Line) -> None:
    """Take a user name and a real name; the last thing that a client must tell."""
    if me.registered or me.user:
        me.refuse("462")
        return
    me.user = names.user_name(line.params[0])
    me.real = line.params[3]
    _welcome_if_ready(world, me)


def password(world: World, me: Client, line: Line) -> None:
    """Take no notice of a password: there is nothing here to protect."""
    if me.registered:
        me.refuse("462")


def ping(world: World, me: Client, line: Line) -> None:
    """Answer with what was sent."""
    if line.params:
        me.say("PONG", SERVER, line.params[0])
    else:
        me.refuse("409")


def pong(world: World, me: Client, line: Line) -> None:
    """Nothing to do: having sent anything at all is the sign of life."""


def leave(world: World, me: Client, line: Line) -> None:
    """Let a client go, with its last words."""
    me.leaving = f"Quit: {line.params[0]}" if line.params else "Quit"


def set_name(world: World, me: Client, line: Line) -> None:
    """Change a real name."""
    me.real = line.params[0]
    tell(world.neighbours(me), me.line("SETNAME", me.real), needs="setname")


def motd(world: World, me: Client, line: Line | None = None) -> None:
    """Say where one is."""
    me.reply("375", f"- {SERVER} Message of the day -")
    for text in MOTD:
        me.reply("372", f"- {text}")
    me.reply("376", "End of /MOTD command.")


def lusers(world: World, me: Client, line: Line | None = None) -> None:
    """Count who is here."""
    here = len(world.people())
    me.reply("251", f"There are {here} users and 0 invisible on 1 server")
    me.reply("254", str(len(world.channels)), "channels formed")
    me.reply("255", f"I have {here} clients and 0 servers")


def _request(me: Client, text: str) -> None:
    words = text.split()
    if any(word.removeprefix("-") not in CAPS for word in words):
        me.say("CAP", me.nick, "NAK", text)
        return
    for word in words:
        if word.startswith("-"):
            me.caps.discard(word[1:])
        else:
            me.caps.add(word)
    me.say("CAP", me.nick, "ACK", text)


def _welcome_if_ready(world: World, me: Client) -> None:
    if me.registered or me.negotiating or me.nick == "*" or not me.user:
        return
    me.registered = True
    me.reply("001", f"Welcome to the {NETWORK} network, {me.address}")
    me.reply("002", f"Your host is {SERVER}, running version {VERSION}")
    me.reply("003", f"This server was started {world.started:%Y-%m-%d %H:%M} UTC")
    me.reply("004", SERVER, VERSION, "Bi", "bimnotv", "bov")
    me.reply("005", *ISUPPORT, "are supported by this server")
    lusers(world, me)
    motd(world, me)
