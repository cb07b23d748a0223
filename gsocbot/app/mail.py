"""Mail of a running bot: what is due goes out beside the networks, and holds up none of them."""

import asyncio
import logging
from collections.abc import Callable
from datetime import datetime
from typing import TYPE_CHECKING, Protocol, TypeVar

from gsocbot.config import Config
from gsocbot.shipped import shipped
from gsocbot.store.away import why_away
from gsocbot.store.store import Store

if TYPE_CHECKING:
    from gsocbot.mail import Post

log = logging.getLogger(__name__)
T = TypeVar("T")

LEAVE_SECONDS = 3.0
"""So long a mail that is going out may take when the bot ends."""


class Run(Protocol):
    """The database thread."""

    async def __call__(self, call: Callable[[], T]) -> T:
        """Run a call there."""


class Mailing:
    """Sends what is due, one round at a time, as long as the config names a server."""

    def __init__(self, store: Store, run: Run, clock: Callable[[], datetime], boot: str) -> None:
        self._store = store
        self._run = run
        self._clock = clock
        self._boot = boot
        self._made: tuple[Config, Post] | None = None
        self._task: asyncio.Task[None] | None = None

    def begin(self, config: Config) -> None:
        """Begin a round, unless one is under way."""
        if config.mail is not None and (self._task is None or self._task.done()):
            self._task = asyncio.get_running_loop().create_task(self._round(self._post(config)))

    async def end(self) -> None:
        """Let a mail that is going out arrive; one that takes longer is settled by the next run."""
        if self._task is not None and not self._task.done():
            await asyncio.wait([self._task], timeout=LEAVE_SECONDS)
            self._task.cancel()
            await asyncio.wait([self._task])

    async def _round(self, post: "Post") -> None:
        try:
            await post.deliver()
        except Exception as error:
            if why_away(error) is None:
                log.exception("mail could not be sent; it is tried again")

    def _post(self, config: Config) -> "Post":
        """The post of a config; made anew when that has changed."""
        # 30 ms and 3 MB of SMTP that a bot without mail does without.
        from gsocbot.mail import Post  # noqa: PLC0415
        from gsocbot.render.letters import MailTemplates  # noqa: PLC0415

        if self._made is None or self._made[0] is not config:
            assert config.mail is not None
            templates = MailTemplates(shipped("templates"))
            url = config.site.base_url
            post = Post(
                self._store, self._run, templates, config.mail, url, self._boot, self._clock
            )
            self._made = config, post
        return self._made[1]
