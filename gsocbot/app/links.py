"""Links of a running bot: which are due, asked for in a process of its own, kept, told of."""

import asyncio
import logging
from collections.abc import Awaitable, Callable, Sequence
from datetime import datetime, timedelta
from typing import Protocol, TypeVar

from gsocbot.app.clock import clock
from gsocbot.bot import Bot, own_version
from gsocbot.config import Config
from gsocbot.rules.links import Verdict, host_of, is_here_only, nobody_answered
from gsocbot.web import process

log = logging.getLogger(__name__)
T = TypeVar("T")

FIRST_AFTER = timedelta(minutes=10)
"""So long a bot runs before it asks: one that is started again and again asks nobody."""

CUT_OFF = timedelta(minutes=30)
"""After this a bot that seems to be cut off from the net tries again."""

SEVERAL = 3
"""So many hosts are not all gone at once; a firewall is likelier."""

PAUSE_SECONDS = 1.0
"""Between two rounds, so that no host is asked twice within a second."""

Asking = Callable[[Sequence[str], str], Awaitable[list[Verdict]]]


class Run(Protocol):
    """The database thread."""

    async def __call__(self, call: Callable[[], T]) -> T:
        """Run a call there."""


class Rounds:
    """Asks for what is due, one round at a time. The clock and who asks are handed in."""

    def __init__(
        self,
        run: Run,
        clock: Callable[[], datetime],
        asking: Asking,
        *,
        pause: float = PAUSE_SECONDS,
    ) -> None:
        self._run = run
        self._clock = clock
        self._asking = asking
        self._pause = pause
        self._not_before = clock() + FIRST_AFTER
        self._task: asyncio.Task[None] | None = None

    def begin(self, bot: Bot, agent: str) -> None:
        """Begin a round, unless one is under way or it is too early for one."""
        if self._is_too_early() or (self._task and not self._task.done()):
            return
        self._task = asyncio.get_running_loop().create_task(self._round(bot, agent))

    def _is_too_early(self) -> bool:
        """Whether to wait; a wait longer than there is any comes of a clock that was set back."""
        return timedelta(0) < self._not_before - self._clock() <= CUT_OFF

    async def end(self) -> None:
        """Break off a round; what it has not kept is asked for again."""
        if self._task is not None:
            self._task.cancel()
            await asyncio.wait([self._task])

    async def _round(self, bot: Bot, agent: str) -> None:
        try:
            count = await self.one(bot, agent)
            if count:
                await asyncio.sleep(self._pause)
        except Exception:
            log.exception("links could not be asked for; they are tried again")
            self._not_before = self._clock() + CUT_OFF

    async def one(self, bot: Bot, agent: str) -> int:
        """Ask for what is due and keep what comes of it; says for how many there is a verdict."""
        due = await self._run(lambda: bot.links.due(self._clock()))
        if not due:
            return 0
        verdicts = await self._asking(due, agent)
        if nobody_answered(verdicts) and await self._is_cut_off(bot, due, agent):
            log.warning("no link answers, not even those that were there: it is our own network")
            verdicts = []
        if not verdicts:
            self._not_before = self._clock() + CUT_OFF
            return 0
        await self._run(lambda: bot.links.asked(verdicts, self._clock()))
        log.info("links: %d asked for, %d wrong", len(verdicts), sum(bool(v.why) for v in verdicts))
        return len(verdicts)

    async def _is_cut_off(self, bot: Bot, due: Sequence[str], agent: str) -> bool:
        """Whether links that were there are silent too, or else those of several hosts."""
        known = [url for url in await self._run(bot.links.known) if url not in due]
        if not known:
            return len({host_of(url) for url in due}) >= SEVERAL
        await asyncio.sleep(self._pause)
        return nobody_answered(await self._asking(known, agent))


async def ask_links(config: Config, bot: Bot, run: Run) -> None:
    """Ask for all links that are due, round after round."""
    rounds = Rounds(run, clock, process.ask)
    while await rounds.one(bot, agent_of(own_version(), config.site.base_url)):
        await asyncio.sleep(PAUSE_SECONDS)


def agent_of(version: str, base_url: str) -> str:
    """How the bot names itself to servers: gsocbot/1.0 (+https://gsoc.example.org/)."""
    name = f"gsocbot/{version.replace(' ', '-')}"
    return name if is_here_only(base_url) else f"{name} (+{base_url})"
