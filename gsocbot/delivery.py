"""The outbox loop of one network: claim, write, confirm, settle; once each, whatever dies."""

import asyncio
import json
import logging
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import Any, Protocol, TypeVar

from sqlalchemy.exc import DBAPIError

from gsocbot.render import words
from gsocbot.render.lines import MOST_BYTES, cut
from gsocbot.render.templates import IrcTemplates
from gsocbot.rules.outbox import LATE_AFTER, LEASE, OutboxState
from gsocbot.rules.own_reminders import said_in_channel
from gsocbot.rules.when import UTC_ZONE, zone_named
from gsocbot.store import outbox
from gsocbot.store.books import Books
from gsocbot.store.outbox import Waiting
from gsocbot.store.store import Store
from gsocbot.talk import Gone, Say

log = logging.getLogger(__name__)
T = TypeVar("T")
MINUTE = timedelta(minutes=1)
CUT = " …"
STORE_SECONDS = 1.0
"""A store that does not take what was said is asked again after this."""


class Speaker(Protocol):
    """What delivery needs of a network."""

    name: str

    def channels(self) -> list[str]:
        """Where lines can go just now."""

    def people(self, channel: str | None = None) -> dict[str, str]:
        """Who is there, or in a channel, by @ACCOUNT or ~NICK, with the nick to speak to."""

    async def write(self, say: Say) -> None:
        """Hand a line to the transport; raises Gone if it never goes."""

    async def confirm(self, say: Say) -> str | None:
        """Wait until the server has worked on it; the numeric if it refused. Raises Gone."""


class Run(Protocol):
    """The database thread."""

    async def __call__(self, call: Callable[[], T]) -> T:
        """Run a call there."""


class Delivery:
    """Says what is due on one network. `boot` names this process: NAME-PID-RANDOM."""

    def __init__(
        self, store: Store, run: Run, templates: IrcTemplates, speaker: Speaker, boot: str
    ) -> None:
        self._store = store
        self._run = run
        self._templates = templates
        self._speaker = speaker
        self._boot = boot
        self._busy = asyncio.Lock()
        self._settled_at: datetime | None = None
        self._places: dict[str, str] = {}
        self._up_since: datetime | None = None

    async def settle(self, now: datetime) -> None:
        """Decide what becomes of lines that a dead process held."""
        count = await self._in_store(lambda b: outbox.settle(b, self._network, self._boot, now))
        self._settled_at = now
        if count:
            log.info("%s: settled %d lines of an earlier run", self._network, count)

    async def deliver(self, now: datetime) -> None:
        """Say what is due. A second call while one runs does nothing."""
        if self._busy.locked():
            return
        async with self._busy:
            if self._settled_at is None or now - self._settled_at >= LEASE:
                await self.settle(now)
            try:
                while row := await self._claimed(now):
                    await self._say(row, now)
            except Gone as lost:
                log.warning("%s: %s; said again later", self._network, lost)
                self._up_since = None
                await self._kept(lambda b: outbox.cut(b, self._network, self._boot))

    async def _claimed(self, now: datetime) -> Waiting | None:
        """The next line that is due; one at a time, so that none waits behind another, claimed."""
        channels = self._speaker.channels()
        if not channels:
            self._up_since = None
            return None
        self._up_since = self._up_since or now
        self._places = {**{channel: channel for channel in channels}, **self._speaker.people()}

        def claim(books: Books) -> list[Waiting]:
            there = [t for t in outbox.targets(books, self._network, now) if t in self._places]
            if not there:
                return []
            return outbox.claim(books, self._network, self._boot, now, there, most=1)

        rows = await self._in_store(claim)
        return rows[0] if rows else None

    async def _say(self, row: Waiting, now: datetime) -> None:
        if now >= row.expires:
            await self._move(row, OutboxState.SKIPPED, why="stale")
            log.info("%s: skipped a stale %s for %s", self._network, row.topic, row.target)
            return
        where = place(row, now, self._places[row.target], self._speaker.people, self._up_since)
        text = rendered(self._templates, row, now, where)
        say = Say(self._network, where.target, text, notice=row.notice)
        await self._speaker.write(say)
        await self._move(row, OutboxState.WRITTEN, text=text)
        refused = await self._speaker.confirm(say)
        if refused:
            await self._move(row, OutboxState.FAILED, why=refused)
            log.error("%s: %s refused a %s (%s)", self._network, row.target, row.topic, refused)
        else:
            await self._move(row, OutboxState.SENT, at=now)

    async def _move(
        self,
        row: Waiting,
        to: OutboxState,
        *,
        text: str | None = None,
        why: str = "",
        at: datetime | None = None,
    ) -> None:
        await self._kept(lambda b: outbox.move(b, row.id, to, text=text, why=why, at=at))

    async def _kept(self, call: Callable[[Books], T]) -> T:
        """Write down what has happened; again and again, for it would happen twice otherwise."""
        while True:
            try:
                return await self._in_store(call)
            except DBAPIError as error:
                log.error("%s: the store does not take it: %s", self._network, error.orig)
                await asyncio.sleep(STORE_SECONDS)

    async def _in_store(self, call: Callable[[Books], T]) -> T:
        def transaction() -> T:
            with self._store.transaction(writing=True) as books:
                return call(books)

        return await self._run(transaction)

    @property
    def _network(self) -> str:
        return self._speaker.name


@dataclass(frozen=True, slots=True)
class Place:
    """Where a line is said: to a channel or a nick.

    `to` is the nick that it calls in a channel. `down` says that it is late because nothing
    could be said at its moment.
    """

    target: str
    to: str = ""
    down: bool = False


SOMEWHERE = Place("")


def place(
    row: Waiting,
    now: datetime,
    target: str,
    people: Callable[[str], Mapping[str, str]],
    up_since: datetime | None,
) -> Place:
    """Where a line is said.

    What somebody wants to hear in a channel is said there while they are in it; who was not
    there in time is told in private.
    """
    down = up_since is not None and row.due < up_since
    channel = json.loads(row.payload).get("channel") if row.target.startswith("@") else None
    if channel and said_in_channel(row.due, now, down=down):
        nick = people(channel).get(row.target)
        if nick is not None:
            return Place(channel, nick, down)
    return Place(target, "", down)


def rendered(templates: IrcTemplates, row: Waiting, now: datetime, where: Place = SOMEWHERE) -> str:
    """A line of the outbox in words, as of now: how long is left is never out of date.

    Somebody's own clock is shown to them alone.
    """
    facts: dict[str, Any] = json.loads(row.payload)
    at = datetime.fromisoformat(facts.pop("at")).astimezone(UTC)
    meant = words.moment(row.due, now)
    own = zone_named(row.zone) if row.zone and not where.to else None
    yours = words.for_you(at, own.tz if own else None)
    zone = own or UTC_ZONE
    late = f"(late, meant for {meant}) " if now - row.due > LATE_AFTER else ""
    left = MINUTE * round((at - now) / MINUTE)  # a second late, an hour is still an hour
    line = templates.line(
        row.topic,
        at=words.moment(at, now) + (f", {yours}" if yours else ""),
        left=words.span(left),
        late=late,
        due=words.clock(row.due, now, zone.tz, zone.name),
        to=where.to,
        down=where.down,
        **facts,
    )
    if len(line.encode()) <= MOST_BYTES:
        return line
    return cut(line, MOST_BYTES - len(CUT.encode()))[0] + CUT
