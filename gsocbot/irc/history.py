"""What a channel remembers of our own lines, where the server keeps a history and shows it.

It is asked for (draft/chathistory, https://ircv3.net/specs/extensions/chathistory), or comes by
itself when the channel is joined; both are batches of the type chathistory
(https://ircv3.net/specs/batches/chathistory).
"""

import asyncio
from collections.abc import Callable, Set
from contextlib import suppress
from dataclasses import dataclass, field
from datetime import datetime, timedelta

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
    """What was shown of a channel: our lines, each with its moment, and the oldest of anybody's."""

    channel: str
    ours: list[tuple[datetime, str]] = field(default_factory=list)
    oldest: datetime | None = None


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
        self._shown: dict[str, list[_Batch]] = {}
        self._asked: dict[str, asyncio.Future[None]] = {}

    def remembers(self, channel: str) -> bool:
        """Whether what is said in a channel can be found again later."""
        return CAP in self._caps or self._presence.fold(channel) in self._shown

    async def recall(self, channel: str, since: datetime, patience: float) -> Recalled:
        """What we have said in a channel since a moment, as far as the server tells.

        It is all if something older was shown too: a channel may remember less than is asked for.
        """
        folded = self._presence.fold(channel)
        if CAP in self._caps:
            self._asked[folded] = asyncio.get_running_loop().create_future()
            most = min(self._connection.most("chathistory", MOST_LINES), MOST_LINES)
            self._send(join("CHATHISTORY", "LATEST", channel, "*", str(most)))
            try:
                with suppress(TimeoutError):
                    async with asyncio.timeout(patience):
                        await self._asked[folded]
            finally:
                del self._asked[folded]
        batches = self._shown.get(folded, [])
        from_then = since - SKEW
        texts = {text for batch in batches for at, text in batch.ours if at >= from_then}
        whole = any(batch.oldest and batch.oldest < from_then for batch in batches[-1:])
        return Recalled(frozenset(texts), whole=whole and CAP in self._caps)

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
            self._shown[batch.channel] = [*self._shown.get(batch.channel, [])[-1:], batch]
            asked = self._asked.get(batch.channel)
            if asked is not None and not asked.done():
                asked.set_result(None)

    def on_fail(self, event: Event) -> None:
        """The server does not show what it was asked for (standard-replies)."""
        if (event.target or "").upper() == "CHATHISTORY":
            self.end()

    def _on_line(self, event: Event) -> None:
        if not (self._open and event.tags):
            return
        tags = tags_of(event)
        batch = self._open.get(tags.get("batch", ""))
        at = _moment(tags.get("time", ""))
        if batch is not None and at is not None:
            batch.oldest = min(batch.oldest or at, at)
            if self._is_ours(event.source.nick, tags.get("account", "")):
                batch.ours.append((at, event.arguments[0]))

    def _is_ours(self, nick: str, account: str) -> bool:
        fold = self._presence.fold
        ours = {fold(name) for name in self._names}
        return fold(nick) in ours or self._presence.is_me(nick) or fold(account) in ours

    on_pubmsg = on_privmsg = on_pubnotice = on_privnotice = on_action = _on_line


def _moment(text: str) -> datetime | None:
    """When a line was said (server-time, https://ircv3.net/specs/extensions/server-time)."""
    try:
        at = datetime.fromisoformat(text)
    except ValueError:
        return None
    return at if at.tzinfo else None
