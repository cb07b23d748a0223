"""Getting into the bot's channels and back in, without hammering at their doors."""

from collections.abc import Callable
from dataclasses import dataclass

from irc.client import Event
from irc.events import codes

from gsocbot.config import Channel
from gsocbot.irc.presence import Presence
from gsocbot.irc.times import Times

REASONS = {
    "403": "there is no such channel",
    "405": "I am in too many channels",
    "437": "it is not to be had just now",
    "471": "it is full",
    "473": "it is by invitation only",
    "474": "I am banned",
    "475": "it has another key",
    "476": "its name is no good here",
    "477": "it wants a login",
    "489": "it wants TLS",
    "520": "it is for others",
}
"""Why a server does not let somebody into a channel."""


@dataclass(slots=True)
class _Door:
    """How it went with one channel so far; moments are the loop's."""

    next_at: float
    tries: int = 0
    joined_at: float | None = None


class Rooms:
    """The channels that the bot is to be in, on one connection.

    `send` sends a line, `clock` is the loop's; `troubled` is told of a channel that the bot is
    kept out of, in what way, and in words. `tick` is to be called every few seconds.
    """

    def __init__(
        self,
        presence: Presence,
        channels: dict[str, Channel],
        send: Callable[[str], object],
        clock: Callable[[], float],
        times: Times,
        troubled: Callable[[str, str, str], object],
    ) -> None:
        self._presence = presence
        self._channels = dict(channels)
        self._send = send
        self._clock = clock
        self._times = times
        self._troubled = troubled
        self._doors = {name: _Door(clock()) for name in channels}

    def tick(self) -> None:
        """Join what is not joined and has waited long enough."""
        for name, door in self._doors.items():
            if not self._presence.is_in(name) and self._clock() >= door.next_at:
                self._knock(name, door)

    def enter(self, channel: str) -> None:
        """Join a channel now: somebody who may has invited the bot."""
        name = self._name(channel)
        if name is None:
            name = channel
            self._channels[name] = Channel(season="")
        self._knock(name, self._doors.setdefault(name, _Door(self._clock())))

    def _knock(self, name: str, door: _Door) -> None:
        key = self._channels[name].key
        self._send(f"JOIN {name} {key}".rstrip(" "))
        self._wait(door)

    def _wait(self, door: _Door) -> None:
        """The next try comes later than the last one did: 5 s, 10 s, up to 5 minutes."""
        delay = min(self._times.longest_delay, self._times.rejoin * 2**door.tries)
        door.next_at = self._clock() + delay
        door.tries = min(door.tries + 1, 16)

    def _name(self, channel: str) -> str | None:
        """A channel as the config has it; None for one that is not ours."""
        fold = self._presence.fold
        return next((name for name in self._doors if fold(name) == fold(channel)), None)

    # --- what the server tells

    def on_join(self, event: Event) -> None:
        """The bot is in; out of a channel that it did not ask for it goes again."""
        if not self._presence.is_me(event.source.nick):
            return
        name = self._name(event.target)
        if name is None:
            self._send(f"PART {event.target}")
        else:
            self._doors[name].joined_at = self._clock()

    def on_kick(self, event: Event) -> None:
        """Somebody was made to leave; if it was the bot, it comes back after a while."""
        if event.arguments and self._presence.is_me(event.arguments[0]):
            why = f": {event.arguments[1]}" if len(event.arguments) > 1 else ""
            self._out(event.target, f"{_by(event)} has kicked me out of {event.target}{why}")

    def on_part(self, event: Event) -> None:
        """Somebody left; the bot does so only when it is made to."""
        if self._presence.is_me(event.source.nick):
            self._out(event.target, f"I was made to leave {event.target}")

    def _out(self, channel: str, what: str) -> None:
        name = self._name(channel)
        if name is None:
            return
        door = self._doors[name]
        if door.joined_at is not None and self._clock() - door.joined_at > self._times.steady:
            door.tries = 0
        door.joined_at = None
        self._wait(door)
        self._troubled(name, "out", what)

    def on_refusal(self, event: Event) -> None:
        """The bot is not let in."""
        number = codes.get(event.type, event.type)
        name = self._name(event.arguments[0]) if event.arguments else None
        if name is not None and not self._presence.is_in(name):
            self._troubled(name, "door", f"I am not let into {name}: {REASONS[number]}")

    def on_470(self, event: Event) -> None:
        """The bot is sent to another channel instead (ERR_LINKCHANNEL)."""
        name = self._name(event.arguments[0]) if len(event.arguments) > 1 else None
        if name is not None:
            self._troubled(
                name, "door", f"I am not let into {name} but sent to {event.arguments[1]}"
            )

    def on_404(self, event: Event) -> None:
        """The bot may not speak where it is."""
        name = self._name(event.arguments[0]) if event.arguments else None
        if name is not None and self._presence.is_in(name):
            why = f": {event.arguments[-1]}" if len(event.arguments) > 1 else ""
            self._troubled(name, "mute", f"I cannot speak in {name}{why}")


def _by(event: Event) -> str:
    return event.source.nick if event.source else "somebody"
