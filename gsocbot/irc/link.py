"""One network: connect, register, join, listen, speak; and begin again whatever happens."""

import asyncio
import hashlib
import logging
import random
import ssl
from collections.abc import Callable
from datetime import datetime
from typing import Any

from irc.client import Event, NickMask, ServerNotConnectedError
from irc.events import codes, numeric

from gsocbot.config import Limits, Network
from gsocbot.irc.identity import People
from gsocbot.irc.names import is_parameter
from gsocbot.irc.outgoing import Dropped, Outgoing, Priority, pieces, room_for
from gsocbot.irc.register import LoginFailed, Registration, State
from gsocbot.irc.times import Times
from gsocbot.irc.wire import Connection, Protocol, Reactor, tags_of
from gsocbot.talk import Gone, Heard, Say

log = logging.getLogger(__name__)

CTCP_PER_MINUTE = 3
WHOX_TOKEN = "77"

REFUSALS = ("401", "403", "404", "442", "477")
"""What a server says of a line that it does not pass on."""

REGISTERING = ("421", "432", "433", "436", "437", "902", "903", "904", "905", "906", "907", "908")
"""The numerics that registration is told of, beside CAP, AUTHENTICATE and the welcome."""


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
        self._people = People()
        self._names: dict[str, str] = {}
        self._joined: set[str] = set()
        self._prefix: str | None = None
        self._history: set[str] = set()
        self._pongs: dict[str, asyncio.Future[None]] = {}
        self._awaited: set[str] = set()
        self._refused: dict[str, str] = {}
        self._ctcps: list[float] = []
        self._out = Outgoing(self._connection.send_raw, self._limits, self._loop)
        self._fold()
        for event in ("cap", "authenticate", "welcome", *(numeric[n] for n in REGISTERING)):
            reactor.add_global_handler(event, self._on_registration)
        for event in (numeric[n] for n in REFUSALS):
            reactor.add_global_handler(event, self._on_refused_line)
        for name in dir(self):
            if name.startswith("_on_irc_"):
                reactor.add_global_handler(name.removeprefix("_on_irc_"), getattr(self, name))

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
            network.host, network.port, network.nick, connect_factory=self._connect
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

    async def _connect(self, protocol: Protocol, address: tuple[str, int]) -> Any:
        """Open the socket; nothing is written before the server has shown who it is."""
        context, times = self._tls(), self._times
        async with asyncio.timeout(times.connect + (times.tls if context else 0)):
            transport, _ = await self._loop.create_connection(
                lambda: protocol,
                *address,
                ssl=context,
                server_hostname=address[0] if context else None,
                ssl_handshake_timeout=times.tls if context else None,
            )
        transport.set_write_buffer_limits(high=0)  # "writable" means: the kernel has it all
        wanted = self._network.tls_fingerprints
        if context and wanted:
            shown = transport.get_extra_info("ssl_object").getpeercert(binary_form=True)
            found = hashlib.sha256(shown or b"").hexdigest()
            if found not in wanted:
                transport.abort()
                raise OSError(f"the server's certificate has another fingerprint: {found}")
        return transport, protocol

    def _tls(self) -> ssl.SSLContext | None:
        network = self._network
        if not network.tls:
            return None
        context = ssl.create_default_context(cafile=network.tls_ca)
        if network.tls_fingerprints:
            context.check_hostname = False
            context.verify_mode = ssl.CERT_NONE
        if network.sasl and network.sasl.cert_file:
            context.load_cert_chain(network.sasl.cert_file, network.sasl.key_file)
        return context

    def _end(self) -> None:
        self._connected.clear()
        self._out.close()
        self._connection.disconnect()
        for pong in self._pongs.values():
            if not pong.done():
                pong.set_exception(Gone("the connection ended"))
                pong.exception()

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
                self._send(f"PING :{int(now)}", Priority.PROTOCOL)
            elif now - asked_at >= times.answer:
                self._connection.lost(TimeoutError(f"silent for {now - heard:.0f} s"))
                return
            if now >= rejoin_at:
                rejoin_at = now + times.rejoin
                self._join()
            if now >= nick_at and not self._is_me(self._network.nick):
                nick_at = now + times.nick
                self._send(f"NICK {self._network.nick}", Priority.PROTOCOL)

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
        return [self._named(channel) for channel in self._joined] if self.up else []

    def say(self, say: Say, priority: Priority = Priority.ANSWER) -> "asyncio.Future[None]":
        """Send a line as soon as may be; the future fails with Dropped if it never goes."""
        command = "NOTICE" if say.notice else "PRIVMSG"
        if not is_parameter(say.target):
            raise ValueError(f"{say.target!r} is no target")
        room = room_for(command, say.target, self._prefix)
        gone: asyncio.Future[None] | None = None
        for piece in pieces(say.text, room):
            gone = self._send(f"{command} {say.target} :{piece}", priority)
        assert gone is not None
        return gone

    async def write(self, say: Say) -> None:
        """Send a reminder; returns when the kernel has it, raises Gone if it may never go."""
        connection = self._written_on = self._connection
        self._awaited.add(self._people.fold(say.target))
        try:
            await self._flushed(connection)
            await self.say(say, Priority.REMINDER)
            await self._flushed(connection)
        except (Dropped, ServerNotConnectedError) as error:
            raise Gone(str(error)) from error

    async def confirm(self, say: Say) -> str | None:
        """Wait until the server has worked on all that was sent; the numeric if it refused.

        Raises Gone when the connection of the last `write` ends first. The PONG to our PING is
        the proof: a server works on a connection's lines in order.
        """
        self._still_on(self._written_on)
        token = f"gsocbot-{random.getrandbits(64):016x}"
        pong = self._pongs.setdefault(token, self._loop.create_future())
        self._send(f"PING :{token}", Priority.PROTOCOL)
        target = self._people.fold(say.target)
        try:
            async with asyncio.timeout(self._times.confirm):
                await pong
            return self._refused.get(target)
        except TimeoutError as error:
            raise Gone("the server does not answer") from error
        finally:
            self._pongs.pop(token, None)
            self._awaited.discard(target)
            self._refused.pop(target, None)

    async def _flushed(self, connection: Connection) -> None:
        """Wait until the kernel has every byte that was sent."""
        protocol = getattr(connection, "protocol", None)
        if protocol is not None:
            await protocol.writable.wait()
        self._still_on(connection)

    def _still_on(self, connection: Connection | None) -> None:
        if connection is not self._connection or not self.up:
            raise Gone("the connection ended")

    def _send(self, line: str, priority: Priority) -> "asyncio.Future[None]":
        return self._out.put(line, priority)

    # --- hearing: registration

    def _on_registration(self, _connection: Connection, event: Event) -> None:
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

    def _on_irc_featurelist(self, *_: object) -> None:
        self._fold()

    def _on_irc_endofmotd(self, *_: object) -> None:
        if self._registration.state is not State.REGISTERED:
            return
        mode = self._connection.feature("bot", "")
        if mode:
            nick = self._connection.real_nickname
            self._send(f"MODE {nick} +{mode[:1]}", Priority.PROTOCOL)
        self._join()

    _on_irc_nomotd = _on_irc_endofmotd

    def _join(self) -> None:
        for name, channel in self._network.channels.items():
            if self._people.fold(name) not in self._joined:
                key = f" {channel.key}" if channel.key else ""
                self._send(f"JOIN {name}{key}", Priority.PROTOCOL)

    # --- hearing: who is where

    def _fold(self) -> None:
        """Fold names as this server does."""
        fold = self._people.fold = self._connection.fold
        self._names = {fold(name): name.lower() for name in self._network.channels}

    def _named(self, channel: str) -> str:
        """A channel as the config has it, in lower case: so the house calls it."""
        folded = self._people.fold(channel)
        return self._names.get(folded, folded)

    def _is_me(self, nick: str) -> bool:
        fold = self._people.fold
        return fold(nick) == fold(self._connection.real_nickname)

    def _on_irc_join(self, _connection: Connection, event: Event) -> None:
        nick, channel = event.source.nick, event.target
        if self._is_me(nick):
            self._prefix = str(event.source)
            self._joined.add(self._people.fold(channel))
            if hasattr(self._connection.features, "whox"):
                self._send(f"WHO {channel} %tna,{WHOX_TOKEN}", Priority.PROTOCOL)
        account = event.arguments[0] if len(event.arguments) >= 2 else None
        self._people.joined(nick, channel, account)

    def _on_irc_namreply(self, _connection: Connection, event: Event) -> None:
        if len(event.arguments) < 3:
            return
        for word in event.arguments[2].split():
            nick = NickMask(word.lstrip("~&@%+!.")).nick
            self._people.joined(nick, event.arguments[1], None)

    def _on_irc_whospcrpl(self, _connection: Connection, event: Event) -> None:
        if len(event.arguments) == 3 and event.arguments[0] == WHOX_TOKEN:
            self._people.logged(event.arguments[1], event.arguments[2])

    def _on_irc_account(self, _connection: Connection, event: Event) -> None:
        self._people.logged(event.source.nick, event.target or "*")

    def _on_irc_nick(self, _connection: Connection, event: Event) -> None:
        if self._is_me(event.target) and "!" in event.source:
            self._prefix = f"{event.target}!{event.source.userhost}"
        self._people.renamed(event.source.nick, event.target)

    def _on_irc_quit(self, _connection: Connection, event: Event) -> None:
        self._people.quit(event.source.nick)

    def _on_irc_part(self, _connection: Connection, event: Event) -> None:
        self._left(event.source.nick, event.target)

    def _on_irc_kick(self, _connection: Connection, event: Event) -> None:
        self._left(event.arguments[0], event.target)

    def _left(self, nick: str, channel: str) -> None:
        if self._is_me(nick):
            self._joined.discard(self._people.fold(channel))
            self._people.channel_lost(channel)
        else:
            self._people.left(nick, channel)

    def _on_irc_chghost(self, _connection: Connection, event: Event) -> None:
        if self._is_me(event.source.nick) and event.arguments:
            self._prefix = f"{event.source.nick}!{event.target}@{event.arguments[0]}"

    def _on_irc_396(self, _connection: Connection, event: Event) -> None:
        """The server shows another host of ours from now on (RPL_HOSTHIDDEN)."""
        if self._prefix and event.arguments:
            nick, user = self._prefix.partition("@")[0].split("!", 1)
            host = event.arguments[0]
            self._prefix = f"{nick}!{host}" if "@" in host else f"{nick}!{user}@{host}"

    # --- hearing: what is said

    def _on_irc_pubmsg(self, _connection: Connection, event: Event) -> None:
        self._said(event, event.target)

    def _on_irc_privmsg(self, _connection: Connection, event: Event) -> None:
        self._said(event, None)

    def _on_irc_action(self, connection: Connection, event: Event) -> None:
        in_channel = event.target[:1] in connection.channel_types
        self._said(event, event.target if in_channel else None, action=True)

    def _is_from_a_person(self, event: Event, tags: dict[str, str]) -> bool:
        """Whether somebody says it just now: no server, no bot, not ourselves, no history."""
        return not (
            not self._registered.done()
            or "!" not in event.source
            or self._is_me(event.source.nick)
            or "bot" in tags
            or tags.get("batch") in self._history
        )

    def _said(self, event: Event, channel: str | None, *, action: bool = False) -> None:
        tags = tags_of(event) if event.tags else {}
        if not self._is_from_a_person(event, tags):
            return
        nick = event.source.nick
        shared = self._people.channels(nick) if channel is None else ()
        self._hear(
            Heard(
                network=self.name,
                nick=nick,
                account=self._account(nick, tags),
                channel=self._named(channel) if channel else None,
                text=event.arguments[0],
                at=self._clock(),
                me=self._connection.real_nickname,
                action=action,
                shared=tuple(map(self._named, shared)),
            )
        )

    def _account(self, nick: str, tags: dict[str, str]) -> str | None:
        """The account of this very line where the server says it with each; else as last told.

        What was told holds only where the server also tells when it ends.
        """
        caps = self._registration.caps
        if "account-tag" in caps:
            return self._people.real(tags.get("account", ""))
        return self._people.account(nick) if "account-notify" in caps else None

    def _on_irc_batch(self, _connection: Connection, event: Event) -> None:
        reference = event.target or ""
        if reference.startswith("+") and event.arguments[:1] == ["chathistory"]:
            self._history.add(reference[1:])
        elif reference.startswith("-"):
            self._history.discard(reference[1:])

    def _on_irc_ctcp(self, _connection: Connection, event: Event) -> None:
        if not self._is_from_a_person(event, tags_of(event)):
            return
        now = self._loop.time()
        self._ctcps = [t for t in self._ctcps if now - t < 60]
        word, _, rest = event.arguments[0].partition(" ")
        answers = {"VERSION": "gsocbot", "PING": rest[:100]}
        if word.upper() in answers and len(self._ctcps) < CTCP_PER_MINUTE:
            self._ctcps.append(now)
            text = f"\x01{word.upper()} {answers[word.upper()]}\x01"
            self.say(Say(self.name, event.source.nick, text, notice=True))

    # --- hearing: the server about our own lines

    def _on_irc_ping(self, _connection: Connection, _event: Event) -> None:
        self._out.spent("PONG")  # the irc package has answered it already

    def _on_irc_pong(self, _connection: Connection, event: Event) -> None:
        pong = self._pongs.get([event.target, *event.arguments][-1])
        if pong is not None and not pong.done():
            pong.set_result(None)

    def _on_refused_line(self, _connection: Connection, event: Event) -> None:
        target = self._people.fold(event.arguments[0]) if event.arguments else ""
        if target in self._awaited:
            self._refused[target] = codes[event.type]

    def _on_irc_error(self, _connection: Connection, event: Event) -> None:
        self._connection.lost(OSError(f"ERROR {event.target or ''}"[:200]))
