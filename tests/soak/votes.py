"""kill -9 while everybody votes from several nicks at once: one vote each, and the last counts.

What was acknowledged last is in the store, or something that the same account has sent later.
"""

import random
import re
import shutil
import sqlite3
import subprocess
import sys
import time
from collections import Counter, deque
from collections.abc import Callable, Iterator
from contextlib import closing
from dataclasses import dataclass, field
from pathlib import Path

from gsocbot.store.private import ballots
from tests.bench.bots import ROOT, Broken, Running
from tests.bench.measures import Figure
from tests.bench.peer import PATIENCE, Peer

SEASON = Path(__file__).parents[1] / "ideas"
NETWORK = "soak"
NICKS = 4
"""Of each account."""
OPTIONS = ("keep", "archive", "merge", "wait")
LONGEST = 3.0
"""Seconds of voting until the kill, at most."""
ADD = f'!poll add "What to do?" {" | ".join(OPTIONS)} until in 3 days'
CONFIG = """
[bot]
state_dir = "state"
log_level = "warning"
[limits]
burst = 0
seconds_per_line = 0
commands_per_minute = 0
queue_lines = 0
[links]
check = false
[season.test]
folder = "ideas"
[network.soak]
host = "127.0.0.1"
port = {port}
tls = false
reconnect_delay = 1
channels."#bench".season = "test"
"""
_ANSWER = re.compile(
    rb"PRIVMSG (?:#bench :(?P<called>a\d+n\d): |(?P<to>a\d+n\d) :)[Yy]our vote in 1 is counted"
)
Tick = Callable[[int], object]


@dataclass
class Voter:
    """One account: what it has sent and nobody has acknowledged, and its last vote that was."""

    account: str
    sent: deque[tuple[str, str]] = field(default_factory=deque)
    counted: str = ""
    maybe: set[str] = field(default_factory=set)
    """Votes that no bot has acknowledged before it was killed."""

    def vote(self) -> bytes:
        """Vote again, from any of the nicks, in the channel or in private."""
        nick = f"{self.account}n{random.randrange(NICKS)}"
        choice = random.randrange(len(OPTIONS)) + 1
        self.sent.append((nick, str(choice)))
        said = random.choice((str(choice), OPTIONS[choice - 1][:3]))
        place = random.choice(("#bench", "gsocbot"))
        return f"@account={self.account} :{nick}!u@h PRIVMSG {place} :!vote 1 {said}\r\n".encode()

    def acknowledge(self, nick: str) -> None:
        """The bot has counted the oldest vote that waits; it works in the order of the lines."""
        whence, choice = self.sent.popleft()
        assert whence == nick, f"{nick} is answered, and {whence} was before"
        self.counted, self.maybe = choice, set()

    def lose(self) -> None:
        """The bot was killed: what waits may be counted or not."""
        self.maybe |= {choice for _, choice in self.sent}
        self.sent.clear()

    @property
    def may_have(self) -> set[str]:
        """What its vote can be; empty for none."""
        return {self.counted} | self.maybe


def votes(
    kills: int, tick: Tick, accounts: int, folder: Path, longest: float = LONGEST
) -> list[Figure]:
    """Let so many accounts vote while their bot is killed so often, then count."""
    people = [Voter(f"a{number}") for number in range(accounts)]
    by_name = {voter.account: voter for voter in people}
    wrong: list[str] = []
    acknowledged = 0
    shutil.copytree(SEASON, folder / "ideas")
    with Peer() as peer:
        config = folder / "gsocbot.toml"
        config.write_text(CONFIG.format(port=peer.port))
        _gsocbot(config, "role", "add", "odile", "organiser")
        bot = _come(config, peer, people)
        _ask(peer, ADD, b"poll 1 until")
        for _ in range(kills):
            ends = time.monotonic() + random.uniform(0.2, longest)
            while time.monotonic() < ends:
                _send(peer, people)
                for nick in _answers(peer, ends - time.monotonic()):
                    by_name[nick.partition("n")[0]].acknowledge(nick)
                    acknowledged += 1
            bot.kill()
            for nick in _rest(peer):  # it had said that before
                by_name[nick.partition("n")[0]].acknowledge(nick)
                acknowledged += 1
            for voter in people:
                voter.lose()
            wrong += _wrong(folder / "gsocbot.db", people)
            tick(1)
            bot = _come(config, peer, people)
        _send(peer, people, every=True)
        while any(voter.sent for voter in people):
            for nick in _answers(peer, PATIENCE):
                by_name[nick.partition("n")[0]].acknowledge(nick)
                acknowledged += 1
        wrong += _wrong(folder / "gsocbot.db", people)
        result = _closed(peer)
        left = _choices(folder / "gsocbot.db")
        status = bot.end()
    sums = Counter(OPTIONS[int(voter.counted) - 1] for voter in people)
    counted = dict(re.findall(r"(\w+) (\d+)(?=[,(\s])", result.partition(": ")[2]))
    off = sum(abs(int(counted.get(option, 0)) - sums[option]) for option in OPTIONS)
    said = int((re.search(r"\((\d+) votes?\)", result) or [0, 0])[1])
    return [
        Figure("accounts", accounts, ""),
        Figure("... nicks of each", NICKS, ""),
        Figure("kills", kills, ""),
        Figure("votes acknowledged", acknowledged, "", least=accounts),
        Figure("... accounts with a wrong vote, two or none", len(wrong), "", most=0),
        Figure("votes in the result", said, "", least=accounts, most=accounts),
        Figure("... off, all options together", off, "", most=0),
        Figure("ballots left after the end", len(left), "", most=0),
        Figure("exit status", status, "", most=0),
    ]


def _come(config: Path, peer: Peer, people: list[Voter]) -> Running:
    """Start the bot, and have everybody in its channel."""
    bot = Running(["-m", "gsocbot", "run", "--config", str(config)], config.parent, peer)
    try:
        peer.let_in(lambda: bot.runs)
    except OSError as error:
        log = (config.parent / "bot.log").read_text(errors="replace")[-2000:]
        raise Broken(f"{error}; its log ends with:\n{log}") from error
    nicks = (f"{voter.account}n{n}" for voter in people for n in range(NICKS))
    peer.send("".join(f":{nick}!u@h JOIN #bench\r\n" for nick in (*nicks, "odile")).encode())
    return bot


def _send(peer: Peer, people: list[Voter], *, every: bool = False) -> None:
    """Keep some votes of everybody on their way; at the end two of each, which cross."""
    lines = []
    for voter in random.sample(people, len(people)):
        for _ in range(2 - len(voter.sent)):
            if every or random.random() < 0.7:
                lines.append(voter.vote())
    peer.send(b"".join(lines))


def _answers(peer: Peer, seconds: float) -> Iterator[str]:
    """The nicks whose votes are acknowledged next."""
    for line in peer.heard_next(seconds):
        if found := _ANSWER.match(line):
            yield (found["called"] or found["to"]).decode()


def _rest(peer: Peer) -> Iterator[str]:
    """What a bot had said that is dead now."""
    while True:
        try:
            yield from _answers(peer, PATIENCE)
        except ConnectionError:
            return


def _ask(peer: Peer, line: str, answer: bytes) -> str:
    """Have odile say something, and wait for what answers it."""
    peer.send(f"@account=odile :odile!u@h PRIVMSG #bench :{line}\r\n".encode())
    ends = time.monotonic() + PATIENCE
    while time.monotonic() < ends:
        for said in peer.heard_next(PATIENCE):
            if answer in said:
                return said.decode()
    raise Broken(f"{line} is not answered")


def _closed(peer: Peer) -> str:
    """End the poll by hand; what the bot says came out."""
    _ask(peer, "!poll close 1", b"Say !yes")
    return _ask(peer, "!yes", b"poll 1 closed on").partition(" UTC")[2]


def _wrong(file: Path, people: list[Voter]) -> list[str]:
    """Accounts whose vote in the store is not what it can be, and ballots that are nobody's."""
    with closing(sqlite3.connect(file)) as store:
        found = store.execute("SELECT secret FROM ballotbox").fetchone()
        kept = store.execute("SELECT voter, choice FROM ballot").fetchall()
    secret = found[0] if found else ""
    twice = [voter for voter, count in Counter(v for v, _ in kept).items() if count > 1]
    choices = dict(kept)
    wrong = []
    for voter in people:
        has = choices.pop(ballots.digest(secret, NETWORK, voter.account), "")
        if has not in voter.may_have:
            wrong.append(f"{voter.account}: {has or 'none'}, not {voter.may_have}")
        voter.counted, voter.maybe = has, set()
    return [*wrong, *twice, *choices]


def _choices(file: Path) -> list[str]:
    with closing(sqlite3.connect(file)) as store:
        return [choice for (choice,) in store.execute("SELECT choice FROM ballot")]


def _gsocbot(config: Path, *words: str) -> None:
    command = [sys.executable, "-m", "gsocbot", *words, "--config", str(config)]
    subprocess.run(command, cwd=ROOT, check=True, capture_output=True)
