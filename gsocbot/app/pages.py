"""The pages of a running bot: built when something has changed, or the hour has."""

import asyncio
import logging
from collections.abc import AsyncIterator, Callable, Hashable, Iterable, Mapping, Sequence
from contextlib import suppress
from datetime import datetime
from functools import partial
from shutil import rmtree
from typing import Protocol, TypeVar

from gsocbot.app.opening import exported, look, packed
from gsocbot.config import Config
from gsocbot.rules.checklists import Checklist
from gsocbot.rules.faq import FaqText
from gsocbot.site import apart
from gsocbot.site.clean import SiteError
from gsocbot.site.snapshot import Snapshot
from gsocbot.site.standing import Gone, keys
from gsocbot.site.taking_polls import turnout
from gsocbot.site.taking_sessions import portion
from gsocbot.store import audit
from gsocbot.store.away import why_away
from gsocbot.store.private import exporting
from gsocbot.store.store import Store

log = logging.getLogger(__name__)
T = TypeVar("T")
END_SECONDS = 2.0
"""So long a bot that ends waits for a build that is under way."""


class Run(Protocol):
    """The database thread."""

    async def __call__(self, call: Callable[[], T]) -> T:
        """Run a call there."""


class Pages:
    """Builds them one after the other; of office hours only those that this run has not built.

    What an earlier run has built may look otherwise: it may have been another version.
    """

    def __init__(self, store: Store, run: Run, clock: Callable[[], datetime]) -> None:
        self._store = store
        self._run = run
        self._clock = clock
        self._built: tuple[Hashable, datetime, Hashable] | None = None
        self._stand: dict[str, str] = {}
        self._one = asyncio.Lock()
        self._ended = False

    def forget(self) -> None:
        """Build next time, whether something has changed or not."""
        self._built = None

    async def forget_all(self) -> None:
        """Build all pages next time, also those that stand: what was said is not what it was."""
        async with self._one:
            self._built, self._stand = None, {}

    async def end(self, config: Config) -> None:
        """Take away the addresses that are good for an hour: nobody ends them while no bot runs."""
        with suppress(TimeoutError):
            async with asyncio.timeout(END_SECONDS), self._one:
                self._ended = True
                folder = config.site.dir / exporting.FOLDER
                await asyncio.to_thread(rmtree, folder, ignore_errors=True)

    @property
    def are_built(self) -> bool:
        """Whether the pages could be built when that was last tried."""
        return self._built is not None

    async def build(
        self,
        config: Config,
        faq: Mapping[str, Sequence[FaqText]],
        checklists: Mapping[str, Sequence[Checklist]],
        also: Hashable = None,
    ) -> None:
        """Build the pages when something has changed, or the hour has, or `also` is another."""
        async with self._one:
            now = self._clock()
            version = await self._run(partial(self._version, list(config.season)))
            hour = now.replace(minute=0, second=0, microsecond=0)
            if self._ended or not config.season or self._built == (version, hour, also):
                return
            try:
                try:
                    await self._write(config, faq, checklists, now)
                except Gone as gone:
                    log.info("all pages are made anew: %s", gone)
                    self._stand = {}
                    await self._write(config, faq, checklists, now)
                self._built = (version, hour, also)
            except (OSError, SiteError) as error:
                log.error("the pages could not be written: %s", error)
            except Exception as error:
                if why_away(error) is None:
                    log.exception("the pages could not be built; the old ones stay")

    async def _write(
        self,
        config: Config,
        faq: Mapping[str, Sequence[FaqText]],
        checklists: Mapping[str, Sequence[Checklist]],
        now: datetime,
    ) -> None:
        def looked() -> tuple[Snapshot, dict[str, bytes]]:
            shown = look(config, self._store, faq, checklists, now, logs=False)
            return shown, exported(self._store, now)

        snapshot, exports = await self._run(looked)
        wanted = keys(snapshot, config.site.base_url)
        ids = [session.id for season in snapshot.seasons for session in season.sessions]
        new = {
            folder: session
            for (folder, key), session in zip(wanted.items(), ids, strict=True)
            if self._stand.get(folder) != key
        }
        # Whoever waits for the database need not wait for this.
        order = await asyncio.to_thread(packed, config, snapshot, now, tuple(new), exports)
        await apart.write(order, self._portions(list(new.values())))
        self._stand = wanted

    async def _portions(self, sessions: Sequence[int]) -> AsyncIterator[bytes]:
        """The logs of sessions; each portion is a short turn of its own, so nobody waits long."""
        for session in sessions:
            last: int | None = 0
            while last is not None:
                some, last = await self._run(partial(self._portion, session, last))
                yield some

    def _portion(self, session: int, after: int) -> tuple[bytes, int | None]:
        """Some lines of a log, and after which to go on; the last portion has none."""
        with self._store.transaction(writing=False) as books:
            lines = portion(books, session, after)
        return apart.packed_lines(lines), lines[-1].id if lines else None

    def _version(self, seasons: Iterable[str]) -> tuple[int, Hashable]:
        """The newest change, and how far polls are, for votes are in no list of changes."""
        with self._store.transaction(writing=False) as books:
            return audit.newest(books), turnout(books, seasons)
