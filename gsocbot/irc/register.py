"""Registering with a server: CAP, SASL, a nick; logged in as configured, or not in at all."""

import base64
import logging
from collections.abc import Iterator
from enum import Enum, auto
from pathlib import Path

from irc.client import Event
from irc.events import codes, numeric

from gsocbot.config import Network
from gsocbot.irc.wire import Connection

log = logging.getLogger(__name__)

WANTED = frozenset(
    {
        *("message-tags", "server-time", "account-tag", "account-notify", "extended-join"),
        *("multi-prefix", "userhost-in-names", "batch", "chghost", "setname", "cap-notify"),
    }
)
CHUNK = 400
"""How many base64 characters an AUTHENTICATE line carries (IRCv3 SASL 3.1)."""

MOST_NICKS = 9
SHORT_NICK, LONG_NICK = 9, 16
"""What every server takes (RFC 1459), and what nearly all do."""

FAILURES = {"902", "904", "905", "906", "907", "908"}


_NUMERICS = ("421", "432", "433", "436", "437", "902", "903", "904", "905", "906", "907", "908")
EVENTS = ("cap", "authenticate", "welcome", *(numeric[n] for n in _NUMERICS))
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
    """One registration; `on` is given every event of it and sends what follows."""

    def __init__(self, connection: Connection, network: Network) -> None:
        self._connection = connection
        self._network = network
        self._offered: dict[str, str] = {}
        self._tries = 0
        self.state = State.ASKING
        self.caps: set[str] = set()

    def begin(self) -> None:
        """The first line on the wire."""
        self._connection.send_raw("CAP LS 302")

    def on(self, event: Event) -> None:
        """Take one event; raises LoginFailed when SASL was wanted and is not to be had."""
        numeric = codes.get(event.type, event.type)
        if event.type == "cap":
            self._cap(event)
        elif event.type == "authenticate" and self.state is State.AUTHENTICATING:
            self._authenticate(event.target or (event.arguments or [""])[0])
        elif numeric in FAILURES and self.state is State.AUTHENTICATING:
            raise LoginFailed(f"the server refused the login ({numeric})")
        elif numeric == "903" and self.state is State.AUTHENTICATING:
            self._end()
        elif numeric == "421" and self.state is State.ASKING:
            self._without_cap()
        elif numeric in {"432", "433", "436", "437"} and self.state is not State.REGISTERED:
            self._tries += 1
            if self._tries > MOST_NICKS:
                raise ConnectionRefusedError("the server refuses every nick")
            self._connection.send_raw(f"NICK {alternative(self._network.nick, self._tries)}")
        elif event.type == "welcome":
            if self._network.sasl and self.state is not State.ENDING:
                raise LoginFailed("the server let us in without a login")
            self.state = State.REGISTERED

    def _cap(self, event: Event) -> None:
        words = [w for a in event.arguments for w in a.split()]
        verb, rest = (words[0].upper(), words[1:]) if words else ("", [])
        if verb == "LS" and self.state is State.ASKING:
            continues = bool(rest) and rest[0] == "*"
            for cap in rest[1:] if continues else rest:
                name, _, value = cap.partition("=")
                self._offered[name] = value
            if not continues:
                self._request()
        elif verb == "ACK":
            for cap in rest:
                (self.caps.discard if cap.startswith("-") else self.caps.add)(cap.lstrip("-~="))
            if self.state is State.REQUESTED:
                self._acknowledged()
        elif verb == "NAK" and self.state is State.REQUESTED:
            self._acknowledged()
        elif verb == "DEL":
            self.caps.difference_update(rest)

    def _request(self) -> None:
        wanted = sorted(WANTED.intersection(self._offered))
        if self._network.sasl and "sasl" not in self._offered:
            raise LoginFailed("the server offers no login (sasl)")
        if self._network.sasl:
            wanted.append("sasl")
        if not wanted:
            self._end()
            return
        self.state = State.REQUESTED
        self._connection.send_raw(f"CAP REQ :{' '.join(wanted)}")

    def _acknowledged(self) -> None:
        if not self._network.sasl:
            self._end()
        elif "sasl" not in self.caps:
            raise LoginFailed("the server took sasl back")
        else:
            self.state = State.AUTHENTICATING
            self._connection.send_raw(f"AUTHENTICATE {self._network.sasl.mechanism.upper()}")

    def _authenticate(self, challenge: str) -> None:
        if challenge != "+":
            raise LoginFailed("the server asked for something that this mechanism has not")
        for line in chunks(self._secret()):
            self._connection.send_raw(f"AUTHENTICATE {line}")

    def _secret(self) -> bytes:
        sasl = self._network.sasl
        assert sasl is not None
        if sasl.mechanism == "external":
            return sasl.username.encode()
        assert sasl.password_file is not None
        try:
            name, password = sasl.username.encode(), password_in(sasl.password_file)
        except OSError as error:
            raise LoginFailed(f"{sasl.password_file}: {error.strerror}") from error
        return name + b"\0" + name + b"\0" + password

    def _without_cap(self) -> None:
        if self._network.sasl:
            raise LoginFailed("the server knows no login (CAP)")
        self.state = State.ENDING

    def _end(self) -> None:
        self.state = State.ENDING
        self._connection.send_raw("CAP END")


def password_in(file: Path) -> bytes:
    """The first line of a password file."""
    return file.read_bytes().split(b"\n", 1)[0].rstrip(b"\r")


def chunks(secret: bytes) -> Iterator[str]:
    """A SASL answer as lines: 400 characters each, a + where the last is full or there is none."""
    text = base64.b64encode(secret).decode()
    for start in range(0, len(text), CHUNK):
        yield text[start : start + CHUNK]
    if len(text) % CHUNK == 0:
        yield "+"


def alternative(nick: str, tries: int) -> str:
    """Another nick while the own one is taken, or too long for the server."""
    tail = "_" if tries == 1 else f"_{tries}"
    longest = LONG_NICK if tries < 3 else SHORT_NICK
    return nick[: longest - len(tail)] + tail
