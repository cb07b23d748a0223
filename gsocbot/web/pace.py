"""How fast other people's servers are asked: one request a second each, four in all."""

import asyncio
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import asynccontextmanager

SECONDS_A_HOST = 1.0
AT_ONCE = 4


class Pace:
    """Lets requests go when their host's turn has come. Clock and sleep are handed in."""

    def __init__(
        self, clock: Callable[[], float], sleep: Callable[[float], Awaitable[object]]
    ) -> None:
        self._clock = clock
        self._sleep = sleep
        self._slots = asyncio.Semaphore(AT_ONCE)
        self._free_at: dict[str, float] = {}

    @asynccontextmanager
    async def turn(self, host: str) -> AsyncIterator[None]:
        """Wait until a host may be asked, and hold one of the four places meanwhile."""
        # A place is taken first: whoever waits for a turn without one would find that several
        # turns of the same host have come by the time there is a place.
        await self._slots.acquire()
        try:
            while (wait := self._free_at.get(host, 0.0) - self._clock()) > 0:
                self._slots.release()
                try:
                    await self._sleep(wait)
                finally:
                    await self._slots.acquire()
            self._free_at[host] = self._clock() + SECONDS_A_HOST
            yield
        finally:
            self._slots.release()
