"""What people say, as the house hears it: who, by which account, where; no bots, no history."""

import asyncio
import re
from collections.abc import Callable, Set
from datetime import datetime
from email.utils import format_datetime

from irc.client import Event

from gsocbot.config import Network
from gsocbot.irc.names import is_parameter, matches
from gsocbot.irc.presence import Presence
from gsocbot.irc.wire import Connection, tags_of
from gsocbot.render.lines import FORMATTING
from gsocbot.talk import Heard, Say

CTCP_PER_MINUTE = 3
SOURCE = "gsocbot is free software (Apache-2.0); ask !about"

RELAYED = re.compile(r"<([^<>\s][^<>]{0,60})>\s+(.+)", re.DOTALL)


class Hearing:
    """The ears of one connection: `hear` is called for every line that somebody says.

    `registered` tells whether the server has let us in, `caps` which capabilities it granted;
    `reply` says what a client program asks for; `invited` is told who invites the bot where, and
    `renamed` who is called otherwise now; `clock` gives aware moments.
    """

    def __init__(
        self,
        name: str,
        network: Network,
        connection: Connection,
        presence: Presence,
        *,
        registered: Callable[[], bool],
        caps: Set[str],
        hear: Callable[[Heard], object],
        reply: Callable[[Say], object],
        invited: Callable[[Heard, str], object],
        renamed: Callable[[str, str, str], object],
        clock: Callable[[], datetime],
    ) -> None:
        self._name = name
        self._relays = network.relays
        self._connection = connection
        self._presence = presence
        self._registered = registered
        self._caps = caps
        self._hear = hear
        self._reply = reply
        self._invited = invited
        self._renamed = renamed
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

    def on_invite(self, event: Event) -> None:
        """Somebody invites somebody to a channel (invite-notify shows others' invitations too)."""
        tags = tags_of(event)
        channel = event.arguments[0] if event.arguments else ""
        to_us = self._presence.is_me(event.target or "")
        if to_us and self._is_channel(channel) and self._is_from_a_person(event, tags):
            self._invited(self._heard(event, tags, None, f"INVITE {channel}"), channel)

    def on_nick(self, event: Event) -> None:
        """Somebody is called otherwise; the same nick in other letters is no other one."""
        old, new, presence = event.source.nick, event.target, self._presence
        is_new = presence.fold(old) != presence.fold(new) and not presence.is_me(new)
        if is_new and self._registered() and tags_of(event).get("batch") not in self._history:
            self._renamed(self._name, old, new)

    def _is_channel(self, name: str) -> bool:
        return name[:1] in self._connection.channel_types and is_parameter(name.replace(",", " "))

    def _is_from_a_person(self, event: Event, tags: dict[str, str]) -> bool:
        """Whether somebody says it just now: no server, no bot, not ourselves, no history."""
        return not (
            not self._registered()
            or "!" not in (event.source or "")
            or not event.source.nick
            or self._presence.is_me(event.source.nick)
            or "bot" in tags
            or tags.get("batch") in self._history
        )

    def _said(self, event: Event, channel: str | None, *, action: bool = False) -> None:
        tags = tags_of(event) if event.tags else {}
        if self._is_from_a_person(event, tags):
            heard = self._heard(event, tags, channel, event.arguments[0], action=action)
            self._hear(self._relayed(heard, event) if self._relays else heard)

    def _heard(
        self,
        event: Event,
        tags: dict[str, str],
        channel: str | None,
        text: str,
        *,
        action: bool = False,
    ) -> Heard:
        nick, presence = event.source.nick, self._presence
        account = self._account(nick, tags)
        shared = presence.people.channels(nick) if channel is None else ()
        return Heard(
            network=self._name,
            nick=nick,
            account=account,
            channel=presence.named(channel) if channel else None,
            text=text,
            at=self._clock(),
            me=self._connection.real_nickname,
            action=action,
            shared=tuple(map(presence.named, shared)),
            host=event.source.host,
            unsure=account is None and self._is_unsure(nick),
            op=channel is not None and presence.people.is_op(nick, channel),
            since=presence.since(channel) if channel else None,
        )

    def _relayed(self, heard: Heard, event: Event) -> Heard:
        """What a bridge passes on, as of the person on its other side, who has no account here."""
        fold = self._presence.fold
        source = str(event.source)
        if not any(
            matches(mask, source, fold) if "!" in mask else fold(mask) == fold(heard.nick)
            for mask in self._relays
        ):
            return heard
        said = RELAYED.fullmatch(FORMATTING.sub("", heard.text).strip())
        stranger = heard._replace(account=None, unsure=False, op=False)
        if heard.channel is None or said is None:
            return stranger
        return stranger._replace(nick="_".join(said[1].split()), text=said[2], relay=heard.nick)

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

    def _is_unsure(self, nick: str) -> bool:
        """Whether the server would tell more if it were asked."""
        if "account-tag" in self._caps:
            return False
        told = "account-notify" in self._caps and self._presence.people.is_known(nick)
        return not told

    def on_batch(self, event: Event) -> None:
        """A batch begins or ends; what is in a batch of history was said before."""
        reference = event.target or ""
        inside = tags_of(event).get("batch") in self._history
        if reference.startswith("+") and (event.arguments[:1] == ["chathistory"] or inside):
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
        answers = {
            "VERSION": "gsocbot",
            "PING": rest[:100],
            "TIME": format_datetime(self._clock()),
            "SOURCE": SOURCE,
        }
        if word.upper() in answers and len(self._ctcps) < CTCP_PER_MINUTE:
            self._ctcps.append(now)
            text = f"\x01{word.upper()} {answers[word.upper()]}\x01"
            self._reply(Say(self._name, event.source.nick, text, notice=True))
