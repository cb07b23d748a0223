"""A suggestion where and when topics are, so that few people are wanted in two places at once.

Topics that share most people with others choose first: each takes the hour in which it shares
fewest with what is there, the earliest of these. Then topics move to another hour, or two change
places, as long as that makes clashes fewer. No chance is in it, so the same is suggested twice.
"""

from collections.abc import Hashable, Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from datetime import datetime, time, timedelta

from gsocbot.rules.hack_times import Span
from gsocbot.rules.hackathon import Days

LENGTHS = tuple(timedelta(minutes=m) for m in (60, 45, 30))
"""How long each topic has; the first with which all find a place."""

LEADS = 10
"""That somebody is missed in the topic which is theirs counts as much as so many others."""

ROUNDS = 30
"""So often at most each topic looks for a better hour."""


@dataclass(frozen=True, slots=True)
class Wanting:
    """A topic without a place: who wants to be there, and whose it is."""

    number: int
    people: frozenset[Hashable]
    owner: Hashable = None


@dataclass(frozen=True, slots=True)
class Booked:
    """A room that a topic or something else has; `people` want to be there."""

    room_key: str
    start: datetime
    end: datetime
    number: int = 0
    people: frozenset[Hashable] = frozenset()
    owner: Hashable = None


@dataclass(frozen=True, slots=True)
class Place:
    """Where and when a topic is suggested to be; `room` is its place among those given."""

    number: int
    room: int
    span: Span


@dataclass(frozen=True, slots=True)
class Suggestion:
    """All places, by their times, and who is wanted twice: how many people, by which topics."""

    places: tuple[Place, ...]
    length: timedelta
    twice: int
    pairs: tuple[tuple[int, int], ...]


def hours(
    days: Days,
    opens: time,
    closes: time,
    length: timedelta,
    now: datetime,
    breaks: Sequence[tuple[datetime, datetime]] = (),
) -> list[Span]:
    """The hours that topics can have, of a length, one after the other from the opening on.

    What has begun is none, nor what is at the same time as a break.
    """
    found = []
    for day in days.dates:
        start, end = days.at(day, opens), days.at(day, closes)
        while start + length <= end:
            span = Span(day, start, start + length)
            if start >= now and not any(span.overlaps(*one) for one in breaks):
                found.append(span)
            start += length
    return found


def suggest(
    topics: Sequence[Wanting],
    room_keys: Sequence[str],
    booked: Sequence[Booked],
    spans: Sequence[Span],
) -> Suggestion | None:
    """Places for all topics in free rooms; None where there are not enough.

    Of an hour the largest topic gets the first of its free rooms, in the order that was given.
    """
    search = Search(topics, room_keys, booked, spans)
    if not search.is_enough:
        return None
    search.choose()
    search.improve()
    return search.found()


@dataclass
class Search:
    """The search: `at` says in which hour each topic is, both as places in their sequences."""

    topics: Sequence[Wanting]
    room_keys: Sequence[str]
    booked: Sequence[Booked]
    spans: Sequence[Span]
    at: dict[int, int] = field(default_factory=dict)

    def __post_init__(self) -> None:
        numbers = {person: n for n, person in enumerate(_everybody(self.topics, self.booked))}
        self._bits = [_bits(topic.people, numbers) for topic in self.topics]
        shared = [self._weights(topic, self.topics) for topic in self.topics]
        self._shared = [[0 if n == m else w for m, w in enumerate(row)]
                        for n, row in enumerate(shared)]  # fmt: skip
        beside = [[b for b in self.booked if s.overlaps(b.start, b.end)] for s in self.spans]
        self._beside = beside
        taken = [{b.room_key for b in there} for there in beside]
        self._free = [
            [n for n, key in enumerate(self.room_keys) if key not in there] for there in taken
        ]
        self._fixed = [[sum(self._weights(topic, there)) for there in beside]
                       for topic in self.topics]  # fmt: skip
        self._cost = [list(row) for row in self._fixed]
        self._in: list[set[int]] = [set() for _ in self.spans]
        self._numbers = numbers

    @staticmethod
    def _weights(topic: Wanting, others: Iterable[Wanting | Booked]) -> list[int]:
        """How much it would cost to have others at the same time."""
        return [
            len(topic.people & other.people)
            + LEADS * (topic.owner is not None and topic.owner in other.people)
            + LEADS * (other.owner is not None and other.owner in topic.people)
            for other in others
        ]

    @property
    def is_enough(self) -> bool:
        """Whether there are places for all."""
        return sum(map(len, self._free)) >= len(self.topics)

    @property
    def cost(self) -> int:
        """What the clashes of all topics come to."""
        own = sum(self._fixed[topic][hour] for topic, hour in self.at.items())
        both = sum(self._cost[topic][hour] for topic, hour in self.at.items())
        return own + (both - own) // 2

    def choose(self) -> None:
        """Each topic in turn takes the hour that is best just then."""
        order = sorted(
            range(len(self.topics)),
            key=lambda n: (-sum(self._shared[n]), -len(self.topics[n].people), n),
        )
        for topic in order:
            hour = min(self._open(), key=lambda h: (self._cost[topic][h], h))
            self._put(topic, hour)

    def improve(self) -> None:
        """Move topics, or have two change places, as long as that helps."""
        for _ in range(ROUNDS):
            if not sum(self._improved(topic) for topic in range(len(self.topics))):
                return

    def _improved(self, topic: int) -> bool:
        """Whether a topic has found a better hour."""
        here, cost = self.at[topic], self._cost[topic]
        if not cost[here]:
            return False
        moves = [(cost[hour] - cost[here], hour, -1) for hour in self._open() if hour != here]
        moves += [
            (self._gained(topic, other), there, other)
            for other, there in self.at.items()
            if there != here
        ]
        gain, hour, other = min(moves, default=(0, 0, -1))
        if gain >= 0:
            return False
        self._take(topic)
        if other >= 0:
            self._take(other)
            self._put(other, here)
        self._put(topic, hour)
        return True

    def _gained(self, one: int, other: int) -> int:
        """What it costs more when two change places; each leaves where the other comes."""
        here, there = self.at[one], self.at[other]
        before = self._cost[one][here] + self._cost[other][there]
        after = self._cost[one][there] + self._cost[other][here] - 2 * self._shared[one][other]
        return after - before

    def _open(self) -> Iterator[int]:
        """The hours that have a free room still."""
        return (h for h, free in enumerate(self._free) if len(self._in[h]) < len(free))

    def _put(self, topic: int, hour: int) -> None:
        self.at[topic] = hour
        self._in[hour].add(topic)
        for other, weight in enumerate(self._shared[topic]):
            self._cost[other][hour] += weight

    def _take(self, topic: int) -> None:
        hour = self.at.pop(topic)
        self._in[hour].remove(topic)
        for other, weight in enumerate(self._shared[topic]):
            self._cost[other][hour] -= weight

    # --- what comes of it

    def found(self) -> Suggestion:
        """The places, with who is wanted twice."""
        places = []
        for hour, there in enumerate(self._in):
            largest = sorted(there, key=lambda n: (-len(self.topics[n].people), n))
            for topic, room in zip(largest, self._free[hour], strict=False):
                places.append(Place(self.topics[topic].number, room, self.spans[hour]))
        pairs = sorted(set(self._pairs()))
        length = self.spans[0].end - self.spans[0].start if self.spans else timedelta(0)
        return Suggestion(tuple(places), length, self._twice().bit_count(), tuple(pairs))

    def _pairs(self) -> Iterator[tuple[int, int]]:
        """The topics that share people at one time, by their numbers."""
        for hour, there in enumerate(self._in):
            for one in there:
                own = self.topics[one]
                beside: list[Wanting | Booked] = [self.topics[n] for n in there if n != one]
                for other in (*beside, *self._beside[hour]):
                    if own.people & other.people:
                        yield min(own.number, other.number), max(own.number, other.number)

    def _twice(self) -> int:
        """Who is wanted in two places at once: a bit for each."""
        found = 0
        for hour, there in enumerate(self._in):
            once = 0
            for topic in there:
                found |= once & self._bits[topic]
                once |= self._bits[topic]
            for other in self._beside[hour]:
                found |= once & _bits(other.people, self._numbers)
        return found


def _everybody(topics: Sequence[Wanting], booked: Sequence[Booked]) -> Iterator[Hashable]:
    """Everybody who wants to be anywhere, once each."""
    all_of_them: list[Wanting | Booked] = [*topics, *booked]
    return iter(dict.fromkeys(person for one in all_of_them for person in one.people))


def _bits(people: Iterable[Hashable], numbers: dict[Hashable, int]) -> int:
    return sum(1 << numbers[person] for person in people)
