"""Taking turns with other bots that use the same store."""

import asyncio
import logging
from collections.abc import Collection

from sqlalchemy.exc import DBAPIError

from gsocbot.store.holding import Holding
from gsocbot.store.thread import DatabaseThread

log = logging.getLogger(__name__)


class Turns:
    """Asks in a thread of its own, for a store that is silent is asked for long."""

    def __init__(self, url: str) -> None:
        self._holding = Holding(url)
        self._thread = DatabaseThread(asyncio.get_running_loop())

    @property
    def are_taken(self) -> bool:
        """Whether other bots may be using this store."""
        return self._holding.shared

    async def ours(self, networks: Collection[str]) -> set[str] | None:
        """Those of these networks on which it is our turn to speak.

        None while the store cannot be asked: then all stays as it is, for no other bot can take
        anything either.
        """
        try:
            return await self._thread.run(lambda: self._holding.hold(networks))
        except DBAPIError as error:
            log.debug("it cannot be seen whose turn it is: %s", error.orig)
            return None

    def end(self) -> None:
        """Let the others have their turn."""
        self._thread.submit(self._holding.close)
        self._thread.close()
