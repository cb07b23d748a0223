"""What becomes of our own lines: a PING behind a line is its receipt, a numeric its refusal."""

import asyncio
import random
from collections.abc import Callable

from irc.client import Event
from irc.events import codes

from gsocbot.irc.names import Fold
from gsocbot.talk import Gone

REFUSALS = ("401", "403", "404", "442", "477")
"""What a server says of a line that it does not pass on."""


class Receipts:
    """The receipts of one connection. `send` sends a line, `fold` folds a name."""

    def __init__(self, send: Callable[[str], object], fold: Fold) -> None:
        self._send = send
        self.fold = fold
        self._pongs: dict[str, asyncio.Future[None]] = {}
        self._awaited: set[str] = set()
        self._refused: dict[str, str] = {}

    def expect(self, target: str) -> None:
        """From now on notice whether the server refuses what goes to a target."""
        self._awaited.add(self.fold(target))

    async def of(self, target: str, patience: float) -> str | None:
        """Wait until the server has worked on all that was sent; the numeric if it refused.

        A server works on a connection's lines in order, so the PONG to our PING is the proof.
        Raises Gone when the connection ends, or no answer comes within `patience` seconds.
        """
        token = f"gsocbot-{random.getrandbits(64):016x}"
        pong = self._pongs.setdefault(token, asyncio.get_running_loop().create_future())
        self._send(f"PING :{token}")
        folded = self.fold(target)
        try:
            async with asyncio.timeout(patience):
                await pong
            return self._refused.get(folded)
        except TimeoutError as error:
            raise Gone("the server does not answer") from error
        finally:
            self._pongs.pop(token, None)
            self._awaited.discard(folded)
            self._refused.pop(folded, None)

    def end(self) -> None:
        """The connection has ended: no receipt comes any more."""
        for pong in self._pongs.values():
            if not pong.done():
                pong.set_exception(Gone("the connection ended"))
                pong.exception()

    # --- what the server tells

    def on_pong(self, event: Event) -> None:
        """The server has worked on everything before that PING."""
        pong = self._pongs.get([event.target, *event.arguments][-1])
        if pong is not None and not pong.done():
            pong.set_result(None)

    def on_refusal(self, event: Event) -> None:
        """The server did not pass a line on."""
        target = self.fold(event.arguments[0]) if event.arguments else ""
        if target in self._awaited:
            self._refused[target] = codes[event.type]
