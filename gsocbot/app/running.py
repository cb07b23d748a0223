"""The running bot: networks, ticks and pages around one database thread."""

import asyncio
import logging
import os
import secrets
from contextlib import suppress
from datetime import datetime
from functools import partial
from socket import gethostname

from gsocbot import schedule
from gsocbot.app.clock import clock
from gsocbot.app.erasures import Erasures
from gsocbot.app.links import Rounds, agent_of
from gsocbot.app.mail import Mailing
from gsocbot.app.networks import Ears, Networks
from gsocbot.app.opening import (
    ReadFolder,
    keep_seasons,
    make_bot,
    open_bot,
    read_folder,
)
from gsocbot.app.pages import Pages
from gsocbot.app.state import instance
from gsocbot.app.turns import Turns
from gsocbot.app.walls import Walls
from gsocbot.app.watch import StoreWatch
from gsocbot.app.whole import check_whole
from gsocbot.bot import own_version
from gsocbot.commands.ask import Outside, Running
from gsocbot.config import Config
from gsocbot.importers.faults import Unreadable
from gsocbot.irc.outgoing import Priority
from gsocbot.irc.sts import Policies
from gsocbot.store.away import why_away
from gsocbot.store.thread import DatabaseThread
from gsocbot.talk import Heard, Say, Trouble
from gsocbot.web import process

log = logging.getLogger(__name__)

PLAN_SECONDS = 30
DELIVER_SECONDS = 1
LINES_SECONDS = 0.5
SESSIONS_SECONDS = 2
SITE_SECONDS = 20
WALLS_SECONDS = 0.5
ERASURES_SECONDS = 2
LINKS_SECONDS = 60
MAIL_SECONDS = 5
FIRST_PAGES_SECONDS = 5
LINES_AT_ONCE = 500
STORE_SECONDS = 1
TURNS_SECONDS = 5
ANSWER_SECONDS = 5.0
"""Who asks for something that the store cannot do has an answer after this."""
MOST_UNHEARD = 2000
"""Beyond this many commands waiting for the store, further ones are not heard."""


class App:
    """The running bot. Made in a running loop; `run` returns when `stop` was called."""

    def __init__(self, config: Config, read: ReadFolder = read_folder) -> None:
        self._config = config
        self._read = read
        self._loop = asyncio.get_running_loop()
        self._since = clock()
        check_whole(config)
        self._turns = Turns(config.store.url)
        self._awake = not self._turns.are_taken
        """Whether this bot keeps the store, and not another that uses it too."""
        self._store, self._bot, _ = open_bot(
            config, self._since, read, self._outside(), keep=self._awake
        )
        self._thread = DatabaseThread(self._loop)
        boot = f"{instance(config.bot.state_dir)}-{os.getpid()}-{secrets.token_hex(4)}"
        self._nets = Networks(
            self._store,
            self._thread,
            Ears(self._hear, self._tell_organisers, self._may_invite, self._renamed),
            Policies(config.bot.state_dir / "sts.json"),
            boot,
            alone=self._turns.are_taken,
        )
        self._watch = StoreWatch(
            self._store, self._thread, self._nets.say_to_organisers, self._loop.time
        )
        self._rounds = Rounds(self._thread.run, clock, process.ask)
        self._mailing = Mailing(self._store, self._thread.run, clock, boot)
        self._tasks: set[asyncio.Task[None]] = set()
        self._unheard = 0
        self._pages = Pages(self._store, self._thread.run, clock)
        self._walls = Walls(self._store, self._thread.run, clock)
        self._erasures = Erasures(
            self._store,
            self._thread.run,
            clock,
            self._all_pages,
            self._nets.say_to_organisers,
            lambda digests: self._bot.forget(digests),
        )
        self._stop = asyncio.Event()
        self._keeping = False
        self._changing = asyncio.Lock()

    async def run(self) -> None:
        """Be on all networks, say what is due, keep the pages fresh, until `stop`."""
        async with self._changing:
            await self._plan()
            await self._take_turns()
        scheduler = schedule.start(
            [
                schedule.Alarm("store", STORE_SECONDS, self._watch.look),
                schedule.Alarm("plan", PLAN_SECONDS, self._watch.quietly(self._plan)),
                schedule.Alarm("deliver", DELIVER_SECONDS, self._nets.deliver),
                schedule.Alarm("lines", LINES_SECONDS, self._keep_lines),
                schedule.Alarm("sessions", SESSIONS_SECONDS, self._watch.quietly(self._listen)),
                schedule.Alarm("site", SITE_SECONDS, self._watch.quietly(self._site)),
                schedule.Alarm("walls", WALLS_SECONDS, self._watch.quietly(self._wall)),
                schedule.Alarm("erasures", ERASURES_SECONDS, self._watch.quietly(self._erase)),
                schedule.Alarm("links", LINKS_SECONDS, self._links),
                schedule.Alarm("mail", MAIL_SECONDS, self._watch.quietly(self._mail)),
                schedule.Alarm("turns", TURNS_SECONDS, self._watch.quietly(self._look_whose_turn)),
            ],
            clock,
        )
        first_pages = self._loop.create_task(self._pages_in(FIRST_PAGES_SECONDS))
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
        await self._nets.joined(network)

    async def reload(self, config: Config) -> None:
        """Go on with another config: seasons read again, changed networks connected anew.

        Raises Unreadable and changes nothing when a folder cannot be read.
        """
        async with self._changing:
            await self._read_again(config)
            changed = config.network != self._config.network or config.limits != self._config.limits
            self._config = config
            if changed:
                await self._nets.leave_all()
                await self._take_turns()
            self._pages.forget()
            self._walls.forget()
            log.info("read again: %d seasons, %d networks", len(config.season), len(config.network))

    async def _read_again(self, config: Config) -> None:
        """Answer from what the folders say now. Raises Unreadable, and nothing has changed."""
        folders = {key: self._read(key, config) for key in config.season}
        new = make_bot(config, self._store, folders, self._outside())
        if self._awake:
            await self._thread.run(lambda: keep_seasons(self._store, folders, clock(), config))
            # It knows the open sessions now; what it has to say at once comes again.
            await self._thread.run(lambda: new.tick(clock()))
        old, self._bot = self._bot, new
        await self._thread.run(old.keep)
        await self._thread.run(new.look)  # an office hour may have been opened meanwhile

    # --- taking turns with other bots on one store

    async def _look_whose_turn(self) -> None:
        """Another bot that speaks where this one would may have gone."""
        if self._turns.are_taken and not self._changing.locked():
            async with self._changing:
                await self._take_turns()

    async def _take_turns(self) -> None:
        """Speak on the networks that are ours, and on no other."""
        networks = self._config.network
        ours = await self._turns.ours(list(networks))
        if ours is None:
            return
        for name in self._nets.names - ours:
            log.warning("%s: another gsocbot speaks there now; this one stands by", name)
            await self._nets.leave(name)
        new = [name for name in networks if name in ours - self._nets.names]
        if new and not self._awake:
            await self._wake_up()
        elif self._turns.are_taken and not ours:
            self._awake = False
        for name in new:
            self._nets.start(name, networks[name], self._config.limits)

    async def _wake_up(self) -> None:
        """Keep the store from now on, as the bot did that has gone."""
        self._awake = True
        try:
            await self._read_again(self._config)
        except Unreadable as error:
            log.error("%s; going on with what the store says", error)
            await self._plan()
        except Exception:
            self._awake = False  # it is tried again
            raise

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
        self._submit(await self._nets.identified(heard))

    def _submit(self, heard: Heard) -> None:
        done = self._thread.submit(partial(self._say_by, self._loop.time() + ANSWER_SECONDS, heard))
        done.add_done_callback(partial(self._answer, heard.at))

    def _say_by(self, moment: float, heard: Heard) -> list[Say]:
        """What the bot says to a line; it waits for other processes until a moment of the loop."""
        with self._store.health.until(moment):
            return self._bot.hear(heard)

    def _answer(self, asked: datetime, done: "asyncio.Future[list[Say]]") -> None:
        self._unheard -= 1
        if done.cancelled() or done.exception() is not None:
            log.error("a line was not answered", exc_info=done.exception())
            return
        for number, say in enumerate(done.result()):
            self._nets.say(say, self._priority(say, number), asked)
        if self._bot.take_ended():
            self._pages_soon()

    def _priority(self, say: Say, number: int) -> Priority:
        """How soon an answer's line of this number goes."""
        if number:
            return Priority.LIST
        return Priority.OFFICE if self._bot.in_session(say) else Priority.ANSWER

    # --- ticks

    async def _plan(self) -> None:
        if not self._awake:
            return
        for say in await self._thread.run(lambda: self._bot.tick(clock())):
            self._nets.say(say, Priority.ANSWER)
        if self._bot.take_ended():
            self._pages_soon()

    async def _listen(self) -> None:
        """Have it noted up to when the logs of sessions have all that was said."""
        if self._awake and self._bot.has_sessions:
            present = {name: self._nets.present(name) for name in self._nets.names}
            await self._thread.run(lambda: self._bot.listen(present, clock()))

    def _renamed(self, network: str, old: str, new: str) -> None:
        """Who waits without an account keeps their place under another nick."""
        if self._awake:
            renamed = partial(self._bot.renamed, network, old, new, clock())
            self._thread.submit(renamed).add_done_callback(_renamed)

    async def _keep_lines(self) -> None:
        self._keep_soon()

    def _keep_soon(self) -> None:
        """Have the lines of running sessions kept, unless that is under way."""
        if self._bot.waiting_lines and not self._keeping:
            self._keeping = True
            self._thread.submit(self._bot.keep_lines).add_done_callback(self._kept)

    def _kept(self, done: "asyncio.Future[None]") -> None:
        self._keeping = False
        error = None if done.cancelled() else done.exception()
        if error is not None and why_away(error) is None:
            log.error("lines of a session are not kept yet: %s", error)

    async def _pages_in(self, seconds: float) -> None:
        """Whoever is waiting for a first answer goes before whoever reads the pages."""
        await asyncio.sleep(seconds)
        await self._watch.quietly(self._site)()

    async def _site(self) -> None:
        """Build the pages when something has changed, or the hour has."""
        await self._walls.look(self._config)
        faq, checklists = self._bot.faq, self._bot.checklists
        await self._pages.build(self._config, faq, checklists, self._walls.state)

    async def _wall(self) -> None:
        """Write what has changed on the wall of a hackathon."""
        await self._walls.look(self._config)

    async def _erase(self) -> None:
        """Sweep up after people who were forgotten."""
        if self._awake:
            await self._erasures.look(self._config)

    async def _all_pages(self) -> bool:
        """Make all pages anew; whether that went well."""
        await self._pages.forget_all()
        self._walls.forget()
        await self._site()
        return self._pages.are_built or not self._config.season

    def _pages_soon(self) -> None:
        """Have the pages built now: somebody has been told of one that is not there yet."""
        task = self._loop.create_task(self._pages_in(0))
        self._tasks.add(task)
        task.add_done_callback(self._tasks.discard)

    async def _links(self) -> None:
        """Ask for links that are due, in a process of its own."""
        if self._awake and self._config.links.check:
            self._rounds.begin(self._bot, agent_of(own_version(), self._config.site.base_url))

    async def _mail(self) -> None:
        """Send the mail that is due."""
        if self._awake:
            self._mailing.begin(self._config)

    # --- what the networks and commands ask

    def _outside(self) -> Outside:
        """What only a running program can tell; asked from the database thread."""
        return Outside(
            here=lambda network: self._nets.here(network),
            running=self._running,
            topic=lambda network, channel: self._nets.topic(network, channel),
        )

    def _running(self) -> Running:
        """How this process is."""
        rooms, waiting = self._nets.rooms()
        engine = self._store.engine.name
        where = f" held by {gethostname()}" if self._turns.are_taken else ""
        return Running(self._since, rooms, waiting, [f"store {engine}{where}"])

    async def _may_invite(self, heard: Heard) -> bool:
        try:
            return await self._thread.run(lambda: self._bot.is_organiser(heard))
        except Exception as error:
            if why_away(error) is None:
                raise
            return False

    def _tell_organisers(self, trouble: Trouble) -> None:
        self._thread.submit(lambda: self._bot.trouble(trouble, clock())).add_done_callback(_noted)

    async def _end(self) -> None:
        await self._rounds.end()
        await self._mailing.end()
        await self._erasures.end()
        await self._nets.leave_all()
        if self._awake:
            await self._pages.end(self._config)
        with suppress(Exception), self._store.health.until(self._loop.time() + ANSWER_SECONDS):
            if self._awake:
                await self._thread.run(self._bot.keep)
        self._thread.close()
        self._store.close()
        self._turns.end()


def _renamed(done: "asyncio.Future[None]") -> None:
    if not done.cancelled() and done.exception() is not None:
        log.error("somebody's place in a queue is under an older nick: %s", done.exception())


def _noted(done: "asyncio.Future[None]") -> None:
    if not done.cancelled() and done.exception() is not None:
        log.error("the organisers cannot be told: %s", done.exception())
