"""The topics of the bot's channels: what they are, whether it may set them, and how."""

from collections.abc import Callable

from irc.client import Event

from gsocbot.irc.message import join
from gsocbot.irc.outgoing import pieces, room_for
from gsocbot.irc.presence import Presence
from gsocbot.irc.wire import Connection
from gsocbot.talk import Topic

LOCK = "t"
"""In a channel with this mode operators alone set the topic."""

MODELESS = "+"
"""A channel whose name begins so has no modes but that one (RFC 2811, 2.1)."""


class Topics:
    """The topics on one connection, as the server tells of them. `send` sends a line."""

    def __init__(
        self, connection: Connection, presence: Presence, send: Callable[[str], object]
    ) -> None:
        self._connection = connection
        self._presence = presence
        self._send = send
        self._texts: dict[str, str] = {}
        self._locked: dict[str, bool] = {}

    def of(self, channel: str) -> Topic | None:
        """The topic of a channel, empty where there is none.

        None before the server has told, be it what the topic is or who may set it.
        """
        presence, folded = self._presence, self._presence.fold(channel)
        text, is_locked = self._texts.get(folded), self._locked.get(folded)
        is_op = presence.people.is_op(self._connection.real_nickname, channel)
        if text is None or not presence.is_in(channel) or (is_locked is None and not is_op):
            return None
        return Topic(text, settable=is_op or not is_locked)

    def line(self, channel: str, text: str) -> str:
        """The line that sets a topic, cut to what the server keeps (TOPICLEN) and passes on.

        Raises ValueError for what is no name of a channel.
        """
        room = room_for("TOPIC", channel, self._presence.prefix)
        most = min(room, self._connection.most("topiclen", room))
        return join("TOPIC", channel, next(pieces(text, most)))

    # --- what the server tells

    def on_join(self, event: Event) -> None:
        """The bot is in; what was told of an earlier stay counts no longer."""
        presence, channel = self._presence, event.target
        if presence.is_me(event.source.nick):
            self._texts.pop(presence.fold(channel), None)
            self._locked.pop(presence.fold(channel), None)
            if channel.startswith(MODELESS):
                self._lock(channel, on=True)
            elif presence.is_wanted(channel):
                self._send(f"MODE {channel}")

    def on_332(self, event: Event) -> None:
        """The topic (RPL_TOPIC)."""
        if len(event.arguments) > 1:
            self._told(event.arguments[0], event.arguments[1])

    def on_331(self, event: Event) -> None:
        """There is no topic (RPL_NOTOPIC)."""
        self._told("".join(event.arguments[:1]), "")

    def on_topic(self, event: Event) -> None:
        """Somebody has set the topic, or taken it away."""
        self._told(event.target or "", "".join(event.arguments[:1]))

    def on_366(self, event: Event) -> None:
        """Everybody is named (RPL_ENDOFNAMES): a topic would have come before that."""
        if event.arguments and self._presence.fold(event.arguments[0]) not in self._texts:
            self._told(event.arguments[0], "")

    def on_324(self, event: Event) -> None:
        """The modes of a channel, all that are set (RPL_CHANNELMODEIS)."""
        self.on_366(event)
        if event.arguments:
            changes = self._presence.modes.changes(event.arguments[1:])
            is_locked = any(change.letter == LOCK for change in changes)
            self._lock(event.arguments[0], on=is_locked)

    def on_mode(self, event: Event) -> None:
        """Some modes of a channel are others from now on."""
        for change in self._presence.modes.changes(event.arguments):
            if change.letter == LOCK:
                self._lock(event.target or "", on=change.on)

    def _told(self, channel: str, text: str) -> None:
        if self._presence.is_in(channel):
            self._texts[self._presence.fold(channel)] = text

    def _lock(self, channel: str, *, on: bool) -> None:
        if self._presence.is_in(channel):
            self._locked[self._presence.fold(channel)] = on
