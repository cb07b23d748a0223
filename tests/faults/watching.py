"""A server's side that goes on by itself: it asks PING all the while and answers the bot's."""

import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field

from tests.faults.process import CHANNEL, PATIENCE, Installation
from tests.irc.scripted import Peer, Scripted

ORGANISERS = "#gsoc-org"
UNLIMITED = "commands_per_minute = 0"
"""So that whoever asks the same again and again is answered each time."""
ROLE = f'[network.test.channels."{ORGANISERS}"]\nseason = "test"\nrole = "organisers"\n'
EVERY = 0.2


@dataclass
class Watching:
    """A connection of the bot's. `lines` are those that it has sent, each with its moment."""

    peer: Peer
    lines: list[tuple[float, str]] = field(default_factory=list)
    waits: list[float] = field(default_factory=list)
    """How long each PONG took, and at the end the one that is missing."""
    _asked: dict[str, float] = field(default_factory=dict)
    _over: threading.Event = field(default_factory=threading.Event)

    def work(self) -> None:
        """Ask and listen until the end; run in a thread."""
        number, next_at = 0, time.monotonic()
        while not self._over.is_set():
            if time.monotonic() >= next_at:
                number, next_at = number + 1, next_at + EVERY
                self._asked[f"w{number}"] = time.monotonic()
                self.peer.send(f"PING :w{number}")
            try:
                line = self.peer.line(0.02)
            except (TimeoutError, BlockingIOError):
                continue
            except (EOFError, OSError):
                return
            at = time.monotonic()
            command, _, token = line.partition(" :")
            if command == "PING":
                self.peer.send(f":irc.test PONG irc.test :{token}")
            elif command == "PONG" and token in self._asked:
                self.waits.append(at - self._asked.pop(token))
            else:
                self.lines.append((at, line))

    def end(self) -> None:
        """Stop; what was not answered by now counts as it stands."""
        self._over.set()

    def says(self, text: str, who: str = "mira", channel: str = CHANNEL) -> float:
        """Somebody says something, logged in; gives the moment."""
        since = time.monotonic()
        self.peer.send(f"@account={who} :{who}!{who}@h PRIVMSG {channel} :{text}")
        return since

    def wait(
        self, wanted: Callable[[str], bool], since: float, timeout: float = PATIENCE
    ) -> tuple[float, str]:
        """The first line of this kind since a moment, and how many seconds after it that came."""
        deadline = time.monotonic() + timeout
        while True:
            for at, line in list(self.lines):
                if at >= since and wanted(line):
                    return at - since, line
            assert time.monotonic() < deadline, f"not said: {self.lines[-10:]}"
            time.sleep(0.01)

    def asks(self, text: str, who: str = "mira", timeout: float = PATIENCE) -> tuple[float, str]:
        """What the bot answers to somebody in the channel, and after how many seconds."""
        since = self.says(text, who)
        begin = f"PRIVMSG {CHANNEL} :{who}: "
        seconds, line = self.wait(lambda line: line.startswith(begin), since, timeout)
        return seconds, line.removeprefix(begin)

    def notices(self, target: str, since: float = 0) -> list[str]:
        """What the bot has said by itself to a channel."""
        begin = f"NOTICE {target} :"
        return [line.removeprefix(begin) for at, line in self.lines
                if at >= since and line.startswith(begin)]  # fmt: skip

    @property
    def longest(self) -> float:
        """The longest that the bot let a PING wait, also one that still does."""
        now = time.monotonic()
        return max([*self.waits, *(now - at for at in list(self._asked.values()))])


@contextmanager
def watching(server: Scripted, bot: Installation) -> Iterator[Watching]:
    """Start a bot and let it in; whatever becomes of it, PING is asked all the while."""
    bot.start()
    try:
        peer = server.accept(PATIENCE)
    except TimeoutError as error:
        raise AssertionError(bot.log()) from error
    peer.let_in("account-tag")
    rig = Watching(peer)
    thread = threading.Thread(target=rig.work)
    thread.start()
    try:
        yield rig
    finally:
        rig.end()
        thread.join()
