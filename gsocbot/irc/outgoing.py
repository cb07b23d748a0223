"""What goes out: by priority, in turns, no faster than servers bear, cut to what they pass on."""

import asyncio
from collections import OrderedDict, deque
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from enum import IntEnum

from gsocbot.config import Limits

PREFIX_UNTIL_KNOWN = 100
"""Room for `:nick!user@host ` while the server has not shown ours."""

IRC_LINE = 512
SHORTEST_ROOM = 50
"""A target for which there is less room is no name of anything; its line is cut."""

COSTS = {"JOIN": 2, "TOPIC": 2, "WHOIS": 2, "NICK": 3, "PART": 5, "LIST": 5}
"""What InspIRCd's penalty counts a command; everything else counts 1."""


class Priority(IntEnum):
    """What goes first; an answer where an office hour goes on is one of OFFICE.

    Reminders take turns with all that comes after them, so that neither keeps the other waiting.
    """

    PROTOCOL = 0
    REMINDER = 1
    OFFICE = 2
    ANSWER = 3
    LIST = 4


@dataclass(slots=True)
class _Waiting:
    line: str
    gone: "asyncio.Future[None]"


@dataclass(slots=True)
class _Lane:
    """The lines of one priority: targets take turns, the lines of each keep their order."""

    targets: OrderedDict[str, deque[_Waiting]] = field(default_factory=OrderedDict)

    def put(self, target: str, waiting: _Waiting) -> None:
        self.targets.setdefault(target, deque()).append(waiting)

    def first(self) -> _Waiting:
        return next(iter(self.targets.values()))[0]

    def pop(self) -> _Waiting:
        target, lines = next(iter(self.targets.items()))
        waiting = lines.popleft()
        del self.targets[target]
        if lines:
            self.targets[target] = lines  # behind the others
        return waiting

    def longest(self) -> str:
        """The target with the most lines."""
        return max(self.targets, key=lambda target: len(self.targets[target]))


class Dropped(Exception):
    """A line never went out: the queue was full, its reader gone, or the connection ended."""


class Outgoing:
    """A queue with a token bucket: `burst` lines at once, then one in `seconds_per_line`.

    With a limit of 0 everything goes out at once. Times are the loop's. `is_ready` tells whether
    the peer has read what it was sent; while it has not, lines wait, and `go_on` is to be called
    when it has.
    """

    def __init__(
        self,
        send: Callable[[str], None],
        limits: Limits,
        loop: asyncio.AbstractEventLoop,
        is_ready: Callable[[], bool] = lambda: True,
    ) -> None:
        self._send = send
        self._limits = limits
        self._loop = loop
        self._is_ready = is_ready
        self._tokens = float(limits.burst)
        self._filled_at = loop.time()
        self._lanes = {priority: _Lane() for priority in Priority}
        self._count = 0
        self._reminded = False
        self._timer: asyncio.TimerHandle | None = None
        self.free = not (limits.burst and limits.seconds_per_line)

    def put(self, line: str, priority: Priority, target: str = "") -> "asyncio.Future[None]":
        """Send a line now or as soon as may be; the future is done when the transport has it."""
        gone: asyncio.Future[None] = self._loop.create_future()
        waiting = _Waiting(line, gone)
        if not self._count and self._is_ready() and self._may_send(line):
            self._send_one(waiting, priority)
            return gone
        self._lanes[priority].put(target, waiting)
        self._count += 1
        if self._limits.queue_lines and self._count > self._limits.queue_lines:
            self._drop_worst()
        self._wait()
        return gone

    def dropped(self, why: str) -> "asyncio.Future[None]":
        """A line that does not go out at all."""
        gone: asyncio.Future[None] = self._loop.create_future()
        gone.set_exception(Dropped(why))
        gone.exception()
        return gone

    def spent(self, line: str) -> None:
        """A line went out past the queue (a PONG); the server counts it all the same."""
        if not self.free:
            self._refill()
            self._tokens -= cost(line)

    def forget(self, target: str) -> None:
        """Drop what waits for somebody who is no longer there."""
        for priority in (Priority.OFFICE, Priority.ANSWER, Priority.LIST):
            for waiting in self._lanes[priority].targets.pop(target, ()):
                self._drop(waiting, f"{target} has gone")

    def go_on(self) -> None:
        """Send what may be sent now."""
        while (priority := self._next()) is not None and self._is_ready():
            lane = self._lanes[priority]
            if not self._may_send(lane.first().line):
                break
            self._count -= 1
            self._send_one(lane.pop(), priority)
        self._wait()

    def close(self) -> None:
        """Drop what waits."""
        if self._timer is not None:
            self._timer.cancel()
        while (priority := self._next()) is not None:
            self._drop(self._lanes[priority].pop(), "the connection has ended")

    def __len__(self) -> int:
        return self._count

    def _next(self) -> Priority | None:
        """Whose turn it is, of all that waits."""
        waiting = [priority for priority, lane in self._lanes.items() if lane.targets]
        if self._reminded and len(waiting) > 1 and waiting[0] is Priority.REMINDER:
            return waiting[1]
        return waiting[0] if waiting else None

    def _drop_worst(self) -> None:
        """The last line of whoever has most to read, of what matters least."""
        lane = next(lane for lane in reversed(self._lanes.values()) if lane.targets)
        target = lane.longest()
        waiting = lane.targets[target].pop()
        if not lane.targets[target]:
            del lane.targets[target]
        self._drop(waiting, "the queue is full")

    def _drop(self, waiting: _Waiting, why: str) -> None:
        self._count -= 1
        if not waiting.gone.done():
            waiting.gone.set_exception(Dropped(why))
            waiting.gone.exception()

    def _may_send(self, line: str) -> bool:
        if self.free:
            return True
        self._refill()
        if self._tokens < min(cost(line), self._limits.burst):
            return False
        self._tokens -= cost(line)
        return True

    def _refill(self) -> None:
        now = self._loop.time()
        gained = (now - self._filled_at) / self._limits.seconds_per_line
        self._tokens = min(float(self._limits.burst), self._tokens + gained)
        self._filled_at = now

    def _send_one(self, waiting: _Waiting, priority: Priority) -> None:
        if waiting.gone.done():  # nobody waits for it any more
            return
        if priority is not Priority.PROTOCOL:
            self._reminded = priority is Priority.REMINDER
        try:
            self._send(waiting.line)
        except Exception as error:
            waiting.gone.set_exception(Dropped(str(error)))
            waiting.gone.exception()
        else:
            waiting.gone.set_result(None)

    def _wait(self) -> None:
        if self._timer is not None:
            self._timer.cancel()
            self._timer = None
        priority = self._next()
        if priority is None or self.free or not self._is_ready():
            return
        self._refill()
        line = self._lanes[priority].first().line
        lacking = min(cost(line), self._limits.burst) - self._tokens
        delay = max(lacking, 0.0) * self._limits.seconds_per_line
        self._timer = self._loop.call_later(delay + 0.001, self.go_on)


def cost(line: str) -> int:
    """What servers count for a line, tags or not."""
    words = line.partition(" ")[2] if line.startswith("@") else line
    return COSTS.get(words.partition(" ")[0].upper(), 1)


def pieces(text: str, room: int) -> Iterator[str]:
    """A text in parts of at most `room` bytes, cut at blanks, never inside a character."""
    text = text.encode(errors="replace").decode()  # half a character of UTF-16 has no bytes
    if len(text.encode()) > room:
        text = text.strip(" ")
    while len(text.encode()) > room:
        head = text.encode()[:room].decode(errors="ignore")
        at_blank = head if text[len(head)] == " " else head[: head.rfind(" ") + 1]
        head = at_blank if at_blank.strip() else head
        yield head.rstrip(" ")
        text = text[len(head) :].lstrip(" ")
    yield text


def room_for(command: str, target: str, prefix: str | None) -> int:
    """How many bytes of text a line has room for, as its readers see it."""
    ours = len(prefix.encode()) + 2 if prefix else PREFIX_UNTIL_KNOWN
    return max(SHORTEST_ROOM, IRC_LINE - 2 - ours - len(f"{command} {target} :".encode()))
