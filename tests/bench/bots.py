"""The two bots as processes: started, looked at from outside, ended."""

import json
import os
import shutil
import signal
import sqlite3
import subprocess
import sys
import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import closing, contextmanager
from pathlib import Path

from gsocbot.app.running import FIRST_PAGES_SECONDS
from gsocbot.config import Limits
from tests.bench.peer import Peer, WrongAnswer

ROOT = Path(__file__).parents[2]
SEASON = "bench-2026"
IDEAS_PER_FILE = 5000
THINGS = ("kernel", "parser", "network", "scheduler", "cache", "graph", "tile", "index", "sound")
TICKS = os.sysconf("SC_CLK_TCK")
CONFIG = """
[bot]
state_dir = "state"
log_level = "warning"
[store]
url = "sqlite:///store.db"
[limits]
burst = {burst}
seconds_per_line = {seconds_per_line}
commands_per_minute = 0
queue_lines = 0
[season.{season}]
[network.bench]
host = "127.0.0.1"
port = {port}
tls = false
reconnect_delay = 1
channels."#bench".season = "{season}"
"""


FREE = Limits(burst=0, seconds_per_line=0)


class Broken(Exception):
    """The bot did not come."""


class Running:
    """A bot's process, and the wire to it."""

    def __init__(self, words: Sequence[str], folder: Path, peer: Peer) -> None:
        """Start it."""
        self.peer = peer
        self._log = (folder / "bot.log").open("ab")
        # So that no bot outlives a bench that is killed.
        tied = ["setpriv", "--pdeathsig", "KILL", "--"] if shutil.which("setpriv") else []
        self.started = time.perf_counter()
        self._process = subprocess.Popen(
            [*tied, sys.executable, *words],
            cwd=ROOT,
            stdin=subprocess.DEVNULL,
            stdout=self._log,
            stderr=self._log,
        )

    @property
    def runs(self) -> bool:
        """Whether the process is there."""
        return self._process.poll() is None

    @property
    def cpu(self) -> float:
        """The seconds of processor time that it has used, in steps of a hundredth."""
        stat = Path(f"/proc/{self._process.pid}/stat").read_text().rpartition(")")[2].split()
        return (int(stat[11]) + int(stat[12])) / TICKS

    @property
    def megabytes(self) -> float:
        """Its resident memory."""
        status = Path(f"/proc/{self._process.pid}/status").read_text()
        return int(status.partition("VmRSS:")[2].split()[0]) / 1024

    def rest(self, still: float = FIRST_PAGES_SECONDS + 1.5) -> None:
        """Wait until it has had nothing to do for a while: its first pages are built."""
        used, since = self.cpu, time.monotonic()
        while time.monotonic() - since < still:
            time.sleep(0.1)
            if self.cpu - used > 0.1 * still:
                used, since = self.cpu, time.monotonic()

    def kill(self) -> None:
        """Kill it, as a crash would."""
        self._process.kill()
        self._process.wait()
        self._log.close()

    def end(self) -> int:
        """Ask it to end; its exit status."""
        self._process.send_signal(signal.SIGTERM)
        try:
            return self._process.wait(30)
        finally:
            self._process.kill()
            self._process.wait()
            self._log.close()


@contextmanager
def bare(folder: Path) -> Iterator[Running]:
    """Run the bare bot."""
    with _running(folder, lambda port: ["-m", "tests.bench.bare", str(port)]) as bot:
        yield bot


@contextmanager
def gsocbot(folder: Path, limits: Limits = FREE) -> Iterator[Running]:
    """Run gsocbot on the store in a folder."""

    def words(port: int) -> list[str]:
        return ["-m", "gsocbot", "run", *configured(folder, port, limits)]

    with _running(folder, words) as bot:
        yield bot


@contextmanager
def _running(folder: Path, words: Callable[[int], list[str]]) -> Iterator[Running]:
    with Peer() as peer:
        bot = Running(words(peer.port), folder, peer)
        try:
            try:
                peer.let_in(lambda: bot.runs)
            except OSError as error:
                log = (folder / "bot.log").read_text(errors="replace")[-2000:]
                raise Broken(f"{error}; its log ends with:\n{log}") from error
            yield bot
        finally:
            bot.end()


# --- gsocbot's store


def configured(folder: Path, port: int, limits: Limits = FREE) -> list[str]:
    """Write a config for gsocbot, and give the words that name it."""
    file = folder / "gsocbot.toml"
    pace = {"burst": limits.burst, "seconds_per_line": limits.seconds_per_line}
    file.write_text(CONFIG.format(port=port, season=SEASON, **pace))
    return ["--config", str(file)]


def filled(folder: Path, count: int) -> str:
    """Make a store of so many ideas with a mentor; gives what is to be said to !idea 7."""
    texts = folder / "texts"
    texts.mkdir()
    for first in range(1, count + 1, IDEAS_PER_FILE):
        numbers = range(first, min(first + IDEAS_PER_FILE, count + 1))
        lines = (json.dumps(idea(number)) + "\n" for number in numbers)
        (texts / f"{first:07}.jsonl").write_text("".join(lines))
    _gsocbot(folder, "ideas", "import", str(texts), "--season", SEASON)
    shutil.rmtree(texts)
    _gsocbot(folder, "role", "add", "mentor1", "mentor", "--season", SEASON)
    answer = _gsocbot(folder, "say", "--as", "kofi", "--channel", "#bench", "!idea 7").strip()
    missing = [str(word) for word in (7, idea(7)["summary"], "Mentor") if str(word) not in answer]
    if missing or not answer.startswith("kofi: "):
        raise WrongAnswer(f"{answer!r} is no idea 7")
    return answer.removeprefix("kofi: ")


def idea(number: int) -> dict[str, object]:
    """Make up an idea: as long as ideas are, and unlike every other."""
    what, whom = THINGS[number % len(THINGS)], THINGS[number // len(THINGS) % len(THINGS)]
    return {
        "number": number,
        "title": f"{what.capitalize()} for the {whom}, part {number}",
        "summary": f"Write the {number}th {what} that the {whom} can use.",
        "description": f"Since {1970 + number % 50} the {whom} has waited for a {what}. " * 3,
        "outcome": f"A {what} with tests.",
        "mentors": [f"mentor{number % 40}"],
        "difficulty": "medium",
        "size": "175 h",
        "skills": "C, patience",
    }


def kept_lines(folder: Path, nicks: str) -> list[str]:
    """What the store has kept of what people with such nicks said, in order."""
    with closing(sqlite3.connect(folder / "store.db")) as store:
        found = store.execute("SELECT text FROM line WHERE nick GLOB ? ORDER BY id", [nicks])
        return [text for (text,) in found]


def _gsocbot(folder: Path, *words: str) -> str:
    done = subprocess.run(
        [sys.executable, "-m", "gsocbot", *words, *configured(folder, 1)],
        cwd=ROOT,
        check=True,
        capture_output=True,
        text=True,
    )
    return done.stdout
