"""People who have a bot keep something all the time, and journal what it says.

Each thing has a word of its own, by which it is known again in answers, reminders and the store.
"""

import itertools
import random
import re
import threading
import time
from collections import Counter
from collections.abc import Callable, Collection
from dataclasses import dataclass, field
from datetime import timedelta

from tests.bench.bots import Broken
from tests.faults.process import soon
from tests.servers.client import Client, Line
from tests.servers.ircd import Ircd

PASSWORD = "secret"
PATIENCE = 30.0
AHEAD = (1.0, 8.0)
"""Seconds until a reminder of one's own falls due."""
WORD = re.compile(r"\bzq\d+x\b", re.IGNORECASE)
_NUMBERS = itertools.count(1)


def word() -> str:
    """A word that nobody has used."""
    return f"zq{next(_NUMBERS)}x"


def words_in(text: str) -> set[str]:
    """The words of ours in a text; a reminder begins with a capital."""
    return {found.lower() for found in WORD.findall(text)}


@dataclass(frozen=True)
class Write:
    """What is said so that the bot keeps it, how it says that it has, and what shows it again.

    That may have `{0}`, which is the number in the answer, and the bot then says `kept`. `public`
    is said in the channel.
    """

    word: str
    text: str
    answer: str
    shown: str
    kept: str
    public: bool = False


def reminder() -> Write:
    """A reminder of one's own, in private or in the channel."""
    new, at = word(), soon(random.uniform(*AHEAD)) + timedelta(seconds=0.5)
    text = f"!remind me {at:%Y-%m-%dT%H:%M:%SZ} {new}"
    return Write(new, text, r"reminder (\d+): ", "!remind {0}", f'"{new}"', random.random() < 0.3)


def question() -> Write:
    """A question for people."""
    new = word()
    text = f"what is {new} for?"
    return Write(new, f"!ask {text}", r"question (q\d+) noted", "!question {0}", text)


def answer(number: str) -> Write:
    """Its answer, of which the asker is told through the outbox."""
    new, shown = word(), f"!question {number}"
    # One that the bot has not acknowledged before it was killed may be there.
    return Write(new, f"!answer {number} {new}", "sent to the asker|corrected;", shown, new)


def entry() -> Write:
    """An entry of the FAQ."""
    new = word()
    return Write(
        new, f"!faq add {new} see {new}", "new entry ", f"!faq history {new}", f"see {new}"
    )


def date() -> Write:
    """A date, with the plan of its reminders, the next of which is due in days."""
    new, at = word(), soon(86400 * 30)
    text = f"!deadline add {new} {at:%Y-%m-%dT%H:%MZ} {new} closes"
    return Write(new, text, f"added {new} ", f"!deadline {new}", f"{new} closes")


KINDS: tuple[tuple[Callable[[], Write], float], ...] = (
    (reminder, 0.2),
    (question, 0.3),
    (entry, 0.25),
    (date, 0.03),
)
"""How often each comes; a question is followed by its answer."""


@dataclass
class Journal:
    """What one person has seen: what the bot has acknowledged, and how often it said what."""

    acknowledged: set[str] = field(default_factory=set)
    unanswered: int = 0
    forgotten: list[str] = field(default_factory=list)
    said: Counter[str] = field(default_factory=Counter)


class Writer:
    """Somebody with an account, in a channel with a bot that dies and comes back."""

    def __init__(
        self, server: Ircd, account: str, nick: str, channel: str, bots: Collection[str]
    ) -> None:
        self.journal = Journal()
        self._client = Client(
            server, nick, caps=["message-tags"], sasl=("PLAIN", account, PASSWORD)
        )
        self._client.join(channel)
        self._channel = channel
        self._bots = frozenset(bots)
        self._bot = ""
        self._last: tuple[Write, str] | None = None
        self._open = ""
        self._full: set[Callable[[], Write]] = set()
        """Of which nothing more is taken."""

    def write(self, pause: float, end: threading.Event) -> None:
        """Have something kept, again and again, about every so many seconds, until the end."""
        next_at = time.monotonic()
        try:
            while not end.is_set():
                was = self._bot
                next_at = max(next_at, time.monotonic() - pause) + random.uniform(0, 2 * pause)
                self.listen(next_at - time.monotonic())
                if self._bot and self._bot != was and self._last:
                    self._look_again(*self._last)
                elif self._bot:
                    self._write()
        finally:
            end.set()  # the others need not wait for somebody who has failed

    def listen(self, seconds: float) -> None:
        """Hear what is said in so many seconds."""
        for line in self._client.lines_for(seconds):
            self._take(line)

    def close(self) -> None:
        """Leave."""
        self._client.close()

    def _write(self) -> None:
        kinds, weights = zip(*(k for k in KINDS if k[0] not in self._full), strict=True)
        kept = answer(self._open) if self._open else random.choices(kinds, weights)[0]()
        text = self._asked(kept.text, public=kept.public)
        if text is None:
            self.journal.unanswered += 1
            return
        if "questions of yours wait" in text:  # some were kept when the bot was killed
            self._full.add(question)
            return
        found = re.search(kept.answer, text, re.IGNORECASE)
        if found is None:
            raise Broken(f"{kept.text} is answered {text}")
        number = found[1] if found.groups() else ""
        self.journal.acknowledged.add(kept.word)
        self._last = kept, number
        self._open = number if number.startswith("q") else ""

    def _look_again(self, kept: Write, number: str) -> None:
        """Ask a bot that was killed for what it has said last to have kept."""
        text = self._asked(kept.shown.format(number))
        over = text is not None and f"{number} has come" in text
        if text is not None and not over and kept.kept not in text:
            self.journal.forgotten.append(f"{kept.text}: {text}")

    def _asked(self, text: str, *, public: bool = False) -> str | None:
        """What the bot answers; None if it dies first."""
        self._client.say(self._channel if public else self._bot, text)
        called = f"{self._client.nick}: " if public else ""

        def is_over(line: Line) -> bool:
            self._take(line)
            answered = line.command == "PRIVMSG" and line.nick in self._bots
            to_me = line.params[:1] == (self._channel if public else self._client.nick,)
            return not self._bot or (answered and to_me and line.text.startswith(called))

        last = self._client.wait(is_over, PATIENCE)
        return last.text if self._bot else None

    def _take(self, line: Line) -> None:
        """Journal a line."""
        if line.nick not in self._bots:
            return
        if line.command == "JOIN":
            self._bot = line.nick
        elif line.command in {"QUIT", "PART"} and line.nick == self._bot:
            self._bot = ""
        elif line.command == "NOTICE" and line.params[0] == self._client.nick:
            self.journal.said.update(words_in(line.text))
