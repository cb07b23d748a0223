"""What is to be nowhere any more: who was forgotten, also after an older backup; counted votes."""

import asyncio
import logging
import os
from collections.abc import Awaitable, Callable, Collection, Iterable, Mapping, Set
from datetime import datetime, timedelta
from pathlib import Path
from typing import Protocol, TypeVar

from gsocbot.config import Config
from gsocbot.store.away import why_away
from gsocbot.store.private import ballots, erasing
from gsocbot.store.store import Store
from gsocbot.store.sweeping import sweep

log = logging.getLogger(__name__)
T = TypeVar("T")

SWEPT = "swept"
AGAIN = timedelta(seconds=10)
"""What could not be swept up is tried again after this."""
TELL_AFTER = timedelta(minutes=5)
"""Organisers are told, once, of what could not be swept up for so long."""
LEFT = (
    "Somebody was forgotten who is still in my files: {}. I go on trying; whoever runs me can look"
    " at my log."
)
VOTES_LEFT = (
    "A poll is counted whose votes are still in my files: {}. I go on trying; whoever runs me can"
    " look at my log."
)


class Run(Protocol):
    """The database thread."""

    async def __call__(self, call: Callable[[], T]) -> T:
        """Run a call there."""


class Record:
    """A file of the state folder: the digest of everybody who was forgotten, a line each.

    It outlives a store that is put back to an older backup. A second line says that nothing of
    them is left in files either.
    """

    def __init__(self, state_dir: Path) -> None:
        self._file = state_dir / "erasures"

    def read(self) -> tuple[set[str], set[str]]:
        """All digests, and those that are swept up."""
        try:
            lines = [line.split() for line in self._file.read_text().splitlines()]
        except FileNotFoundError:
            return set(), set()
        known: set[str] = set()
        swept: set[str] = set()
        for digest, what in (words for words in lines if len(words) == 2):  # a crash may cut one
            known.add(digest)
            if what == SWEPT:
                swept.add(digest)
            else:
                swept.discard(digest)
        return known, swept

    def add(self, lines: Iterable[tuple[str, str]]) -> None:
        """Add lines, on the disk when this returns."""
        text = "".join(f"{digest} {what}\n" for digest, what in lines)
        if not text:
            return
        self._file.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
        handle = os.open(self._file, os.O_WRONLY | os.O_CREAT | os.O_APPEND, 0o600)
        with os.fdopen(handle, "a") as file:
            if file.tell():
                file.write("\n")  # whatever a crash has left there ends here
            file.write(text)
            file.flush()
            os.fsync(handle)


def replay(store: Store, state_dir: Path, now: datetime) -> int:
    """Forget whom the record knows and the store, an older backup, does not; says how many."""
    record = Record(state_dir)
    known, _ = record.read()
    with store.transaction(writing=False) as books:
        there = erasing.digests(books)
    again = 0
    if missing := sorted(known - there.keys()):
        with store.transaction(writing=True) as books:
            again = erasing.replay(books, missing, now)
        log.warning("the store is older than its erasures: %d people are forgotten again", again)
        record.add((digest, now.isoformat()) for digest in missing)  # to be swept up once more
    note(record, there)
    return again


def note(record: Record, there: Mapping[str, datetime]) -> Collection[str]:
    """Have the record know whom the store knows as forgotten; gives what is to be swept up."""
    known, swept = record.read()
    record.add((digest, there[digest].isoformat()) for digest in sorted(there.keys() - known))
    return there.keys() - swept


class Erasures:
    """Sweeps up after people who were forgotten: pages, feeds and the bytes of the store's file.

    From those bytes the votes go, too, of polls that were counted.
    `pages` makes all pages anew and says whether it could; `tell` says a line to the organisers.
    `forget` is called in the database thread with the digests that are new, for what is in mind.
    """

    def __init__(
        self,
        store: Store,
        run: Run,
        clock: Callable[[], datetime],
        pages: Callable[[], Awaitable[bool]],
        tell: Callable[[str], object],
        forget: Callable[[Collection[str]], object],
    ) -> None:
        self._store = store
        self._run = run
        self._clock = clock
        self._pages = pages
        self._tell = tell
        self._forget = forget
        self._known: Set[str] = frozenset()
        self._paged: frozenset[str] = frozenset()
        """Of whom there is nothing in pages any more, though in the store's file."""
        self._since: datetime | None = None
        """Since when it fails, and whether organisers know."""
        self._told = False
        self._not_before: datetime | None = None
        self._task: asyncio.Task[None] | None = None

    async def look(self, config: Config) -> None:
        """Begin to sweep up if somebody was forgotten, or a poll counted, by any process."""
        now = self._clock()
        waits = self._not_before is not None and timedelta(0) < self._not_before - now <= AGAIN
        if waits or (self._task is not None and not self._task.done()):
            return
        record = Record(config.bot.state_dir)
        there, polls = await self._run(self._gone)
        if new := there.keys() - self._known:  # by the command line, it may be
            await self._run(lambda: self._forget(new))
            self._known = there.keys()
        pending = await asyncio.to_thread(note, record, there)
        if pending or polls:
            self._task = asyncio.get_running_loop().create_task(
                self._swept(config.store.file, record, list(pending), polls)
            )

    async def end(self) -> None:
        """Break off; what is not swept up is at the next start."""
        if self._task is not None:
            self._task.cancel()
            await asyncio.wait([self._task])

    def _gone(self) -> tuple[dict[str, datetime], list[int]]:
        """Everybody who was forgotten, and the polls whose votes are thrown away."""
        with self._store.transaction(writing=False) as books:
            return erasing.digests(books), ballots.emptied(books)

    def _votes_swept(self, polls: list[int]) -> None:
        with self._store.transaction(writing=True) as books:
            ballots.swept(books, polls)

    async def _swept(
        self, file: Path | None, record: Record, pending: list[str], polls: list[int]
    ) -> None:
        """Sweep up, and note what is swept; `polls` are those whose votes were counted."""
        left = LEFT if pending else VOTES_LEFT
        try:
            if why := await self._left(file, frozenset(pending)):
                self._failed(left, why)
            else:
                await asyncio.to_thread(record.add, [(digest, SWEPT) for digest in pending])
                if polls:
                    await self._run(lambda: self._votes_swept(polls))
                if pending:
                    log.info("%d people are forgotten, in files too", len(pending))
                self._paged, self._since, self._told = frozenset(), None, False
        except Exception as error:
            self._failed(left, str(error), error if why_away(error) is None else None)

    async def _left(self, file: Path | None, pending: frozenset[str]) -> str:
        """Sweep up; why something is left, or nothing. Pages that are made are not made again."""
        if not pending <= self._paged:
            if not await self._pages():
                return "the pages cannot be written"
            self._paged = pending
        why = await asyncio.to_thread(sweep, file) if file is not None else ""
        return f"the store's file cannot be written anew ({why})" if why else ""

    def _failed(self, left: str, why: str, error: Exception | None = None) -> None:
        now = self._clock()
        self._not_before = now + AGAIN
        if self._since is None or now < self._since:
            self._since = now
            log.error("what is to be gone is still in files, it is tried again: %s", why,
                      exc_info=error)  # fmt: skip
        elif not self._told and now - self._since >= TELL_AFTER:
            self._told = True
            self._tell(left.format(why))
