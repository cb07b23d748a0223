"""The bot's own nick: taken back as soon as it is free, or through services."""

from collections.abc import Callable

from irc.client import Event

from gsocbot.irc.presence import Presence
from gsocbot.irc.times import Times
from gsocbot.irc.wire import Connection

SERVICES = "NickServ"
ASKED = ("REGAIN", "GHOST", "RECOVER")
"""What services call it, one after the other; no password goes along, the login is enough."""


class OwnNick:
    """The nick of one connection. `clock` is the loop's, `logged_in` means that services know us.

    `send` sends a line. `tick` is to be called every few seconds.
    """

    def __init__(
        self,
        connection: Connection,
        presence: Presence,
        wanted: str,
        send: Callable[[str], object],
        clock: Callable[[], float],
        times: Times,
        *,
        logged_in: bool,
    ) -> None:
        self._connection = connection
        self._presence = presence
        self._wanted = wanted
        self._send = send
        self._clock = clock
        self._times = times
        self._logged_in = logged_in
        self._next = clock()
        self._asked = 0
        self._lost = 0
        self._worn_at = clock()
        self._watching = False

    def tick(self) -> None:
        """Try the own nick again, if another one is worn and it is time."""
        if self._presence.is_me(self._wanted):
            self._asked = 0
        elif self._clock() >= self._next:
            self._watch()
            self._take()

    def _take(self) -> None:
        self._next = self._clock() + self._times.nick
        self._send(f"NICK {self._wanted}")

    def _watch(self) -> None:
        """Have the server say when the nick is free, where it can (MONITOR)."""
        if hasattr(self._connection.features, "monitor") and not self._watching:
            self._watching = True
            self._send(f"MONITOR + {self._wanted}")

    def _is_wanted(self, nick: str) -> bool:
        return self._presence.fold(nick) == self._presence.fold(self._wanted)

    # --- what the server tells

    def on_nick(self, event: Event) -> None:
        """Somebody gives the nick up; or the bot has it; or the server has taken it from us."""
        given_up = self._is_wanted(event.source.nick) and not self._is_wanted(event.target)
        if not self._presence.is_me(event.target):
            if given_up:
                self._free()
        elif given_up:
            self._taken()
        else:
            self._worn_at = self._clock()

    def on_quit(self, event: Event) -> None:
        """Whoever had the nick leaves."""
        if self._is_wanted(event.source.nick):
            self._free()

    def on_731(self, event: Event) -> None:
        """Nobody has the nick any more (RPL_MONOFFLINE)."""
        if event.arguments and any(map(self._is_wanted, event.arguments[-1].split(","))):
            self._free()

    def _taken(self) -> None:
        """Back at once; but if it goes on, later each time: twice as late."""
        if self._clock() - self._worn_at > self._times.steady:
            self._lost = 0
        if self._lost:
            pause = self._times.services * 2**self._lost
            self._next = self._clock() + min(self._times.longest_delay, pause)
        else:
            self._take()
        self._lost = min(self._lost + 1, 16)

    def _free(self) -> None:
        if not self._presence.is_me(self._wanted):
            self._take()

    def on_433(self, event: Event) -> None:
        """Somebody else has the nick: services know whose it is."""
        if self._is_about_it(event) and self._asked < len(ASKED):
            self._ask(ASKED[self._asked])

    def on_432(self, event: Event) -> None:
        """Services hold the nick for its owner, as they do after they took it from somebody."""
        if self._is_about_it(event) and self._asked <= len(ASKED):
            self._ask("RELEASE")

    on_437 = on_432

    def _is_about_it(self, event: Event) -> bool:
        """437 is said of channels too."""
        return bool(event.arguments) and self._is_wanted(event.arguments[0])

    def _ask(self, what: str) -> None:
        if self._logged_in and self._presence.registered:
            self._asked += 1
            self._send(f"PRIVMSG {SERVICES} :{what} {self._wanted}")
            self._next = self._clock() + self._times.services
