"""`gsocbot run` as a real process, in a folder of its own."""

import os
import signal
import sqlite3
import time
from collections.abc import Iterator, Mapping
from contextlib import closing, contextmanager
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from pathlib import Path

from gsocbot.app import open_bot
from gsocbot.config import load
from tests.compiled import tables
from tests.faults import starting

PATIENCE = 20.0
AWAY = 0.3
"""Seconds after which a bot that was away tells of a gap; a copy of a process is back sooner."""
REFUSE_WRITTEN = (
    "CREATE TRIGGER full BEFORE UPDATE ON outbox WHEN NEW.state = 'written'"
    " BEGIN SELECT RAISE(ABORT, 'no room'); END"
)
"""From now on the store cannot keep that a line was written, as on a full disk."""
TAKE_ALL = "DROP TRIGGER full"
CHANNEL = "#gsoc"
CONFIG = """
[bot]
state_dir = "state"

[store]
url = "{store}"

[site]
dir = "public"

[limits]
burst = 0
{limits}

[season.test]
folder = "{season}"

[network.test]
host = "127.0.0.1"
port = {port}
tls = {tls}
nick = "{nick}"
reconnect_delay = 1
"""
SEASON = """
title = "Example in Google Summer of Code 2026"
organisation = "Example"
year = 2026
"""


@dataclass
class Installation:
    """A folder with a config, a season and a store, and at most one process that uses it."""

    folder: Path
    port: int
    nick: str = "gsocbot"
    tls: bool = False
    channels: tuple[str, ...] = (CHANNEL,)
    store: str = "sqlite:///gsocbot.db"
    limits: str = ""
    """More lines of that section."""
    program: tuple[str, ...] = ("-m", "gsocbot")
    twin: "Installation | None" = None
    """Another one, whose season this one reads too."""
    process: starting.Process | None = field(default=None, init=False)
    _deadlines: list[str] = field(default_factory=list, init=False)

    def __post_init__(self) -> None:
        """Write the files, and let the bot know the season for half an hour.

        It reminds of nothing that fell due before it knew the season.
        """
        self.folder.mkdir(parents=True)
        if self.twin is None:
            (self.folder / "season").mkdir()
            (self.folder / "season" / "season.toml").write_text(SEASON)
        self.configure(self.channels)
        if self.store.startswith("sqlite"):  # tests/cli sees a bot make it
            (self.folder / "gsocbot.db").write_bytes(tables())
        self._read()

    def _read(self) -> None:
        """Have the store know the season as it is for half an hour.

        What would have been due before a date was read is nobody's to say.
        """
        config = load(self.folder / "gsocbot.toml")
        store, _, _ = open_bot(config, now() - timedelta(minutes=30))
        store.close()

    def configure(self, channels: tuple[str, ...], more: str = "") -> None:
        """Write the config, with these channels."""
        text = CONFIG.format(
            port=self.port,
            nick=self.nick,
            tls=str(self.tls).lower(),
            store=self.store,
            limits=self.limits,
            season=f"{self.twin.folder}/season" if self.twin else "season",
        )
        text += more
        text += "".join(f'[network.test.channels."{c}"]\nseason = "test"\n' for c in channels)
        (self.folder / "gsocbot.toml").write_text(text)

    def remind(self, title: str, due: datetime) -> None:
        """Add a deadline whose last reminder, an hour before, falls due at a moment."""
        self.remind_all({title: due})

    def remind_all(self, dues: Mapping[str, datetime]) -> None:
        """Add several at once."""
        for title, due in dues.items():
            at = (due + timedelta(hours=1)).astimezone(UTC).isoformat()
            self._deadlines.append(
                f'[[deadline]]\nslug = "{title}"\ntitle = "{title}"\nat = {at}\n'
            )
        (self.folder / "season" / "timeline.toml").write_text("\n".join(self._deadlines))
        self._read()

    def start(self) -> None:
        """Start the process: in the tests, one that has read its code already."""
        begin = starting.prepared if "PYTEST_CURRENT_TEST" in os.environ else starting.new
        self.process = begin((*self.program, "run"), self.folder)

    def kill(self) -> None:
        """End it at once, as a crash would."""
        self._signal(signal.SIGKILL)
        self.running.wait(PATIENCE)

    def terminate(self) -> tuple[int, float]:
        """Ask it to end; its exit status, and how long it took."""
        started = time.monotonic()
        self._signal(signal.SIGTERM)
        status = self.running.wait(PATIENCE)
        return status, time.monotonic() - started

    def hang_up(self) -> None:
        """Ask it to read its config again."""
        self._signal(signal.SIGHUP)

    def pause(self) -> None:
        """Make it hang, and wait until it does."""
        self._signal(signal.SIGSTOP)
        starting.wait_until_stopped(self.running.pid)

    def resume(self) -> None:
        """Let it go on."""
        self._signal(signal.SIGCONT)

    def _signal(self, number: signal.Signals) -> None:
        os.kill(self.running.pid, number)

    @property
    def running(self) -> starting.Process:
        """Its process."""
        assert self.process is not None
        return self.process

    @property
    def is_running(self) -> bool:
        """Whether it was started and has not ended."""
        return self.process is not None and self.process.poll() is None

    def log(self) -> str:
        """All that it has written."""
        return (self.folder / "log").read_text()

    def wait_for_log(self, text: str, timeout: float = PATIENCE) -> None:
        """Wait until it has written this."""
        deadline = time.monotonic() + timeout
        while text not in self.log():
            assert time.monotonic() < deadline, f"no {text!r} in {self.log()}"
            time.sleep(0.02)

    def states(self) -> dict[str, str]:
        """What the store says of each reminder, by its title."""
        rows = self.sql("SELECT key, state FROM outbox WHERE key LIKE '%-60m:%'")
        return {key.split(":")[2]: state for key, state in rows}

    def wait_for_state(self, title: str, state: str, timeout: float = PATIENCE) -> None:
        """Wait until a reminder has come so far."""
        deadline = time.monotonic() + timeout
        while self.states().get(title) != state:
            assert time.monotonic() < deadline, f"{self.states()}: {title} is not {state}"
            time.sleep(0.02)

    def sql(self, statement: str) -> list[tuple[str, ...]]:
        """Ask the store's file, or change it."""
        if not (self.folder / "gsocbot.db").exists():
            return []
        with closing(sqlite3.connect(self.folder / "gsocbot.db", timeout=5)) as store, store:
            try:
                return store.execute(statement).fetchall()
            except sqlite3.OperationalError as error:
                if "no such table" in str(error):
                    return []
                raise


@contextmanager
def installed(folder: Path, port: int, **settings: object) -> Iterator[Installation]:
    """An installation whose process ends with the block."""
    installation = Installation(folder / "bot", port, **settings)  # type: ignore[arg-type]
    try:
        yield installation
    finally:
        if installation.process is not None and installation.process.poll() is None:
            installation.kill()


def now() -> datetime:
    """The clock on the wall, as the process sees it."""
    return datetime.now(UTC)


def soon(seconds: float) -> datetime:
    """A moment a little later."""
    return now() + timedelta(seconds=seconds)
