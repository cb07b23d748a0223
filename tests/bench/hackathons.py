"""A hackathon of 300 people: answers while pages are built, a schedule for all, a wall in time."""

import asyncio
import json
import re
import time
from collections.abc import Callable
from contextlib import closing
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from functools import partial
from pathlib import Path
from statistics import median, quantiles

from gsocbot import schedule
from gsocbot.app.clock import clock as machine_clock
from gsocbot.app.pages import Pages
from gsocbot.app.running import PLAN_SECONDS, SITE_SECONDS, WALLS_SECONDS
from gsocbot.app.walls import Walls
from gsocbot.bot import Bot
from gsocbot.commands.ask import Outside
from gsocbot.config import Config
from gsocbot.rules.seasons import SeasonFolder
from gsocbot.store.hackathon_tables import HackSlot
from gsocbot.store.store import Store
from gsocbot.store.thread import DatabaseThread
from tests.bench.bots import SEASON
from tests.bench.hackathon_talk import (
    ROOMS,
    SLUG,
    Size,
    check,
    check_answer,
    fill,
    heard_of,
    nick,
    said,
)
from tests.bench.measures import Figure, Missing, Tell
from tests.bench.sessions import BEGIN, CHAIR, LINES_A_SECOND, T, config_in, timed

WALL = f"{SEASON}/hack/{SLUG}/wall.json"
LONGEST_WAIT = 30.0

FULL = Size(people=300, topics=60, lines=72_000, watched=60)
QUICK = Size(people=300, topics=60, lines=12_000, watched=15)
TINY = Size(people=30, topics=8, lines=400, watched=2)


@dataclass
class Times:
    """What took how long, in milliseconds but for the wall, which is in seconds.

    An answer counts from the moment of the line at 20 lines a second, so with what it waits for.
    """

    answers: list[float] = field(default_factory=list)
    others: list[float] = field(default_factory=list)
    plan: float = 0.0
    twice: int = 0
    wall: list[float] = field(default_factory=list)
    builds: int = 0
    at_once: int = 0


def measured(size: Size, folder: Path, tell: Tell) -> list[Figure]:
    """Measure in a new folder; raises Missing."""
    folder.mkdir(parents=True)
    times = Times()
    with closing(Store(f"sqlite:///{folder}/store.db")) as store:
        store.ready(BEGIN)
        with store.transaction(writing=True) as books:
            fill(books, size)
        here = {f"@{nick(n)}": nick(n) for n in range(size.people)} | {f"@{CHAIR}": CHAIR}
        config = config_in(folder)
        outside = Outside(here=lambda _network: here)
        bot = Bot(config, store, {SEASON: SeasonFolder(SEASON, year=2026)}, outside)
        bot.tick(BEGIN)
        tell(f"a schedule for {size.topics} topics")
        _schedule(bot, size, times)
        tell(f"a hackathon of {size.lines:,} lines")
        asyncio.run(_Stage(bot, store, config, size, times).hour())
        with store.transaction(writing=False) as books:
            check(books, size)
        tell("its wall")
        asyncio.run(_Stage(bot, store, config, size, times).watch())
    return _figures(size, times)


def _figures(size: Size, times: Times) -> list[Figure]:
    *_, p99 = quantiles(times.answers, n=100, method="inclusive")
    what = f"a hackathon, {size.people} people, {size.lines:,} lines"
    return [
        Figure(f"{what}: commands", len(times.answers), ""),
        Figure("... an answer, p50", median(times.answers), "ms"),
        Figure("... p99, while pages are built", p99, "ms", most=50),
        Figure("... longest", max(times.answers), "ms"),
        Figure("... what one may wait for, longest", max(times.others), "ms"),
        Figure(f"... a schedule for {size.topics} topics", times.plan / 1000, "s", most=2),
        Figure("... people wanted twice in it", times.twice, ""),
        Figure("... the wall behind, median", median(times.wall), "s"),
        Figure("... longest, while pages are built", max(times.wall), "s", most=3),
        Figure("... builds meanwhile", times.builds, ""),
        Figure("... of them at once", times.at_once, "", most=1),
    ]


# --- the schedule


def _schedule(bot: Bot, size: Size, times: Times) -> None:
    """Have a schedule suggested and applied, as who leads it would."""
    rooms = ", ".join(f"room {n + 1}" for n in range(ROOMS))
    asked = heard_of(CHAIR, f"hack schedule {rooms}", BEGIN)._replace(channel=None)
    times.plan, [said] = timed(lambda: bot.hear(asked))
    found = re.match(rf"{size.topics} topics, .*? each, (nobody|\d+)\b.* Say !yes$", said.text)
    if found is None:
        raise Missing(f"no schedule is suggested: {said.text}")
    times.twice = 0 if found[1] == "nobody" else int(found[1])
    taken, [done] = timed(lambda: bot.hear(asked._replace(text="yes")))
    if not done.text.startswith(f"{size.topics} topics placed"):
        raise Missing(f"the schedule is not applied: {done.text}")
    times.plan = max(times.plan, taken)


# --- the hour, and the wall


@dataclass
class _Stage:
    """The bot as it runs: lines, ticks, walls and pages share the database thread."""

    bot: Bot
    store: Store
    config: Config
    size: Size
    times: Times
    now: datetime = BEGIN
    free: datetime = BEGIN
    """From when on the database thread has nothing to do, at 20 lines a second."""
    builds: int = 0

    async def hour(self) -> None:
        """All lines, each answered when its turn comes, while pages are built."""
        thread = DatabaseThread(asyncio.get_running_loop())
        pages = Pages(self.store, partial(self._turn, thread), lambda: self.now)
        walls = Walls(self.store, partial(self._turn, thread), lambda: self.now)
        build: asyncio.Task[None] | None = None
        try:
            for number in range(self.size.lines):
                heard = said(number, self.size)
                self.now = heard.at
                if self.bot.take(heard):
                    answer = partial(self.bot.hear, heard)
                    took, says = await thread.run(partial(timed, answer))
                    self.times.answers.append(self._waited(took))
                    check_answer(number, self.size, says)
                if _is_time(number, WALLS_SECONDS):
                    await walls.look(self.config)
                if _is_time(number, PLAN_SECONDS):
                    await self._turn(thread, partial(self.bot.tick, self.now))
                if _is_time(number, SITE_SECONDS) and (build is None or build.done()):
                    build = asyncio.create_task(self._build(pages, walls))
            if build is not None:
                await build
        finally:
            thread.close()

    async def watch(self) -> None:
        """Change a topic now and then, by a real clock, and see when the wall has it."""
        thread = DatabaseThread(asyncio.get_running_loop())
        with self.store.transaction(writing=False) as books:
            [start] = [slot.start for slot in books.every(HackSlot, topic=1)]
        began = time.perf_counter()

        def clock() -> datetime:
            return start + timedelta(seconds=time.perf_counter() - began)

        pages = Pages(self.store, thread.run, clock)
        walls = Walls(self.store, thread.run, clock)
        await self._build(pages, walls)
        alarms = [
            schedule.Alarm("walls", WALLS_SECONDS, partial(walls.look, self.config)),
            # One after the other, and another that is asked for when somebody waits for a page.
            schedule.Alarm("site", 1, partial(self._build, pages, walls)),
            schedule.Alarm("soon", 1, partial(self._build, pages, walls)),
            schedule.Alarm("children", 0.05, self._count),
        ]
        # What is due is asked of the alarms' own clock, which is the machine's.
        scheduler = schedule.start(alarms, machine_clock)
        try:
            for number in range(max(3, int(self.size.watched))):
                text = f"wall {number}"
                heard = heard_of(nick(0), f"!topic 1 now {text}", clock())
                await thread.run(partial(self.bot.hear, heard))
                self.times.wall.append(await self._seen(text))
                await asyncio.sleep(self.size.watched / 30)
        finally:
            scheduler.pause()
            await self._build(pages, walls)  # what is under way comes to its end before it
            scheduler.shutdown(wait=False)
            thread.close()

    async def _seen(self, text: str) -> float:
        """After how many seconds the wall says something."""
        began = time.perf_counter()
        file = self.config.site.dir / WALL
        while text not in {e["text"] for p in _wall(file)["left"] for e in p["entries"]}:
            if time.perf_counter() - began > LONGEST_WAIT:
                raise Missing(f"the wall never says {text!r}")
            await asyncio.sleep(0.02)
        return time.perf_counter() - began

    async def _build(self, pages: Pages, walls: Walls) -> None:
        """What the running bot does every 20 seconds."""
        await walls.look(self.config)
        await pages.build(self.config, self.bot.faq, self.bot.checklists, walls.state)
        self.times.builds += 1
        if not pages.are_built:
            raise Missing("the pages were not built")

    async def _count(self) -> None:
        running = sum("gsocbot.site" in words for words in _children())
        self.times.at_once = max(self.times.at_once, running)

    async def _turn(self, thread: DatabaseThread, call: Callable[[], T]) -> T:
        """What others have of the database thread: who asks just then waits for it."""
        took, found = await thread.run(partial(timed, call))
        self.times.others.append(took)
        self._waited(took)
        return found

    def _waited(self, took: float) -> float:
        """How long something lasts that is asked for now, with what is done before it."""
        self.free = max(self.now, self.free) + timedelta(milliseconds=took)
        return (self.free - self.now) / timedelta(milliseconds=1)


def _is_time(number: int, seconds: float) -> bool:
    every = int(seconds * LINES_A_SECOND)
    return number % every == every - 1


def _wall(file: Path) -> dict[str, list[dict[str, list[dict[str, str]]]]]:
    found: dict[str, list[dict[str, list[dict[str, str]]]]] = json.loads(file.read_bytes())
    return found


def _children() -> list[str]:
    """The command lines of the processes that this one has started."""
    found = []
    for children in Path("/proc/self/task").glob("*/children"):
        for pid in children.read_text().split():
            try:
                found.append(Path(f"/proc/{pid}/cmdline").read_text())
            except OSError:
                continue  # it has just ended
    return found
