"""kill -9 at random moments of office hours with a crowd: nothing that was acknowledged is missing.

A line is acknowledged once the bot has answered a question in its channel that came after it.
"""

import random
import tempfile
import time
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import ExitStack, contextmanager, redirect_stdout
from io import StringIO
from pathlib import Path

from gsocbot.cli import main
from tests.bench.measures import Figure
from tests.faults.meeting import Room
from tests.faults.process import AWAY, Installation, installed
from tests.servers import ircd
from tests.servers.ircd import Ircd
from tests.soak.sessions.crowd import CHAIR, Crowd
from tests.soak.sessions.verdict import Outcome, figures, left
from tests.soak.writers import PASSWORD

KIND = "inspircd+atheme"
SEED = 6
BOTS = 2
"""So many are killed side by side; each has an office hour and a crowd of its own."""
SHORTEST, LONGEST = 0.05, 4.0
"""Seconds in the channel until the kill; every fifth comes earlier, while the bot starts."""
SLIP = 0.01
"""Seconds at most from an answer until a kill that is to come just after it."""
LIMITS = "commands_per_minute = 0\nseconds_per_line = 0\n[links]\ncheck = false"
CARELESS = Path(__file__).with_name("careless.py")
Tick = Callable[[int], object]


def available() -> bool:
    """Whether the server that this needs is installed."""
    return ircd.available(KIND)


def kills(
    count: int,
    tick: Tick,
    *,
    bots: int = BOTS,
    shortest: float = SHORTEST,
    longest: float = LONGEST,
    seed: int = SEED,
    careless: bool = False,
) -> list[Figure]:
    """Kill bots so often in all, in office hours that go on, and judge what is left of these.

    With `careless` they answer before they keep, to see that this is seen.
    """
    shares = [count // bots + (n < count % bots) for n in range(bots)]
    with ExitStack() as stack:
        server = stack.enter_context(ircd.running(KIND, fast=True))
        folder = Path(stack.enter_context(tempfile.TemporaryDirectory(prefix="gsocbot-hours-")))
        server.register(CHAIR, PASSWORD)

        program = (str(CARELESS),) if careless else ("-m", "gsocbot")
        employed = [
            stack.enter_context(_employed(folder, server, number, program))
            for number in range(bots)
        ]

        def hour(number: int) -> Outcome:
            bot, chance = employed[number], random.Random(f"{seed}-{number}")
            with Crowd(server, bot.nick, bot.channels[0], chance) as crowd:
                return _Hour(bot, crowd, chance, (shortest, longest)).run(shares[number], tick)

        with ThreadPoolExecutor(bots) as pool:
            return figures(list(pool.map(hour, range(bots))))


@contextmanager
def _employed(
    folder: Path, server: Ircd, number: int, program: tuple[str, ...]
) -> Iterator[Installation]:
    """A bot that knows who may open an office hour in its channel; it does not run yet."""
    nick = f"hour{number}"
    settings = {"nick": nick, "channels": (f"#{nick}",), "limits": LIMITS, "program": program}
    with installed(folder / nick, server.port, **settings) as bot:
        with redirect_stdout(StringIO()):
            config = str(bot.folder / "gsocbot.toml")
            assert main(["role", "add", CHAIR, "mentor", "--config", config]) == 0
        yield bot


class _Hour:
    """An office hour whose bot is killed again and again."""

    def __init__(
        self, bot: Installation, crowd: Crowd, chance: random.Random, lives: tuple[float, float]
    ) -> None:
        self._bot = bot
        self._crowd = crowd
        self._chance = chance
        self._lives = lives
        self._outcome = Outcome(journal=crowd.journal)
        self._room = Room(crowd.watcher, bot, bot.channels[0])

    def run(self, count: int, tick: Tick) -> Outcome:
        """Kill so often; then see that all gaps are named, and that the hour can be ended."""
        outcome, crowd, room = self._outcome, self._crowd, self._room
        began = time.monotonic()
        self._come()
        crowd.begin()
        for number in range(count):
            self._live(number)
            self._kill()
            tick(1)
        self._come()
        crowd.talk(2.5)  # it has looked what its log lacks by then
        crowd.ask("!q next")
        outcome.gaps = room.gaps()
        crowd.wait("told of each gap", lambda: len(crowd.journal.named) >= len(room.gaps()))
        outcome.seconds = time.monotonic() - began
        if left(room) != crowd.journal.queue:
            outcome.wrong_queues.append(f"{left(room)} at the end, not {crowd.journal.queue}")
        crowd.ask("#endmeeting")
        outcome.kept = list(zip(room.moments(), room.kept_as_said(), strict=True))
        outcome.gaps = room.gaps()
        return outcome

    def _come(self) -> None:
        began = time.monotonic()
        if not self._bot.is_running:
            self._bot.start()
        self._crowd.wait("in the channel", lambda: self._crowd.is_there)
        self._outcome.came += 1
        self._outcome.ready.append(time.monotonic() - began)

    def _live(self, number: int) -> None:
        crowd, chance = self._crowd, self._chance
        shortest, longest = self._lives
        if number % 5 == 4:
            self._bot.start()
            crowd.talk(chance.uniform(SHORTEST, self._outcome.ready[-1]))
            return
        if number:
            self._come()
        if number % 3 == 1:
            crowd.talk(shortest)
            answers = crowd.journal.answers
            crowd.talk(longest, lambda: crowd.journal.answers > answers)
            time.sleep(chance.uniform(0, SLIP))
        else:
            crowd.talk(chance.uniform(shortest, longest))

    def _kill(self) -> None:
        self._bot.kill()
        self._outcome.kills += 1
        self._crowd.talk(AWAY)  # what it has said last may be under way
        self._crowd.wait("gone", lambda: not self._crowd.is_there)
        found = left(self._room)
        if not self._crowd.settle(found):
            self._outcome.wrong_queues.append(str(found))
