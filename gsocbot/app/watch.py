"""A store that goes away while the bot runs: told once, tried until it is back, told once more."""

import asyncio
import logging
from collections.abc import Callable

from gsocbot.schedule import Tick
from gsocbot.store.away import Away, why_away
from gsocbot.store.store import Store
from gsocbot.store.thread import DatabaseThread

log = logging.getLogger(__name__)

BUSY_SECONDS = 5.0
"""A store that others hold for less is no news: whoever asked has been answered."""
QUIET_SECONDS = 600.0
"""Organisers hear no more often than this of a store that comes and goes."""

CANNOT = "I cannot save anything just now: {}. I go on trying; whoever runs me can look at my log."
DAMAGED = (
    "My store is damaged, and I keep nothing more. Whoever runs me: gsocbot db check, and then"
    " gsocbot db restore FILE"
)
CAN = "I can save again."


class StoreWatch:
    """Watches the store of a running bot.

    `tell` says a line to the organisers; `time` is the loop's.
    """

    def __init__(
        self,
        store: Store,
        thread: DatabaseThread,
        tell: Callable[[str], object],
        time: Callable[[], float],
    ) -> None:
        self._store = store
        self._thread = thread
        self._tell = tell
        self._time = time
        self._since: float | None = None
        self._trying = False
        self._logged = False
        self._damaged = False
        self._told: float | None = None
        self._untold = True
        store.health.watched = True

    async def look(self) -> None:
        """See how the store is; to be called every second."""
        why = self._store.health.why
        if why is None:
            if self._since is not None:
                self._over()
            return
        if self._since is None:
            self._since = self._time()
        is_news = why is not Away.BUSY or self._lasts >= BUSY_SECONDS
        if (is_news and not self._logged) or (why is Away.DAMAGED and not self._damaged):
            self._begin(why)
        if not self._trying:
            self._trying = True
            self._thread.submit(self._store.try_to_write).add_done_callback(self._tried)

    def _tried(self, done: "asyncio.Future[None]") -> None:
        self._trying = False
        if not done.cancelled() and (error := done.exception()) and why_away(error) is None:
            log.error("the store could not be tried", exc_info=error)

    @property
    def _lasts(self) -> float:
        return self._time() - (self._since or self._time())

    def _begin(self, why: Away) -> None:
        log.error("the store cannot be used, and is tried again: %s", self._store.health.what)
        self._logged = True
        self._damaged = why is Away.DAMAGED
        lately = self._told is not None and self._time() - self._told < QUIET_SECONDS
        self._untold = lately and not self._damaged
        if not self._untold:
            self._told = self._time()
            self._tell(DAMAGED if why is Away.DAMAGED else CANNOT.format(why))

    def _over(self) -> None:
        if self._logged:
            log.warning("the store can be used again, after %.0f s", self._lasts)
            if not self._untold:
                self._tell(CAN)
        self._since, self._logged, self._damaged = None, False, False

    def quietly(self, tick: Tick) -> Tick:
        """A tick that ends without a word when the store is away; it comes again."""

        async def without_a_word() -> None:
            try:
                await tick()
            except Exception as error:
                if why_away(error) is None:
                    raise

        return without_a_word
