"""What is left when bots were killed again and again, and how it is judged."""

import statistics
from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass, field

from tests.bench.measures import Figure

BACK, MOST_READY = "... at most", 5.0
"""How long it may take until a bot is in its channel again, and the name of that figure."""


@dataclass
class Outcome:
    """What is left of one bot and its people when it was killed so often."""

    kills: int = 0
    lived: float = 0.0
    """Seconds in the channel, of all lives."""
    ready: list[float] = field(default_factory=list)
    damaged: list[str] = field(default_factory=list)
    acknowledged: set[str] = field(default_factory=set)
    unanswered: int = 0
    forgotten: list[str] = field(default_factory=list)
    said: Counter[str] = field(default_factory=Counter)
    unknowable: Counter[str] = field(default_factory=Counter)
    kept: set[str] = field(default_factory=set)
    owed: set[str] = field(default_factory=set)
    at_once: int = 0

    @property
    def lost(self) -> set[str]:
        """What was acknowledged and is not in the store."""
        return self.acknowledged - self.kept

    @property
    def unsaid(self) -> set[str]:
        """What was to be said and was not."""
        return self.owed - set(self.said)

    def repeats(self, *, known: bool) -> int:
        """How often something was said again although that was known, or nobody could know."""
        count = 0
        for said, times in self.said.items():
            excused = min(times - 1, self.unknowable[said])
            count += times - 1 - excused if known else excused
        return count


def figures(outcomes: list[Outcome]) -> list[Figure]:
    """What is left of all of them, beside what is wanted."""
    ready = sorted(time for outcome in outcomes for time in outcome.ready)

    def total(of: Callable[[Outcome], float]) -> float:
        return sum(map(of, outcomes))

    acknowledged = total(lambda o: len(o.acknowledged))
    owed = total(lambda o: len(o.owed))
    lived = total(lambda o: o.lived)
    return [
        Figure("kills", total(lambda o: o.kills), ""),
        Figure("... back in the channel, p50", statistics.median(ready), "s"),
        Figure(BACK, ready[-1], "s", most=MOST_READY),
        Figure("... at once in the channel", max(o.at_once for o in outcomes), "", most=1),
        Figure("... damages of the store", total(lambda o: len(o.damaged)), "", most=0),
        Figure("acknowledged writes", acknowledged, ""),
        Figure("... a second, of each bot", acknowledged / lived, "/s"),
        Figure("... lost", total(lambda o: len(o.lost)), "", most=0),
        Figure("... not in a later answer", total(lambda o: len(o.forgotten)), "", most=0),
        Figure("... killed before the answer", total(lambda o: o.unanswered), ""),
        Figure("reminders and answers", owed, ""),
        Figure("... a second, of each bot", owed / lived, "/s"),
        Figure("... lost", total(lambda o: len(o.unsaid)), "", most=0),
        Figure("... again, killed while said", total(lambda o: o.repeats(known=False)), ""),
        Figure("... again for no reason", total(lambda o: o.repeats(known=True)), "", most=0),
    ]
