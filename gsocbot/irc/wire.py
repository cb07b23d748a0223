"""The irc package, made safe: each defect of irc 20.5.0 has its numbered way round here.

 1  an exception in a handler ends the connection         Reactor._handle_event, guarded
 2  one byte that is not UTF-8 ends the connection        buffer.Buffer decodes leniently
 3  QUIT, PING or PRIVMSG without arguments raise         Connection._process_line and _handle_*
 4  CR and NUL are sent as they are                       Connection._prep_message
 5  more than 512 bytes raise                             Connection._prep_message
 8  send_raw on a closed transport says nothing           Connection.send_raw raises
 9  an old socket's end closes the new connection         a Connection serves one socket
10  disconnect with a line end leaves the socket open     Connection.disconnect
11  nobody sees that a peer has stopped reading           Protocol, Connection.send_raw
16  a line without end is kept and searched for ever      buffer.Buffer.feed
17  ISUPPORT tokens without or with odd values            Features
18  STATUSMSG, CHANTYPES, CTCP in the middle of a text    Connection._handle_message
19  any blank of Unicode splits a line                    message.split, at ASCII spaces
20  the methods that send lose words and check nothing    message.join, and send_raw
21  the DEBUG log holds PASS and AUTHENTICATE             Connection.send_raw does not log
23  PREFIX and CHANMODES are not asked to read modes       modes.Modes
26  the own nick is compared by case                      Connection._process_line
27  a line WELCOME or ACTION is taken for those events    Connection._process_line, INTERNAL
28  the loop is guessed                                   Reactor is given it
29  a line with tags has no method that sends it          message.join, and send_raw
30  NICK and USER go out before the answer to CAP LS      Connection.nick and user send nothing
"""

import asyncio
import logging
from collections.abc import Callable
from typing import Any

from irc import client_aio, events
from irc.client import Event, ServerNotConnectedError
from irc.features import FeatureSet

from gsocbot.irc.buffer import Buffer, EndlessLine
from gsocbot.irc.message import join, split
from gsocbot.irc.names import Fold, Source, fold_by

log = logging.getLogger(__name__)

INTERNAL = frozenset(
    {*events.codes, *events.generated, "action", "pubmsg", "pubnotice", "privnotice"}
) - {"away"}
"""What events are called that no line of a server may cause by its verb; AWAY is a command too."""

LEAST = {
    "join": 1,
    "part": 1,
    "nick": 1,
    "quit": 0,
    "kick": 2,
    "account": 0,
    "chghost": 2,
    "setname": 1,
    "invite": 2,
}
"""How many parameters a line of this kind has at least; all of them have a source."""

MOST_BYTES = 512
MOST_UNSENT = 1_000_000
"""A peer that leaves this much unread will read no more."""

HANG_UP_SECONDS = 2.0


class Features(FeatureSet):  # type: ignore[misc]
    """What a server says it can do; a token it writes oddly is left out."""

    def load_feature(self, feature: str) -> None:
        """Take one token of RPL_ISUPPORT."""
        try:
            if feature and "=" not in feature and not feature.startswith("-"):
                self.set(feature)
            else:
                super().load_feature(feature)
        except Exception:
            log.info("odd ISUPPORT token %r", feature[:100])


class Protocol(client_aio.IrcProtocol):  # type: ignore[misc]
    """One socket; says why it ended, and whether its peer still reads.

    `transports` are the socket's and, over TLS, the one on top of it.
    """

    def __init__(self, connection: "Connection", loop: asyncio.AbstractEventLoop) -> None:
        super().__init__(connection, loop)
        self.transports: list[asyncio.Transport] = []
        self.writable = True

    @property
    def unsent(self) -> int:
        """How many bytes the kernel has not taken yet."""
        return sum(transport.get_write_buffer_size() for transport in self.transports)

    def connection_lost(self, exc: Exception | None) -> None:
        """The socket is closed, by whomever."""
        self.connection.lost(exc)

    def pause_writing(self) -> None:
        """The peer reads more slowly than we write."""
        self.writable = False

    def resume_writing(self) -> None:
        """It has caught up."""
        self.writable = True
        self.connection.on_writable()


class Connection(client_aio.AioConnection):  # type: ignore[misc]
    """One connection to one server, from its first byte to its last; never used twice."""

    buffer_class = Buffer
    protocol_class = Protocol
    connected: bool
    real_nickname: str

    def __init__(self, reactor: "Reactor") -> None:
        super().__init__(reactor)
        self.features = Features()
        self._read_features()
        self.transport = None
        self.ended: asyncio.Future[str] = reactor.loop.create_future()
        self.last_heard = reactor.loop.time()
        self.on_heard: Callable[[], object] = lambda: None
        self.on_writable: Callable[[], object] = lambda: None
        self.left = False
        """From then on nothing is heard: what arrives was said to somebody who has gone."""

    # --- out: the choke point

    def send_raw(self, string: str) -> None:
        """Send one line. Every byte of ours passes here; raises when there is no connection."""
        if not self.connected or self.transport is None or self.transport.is_closing():
            raise ServerNotConnectedError("not connected")
        if self.protocol.unsent > MOST_UNSENT:
            self.lost(TimeoutError("the server does not read what it is sent"))
            self.hang_up()
            raise ServerNotConnectedError("the server does not read")
        self.transport.write(self._prep_message(string))

    def nick(self, newnick: str) -> None:
        """Registering says this in its own order."""

    def user(self, username: str, realname: str) -> None:
        """Registering says this in its own order."""

    def pong(self, target: str, target2: str = "") -> None:
        """Answer a PING with all of its text, blanks too."""
        self.send_raw(join("PONG", target))

    def _prep_message(self, string: str) -> bytes:
        """A line's bytes: no line end or NUL inside, 512 at most behind the tags."""
        string = string.replace("\r", " ").replace("\n", " ").replace("\0", "")
        raw = string.encode("utf-8", errors="replace")
        tags, body = b"", raw
        if raw.startswith(b"@"):
            tags, blank, body = raw.partition(b" ")
            tags += blank
        if len(body) > MOST_BYTES - 2:
            body = body[: MOST_BYTES - 2].decode(errors="ignore").encode()
        return tags + body + b"\r\n"

    # --- in

    def process_data(self, new_data: bytes) -> None:
        """Take what the socket has read."""
        self.last_heard = self.reactor.loop.time()
        self.on_heard()
        try:
            self.buffer.feed(new_data)
        except EndlessLine:
            self.disconnect("no line ends")
            self.lost(OSError("the server sends no line ends"))
            return
        if self.connected:
            self.hear()

    def hear(self) -> None:
        """Work on the lines that are there; before it is known whose they are, they wait."""
        for line in self.buffer:
            if self.left or (self.transport is not None and self.transport.is_closing()):
                return
            if line:
                self._process_line(line)

    def _process_line(self, line: str) -> None:
        try:
            tags, whose, verb, arguments = split(line)
            source = Source(whose) if whose else None
            command = verb.lower()
            if command in INTERNAL:
                raise ValueError(f"{command} is no command")
            if command in ("privmsg", "notice"):
                self._handle_message(arguments, command, source, tags)
            else:
                command = events.Command.lookup(command)
                self._keep_state(command, source, arguments)
                self._handle_other(arguments, command, source, tags)
        except Exception:
            # Only what is odd comes here; the line may hold anything, so it is shown escaped.
            log.info("odd line %r", line[:200], exc_info=log.isEnabledFor(logging.DEBUG))

    def _keep_state(self, command: str, source: Any, arguments: list[str]) -> None:
        if command == "nick" and source and arguments:
            fold = self.fold
            if fold(source.nick) == fold(self.real_nickname):
                self.real_nickname = arguments[0]
        elif command == "welcome" and arguments:
            self.real_nickname = arguments[0]
            self.real_server_name = str(source or "")
        elif command == "featurelist":
            self.features.load(arguments)
            self._read_features()

    def _handle_message(self, arguments: list[str], command: str, source: Any, tags: Any) -> None:
        if len(arguments) < 2 or not source:
            return
        target, text = arguments[0].lstrip(self.status_prefixes) or arguments[0], arguments[1]
        in_channel = target[:1] in self.channel_types
        kind = "msg" if command == "privmsg" else "notice"
        kind = f"{'pub' if in_channel else 'priv'}{kind}"
        if text[:1] == "\x01":
            word, _, text = text.strip("\x01").partition(" ")
            if command == "notice":
                return
            if word.upper() == "ACTION":
                kind = "action"
            else:
                kind, text = "ctcp", f"{word} {text}"
        self.reactor._handle_event(self, Event(kind, source, target, [text], tags))

    def _handle_other(self, arguments: list[str], command: str, source: Any, tags: Any) -> None:
        if command in LEAST and (not source or len(arguments) < LEAST[command]):
            log.info("odd %s %r from %r", command, arguments, source)
            return
        if not arguments and command in {"quit", "ping"}:
            arguments = [""]
        super()._handle_other(arguments, command, source, tags)

    def feature(self, name: str, default: str) -> str:
        """A text that the server announced of itself; the default where it is none."""
        value = getattr(self.features, name, default)
        return value if isinstance(value, str) else default

    def most(self, name: str, default: int) -> int:
        """A limit that the server announced of itself; the default where it is none, or 0."""
        value = getattr(self.features, name, default)
        is_number = isinstance(value, int) and value is not True  # so a bare token reads
        return value if is_number and value > 0 else default

    def _read_features(self) -> None:
        """Keep at hand what every line is read by.

        How names fold, the first characters of channels' names, and the characters before one
        that mean "those with this status in it".
        """
        self.fold: Fold = fold_by(self.feature("casemapping", "rfc1459"))
        self.channel_types = self.feature("chantypes", "#&")
        self.status_prefixes = self.feature("statusmsg", "")

    # --- the end

    def disconnect(self, message: str = "") -> None:
        """Say QUIT if that is possible, and close, whatever happens."""
        self.left = True
        if self.transport is None:
            self.lost(None)
            return
        try:
            self.send_raw(join("QUIT", message))
        except ServerNotConnectedError:
            pass
        finally:
            self.connected = False
            self.transport.close()
            self.reactor.loop.call_later(HANG_UP_SECONDS, self.transport.abort)

    def hang_up(self) -> None:
        """Close at once, without a word."""
        self.left = True
        if self.transport is not None:
            self.transport.abort()
        self.lost(None)

    def lost(self, why: Exception | None) -> None:
        """The socket has ended."""
        self.connected, self.left = False, True
        if not self.ended.done():
            self.ended.set_result(str(why or "closed by the server"))


class Reactor(client_aio.AioReactor):  # type: ignore[misc]
    """Hands events to handlers; one that raises harms neither the others nor the connection."""

    connection_class = Connection

    def subscribe(self, listener: object) -> None:
        """Hand events to the methods of a listener that are called on_EVENT."""
        for name in dir(listener):
            if name.startswith("on_"):
                self.on(name.removeprefix("on_"), getattr(listener, name))

    def on(self, event: str, handler: Callable[[Event], object]) -> None:
        """Hand events of a name, or of a numeric, to a handler."""
        event = events.numeric.get(event, event)
        self.add_global_handler(event, lambda _connection, heard: handler(heard))

    def _handle_event(self, connection: Connection, event: Event) -> None:
        for handler in self.handlers.get(event.type, ()):
            try:
                handler.callback(connection, event)
            except ServerNotConnectedError:
                log.debug("the connection ended while %r was worked on", event.type)
            except Exception:
                log.exception("a handler of %r raised", event.type)


def tags_of(event: Event) -> dict[str, str]:
    """An event's tags; a tag without a value is an empty text."""
    tags: dict[str, str] = event.tags or {}
    return tags
