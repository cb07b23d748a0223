"""A link that really runs, in a thread and a loop of its own, beside a test that may block."""

import asyncio
import queue
import threading
import time
from collections.abc import Awaitable, Callable, Coroutine, Iterator
from concurrent.futures import Future
from contextlib import contextmanager, suppress
from datetime import UTC, datetime
from typing import Any, TypeVar

from gsocbot.config import Limits, Network
from gsocbot.irc.link import Link
from gsocbot.irc.sts import Policies
from gsocbot.irc.times import Times
from gsocbot.talk import Heard, Say, Trouble

T = TypeVar("T")
NETWORK = "test"
PATIENCE = 10.0
FREE = Limits(burst=0, seconds_per_line=0)
QUICK = Times(
    connect=2,
    tls=2,
    ask=0.3,
    step=1,
    register=2,
    services=0.3,
    check=0.1,
    rejoin=0.3,
    nick=0.3,
    confirm=2,
    recall=1,
)
AT = datetime(2026, 3, 2, 10, tzinfo=UTC)


async def nobody(_heard: Heard) -> bool:
    """Nobody may invite the bot."""
    return False


def standing() -> datetime:
    """A clock that stands."""
    return AT


class Running:
    """The link, what it has heard, and of which troubles and other nicks it has told."""

    def __init__(
        self,
        network: Network,
        limits: Limits,
        times: Times,
        answer: Callable[[Heard], str | None],
        *,
        name: str = NETWORK,
        may_invite: Callable[[Heard], Awaitable[bool]] = nobody,
        policies: Policies | None = None,
        clock: Callable[[], datetime] = standing,
    ) -> None:
        """Prepare it; `answer` may give a text to say where a line was heard."""
        self._settings = network, limits, times
        self._name = name
        self._may_invite = may_invite
        self._policies = policies
        self._clock = clock
        self._answer = answer
        self._started = threading.Event()
        self._thread = threading.Thread(target=lambda: asyncio.run(self._run()), name="link")
        self.heard: queue.SimpleQueue[Heard] = queue.SimpleQueue()
        self.troubles: list[Trouble] = []
        self.renamed: list[tuple[str, str, str]] = []
        self.link: Link
        self.loop: asyncio.AbstractEventLoop

    async def _run(self) -> None:
        network, limits, times = self._settings
        self.loop = asyncio.get_running_loop()
        self.link = Link(
            self._name,
            network,
            limits,
            self._hear,
            self._clock,
            times,
            policies=self._policies,
            may_invite=self._may_invite,
            troubled=self.troubles.append,
            renamed=lambda *names: self.renamed.append(names),
        )
        self._ending = asyncio.Event()
        task = self.loop.create_task(self.link.run())
        self._started.set()
        await self._ending.wait()
        await self.link.close("bye")
        task.cancel()
        with suppress(asyncio.CancelledError):
            await task

    def _hear(self, heard: Heard) -> None:
        self.heard.put(heard)
        text = self._answer(heard)
        if text is not None:
            self.link.say(Say(self._name, heard.channel or heard.nick, text))

    def start(self) -> None:
        """Start the thread."""
        self._thread.start()
        self._started.wait(PATIENCE)

    def stop(self) -> None:
        """Leave the network."""
        self.loop.call_soon_threadsafe(self._ending.set)
        self._thread.join(PATIENCE)

    def do(self, work: Coroutine[Any, Any, T], timeout: float = PATIENCE) -> T:
        """Run a coroutine in the link's loop, and wait for it."""
        return asyncio.run_coroutine_threadsafe(work, self.loop).result(timeout)

    def begin(self, work: Coroutine[Any, Any, T]) -> "Future[T]":
        """Run a coroutine in the link's loop, and do not wait."""
        return asyncio.run_coroutine_threadsafe(work, self.loop)

    def say(self, target: str, text: str) -> None:
        """Say something, as an answer."""

        self.put(Say(NETWORK, target, text))

    def put(self, *says: Say) -> None:
        """Say some things, one behind the other, as answers."""

        async def said() -> None:
            for say in says:
                self.link.say(say)

        self.do(said())

    def talk_a_lot(self, target: str) -> None:
        """Say more than the sockets hold while nobody reads."""

        async def talk() -> None:
            for _ in range(20_000):
                self.link.say(Say(NETWORK, target, "x" * 400))

        self.do(talk())

    def next_heard(self, timeout: float = PATIENCE) -> Heard:
        """What it hears next."""
        return self.heard.get(timeout=timeout)

    def all_heard(self) -> list[Heard]:
        """All that it has heard by now."""
        found = []
        while not self.heard.empty():
            found.append(self.heard.get())
        return found

    def wait_joined(self, timeout: float = PATIENCE) -> None:
        """Wait until it is in all its channels."""
        self.do(asyncio.wait_for(self.link.joined(), timeout), timeout + 1)

    def wait_down(self, timeout: float = PATIENCE) -> None:
        """Wait until it has noticed that the network is gone."""
        wait_until(lambda: not self.link.up, timeout)


def wait_until(is_so: Callable[[], bool], timeout: float = PATIENCE) -> None:
    """Wait until something is so."""
    deadline = time.monotonic() + timeout
    while not is_so():
        if time.monotonic() > deadline:
            raise TimeoutError(f"not so within {timeout} s")
        time.sleep(0.01)


@contextmanager
def running(
    network: Network,
    *,
    limits: Limits = FREE,
    times: Times = QUICK,
    answer: Callable[[Heard], str | None] = lambda _heard: None,
    name: str = NETWORK,
    may_invite: Callable[[Heard], Awaitable[bool]] = nobody,
    policies: Policies | None = None,
    clock: Callable[[], datetime] = standing,
) -> Iterator[Running]:
    """A link on a network, until the end of the block."""
    bot = Running(
        network,
        limits,
        times,
        answer,
        name=name,
        may_invite=may_invite,
        policies=policies,
        clock=clock,
    )
    bot.start()
    try:
        yield bot
    finally:
        bot.stop()
