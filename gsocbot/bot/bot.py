"""The whole bot without a network: a line is heard, or a moment comes."""

from collections.abc import Collection, Mapping
from datetime import datetime
from importlib.metadata import PackageNotFoundError, version

from gsocbot.bot.answering import Answers
from gsocbot.bot.links import Links
from gsocbot.bot.logs import Logs
from gsocbot.bot.rooms import Rooms
from gsocbot.bot.sessions import Sessions
from gsocbot.bot.sightings import Sightings
from gsocbot.bot.ticking import Ticks
from gsocbot.commands import ALL
from gsocbot.commands.addressing import might_be_for_us
from gsocbot.commands.ask import Outside, Seen
from gsocbot.commands.memory import Memory
from gsocbot.config import Config
from gsocbot.importers.faq import Faqs
from gsocbot.rules.forgetting import Forgotten
from gsocbot.rules.roles import Role
from gsocbot.rules.seasons import SeasonFolder
from gsocbot.shipped import shipped
from gsocbot.store import faq as faq_counts
from gsocbot.store import office, roles
from gsocbot.store.private import erasing
from gsocbot.store.store import Store
from gsocbot.talk import Heard, Present, Say, Trouble


class Bot:
    """Answers what is heard and plans what is due. Used from the database thread.

    What the loop may ask says so; it touches only memory.
    """

    def __init__(
        self,
        config: Config,
        store: Store,
        folders: Mapping[str, SeasonFolder],
        outside: Outside | None = None,
    ) -> None:
        outside = outside or Outside()
        rooms = Rooms(config)
        sessions = Sessions(rooms, config.site.base_url, outside)
        memory = Memory(repeats=not config.limits.commands_per_minute)
        seen = Seen(
            commands=ALL,
            checklists={key: folder.checklists for key, folder in folders.items()},
            faq=Faqs({k: f.faq for k, f in folders.items()}, shipped("templates") / "faq"),
            version=own_version(),
            base_url=config.site.base_url,
            outside=outside,
            rooms=rooms.of,
            checks_links=config.links.check,
        )
        logs = Logs(store, sessions.came)
        self._store = store
        self._rooms = rooms
        self._sessions = sessions
        self._logs = logs
        self._memory = memory
        self._answers = Answers(store, rooms, logs, sessions, seen, memory, config.limits)
        self._sightings = Sightings(rooms)
        self._ticks = Ticks(
            config, store, rooms, logs, sessions, memory, self._sightings, seen.checklists
        )
        self.faq = seen.faq
        """What the FAQ of each season has in files."""
        self.checklists = seen.checklists
        """The checklists of each season."""
        self.links = Links(store, rooms, config.site.base_url, seen.faq, seen.checklists)

    # --- hearing

    def take(self, heard: Heard) -> bool:
        """Keep a line of a running session in mind; whether the line must also be heard.

        Asked from the loop, for every line.
        """
        self._sightings.take(heard)
        if heard.channel is None:
            return True
        if not self._logs.runs(heard.network, heard.channel) or not self._answers.is_alone(heard):
            self._logs.take(heard)
        if self._sessions.opens(heard):
            return True
        if heard.action:
            return heard.text.startswith(("asks ", "q+", "q-", "q?"))
        prefix = self._rooms.prefix(heard.network, heard.channel)
        return might_be_for_us(heard.text, heard.me, prefix)

    @property
    def waiting_lines(self) -> int:
        """How many lines of sessions are not in the store yet."""
        return len(self._logs)

    def in_session(self, say: Say) -> bool:
        """Whether a line goes to where a session runs; asked from the loop."""
        return self._logs.runs(say.network, say.target)

    @property
    def has_sessions(self) -> bool:
        """Whether any session runs; asked from the loop."""
        return self._logs.any_run

    def take_ended(self) -> bool:
        """Whether a session has ended since this was last asked; its minutes are awaited."""
        return self._logs.take_ended()

    def keep_lines(self) -> None:
        """Put the lines of running sessions into the store; they stay in mind until they are."""
        self._logs.keep()

    def look(self) -> None:
        """See which sessions run."""
        with self._store.transaction(writing=False) as books:
            running = office.open_sessions(books)
        self._logs.see(running)

    def keep(self) -> None:
        """Put all into the store that is only in mind, before this bot goes."""
        self.keep_lines()
        with self._store.transaction(writing=True) as books:
            faq_counts.keep_counts(books, self._memory.counts)
        self._memory.forget_counts()

    def hear(self, heard: Heard) -> list[Say]:
        """What the bot says to a line, after it has kept what it must."""
        return self._answers.hear(heard)

    def is_organiser(self, heard: Heard) -> bool:
        """Whether somebody is an organiser of any season here."""
        with self._store.transaction(writing=False) as books:
            return any(
                Role.ORGANISER in roles.roles_of(books, key, heard.network, heard.account)
                for key in self._rooms.seasons
            )

    def forget(self, digests: Collection[str]) -> None:
        """Forget of what is only in mind those whom another process has forgotten."""
        known = self._memory.accounts | self._logs.accounts
        for network, account in erasing.those(digests, known):
            self._memory.forget(Forgotten(network, account, frozenset({account})))
        self._answers.forget()

    # --- what time brings

    def tick(self, now: datetime) -> list[Say]:
        """Plan the lines that fall due, and end the sessions that nobody has ended.

        What is to be said at once comes back; it comes again as long as it is of use.
        """
        return self._ticks.tick(now)

    def listen(self, present: Mapping[str, Mapping[str, Present]], now: datetime) -> None:
        """Note up to when the logs of sessions have all that was said, and name what they lack."""
        self._ticks.listen(present, now)

    def renamed(self, network: str, old: str, new: str, now: datetime) -> None:
        """Who waits without an account keeps their place under another nick."""
        self._ticks.renamed(network, old, new, now)

    def trouble(self, trouble: Trouble, now: datetime) -> None:
        """Have the organisers told of a channel that the bot is kept out of."""
        self._ticks.trouble(trouble, now)


def own_version() -> str:
    """The version of this gsocbot."""
    try:
        return version("gsocbot")
    except PackageNotFoundError:
        return "from a checkout"
