"""How much one person may ask: commands in a minute, one warning, then silence."""

from collections import OrderedDict, deque
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from enum import Enum, auto

WINDOW = timedelta(minutes=1)
SILENCE = timedelta(minutes=2)
MOST_PEOPLE = 5000


class Verdict(Enum):
    """What becomes of a command."""

    ANSWER = auto()
    WARN = auto()
    IGNORE = auto()


@dataclass(slots=True)
class _Person:
    asked: deque[datetime] = field(default_factory=deque)
    silent_until: datetime | None = None


class Allowance:
    """Counts the commands of each person; `per_minute` 0 lets everything through."""

    def __init__(self, per_minute: int) -> None:
        self._most = per_minute
        self._people: OrderedDict[tuple[str, str], _Person] = OrderedDict()

    def judge(self, person: tuple[str, str], now: datetime) -> Verdict:
        """Count one command of a person at a moment."""
        if not self._most:
            return Verdict.ANSWER
        state = self._people.setdefault(person, _Person())
        self._people.move_to_end(person)
        while len(self._people) > MOST_PEOPLE:
            self._people.popitem(last=False)
        if state.silent_until is not None and now < state.silent_until:
            return Verdict.IGNORE
        while state.asked and now - state.asked[0] >= WINDOW:
            state.asked.popleft()
        if len(state.asked) >= self._most:
            state.asked.clear()
            state.silent_until = now + SILENCE
            return Verdict.WARN
        state.asked.append(now)
        return Verdict.ANSWER
