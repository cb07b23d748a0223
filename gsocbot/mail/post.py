"""The outbox's way out by mail: claim, offer, write, sent; once each, whatever dies."""

import asyncio
import json
import logging
from collections.abc import Callable
from datetime import datetime, timedelta
from functools import partial
from typing import Protocol, TypeVar
from zoneinfo import ZoneInfo

from sqlalchemy.exc import SQLAlchemyError

from gsocbot.config import Mail
from gsocbot.mail.letter import letter
from gsocbot.mail.sending import NeverTaken, NoAnswer, NoServer, NotNow, Times, Unsent, send
from gsocbot.render.addresses import TIMELINE, Addresses
from gsocbot.render.letters import MailTemplates, subject
from gsocbot.rules.digest import LONGEST_PAUSE, Digest, masked, pause
from gsocbot.rules.links import is_here_only
from gsocbot.rules.outbox import LEASE, OutboxState, settled
from gsocbot.store import outbox, settling
from gsocbot.store.books import Books
from gsocbot.store.digest import MAIL, gather, without_addresses
from gsocbot.store.engine import StoreError, in_a_line
from gsocbot.store.outbox import Waiting
from gsocbot.store.store import Store

log = logging.getLogger(__name__)
T = TypeVar("T")

PATIENCE = Times()

MOST_UNANSWERED = 3
"""So often a text is sent again that a server did not answer; it may have taken each."""

STORE_SECONDS = 1.0
"""A store that does not take what became of a mail is asked again after this."""

TROUBLE = (SQLAlchemyError, StoreError)
"""What says that the store cannot be used; some of it says so without having asked."""


class Run(Protocol):
    """The database thread."""

    async def __call__(self, call: Callable[[], T]) -> T:
        """Run a call there."""


class Post:
    """Sends the mail that is due; one round at a time. `boot` names this process: NAME-PID-RANDOM.

    Servers are slow, so the clock is looked at for each mail.
    """

    def __init__(
        self,
        store: Store,
        run: Run,
        templates: MailTemplates,
        settings: Mail,
        base_url: str,
        boot: str,
        clock: Callable[[], datetime],
        times: Times = PATIENCE,
    ) -> None:
        self._store = store
        self._run = run
        self._templates = templates
        self._settings = settings
        self._base_url = base_url
        self._boot = boot
        self._clock = clock
        self._times = times
        self._settled_at: datetime | None = None
        self._failures: dict[str, int] = {}
        self._not_before: dict[str, datetime] = {}
        self._unanswered: dict[int, int] = {}

    async def deliver(self) -> None:
        """Send what is due, one mail after the other."""
        await self._settle(self._clock())
        while self._may_try("", now := self._clock()) and (
            row := await self._in_store(partial(self._claim, now))
        ):
            await self._handle(row)

    async def _settle(self, now: datetime) -> None:
        """Put where they belong the rows of a round that broke off, and now and then the dead's."""
        is_early = self._settled_at and timedelta(0) <= now - self._settled_at < LEASE

        def settle(books: Books) -> None:
            for line in settling.held(books, MAIL, self._boot, now):
                if line.owner == self._boot or not is_early:
                    settling.settle(books, line, settled(line.state, cut=False))

        await self._in_store(settle)
        if not is_early:
            self._settled_at = now

    def _may_try(self, whom: str, now: datetime) -> bool:
        """Whether an address, or the server itself, was left alone for long enough.

        A pause longer than there is any comes of a clock that was set back.
        """
        left = self._not_before.get(whom, now) - now
        return not timedelta(0) < left <= LONGEST_PAUSE

    def _claim(self, now: datetime, books: Books) -> Waiting | None:
        there = [t for t in outbox.targets(books, MAIL, now) if self._may_try(t, now)]
        rows = outbox.claim(books, MAIL, self._boot, now, there, most=1) if there else []
        return rows[0] if rows else None

    async def _handle(self, row: Waiting) -> None:
        """Send one mail, and keep what became of it: no row stays claimed."""
        try:
            await self._send(row)
        except Unsent as unsent:
            await self._not_sent(row, unsent)
        except TROUBLE as error:
            await self._not_sent(row, NoServer(_trouble(error)))
        except Exception:
            log.exception("mail to %s has failed", masked(row.target))
            await self._move(row, OutboxState.FAILED, why="a fault of mine; it is in my log")

    async def _send(self, row: Waiting) -> None:
        now = self._clock()
        if now >= row.expires:
            await self._move(row, OutboxState.SKIPPED, why="stale")
            return
        facts = json.loads(row.payload)
        since = datetime.fromisoformat(facts["since"])
        digest = await self._in_store(lambda b: gather(b, row.season, since, now))
        if not digest.says_anything:
            await self._move(row, OutboxState.SKIPPED, why="nothing to say")
            return
        text = self._text(digest, facts["zone"], now)
        message = letter(
            sender=self._settings.sender,
            to=row.target,
            subject=subject(digest),
            text=text,
            occasion=f"{row.season} {facts['day']}",
            now=now,
        )
        if not await send(self._settings, message, partial(self._begin, row, text), self._times):
            return
        self._forget_failures("", row.target)
        await self._move(row, OutboxState.SENT, at=self._clock())
        log.info("mail: sent the one of %s to %s", facts["day"], masked(row.target))

    def _text(self, digest: Digest, zone: str, now: datetime) -> str:
        page = Addresses(self._base_url, digest.season).page(TIMELINE)
        shown = "" if is_here_only(self._base_url) else page
        return self._templates.digest(digest, shown, ZoneInfo(zone), now)

    async def _begin(self, row: Waiting, text: str) -> bool:
        """Note that the text goes out, unless the row has been given to somebody else."""
        return await self._in_store(
            lambda b: outbox.move(b, row.id, OutboxState.WRITTEN, text=text, owner=self._boot)
        )

    async def _not_sent(self, row: Waiting, unsent: Unsent) -> None:
        """Have it tried again, later and later, where that may help."""
        log.warning("mail to %s: %s", masked(row.target), without_addresses(str(unsent)))
        why = unsent.told(self._settings)
        if isinstance(unsent, NoAnswer):
            self._unanswered[row.id] = self._unanswered.get(row.id, 0) + 1
        for_good = self._unanswered.get(row.id, 0) >= MOST_UNANSWERED
        if isinstance(unsent, NeverTaken) or for_good:
            await self._move(row, OutboxState.FAILED, why=why)
            return
        whom = row.target if isinstance(unsent, NotNow) else ""
        self._failures[whom] = self._failures.get(whom, 0) + 1
        slowly = isinstance(unsent, NoServer) and unsent.slowly
        wait = LONGEST_PAUSE if slowly else pause(self._failures[whom])
        self._not_before[whom] = self._clock() + wait
        await self._move(row, OutboxState.DUE, why=why)

    def _forget_failures(self, *whom: str) -> None:
        for one in whom:
            self._failures.pop(one, None)
            self._not_before.pop(one, None)

    async def _move(
        self, row: Waiting, to: OutboxState, *, why: str = "", at: datetime | None = None
    ) -> None:
        """Write down what has happened; again and again, for it would happen twice otherwise."""
        said = False
        while True:
            try:
                await self._in_store(
                    lambda b: outbox.move(b, row.id, to, why=why, at=at, owner=self._boot)
                )
                return
            except TROUBLE as error:
                if not said:
                    log.error("mail: the store does not take it: %s", _trouble(error))
                said = True
                await asyncio.sleep(STORE_SECONDS)

    async def _in_store(self, call: Callable[[Books], T]) -> T:
        def transaction() -> T:
            with self._store.transaction(writing=True) as books:
                return call(books)

        return await self._run(transaction)


def _trouble(error: Exception) -> str:
    return f"the store: {in_a_line(error)}" if isinstance(error, SQLAlchemyError) else str(error)


async def try_out(
    settings: Mail, templates: MailTemplates, address: str, occasion: str, now: datetime
) -> None:
    """Send a mail that says that mail works. Raises Unsent."""

    async def begin() -> bool:
        return True

    message = letter(
        sender=settings.sender,
        to=address,
        subject="A test of gsocbot's mail",
        text=templates.test(settings.host),
        occasion=occasion,
        now=now,
    )
    await send(settings, message, begin, PATIENCE)
