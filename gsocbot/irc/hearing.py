"""What people say, as the house hears it: who, by which account, where; no bots, no history."""

import asyncio
from collections.abc import Callable, Set
from datetime import datetime

from irc.client import Event

from gsocbot.irc.presence import Presence
from gsocbot.irc.wire import Connection, tags_of
from gsocbot.talk import Heard, Say

CTCP_PER_MINUTE = 3


class Hearing:
    """The ears of one connection: `hear` is called for every line that somebody says.

    `registered` tells whether the server has let us in, `caps` which capabilities it granted;
    `reply` says what a client program asks for; `clock` gives aware moments.
    """

    def __init__(
        self,
        network: str,
        connection: Connection,
        presence: Presence,
        *,
        registered: Callable[[], bool],
        caps: Set[str],
        hear: Callable[[Heard], None],
        reply: Callable[[Say], object],
        clock: Callable[[], datetime],
    ) -> None:
        self._network = network
        self._connection = connection
        self._presence = presence
        self._registered = registered
        self._caps = caps
        self._hear = hear
        self._reply = reply
        self._clock = clock
        self._history: set[str] = set()
        self._ctcps: list[float] = []

    def on_pubmsg(self, event: Event) -> None:
        """Somebody says a line in a channel."""
        self._said(event, event.target)

    def on_privmsg(self, event: Event) -> None:
        """Somebody says a line in private."""
        self._said(event, None)

    def on_action(self, event: Event) -> None:
        """Somebody does something (/me)."""
        in_channel = event.target[:1] in self._connection.channel_types
        self._said(event, event.target if in_channel else None, action=True)

    def _is_from_a_person(self, event: Event, tags: dict[str, str]) -> bool:
        """Whether somebody says it just now: no server, no bot, not ourselves, no history."""
        return not (
            not self._registered()
            or "!" not in event.source
            or self._presence.is_me(event.source.nick)
            or "bot" in tags
            or tags.get("batch") in self._history
        )

    def _said(self, event: Event, channel: str | None, *, action: bool = False) -> None:
        tags = tags_of(event) if event.tags else {}
        if not self._is_from_a_person(event, tags):
            return
        nick, presence = event.source.nick, self._presence
        shared = presence.people.channels(nick) if channel is None else ()
        self._hear(
            Heard(
                network=self._network,
                nick=nick,
                account=self._account(nick, tags),
                channel=presence.named(channel) if channel else None,
                text=event.arguments[0],
                at=self._clock(),
                me=self._connection.real_nickname,
                action=action,
                shared=tuple(map(presence.named, shared)),
            )
        )

    def _account(self, nick: str, tags: dict[str, str]) -> str | None:
        """The account of this very line where the server says it with each; else as last told.

        What was told holds only where the server also tells when it ends. Where it tells
        nothing, a one-time code stands for a login.
        """
        caps, people = self._caps, self._presence.people
        if "account-tag" in caps:
            told = people.real(tags.get("account", ""))
        else:
            told = people.account(nick) if "account-notify" in caps else None
        return told or people.granted(nick)

    def on_batch(self, event: Event) -> None:
        """A batch begins or ends; what is in a batch of history was said before."""
        reference = event.target or ""
        if reference.startswith("+") and event.arguments[:1] == ["chathistory"]:
            self._history.add(reference[1:])
        elif reference.startswith("-"):
            self._history.discard(reference[1:])

    def on_ctcp(self, event: Event) -> None:
        """Somebody's client asks; it is answered three times a minute."""
        if not self._is_from_a_person(event, tags_of(event)):
            return
        now = asyncio.get_running_loop().time()
        self._ctcps = [t for t in self._ctcps if now - t < 60]
        word, _, rest = event.arguments[0].partition(" ")
        answers = {"VERSION": "gsocbot", "PING": rest[:100]}
        if word.upper() in answers and len(self._ctcps) < CTCP_PER_MINUTE:
            self._ctcps.append(now)
            text = f"\x01{word.upper()} {answers[word.upper()]}\x01"
            self._reply(Say(self._network, event.source.nick, text, notice=True))
