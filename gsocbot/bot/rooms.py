"""The channels that the config names, and the seasons that are spoken of in them."""

from collections.abc import Sequence
from dataclasses import dataclass

from gsocbot.config import ChannelRole, Config
from gsocbot.talk import Heard

Place = tuple[str, str]
"""A network, and a channel in small letters."""


@dataclass(frozen=True, slots=True)
class Room:
    """What the config says of a channel."""

    season: str
    role: ChannelRole
    prefix: str
    faq_words: bool = False


class Rooms:
    """All channels of all networks."""

    def __init__(self, config: Config) -> None:
        self.seasons: Sequence[str] = tuple(config.season)
        self._rooms = {
            (name, channel.lower()): Room(
                settings.season, settings.role, settings.prefix, settings.faq_words
            )
            for name, network in config.network.items()
            for channel, settings in network.channels.items()
        }

    def at(self, network: str, channel: str | None) -> Room | None:
        """The channel of this name, None in private and for one that the config does not name."""
        return self._rooms.get((network, channel.lower())) if channel else None

    def of(self, season: str, role: ChannelRole) -> list[Place]:
        """A season's channels of one role."""
        found = self._rooms.items()
        return [place for place, room in found if (room.season, room.role) == (season, role)]

    def networks(self, season: str) -> list[str]:
        """The networks that a season is on."""
        found = (network for (network, _), room in self._rooms.items() if room.season == season)
        return list(dict.fromkeys(found))

    def prefix(self, network: str, channel: str | None) -> str:
        """What commands begin with there."""
        room = self.at(network, channel)
        return room.prefix if room else "!"

    def choices(self, heard: Heard) -> Sequence[str]:
        """The seasons that a line can be about: its channel's, or those of shared channels."""
        if heard.channel is not None:
            room = self.at(heard.network, heard.channel)
            return (room.season,) if room else self.seasons
        rooms = (self.at(heard.network, channel) for channel in heard.shared)
        return tuple(dict.fromkeys(room.season for room in rooms if room)) or self.seasons
