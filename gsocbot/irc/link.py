"""One network: a connection after the other, to its servers in turn, whatever happens."""

import asyncio
import logging
import random
from collections.abc import Awaitable, Callable
from datetime import datetime, timedelta

from irc.client import ServerNotConnectedError

from gsocbot.config import Limits, Network, Server
from gsocbot.irc.outgoing import Priority
from gsocbot.irc.register import LoginFailed
from gsocbot.irc.session import Session, Wiring
from gsocbot.irc.sts import Policies, Upgrade
from gsocbot.irc.times import Times
from gsocbot.talk import Gone, Heard, Present, Recalled, Say, Topic, Trouble

log = logging.getLogger(__name__)

TELL_AGAIN = 24 * 3600.0
"""Seconds until a trouble that lasts is told once more."""

MOST_INVITATIONS = 3
"""So many are looked at at a time; whoever floods the bot with them keeps only others out."""


async def _nobody(_heard: Heard) -> bool:
    return False


class Link:
    """A network the bot is on. `hear` is called for every line that somebody says.

    Made in a running loop; `clock` gives aware moments for what is heard. `policies` are those of
    servers that want TLS, `may_invite` says whether somebody may call the bot into a channel,
    `troubled` is told, once a day, of a channel that the bot is kept out of, and `renamed` of
    everybody's other nick: on which network, the old one and the new one.
    """

    def __init__(
        self,
        name: str,
        network: Network,
        limits: Limits,
        hear: Callable[[Heard], object],
        clock: Callable[[], datetime],
        times: Times = Times(),  # noqa: B008 - frozen
        *,
        policies: Policies | None = None,
        may_invite: Callable[[Heard], Awaitable[bool]] = _nobody,
        troubled: Callable[[Trouble], object] = lambda _trouble: None,
        renamed: Callable[[str, str, str], object] = lambda _network, _old, _new: None,
    ) -> None:
        self.name = name
        self._network = network
        self._limits = limits
        self._hear = hear
        self._clock = clock
        self._times = times
        self._policies = policies or Policies()
        self._may_invite = may_invite
        self._troubled = troubled
        self._renamed = renamed
        self._loop = asyncio.get_running_loop()
        self._closing = False
        self._turn = 0
        self._failures = 0
        self._upgrade: int | None = None
        self._alarm: str | None = None
        self._told: dict[tuple[str, str], float] = {}
        self._invitations: set[asyncio.Task[None]] = set()
        self._written_on: Session | None = None
        self._session = self._next_session()

    # --- the life of a link

    async def run(self) -> None:
        """Be on the network until `close`; never returns because of anything a network does."""
        while not self._closing:
            session = self._session
            try:
                why = await session.run()
                if not self._closing:
                    log.warning("%s: disconnected: %s", self.name, why)
            except Upgrade as upgrade:
                log.info("%s: %s", self.name, upgrade)
                self._upgrade = upgrade.port
            except LoginFailed as error:
                self._raise_alarm(str(error))
            except (OSError, TimeoutError, ServerNotConnectedError) as error:
                log.warning("%s: %s: %s", self.name, session.server, str(error) or "timed out")
            except Exception:
                log.exception("%s: this is our fault; it is tried again", self.name)
            finally:
                self._end(session)
            if not self._closing:
                if self._upgrade is None:
                    await asyncio.sleep(self._delay(session))
                self._session = self._next_session()

    async def close(self, message: str = "") -> None:
        """Say QUIT and end; waits for the server to close, two seconds at most."""
        self._closing = True
        for task in self._invitations:
            task.cancel()
        await self._session.close(message)

    def _end(self, session: Session) -> None:
        session.end()
        if session.tls and session.registered_at is not None:
            self._policies.renew(session.server.host, self._clock())

    def _next_session(self) -> Session:
        """The next connection, not begun: where STS holds, over TLS whatever the config says."""
        servers = self._network.servers
        server = servers[self._turn % len(servers)]
        policy = self._policies.of(server.host, self._clock())
        tls = self._network.tls
        if self._upgrade is not None:
            server, tls, self._upgrade = Server(server.host, self._upgrade), True, None
        elif policy is not None and not tls:
            server, tls = Server(server.host, policy.port), True

        def promised(duration: timedelta) -> None:
            self._policies.keep(server.host, server.port, duration, self._clock())

        wiring = Wiring(
            hear=self._hear,
            invited=self._on_invitation,
            troubled=self._trouble,
            promised=promised,
            renamed=self._renamed,
            clock=self._clock,
        )
        return Session(self.name, self._network, server, self._limits, self._times, wiring, tls=tls)

    def _delay(self, session: Session) -> float:
        """Seconds until the next try: twice as long each time, until one has held for a while."""
        times, since = self._times, session.registered_at
        if since is not None:
            self._alarm = None
            if self._loop.time() - since > times.steady:
                self._failures = 0
        longest = min(times.longest_delay, self._network.reconnect_delay * 2**self._failures)
        if session.banned:
            log.error("%s: banned; the next try is in %.0f s", self.name, times.banned)
            longest = max(longest, times.banned * 2)
        self._failures = min(self._failures + 1, 16)
        self._turn += 1
        return float(random.uniform(0.5, 1.0) * longest)  # noqa: S311 - spreads load, hides nothing

    def _raise_alarm(self, why: str) -> None:
        """Say once that nothing is joined or said; the same reason again is no news."""
        level = logging.ERROR if why != self._alarm else logging.DEBUG
        self._alarm = why
        log.log(level, "%s: not logged in, so nothing is joined or said: %s", self.name, why)

    def _trouble(self, channel: str, kind: str, what: str) -> None:
        now, last = self._loop.time(), self._told.get((channel, kind))
        if last is None or now - last > TELL_AGAIN:
            self._told[channel, kind] = now
            log.warning("%s: %s", self.name, what)
            self._troubled(Trouble(self.name, channel.lower(), kind, what))

    def _on_invitation(self, heard: Heard, channel: str) -> None:
        if len(self._invitations) >= MOST_INVITATIONS:
            return
        task = self._loop.create_task(self._follow(heard, channel))
        self._invitations.add(task)
        task.add_done_callback(self._invitations.discard)

    async def _follow(self, heard: Heard, channel: str) -> None:
        session = self._session
        known = await self.identified(heard)
        if known.account is not None and await self._may_invite(known) and session.up:
            session.enter(channel)

    # --- saying

    async def joined(self) -> None:
        """Wait until the bot is in all its channels."""
        while len(self.channels()) < len(self._network.channels):
            await asyncio.sleep(0.02)

    @property
    def up(self) -> bool:
        """Whether the link is registered."""
        return self._session.up

    @property
    def waiting(self) -> int:
        """How many lines have not gone out yet."""
        return self._session.waiting

    def channels(self) -> list[str]:
        """Those of its channels that the bot is in, as the config has them, in lower case."""
        return self._session.presence.channels() if self.up else []

    def present(self) -> dict[str, Present]:
        """Those channels, since when it is in each, and when it last heard from the server."""
        return self._session.presence.present() if self.up else {}

    def topic(self, channel: str) -> Topic | None:
        """The topic of a channel; None where the bot is not in it, or not told yet."""
        return self._session.topics.of(channel) if self.up else None

    def people(self, channel: str | None = None) -> dict[str, str]:
        """Who shares a channel with the bot, by @ACCOUNT or ~NICK, with the nick to speak to.

        With a channel those who are in it.
        """
        return self._session.presence.people.there(channel) if self.up else {}

    def say(
        self, say: Say, priority: Priority = Priority.ANSWER, asked: datetime | None = None
    ) -> "asyncio.Future[None]":
        """Send a line as soon as may be; the future fails with Dropped if it never goes.

        `asked` is when the line was heard that this answers: it is for nobody who came since.
        """
        return self._session.say(say, priority, asked=asked)

    async def write(self, say: Say) -> None:
        """Send a reminder; returns when the kernel has it, raises Gone if it may never go."""
        self._written_on = self._session
        await self._session.write(say)

    async def confirm(self, say: Say) -> str | None:
        """Wait until the server has worked on it; why, if it refused.

        Raises Gone when the connection of the last `write` ends first.
        """
        if self._written_on is not self._session:
            raise Gone("the connection ended")
        return await self._session.confirm(say)

    def remembers(self, channel: str) -> bool:
        """Whether what is said in a channel can be found again later."""
        return self._session.remembers(channel)

    async def recall(self, channel: str, since: datetime) -> Recalled:
        """What the bot has said in a channel, as far as the server remembers. Raises Gone."""
        return await self._session.recall(channel, since)

    async def identified(self, heard: Heard) -> Heard:
        """A line with the account that the network tells when it is asked, if that is needed."""
        if not heard.unsure:
            return heard
        account = await self._session.account(heard.nick, heard.host)
        return heard._replace(account=account, unsure=False)
