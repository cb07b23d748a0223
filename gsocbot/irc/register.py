"""Registering with a server: CAP, SASL, a nick; logged in as configured, or not in at all."""

import logging
from collections.abc import Callable
from datetime import timedelta
from enum import Enum, auto
from typing import NoReturn

from irc.client import Event
from irc.events import codes

from gsocbot.config import Network, Sasl
from gsocbot.irc import sasl, sts
from gsocbot.irc.capabilities import Capabilities
from gsocbot.irc.wire import Connection

log = logging.getLogger(__name__)

MOST_NICKS = 9
SHORT_NICK, LONG_NICK = 9, 16
"""What every server takes (RFC 1459), and what nearly all do."""

FAILURES = frozenset({"902", "904", "905", "906", "907", "908"})
NO_CAP = frozenset({"421", "451", "461"})
BAD_NICK = frozenset({"432", "433", "436", "437"})
EVENTS = ("cap", "authenticate", "welcome", "901", "903", *sorted(FAILURES | NO_CAP | BAD_NICK))
"""What a registration is told of."""


class State(Enum):
    """How far a registration has come."""

    ASKING = auto()
    REQUESTED = auto()
    AUTHENTICATING = auto()
    ENDING = auto()
    REGISTERED = auto()


class LoginFailed(Exception):
    """SASL is configured and was not achieved; nothing may be joined or said."""


class Registration:
    """One registration; `on` is given every event of it and sends what follows.

    `secure` tells whether nobody can read along. `promised` is told for how long a server wants
    to be spoken to over TLS alone (STS).
    """

    def __init__(
        self,
        connection: Connection,
        network: Network,
        *,
        secure: bool = False,
        promised: Callable[[timedelta], object] = lambda _duration: None,
    ) -> None:
        self._connection = connection
        self._network = network
        self._secure = secure
        self._promised = promised
        self._capabilities = Capabilities(connection.send_raw)
        self._introduced = False
        self._tries = 0
        self._exchange: sasl.Exchange | None = None
        self._challenge = sasl.Challenge()
        self.state = State.ASKING
        self.steps = 0
        """Grows with each answer of the server that moves things along."""

    @property
    def is_in(self) -> bool:
        """Whether the server has let us in."""
        return self.state is State.REGISTERED

    @property
    def caps(self) -> set[str]:
        """The capabilities that hold now."""
        return self._capabilities.granted

    def begin(self) -> None:
        """The first lines on the wire.

        In the clear nothing but the question goes out before its answer: it may be that the
        server wants us over TLS.
        """
        self._connection.send_raw("CAP LS 302")
        if self._secure:
            self._introduce()

    def late(self) -> None:
        """The server has not moved for too long. Raises LoginFailed where a login is wanted."""
        if not self._introduced:
            self._introduce()
        elif self.state in {State.ASKING, State.REQUESTED} and not self._network.sasl:
            self._end()
        elif self.state is not State.ENDING and self._tries_to_log_in:
            self._failed("the server does not go on with the login")

    def on(self, event: Event) -> None:
        """Take one event.

        Raises LoginFailed when SASL was wanted and is not to be had, sts.Upgrade, and
        ConnectionRefusedError when the server takes no nick.
        """
        kind = codes.get(event.type, event.type)
        self.steps += 1
        if event.type == "cap":
            self._cap(event)
        elif event.type == "authenticate":
            self._authenticate(event.target or (event.arguments or [""])[0])
        elif kind in FAILURES:
            if self.state is State.AUTHENTICATING:
                self._failed(f"the server refused the login ({kind} {_text(event)})")
        elif kind == "903":
            self._logged_in()
        elif kind == "901":
            self._logged_out()
        elif kind in NO_CAP:
            self._without_cap(event)
        elif kind in BAD_NICK and self._introduced:
            self._other_nick()
        elif event.type == "welcome":
            self._welcome()

    # --- capabilities

    def _cap(self, event: Event) -> None:
        words = [word for argument in event.arguments for word in argument.split()]
        verb, rest = (words[0].upper(), words[1:]) if words else ("", [])
        if verb == "LS" and self.state is State.ASKING:
            continues = rest[:1] == ["*"]
            self._offered(rest[1:] if continues else rest)
            if not continues:
                self._introduce()
                self._request()
        elif verb == "NEW":
            self._offered(rest)
            if self.state is State.REGISTERED:
                self._capabilities.request()
        elif verb == "DEL":
            self._capabilities.end(rest)
            if "sasl" in rest and self._tries_to_log_in and self.state is not State.ENDING:
                self._failed("the server takes its login back (sasl)")
        elif verb == "ACK":
            self._capabilities.acknowledge(rest)
            self._granted()
        elif verb == "NAK":
            self._capabilities.refuse(rest)
            self._granted()

    def _offered(self, words: list[str]) -> None:
        self._capabilities.offer(words)
        value = self._capabilities.offered.get("sts")
        if value is None:
            return
        port, duration = sts.port_in(value), sts.duration_in(value)
        if self._secure and duration is not None:
            self._promised(duration)
        elif not self._secure and port is not None:
            raise sts.Upgrade(port)

    def _request(self) -> None:
        if self._network.sasl and "sasl" not in self._capabilities.offered:
            self._failed("the server offers no login (sasl)")
        self.state = State.REQUESTED
        if not self._capabilities.request(*(["sasl"] if self._network.sasl else [])):
            self._end()

    def _granted(self) -> None:
        if self.state is not State.REQUESTED or not self._capabilities.settled:
            return
        if not self._network.sasl:
            self._end()
        elif "sasl" not in self.caps:
            self._failed("the server does not grant a login (sasl)")
        else:
            self._begin_login(self._network.sasl)

    def _without_cap(self, event: Event) -> None:
        if self.state is not State.ASKING or "CAP" not in (a.upper() for a in event.arguments):
            return
        self._introduce()
        if self._network.sasl:
            self._failed("the server knows no login (CAP)")
        self.state = State.ENDING

    # --- logging in

    @property
    def _tries_to_log_in(self) -> bool:
        return self._network.sasl is not None and self.state is not State.REGISTERED

    def _begin_login(self, settings: Sasl) -> None:
        name = settings.mechanism.upper()
        offered = self._capabilities.offered["sasl"].upper()
        if offered and name not in offered.split(","):
            self._failed(f"the server offers {offered} and not {name}")
        try:
            self._exchange = sasl.exchange(settings)
        except sasl.Unfit as error:
            self._failed(str(error))
        self.state = State.AUTHENTICATING
        self._connection.send_raw(f"AUTHENTICATE {name}")

    def _authenticate(self, line: str) -> None:
        if self.state is not State.AUTHENTICATING or self._exchange is None:
            return
        try:
            challenge = self._challenge.add(line)
            if challenge is not None:
                for part in sasl.lines(self._exchange.answer(challenge)):
                    self._connection.send_raw(f"AUTHENTICATE {part}")
        except sasl.Untrusted as error:
            self._connection.send_raw("AUTHENTICATE *")
            self._failed(str(error))

    def _logged_in(self) -> None:
        if self.state is not State.AUTHENTICATING or self._exchange is None:
            return
        if not self._exchange.done:
            self._connection.send_raw("AUTHENTICATE *")
            self._failed("the server says that we are in before it has shown who it is")
        self._end()

    def _logged_out(self) -> None:
        if self._network.sasl and self.state in {State.ENDING, State.REGISTERED}:
            raise LoginFailed("the server has logged us out")

    def _failed(self, why: str) -> NoReturn:
        raise LoginFailed(why)

    # --- a nick, and in

    def _introduce(self) -> None:
        """PASS, NICK and USER (RFC 1459, 4.1), once."""
        if self._introduced:
            return
        self._introduced = True
        network, send = self._network, self._connection.send_raw
        if network.server_password_file is not None:
            try:
                send(f"PASS :{sasl.secret_in(network.server_password_file)}")
            except sasl.Unfit as error:
                self._failed(str(error))
        send(f"NICK {network.nick}")
        send(f"USER {network.nick} 0 * :{network.nick}")

    def _other_nick(self) -> None:
        if self.state is State.REGISTERED:
            return
        self._tries += 1
        if self._tries > MOST_NICKS:
            raise ConnectionRefusedError("the server refuses every nick")
        self._connection.send_raw(f"NICK {alternative(self._network.nick, self._tries)}")

    def _end(self) -> None:
        self.state = State.ENDING
        self._connection.send_raw("CAP END")

    def _welcome(self) -> None:
        if self._tries_to_log_in and self.state is not State.ENDING:
            self._failed("the server let us in without a login")
        self.state = State.REGISTERED
        self._capabilities.request()  # what has come while the bot got in


def _text(event: Event) -> str:
    return event.arguments[-1][:200] if event.arguments else ""


def alternative(nick: str, tries: int) -> str:
    """Another nick while the own one is taken, or too long for the server."""
    tail = "_" if tries == 1 else f"_{tries}"
    longest = LONG_NICK if tries < 3 else SHORT_NICK
    return nick[: longest - len(tail)] + tail
