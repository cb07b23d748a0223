"""What time brings: lines are planned, sessions end, gaps are named; one transaction for a tick."""

import logging
from collections.abc import Mapping, Sequence
from datetime import date, datetime

from gsocbot.bot.logs import Logs
from gsocbot.bot.rooms import Rooms
from gsocbot.bot.sessions import Sessions
from gsocbot.bot.sightings import Sightings
from gsocbot.commands.memory import Memory
from gsocbot.config import ChannelRole, Config
from gsocbot.render.addresses import Addresses, hackathon_path
from gsocbot.rules.checklists import Checklist
from gsocbot.rules.digest import Wanted
from gsocbot.rules.retention import KEEP_DAYS
from gsocbot.store import (
    actions,
    digest,
    hackathon_planning,
    history,
    idea_notes,
    mentor_notes,
    missed,
    notes,
    office,
    own_reminders,
    poll_planning,
    questions,
    queue,
    seasons,
    unsaid,
)
from gsocbot.store import faq as faq_counts
from gsocbot.store.away import why_away
from gsocbot.store.books import Books
from gsocbot.store.planning import plan_season, plan_trouble
from gsocbot.store.plans import Plans
from gsocbot.store.private import (
    check_ins,
    checklist_letters,
    evaluation_letters,
    exporting,
    proposals,
    report_letters,
    retention,
)
from gsocbot.store.store import Store
from gsocbot.talk import Present, Say, Trouble

log = logging.getLogger(__name__)


class Ticks:
    """Plans what is due and notes what has happened. Used from the database thread."""

    def __init__(
        self,
        config: Config,
        store: Store,
        rooms: Rooms,
        logs: Logs,
        sessions: Sessions,
        memory: Memory,
        sightings: Sightings,
        checklists: Mapping[str, Sequence[Checklist]],
    ) -> None:
        self._store = store
        self._rooms = rooms
        self._logs = logs
        self._sessions = sessions
        self._memory = memory
        self._sightings = sightings
        self._checklists = checklists
        self._base_url = config.site.base_url
        self._mail = _wanted(config)
        self._keep_days = {key: one.keep_days for key, one in config.season.items()}
        self._plans = Plans()
        self._swept: date | None = None

    def tick(self, now: datetime) -> list[Say]:
        """Plan the lines that fall due, and end the sessions that nobody has ended.

        What is to be said at once, and is of no use later.
        """
        self._logs.keep()
        with self._store.transaction(writing=True) as books:
            faq_counts.keep_counts(books, self._memory.counts)
            self._sightings.keep(books)
            exporting.end(books, now)
            check_ins.end(books, now)
            stale, newest = self._plans.stale(books, self._rooms.seasons, now)
            for season in self._rooms.seasons:
                try:
                    with books.apart():
                        self._plan(books, season, now, anew=season in stale)
                except Exception as error:
                    if why_away(error):
                        raise
                    log.exception("season %s is not planned; the others are", season)
                    stale = [other for other in stale if other != season]
                    self._plans.failed(season)
            says = list(self._sessions.tick(books, now))
            self._sessions.look_ahead(books, now)
            more = self._swept != now.date() and history.forget(books, now)
            running = office.open_sessions(books)
        self._logs.see(running)
        self._plans.made(stale, newest, now)
        self._swept = None if more else now.date()
        self._memory.forget_counts()
        self._sightings.forget()
        return says

    def _plan(self, books: Books, season: str, now: datetime, *, anew: bool) -> None:
        """What a season has to say; all of it `anew`, or only what time alone brings."""
        if seasons.is_closed(books, season):
            if anew:
                poll_planning.tend(books, season, (), (), now)  # no line, but votes go
                retention.tend(books, season, self._keep_days.get(season, KEEP_DAYS), now)
            return
        public = self._rooms.of(season, ChannelRole.PUBLIC)
        organisers = self._rooms.of(season, ChannelRole.ORGANISERS)
        networks = self._rooms.networks(season)
        unsaid.tell(books, season, networks, organisers, now)
        poll_planning.tend(books, season, public, organisers, now)
        page = Addresses(self._base_url, season).page
        hackathon_planning.plan(books, season, public, lambda s: page(hackathon_path(s)), now)
        if anew:
            plan_season(books, season, public, organisers, now)
            idea_notes.plan(books, season, now)
            mentor_notes.plan(books, season, organisers, now)
            own_reminders.plan(books, season, now)
            actions.plan(books, season, now)
            proposals.plan(books, season, now)
            evaluation_letters.plan(books, season, organisers, now)
            report_letters.plan(books, season, now)
            checklist_letters.plan(books, season, self._checklists.get(season, ()), now)
        if self._mail is not None:
            if anew:
                digest.plan(books, season, self._mail.get(season), now)
            digest.tell(books, season, networks, organisers, now)
        questions.drop_wordless(books, season, now)
        missed.tell(books, season, networks, organisers, now)
        notes.remind(books, season, organisers, now)
        idea_notes.count(books, season, organisers, now)

    def listen(self, present: Mapping[str, Mapping[str, Present]], now: datetime) -> None:
        """Note up to when the logs of sessions have all that was said, and name what they lack."""
        self._logs.keep()
        with self._store.transaction(writing=True) as books:
            self._sessions.listen(books, present, now)

    def renamed(self, network: str, old: str, new: str, now: datetime) -> None:
        """Who waits without an account keeps their place under another nick."""
        with self._store.transaction(writing=False) as books:
            if not queue.of_stranger(books, network, old):
                return
        with self._store.transaction(writing=True) as books:
            queue.rename(books, network, old, new, now)

    def trouble(self, trouble: Trouble, now: datetime) -> None:
        """Have the organisers told of a channel that the bot is kept out of."""
        place = (trouble.network, trouble.channel)
        room = self._rooms.at(*place)
        if room is None:
            return
        told = [p for p in self._rooms.of(room.season, ChannelRole.ORGANISERS) if p != place]
        with self._store.transaction(writing=True) as books:
            plan_trouble(books, room.season, trouble, told, now)


def _wanted(config: Config) -> dict[str, Wanted] | None:
    """Who gets mail of which season; None where no mail is sent."""
    if config.mail is None:
        return None
    seasons = {key: season.mail for key, season in config.season.items()}
    return {key: Wanted(mail.to, mail.wall, mail.zone) for key, mail in seasons.items() if mail}
