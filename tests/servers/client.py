"""A raw, blocking IRC client, to play the people (and the other bots) in a test.

    with Client(services, "ana", sasl=("PLAIN", "ana", "secret"), caps=("account-tag",)) as ana:
        ana.join("#gsoc")
        ana.say("#gsoc", "!ideas")
        answer = ana.wait("PRIVMSG").text

Nothing is sent by itself but the answer to a PING, and that only while waiting.
"""

import base64
import re
import socket
import ssl
import time
from collections import deque
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping
from contextlib import suppress
from dataclasses import dataclass, field
from pathlib import Path
from types import TracebackType
from typing import Self

from tests.servers.certificates import sign

PATIENCE = 10.0
"""Seconds to wait for an answer, unless told otherwise."""
REFUSALS = frozenset({"431", "432", "433", "437", "464", "465", "ERROR"})
SASL_ENDS = frozenset({"902", "903", "904", "905", "906", "907", "908"})
UNESCAPED = {":": ";", "s": " ", "r": "\r", "n": "\n"}


@dataclass(frozen=True)
class Address:
    """Where an IRC server listens, and what it takes to get in."""

    host: str
    port: int
    tls_port: int | None = None
    ca: str | None = None
    """The file of certificates that vouch for the server."""
    tls_name: str = "localhost"
    password: str = ""

    def tls(self) -> ssl.SSLContext:
        """Make what verifies this server's certificate."""
        return ssl.create_default_context(cafile=self.ca)


@dataclass(frozen=True)
class Line:
    """One line that the server sent."""

    raw: str
    command: str
    params: tuple[str, ...] = ()
    prefix: str = ""
    tags: Mapping[str, str] = field(default_factory=dict)

    @property
    def nick(self) -> str:
        """Who sent it: a nick, or a server's name."""
        return self.prefix.partition("!")[0]

    @property
    def text(self) -> str:
        """The last parameter: what was said, in a PRIVMSG."""
        return self.params[-1] if self.params else ""

    def __str__(self) -> str:
        return self.raw


def parse(raw: str) -> Line:
    """Take a line apart."""
    rest, tags, prefix = raw, "", ""
    if rest.startswith("@"):
        tags, _, rest = rest[1:].partition(" ")
    if rest.startswith(":"):
        prefix, _, rest = rest[1:].partition(" ")
    words, colon, trailing = rest.partition(" :")
    command, *params = words.split() or [""]
    params += [trailing] if colon else []
    return Line(raw, command.upper(), tuple(params), prefix, _parse_tags(tags))


def _parse_tags(tags: str) -> dict[str, str]:
    pairs = (tag.partition("=") for tag in tags.split(";") if tag)
    return {
        key: re.sub(r"\\(.?)", lambda found: UNESCAPED.get(found[1], found[1]), value)
        for key, _, value in pairs
    }


Wanted = str | Collection[str] | Callable[[Line], bool]
"""Which line to wait for: a command or numeric, several, or a question asked of each line."""


class Client:
    """Somebody on IRC, registered and past the welcome."""

    def __init__(
        self,
        where: Address | tuple[str, int],
        nick: str,
        *,
        caps: Iterable[str] = (),
        sasl: tuple[str, str, str] | None = None,
        tls: bool | ssl.SSLContext = False,
        user: str = "",
    ) -> None:
        """Connect and register; raise ConnectionError with the server's words if it refuses.

        `sasl` is ("PLAIN", account, password), ("EXTERNAL", "", "") with a certificate in `tls`, or
        ("ECDSA-NIST256P-CHALLENGE", account, the file of a key). `tls` verifies with the server's
        own `ca`, or with the context given. `user` is the name before the host, if not the nick.
        """
        server = where if isinstance(where, Address) else Address(*where)
        self.nick = nick
        self._user = user or nick
        self._log: deque[str] = deque(maxlen=12)
        self._unread: deque[Line] = deque()
        self._bytes = b""
        self._socket = _connect(server, tls)
        try:
            self._register(server.password, [*caps, *(["sasl"] if sasl else [])], sasl)
        except BaseException:
            self.close()
            raise

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self.close()

    def close(self) -> None:
        """Leave, and wait (a second at most) until the server knows."""
        with suppress(OSError):
            self.send("QUIT :bye")
            self.lines_for(1)
        self._socket.close()

    def send(self, line: str) -> None:
        """Send one line as it is."""
        self._log.append(f"> {line}")
        self._socket.settimeout(PATIENCE)
        self._socket.sendall(line.encode("utf-8", "surrogateescape") + b"\r\n")

    def say(self, target: str, text: str) -> None:
        """Say something in a channel or to somebody."""
        self.send(f"PRIVMSG {target} :{text}")

    def join(self, channel: str) -> None:
        """Join a channel, and wait until its list of people has come."""
        self.send(f"JOIN {channel}")
        self.wait("366")

    def wait_to_see(self, nick: str, channel: str) -> None:
        """Wait until somebody is in a channel, as seen from this server of the network.

        A server sends what is said in a channel to those servers alone of whose people it knows
        that they are there, and hears of them a moment later than they do themselves.
        """
        for _ in range(round(PATIENCE / 0.05)):
            self.send(f"NAMES {channel}")
            named: set[str] = set()
            while (line := self.wait({"353", "366"})).command == "353":
                named |= {name.lstrip("~&@%+") for name in line.text.split()}
            if nick in named:
                return
            time.sleep(0.05)
        raise TimeoutError(f"{self.nick} does not see {nick} in {channel}")

    def wait(self, wanted: Wanted, timeout: float = PATIENCE) -> Line:
        """Give the next line that is wanted; the lines before it are dropped."""
        is_wanted = _question(wanted)
        deadline = time.monotonic() + timeout
        while True:
            while self._unread:
                line = self._unread.popleft()
                if is_wanted(line):
                    return line
            if not self._receive(deadline):
                raise TimeoutError(f"{self.nick}: no {wanted} within {timeout} s, {self._lately()}")

    def lines_for(self, seconds: float) -> list[Line]:
        """Give all that is unread and all that comes in so many seconds, or until the end."""
        deadline = time.monotonic() + seconds
        with suppress(ConnectionError):
            while self._receive(deadline):
                pass
        lines = list(self._unread)
        self._unread.clear()
        return lines

    def _receive(self, deadline: float) -> bool:
        """Read what has come, or wait for it; False once the time is over."""
        left = deadline - time.monotonic()
        if left <= 0:
            return False
        self._socket.settimeout(left)
        try:
            received = self._socket.recv(65536)
        except TimeoutError:
            return False
        if not received:
            raise ConnectionError(f"{self.nick}: the server closed, {self._lately()}")
        *lines, self._bytes = (self._bytes + received).split(b"\n")
        for line in lines:
            self._take(line.rstrip(b"\r").decode("utf-8", "surrogateescape"))
        return True

    def _take(self, raw: str) -> None:
        line = parse(raw)
        self._log.append(f"< {raw}")
        if line.command == "PING":
            self.send(f"PONG :{line.text}")
        self._unread.append(line)

    def _lately(self) -> str:
        return "lately:\n" + "\n".join(self._log)

    def _register(
        self, password: str, caps: Collection[str], sasl: tuple[str, str, str] | None
    ) -> None:
        if password:
            self.send(f"PASS {password}")
        if caps:
            self.send(f"CAP REQ :{' '.join(caps)}")
        self.send(f"NICK {self.nick}")
        self.send(f"USER {self._user} 0 * :{self.nick}")
        if caps:
            self._expect(lambda line: line.command == "CAP" and line.params[1] == "ACK", {"CAP"})
            if sasl:
                self._authenticate(*sasl)
            self.send("CAP END")
        self._expect({"376", "422"}, REFUSALS)

    def _authenticate(self, mechanism: str, account: str, secret: str) -> None:
        answers = _answers(mechanism, account, secret)
        said = mechanism
        while True:
            self.send(f"AUTHENTICATE {said}")
            asked = self._expect({"AUTHENTICATE", "903"}, SASL_ENDS - {"903"})
            if asked.command == "903":
                return
            challenge = b"" if asked.text == "+" else base64.b64decode(asked.text)
            said = base64.b64encode(next(answers)(challenge)).decode() or "+"

    def _expect(self, good: Wanted, bad: Collection[str]) -> Line:
        """Wait for the answer; ConnectionError if it is one of the bad ones."""
        is_good = _question(good)
        line = self.wait(lambda line: is_good(line) or line.command in {*bad, *REFUSALS})
        if not is_good(line):
            raise ConnectionError(f"{self.nick}: {line}")
        return line


def _answers(mechanism: str, account: str, secret: str) -> Iterator[Callable[[bytes], bytes]]:
    """What to answer to each challenge in turn."""
    name = account.encode()
    if mechanism == "PLAIN":
        yield lambda _: b"\0".join((name, name, secret.encode()))
    elif mechanism == "ECDSA-NIST256P-CHALLENGE":
        yield lambda _: name
        yield lambda challenge: sign(Path(secret), challenge)
    else:
        yield lambda _: name


def _connect(server: Address, tls: bool | ssl.SSLContext) -> socket.socket:
    port = server.tls_port if tls and server.tls_port else server.port
    connection = socket.create_connection((server.host, port), timeout=PATIENCE)
    connection.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
    if not tls:
        return connection
    context = server.tls() if tls is True else tls
    try:
        return context.wrap_socket(connection, server_hostname=server.tls_name)
    except BaseException:
        connection.close()
        raise


def _question(wanted: Wanted) -> Callable[[Line], bool]:
    if callable(wanted):
        return wanted
    commands = {wanted} if isinstance(wanted, str) else set(wanted)
    return lambda line: line.command in commands
