"""What becomes of our own lines: a PING behind a line is its receipt, a numeric its refusal.

A server that answers labels and echoes messages shows even a refusal that has no numeric, such
as that of a NOTICE: then no echo has come by the time of the PONG.
"""

import asyncio
import random
from collections.abc import Callable, Set
from itertools import count

from irc.client import Event
from irc.events import codes

from gsocbot.irc.presence import Presence
from gsocbot.irc.wire import tags_of
from gsocbot.talk import Gone

REFUSALS = ("401", "403", "404", "442", "477", "716")
"""What a server says of a line that it does not pass on."""

ECHOING = frozenset({"labeled-response", "echo-message", "batch"})
"""With these a server shows each line of ours that it has passed on."""

NO_ECHO = "no echo"


class Receipts:
    """The receipts of one connection. `send` sends a line, `caps` are those that hold."""

    def __init__(self, send: Callable[[str], object], presence: Presence, caps: Set[str]) -> None:
        self._send = send
        self._presence = presence
        self._caps = caps
        self._numbers = count(1)
        self._pongs: dict[str, asyncio.Future[None]] = {}
        self._awaited: dict[str, str] = {}
        self._refused: dict[str, str] = {}
        self._batches: dict[str, str] = {}
        self._echoed: set[str] = set()

    def expect(self, target: str) -> dict[str, str]:
        """From now on notice what becomes of a line to a target; gives the tags to send with it."""
        label = f"g{next(self._numbers)}" if self._caps >= ECHOING else ""
        self._awaited[self._presence.fold(target)] = label
        return {"label": label} if label else {}

    async def of(self, target: str, patience: float) -> str | None:
        """Wait until the server has worked on all that was sent; why, if it passed nothing on.

        A server works on a connection's lines in order, so the PONG to our PING is the proof.
        Raises Gone when the connection ends, or no answer comes within `patience` seconds.
        """
        token = f"gsocbot-{random.getrandbits(64):016x}"
        pong = self._pongs.setdefault(token, asyncio.get_running_loop().create_future())
        self._send(f"PING :{token}")
        folded = self._presence.fold(target)
        label = self._awaited.get(folded, "")
        try:
            async with asyncio.timeout(patience):
                await pong
            if label in self._echoed:
                return None
            return self._refused.get(folded, NO_ECHO if label else None)
        except TimeoutError as error:
            raise Gone("the server does not answer") from error
        finally:
            self._pongs.pop(token, None)
            self._awaited.pop(folded, None)
            self._refused.pop(folded, None)
            self._echoed.discard(label)

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
        target = self._presence.fold(event.arguments[0]) if event.arguments else ""
        if target in self._awaited:
            self._refused[target] = codes.get(event.type, event.type)

    def on_batch(self, event: Event) -> None:
        """An answer in several lines: the label stands on the first, the others name the batch."""
        reference, label = event.target or "", tags_of(event).get("label", "")
        if reference.startswith("+") and label and label in self._awaited.values():
            self._batches[reference[1:]] = label
        elif reference.startswith("-"):
            self._batches.pop(reference[1:], None)

    def _on_own_line(self, event: Event) -> None:
        """Our own line comes back: it was passed on."""
        if self._awaited and event.tags and self._presence.is_me(event.source.nick):
            tags = tags_of(event)
            label = tags.get("label") or self._batches.get(tags.get("batch", ""), "")
            if label and label in self._awaited.values():
                self._echoed.add(label)

    on_pubmsg = on_privmsg = on_pubnotice = on_privnotice = _on_own_line
