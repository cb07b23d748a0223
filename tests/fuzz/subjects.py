"""What is put to the test: our link, or (to test the judge) the bare irc package."""

import asyncio
import threading
from collections.abc import Iterator, Sequence
from contextlib import contextmanager, suppress
from dataclasses import replace
from typing import Any, Protocol

from irc.client import Event
from irc.client_aio import AioConnection, AioReactor

from gsocbot.config import Channel, Limits, Sasl
from gsocbot.irc.link import Link
from gsocbot.irc.times import Times
from gsocbot.talk import Heard, Say
from tests.fuzz.judging import Judge
from tests.fuzz.vocabulary import ME
from tests.irc.running import FREE, NETWORK, QUICK, Running, running
from tests.irc.scripted import Peer, Scripted

CAPS = "account-tag account-notify extended-join message-tags batch chghost setname cap-notify"
ISUPPORT = "CHANTYPES=#&! STATUSMSG=@+ CASEMAPPING=rfc1459 WHOX BOT=B"
CHANNELS = {"#gsoc": Channel(season="test"), "#gsoc-org": Channel(season="test")}
HASTY = replace(QUICK, longest_delay=0.005, banned=0.005)
"""It comes back at once."""
STILL = replace(HASTY, rejoin=1e6, nick=1e6, silence=1e6)
"""It sends nothing by itself."""


class Subject(Protocol):
    """A bot that a campaign talks to."""

    def connect(self) -> Peer:
        """The server's side of its next connection, on which it is registered."""
        ...

    def heard(self) -> list[str]:
        """What it has heard since it was asked last."""
        ...

    def say_all(self, says: Sequence[tuple[str, str]], judge: Judge) -> None:
        """Have it say texts to targets; what raises is a fault."""
        ...


class Ours:
    """Our link."""

    def __init__(self, server: Scripted, bot: Running) -> None:
        self.server = server
        self.bot = bot

    @property
    def link(self) -> Link:
        """The link itself."""
        return self.bot.link

    def connect(self) -> Peer:
        """The server's side of its next connection, on which it is registered."""
        peer = self.server.accept()
        peer.let_in(CAPS, ISUPPORT)
        return peer

    def all_heard(self) -> list[Heard]:
        """What it has heard since it was asked last."""
        return self.bot.all_heard()

    def heard(self) -> list[str]:
        """The texts of what it has heard since it was asked last."""
        return [heard.text for heard in self.all_heard()]

    def say_all(self, says: Sequence[tuple[str, str]], judge: Judge) -> None:
        """Have it say texts to targets; what raises is a fault."""
        say_all(self.bot, says, judge)


def say_all(bot: Running, says: Sequence[tuple[str, str]], judge: Judge) -> None:
    """Have a link say texts to targets; what raises is a fault."""

    async def said() -> None:
        for target, text in says:
            try:
                bot.link.say(Say(NETWORK, target, text))
            except Exception as error:
                judge.raised(error, text)

    bot.do(said(), timeout=60)


@contextmanager
def ours(
    judge: Judge, *, times: Times = HASTY, limits: Limits = FREE, sasl: Sasl | None = None
) -> Iterator[Ours]:
    """Run our link on a scripted server."""
    with Scripted() as server:
        network = server.network(nick=ME, sasl=sasl, channels=CHANNELS)
        with running(network, limits=limits, times=times) as bot:
            judge.watch(bot.loop)
            yield Ours(server, bot)


class _BareConnection(AioConnection):
    def pong(self, target: str, target2: str = "") -> None:
        self.send_raw(f"PONG :{target}")  # as the scripted server wants it


class _BareReactor(AioReactor):
    connection_class = _BareConnection


class Bare:
    """The irc package as it is, which begins again when its connection ends."""

    def __init__(self, server: Scripted) -> None:
        self._server = server
        self._heard: list[str] = []
        self._started = threading.Event()
        self._thread = threading.Thread(target=lambda: asyncio.run(self._run()), name="bare")
        self.loop: asyncio.AbstractEventLoop
        self._connection: Any = None

    async def _run(self) -> None:
        self.loop = asyncio.get_running_loop()
        self._task = asyncio.current_task()
        self._started.set()
        with suppress(asyncio.CancelledError):
            while True:
                await self._one_connection()

    async def _one_connection(self) -> None:
        reactor = _BareReactor(loop=self.loop)
        ended = self.loop.create_future()
        for kind in ("pubmsg", "privmsg"):
            reactor.add_global_handler(kind, self._on_message)
        reactor.add_global_handler("disconnect", lambda *_: ended.cancel())
        self._connection = reactor.server()
        try:
            await self._connection.connect("127.0.0.1", self._server.port, ME)
        except OSError:
            await asyncio.sleep(0.01)
        else:
            await asyncio.wait([ended])

    def _on_message(self, _connection: object, event: Event) -> None:
        self._heard.append(event.arguments[0])

    def start(self) -> None:
        """Start the thread."""
        self._thread.start()
        self._started.wait()

    def stop(self) -> None:
        """End it."""
        assert self._task is not None
        self.loop.call_soon_threadsafe(self._task.cancel)
        self._thread.join()

    def connect(self) -> Peer:
        """The server's side of its next connection, on which it is registered."""
        peer = self._server.accept()
        peer.until("USER ")
        peer.send(f":irc.test 001 {ME} :Welcome", f":irc.test 376 {ME} :End of MOTD")
        return peer

    def heard(self) -> list[str]:
        """The texts of what it has heard since it was asked last."""
        found, self._heard = self._heard, []
        return found

    def say_all(self, says: Sequence[tuple[str, str]], judge: Judge) -> None:
        """Have it say texts to targets; what raises is a fault."""

        async def said() -> None:
            for target, text in says:
                try:
                    self._connection.privmsg(target, text)
                except Exception as error:
                    judge.raised(error, text)

        asyncio.run_coroutine_threadsafe(said(), self.loop).result(10)


@contextmanager
def bare(judge: Judge) -> Iterator[Bare]:
    """Run the bare irc package on a scripted server."""
    with Scripted() as server:
        bot = Bare(server)
        bot.start()
        judge.watch(bot.loop)
        try:
            yield bot
        finally:
            bot.stop()
