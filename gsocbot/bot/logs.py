"""The lines of running sessions: kept in mind as they are said, then in the store."""

from collections import deque

from gsocbot.rules.office import is_kept
from gsocbot.store import office
from gsocbot.store.books import Books
from gsocbot.store.store import Store
from gsocbot.talk import Heard

LINES_AT_ONCE = 1000


class Logs:
    """What is said where a session runs. `take` is called from the loop, all else is not."""

    def __init__(self, store: Store) -> None:
        self._store = store
        self._running: dict[tuple[str, str], tuple[int, str]] = {}
        self._lines: deque[dict[str, object]] = deque()

    def __len__(self) -> int:
        """How many lines are not in the store yet."""
        return len(self._lines)

    def runs(self, network: str, channel: str | None) -> bool:
        """Whether a session runs there."""
        return (network, channel) in self._running

    def notice(self, books: Books) -> None:
        """See which sessions run."""
        self._running = office.open_sessions(books)

    def take(self, heard: Heard) -> None:
        """Keep a line in mind, if a session runs where it was said."""
        running = self._running.get((heard.network, heard.channel or ""))
        if running is None or not is_kept(heard.text):
            return
        session, season = running
        self._lines.append(
            {
                "session": session,
                "season": season,
                "at": heard.at,
                "nick": heard.nick,
                "account": heard.account,
                "action": heard.action,
                # PostgreSQL keeps no NUL, and one line must not hold up the others.
                "text": heard.text.replace("\0", ""),
            }
        )

    def keep(self) -> None:
        """Put the lines into the store; they stay in mind until they are there."""
        while self._lines:
            batch = [self._lines[n] for n in range(min(len(self._lines), LINES_AT_ONCE))]
            with self._store.transaction(writing=True) as books:
                office.keep_lines(books, batch)
            for _ in batch:
                self._lines.popleft()
