"""Sockets: taking connections, reading them, noticing the dead ones, letting go of them."""

import asyncio
import logging
from collections.abc import Callable
from typing import cast

from gsocbot.demo.server.clients import Client, Clock
from gsocbot.demo.server.commands import obey
from gsocbot.demo.server.replies import SERVER
from gsocbot.demo.server.wire import Endless, Framer, Line, is_too_long, parse
from gsocbot.demo.server.world import World

IDLE = 90.0  # seconds without a byte, then a PING
GRACE = 60.0  # seconds more, then the end
LINGER = 5.0  # seconds for the last words to get through
MOST_UNREAD = 1_000_000  # bytes that wait for a client that does not read

_log = logging.getLogger(__name__)


class Connection(asyncio.Protocol):
    """One client's socket: bytes in, bytes out, and whatever goes wrong stays in here."""

    def __init__(
        self, world: World, open_ones: set["Connection"], idle: float, grace: float
    ) -> None:
        self._world = world
        self._open_ones = open_ones
        self._idle = idle
        self._grace = grace
        self._framer = Framer()
        self._loop = asyncio.get_running_loop()
        self._reason = "Connection closed"
        self.closed: asyncio.Future[None] = self._loop.create_future()

    def connection_made(self, transport: asyncio.BaseTransport) -> None:
        """A client has come."""
        self._transport = cast(asyncio.Transport, transport)
        # Nobody knows the address of a client that has gone already.
        host = str((self._transport.get_extra_info("peername") or ("unknown",))[0])
        if host.startswith(":"):
            host = f"0{host}"  # a word that begins with a colon would be the line's last
        self._client = Client(host, self._world.clock, self._write, self._loop.time())
        self._timer = self._loop.call_later(self._idle, self._ask_for_life)
        self._open_ones.add(self)

    def data_received(self, data: bytes) -> None:
        """A client has sent something."""
        self._wait(self._idle, self._ask_for_life)
        try:
            self._read(data)
        except Endless:
            self.hang_up("Line never ended")
        except Exception:
            _log.exception("the demo's server failed on a line of %s", self._client.nick)
            self.hang_up("Internal error")

    def connection_lost(self, exc: Exception | None) -> None:
        """A client has gone, one way or another."""
        self._timer.cancel()
        self._open_ones.discard(self)
        self._forget()
        if not self.closed.done():
            self.closed.set_result(None)

    def hang_up(self, reason: str) -> None:
        """Say why, and close; a client that does not read is cut off instead."""
        if self._transport.is_closing():
            return
        self._reason = reason
        self._client.send(Line("ERROR", (f"Closing link: {self._client.nick} ({reason})",)))
        if self._transport.get_write_buffer_size():
            self._wait(LINGER, self._transport.abort)
        self._transport.close()
        self._forget()

    def cut_off(self) -> None:
        """Throw away what a client that does not read has left unread."""
        self._transport.abort()

    def _read(self, data: bytes) -> None:
        for raw in self._framer.feed(data):
            if self._transport.is_closing():
                return
            if is_too_long(raw):
                self._client.refuse("417")
                continue
            line = parse(raw)
            if line is None:
                continue
            if line.command in ("PRIVMSG", "NOTICE"):
                self._client.spoke = self._loop.time()
            obey(self._world, self._client, line)
            if self._client.leaving is not None:
                self.hang_up(self._client.leaving)

    def _write(self, data: bytes) -> None:
        if self._transport.is_closing():
            return
        self._transport.write(data)
        if self._transport.get_write_buffer_size() > MOST_UNREAD:
            self._reason = "Too much left unread"
            self._transport.abort()

    def _forget(self) -> None:
        try:
            self._world.drop(self._client, self._reason)
        except Exception:
            _log.exception("the demo's server failed to let %s go", self._client.nick)

    def _ask_for_life(self) -> None:
        self._client.say("PING", SERVER)
        self._wait(self._grace, self._give_up)

    def _give_up(self) -> None:
        self.hang_up("Ping timeout")

    def _wait(self, seconds: float, then: Callable[[], None]) -> None:
        self._timer.cancel()
        self._timer = self._loop.call_later(seconds, then)


class Server:
    """The IRC server of the demo; `clock` gives aware moments in UTC."""

    def __init__(self, clock: Clock, *, idle: float = IDLE, grace: float = GRACE) -> None:
        self._clock = clock
        self._idle = idle
        self._grace = grace
        self._open_ones: set[Connection] = set()
        self._listener: asyncio.Server | None = None

    async def start(self, host: str, port: int) -> int:
        """Listen, and say on which port; OSError when it is in use."""
        world = World(self._clock)
        loop = asyncio.get_running_loop()
        self._listener = await loop.create_server(
            lambda: Connection(world, self._open_ones, self._idle, self._grace), host, port
        )
        bound: int = self._listener.sockets[0].getsockname()[1]
        return bound

    async def stop(self) -> None:
        """Close every connection and the port; harmless when nothing runs."""
        if self._listener is None:
            return
        self._listener.close()
        closing = list(self._open_ones)
        for connection in closing:
            connection.hang_up("The demo has ended")
            connection.cut_off()
        await asyncio.gather(*(connection.closed for connection in closing))
        await self._listener.wait_closed()
        self._listener = None
