"""The links of all seasons: which are due, and what becomes of what came of asking for them."""

from collections.abc import Mapping, Sequence
from datetime import datetime

from gsocbot.bot.rooms import Rooms
from gsocbot.config import ChannelRole
from gsocbot.render.addresses import IDEAS, Addresses
from gsocbot.rules.checklists import Checklist
from gsocbot.rules.faq import FaqText
from gsocbot.rules.links import Link, Verdict
from gsocbot.store import audit, link_notes, links, seasons
from gsocbot.store.books import Books
from gsocbot.store.private import checklist_letters, progress
from gsocbot.store.store import Store

AT_ONCE = 50
WITNESSES = 3


class Links:
    """What the program that asks for links is told and tells."""

    def __init__(
        self,
        store: Store,
        rooms: Rooms,
        base_url: str,
        faq: Mapping[str, Sequence[FaqText]],
        checklists: Mapping[str, Sequence[Checklist]],
    ) -> None:
        self._store = store
        self._rooms = rooms
        self._base_url = base_url
        self._faq = faq
        self._checklists = checklists
        self._gathered: dict[str, tuple[int, list[Link]]] = {}

    def due(self, now: datetime) -> list[str]:
        """The links that are to be asked for, a few of all seasons, each once."""
        with self._store.transaction(writing=False) as books:
            found = [
                url
                for season in self._rooms.seasons
                if not seasons.is_closed(books, season)
                for url in links.due(books, season, self._asked_for(books, season), now)
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
                if seasons.is_closed(books, season):
                    continue
                found = self.of(books, season)
                told = links.keep(books, season, self._asked_for(books, season), verdicts, now)
                organisers = self._rooms.of(season, ChannelRole.ORGANISERS)
                networks = self._rooms.networks(season)
                link_notes.tell(books, season, found, told, organisers, networks, now)
                lists = self._checklists.get(season, ())
                checklist_letters.plan(books, season, lists, now)

    def _asked_for(self, books: Books, season: str) -> list[Link]:
        """All of a season's links, with those that only whoever gave them hears of."""
        public = self.of(books, season)
        known = {link.url for link in public}
        return [*public, *(x for x in progress.links(books, season) if x.url not in known)]

    def of(self, books: Books, season: str) -> list[Link]:
        """All links of a season that everybody can see; looked for again when it has changed."""
        changes = audit.newest(books)
        then, found = self._gathered.get(season, (None, []))
        if then != changes:
            page = Addresses(self._base_url, season).page(IDEAS)
            found = links.of_season(books, season, page, self._faq.get(season, ()))
            self._gathered[season] = changes, found
        return found
