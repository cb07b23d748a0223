"""People in an office hour: they talk all the time, queue, are helped, and journal all of it."""

import random
import time
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from contextlib import ExitStack
from dataclasses import dataclass, field
from typing import NamedTuple, Self

from tests.bench.bots import Broken
from tests.faults.meeting import MISSING
from tests.servers.client import Client, Line
from tests.servers.ircd import Ircd
from tests.soak.writers import PASSWORD, word

CHAIR, TALKERS = "mira", 8
LINES_A_SECOND = 15
ASKED = 0.2
"""So many lines are for the bot, as long as it has no question to answer yet."""
DRAINED_EVERY = 5.0
PATIENCE = 60.0
WORDS = (
    "does that build with the new compiler?",
    "ok",
    "schöne Grüße aus 東京 🙂",
    "#info the logs are public",
    "I have read the second idea and its links, all of them, and would begin with the tests",
)


class Queue(NamedTuple):
    """Who is helped, and who waits."""

    helped: str = ""
    waiting: tuple[str, ...] = ()

    def after(self, who: str, text: str) -> "Queue":
        """What becomes of it when somebody says this, and the bot answers."""
        verb = text[:2]
        if verb == "q+":
            there = {self.helped, *self.waiting}
            return self if who in there else self._replace(waiting=(*self.waiting, who))
        if verb == "q-" and who in self.waiting:
            return self._replace(waiting=tuple(n for n in self.waiting if n != who))
        if verb == "q-":
            return self._replace(helped="" if who == self.helped else self.helped)
        if text == "!q next":
            return Queue(self.waiting[0] if self.waiting else "", self.waiting[1:])
        return self._replace(helped="")


class Asked(NamedTuple):
    """What the bot is to answer next; it was the line of this number, None before it was seen."""

    who: str
    text: str
    place: int | None = None


@dataclass
class Journal:
    """All that one in the channel has seen, in the one order in which everybody has."""

    said: list[str] = field(default_factory=list)
    acknowledged: set[str] = field(default_factory=set)
    between: set[str] = field(default_factory=set)
    """What was said after a question and before its answer."""
    named: list[tuple[str, str]] = field(default_factory=list)
    """The gaps that the bot has named, from when to when."""
    answers: int = 0
    queue: Queue = field(default_factory=lambda: Queue())


class Crowd:
    """The people in a channel, in which one bot is or is not."""

    def __init__(self, server: Ircd, bot: str, channel: str, chance: random.Random) -> None:
        self.journal = Journal()
        self.asked: Asked | None = None
        self.is_there = False
        self._bot = bot
        self._channel = channel
        self._chance = chance
        self._joined_at = 0
        self._next_at = self._drained_at = time.monotonic()
        number = channel[-1]
        login = ("PLAIN", CHAIR, PASSWORD)
        nicks = [f"w{number}", f"{CHAIR}{number}", *(f"t{n}x{number}" for n in range(TALKERS))]
        with ThreadPoolExecutor(len(nicks)) as pool:  # it lets people in once a second
            self.watcher, self._chair, *self._talkers = pool.map(
                lambda n: Client(server, n, sasl=login if n.startswith(CHAIR) else None), nicks
            )
        for client in (self.watcher, self._chair, *self._talkers):
            client.join(channel)

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        with ExitStack() as stack:
            for client in (self.watcher, self._chair, *self._talkers):
                stack.callback(client.close)

    def talk(self, seconds: float, until: Callable[[], bool] = lambda: False) -> None:
        """Talk for so long, or until something is so."""
        end = time.monotonic() + seconds
        while time.monotonic() < end and not until():
            if time.monotonic() >= self._next_at:
                pause = self._chance.uniform(0, 2 / LINES_A_SECOND)
                self._next_at = max(self._next_at, time.monotonic() - pause) + pause
                self._say()
            self._hear(min(self._next_at, end) - time.monotonic())

    def wait(self, what: str, until: Callable[[], bool]) -> None:
        """Talk until something is so."""
        self.talk(PATIENCE, until)
        if not until():
            raise Broken(f"{self._bot}: not {what} in {PATIENCE} s")

    def ask(self, text: str) -> None:
        """Have the chair say something, and talk until the bot has answered."""
        self.asked = Asked(self._chair.nick, text)
        self._chair.say(self._channel, text)
        self.wait(f"answered: {text}", lambda: self.asked is None)

    def begin(self) -> None:
        """Have the office hour opened; only from then on is anything kept."""
        self.ask("!office start")
        self._joined_at = len(self.journal.said)
        self.journal.acknowledged.clear()
        self.journal.between.clear()

    def settle(self, found: Queue) -> bool:
        """The bot is dead: whether the queue that it has left is one that it may leave."""
        queue, asked = self.journal.queue, self.asked
        possible = {queue} if asked is None else {queue, queue.after(asked.who, asked.text)}
        self.asked = None
        self.journal.queue = found
        return found in possible

    # --- saying

    def _say(self) -> None:
        talker = self._chance.choice(self._talkers)
        if self.is_there and self.asked is None and self._chance.random() < ASKED:
            who, text = self._question(talker)
            self.asked = Asked(who.nick, text)
            who.say(self._channel, text)
        else:
            talker.say(self._channel, f"{word()} {self._chance.choice(WORDS)}")

    def _question(self, talker: Client) -> tuple[Client, str]:
        queue, dice = self.journal.queue, self._chance.random()
        there = talker.nick in {queue.helped, *queue.waiting}
        if queue.waiting and dice < 0.3:
            return self._chair, "!q next"
        if queue.helped and dice < 0.4:
            return self._chair, "!q done"
        if there and dice < 0.6:
            return talker, "q-"
        return talker, f"q+ {word()}"

    # --- hearing

    def _hear(self, seconds: float) -> None:
        for line in self.watcher.lines_for(max(seconds, 0.001)):
            self._take(line)
        if time.monotonic() - self._drained_at > DRAINED_EVERY:  # they answer PINGs
            self._drained_at = time.monotonic()
            for client in (self._chair, *self._talkers):
                client.lines_for(0.001)

    def _take(self, line: Line) -> None:
        if line.nick == self._bot:
            self._take_from_bot(line)
        elif line.command == "PRIVMSG":
            asked = self.asked
            if asked and asked.place is None and (line.nick, line.text) == asked[:2]:
                self.asked = asked._replace(place=len(self.journal.said))
            self.journal.said.append(line.text)

    def _take_from_bot(self, line: Line) -> None:
        journal = self.journal
        if line.command in {"JOIN", "QUIT"}:
            self.is_there = line.command == "JOIN"
            self._joined_at = len(journal.said)
        elif found := MISSING.fullmatch(line.text):
            journal.named.append((found[2], found[3]))
        elif line.command == "PRIVMSG" and self.asked and self.asked.place is not None:
            place = self.asked.place
            journal.acknowledged.update(journal.said[self._joined_at : place + 1])
            journal.between |= set(journal.said[place + 1 :])
            journal.queue = journal.queue.after(self.asked.who, self.asked.text)
            journal.answers += 1
            self.asked = None
