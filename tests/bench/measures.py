"""The measurements: answers, intake, lines kept, start; each figure beside its target."""

import statistics
from collections.abc import Callable
from contextlib import ExitStack
from dataclasses import dataclass, replace
from pathlib import Path
from time import perf_counter, sleep

from tests.bench import bots
from tests.bench.bots import Running

PEOPLE = 40
PAUSE = 0.05
"""Seconds from question to question at 20 a second."""
WORDS = (
    "I have read the list of ideas and the second one looks good to me",
    "ok",
    "does anybody know whether the build works with the new compiler?",
    "see https://bugs.example.org/show_bug.cgi?id=4711, it is the same thing",
    "thanks, I will look at the tests first and come back tomorrow evening with a patch then",
    "hello everybody",
)


class Missing(Exception):
    """A line was not kept, or the bot did not end well."""


@dataclass(frozen=True)
class Size:
    """How much is measured."""

    runs: int
    answers: int
    singles: int
    spaced: int
    lines: int
    starts: int
    rest: float
    few: int
    many: int


FULL = Size(
    runs=5,
    answers=5000,
    singles=500,
    spaced=300,
    lines=200_000,
    starts=7,
    rest=5,
    few=100,
    many=100_000,
)
QUICK = replace(
    FULL, runs=1, answers=1000, singles=100, spaced=60, lines=20_000, starts=1, many=1000
)
TINY = replace(QUICK, answers=200, singles=20, spaced=5, lines=3000, rest=0, few=20, many=100)


@dataclass(frozen=True)
class Figure:
    """Something measured, and how much or how little is wanted; neither is for information."""

    name: str
    value: float
    unit: str
    least: float | None = None
    most: float | None = None

    @property
    def reached(self) -> bool | None:
        """Whether it is as wanted."""
        if self.least is not None:
            return self.value >= self.least
        return None if self.most is None else self.value <= self.most


Tell = Callable[[str], None]


def measured(size: Size, folder: Path, tell: Tell) -> list[Figure]:
    """Measure everything in an empty folder; raises WrongAnswer and Missing."""
    few, many = folder / "few", folder / "many"
    answers = {}
    for place, count in ((few, size.few), (many, size.many)):
        tell(f"a store of {count:,} ideas")
        place.mkdir()
        answers[place] = bots.filled(place, count)
    tell("starting")
    figures = _starts(size, few, answers[few])
    with ExitStack() as running:
        bare = running.enter_context(bots.bare(folder))
        small = running.enter_context(bots.gsocbot(few))
        large = running.enter_context(bots.gsocbot(many))
        tell("building pages")
        for bot in (small, large):
            bot.rest()
        tell("answers")
        figures += _answers(size, bare, [(small, answers[few]), (large, answers[many])])
        _end(large)
        tell("ordinary lines")
        figures += _lines(size, bare, small, answers[few])
        tell("lines kept")
        figures += _kept(size, bare, small, answers[few], few)
    return figures


# --- start


def _starts(size: Size, folder: Path, answer: str) -> list[Figure]:
    ours, theirs = [], []
    for _ in range(size.starts):
        with bots.bare(folder) as bot:
            theirs.append(_first(bot, b"!ping", "pong"))
        with bots.gsocbot(folder) as bot:
            ours.append(_first(bot, b"!idea 7", f"ana: {answer}"))
    with bots.gsocbot(folder) as bot:
        sleep(size.rest)
        memory = bot.megabytes
    slower = statistics.median(ours) - statistics.median(theirs)
    return [
        Figure("start to first answer, bare bot", statistics.median(theirs), "s"),
        Figure("start to first answer", statistics.median(ours), "s"),
        Figure("... more than the bare bot", slower, "s", most=0.8),
        Figure("memory at rest", memory, "MB", most=80),
    ]


def _first(bot: Running, words: bytes, answer: str) -> float:
    bot.peer.send(line("ana", words))
    bot.peer.expect(said(answer))
    return perf_counter() - bot.started


# --- answers


def _answers(size: Size, bare: Running, asked: list[tuple[Running, str]]) -> list[Figure]:
    rates: list[list[float]] = [[] for _ in asked]
    costs: list[list[float]] = [[] for _ in asked]
    singles: list[float] = []
    spaced: list[float] = []
    spaced_bare: list[float] = []
    pings = [(line("ana", b"!ping"), said("pong"))] * size.spaced
    for _ in range(size.runs):
        for n, (bot, answer) in enumerate(asked):
            pairs = questions(size.answers, answer)
            bot.peer.saturate(pairs[: size.answers // 5], in_flight=64)  # awake, not asleep
            used = bot.cpu
            seconds = bot.peer.saturate(pairs, in_flight=64)
            rates[n].append(size.answers / seconds)
            costs[n].append(1000 * (bot.cpu - used) / size.answers)
        bot, answer = asked[0]
        singles.append(_ms(bot.peer.one_by_one(questions(size.singles, answer)), 0.5))
        spaced.append(_ms(bot.peer.one_by_one(questions(size.spaced, answer), PAUSE), 0.99))
        spaced_bare.append(_ms(bare.peer.one_by_one(pings, PAUSE), 0.99))
    rate, large_rate = (statistics.median(found) for found in rates)
    cost, large_cost = (statistics.median(found) for found in costs)
    return [
        Figure("!idea 7, 64 at once", rate, "/s", least=5000),
        Figure("... processor time for one", cost, "ms", most=0.2),
        Figure("... one at a time, p50", statistics.median(singles), "ms", most=0.8),
        Figure("... at 20/s, p99", statistics.median(spaced), "ms", most=5),
        Figure("... at 20/s, p99, bare bot", statistics.median(spaced_bare), "ms"),
        Figure(f"... with {size.many:,} ideas", large_rate, "/s", least=5000),
        Figure("... processor time for one", large_cost, "ms", most=0.2),
        Figure(f"... speed beside {size.few:,} ideas", large_rate / rate, "x", least=0.9),
    ]


def questions(count: int, answer: str) -> list[tuple[bytes, bytes]]:
    """Make questions of many people, each with what must be said to it."""
    nicks = [f"u{n}" for n in range(PEOPLE)]
    pairs = [(line(nick, b"!idea 7"), said(f"{nick}: {answer}")) for nick in nicks]
    return [pairs[n % PEOPLE] for n in range(count)]


def _ms(seconds: list[float], part: float) -> float:
    return 1000 * sorted(seconds)[min(int(part * len(seconds)), len(seconds) - 1)]


# --- lines


def _lines(size: Size, bare: Running, ours: Running, answer: str) -> list[Figure]:
    flood = b"".join(line(f"p{n % PEOPLE}", words(n)) for n in range(size.lines))
    theirs, found = _beside(size.runs, size.lines, flood, bare, ours, answer)
    return [
        Figure("ordinary lines, bare bot", theirs, "/s"),
        Figure("ordinary lines", found, "/s"),
        Figure("... beside the bare bot", found / theirs, "x", least=0.6),
    ]


def _kept(size: Size, bare: Running, ours: Running, answer: str, folder: Path) -> list[Figure]:
    ours.peer.send(b"@account=mentor1 " + line("mentor1", b"!office start"))
    ours.peer.expect_beginning(said("Office hour is open"))
    flood = b"".join(line(f"p{n % PEOPLE}", words(n)) for n in range(size.lines))
    theirs, found = _beside(size.runs, size.lines, flood, bare, ours, answer)
    _end(ours)
    kept = bots.kept_lines(folder, "p*")
    if kept != [words(n).decode() for _ in range(size.runs) for n in range(size.lines)]:
        raise Missing(f"{len(kept)} lines kept of {size.runs * size.lines}, or in another order")
    return [
        Figure("lines of an office hour, kept", found, "/s"),
        Figure("... beside the bare bot", found / theirs, "x", least=0.4),
        Figure("... missing", 0, "", most=0),
    ]


def _beside(
    runs: int, count: int, flood: bytes, bare: Running, ours: Running, answer: str
) -> tuple[float, float]:
    """How many lines a second the bare bot takes in, and ours: in turn, for the machine varies."""
    rates: tuple[list[float], list[float]] = ([], [])
    for _ in range(runs):
        for found, bot, last, wanted in (
            (rates[0], bare, b"!ping", "pong"),
            (rates[1], ours, b"!idea 7", f"ana: {answer}"),
        ):
            began = perf_counter()
            bot.peer.send(flood + line("ana", last))
            bot.peer.expect(said(wanted))
            found.append(count / (perf_counter() - began))
    return statistics.median(rates[0]), statistics.median(rates[1])


def _end(bot: Running) -> None:
    status = bot.end()
    if status != 0:
        raise Missing(f"gsocbot ended with {status}")


# --- on the wire


def line(nick: str, text: bytes) -> bytes:
    """Give what somebody says in the channel."""
    return b":%b!%b@host.example.org PRIVMSG #bench :%b\r\n" % (nick.encode(), nick.encode(), text)


def said(text: str) -> bytes:
    """Give what the bot sends when it says so."""
    return f"PRIVMSG #bench :{text}".encode()


def words(number: int) -> bytes:
    """Make up ordinary talk."""
    return f"{WORDS[number % len(WORDS)]} ({number})".encode()
