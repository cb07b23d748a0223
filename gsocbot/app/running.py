"""The running bot: networks, ticks and pages around one database thread."""

import asyncio
import gc
import logging
import os
import secrets
import signal
from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass
from datetime import datetime
from functools import partial
from typing import Any

from gsocbot import schedule
from gsocbot.app.clock import clock
from gsocbot.app.links import Rounds, agent_of
from gsocbot.app.opening import (
    ReadFolder,
    keep_seasons,
    look,
    make_bot,
    open_bot,
    packed,
    read_folder,
)
from gsocbot.app.state import instance
from gsocbot.bot import own_version
from gsocbot.config import Config, Network
from gsocbot.delivery import Delivery
from gsocbot.irc.link import Link
from gsocbot.irc.outgoing import Priority
from gsocbot.irc.sts import Policies
from gsocbot.render.templates import IrcTemplates
from gsocbot.shipped import shipped
from gsocbot.site import apart
from gsocbot.site.clean import SiteError
from gsocbot.store import audit
from gsocbot.store.thread import DatabaseThread
from gsocbot.talk import Heard, Say, Trouble
from gsocbot.web import process

log = logging.getLogger(__name__)

PLAN_SECONDS = 30
DELIVER_SECONDS = 1
LINES_SECONDS = 0.5
SITE_SECONDS = 20
LINKS_SECONDS = 60
FIRST_PAGES_SECONDS = 5
LINES_AT_ONCE = 500
LEAVE_SECONDS = 3.0
HERE_SECONDS = 1.0
MOST_UNHEARD = 2000
"""Beyond this many commands waiting for the store, further ones are not heard."""


@dataclass(slots=True)
class _Net:
    """A running network."""

    settings: Network
    link: Link
    delivery: Delivery
    task: "asyncio.Task[None]"
    saying: "asyncio.Task[None] | None" = None


class App:
    """The running bot. Made in a running loop; `run` returns when `stop` was called."""

    def __init__(self, config: Config, read: ReadFolder = read_folder) -> None:
        self._config = config
        self._read = read
        self._loop = asyncio.get_running_loop()
        self._store, self._bot, _ = open_bot(config, clock(), read, self._here)
        self._thread = DatabaseThread(self._loop)
        self._templates = IrcTemplates(shipped("templates"))
        self._boot = f"{instance(config.bot.state_dir)}-{os.getpid()}-{secrets.token_hex(4)}"
        self._nets: dict[str, _Net] = {}
        self._rounds = Rounds(self._thread.run, clock, process.ask)
        self._policies = Policies(config.bot.state_dir / "sts.json")
        self._tasks: set[asyncio.Task[None]] = set()
        self._unheard = 0
        self._built: tuple[int, datetime] | None = None
        self._stop = asyncio.Event()
        self._keeping = False
        self._changing = asyncio.Lock()

    async def run(self) -> None:
        """Be on all networks, say what is due, keep the pages fresh, until `stop`."""
        async with self._changing:
            await self._thread.run(lambda: self._bot.tick(clock()))
            for name, settings in self._config.network.items():
                self._start(name, settings)
        scheduler = schedule.start(
            [
                schedule.Alarm("plan", PLAN_SECONDS, self._plan),
                schedule.Alarm("deliver", DELIVER_SECONDS, self._deliver),
                schedule.Alarm("lines", LINES_SECONDS, self._keep_lines),
                schedule.Alarm("site", SITE_SECONDS, self._site),
                schedule.Alarm("links", LINKS_SECONDS, self._links),
            ]
        )
        first_pages = self._loop.create_task(self._first_pages())
        try:
            await self._stop.wait()
        finally:
            scheduler.shutdown(wait=False)
            first_pages.cancel()
            await self._end()

    def stop(self) -> None:
        """Ask `run` to end."""
        self._stop.set()

    async def joined(self, network: str) -> None:
        """Wait until the bot is in the channels of a network."""
        while network not in self._nets:
            await asyncio.sleep(0.01)
        await self._nets[network].link.joined()

    async def reload(self, config: Config) -> None:
        """Go on with another config: seasons read again, changed networks connected anew.

        Raises Unreadable and changes nothing when a folder cannot be read.
        """
        async with self._changing:
            folders = {key: self._read(key, config) for key in config.season}
            await self._thread.run(lambda: keep_seasons(self._store, folders, clock()))
            new = make_bot(config, self._store, folders, self._here)
            await self._thread.run(lambda: new.tick(clock()))  # it knows the open sessions now
            old, self._bot = self._bot, new
            await self._thread.run(old.keep)
            changed = config.network != self._config.network or config.limits != self._config.limits
            self._config = config
            if changed:
                await asyncio.gather(*(self._leave(name) for name in list(self._nets)))
                for name, settings in config.network.items():
                    self._start(name, settings)
            self._built = None
            log.info("read again: %d seasons, %d networks", len(config.season), len(config.network))

    # --- hearing and saying

    def _hear(self, heard: Heard) -> None:
        if self._bot.take(heard):
            if self._unheard >= MOST_UNHEARD:
                return
            self._unheard += 1
            if heard.unsure:
                task = self._loop.create_task(self._hear_known(heard))
                self._tasks.add(task)
                task.add_done_callback(self._tasks.discard)
            else:
                self._submit(heard)
        elif self._bot.waiting_lines >= LINES_AT_ONCE:
            self._keep_soon()

    async def _hear_known(self, heard: Heard) -> None:
        """Hear a command with the account that the network names when it is asked."""
        net = self._nets.get(heard.network)
        self._submit(await net.link.identified(heard) if net is not None else heard)

    def _submit(self, heard: Heard) -> None:
        done = self._thread.submit(partial(self._bot.hear, heard))
        done.add_done_callback(partial(self._answer, heard.at))

    def _answer(self, asked: datetime, done: "asyncio.Future[list[Say]]") -> None:
        self._unheard -= 1
        if done.cancelled() or done.exception() is not None:
            log.error("a line was not answered", exc_info=done.exception())
            return
        for number, say in enumerate(done.result()):
            net = self._nets.get(say.network)
            if net is not None and net.link.up:
                net.link.say(say, Priority.LIST if number else Priority.ANSWER, asked)

    # --- ticks

    async def _plan(self) -> None:
        await self._thread.run(lambda: self._bot.tick(clock()))

    async def _deliver(self) -> None:
        """Say what is due on each network; one that hangs holds up no other."""
        for net in self._nets.values():
            if net.link.up and (net.saying is None or net.saying.done()):
                net.saying = self._loop.create_task(self._say_due(net.delivery))

    async def _say_due(self, delivery: Delivery) -> None:
        try:
            await delivery.deliver(clock())
        except Exception:
            log.exception("what is due could not be said; it is tried again")

    async def _keep_lines(self) -> None:
        self._keep_soon()

    def _keep_soon(self) -> None:
        """Have the lines of running sessions kept, unless that is under way."""
        if self._bot.waiting_lines and not self._keeping:
            self._keeping = True
            self._thread.submit(self._bot.keep_lines).add_done_callback(self._kept)

    def _kept(self, done: "asyncio.Future[None]") -> None:
        self._keeping = False
        if not done.cancelled() and done.exception() is not None:
            log.error("lines of a session are not kept yet: %s", done.exception())

    async def _first_pages(self) -> None:
        """Whoever is waiting for a first answer goes before whoever reads the pages."""
        await asyncio.sleep(FIRST_PAGES_SECONDS)
        await self._site()

    async def _site(self) -> None:
        """Build the pages when something has changed, or the hour has."""
        config, now = self._config, clock()
        version = await self._thread.run(self._version)
        hour = now.replace(minute=0, second=0, microsecond=0)
        if not config.season or self._built == (version, hour):
            return
        try:
            order = await self._thread.run(
                lambda: packed(config, look(config, self._store, self._bot.faq), now)
            )
            await apart.write(order)
            self._built = (version, hour)
        except (OSError, SiteError) as error:
            log.error("the pages could not be written: %s", error)
        except Exception:
            log.exception("the pages could not be built; the old ones stay")

    async def _links(self) -> None:
        """Ask for links that are due, in a process of its own."""
        if self._config.links.check:
            self._rounds.begin(self._bot, agent_of(own_version(), self._config.site.base_url))

    def _version(self) -> int:
        with self._store.transaction(writing=False) as books:
            return audit.newest(books)

    # --- networks

    def _start(self, name: str, settings: Network) -> None:
        link = Link(
            name,
            settings,
            self._config.limits,
            self._hear,
            clock,
            policies=self._policies,
            may_invite=self._may_invite,
            troubled=self._tell_organisers,
        )
        delivery = Delivery(self._store, self._thread.run, self._templates, link, self._boot)
        task = self._loop.create_task(link.run(), name=f"link {name}")
        self._nets[name] = _Net(settings, link, delivery, task)

    def _here(self, network: str) -> dict[str, str]:
        """Who is there on a network; asked from the database thread."""

        async def people() -> dict[str, str]:
            net = self._nets.get(network)
            return net.link.people() if net is not None else {}

        asked = asyncio.run_coroutine_threadsafe(people(), self._loop)
        with suppress(TimeoutError):
            return asked.result(HERE_SECONDS)
        return {}

    async def _may_invite(self, heard: Heard) -> bool:
        return await self._thread.run(lambda: self._bot.is_organiser(heard))

    def _tell_organisers(self, trouble: Trouble) -> None:
        self._thread.submit(lambda: self._bot.trouble(trouble, clock())).add_done_callback(_noted)

    async def _leave(self, name: str) -> None:
        net = self._nets.pop(name)
        await net.link.close("gone for now")
        net.task.cancel()
        await asyncio.wait([net.task, *([net.saying] if net.saying else [])], timeout=LEAVE_SECONDS)

    async def _end(self) -> None:
        await self._rounds.end()
        await asyncio.gather(*(self._leave(name) for name in list(self._nets)))
        with suppress(Exception):
            await self._thread.run(self._bot.keep)
        self._thread.close()
        self._store.close()


def _noted(done: "asyncio.Future[None]") -> None:
    if not done.cancelled() and done.exception() is not None:
        log.error("the organisers cannot be told: %s", done.exception())


async def serve(config: Config, again: Callable[[], Config]) -> None:
    """Run until SIGTERM or SIGINT; on SIGHUP go on with what `again` reads."""
    loop = asyncio.get_running_loop()
    stop = asyncio.Event()
    for number in (signal.SIGTERM, signal.SIGINT):
        loop.add_signal_handler(number, stop.set)  # first: opening a store takes a while
    app = App(config)
    gc.freeze()  # what is here now stays: looking through it would take 50 ms each time
    loop.create_task(stop.wait(), name="stop").add_done_callback(lambda _: app.stop())
    tasks: set[asyncio.Task[Any]] = set()

    async def reload() -> None:
        try:
            await app.reload(again())
        except Exception as error:
            log.error("not read again, nothing changed: %s", error)

    def on_hangup() -> None:
        task = loop.create_task(reload())
        tasks.add(task)
        task.add_done_callback(tasks.discard)

    loop.add_signal_handler(signal.SIGHUP, on_hangup)
    await app.run()
