"""Reminders: a year planned, a tick beside a long history, a heap of lines said in order."""

import json
import random
import re
import secrets
import time
from collections.abc import Sequence
from contextlib import closing
from dataclasses import dataclass, replace
from datetime import UTC, datetime, timedelta
from datetime import time as wall_time
from pathlib import Path
from statistics import median

from sqlalchemy import text

from gsocbot.bot import Bot
from gsocbot.config import Channel, ChannelRole, Config, Limits, Network, SeasonConfig
from gsocbot.config.sections import StoreUrl
from gsocbot.importers.timeline import read_timeline
from gsocbot.rules.ideas import IdeaState, IdeaText
from gsocbot.rules.recurrence import Weekly
from gsocbot.rules.roles import Role
from gsocbot.rules.seasons import SeasonFolder
from gsocbot.rules.timeline import Audience, Deadline, DeadlineKind
from gsocbot.shipped import shipped
from gsocbot.store import outbox, reading_in, roles, schema
from gsocbot.store.books import Deed
from gsocbot.store.planning import plan_season
from gsocbot.store.store import Store
from tests.bench import bots
from tests.bench.bots import SEASON, Running
from tests.bench.measures import Figure, Missing, Tell, line
from tests.servers import postgres

NOW = datetime(2026, 3, 2, 10, tzinfo=UTC)
NEW_YEAR = datetime(2026, 1, 1, tzinfo=UTC)
YEAR = timedelta(days=365)
HOUR, MINUTE = timedelta(hours=1), timedelta(minutes=1)
HALF_A_MINUTE = timedelta(seconds=30)
NETWORK, CHANNEL, ORGANISERS = "bench", "#bench", "#bench-org"
PUBLIC_ROOMS, ORGANISERS_ROOMS = [(NETWORK, CHANNEL)], [(NETWORK, ORGANISERS)]
MENTORS = 50
OFFICE = Weekly(2, wall_time(16), "Europe/London", 60, NEW_YEAR.date())
DEFAULT = Limits()
PACE = DEFAULT.seconds_per_line
ASK_EVERY = 4.0
"""Seconds from question to question in the office hour."""
LONGEST = 600.0
"""Seconds after which lines that do not come are lost."""


@dataclass(frozen=True)
class Size:
    """How much is measured."""

    seasons: int
    ideas: int
    history: int
    pending: int
    ticks: int
    claims: int
    heap: int
    paced: float
    postgres: bool = True


FULL = Size(
    seasons=200,
    ideas=10_000,
    history=100_000,
    pending=10_000,
    ticks=200,
    claims=200,
    heap=10_000,
    paced=60,
)
QUICK = replace(FULL, seasons=20, ideas=1000, history=20_000, ticks=50, claims=50, heap=1000,
                paced=20)  # fmt: skip
TINY = Size(
    seasons=2, ideas=20, history=200, pending=50, ticks=10, claims=10, heap=60, paced=8,
    postgres=False,
)  # fmt: skip


def measured(size: Size, folder: Path, tell: Tell) -> list[Figure]:
    """Measure everything in an empty folder; raises Missing."""
    tell(f"a year for {size.seasons} seasons")
    figures = _year(size, _folder(folder, "year"))
    tell(f"ticks beside {size.history:,} lines of history")
    figures += _ticks(size, _folder(folder, "ticks"))
    tell("claims")
    figures += _claims(size, f"sqlite:///{_folder(folder, 'claims')}/store.db", "SQLite")
    if size.postgres and postgres.available():
        with postgres.running() as server:
            figures += _claims(size, postgres.fresh_database(server), "PostgreSQL")
    tell(f"{size.heap:,} lines that are due at once")
    figures += _heap(size, _folder(folder, "heap"))
    tell("an office hour meanwhile")
    figures += _paced(size, _folder(folder, "paced"))
    return figures


def _folder(folder: Path, name: str) -> Path:
    made = folder / name
    made.mkdir(parents=True)
    return made


# --- planning


def _year(size: Size, folder: Path) -> list[Figure]:
    dates, _ = read_timeline(shipped("templates") / "timelines" / "2026.toml")
    with closing(_store(f"sqlite:///{folder}/store.db", NEW_YEAR)) as store:
        keys = [f"season-{number}" for number in range(size.seasons)]
        for key in keys:
            season = SeasonFolder(key, year=2026, deadlines=dates, series=(("office", OFFICE),))
            with store.transaction(writing=True) as books:
                reading_in.season_folder(books, _deed(key), season)
            _people(store, key, mentors=5)
        first, made = _planned(store, keys)
        second, again = _planned(store, keys)
    if made != again or len(made) < size.seasons * len(dates):
        raise Missing(f"{len(made)} lines planned for a year, then {len(again)}, or others")
    return [
        Figure(f"a year planned for {size.seasons} seasons", first, "s", most=60),
        Figure("... for one", 1000 * first / size.seasons, "ms"),
        Figure("... lines of one", len(made) / size.seasons, ""),
        Figure("... planned again, one", 1000 * second / size.seasons, "ms"),
    ]


def _planned(store: Store, keys: Sequence[str]) -> tuple[float, list[tuple[object, ...]]]:
    """The seconds that it takes to plan a year, and what is in the outbox then."""
    began = time.perf_counter()
    for key in keys:
        with store.transaction(writing=True) as books:
            plan_season(books, key, PUBLIC_ROOMS, ORGANISERS_ROOMS, NEW_YEAR, ahead=YEAR)
    seconds = time.perf_counter() - began
    with store.transaction(writing=False) as books:
        return seconds, [tuple(row) for row in books.rows(text("SELECT * FROM outbox ORDER BY id"))]


# --- ticks


def _ticks(size: Size, folder: Path) -> list[Figure]:
    url = f"sqlite:///{folder}/store.db"
    with closing(_store(url, NOW - YEAR)) as store:
        _filled(store, size)
        bot = Bot(_config(url), store, {SEASON: SeasonFolder(SEASON)})
        bot.tick(NOW)
        quiet: list[tuple[float, float]] = []
        anew: list[tuple[float, float]] = []
        for number in range(1, size.ticks + 1):
            changed = number % 10 == 0
            if changed:
                with store.transaction(writing=True) as books:
                    deed = _deed(SEASON)
                    roles.grant(books, deed, SEASON, NETWORK, f"new{number}", Role.ORGANISER)
            began, used = time.perf_counter(), time.process_time()
            bot.tick(NOW + number * HALF_A_MINUTE)
            taken = time.perf_counter() - began, time.process_time() - used
            (anew if changed else quiet).append((1000 * taken[0], 1000 * taken[1]))
    return [
        Figure(f"a tick, {size.history:,} lines of history", _cost(quiet), "ms", most=5),
        Figure("... by the clock", median(clock for clock, _ in quiet), "ms"),
        Figure("... after a change", _cost(anew), "ms"),
    ]


def _cost(ticks: Sequence[tuple[float, float]]) -> float:
    """The processor time of a tick: what the clock says is also of what else the machine does."""
    return median(used for _, used in ticks)


def _filled(store: Store, size: Size) -> None:
    """Ideas, drafts that lack something, dates that are open, and what was said in a year."""
    audiences = list(Audience)
    dates = tuple(
        Deadline(
            slug=f"date-{number}",
            title=f"Date {number}",
            at=NOW + timedelta(days=2 * number - 10, hours=number),
            audience=audiences[number % len(audiences)],
            kind=DeadlineKind.DEADLINE,
        )
        for number in range(30)
    )
    ideas = tuple(_idea(number, IdeaState.PUBLISHED) for number in range(1, size.ideas + 1))
    season = SeasonFolder(
        SEASON, year=2026, deadlines=dates, ideas=ideas, series=(("office", OFFICE),)
    )
    with store.transaction(writing=True) as books:
        reading_in.season_folder(books, _deed(SEASON, NOW - YEAR), season)
        for number in range(size.ideas + 1, size.ideas + 61):
            made = _deed(SEASON, NOW - timedelta(days=number % 20))
            draft = _idea(number, IdeaState.DRAFT)
            reading_in.add(books, made, SEASON, draft, proposer=f"p{number}", undo="")
        outbox.plan(books, _history(size.history))
    _people(store, SEASON, mentors=MENTORS)


# --- claims


def _claims(size: Size, url: str, engine: str) -> list[Figure]:
    with closing(_store(url, NOW - YEAR)) as store:
        with store.transaction(writing=True) as books:
            reading_in.season_folder(books, _deed(SEASON, NOW - YEAR), SeasonFolder(SEASON))
            outbox.plan(books, _history(size.history))
            outbox.plan(books, [_line(n, NOW + n * MINUTE) for n in range(size.pending)])
        later = NOW + size.pending * MINUTE
        look, take = [], []
        for number in range(size.claims):
            with store.transaction(writing=True) as books:
                began = time.perf_counter()
                outbox.targets(books, NETWORK, NOW - MINUTE)
                looked = time.perf_counter()
                found = outbox.claim(books, NETWORK, "bench-1-a", later, [CHANNEL], 1)
                taken = time.perf_counter()
            if [json.loads(row.payload)["what"] for row in found] != [f"line {number}"]:
                raise Missing(f"{found} claimed, line {number} was the next")
            look.append(1000 * (looked - began))
            take.append(1000 * (taken - looked))
    return [
        Figure(f"a claim, {size.pending:,} pending, {engine}", median(take), "ms", most=3),
        Figure("... to see that nothing is due", median(look), "ms", most=1.5),
    ]


# --- many lines at once


def _heap(size: Size, folder: Path) -> list[Figure]:
    _overdue(folder, size.heap)
    with bots.gsocbot(folder) as bot:
        began, used = time.perf_counter(), bot.cpu
        heard: list[tuple[float, bytes]] = []
        while len(_numbers(heard)) < size.heap and time.perf_counter() - began < LONGEST:
            heard += _notices(bot.peer.heard(0.5))
        cpu = bot.cpu - used
        heard += _notices(bot.peer.heard(2))
        _end(bot)
    found = _numbers(heard)
    if found != list(range(size.heap)):
        lost, more = size.heap - len(set(found)), len(found) - len(set(found))
        raise Missing(f"{lost} lines lost, {more} too many, or in another order than they were due")
    seconds = heard[-1][0] - heard[0][0]
    return [
        Figure(f"{size.heap:,} lines due at once, in order", size.heap / seconds, "/s"),
        Figure("... processor time for one", 1000 * cpu / size.heap, "ms"),
        Figure("... lost, twice, out of order", 0, "", most=0),
    ]


def _paced(size: Size, folder: Path) -> list[Figure]:
    """With limits and a heap of lines: an office hour is held, and one more is announced."""
    _overdue(folder, size.heap)
    spent: list[tuple[float, bytes]] = []
    waited: list[float] = []
    between: list[int] = []
    with bots.gsocbot(folder, DEFAULT) as bot:
        spent += bot.peer.heard(3)
        for number in range(int(size.paced / ASK_EVERY)):
            asked = time.perf_counter()
            question = b"!office start" if not number else b"!queue question %d" % number
            bot.peer.send(b"@account=mentor1 " + line("mentor1", question))
            if number == 1:
                _announce(folder)
                begins = time.perf_counter()
            heard = bot.peer.heard(ASK_EVERY)
            answers = [n for n, (_, raw) in enumerate(heard) if raw.startswith(b"PRIVMSG ")]
            if not answers:
                raise Missing(f"no answer to {question!r} in {ASK_EVERY} s")
            waited.append(heard[answers[0]][0] - asked)
            between.append(len(_notices(heard[: answers[0]])))
            spent += heard
        _end(bot)
    told = [raw for _, raw in _notices(spent)]
    numbers = [number for number in map(_number, told) if number is not None]
    if numbers != list(range(len(numbers))):
        raise Missing(f"lines came in the order of {numbers}")
    announced = next((at for at, raw in _notices(spent) if b"begins now" in raw), LONGEST)
    if announced == LONGEST or max(between) > 1:
        raise Missing(f"announced: {announced}; lines before an answer: {between}")
    return [
        Figure("with limits, lines sent above them", _above(spent), "", most=0),
        Figure("... lines said in a minute", 60 * len(told) / (spent[-1][0] - spent[0][0]), ""),
        Figure("... answer in an office hour, longest", max(waited), "s", most=3 * PACE),
        Figure("... until one is announced", announced - begins, "s", most=ASK_EVERY),
        Figure("... lines of the heap before it, most", max(between), "", most=1),
    ]


def _above(spent: Sequence[tuple[float, bytes]]) -> float:
    """How many lines more than a burst, and one in its time, went out in any while."""
    worst = 0.0
    for first in range(len(spent)):
        for last in range(first, len(spent)):
            allowed = DEFAULT.burst + 1 + (spent[last][0] - spent[first][0]) / PACE
            worst = max(worst, last - first + 1 - allowed)
    return round(worst, 1)


def _overdue(folder: Path, count: int) -> None:
    """A store with so many lines that are due, kept in another order, and some for nobody there."""
    now = datetime.now(UTC)
    with closing(_store(f"sqlite:///{folder}/store.db", now)) as store:
        with store.transaction(writing=True) as books:
            reading_in.season_folder(books, _deed(SEASON, now), SeasonFolder(SEASON))
        _people(store, SEASON, mentors=2)
    rows = [_line(n, now - HOUR + n * HOUR / (2 * count)) for n in range(count)]
    random.Random(5).shuffle(rows)
    absent = [
        {**_line(-n, now - HOUR), "key": f"absent-{n}", "target": f"@absent{n}"}
        for n in range(1, count // 10)
    ]
    _keep(folder, rows + absent)


def _announce(folder: Path) -> None:
    """An office hour begins now: it is not among the first of the heap."""
    now = datetime.now(UTC)
    facts = {"title": "Office hour", "minutes": 60, "at": now.isoformat(), "offset_minutes": 0}
    row = {**_line(0, now), "key": "begins", "topic": "office", "payload": json.dumps(facts)}
    _keep(folder, [row])


def _keep(folder: Path, rows: Sequence[dict[str, object]]) -> None:
    store = Store(f"sqlite:///{folder}/store.db")
    with closing(store), store.transaction(writing=True) as books:
        outbox.plan(books, rows)


def _notices(heard: Sequence[tuple[float, bytes]]) -> list[tuple[float, bytes]]:
    return [(at, raw) for at, raw in heard if raw.startswith(b"NOTICE ")]


def _numbers(heard: Sequence[tuple[float, bytes]]) -> list[int]:
    return [number for _, raw in heard if (number := _number(raw)) is not None]


def _number(raw: bytes) -> int | None:
    found = re.search(rb"Line (\d+) \(bench\)", raw)
    return int(found[1]) if found else None


def _end(bot: Running) -> None:
    status = bot.end()
    if status != 0:
        raise Missing(f"gsocbot ended with {status}")


# --- rows


def _store(url: str, now: datetime) -> Store:
    store = Store(url)
    store.ready(now) if url.startswith("sqlite") else schema.upgrade(store.engine)
    return store


def _config(url: str) -> Config:
    rooms = {
        CHANNEL: Channel(season=SEASON),
        ORGANISERS: Channel(season=SEASON, role=ChannelRole.ORGANISERS),
    }
    network = Network(host="127.0.0.1", tls=False, channels=rooms)
    return Config(
        store=StoreUrl(url=url), season={SEASON: SeasonConfig()}, network={NETWORK: network}
    )


def _deed(season: str, at: datetime = NEW_YEAR) -> Deed:
    return Deed(secrets.token_hex(8), at, season, NETWORK, "mira", CHANNEL, "bench")


def _people(store: Store, season: str, mentors: int) -> None:
    with store.transaction(writing=True) as books:
        for number in range(mentors):
            who = f"mentor{number}"
            roles.grant(books, _deed(season), season, NETWORK, who, Role.MENTOR)
        for number in range(2):
            who = f"organiser{number}"
            roles.grant(books, _deed(season), season, NETWORK, who, Role.ORGANISER)


def _idea(number: int, state: IdeaState) -> IdeaText:
    mentors = (f"mentor{number % MENTORS}",) if state is IdeaState.PUBLISHED else ()
    title = f"Idea {number}"
    return IdeaText(title=title, slug=f"idea-{number}", number=number, summary="Some work.",
                    description="It is wanted. " * 8, mentors=mentors, state=state)  # fmt: skip


def _line(number: int, due: datetime) -> dict[str, object]:
    """A line that is to be said in the channel."""
    facts = {"what": f"line {number}", "network": NETWORK, "at": due.isoformat()}
    return outbox.row(
        key=f"line-{number}",
        season=SEASON,
        place=(NETWORK, CHANNEL),
        topic="trouble",
        facts=json.dumps(facts),
        due=due,
        expires=due + YEAR,
    )


def _history(count: int) -> list[dict[str, object]]:
    """The lines of a year that were said: a third in the channel, the rest to people."""
    found = []
    for number in range(count, 0, -1):
        at = NOW - number * YEAR / count
        facts = {"title": "A date", "slug": "a-date", "at": at.isoformat(), "googles": ""}
        said_there = {
            "key": f"said-{number}",
            "topic": "deadline",
            "payload": json.dumps(facts),
            "target": CHANNEL if number % 3 == 0 else f"@p{number % 200}",
            "state": "sent",
            "text": "A date is near. " * 8,
        }
        found.append(_line(number, at) | said_there)
    return found
