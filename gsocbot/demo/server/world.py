"""Who is here and in which channels: all that the server remembers."""

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import datetime

from gsocbot.demo.server.clients import Client, Clock
from gsocbot.demo.server.names import fold, matches
from gsocbot.demo.server.wire import Line

_SIGNS = {"o": "@", "v": "+"}


@dataclass(frozen=True, slots=True)
class Written:
    """A topic or a ban: what somebody wrote, and when."""

    text: str
    by: str
    at: datetime


@dataclass(slots=True)
class Channel:
    """A channel, for as long as somebody is in it."""

    name: str
    created: datetime
    members: dict[Client, set[str]] = field(default_factory=dict)
    topic: Written | None = None
    modes: set[str] = field(default_factory=lambda: {"n", "t"})
    bans: dict[str, Written] = field(default_factory=dict)
    invited: set[Client] = field(default_factory=set)

    def has_op(self, client: Client) -> bool:
        """Whether a client is operator here."""
        return "o" in self.members.get(client, ())

    def bars(self, client: Client) -> bool:
        """Whether a ban fits a client."""
        return any(matches(mask, client.address) for mask in self.bans)

    def signs(self, member: Client, *, every: bool) -> str:
        """The signs in front of a member's nick: every one, or the highest."""
        signs = "".join(sign for letter, sign in _SIGNS.items() if letter in self.members[member])
        return signs if every else signs[:1]

    def lets_speak(self, client: Client) -> bool:
        """Whether a client may say something here."""
        if client not in self.members:
            return "n" not in self.modes and "m" not in self.modes and not self.bars(client)
        return bool(self.members[client]) or not ("m" in self.modes or self.bars(client))


class World:
    """The clients by nick and the channels by name, and the ways to tell them something."""

    def __init__(self, clock: Clock) -> None:
        self.clock = clock
        self.started = clock()
        self.channels: dict[str, Channel] = {}
        self._clients: dict[str, Client] = {}
        self._spoken = 0

    def people(self) -> list[Client]:
        """Everybody who is registered, in the order in which they took their nicks."""
        return [client for client in self._clients.values() if client.registered]

    def person(self, nick: str) -> Client | None:
        """The registered client with a nick."""
        client = self._clients.get(fold(nick))
        return client if client and client.registered else None

    def is_taken(self, nick: str, by_other_than: Client) -> bool:
        """Whether another client has a nick, be it still registering."""
        return self._clients.get(fold(nick), by_other_than) is not by_other_than

    def rename(self, client: Client, nick: str) -> None:
        """Give a client a nick that nobody has."""
        self._clients.pop(fold(client.nick), None)
        client.nick = nick
        self._clients[fold(nick)] = client

    def channel(self, name: str) -> Channel | None:
        """The channel with a name."""
        return self.channels.get(fold(name))

    def channels_of(self, client: Client) -> list[Channel]:
        """The channels that a client is in."""
        return [channel for channel in self.channels.values() if client in channel.members]

    def neighbours(self, client: Client) -> list[Client]:
        """The client itself, and everybody who shares a channel with it."""
        met = dict.fromkeys([client])
        for channel in self.channels_of(client):
            met |= dict.fromkeys(channel.members)
        return list(met)

    def leave(self, client: Client, channel: Channel) -> None:
        """Take a client out of a channel, and the channel away when it is empty."""
        del channel.members[client]
        if not channel.members:
            del self.channels[fold(channel.name)]

    def drop(self, client: Client, reason: str) -> None:
        """Forget a client, and tell those who knew it."""
        if self._clients.get(fold(client.nick)) is not client:
            return
        if client.registered:
            friends = [friend for friend in self.neighbours(client) if friend is not client]
            tell(friends, client.line("QUIT", reason))
        for channel in self.channels_of(client):
            self.leave(client, channel)
        for channel in self.channels.values():
            channel.invited.discard(client)
        del self._clients[fold(client.nick)]

    def message_id(self) -> str:
        """A name for a message that no other message has."""
        self._spoken += 1
        return f"{int(self.started.timestamp()):x}-{self._spoken}"


def tell(clients: Iterable[Client], line: Line, needs: str | None = None) -> None:
    """Send a line to several clients, or to those of them that know a capability."""
    for client in clients:
        if needs is None or needs in client.caps:
            client.send(line)
