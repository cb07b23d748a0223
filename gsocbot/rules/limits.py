"""How much may be asked: by one person, from one host, in all; one warning, then silence."""

from collections import OrderedDict, deque
from collections.abc import Hashable
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from enum import Enum, auto

WINDOW = timedelta(minutes=1)
SILENCE = timedelta(minutes=2)
"""Towards a person or a host; long enough for whoever pastes or scripts to notice."""

PEOPLE_OF_A_HOST = 3
"""A host has so many times the limit of a person: two or three share one and ask, thirty are a
swarm. The bridge that people come over counts as their host."""

MOST_IN_ALL = 100
WINDOW_IN_ALL = timedelta(seconds=10)
"""On all networks together: 10 commands a second for ever, of which 100 may come at once, as when
an office hour begins. That many answers wait to go out on a network, which takes about one a
second; and the store, which can do far more, stays free for logs and reminders."""
SILENCE_IN_ALL = timedelta(seconds=2)
"""Short, for it is kept towards all strangers, whoever it was that asked too much; by its end the
people who paste and script have met with a silence of their own."""

MOST_PEOPLE = 5000
"""So many people are counted, and so many hosts; beyond, the longest silent are forgotten."""

Person = tuple[str, str]
"""Network, and account, or ~ and the nick of a stranger."""


class Verdict(Enum):
    """What becomes of a command; a warning says what there was too much of."""

    ANSWER = auto()
    WARN_PERSON = auto()
    WARN_HOST = auto()
    WARN_ALL = auto()
    IGNORE = auto()


@dataclass(slots=True)
class _Count:
    asked: deque[datetime] = field(default_factory=deque)
    silent_until: datetime | None = None


class Limit:
    """So many commands in a window; whoever goes beyond meets with silence for a while."""

    def __init__(self, most: int, window: timedelta, silence: timedelta) -> None:
        self._most, self._window, self._silence = most, window, silence
        self._counts: OrderedDict[Hashable, _Count] = OrderedDict()

    def is_silent(self, whom: Hashable, now: datetime) -> bool:
        """Whether somebody's silence lasts."""
        count = self._counts.get(whom)
        if count is None:
            return False
        self._counts.move_to_end(whom)
        # A silence longer than there is any comes of a clock that was set back.
        return count.silent_until is not None and timedelta(0) < count.silent_until - now <= (
            self._silence
        )

    def is_passed(self, whom: Hashable, now: datetime) -> bool:
        """Count a command; if it is one too many, the silence begins."""
        count = self._counts.setdefault(whom, _Count())
        self._counts.move_to_end(whom)
        while len(self._counts) > MOST_PEOPLE:
            self._counts.popitem(last=False)
        while count.asked and not timedelta(0) <= now - count.asked[0] < self._window:
            count.asked.popleft()
        if len(count.asked) < self._most:
            count.asked.append(now)
            return False
        count.asked.clear()
        count.silent_until = now + self._silence
        return True


class Allowance:
    """Counts the commands of people and hosts; `per_minute` 0 lets everything through."""

    def __init__(self, per_minute: int) -> None:
        self._off = per_minute == 0
        self._person = Limit(per_minute, WINDOW, SILENCE)
        self._host = Limit(PEOPLE_OF_A_HOST * per_minute, WINDOW, SILENCE)
        self._all = Limit(MOST_IN_ALL, WINDOW_IN_ALL, SILENCE_IN_ALL)

    def judge(self, person: Person, host: str, now: datetime) -> Verdict:
        """Count one command of a person; a host "" is not known and not counted.

        Who is ignored uses up nothing of what their host, or everybody, may still ask. When too
        much is asked in all, those who are logged in are answered all the same: they have a limit
        of their own, and an account is harder to come by than a nick.
        """
        if self._off:
            return Verdict.ANSWER
        counted: list[tuple[Limit, Hashable, Verdict]] = [
            (self._person, person, Verdict.WARN_PERSON)
        ]
        if host:
            counted.append((self._host, (person[0], host), Verdict.WARN_HOST))
        if any(limit.is_silent(whom, now) for limit, whom, _ in counted):
            return Verdict.IGNORE
        for limit, whom, warning in counted:
            if limit.is_passed(whom, now):
                return warning
        if not person[1].startswith("~"):
            return Verdict.ANSWER
        if self._all.is_silent(None, now):
            return Verdict.IGNORE
        return Verdict.WARN_ALL if self._all.is_passed(None, now) else Verdict.ANSWER
