"""One storm: people write, reminders fall due, and who is in the channel is killed, many times."""

import math
import random
import threading
import time
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from contextlib import ExitStack, closing, suppress

from tests.bench.bots import Broken
from tests.faults.process import Installation, soon
from tests.servers.client import Client, Line
from tests.servers.ircd import Ircd
from tests.soak.outcomes import Outcome
from tests.soak.remains import Look
from tests.soak.writers import Journal, Writer, word, words_in

ACCOUNTS = ("ana", "kofi", "mira", "priya", "tomas")
WRITES_A_SECOND = 20
DATES_A_SECOND = 1
"""Dates of the folder that are reminded of; the other reminders are people's own, and answers."""
SHORTEST = 0.05
"""Seconds in the channel until the kill; every fifth comes earlier, while the bot starts."""
SLIP = 0.01
"""Seconds at most from a line until a kill that is to come about when it is noted."""
PATIENCE = 60.0
Tick = Callable[[int], object]


class Storm:
    """Bots with one store, of which one is in the channel, and the people there."""

    def __init__(
        self,
        server: Ircd,
        bots: list[Installation],
        look: Look,
        longest: float,
        is_idle: Callable[[Installation], bool] = lambda _bot: True,
    ) -> None:
        self._bots = {bot.nick: bot for bot in bots}
        self._channel = bots[0].channels[0]
        self._server = server
        self._look = look
        self._longest = longest
        self._is_idle = is_idle
        self._present: set[str] = set()
        self._killed_at = self._joined_at = 0.0
        self._dates: set[str] = set()
        self._outcome = Outcome()

    def run(self, count: int, tick: Tick) -> Outcome:
        """Kill so often while people write; then let all be said that is due."""
        with ExitStack() as stack:
            self._watcher = stack.enter_context(Client(self._server, f"w{self._channel[1:]}"))
            self._watcher.join(self._channel)
            writers = [stack.enter_context(closing(writer)) for writer in self._people()]
            self._write_and_kill(writers, count, tick)
            self._outcome.owed = self._look(False).owed | self._dates
            self._let_all_be_said(writers)
        for bot in self._bots.values():
            bot.kill()
        return self._judged([writer.journal for writer in writers])

    def _people(self) -> list[Writer]:
        with ThreadPoolExecutor(len(ACCOUNTS)) as pool:
            return list(pool.map(self._person, ACCOUNTS))

    def _person(self, account: str) -> Writer:
        nick = f"{account}{self._channel[-1]}"
        return Writer(self._server, account, nick, self._channel, self._bots)

    def _write_and_kill(self, writers: list[Writer], count: int, tick: Tick) -> None:
        end = threading.Event()
        pause = len(writers) / WRITES_A_SECOND
        with ThreadPoolExecutor(len(writers)) as pool:
            writing = [pool.submit(writer.write, pause, end) for writer in writers]
            try:
                for number in range(count):
                    self._live(number)
                    tick(1)
                    if end.is_set():
                        break
            finally:
                end.set()
        for written in writing:
            written.result()

    # --- one life

    def _live(self, number: int) -> None:
        """Start what does not run, kill who is in the channel, look at what is left."""
        self._start()
        if len(self._bots) == 1 and number % 5 == 4:
            self._hear(random.uniform(SHORTEST, self._outcome.ready[-1]))
            nick = next(iter(self._bots))
        else:
            nick = self._joined()
            if number % 3 == 1:
                with suppress(TimeoutError):
                    self._wait(lambda line: line.command == "NOTICE", self._longest)
                self._hear(random.uniform(0, SLIP))
            else:
                self._hear(random.uniform(SHORTEST, self._longest))
        self._kill(nick)

    def _start(self) -> None:
        began = time.monotonic()
        idle = [bot for bot in self._bots.values() if not bot.is_running]
        if idle and self._outcome.kills % 2 == 0:  # else it finds the store as the kill left it
            self._add_dates(idle[0])
        for bot in idle:
            bot.start()
        if len(idle) == len(self._bots):
            self._killed_at = began

    def _add_dates(self, bot: Installation) -> None:
        """Have dates that are reminded of while it lives."""
        count = math.ceil(self._longest * DATES_A_SECOND)
        dues = {word(): soon(random.uniform(1, 1 + self._longest)) for _ in range(count)}
        (bot.twin or bot).remind_all(dues)
        self._dates |= dues.keys()

    def _joined(self) -> str:
        """Wait until one is in the channel: started, or in the place of the one killed."""
        try:
            while not self._present:
                self._wait(lambda line: line.command == "JOIN", PATIENCE)
        except TimeoutError as error:
            logs = "\n".join(bot.log()[-2000:] for bot in self._bots.values())
            raise Broken(f"{error}; its log ends with:\n{logs}") from error
        self._joined_at = time.monotonic()
        self._outcome.ready.append(self._joined_at - self._killed_at)
        return next(iter(self._present))

    def _kill(self, nick: str) -> None:
        others = [bot for bot in self._bots.values() if bot.nick != nick and bot.is_running]
        for bot in others:
            self._pause(bot)  # it would settle what we want to see
        self._bots[nick].kill()
        self._killed_at = time.monotonic()
        self._outcome.kills += 1
        self._outcome.lived += self._killed_at - (self._joined_at or self._killed_at)
        self._joined_at = 0.0
        remains = self._look(False)
        for bot in others:
            bot.resume()
        self._outcome.unknowable.update(remains.claimed)
        self._outcome.damaged += remains.damages
        self._hear(0.05)  # it may have come when it was killed
        while nick in self._present:
            self._wait(lambda line: line.command == "QUIT", PATIENCE)

    def _pause(self, bot: Installation) -> None:
        """Let one stand still that holds no lock."""
        deadline = time.monotonic() + PATIENCE
        bot.pause()
        while not self._is_idle(bot):
            if time.monotonic() > deadline:
                raise Broken(f"{bot.nick} stands by and is at work all the time")
            bot.resume()
            time.sleep(0.01)
            bot.pause()

    # --- hearing

    def _hear(self, seconds: float) -> None:
        for line in self._watcher.lines_for(seconds):
            self._take(line)

    def _wait(self, wanted: Callable[[Line], bool], timeout: float) -> None:
        """Wait for a line of a bot, and miss nothing that is said before it."""

        def is_wanted(line: Line) -> bool:
            self._take(line)
            return line.nick in self._bots and wanted(line)

        self._watcher.wait(is_wanted, timeout)

    def _take(self, line: Line) -> None:
        if line.nick not in self._bots:
            return
        if line.command == "JOIN":
            self._present.add(line.nick)
            self._outcome.at_once = max(self._outcome.at_once, len(self._present))
        elif line.command in {"QUIT", "PART"}:
            self._present.discard(line.nick)
        elif line.command == "NOTICE":
            self._outcome.said.update(words_in(line.text))

    # --- judging

    def _let_all_be_said(self, writers: list[Writer]) -> None:
        """Nobody writes or kills any more: wait for what is due, and then for repeats."""
        self._start()
        self._joined()
        deadline = time.monotonic() + PATIENCE
        rest = 2
        while rest and time.monotonic() < deadline:
            self._hear(0.5)
            for writer in writers:
                writer.listen(0.1)
            said = self._outcome.said.keys() | {w for p in writers for w in p.journal.said}
            rest -= self._outcome.owed <= said

    def _judged(self, journals: list[Journal]) -> Outcome:
        outcome = self._outcome
        for journal in journals:
            outcome.acknowledged |= journal.acknowledged
            outcome.unanswered += journal.unanswered
            outcome.forgotten += journal.forgotten
            outcome.said += journal.said
        remains = self._look(True)
        outcome.kept = remains.kept
        outcome.damaged += remains.damages
        return outcome
