"""An office hour of 300 people: the queue is answered at once, no line is lost, pages follow."""

import asyncio
import secrets
import time
from collections.abc import Callable
from contextlib import closing
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from functools import partial
from pathlib import Path
from statistics import median, quantiles
from typing import TypeVar

from gsocbot.app.pages import Pages
from gsocbot.bot import Bot
from gsocbot.commands.ask import Outside
from gsocbot.config import Channel, Config, Limits, Network, SeasonConfig, Site
from gsocbot.config.sections import StoreUrl
from gsocbot.rules.office import LineKind
from gsocbot.rules.roles import Role
from gsocbot.rules.seasons import SeasonFolder
from gsocbot.store import office, reading_in, roles
from gsocbot.store.books import Books, Deed
from gsocbot.store.store import Store
from gsocbot.store.thread import DatabaseThread
from gsocbot.talk import Heard, Present, Say
from tests.bench.bots import SEASON
from tests.bench.measures import Figure, Missing, Tell, words

T = TypeVar("T")
BEGIN = datetime(2026, 3, 2, 10, tzinfo=UTC)
NETWORK, CHANNEL, CHAIR, ME = "bench", "#bench", "mira", "gsocbot"
LINES_A_SECOND = 20
KEPT_EVERY, LISTENED_EVERY, TICKED_EVERY = 10, 40, 600
"""After so many lines the running bot does so: each half second, 2 seconds, 30 seconds."""
QUESTIONS_EVERY = 50
"""One of so many lines is for the queue."""
QUESTIONS = (
    "q+ the {}th time that I ask",
    "!q next",
    "q+ {}",
    "q?",
    "q+ about {}",
    "!q done",
    "q-",
)


@dataclass(frozen=True)
class Size:
    """So many people say so many lines, at 20 lines a second."""

    people: int
    lines: int


FULL = Size(people=300, lines=72_000)
QUICK = Size(people=300, lines=12_000)
TINY = Size(people=30, lines=1_200)


@dataclass
class Times:
    """How long each kind of call took, in milliseconds."""

    queue: list[float] = field(default_factory=list)
    others: list[float] = field(default_factory=list)
    """Keeping lines, looking for gaps and ticks: who asks just then waits for one of them."""
    closing: float = 0.0
    pages: float = 0.0
    turns: list[float] = field(default_factory=list)
    """Of the database thread while pages are built."""


def measured(size: Size, folder: Path, tell: Tell) -> list[Figure]:
    """Measure an hour in a new folder; raises Missing."""
    folder.mkdir(parents=True)
    times = Times()
    with closing(Store(f"sqlite:///{folder}/store.db")) as store:
        store.ready(BEGIN)
        with store.transaction(writing=True) as books:
            reading_in.season_folder(books, deed(), SeasonFolder(SEASON, year=2026))
            roles.grant(books, deed(), SEASON, NETWORK, CHAIR, Role.MENTOR)
        here = {_key(number): _nick(number) for number in range(size.people)}
        config = config_in(folder)
        outside = Outside(here=lambda _network: here | {f"@{CHAIR}": CHAIR})
        bot = Bot(config, store, {SEASON: SeasonFolder(SEASON, year=2026)}, outside)
        bot.tick(BEGIN)
        _answer(bot, _heard(CHAIR, CHAIR, "!office start", BEGIN))
        before = _megabytes()
        tell(f"an office hour of {size.lines:,} lines")
        _talk(bot, size, times)
        grown = _megabytes() - before
        end = BEGIN + timedelta(seconds=size.lines / LINES_A_SECOND)
        times.closing, closed = timed(
            lambda: _answer(bot, _heard(CHAIR, CHAIR, "#endmeeting", end))
        )
        if " closed after " not in closed[0].text:
            raise Missing(f"the office hour was not closed: {closed}")
        with store.transaction(writing=False) as books:
            _check(books, size)
        tell("its pages")
        asyncio.run(_pages(bot, store, config, end, times))
        if not list((folder / "public").glob(f"{SEASON}/m/*/index.html")):
            raise Missing("no pages were built")
    return _figures(size, times, grown)


def _figures(size: Size, times: Times, grown: float) -> list[Figure]:
    *_, p99 = quantiles(times.queue, n=100, method="inclusive")
    what = f"an office hour, {size.people} people, {size.lines:,} lines"
    return [
        Figure(f"{what}: questions", len(times.queue), ""),
        Figure("... an answer of the queue, p50", median(times.queue), "ms"),
        Figure("... p99", p99, "ms", most=50),
        Figure("... longest", max(times.queue), "ms"),
        Figure("... what one may wait for, longest", max(times.others), "ms"),
        Figure("... lines of the log missing", 0, "", most=0),
        Figure("... memory, more at the end", grown, "MB"),
        Figure("... closed in", times.closing, "ms"),
        Figure("... its pages built in", times.pages / 1000, "s", most=2),
        Figure("... database busy at once meanwhile", max(times.turns), "ms"),
    ]


# --- the hour


def _talk(bot: Bot, size: Size, times: Times) -> None:
    for number in range(size.lines):
        heard = _said(number, size)
        if bot.take(heard):
            taken, says = timed(partial(bot.hear, heard))
            times.queue.append(taken)
            if not says or "my fault" in says[0].text:
                raise Missing(f"{heard.text!r} is answered {says}")
        for every, call in (
            (KEPT_EVERY, bot.keep_lines),
            (LISTENED_EVERY, partial(bot.listen, _present(heard.at), heard.at)),
            (TICKED_EVERY, partial(bot.tick, heard.at)),
        ):
            if number % every == every - 1:
                times.others.append(timed(call)[0])


def _said(number: int, size: Size) -> Heard:
    """The line of this number."""
    at = BEGIN + timedelta(seconds=(number + 1) / LINES_A_SECOND)
    who = (number * 7 + number // size.people) % size.people
    asked, rest = divmod(number, QUESTIONS_EVERY)
    if rest:
        return _heard(_nick(who), _account(who), words(number).decode(), at)
    text = QUESTIONS[asked % len(QUESTIONS)].format(number)
    if text.startswith("!"):
        return _heard(CHAIR, CHAIR, text, at)
    return _heard(_nick(who), _account(who), text, at)


def _check(books: Books, size: Size) -> None:
    """Raise Missing if a line is, or stands elsewhere."""
    [session] = office.held(books, SEASON)
    assert session.id is not None
    kept = [line.text for line in office.lines_of(books, session.id) if line.kind == LineKind.SAID]
    said = (_said(number, size).text for number in range(size.lines))
    if kept != ["!office start", *said, "#endmeeting"]:
        raise Missing(f"{len(kept)} lines kept of {size.lines + 2}, or in another order")


async def _pages(bot: Bot, store: Store, config: Config, now: datetime, times: Times) -> None:
    """Build the pages as the running bot does, and see how long nobody else has the store."""
    thread = DatabaseThread(asyncio.get_running_loop())

    async def run(call: Callable[[], T]) -> T:
        def noted() -> T:
            taken, found = timed(call)
            times.turns.append(taken)
            return found

        return await thread.run(noted)

    try:
        began = time.perf_counter()
        await Pages(store, run, lambda: now).build(config, bot.faq, bot.checklists)
        times.pages = 1000 * (time.perf_counter() - began)
    finally:
        thread.close()


# --- values


def _answer(bot: Bot, heard: Heard) -> list[Say]:
    return bot.hear(heard) if bot.take(heard) else []


def timed(call: Callable[[], T]) -> tuple[float, T]:
    began = time.perf_counter()
    found = call()
    return 1000 * (time.perf_counter() - began), found


def _heard(nick: str, account: str | None, text: str, at: datetime) -> Heard:
    return Heard(NETWORK, nick, account, CHANNEL, text, at, ME, host=f"{nick}.example.org")


def _nick(number: int) -> str:
    return f"person{number}"


def _account(number: int) -> str | None:
    """Two of three are logged in."""
    return _nick(number) if number % 3 else None


def _key(number: int) -> str:
    return f"@{_nick(number)}" if _account(number) else f"~{_nick(number)}"


def _present(at: datetime) -> dict[str, dict[str, Present]]:
    return {NETWORK: {CHANNEL: Present(BEGIN - timedelta(hours=1), at)}}


def _megabytes() -> float:
    status = Path("/proc/self/status").read_text()
    return int(status.partition("VmRSS:")[2].split()[0]) / 1024


def config_in(folder: Path) -> Config:
    network = Network(host="127.0.0.1", tls=False, channels={CHANNEL: Channel(season=SEASON)})
    return Config(
        store=StoreUrl(url=f"sqlite:///{folder}/store.db"),
        site=Site(dir=folder / "public"),
        limits=Limits(commands_per_minute=0),
        season={SEASON: SeasonConfig()},
        network={NETWORK: network},
    )


def deed() -> Deed:
    return Deed(secrets.token_hex(8), BEGIN, SEASON, NETWORK, CHAIR, CHANNEL, "bench")
