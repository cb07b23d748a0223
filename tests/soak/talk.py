"""Millions of lines from people who come and go: the whole bot stays as small as it was."""

import shutil
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from itertools import count
from pathlib import Path

from tests.bench.bots import Broken, Running
from tests.bench.measures import Figure
from tests.bench.peer import Peer

SEASON = Path(__file__).parents[1] / "ideas"
LINES_AT_ONCE = 5_000
NICKS = 100_000
MOST_MB, MOST_MORE_MB = 150.0, 10.0
CONFIG = """
[bot]
state_dir = "state"
log_level = "warning"
[limits]
burst = 0
seconds_per_line = 0
[season.test]
folder = "ideas"
[network.soak]
host = "127.0.0.1"
port = {port}
tls = false
reconnect_delay = 1
channels."#bench".season = "test"
"""
WORDS = (
    b"I have read the list of ideas and the second one looks good to me",
    b"ok",
    b"does anybody know whether the build works with the new compiler?",
    b"see https://bugs.example.org/show_bug.cgi?id=4711, it is the same thing",
    b"\x01ACTION goes to bed\x01",
    "schöne Grüße aus 東京 🙂".encode(),
    b"hello everybody",
)
QUESTIONS = (b"!ideas", b"!idea sans-io", b"gsocbot: due", b"!mentors", b"!help")
Tick = Callable[[int], object]


@dataclass(frozen=True)
class Size:
    """So many lines; of `present` people each `block`, who come before it and go after it.

    They ask fewer than the 10 `questions` a second that the bot answers in all.
    """

    lines: int
    block: int = 100_000
    present: int = 5_000
    questions: int = 4

    @property
    def step(self) -> int:
        """How many lines lie between two looks at the memory."""
        return 10 * self.block


class Channel(Peer):
    """The scripted server, which can also wait until everything was heard."""

    def __init__(self) -> None:
        super().__init__()
        self._tokens = count(1)
        self.answers = 0

    def sync(self) -> None:
        """Wait until the bot has worked on all that was sent."""
        token = b"sync-%d" % next(self._tokens)
        self.send(b"PING :%b\r\n" % token)
        is_synced = False
        while not is_synced:
            for line in self._lines():
                self.answers += line.startswith(b"PRIVMSG ")
                is_synced |= line.startswith(b"PONG ") and line.endswith(token)
                if line.startswith(b"PING "):
                    self.send(b":irc.test PONG irc.test %b\r\n" % line[5:])


def talk(size: Size, folder: Path, tick: Tick) -> list[Figure]:
    """Let so much be said to the running bot, its memory being looked at in between."""
    config = folder / "gsocbot.toml"
    shutil.copytree(SEASON, folder / "ideas")
    with Channel() as peer:
        config.write_text(CONFIG.format(port=peer.port))
        bot = Running(["-m", "gsocbot", "run", "--config", str(config)], folder, peer)
        try:
            peer.let_in(lambda: bot.runs)
            bot.rest()  # its first pages are built
            figures = _said(size, bot, peer, tick)
        except OSError as error:
            log = (folder / "bot.log").read_text(errors="replace")[-2000:]
            raise Broken(f"{error}; its log ends with:\n{log}") from error
        finally:
            status = bot.end()
    return [*figures, Figure("exit status", status, "", most=0)]


def _said(size: Size, bot: Running, peer: Channel, tick: Tick) -> list[Figure]:
    began = time.perf_counter()
    looks = []
    for done, chunk in _chunks(size):
        peer.send(chunk)
        peer.sync()
        if done % LINES_AT_ONCE == 0:
            tick(LINES_AT_ONCE)
        if done % size.step == 0:
            looks.append(bot.megabytes)
    time.sleep(1)  # the database thread comes behind
    peer.sync()
    seconds = time.perf_counter() - began
    asked = size.lines // size.block * size.questions
    first, last = f"{size.step:,}", f"{size.lines:,}"
    return [
        Figure("lines", size.lines, ""),
        Figure("... a second", size.lines / seconds, "/s"),
        Figure(f"... answers to {asked:,} questions", peer.answers, "", least=asked),
        Figure(f"memory after {first} lines", looks[0], "MB"),
        Figure(f"... more after {last}", looks[-1] - looks[0], "MB", most=MOST_MORE_MB),
        Figure("... at most", max(looks), "MB", most=MOST_MB),
    ]


def _chunks(size: Size) -> Iterator[tuple[int, bytes]]:
    """All lines, some thousand at a time, and how many of them are talk by then."""
    for start in range(0, size.lines, size.block):
        first = start // size.block * size.present % NICKS
        nicks = [b"n%d" % (first + number) for number in range(size.present)]
        before = b"".join(_moves(nicks, b"JOIN"))
        for done in range(start, start + size.block, LINES_AT_ONCE):
            numbers = range(done, done + LINES_AT_ONCE)
            talked = b"".join(_line(nicks[_speaker(n, size)], _words(n, size)) for n in numbers)
            yield done + LINES_AT_ONCE, before + talked
            before = b""
        yield done + 1, b"".join(_moves(nicks, b"QUIT"))


def _moves(nicks: list[bytes], command: bytes) -> Iterator[bytes]:
    """So many people come, or leave in one way or the other."""
    for number, nick in enumerate(nicks):
        if command == b"JOIN" or number % 2:
            yield b":%b!u@%b.example.org %b #bench\r\n" % (nick, nick, command)
        else:
            yield b":%b!u@%b.example.org PART #bench :bye\r\n" % (nick, nick)


def _line(nick: bytes, words: bytes) -> bytes:
    return b":%b!u@%b.example.org PRIVMSG #bench :%b\r\n" % (nick, nick, words)


def _speaker(number: int, size: Size) -> int:
    """Who says a line: others ask than did the time before."""
    return (number + number // size.present) % size.present


def _words(number: int, size: Size) -> bytes:
    if number % (size.block // size.questions) == 0:
        return QUESTIONS[number // (size.block // size.questions) % len(QUESTIONS)]
    return WORDS[number % len(WORDS)]
