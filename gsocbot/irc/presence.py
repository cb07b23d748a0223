"""Where the bot is and who is there with it, as the server tells on one connection."""

from collections.abc import Callable
from datetime import datetime

from irc.client import Event

from gsocbot.config import Channel
from gsocbot.irc.identity import People
from gsocbot.irc.modes import Modes
from gsocbot.irc.wire import Connection
from gsocbot.talk import Present

WHOX_TOKEN = "77"


class Presence:
    """The bot's own name and channels, and the people in them; made anew for each connection.

    `channels` are those it is to be in, `send` sends a line, `clock` gives aware moments; `gone`
    is told of a nick that is no longer there, or no longer that person's. `noticed` is to be
    called whenever anything comes from the server.
    """

    def __init__(
        self,
        connection: Connection,
        channels: dict[str, Channel],
        send: Callable[[str], object],
        clock: Callable[[], datetime],
        gone: Callable[[str], object] = lambda _nick: None,
    ) -> None:
        self._connection = connection
        self._wanted = channels
        self._send = send
        self._clock = clock
        self._gone = gone
        self._heard = clock()
        self._joined: dict[str, datetime] = {}
        self._names: dict[str, str] = {}
        self.registered = False
        self.people = People(clock)
        self.prefix: str | None = None
        self.on_featurelist()

    def fold(self, name: str) -> str:
        """A name as this server compares it (CASEMAPPING)."""
        return self.people.fold(name)

    def is_in(self, channel: str) -> bool:
        """Whether the bot is in a channel."""
        return self.fold(channel) in self._joined

    def since(self, channel: str) -> datetime | None:
        """From when on the bot has been in a channel; None where it is not."""
        return self._joined.get(self.fold(channel))

    def is_wanted(self, channel: str) -> bool:
        """Whether a channel is one of those that the bot is to be in."""
        return self.fold(channel) in self._names

    def channels(self) -> list[str]:
        """Those of its channels that the bot is in, as the config has them, in lower case."""
        return [self._names[channel] for channel in self._joined if channel in self._names]

    def present(self) -> dict[str, Present]:
        """Those channels, each with the moment when the bot joined it, and that of `noticed`."""
        names = self._names
        return {
            names[channel]: Present(since, self._heard)
            for channel, since in self._joined.items()
            if channel in names
        }

    def noticed(self) -> None:
        """Something has come from the server."""
        self._heard = self._clock()

    def named(self, channel: str) -> str:
        """A channel as the config has it, in lower case: so the house calls it."""
        folded = self.people.fold(channel)
        return self._names.get(folded, folded)

    def is_me(self, nick: str) -> bool:
        """Whether a nick is the bot's own."""
        fold = self.people.fold
        return fold(nick) == fold(self._connection.real_nickname)

    # --- what the server tells

    def on_featurelist(self, _event: Event | None = None) -> None:
        """Fold names as this server does (CASEMAPPING), and read modes as it writes them."""
        fold = self.people.fold = self._connection.fold
        self._names = {fold(name): name.lower() for name in self._wanted}
        self.modes = Modes(self._connection.features)

    def on_welcome(self, _event: Event) -> None:
        """The server has let the bot in."""
        self.registered = True

    def on_join(self, event: Event) -> None:
        """Somebody came; extended-join tells their account."""
        nick, channel = event.source.nick, event.target
        if self.is_me(nick):
            self.prefix = str(event.source)
            self._joined[self.people.fold(channel)] = self._heard
            if hasattr(self._connection.features, "whox"):
                self._send(f"WHO {channel} %tna,{WHOX_TOKEN}")
        account = event.arguments[0] if len(event.arguments) >= 2 else None
        self.people.joined(nick, channel, account)

    def on_namreply(self, event: Event) -> None:
        """Who was there before."""
        if len(event.arguments) < 3:
            return
        for word in filter(None, event.arguments[2].split(" ")):
            nick, ranks = self.modes.named(word)
            self.people.joined(nick, event.arguments[1], None, ranks)

    def on_mode(self, event: Event) -> None:
        """Somebody is made an operator of a channel, or is one no longer."""
        for on, letter, nick in self.modes.changes(event.arguments):
            if letter in self.modes.operators:
                self.people.promoted(nick, event.target or "", letter, on=on)

    def on_whospcrpl(self, event: Event) -> None:
        """Whose account that is (WHOX)."""
        if len(event.arguments) == 3 and event.arguments[0] == WHOX_TOKEN:
            self.people.logged(event.arguments[1], event.arguments[2])

    def on_account(self, event: Event) -> None:
        """Somebody logged in or out (account-notify)."""
        self.people.logged(event.source.nick, event.target or "*")

    def on_nick(self, event: Event) -> None:
        """Somebody is called otherwise from now on."""
        if self.is_me(event.target) and "!" in event.source:
            self.prefix = f"{event.target}!{event.source.userhost}"
        self.people.renamed(event.source.nick, event.target)
        self._gone(event.source.nick)

    def on_quit(self, event: Event) -> None:
        """Somebody left the network."""
        self.people.quit(event.source.nick)
        self._gone(event.source.nick)

    def on_part(self, event: Event) -> None:
        """Somebody left a channel."""
        self._left(event.source.nick, event.target)

    def on_kick(self, event: Event) -> None:
        """Somebody was made to leave a channel."""
        self._left(event.arguments[0], event.target)

    def on_chghost(self, event: Event) -> None:
        """The bot's own host changed, and with it the length of what others read."""
        if self.is_me(event.source.nick) and event.arguments:
            self.prefix = f"{event.source.nick}!{event.target}@{event.arguments[0]}"

    def on_396(self, event: Event) -> None:
        """The server shows another host of ours from now on (RPL_HOSTHIDDEN)."""
        if self.prefix and "!" in self.prefix.partition("@")[0] and event.arguments:
            nick, user = self.prefix.partition("@")[0].split("!", 1)
            host = event.arguments[0]
            self.prefix = f"{nick}!{host}" if "@" in host else f"{nick}!{user}@{host}"

    def _left(self, nick: str, channel: str) -> None:
        if self.is_me(nick):
            self._joined.pop(self.people.fold(channel), None)
            self.people.channel_lost(channel)
        else:
            self.people.left(nick, channel)
            if not self.people.channels(nick):
                self._gone(nick)
