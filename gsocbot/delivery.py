"""The outbox loop of one network: claim, write, confirm, settle; once each, whatever dies."""

import asyncio
import json
import logging
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from functools import partial
from typing import Any, Protocol, TypeVar

from sqlalchemy.exc import DBAPIError

from gsocbot.render import words
from gsocbot.render.lines import MOST_BYTES, cut
from gsocbot.render.templates import IrcTemplates
from gsocbot.rules.outbox import LATE_AFTER, LEASE, OutboxState, settled
from gsocbot.rules.own_reminders import said_in_channel
from gsocbot.rules.privacy import check_place
from gsocbot.rules.when import UTC_ZONE, zone_named
from gsocbot.store import outbox, settling
from gsocbot.store.away import StoreAway
from gsocbot.store.books import Books
from gsocbot.store.outbox import Waiting
from gsocbot.store.settling import Held
from gsocbot.store.store import Store
from gsocbot.talk import Gone, Recalled, Say

log = logging.getLogger(__name__)
T = TypeVar("T")
MINUTE = timedelta(minutes=1)
CUT = " …"
HANDOVER = timedelta(seconds=15)
"""A bot that has lost its turn to another knows it after so long, and has ended what it was at."""
ROUND_SECONDS = 1.0
"""With much to say the moment is looked at again after this."""
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

    def remembers(self, channel: str) -> bool:
        """Whether what is said in a channel can be asked for later."""

    async def recall(self, channel: str, since: datetime) -> Recalled:
        """What the bot has said in a channel, as far as the server remembers."""


class Run(Protocol):
    """The database thread."""

    async def __call__(self, call: Callable[[], T]) -> T:
        """Run a call there."""


class Delivery:
    """Says what is due on one network. `boot` names this process: NAME-PID-RANDOM.

    `alone` says that no other process speaks there while this one does.
    """

    def __init__(
        self,
        store: Store,
        run: Run,
        templates: IrcTemplates,
        speaker: Speaker,
        boot: str,
        *,
        alone: bool = False,
    ) -> None:
        self._store = store
        self._run = run
        self._templates = templates
        self._speaker = speaker
        self._boot = boot
        self._alone = alone
        self._busy = asyncio.Lock()
        self._settled_at: datetime | None = None
        self._settled_in: set[str] = set()
        self._places: dict[str, str] = {}
        self._due: list[str] | None = None
        self._office = False
        self._up_since: datetime | None = None

    async def deliver(self, now: datetime) -> bool:
        """Say what is due; whether there may be more, after a while in which time has moved on.

        A second call while one runs does nothing.
        """
        if self._busy.locked():
            return False
        ends = asyncio.get_running_loop().time() + ROUND_SECONDS
        async with self._busy:
            try:
                await self._settle(now)
                if asyncio.get_running_loop().time() >= ends:
                    return True
                self._due = None
                while row := await self._claimed(now):
                    await self._say(row, now)
                    if asyncio.get_running_loop().time() >= ends:
                        return True
            except Gone as lost:
                log.warning("%s: %s; said again later", self._network, lost)
                self._up_since = None
                self._settled_at = None
            except (DBAPIError, StoreAway):
                self._settled_at = None  # it may have been claimed all the same
                raise
        return False

    async def _settle(self, now: datetime) -> None:
        """Decide what becomes of lines that nobody has seen to their end.

        A dead process held them, or this one when its connection was cut. What belongs in a
        channel that the bot is not in yet waits, for that channel may know more; and so does what
        another bot has only just claimed, which may not know yet that it is not its turn any more.
        """
        channels = set(self._speaker.channels())
        is_early = self._settled_at and timedelta(0) <= now - self._settled_at < LEASE
        if not channels or (is_early and channels == self._settled_in):
            return
        held = await self._in_store(
            lambda b: settling.held(b, self._network, self._boot, now, alone=self._alone)
        )
        count, waiting = 0, False
        for line in held:
            elsewhere = not outbox.is_person(line.target) and line.target not in channels
            theirs = self._alone and line.owner != self._boot
            age = now - line.since
            if (elsewhere and age < LEASE) or (theirs and age < HANDOVER):
                waiting = True
                continue
            to = settled(line.state, cut=line.owner == self._boot, seen=await self._seen(line))
            count += await self._in_store(partial(settling.settle, line=line, to=to))
        self._settled_at, self._settled_in = None if waiting else now, channels
        if count:
            log.info("%s: settled %d lines that were under way", self._network, count)

    async def _seen(self, line: Held) -> bool | None:
        """Whether a channel remembers a line; None if that cannot be told."""
        is_asked = line.text and not outbox.is_person(line.target)
        if not is_asked or not self._speaker.remembers(line.target):
            return None
        recalled = await self._speaker.recall(line.target, line.since)
        return True if line.text in recalled.texts else (False if recalled.whole else None)

    async def _claimed(self, now: datetime) -> Waiting | None:
        """The next line that is due; one at a time, so that none waits behind another, claimed."""
        channels = self._speaker.channels()
        if not channels:
            self._up_since = None
            return None
        self._up_since = min(self._up_since or now, now)  # the clock may be set back
        self._places = {**{channel: channel for channel in channels}, **self._speaker.people()}

        def claim(books: Books) -> list[Waiting]:
            if self._due is None:
                self._due = outbox.targets(books, self._network, now)
                self._office = outbox.is_office_due(books, self._network, now)
            there = [t for t in self._due if t in self._places]
            if not there:
                return []
            return outbox.claim(
                books, self._network, self._boot, now, there, 1, office_first=self._office
            )

        rows = await self._in_store(claim)
        return rows[0] if rows else None

    async def _say(self, row: Waiting, now: datetime) -> None:
        if now >= row.expires:
            await self._move(row, OutboxState.SKIPPED, why="stale")
            log.info("%s: skipped a stale %s for %s", self._network, row.topic, _named(row))
            return
        check_place(row.topic, row.target)  # once more, where it goes out
        where = place(row, now, self._places[row.target], self._speaker.people, self._up_since)
        text = rendered(self._templates, row, now, where)
        say = Say(self._network, where.target, text, notice=row.notice)
        if self._speaker.remembers(where.target) and not await self._in_store(
            lambda b: outbox.note_text(b, row.id, text, self._boot)
        ):
            return  # it is another bot's turn by now
        await self._speaker.write(say)
        await self._move(row, OutboxState.WRITTEN, text=text)
        refused = await self._speaker.confirm(say)
        if refused:
            await self._move(row, OutboxState.FAILED, why=refused)
            log.error("%s: %s refused a %s (%s)", self._network, _named(row), row.topic, refused)
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
        await self._kept(
            lambda b: outbox.move(b, row.id, to, text=text, why=why, at=at, owner=self._boot)
        )

    async def _kept(self, call: Callable[[Books], T]) -> T:
        """Write down what has happened; again and again, for it would happen twice otherwise."""
        said = False
        while True:
            try:
                return await self._in_store(call)
            except (DBAPIError, StoreAway) as error:
                if not said:
                    why = error.orig if isinstance(error, DBAPIError) else error
                    log.error("%s: the store does not take it: %s", self._network, why)
                said = True
                await asyncio.sleep(STORE_SECONDS)

    async def _in_store(self, call: Callable[[Books], T]) -> T:
        def transaction() -> T:
            with self._store.transaction(writing=True, beside=True) as books:
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


def _named(row: Waiting) -> str:
    """Where a line goes, as the program's log may have it, which nobody can be taken out of."""
    return "somebody" if row.target.startswith("@") else row.target


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
