"""The database thread: calls wait in line, several of them cross to the thread in one hop."""

import asyncio
import queue
import threading
import time
from collections.abc import Callable
from typing import Any, TypeVar

T = TypeVar("T")
MOST_PER_HOP = 64
MOST_SECONDS = 0.02
_STOP = None
_Done = tuple["asyncio.Future[Any]", Any, BaseException | None]


class DatabaseThread:
    """Runs calls one after the other in a thread of its own, so that no lock stops the loop.

    A foreign lock on the database holds up the calls that wait here, never a PONG.
    """

    def __init__(self, loop: asyncio.AbstractEventLoop) -> None:
        self._loop = loop
        self._calls: queue.SimpleQueue[tuple[Callable[[], Any], asyncio.Future[Any]] | None] = (
            queue.SimpleQueue()
        )
        self._thread = threading.Thread(target=self._work, name="database", daemon=True)
        self._thread.start()

    async def run(self, call: Callable[[], T]) -> T:
        """Run a call in the thread and wait for what it returns or raises."""
        return await self.submit(call)

    def submit(self, call: Callable[[], T]) -> "asyncio.Future[T]":
        """Line a call up; calls run in the order in which they were lined up."""
        future: asyncio.Future[T] = self._loop.create_future()
        self._calls.put((call, future))
        return future

    def close(self) -> None:
        """Run what waits, then end the thread."""
        self._calls.put(_STOP)
        self._thread.join(timeout=10)

    def _work(self) -> None:
        while True:
            first = self._calls.get()
            batch = [first]
            while len(batch) < MOST_PER_HOP:
                try:
                    batch.append(self._calls.get_nowait())
                except queue.Empty:
                    break
            done: list[_Done] = []
            began = time.monotonic()
            for call, future in (b for b in batch if b is not _STOP):
                done.append((future, *_outcome(call)))
                if time.monotonic() - began > MOST_SECONDS:  # what is done waits for no other
                    self._loop.call_soon_threadsafe(_hand_back, done)
                    done, began = [], time.monotonic()
            self._loop.call_soon_threadsafe(_hand_back, done)
            if _STOP in batch:
                return


def _outcome(call: Callable[[], Any]) -> tuple[Any, BaseException | None]:
    try:
        return call(), None
    except BaseException as error:
        return None, error


def _hand_back(done: list[_Done]) -> None:
    for future, result, error in done:
        if future.cancelled():
            continue
        if error is not None:
            future.set_exception(error)
        else:
            future.set_result(result)
