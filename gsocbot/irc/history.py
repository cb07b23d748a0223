"""What a channel remembers of our own lines, where the server keeps a history and shows it.

It is asked for (draft/chathistory, https://ircv3.net/specs/extensions/chathistory), or comes by
itself when the channel is joined; both are batches of the type chathistory
(https://ircv3.net/specs/batches/chathistory).
"""

import asyncio
from collections.abc import Callable, Set
from contextlib import suppress
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta

from irc.client import Event

from gsocbot.irc.message import join
from gsocbot.irc.presence import Presence
from gsocbot.irc.wire import Connection, tags_of
from gsocbot.talk import Recalled

CAP = "draft/chathistory"
MOST_LINES = 100
SKEW = timedelta(minutes=2)
"""The server's clock may be so far behind ours."""


@dataclass(slots=True)
class _Batch:
    channel: str
    texts: set[str] = field(default_factory=set)
    count: int = 0


class History:
    """The memory of one connection's channels. `names` are our nicks and accounts, ever."""

    def __init__(
        self,
        connection: Connection,
        send: Callable[[str], object],
        presence: Presence,
        caps: Set[str],
        names: Set[str],
    ) -> None:
        self._connection = connection
        self._send = send
        self._presence = presence
        self._caps = caps
        self._names = names
        self._open: dict[str, _Batch] = {}
        self._shown: dict[str, set[str]] = {}
        self._asked: dict[str, asyncio.Future[_Batch | None]] = {}

    def remembers(self, channel: str) -> bool:
        """Whether what is said in a channel can be found again later."""
        return CAP in self._caps or self._presence.fold(channel) in self._shown

    async def recall(self, channel: str, since: datetime, patience: float) -> Recalled:
        """What we have said in a channel since a moment, as far as the server tells."""
        folded = self._presence.fold(channel)
        shown = frozenset(self._shown.get(folded, ()))
        if CAP not in self._caps:
            return Recalled(shown)
        most = min(self._connection.most("chathistory", MOST_LINES), MOST_LINES)
        self._asked[folded] = asyncio.get_running_loop().create_future()
        moment = (since - SKEW).astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%S.000Z")
        self._send(join("CHATHISTORY", "LATEST", channel, f"timestamp={moment}", str(most)))
        try:
            with suppress(TimeoutError):
                async with asyncio.timeout(patience):
                    found = await self._asked[folded]
                    if found is not None:
                        return Recalled(shown | found.texts, whole=found.count < most)
            return Recalled(shown)
        finally:
            del self._asked[folded]

    def end(self) -> None:
        """The connection has ended: nothing is shown any more."""
        for asked in self._asked.values():
            if not asked.done():
                asked.set_result(None)

    # --- what the server tells

    def on_batch(self, event: Event) -> None:
        """A batch of history begins or ends."""
        reference = event.target or ""
        if reference.startswith("+") and event.arguments[:1] == ["chathistory"]:
            channel = self._presence.fold("".join(event.arguments[1:2]))
            self._open[reference[1:]] = _Batch(channel)
        elif batch := self._open.pop(reference[1:], None):
            self._shown.setdefault(batch.channel, set()).update(batch.texts)
            asked = self._asked.get(batch.channel)
            if asked is not None and not asked.done():
                asked.set_result(batch)

    def on_fail(self, event: Event) -> None:
        """The server does not show what it was asked for (standard-replies)."""
        if (event.target or "").upper() == "CHATHISTORY":
            self.end()

    def _on_line(self, event: Event) -> None:
        if not (self._open and event.tags):
            return
        tags = tags_of(event)
        batch = self._open.get(tags.get("batch", ""))
        if batch is not None:
            batch.count += 1
            if self._is_ours(event.source.nick, tags.get("account", "")):
                batch.texts.add(event.arguments[0])

    def _is_ours(self, nick: str, account: str) -> bool:
        fold = self._presence.fold
        ours = {fold(name) for name in self._names}
        return fold(nick) in ours or self._presence.is_me(nick) or fold(account) in ours

    on_pubmsg = on_privmsg = on_pubnotice = on_privnotice = on_action = _on_line
