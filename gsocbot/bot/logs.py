"""The lines of running sessions: kept in mind as they are said, then in the store."""

from collections import deque
from collections.abc import Callable, Iterable, Mapping, Set
from datetime import datetime
from typing import Any

from gsocbot.bot.rooms import Place
from gsocbot.render.lines import FORMATTING
from gsocbot.rules.forgetting import Forgotten
from gsocbot.rules.office import LineKind, is_kept
from gsocbot.store import office
from gsocbot.store.books import Books
from gsocbot.store.office import Running
from gsocbot.store.store import Store
from gsocbot.talk import Heard, Say

LINES_AT_ONCE = 1000


class Logs:
    """What is said where a session runs. `take` is called from the loop, all else is not.

    `came` is told, before the first line of a stay in a channel is kept, of which session and
    since when the bot has been there.
    """

    def __init__(self, store: Store, came: Callable[[Books, int, datetime], object]) -> None:
        self._store = store
        self._came = came
        self._stays: dict[int, datetime] = {}
        self._running: Mapping[Place, Running] = {}
        self._ended = False
        self._lines: deque[tuple[dict[str, Any], datetime | None]] = deque()

    def __len__(self) -> int:
        """How many lines are not in the store yet."""
        return len(self._lines)

    def runs(self, network: str, channel: str | None) -> bool:
        """Whether a session runs there."""
        return (network, channel) in self._running

    @property
    def any_run(self) -> bool:
        """Whether any session runs."""
        return bool(self._running)

    def see(self, running: Mapping[Place, Running]) -> bool:
        """See which sessions run, as the store has kept it; whether one of them is new."""
        before, self._running = self._running, running
        now, then = _ids(running), _ids(before)
        self._ended |= not now >= then
        return not then >= now

    def leads(self, heard: Heard) -> bool:
        """Whether somebody leads the session that runs where they said a line."""
        running = self._running.get((heard.network, heard.channel or ""))
        return running is not None and heard.account in running.leaders

    def take_ended(self) -> bool:
        """Whether a session has ended since this was last asked."""
        ended, self._ended = self._ended, False
        return ended

    def take(self, heard: Heard) -> None:
        """Keep a line in mind, if a session runs where it was said."""
        running = self._running.get((heard.network, heard.channel or ""))
        if running is None or not is_kept(FORMATTING.sub("", heard.text)):
            return
        account, action, since = heard.account, heard.action, heard.since
        self._keep(running, heard.at, heard.nick, heard.text, LineKind.SAID, account, action, since)

    def _keep(
        self,
        running: Running,
        at: datetime,
        nick: str,
        text: str,
        kind: LineKind,
        account: str | None = None,
        action: bool = False,
        since: datetime | None = None,
    ) -> None:
        line: dict[str, Any] = {
            "session": running.id,
            "season": running.season,
            "at": at,
            "nick": nick,
            "account": account,
            "action": action,
            # PostgreSQL keeps no NUL, and one line must not hold up the others.
            "text": text.replace("\0", ""),
            "kind": kind,
        }
        self._lines.append((line, since))

    def take_own(self, heard: Heard, says: Iterable[Say]) -> None:
        """Keep in mind what the bot says to a line where a session runs."""
        for say in says:
            running = self._running.get((say.network, say.target))
            if running is not None and not say.topic:
                self._keep(running, heard.at, heard.me, say.text, LineKind.OWN)

    @property
    def accounts(self) -> set[tuple[str, str]]:
        """Who has said the lines that are not in the store yet, as (network, account)."""
        networks = {running.id: place[0] for place, running in self._running.items()}
        said = [(networks.get(line["session"]), line["account"]) for line, _ in list(self._lines)]
        return {(network, account) for network, account in said if network and account}

    def forget(self, person: Forgotten) -> None:
        """Take somebody's name out of the lines that are not in the store yet."""
        for line, _ in list(self._lines):
            left = person.left_of("line", line)
            line.update(left or {})

    def keep(self) -> None:
        """Put the lines into the store; they stay in mind until they are there."""
        while self._lines:
            batch = [self._lines[n] for n in range(min(len(self._lines), LINES_AT_ONCE))]
            with self._store.transaction(writing=True) as books:
                stays = self._kept(books, batch)
            self._stays = stays
            for _ in batch:
                self._lines.popleft()

    def _kept(
        self, books: Books, batch: Iterable[tuple[dict[str, Any], datetime | None]]
    ) -> dict[int, datetime]:
        """Keep lines in their order, with the gap before the first one of each stay."""
        stays = dict(self._stays)
        lines: list[dict[str, Any]] = []
        for line, since in batch:
            session = line["session"]
            if since is not None and stays.get(session) != since:
                office.keep_lines(books, lines)
                lines = []
                self._came(books, session, since)
                stays[session] = since
            lines.append(line)
        office.keep_lines(books, lines)
        return stays


def _ids(running: Mapping[Place, Running]) -> Set[int]:
    return {session.id for session in running.values()}
