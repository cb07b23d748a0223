"""Who has said something in public or to the bot of late: kept in mind, then with the students
and with those who are at a hackathon.
"""

from datetime import datetime, timedelta

from gsocbot.bot.rooms import Rooms
from gsocbot.config import ChannelRole
from gsocbot.store import hackathon_seen
from gsocbot.store.books import Books
from gsocbot.store.private import seen
from gsocbot.talk import Heard

MOST = 5000
"""Beyond this many people between two ticks those who spoke first are not noted."""
EXACT = timedelta(minutes=1)
"""Who was noted less than this ago need not be again; every line of every channel comes by."""


class Sightings:
    """When whom was last heard. `take` is called from the loop for every line, `keep` is not."""

    def __init__(self, rooms: Rooms) -> None:
        self._rooms = rooms
        self._heard: dict[tuple[str, str], datetime] = {}
        self._kept: dict[tuple[str, str], datetime] = {}

    def take(self, heard: Heard) -> None:
        """Note who says a line in a public channel or in private; it touches only memory."""
        if heard.account is None or heard.relay is not None:
            return
        who = (heard.network, heard.account)
        noted = self._heard.get(who)
        if noted is not None and heard.at - noted < EXACT:
            return
        if heard.channel is not None:
            room = self._rooms.at(heard.network, heard.channel)
            if room is None or room.role is not ChannelRole.PUBLIC:
                return
        self._heard.pop(who, None)
        if len(self._heard) >= MOST:
            self._heard.pop(next(iter(self._heard)), None)
        self._heard[who] = heard.at

    def keep(self, books: Books) -> None:
        """Put it with those whom it is of use for; what is said meanwhile waits for next time."""
        self._kept = dict(self._heard)
        for season in self._rooms.seasons if self._kept else ():
            seen.keep(books, season, self._kept)
            hackathon_seen.keep(books, season, self._kept)

    def forget(self) -> None:
        """Forget what was kept, once it is committed."""
        for who, at in self._kept.items():
            if self._heard.get(who) == at:
                self._heard.pop(who, None)
