"""One network: connect, register, join, listen, speak; and begin again whatever happens."""

import asyncio
import logging
import random
from collections.abc import Callable
from datetime import datetime
from typing import Any

from irc.client import Event, ServerNotConnectedError
from irc.events import numeric

from gsocbot.config import Limits, Network
from gsocbot.irc.dialling import dial
from gsocbot.irc.hearing import Hearing
from gsocbot.irc.names import is_parameter
from gsocbot.irc.outgoing import Dropped, Outgoing, Priority, pieces, room_for
from gsocbot.irc.presence import Presence
from gsocbot.irc.receipts import REFUSALS, Receipts
from gsocbot.irc.register import EVENTS, LoginFailed, Registration, State
from gsocbot.irc.times import Times
from gsocbot.irc.wire import Connection, Reactor
from gsocbot.talk import Gone, Heard, Say

log = logging.getLogger(__name__)


class Link:
    """A network the bot is on. `hear` is called for every line that somebody says.

    Made in a running loop; `clock` gives aware moments for what is heard.
    """

    def __init__(
        self,
        name: str,
        network: Network,
        limits: Limits,
        hear: Callable[[Heard], None],
        clock: Callable[[], datetime],
        times: Times = Times(),  # noqa: B008 - frozen
    ) -> None:
        self.name = name
        self._times = times
        self._network = network
        self._limits = limits
        self._hear = hear
        self._clock = clock
        self._loop = asyncio.get_running_loop()
        self._closing = False
        self._failures = 0
        self._connected = asyncio.Event()
        self._written_on: Connection | None = None
        self._fresh()

    def _fresh(self) -> None:
        """Everything that belongs to one connection, made anew for the next."""
        reactor = Reactor(loop=self._loop)
        self._connection: Connection = reactor.server()
        self._registration = Registration(self._connection, self._network)
        self._registered: asyncio.Future[None] = self._loop.create_future()
        self._out = Outgoing(self._connection.send_raw, self._limits, self._loop)
        self._presence = Presence(self._connection, self._network.channels, self._send)
        self._receipts = Receipts(self._send, lambda name: self._presence.people.fold(name))
        hearing = Hearing(
            self.name,
            self._connection,
            self._presence,
            registered=self._registered.done,
            caps=self._registration.caps,
            hear=self._hear,
            reply=self.say,
            clock=self._clock,
        )
        for listener in (self._presence, self._receipts, hearing, self):
            reactor.subscribe(listener)
        for event in EVENTS:
            reactor.on(event, self._on_registration)
        for refusal in REFUSALS:
            reactor.on(numeric[refusal], self._receipts.on_refusal)

    # --- the life of a link

    async def run(self) -> None:
        """Be on the network until `close`; never returns because of anything a network does."""
        while not self._closing:
            self._fresh()
            started = self._loop.time()
            try:
                why = await self._one_connection()
                if not self._closing:
                    log.warning("%s: disconnected: %s", self.name, why)
            except LoginFailed as error:
                log.error("%s: not logged in, so nothing is joined or said: %s", self.name, error)
            except (OSError, TimeoutError, ServerNotConnectedError) as error:
                log.warning("%s: %s", self.name, str(error) or "timed out")
            except Exception:
                log.exception("%s: this is our fault; it is tried again", self.name)
            finally:
                self._end()
            if self._loop.time() - started > self._times.steady and self._registered.done():
                self._failures = 0
            if not self._closing:
                await asyncio.sleep(self._delay())

    async def close(self, message: str = "") -> None:
        """Say QUIT and end; waits for the server to close, two seconds at most."""
        self._closing = True
        connection = self._connection
        connection.disconnect(message)
        if connection.transport is not None:
            await asyncio.wait([connection.ended], timeout=2)

    def _delay(self) -> float:
        delay = self._network.reconnect_delay * 2**self._failures
        longest = min(self._times.longest_delay, delay)
        self._failures = min(self._failures + 1, 16)
        return float(random.uniform(0.5, 1.0) * longest)  # noqa: S311 - spreads load, hides nothing

    async def _one_connection(self) -> str:
        network, connection = self._network, self._connection
        connection.reactor._on_connect = lambda *_: self._registration.begin()
        await connection.connect(
            network.host,
            network.port,
            network.nick,
            connect_factory=lambda protocol, _: dial(network, self._times, protocol),
        )
        limit = self._times.login if network.sasl else self._times.register
        ended = connection.ended
        both: list[asyncio.Future[Any]] = [self._registered, ended]
        await asyncio.wait(both, timeout=limit, return_when=asyncio.FIRST_COMPLETED)
        if self._registered.done():
            self._registered.result()
        elif not ended.done():
            raise TimeoutError(f"not registered after {limit:.0f} s")
        else:
            return ended.result()
        self._connected.set()
        watch = self._loop.create_task(self._watch())
        try:
            return await ended
        finally:
            watch.cancel()

    def _end(self) -> None:
        self._connected.clear()
        self._out.close()
        self._connection.disconnect()
        self._receipts.end()

    async def _watch(self) -> None:
        """See a dead connection, take the own nick back, join what is not joined."""
        asked_at: float | None = None
        times = self._times
        rejoin_at = self._loop.time() + times.rejoin
        nick_at = self._loop.time() + times.nick
        while True:
            await asyncio.sleep(times.check)
            now, heard = self._loop.time(), self._connection.last_heard
            if now - heard < times.silence:
                asked_at = None
            elif asked_at is None:
                asked_at = now
                self._send(f"PING :{int(now)}")
            elif now - asked_at >= times.answer:
                self._connection.lost(TimeoutError(f"silent for {now - heard:.0f} s"))
                return
            if now >= rejoin_at:
                rejoin_at = now + times.rejoin
                self._presence.join()
            if now >= nick_at and not self._presence.is_me(self._network.nick):
                nick_at = now + times.nick
                self._send(f"NICK {self._network.nick}")

    # --- saying

    async def joined(self) -> None:
        """Wait until the bot is in all its channels."""
        while len(self.channels()) < len(self._network.channels):
            await asyncio.sleep(0.02)

    @property
    def up(self) -> bool:
        """Whether the link is registered."""
        return self._connected.is_set()

    def channels(self) -> list[str]:
        """Those of its channels that the bot is in, as the config has them, in lower case."""
        return self._presence.channels() if self.up else []

    def say(self, say: Say, priority: Priority = Priority.ANSWER) -> "asyncio.Future[None]":
        """Send a line as soon as may be; the future fails with Dropped if it never goes."""
        if say.grants:
            self._presence.people.grant(say.target, say.grants)
        command = "NOTICE" if say.notice else "PRIVMSG"
        if not is_parameter(say.target):
            raise ValueError(f"{say.target!r} is no target")
        room = room_for(command, say.target, self._presence.prefix)
        gone: asyncio.Future[None] | None = None
        for piece in pieces(say.text, room):
            gone = self._out.put(f"{command} {say.target} :{piece}", priority)
        assert gone is not None
        return gone

    async def write(self, say: Say) -> None:
        """Send a reminder; returns when the kernel has it, raises Gone if it may never go."""
        connection = self._written_on = self._connection
        self._receipts.expect(say.target)
        try:
            await self._flushed(connection)
            await self.say(say, Priority.REMINDER)
            await self._flushed(connection)
        except (Dropped, ServerNotConnectedError) as error:
            raise Gone(str(error)) from error

    async def confirm(self, say: Say) -> str | None:
        """Wait until the server has worked on it; the numeric if it refused.

        Raises Gone when the connection of the last `write` ends first.
        """
        self._still_on(self._written_on)
        return await self._receipts.of(say.target, self._times.confirm)

    async def _flushed(self, connection: Connection) -> None:
        """Wait until the kernel has every byte that was sent."""
        protocol = getattr(connection, "protocol", None)
        if protocol is not None:
            await protocol.writable.wait()
        self._still_on(connection)

    def _still_on(self, connection: Connection | None) -> None:
        if connection is not self._connection or not self.up:
            raise Gone("the connection ended")

    def _send(self, line: str) -> None:
        """A line of the protocol goes before all that people read."""
        self._out.put(line, Priority.PROTOCOL)

    # --- hearing: registration

    def _on_registration(self, event: Event) -> None:
        if self._registered.done():
            return
        try:
            self._registration.on(event)
        except (LoginFailed, OSError) as error:
            self._registered.set_exception(error)
            self._registered.exception()
            self._connection.disconnect()  # now: the next line may be here already
            return
        if self._registration.state is State.REGISTERED:
            self._registered.set_result(None)

    def on_endofmotd(self, _event: Event) -> None:
        """The server has said all about itself: say that this is a bot, and join."""
        if self._registration.state is not State.REGISTERED:
            return
        connection = self._connection
        log.info("%s: connected as %s", self.name, connection.real_nickname)
        mode = connection.feature("bot", "")
        if mode:
            self._send(f"MODE {connection.real_nickname} +{mode[:1]}")
        self._presence.join()

    on_nomotd = on_endofmotd

    # --- hearing: the server itself

    def on_ping(self, _event: Event) -> None:
        """The irc package has answered it already; the server counts our PONG."""
        self._out.spent("PONG")

    def on_error(self, event: Event) -> None:
        """The server says why it ends the connection."""
        self._connection.lost(OSError(f"ERROR {event.target or ''}"[:200]))
