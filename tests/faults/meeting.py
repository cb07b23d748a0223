"""An office hour on a real network: people who talk, somebody who sees all, and what is kept."""

import re
from collections.abc import Callable, Iterator
from contextlib import closing, contextmanager
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from pathlib import Path

from gsocbot.cli import main
from gsocbot.store import office
from gsocbot.store.books import Deed
from gsocbot.store.store import Store
from tests.faults.process import PATIENCE, Installation, installed, now
from tests.servers.client import Client, Line

HURRIED = Path(__file__).with_name("hurried.py")

MENTORS = ("mira", "tomas")
LIMITS = "commands_per_minute = 0\n[links]\ncheck = false"
MISSING = re.compile(
    r"Back\. (\d+ \w+) of this session's log are missing \((\S+)-(\S+) UTC\); (.*)"
)
"""How long, from when to when, and the rest of what the bot says when it is back."""


@dataclass(frozen=True)
class Gap:
    """A stretch of a log of which nobody knows what was said in it."""

    since: datetime
    until: datetime

    @property
    def shown(self) -> tuple[str, str]:
        """As it is named when it is short."""
        return f"{self.since:%H:%M:%S}", f"{self.until:%H:%M:%S}"

    @property
    def as_published(self) -> dict[str, str]:
        """As the minutes have it for programs."""
        return {"start": self.since.isoformat(), "end": self.until.isoformat()}


@dataclass
class Room:
    """A channel of the bot's. `watcher` is its operator and hears all that is said there."""

    watcher: Client
    bot: Installation
    channel: str
    seen: list[Line] = field(default_factory=list, init=False)

    def wait(self, wanted: Callable[[Line], bool], timeout: float = PATIENCE) -> Line:
        """The next line that is wanted of those in this channel."""

        def is_wanted(line: Line) -> bool:
            if not self._is_here(line):
                return False
            self.seen.append(line)
            return wanted(line)

        try:
            return self.watcher.wait(is_wanted, timeout)
        except TimeoutError as error:
            raise AssertionError(
                f"{error}; the bot's log ends with {self.bot.log()[-2000:]}"
            ) from None

    def find(self, wanted: Callable[[Line], bool]) -> Line:
        """The first line that is wanted of all that were ever said here."""
        return next(filter(wanted, self.seen), None) or self.wait(wanted)

    def _is_here(self, line: Line) -> bool:
        return self.channel in line.params[:1]

    def says(self, who: Client, *texts: str) -> None:
        """Somebody says something; returns when everybody has heard it."""
        for text in texts:
            who.say(self.channel, text)
        self.wait(lambda line: line.text == texts[-1])

    def asks(self, who: Client, text: str) -> str:
        """What the bot answers in the channel."""
        self.says(who, text)
        return self.wait(self.is_answer).text

    def is_answer(self, line: Line) -> bool:
        """Whether the bot says this, and not by itself."""
        return (line.nick, line.command) == (self.bot.nick, "PRIVMSG")

    def wait_joined(self) -> None:
        """Wait until the bot is here, and make it an operator."""
        self.wait(lambda line: (line.nick, line.command) == (self.bot.nick, "JOIN"))
        self.give_op()

    def give_op(self) -> None:
        """Make the bot an operator; whoever is one already is made one anew."""
        self.watcher.send(f"MODE {self.channel} -o+o {self.bot.nick} {self.bot.nick}")
        self.wait(lambda line: line.command == "MODE")

    def wait_topic(self, timeout: float = PATIENCE) -> str:
        """The topic that the bot sets next."""
        return self.wait(
            lambda line: (line.nick, line.command) == (self.bot.nick, "TOPIC"), timeout
        ).text

    def wait_back(self) -> "re.Match[str]":
        """What the bot says when it is back."""
        said = self.wait(lambda line: line.nick == self.bot.nick and "Back. " in line.text).text
        found = MISSING.fullmatch(said)
        assert found is not None, said
        return found

    def times_back(self) -> int:
        """How often it has said so."""
        return sum(line.nick == self.bot.nick and "Back. " in line.text for line in self.seen)

    # --- what the store has

    @property
    def session(self) -> str:
        """The last session that was held here."""
        return self.bot.sql(f"SELECT max(id) FROM officesession WHERE channel = '{self.channel}'")[
            0
        ][0]

    def set_back(self, ago: timedelta) -> None:
        """Have the session begun, and be over, so long before it was."""
        store = Store(f"sqlite:///{self.bot.folder}/gsocbot.db")
        with closing(store), store.transaction(writing=True) as books:
            row = office.running(books, "test", self.channel)
            assert row is not None
            deed = Deed("earlier", now(), row.season, row.network, "mira", row.channel, "earlier")
            books.change(deed, row, started_at=row.started_at - ago, until=row.until - ago)

    def kept(self, kind: str = "said") -> list[str]:
        """What its log has, in order."""
        return [
            text
            for (text,) in self.bot.sql(
                f"SELECT text FROM line WHERE session = {self.session} AND kind = '{kind}'"
                " ORDER BY at, id"
            )
        ]

    def gaps(self) -> list[Gap]:
        """The gaps that its log names."""
        rows = self.bot.sql(
            f"SELECT text, at FROM line WHERE session = {self.session} AND kind = 'gap' ORDER BY id"
        )
        return [Gap(_moment(since), _moment(until)) for since, until in rows]

    def kept_as_said(self) -> list[str]:
        """The same in the order in which it was kept."""
        return [
            text
            for (text,) in self.bot.sql(
                f"SELECT text FROM line WHERE session = {self.session} AND kind = 'said'"
                " ORDER BY id"
            )
        ]

    def moments(self) -> list[datetime]:
        """When the bot has heard what is kept."""
        rows = self.bot.sql(
            f"SELECT at FROM line WHERE session = {self.session} AND kind = 'said' ORDER BY id"
        )
        return [_moment(at) for (at,) in rows]

    def places(self) -> list[tuple[str, ...]]:
        """Who is in the queue, in order, each with what they do there."""
        return self.bot.sql(
            f"SELECT nick, state FROM queueplace WHERE session = {self.session}"
            " AND state IN ('waiting', 'called') ORDER BY coalesce(turn, at), id"
        )

    def page(self, said: str) -> Path:
        """Where the minutes are of which the bot has said that they would be there."""
        address = re.search(r"Minutes: \S*?(test/m/\S+/)", said)
        assert address is not None, said
        return self.bot.folder / "public" / address[1]


@contextmanager
def employed(
    folder: Path, port: int, *channels: str, nick: str = "gsocbot"
) -> Iterator[Installation]:
    """A bot that knows the mentors; it does not run yet."""
    program = (str(HURRIED),)
    settings = {"nick": nick, "channels": channels, "limits": LIMITS, "program": program}
    with installed(folder, port, **settings) as bot:
        for mentor in MENTORS:
            config = str(bot.folder / "gsocbot.toml")
            assert main(["role", "add", mentor, "mentor", "--config", config]) == 0
        yield bot


def texts(what: str) -> list[str]:
    """Some things to say."""
    return [f"{what} {number}" for number in range(1, 6)]


def check_gaps(room: Room, *lost: list[str]) -> None:
    """Each stretch that was lost has one gap in the log, in which nothing stands."""
    gaps, moments = room.gaps(), room.moments()
    assert len(gaps) == len(lost)
    for gap, texts in zip(gaps, lost, strict=True):
        assert not [at for at in moments if gap.since < at < gap.until]
        assert not set(texts) & set(room.kept())


def missing(room: Room, said: list[str]) -> list[str]:
    """What the log lacks, or has in another order."""
    kept = iter(room.kept())
    return [text for text in said if text not in kept]


def _moment(text: str) -> datetime:
    found = datetime.fromisoformat(text)
    return found if found.tzinfo else found.replace(tzinfo=UTC)
