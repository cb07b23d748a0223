"""One connection to a server: dialled, registered, watched, spoken on, to its last byte."""

import asyncio
import logging
import re
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from irc.client import Event, ServerNotConnectedError

from gsocbot.config import Limits, Network, Server
from gsocbot.irc import rooms
from gsocbot.irc.dialling import dial
from gsocbot.irc.hearing import Hearing
from gsocbot.irc.history import History
from gsocbot.irc.message import join
from gsocbot.irc.nick import OwnNick
from gsocbot.irc.outgoing import Dropped, Outgoing, Priority, pieces, room_for
from gsocbot.irc.presence import Presence
from gsocbot.irc.receipts import REFUSALS, Receipts
from gsocbot.irc.register import EVENTS, LoginFailed, Registration
from gsocbot.irc.rooms import Rooms
from gsocbot.irc.sts import Upgrade
from gsocbot.irc.times import Times
from gsocbot.irc.topics import Topics
from gsocbot.irc.whois import Whois
from gsocbot.irc.wire import Connection, Protocol, Reactor
from gsocbot.talk import Gone, Heard, Recalled, Say

log = logging.getLogger(__name__)

BANNED = re.compile(r"\b[dgkz][:-]?lined?\b|\bbanned\b|\bakill|\bautokill", re.IGNORECASE)
"""How servers say that they do not want somebody back."""

FLUSH_SECONDS = 0.01


@dataclass(frozen=True, slots=True)
class Wiring:
    """What a connection is told to do with what it learns.

    `hear` is called for every line that somebody says, `invited` for who invites the bot to which
    channel, `troubled` for a channel that it is kept out of and why, `promised` for how long a
    server wants to be spoken to over TLS alone, `renamed` for who was called otherwise and is now
    called so. `clock` gives aware moments.
    """

    hear: Callable[[Heard], object]
    invited: Callable[[Heard, str], object]
    troubled: Callable[[str, str, str], object]
    promised: Callable[[timedelta], object]
    renamed: Callable[[str, str, str], object]
    clock: Callable[[], datetime]


class Session:
    """A connection; made in a running loop, run once."""

    def __init__(
        self,
        name: str,
        network: Network,
        server: Server,
        limits: Limits,
        times: Times,
        wiring: Wiring,
        *,
        tls: bool,
    ) -> None:
        self.name = name
        self.server = server
        self.tls = tls
        self.banned = False
        self.registered_at: float | None = None
        self._network = network
        self._times = times
        self._loop = asyncio.get_running_loop()
        self._registered: asyncio.Future[None] = self._loop.create_future()
        self._failure: Exception | None = None

        reactor = Reactor(loop=self._loop)
        self._connection: Connection = reactor.server()
        self._registration = Registration(
            self._connection, network, secure=tls, promised=wiring.promised
        )
        self._out = Outgoing(self._connection.send_raw, limits, self._loop, self._is_writable)
        self._connection.on_writable = self._out.go_on
        self.presence = Presence(
            self._connection, network.channels, self._send, wiring.clock, gone=self._out.forget
        )
        self._connection.on_heard = self.presence.noticed
        self.topics = Topics(self._connection, self.presence, self._ask_by_the_way)
        self._rooms = Rooms(
            self.presence,
            network.channels,
            self._send,
            self._loop.time,
            times,
            wiring.troubled,
        )
        self._nick = OwnNick(
            self._connection,
            self.presence,
            network.nick,
            self._send,
            self._loop.time,
            times,
            logged_in=network.sasl is not None,
        )
        self._receipts = Receipts(self._send, self.presence, self._registration.caps)
        login = network.sasl.username if network.sasl else ""
        self._history = History(
            self._connection,
            self._ask,
            self.presence,
            self._registration.caps,
            {network.nick, login} - {""},
        )
        self._whois = Whois(self.presence, self._ask, nick_is_account=network.nick_is_account)
        hearing = Hearing(
            name,
            network,
            self._connection,
            self.presence,
            registered=lambda: self.up,
            caps=self._registration.caps,
            hear=wiring.hear,
            reply=self.say,
            invited=wiring.invited,
            renamed=wiring.renamed,
            clock=wiring.clock,
        )
        self._listen(reactor, hearing)

    def _listen(self, reactor: Reactor, hearing: Hearing) -> None:
        """Have each part told what it wants to know; registering comes first."""
        for event in EVENTS:
            reactor.on(event, self._on_registration)
        about_us = self.presence, self.topics, self._rooms, self._nick
        asked = self._receipts, self._history, self._whois
        for listener in (*about_us, *asked, hearing, self):
            reactor.subscribe(listener)
        for refusal in REFUSALS:
            reactor.on(refusal, self._receipts.on_refusal)
        for refusal in rooms.REASONS:
            reactor.on(refusal, self._rooms.on_refusal)

    # --- the life of a connection

    async def run(self) -> str:
        """Be connected; returns why that has ended.

        Raises LoginFailed, Upgrade when the server wants to be spoken to over TLS, OSError,
        TimeoutError and ServerNotConnectedError.
        """
        connection = self._connection
        connection.reactor._on_connect = lambda *_: self._registration.begin()
        await connection.connect(
            self.server.host,
            self.server.port,
            self._network.nick,
            connect_factory=lambda protocol, _: self._dial(protocol),
        )
        connection.hear()
        await self._register()
        watch = self._loop.create_task(self._watch())
        try:
            why = await connection.ended
        finally:
            watch.cancel()
        if self._failure is not None:
            raise self._failure
        return why

    async def _dial(self, protocol: Protocol) -> tuple[asyncio.Transport, Protocol]:
        transport = await dial(self.server, self._network, self._times, protocol, tls=self.tls)
        return transport, protocol

    async def _register(self) -> None:
        """Wait until the server has let us in, or the connection has ended.

        Raises TimeoutError and LoginFailed.
        """
        times, registration = self._times, self._registration
        longest = min(times.register, times.login) if self._network.sasl else times.register
        deadline = self._loop.time() + longest
        patience = times.step if self.tls else times.ask
        both: list[asyncio.Future[Any]] = [self._registered, self._connection.ended]
        while not any(future.done() for future in both):
            left, steps = deadline - self._loop.time(), registration.steps
            if left <= 0 and self._network.sasl:
                raise LoginFailed(f"the server has not let us in after {longest:.0f} s")
            if left <= 0:
                raise TimeoutError(f"not registered after {longest:.0f} s")
            await asyncio.wait(
                both, timeout=min(left, patience), return_when=asyncio.FIRST_COMPLETED
            )
            patience = times.step
            if registration.steps == steps and not any(future.done() for future in both):
                registration.late()

    async def close(self, message: str = "") -> None:
        """Say QUIT and end; waits for the server to close, two seconds at most."""
        connection = self._connection
        connection.disconnect(message)
        if connection.transport is not None:
            await asyncio.wait([connection.ended], timeout=2)

    def end(self) -> None:
        """Let go of everything; nothing is heard or said any more."""
        self._out.close()
        self._connection.disconnect()
        self._receipts.end()
        self._history.end()
        self._whois.end()

    async def _watch(self) -> None:
        """See a dead connection; take the own nick back, join what is not joined."""
        asked_at: float | None = None
        times = self._times
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
            self._rooms.tick()
            self._nick.tick()

    @property
    def up(self) -> bool:
        """Whether the server has let us in, and still does."""
        return self._registered.done() and bool(self._connection.connected)

    @property
    def waiting(self) -> int:
        """How many lines have not gone out yet."""
        return len(self._out)

    # --- saying

    def say(
        self,
        say: Say,
        priority: Priority = Priority.ANSWER,
        tags: dict[str, str] | None = None,
        asked: datetime | None = None,
    ) -> "asyncio.Future[None]":
        """Send a line as soon as may be; the future fails with Dropped if it never goes.

        What was `asked` before somebody came, or got their nick, is no answer to them. Raises
        ValueError for a target that is no name of anything.
        """
        if asked is not None and self.presence.people.is_newer(say.target, asked):
            return self._out.dropped(f"{say.target} is somebody else")
        if say.grants:
            self.presence.people.grant(say.target, say.grants)
        if say.topic:
            line = self.topics.line(say.target, say.text)
            return self._out.put(line, priority, say.target)
        command = "NOTICE" if say.notice else "PRIVMSG"
        room = room_for(command, say.target, self.presence.prefix)
        *first, last = pieces(say.text, room)
        for piece in first:
            self._out.put(join(command, say.target, piece), priority, say.target)
        return self._out.put(join(command, say.target, last, tags=tags), priority, say.target)

    async def write(self, say: Say) -> None:
        """Send a reminder; returns when the kernel has it, raises Gone if it may never go."""
        tags = None if say.topic else self._receipts.expect(say.target)
        try:
            await self._flushed()
            await self.say(say, Priority.REMINDER, tags)
            await self._flushed()
        except (Dropped, ServerNotConnectedError) as error:
            raise Gone(str(error)) from error

    async def confirm(self, say: Say) -> str | None:
        """Wait until the server has worked on it; why, if it refused. Raises Gone."""
        self._still_up()
        return await self._receipts.of(say.target, self._times.confirm)

    def remembers(self, channel: str) -> bool:
        """Whether what is said in a channel can be found again later."""
        return self._history.remembers(channel)

    async def recall(self, channel: str, since: datetime) -> Recalled:
        """What the bot has said in a channel, as far as the server remembers. Raises Gone."""
        recalled = await self._history.recall(channel, since, self._times.recall)
        self._still_up()
        return recalled

    async def account(self, nick: str, host: str) -> str | None:
        """Whose account somebody has, as the server says when it is asked (WHOIS)."""
        return await self._whois.account(nick, host) if self.up else None

    def enter(self, channel: str) -> None:
        """Join a channel to which somebody who may has invited the bot."""
        self._rooms.enter(channel)

    async def _flushed(self) -> None:
        """Wait until the kernel has every byte that was sent."""
        self._still_up()
        while self._connection.protocol.unsent:
            await asyncio.sleep(FLUSH_SECONDS)
            self._still_up()

    def _still_up(self) -> None:
        if not self.up:
            raise Gone("the connection ended")

    def _is_writable(self) -> bool:
        return bool(self._connection.protocol.writable)

    def _ask(self, line: str) -> None:
        """A question that an answer waits for goes as the answer does."""
        self._out.put(line, Priority.ANSWER)

    def _ask_by_the_way(self, line: str) -> None:
        """A question whose answer nobody waits for goes when nothing else does."""
        self._out.put(line, Priority.LIST)

    def _send(self, line: str) -> None:
        """A line of the protocol goes before all that people read."""
        self._out.put(line, Priority.PROTOCOL)

    # --- hearing: registration

    def _on_registration(self, event: Event) -> None:
        if self._failure is not None:
            return
        told = "account-notify" in self._registration.caps
        try:
            self._registration.on(event)
        except Upgrade as upgrade:
            self._failure = upgrade
            self._connection.hang_up()  # not even a QUIT goes out in the clear
            return
        except (LoginFailed, OSError) as error:
            self._failure = error
            self._connection.disconnect()  # now: the next line may be here already
            return
        if self._registration.is_in and not self._registered.done():
            self.registered_at = self._loop.time()
            self._registered.set_result(None)
        if not (told and "account-notify" in self._registration.caps):
            self.presence.people.forget_accounts()

    def on_endofmotd(self, _event: Event) -> None:
        """The server has said all about itself: say that this is a bot, and join."""
        if not self.up:
            return
        connection = self._connection
        log.info("%s: connected to %s as %s", self.name, self.server, connection.real_nickname)
        mode = connection.feature("bot", "")
        if mode:
            self._send(f"MODE {connection.real_nickname} +{mode[:1]}")
        self._rooms.tick()
        self._nick.tick()

    on_nomotd = on_endofmotd

    # --- hearing: the server itself

    def on_ping(self, _event: Event) -> None:
        """The irc package has answered it already; the server counts our PONG."""
        self._out.spent("PONG")

    def on_465(self, _event: Event) -> None:
        """The server does not want us (ERR_YOUREBANNEDCREEP)."""
        self.banned = True

    def on_error(self, event: Event) -> None:
        """The server says why it ends the connection."""
        why = event.target or ""
        self.banned = self.banned or bool(BANNED.search(why))
        self._connection.lost(OSError(f"ERROR {why}"[:200]))
