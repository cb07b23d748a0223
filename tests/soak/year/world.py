"""The clock, the network and its people, around a bot that is killed and started again."""

import heapq
import random
from collections import Counter, defaultdict
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime, timedelta
from itertools import count
from pathlib import Path

from gsocbot.talk import Heard
from tests.soak.year.process import Death, Died, Process, claimed
from tests.soak.year.promises import INSIDE, PUBLIC, Promise, Promises
from tests.soak.year.season import Person, Season
from tests.soak.year.subject import NETWORK
from tests.soak.year.times import Times

PLAN, DELIVER = timedelta(seconds=30), timedelta(seconds=1)
"""How often the bot plans, and says what is due."""
RARELY = timedelta(hours=16)
"""A bot that has nothing to plan is let plan at least so often; all ticks of a year take hours."""
OFTEN = 0.08
"""The share of moments at which something is said after a tick of that same half minute."""
BEFORE = 0.1
"""The share of lines before which it is seen that they are not said too early."""
Act = Callable[[], None]
Then = Callable[[list[str] | None], None]


@dataclass
class Line:
    """What the bot has said, when and where.

    Of one that is `unknowable` nobody inside can know whether it was said, for the process was
    killed before it could note that; `cut` is one that was said before the connection ended.
    """

    at: datetime
    target: str
    text: str
    unknowable: bool = False
    cut: bool = False


class World:
    """Everything around the bot. `agenda` is what comes, in the order of time."""

    def __init__(
        self, season: Season, promises: Promises, folder: Path, rng: random.Random, fault: str
    ) -> None:
        self.season, self.promises, self.rng = season, promises, rng
        self._folder, self._fault = folder, fault
        self._agenda: list[tuple[datetime, int, Act]] = []
        self._numbers = count()
        self._wakes: set[datetime] = set()
        self._process: Process | None = None
        self._born = self._ticked = self.now = datetime.min
        self._talked = False
        self._unconfirmed: Line | None = None
        self._dirty = True
        self.here: set[str] = set()
        """Who wants to be there."""
        self.beyond: set[str] = set()
        """Who is on the other side of a netsplit."""
        self.lost: set[str] = set()
        """The channels that the bot was thrown out of."""
        self.link = False
        self.death: Death | None = None
        self.cut: tuple[str, bool] | None = None
        """Where the connection is to end next, and whether the line is lost with it."""
        self.down: timedelta = timedelta(0)
        """For how long the bot is down after it was killed next."""
        self.journal: list[Line] = []
        self.times: dict[str, Times] = defaultdict(Times)
        self.counts: Counter[str] = Counter()

    # --- time

    def at(self, when: datetime, act: Act) -> None:
        """Let something happen at a moment."""
        heapq.heappush(self._agenda, (when, next(self._numbers), act))

    def later(self, length: timedelta, act: Act) -> None:
        """Let something happen after a while."""
        self.at(self.now + length, act)

    def run(self, begin: datetime, end: datetime, tell: Callable[[datetime], object]) -> None:
        """Let all of it happen, from begin until end."""
        self.now = begin
        for account in self.here:
            self.times[f"@{account}"].begin(begin)
        self.times[PUBLIC].begin(begin)
        self.times[INSIDE].begin(begin)
        self.start()
        while self._agenda and self._agenda[0][0] < end:
            self.now, _, act = heapq.heappop(self._agenda)
            try:
                act()
            except Died:
                self._died()
            tell(self.now)
        self.now = end
        for times in self.times.values():
            times.end(end)
        if self._process is not None:
            self._process.close()

    def wake(self, when: datetime) -> None:
        """Let the bot say what is due, the next time that it looks after a moment."""
        when = max(when, self.now)
        if when not in self._wakes:
            self._wakes.add(when)
            self.at(when + self.rng.random() * DELIVER, lambda: self._deliver(when))

    def promised(self, promise: Promise) -> None:
        """Look when a line falls due, and when somebody's quiet ends after that; often before."""
        if self.rng.random() < BEFORE:
            self.wake(promise.due - timedelta(seconds=self.rng.uniform(3, 100)))
        for moment in {promise.due, promise.free_from(promise.due)}:
            self.wake(moment)

    # --- the bot

    def start(self) -> None:
        """Start the bot; it is on the network some seconds later."""
        self._dirty, self.link = True, False
        try:
            self._process = Process(
                self._folder, self.now, self._fault, self._said, self._confirmed, self._was_cut,
                self.death,
            )  # fmt: skip
            self._born, self._ticked = self.now, self.now
            self._process.ask("tick", self.now)
            self.counts["starts"] += 1
        except Died:
            self._died()
            return
        self.later(timedelta(seconds=self.rng.uniform(1, 15)), self._linked(self._process))

    def kill(self, death: Death, down: timedelta) -> None:
        """Kill the bot when it next comes to such a moment; it is down for a while then."""
        if self._process is None or self.death is not None:
            self.later(timedelta(hours=2), lambda: self.kill(death, down))
            return
        self.death, self.down = death, down
        if death.moment == "start":  # the one before it has ended too
            self._end()
            self.later(timedelta(seconds=20), self.start)
        elif death.moment == "idle":
            self._end()
            self._died()
        else:
            self._process.death = death

    def _end(self) -> None:
        if self._process is not None:
            self._process.kill()
        self._process, self.link = None, False
        self.times["bot"].end(self.now)

    def _died(self) -> None:
        self._process, self.link, self.death = None, False, None
        self.times["bot"].end(self.now)
        self.counts["kills"] += 1
        if self._unconfirmed is not None and claimed(self._folder):
            self._unconfirmed.unknowable = True
            self.counts["unknowable"] += 1
        self._unconfirmed = None
        self.counts["seconds down"] += int(self.down.total_seconds())
        self.later(self.down, self.start)

    def _linked(self, process: Process) -> Act:
        def link() -> None:
            if self._process is process:
                self.link, self._dirty = True, True
                self.times["bot"].begin(self.now)
                self.look_again()

        return link

    def look_again(self, account: str = "") -> None:
        """Something or somebody is back: what has waited is said now, or when a quiet ends."""
        self._dirty = True
        self.wake(self.now)
        found = self.promises.by_target[f"@{account}"] if account else self.promises
        for promise in found:
            if promise.is_open(self.now) and promise.is_held(self.now):
                self.wake(promise.free_from(self.now))

    def _tick(self, now: datetime) -> None:
        if self._process is not None:
            self._ticked, self._talked = now, False
            self.counts["ticks"] += 1
            self._process.ask("tick", now)

    def _deliver(self, wake: datetime) -> None:
        self._wakes.discard(wake)
        if self._process is None:
            return
        grid = self._born + (self.now - self._born) // PLAN * PLAN
        is_time = self.now - self._ticked >= RARELY or self.rng.random() < OFTEN
        if grid > self._ticked and (is_time or self._talked):
            self._tick(grid)
        self._see()
        cut = (self.cut[0], self.rng.randint(1, 2)) if self.cut else None
        self.counts["deliveries"] += 1
        self._process.ask("deliver", self.now, cut)

    def _see(self) -> None:
        if self._dirty and self._process is not None:
            there = {a: a for a in sorted(self.here - self.beyond)} if self.link else {}
            rooms = [r for r in (PUBLIC, INSIDE) if r not in self.lost] if self.link else []
            self._process.ask("there", there, rooms)
            self._dirty = False

    # --- what it says

    def _said(self, target: str, text: str) -> None:
        self._unconfirmed = Line(self.now, target, text)
        self.journal.append(self._unconfirmed)

    def _confirmed(self) -> None:
        self._unconfirmed = None

    def _was_cut(self) -> None:
        """The connection ends; a line that was written may be lost with it."""
        assert self.cut is not None
        self.counts["splits"] += 1
        where, is_lost = self.cut
        self.cut = None
        if where == "confirm" and self._unconfirmed is not None:
            if is_lost:
                self.journal.remove(self._unconfirmed)
            else:
                self._unconfirmed.cut = True
                self.counts["said before a cut"] += 1
            self._unconfirmed = None
        self.unlink(timedelta(seconds=self.rng.uniform(5, 600)))

    def unlink(self, length: timedelta) -> None:
        """The bot is off the network for a while."""
        if self._process is not None and self.link:
            self.link, self._dirty = False, True
            self.times["bot"].end(self.now)
            self.wake(self.now)
            self.later(length, self._linked(self._process))

    # --- people

    def is_there(self, account: str) -> bool:
        """Whether the bot and somebody see each other."""
        there = account in self.here and account not in self.beyond
        return self.link and there and PUBLIC not in self.lost

    def moved(self, account: str) -> None:
        """Somebody has come or gone, or is cut off, or not any more."""
        times = self.times[f"@{account}"]
        self._dirty = True
        if account not in self.here or account in self.beyond:
            times.end(self.now)
        elif times.since is None:
            times.begin(self.now)
            waits = any(p.is_open(self.now) for p in self.promises.by_target[f"@{account}"])
            if waits or self.rng.random() < 0.05:
                self.look_again(account)

    def says(self, person: Person, room: str, text: str, then: Then) -> None:
        """Somebody says a line, in the public channel or in private, once they can.

        `then` gets the answers, None if the bot has died of it.
        """
        if self._process is None or not self.is_there(person.account):
            self.later(timedelta(hours=1), lambda: self.says(person, room, text, then))
            return
        self._see()
        heard = Heard(
            NETWORK, person.account, person.account, room or None, text, self.now, "gsocbot",
            shared=(PUBLIC, INSIDE) if person.account.startswith("o") else (PUBLIC,),
            host=f"{person.account}.example.org",
        )  # fmt: skip
        self.counts["lines of people"] += 1
        try:
            answers = self._process.ask("hear", heard)
        except Died:
            then(None)
            raise
        self._talked = True
        grid = self._born + ((self.now - self._born) // PLAN + 1) * PLAN
        self.wake(grid)
        then([text for _, text in answers])
