"""What the store has of an office hour, held against what everybody in it has seen."""

import statistics
from collections import Counter
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from itertools import pairwise

from tests.bench.measures import Figure
from tests.faults.meeting import Gap, Room
from tests.soak.sessions.crowd import Journal, Queue
from tests.soak.writers import words_in

MOST_READY = 5.0
BACK = "... at most"


@dataclass
class Outcome:
    """What is left of one office hour, and how it came to that."""

    kills: int = 0
    came: int = 0
    """How often the bot was in its channel again."""
    ready: list[float] = field(default_factory=list)
    seconds: float = 0.0
    wrong_queues: list[str] = field(default_factory=list)
    journal: Journal = field(default_factory=Journal)
    kept: list[tuple[datetime, str]] = field(default_factory=list)
    gaps: list[Gap] = field(default_factory=list)

    @property
    def lost(self) -> set[str]:
        """What was acknowledged and is not in the log."""
        return _unique(self.journal.acknowledged) - _unique(text for _, text in self.kept)

    @property
    def late(self) -> int:
        """What was said after a question and before its answer, and is not in the log."""
        unknown = _unique(self.journal.between) - _unique(self.journal.acknowledged)
        return len(unknown - _unique(text for _, text in self.kept))

    @property
    def doubled(self) -> int:
        """Lines that the log has more than once."""
        kept = [text for _, text in self.kept if words_in(text)]
        return len(kept) - len(set(kept))

    @property
    def filled(self) -> int:
        """Lines that stand in a stretch of which the log says that it lacks all."""
        return sum(gap.since < at < gap.until for at, _ in self.kept for gap in self.gaps)

    @property
    def out_of_order(self) -> int:
        """Lines of the log that stand before one that was said earlier."""
        place = {text: number for number, text in enumerate(self.journal.said)}
        known = [place[text] for _, text in self.kept if words_in(text) and text in place]
        return sum(before > after for before, after in pairwise(known))

    @property
    def unmarked(self) -> int:
        """Lines that the log lacks where it does not say that it lacks any."""
        kept = {text: at for at, text in self.kept if words_in(text)}
        said = [text for text in self.journal.said if words_in(text)]
        known = [number for number, text in enumerate(said) if text in kept]
        return sum(
            after - before - 1
            for before, after in pairwise(known)
            if after - before > 1 and not self._is_marked(kept[said[before]], kept[said[after]])
        )

    def _is_marked(self, before: datetime, after: datetime) -> bool:
        return any(before <= gap.since and gap.until <= after for gap in self.gaps)

    @property
    def unnamed(self) -> int:
        """Gaps of the log that the channel was not told of, or not so."""
        return (Counter(gap.shown for gap in self.gaps) - Counter(self.journal.named)).total()

    @property
    def named_again(self) -> int:
        """What the channel was told of a gap beyond once."""
        return (Counter(self.journal.named) - Counter(gap.shown for gap in self.gaps)).total()


def _unique(texts: "Sequence[str] | set[str] | object") -> set[str]:
    """Those that nobody says twice."""
    return {text for text in texts if words_in(text)}  # type: ignore[attr-defined]


def left(room: Room) -> Queue:
    """The queue that a bot has left."""
    places = room.places()
    helped = [nick for nick, state in places if state == "called"]
    waiting = tuple(nick for nick, state in places if state == "waiting")
    return Queue(" and ".join(helped), waiting)


def figures(outcomes: list[Outcome]) -> list[Figure]:
    """What is left of all of them, beside what is wanted."""
    ready = sorted(seconds for outcome in outcomes for seconds in outcome.ready)

    def total(of: Callable[[Outcome], float]) -> float:
        return sum(map(of, outcomes))

    said = total(lambda o: len(o.journal.said))
    return [
        Figure("kills in office hours", total(lambda o: o.kills), ""),
        Figure("... back in the channel, p50", statistics.median(ready), "s"),
        Figure(BACK, ready[-1], "s", most=MOST_READY),
        Figure("lines said", said, ""),
        Figure("... a second, of each crowd", said / total(lambda o: o.seconds), "/s"),
        Figure("... kept", total(lambda o: len(o.kept)), ""),
        Figure("... acknowledged", total(lambda o: len(o.journal.acknowledged)), ""),
        Figure("... acknowledged and lost", total(lambda o: len(o.lost)), "", most=0),
        Figure("... lost between question and answer", total(lambda o: o.late), ""),
        Figure("... kept twice", total(lambda o: o.doubled), "", most=0),
        Figure("... out of order", total(lambda o: o.out_of_order), "", most=0),
        Figure("gaps", total(lambda o: len(o.gaps)), ""),
        Figure("... times back in the channel", total(lambda o: o.came), ""),
        Figure("... lines in a gap", total(lambda o: o.filled), "", most=0),
        Figure("... lines missing outside them", total(lambda o: o.unmarked), "", most=0),
        Figure("... not named", total(lambda o: o.unnamed), "", most=0),
        Figure("... named again, or falsely", total(lambda o: o.named_again), "", most=0),
        Figure("questions of the queue answered", total(lambda o: o.journal.answers), ""),
        Figure("... queues not as answered", total(lambda o: len(o.wrong_queues)), "", most=0),
    ]
