"""Asking the server whose account somebody has, where it does not say so with each line."""

import asyncio
from collections.abc import Callable

from irc.client import Event

from gsocbot.irc.presence import Presence

PATIENCE = 10.0
MOST_ASKED = 10
"""So many questions may be open; whoever comes then counts as a stranger, for we must not flood."""


class Whois:
    """The questions of one connection. `send` sends a line.

    A 307 ("is a registered nick") counts only where `nick_is_account`; elsewhere the nick of
    somebody may belong to an account of another name.
    """

    def __init__(
        self, presence: Presence, send: Callable[[str], object], *, nick_is_account: bool
    ) -> None:
        self._presence = presence
        self._send = send
        self._nick_is_account = nick_is_account
        self._asked: dict[str, asyncio.Future[str | None]] = {}
        self._told: dict[str, str] = {}
        self._hosts: dict[str, str] = {}

    async def account(self, nick: str, host: str = "") -> str | None:
        """The account of somebody just now; None for a stranger, and where no answer comes.

        Whoever has the nick but comes from another host is somebody else.
        """
        folded = self._presence.fold(nick)
        answer = self._asked.get(folded)
        if answer is None:
            if len(self._asked) >= MOST_ASKED:
                return None
            answer = self._asked[folded] = asyncio.get_running_loop().create_future()
            self._hosts[folded] = host
            self._send(f"WHOIS {nick}")
        done, _ = await asyncio.wait([answer], timeout=PATIENCE)
        if not done:
            self._settle(folded, None)
        return answer.result()

    def end(self) -> None:
        """The connection has ended: no answer comes any more."""
        for folded in list(self._asked):
            self._settle(folded, None)

    def _settle(self, folded: str, account: str | None) -> None:
        answer = self._asked.pop(folded, None)
        self._told.pop(folded, None)
        self._hosts.pop(folded, None)
        if answer is not None and not answer.done():
            answer.set_result(account)

    # --- what the server tells

    def on_311(self, event: Event) -> None:
        """Where somebody comes from (RPL_WHOISUSER)."""
        if len(event.arguments) >= 3:
            folded = self._presence.fold(event.arguments[0])
            if self._hosts.get(folded) not in {None, "", event.arguments[2]}:
                self._settle(folded, None)

    def on_330(self, event: Event) -> None:
        """The account that somebody is logged in to (RPL_WHOISACCOUNT)."""
        if len(event.arguments) >= 2:
            folded = self._presence.fold(event.arguments[0])
            if folded in self._asked:
                self._told[folded] = event.arguments[1]

    def on_307(self, event: Event) -> None:
        """Somebody has identified for the nick they wear (RPL_WHOISREGNICK)."""
        if self._nick_is_account and event.arguments:
            folded = self._presence.fold(event.arguments[0])
            if folded in self._asked:
                self._told.setdefault(folded, event.arguments[0])

    def on_318(self, event: Event) -> None:
        """That was all about somebody (RPL_ENDOFWHOIS)."""
        if event.arguments:
            folded = self._presence.fold(event.arguments[0])
            account = self._presence.people.real(self._told.get(folded, ""))
            if folded in self._asked:
                self._presence.people.asked(event.arguments[0], account)
            self._settle(folded, account)

    def on_401(self, event: Event) -> None:
        """There is nobody of that nick."""
        if event.arguments:
            self._settle(self._presence.fold(event.arguments[0]), None)

    def on_nick(self, event: Event) -> None:
        """Who is called otherwise in between is not whom we asked about."""
        self._settle(self._presence.fold(event.source.nick), None)
        self._settle(self._presence.fold(event.target), None)

    def on_quit(self, event: Event) -> None:
        """Who has left needs no answer."""
        self._settle(self._presence.fold(event.source.nick), None)
