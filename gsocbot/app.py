"""The composition root: builds the parts, hands them to each other, starts and stops them."""

import asyncio
import fcntl
import logging
import os
import secrets
import signal
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from datetime import UTC, datetime
from functools import partial
from pathlib import Path
from typing import Any

from gsocbot import schedule
from gsocbot.bot import Bot
from gsocbot.config import Config, Network
from gsocbot.delivery import Delivery
from gsocbot.importers.season import read_season
from gsocbot.irc.link import Link
from gsocbot.render.templates import IrcTemplates
from gsocbot.rules.seasons import Changes, SeasonFolder
from gsocbot.shipped import shipped
from gsocbot.site.build import write
from gsocbot.site.clean import SiteError
from gsocbot.site.snapshot import Snapshot, take
from gsocbot.store import audit, reading_in
from gsocbot.store.books import Deed
from gsocbot.store.engine import StoreError
from gsocbot.store.store import Store
from gsocbot.store.thread import DatabaseThread
from gsocbot.talk import Gone, Heard, Say

log = logging.getLogger(__name__)

PLAN_SECONDS = 30
DELIVER_SECONDS = 1
LINES_SECONDS = 0.5
SITE_SECONDS = 20
LINES_AT_ONCE = 500
MOST_UNHEARD = 2000
"""Beyond this many commands waiting for the store, further ones are not heard."""

ReadFolder = Callable[[str, Config], SeasonFolder]


def clock() -> datetime:
    """Now, in UTC. The only place where the clock is read."""
    return datetime.now(UTC)


def read_folder(key: str, config: Config) -> SeasonFolder:
    """A season from its folder, which is made if it is missing. Raises Unreadable."""
    folder = config.season[key].folder or Path(key)
    with suppress(OSError):
        folder.mkdir(mode=0o700, parents=True, exist_ok=True)
    return read_season(key, folder, shipped("templates/checklists"))


def deed_of_folder(now: datetime, season: str) -> Deed:
    """The author of what a folder changes."""
    return Deed(secrets.token_hex(8), now, season, "-", "(folder)", "folder", "read the folder")


def deed_of_shell(now: datetime, season: str, what: str) -> Deed:
    """The author of what is changed on the command line: whoever has the shell."""
    return Deed(secrets.token_hex(8), now, season, "-", "(shell)", "shell", what)


def open_bot(
    config: Config, now: datetime, read: ReadFolder = read_folder
) -> tuple[Store, Bot, dict[str, Changes]]:
    """A store that is ready, filled from the seasons' folders, and the bot that answers from it.

    Raises StoreError and Unreadable.
    """
    folders = {key: read(key, config) for key in config.season}
    store = Store(config.store.url)
    store.ready(now)
    changes = keep_seasons(store, folders, now)
    bot = Bot(config, store, {key: f.checklists for key, f in folders.items()})
    return store, bot, changes


def keep_seasons(
    store: Store, folders: dict[str, SeasonFolder], now: datetime
) -> dict[str, Changes]:
    """Read folders into the store, each in a transaction of its own."""
    changes = {}
    for key, folder in folders.items():
        with store.transaction(writing=True) as books:
            changes[key] = reading_in.season_folder(books, deed_of_folder(now, key), folder)
        if changes[key].conflicts:
            log.warning("season %s: %s", key, changes[key])
    return changes


def look(config: Config, store: Store) -> Snapshot:
    """What the pages show, as it stands in the store at one moment."""
    with store.transaction(writing=False) as books:
        return take(books, list(config.season))


def build_site(config: Config, snapshot: Snapshot, now: datetime) -> int:
    """Build all pages; says how many files there are. Needs no store, so any thread may do it."""
    return write(snapshot, config.site.dir, config.site.base_url, shipped("templates"), now)


@dataclass(slots=True)
class _Net:
    """A running network."""

    settings: Network
    link: Link
    delivery: Delivery
    task: "asyncio.Task[None]"


class App:
    """The running bot. Made in a running loop; `run` returns when `stop` was called."""

    def __init__(self, config: Config, read: ReadFolder = read_folder) -> None:
        self._config = config
        self._read = read
        self._store, self._bot, _ = open_bot(config, clock(), read)
        self._loop = asyncio.get_running_loop()
        self._thread = DatabaseThread(self._loop)
        self._templates = IrcTemplates(shipped("templates"))
        self._boot = f"{instance(config.bot.state_dir)}-{os.getpid()}-{secrets.token_hex(4)}"
        self._nets: dict[str, _Net] = {}
        self._unheard = 0
        self._built: tuple[int, datetime] | None = None
        self._stop = asyncio.Event()
        self._keeping = False

    async def run(self) -> None:
        """Be on all networks, say what is due, keep the pages fresh, until `stop`."""
        await self._thread.run(lambda: self._bot.tick(clock()))
        for name, settings in self._config.network.items():
            self._start(name, settings)
        scheduler = schedule.start(
            [
                schedule.Alarm("plan", PLAN_SECONDS, self._plan),
                schedule.Alarm("deliver", DELIVER_SECONDS, self._deliver),
                schedule.Alarm("lines", LINES_SECONDS, self._keep_lines),
                schedule.Alarm("site", SITE_SECONDS, self._site),
            ]
        )
        try:
            await self._site()
            await self._stop.wait()
        finally:
            scheduler.shutdown(wait=False)
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
        folders = {key: self._read(key, config) for key in config.season}
        await self._thread.run(lambda: keep_seasons(self._store, folders, clock()))
        await self._thread.run(self._bot.keep_lines)
        lists = {key: f.checklists for key, f in folders.items()}
        changed = config.network != self._config.network or config.limits != self._config.limits
        self._bot = Bot(config, self._store, lists)
        self._config = config
        await self._plan()
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
            self._thread.submit(partial(self._bot.hear, heard)).add_done_callback(self._answer)
        elif self._bot.waiting_lines >= LINES_AT_ONCE and not self._keeping:
            self._loop.create_task(self._keep_lines())

    def _answer(self, done: "asyncio.Future[list[Say]]") -> None:
        self._unheard -= 1
        if done.cancelled() or done.exception() is not None:
            log.error("a line was not answered", exc_info=done.exception())
            return
        for say in done.result():
            net = self._nets.get(say.network)
            if net is not None and net.link.up:
                net.link.say(say)

    # --- ticks

    async def _plan(self) -> None:
        await self._thread.run(lambda: self._bot.tick(clock()))

    async def _deliver(self) -> None:
        for net in list(self._nets.values()):
            if net.link.up:
                await net.delivery.deliver(clock())

    async def _keep_lines(self) -> None:
        if self._bot.waiting_lines and not self._keeping:
            self._keeping = True
            try:
                await self._thread.run(self._bot.keep_lines)
            finally:
                self._keeping = False

    async def _site(self) -> None:
        """Build the pages when something has changed, or the hour has."""
        config, now = self._config, clock()
        version = await self._thread.run(self._version)
        hour = now.replace(minute=0, second=0, microsecond=0)
        if not config.season or self._built == (version, hour):
            return
        try:
            snapshot = await self._thread.run(lambda: look(config, self._store))
            await asyncio.to_thread(build_site, config, snapshot, now)
            self._built = (version, hour)
        except (OSError, SiteError) as error:
            log.error("the pages could not be written: %s", error)

    def _version(self) -> int:
        with self._store.transaction(writing=False) as books:
            return audit.newest(books)

    # --- networks

    def _start(self, name: str, settings: Network) -> None:
        link = Link(name, settings, self._config.limits, self._hear, clock)
        delivery = Delivery(self._store, self._thread.run, self._templates, link, self._boot)
        task = self._loop.create_task(self._be_on(link, delivery), name=f"link {name}")
        self._nets[name] = _Net(settings, link, delivery, task)

    async def _be_on(self, link: Link, delivery: Delivery) -> None:
        await delivery.settle(clock())
        await link.run()

    async def _leave(self, name: str) -> None:
        net = self._nets.pop(name)
        await net.link.close("gone for now")
        net.task.cancel()
        with suppress(asyncio.CancelledError, Gone):
            await net.task

    async def _end(self) -> None:
        await asyncio.gather(*(self._leave(name) for name in list(self._nets)))
        with suppress(Exception):
            await self._thread.run(self._bot.keep_lines)
        self._thread.close()
        self._store.close()


def instance(state_dir: Path) -> str:
    """The name of this installation, made once: it tells our own dead processes from others'."""
    state_dir.mkdir(mode=0o700, parents=True, exist_ok=True)
    file = state_dir / "instance"
    try:
        name = file.read_text().strip()
    except FileNotFoundError:
        name = ""
    if not name.isalnum():
        name = secrets.token_hex(6)
        file.touch(mode=0o600)
        file.write_text(f"{name}\n")
    return name


@contextmanager
def alone(config: Config) -> Iterator[None]:
    """Hold the state folder's lock, which ends with the process; raises StoreError.

    Two bots on one state would say everything twice.
    """
    folder = config.bot.state_dir
    folder.mkdir(mode=0o700, parents=True, exist_ok=True)
    with (folder / "lock").open("a") as lock:
        try:
            fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError as error:
            raise StoreError(f"another gsocbot runs with {folder}") from error
        yield


async def serve(config: Config, again: Callable[[], Config]) -> None:
    """Run until SIGTERM or SIGINT; on SIGHUP go on with what `again` reads."""
    app = App(config)
    loop = asyncio.get_running_loop()
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

    for number in (signal.SIGTERM, signal.SIGINT):
        loop.add_signal_handler(number, app.stop)
    loop.add_signal_handler(signal.SIGHUP, on_hangup)
    await app.run()
