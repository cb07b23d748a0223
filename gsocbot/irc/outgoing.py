"""What goes out: by priority, no faster than servers bear, no line longer than they pass on."""

import asyncio
import heapq
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from enum import IntEnum
from itertools import count

from gsocbot.config import Limits

PREFIX_UNTIL_KNOWN = 100
"""Room for `:nick!user@host ` while the server has not shown ours."""

IRC_LINE = 512
SHORTEST_ROOM = 50
"""A target for which there is less room is no name of anything; its line is cut."""

COSTS = {"JOIN": 2, "TOPIC": 2, "WHOIS": 2, "NICK": 3, "PART": 5, "LIST": 5}
"""What InspIRCd's penalty counts a command; everything else counts 1."""


class Priority(IntEnum):
    """What goes first."""

    PROTOCOL = 0
    REMINDER = 1
    ANSWER = 2


@dataclass(order=True, slots=True)
class _Waiting:
    priority: Priority
    number: int
    line: str = field(compare=False)
    gone: "asyncio.Future[None]" = field(compare=False)


class Dropped(Exception):
    """The queue was full, or the connection ended, before a line went out."""


class Outgoing:
    """A queue with a token bucket: `burst` lines at once, then one in `seconds_per_line`.

    With a limit of 0 everything goes out at once. Times are the loop's.
    """

    def __init__(
        self, send: Callable[[str], None], limits: Limits, loop: asyncio.AbstractEventLoop
    ) -> None:
        self._send = send
        self._limits = limits
        self._loop = loop
        self._tokens = float(limits.burst)
        self._filled_at = loop.time()
        self._heap: list[_Waiting] = []
        self._numbers = count()
        self._timer: asyncio.TimerHandle | None = None
        self.free = not (limits.burst and limits.seconds_per_line)

    def put(self, line: str, priority: Priority) -> "asyncio.Future[None]":
        """Send a line now or as soon as may be; the future is done when the transport has it."""
        gone: asyncio.Future[None] = self._loop.create_future()
        if not self._heap and self._may_send(line):
            self._send_one(line, gone)
            return gone
        if self._limits.queue_lines and len(self._heap) >= self._limits.queue_lines:
            worst = max(self._heap)
            if worst.priority <= priority:
                gone.set_exception(Dropped("the queue is full"))
                gone.exception()
                return gone
            self._heap.remove(worst)
            heapq.heapify(self._heap)
            worst.gone.set_exception(Dropped("the queue is full"))
            worst.gone.exception()
        heapq.heappush(self._heap, _Waiting(priority, next(self._numbers), line, gone))
        self._wait()
        return gone

    def spent(self, line: str) -> None:
        """A line went out past the queue (a PONG); the server counts it all the same."""
        if not self.free:
            self._refill()
            self._tokens -= cost(line)

    def close(self) -> None:
        """Drop what waits."""
        if self._timer is not None:
            self._timer.cancel()
        for waiting in self._heap:
            if not waiting.gone.done():
                waiting.gone.set_exception(Dropped("the connection has ended"))
                waiting.gone.exception()
        self._heap.clear()

    def __len__(self) -> int:
        return len(self._heap)

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

    def _send_one(self, line: str, gone: "asyncio.Future[None]") -> None:
        try:
            self._send(line)
        except Exception as error:
            gone.set_exception(Dropped(str(error)))
            gone.exception()
        else:
            gone.set_result(None)

    def _wait(self) -> None:
        if self._timer is not None or not self._heap:
            return
        lacking = min(cost(self._heap[0].line), self._limits.burst) - self._tokens
        delay = max(lacking, 0.0) * self._limits.seconds_per_line
        self._timer = self._loop.call_later(delay + 0.001, self._go_on)

    def _go_on(self) -> None:
        self._timer = None
        while self._heap and self._may_send(self._heap[0].line):
            waiting = heapq.heappop(self._heap)
            if not waiting.gone.done():
                self._send_one(waiting.line, waiting.gone)
        self._wait()


def cost(line: str) -> int:
    """What servers count for a line."""
    return COSTS.get(line.partition(" ")[0].upper(), 1)


def pieces(text: str, room: int) -> Iterator[str]:
    """A text in parts of at most `room` bytes, cut at blanks, never inside a character."""
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
