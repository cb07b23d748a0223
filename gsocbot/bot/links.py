"""The links of all seasons: which are due, and what becomes of what came of asking for them."""

from collections.abc import Mapping, Sequence
from datetime import datetime

from gsocbot.bot.rooms import Rooms
from gsocbot.config import ChannelRole
from gsocbot.render.addresses import IDEAS, Addresses
from gsocbot.rules.faq import FaqText
from gsocbot.rules.links import Link, Verdict
from gsocbot.store import audit, link_notes, links
from gsocbot.store.books import Books
from gsocbot.store.store import Store

AT_ONCE = 50
WITNESSES = 3


class Links:
    """What the program that asks for links is told and tells."""

    def __init__(
        self, store: Store, rooms: Rooms, base_url: str, faq: Mapping[str, Sequence[FaqText]]
    ) -> None:
        self._store = store
        self._rooms = rooms
        self._base_url = base_url
        self._faq = faq
        self._gathered: dict[str, tuple[int, list[Link]]] = {}

    def due(self, now: datetime) -> list[str]:
        """The links that are to be asked for, a few of all seasons, each once."""
        with self._store.transaction(writing=False) as books:
            found = [
                url
                for season in self._rooms.seasons
                for url in links.due(books, season, self.of(books, season), now)
            ]
        return list(dict.fromkeys(found))[:AT_ONCE]

    def known(self) -> list[str]:
        """A few links that were there when they were last asked for."""
        with self._store.transaction(writing=False) as books:
            found = [u for s in self._rooms.seasons for u in links.witnesses(books, s, WITNESSES)]
        return list(dict.fromkeys(found))[:WITNESSES]

    def asked(self, verdicts: Sequence[Verdict], now: datetime) -> None:
        """Keep what came of asking for links, and have people told of what is dead."""
        with self._store.transaction(writing=True) as books:
            for season in self._rooms.seasons:
                found = self.of(books, season)
                told = links.keep(books, season, found, verdicts, now)
                organisers = self._rooms.of(season, ChannelRole.ORGANISERS)
                networks = self._rooms.networks(season)
                link_notes.tell(books, season, found, told, organisers, networks, now)

    def of(self, books: Books, season: str) -> list[Link]:
        """All links of a season that everybody can see; looked for again when it has changed."""
        changes = audit.newest(books)
        then, found = self._gathered.get(season, (None, []))
        if then != changes:
            page = Addresses(self._base_url, season).page(IDEAS)
            found = links.of_season(books, season, page, self._faq.get(season, ()))
            self._gathered[season] = changes, found
        return found
