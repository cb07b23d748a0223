"""The walls of hackathons, written by the running bot itself: no wall waits for a build."""

import asyncio
import logging
from collections.abc import Callable, Iterable
from dataclasses import replace
from datetime import datetime, timedelta
from functools import partial
from pathlib import Path
from typing import Protocol, TypeVar

from gsocbot.config import Config
from gsocbot.site.clean import NAME, hackathon
from gsocbot.site.freshening import freshen
from gsocbot.site.hackathon_snapshot import Hackathon
from gsocbot.site.taking_hackathons import for_wall
from gsocbot.site.wall import Wall, data, data_path, is_near, same, wall
from gsocbot.store import audit, hackathons
from gsocbot.store.store import Store

log = logging.getLogger(__name__)
T = TypeVar("T")
REST = timedelta(seconds=2)
"""How long nothing is looked at where no hackathon is near."""

PULSE = timedelta(minutes=1)
"""So often a wall is written though nothing has changed: so that it can tell when we are gone."""

AGAIN = timedelta(minutes=1)
"""So often all is read anew, for not everything that goes is a change that somebody made."""


class Run(Protocol):
    """The database thread."""

    async def __call__(self, call: Callable[[], T]) -> T:
        """Run a call there."""


class Walls:
    """Writes those of hackathons that are near, when what they say has changed."""

    def __init__(self, store: Store, run: Run, clock: Callable[[], datetime]) -> None:
        self._store = store
        self._run = run
        self._clock = clock
        self._rests_until: datetime | None = None
        self._read: tuple[int, datetime] | None = None
        self._found: dict[tuple[str, str], Hackathon] = {}
        self._walls: dict[Path, Wall] = {}
        self._said: dict[Path, tuple[Wall, datetime]] = {}
        self._one = asyncio.Lock()

    @property
    def state(self) -> tuple[Wall, ...]:
        """What the walls say, whatever the clock: their pages are built anew when it changes."""
        return tuple(replace(one, at="", clock="") for one in self._walls.values())

    async def look(self, config: Config) -> None:
        """Write what has changed on a wall."""
        async with self._one:
            now = self._clock()
            if self._rests_until is not None and now < self._rests_until <= now + REST:
                return
            await self._run(partial(self._look, list(config.season), now))
            self._rests_until = None if self._found else now + REST
            self._walls = {
                config.site.dir / season / data_path(slug): wall(of, now)
                for (season, slug), of in self._found.items()
            }
            self._said = {path: was for path, was in self._said.items() if path in self._walls}
            for path, new in self._walls.items():
                if self._is_news(path, new, now):
                    await self._write(config.site.dir, path, new, now)

    def forget(self) -> None:
        """Read and write all anew."""
        self._rests_until, self._read = None, None
        self._said.clear()

    def _is_news(self, path: Path, new: Wall, now: datetime) -> bool:
        before = self._said.get(path)
        if before is None:
            return True
        said, at = before
        return not same(said, new) or not at <= now < at + PULSE

    async def _write(self, site: Path, path: Path, new: Wall, now: datetime) -> None:
        beside = str(path.relative_to(site))
        try:
            written = await asyncio.to_thread(freshen, site, beside, data(new))
        except OSError as error:
            log.debug("%s: %s", path, error.strerror)
            return
        if written:
            self._said[path] = new, now

    def _look(self, seasons: Iterable[str], now: datetime) -> None:
        with self._store.transaction(writing=False) as books:
            version = audit.newest(books)
            if self._read is not None:
                before, at = self._read
                if before == version and at <= now < at + AGAIN:
                    return
            self._found = {
                (season, row.slug): hackathon(for_wall(books, row, now))
                for season in seasons
                for row in hackathons.every(books, season)
                if NAME.fullmatch(row.slug) and is_near(hackathons.days_of(row), now)
            }
            self._read = version, now
