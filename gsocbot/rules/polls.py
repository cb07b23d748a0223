"""Polls: what one can be asked and in which ways, how long one runs, and what it came to."""

import json
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum

from gsocbot.talk import Refused

SHORTEST = timedelta(minutes=5)
LONGEST = timedelta(days=366)
"""How long a poll runs, from now on."""

SHORT = timedelta(hours=2)
"""Nobody needs to be reminded of a poll that is shorter."""

DAY = timedelta(days=1)
APART = timedelta(hours=6)
"""Two reminders that would come nearer to each other than this are one, the later."""


class PollKind(StrEnum):
    """How a vote looks."""

    ONE = "one"
    MULTI = "multi"  # any number of options
    RANKED = "ranked"  # options in the order in which they are liked


class Audience(StrEnum):
    """Who may vote; everybody needs an account."""

    ALL = "all"
    MENTORS = "mentors"


@dataclass(frozen=True, slots=True)
class Result:
    """What the votes come to, without whose they are. Options are numbered from 0 on.

    `counts` are the votes of each option, of a ranked poll how often it came first. Of that alone
    `ranks` has the options from the best to the last, those that tie together, and `pairs` how
    many voters like the one better than the other.
    """

    options: tuple[str, ...]
    counts: tuple[int, ...]
    voters: int
    kind: PollKind = PollKind.ONE
    quorum: int = 0
    ranks: tuple[tuple[int, ...], ...] = ()
    pairs: tuple[tuple[int, ...], ...] = ()

    @property
    def order(self) -> tuple[tuple[int, ...], ...]:
        """The options from the first to the last, those that tie together."""
        if self.kind is PollKind.RANKED:
            return self.ranks if self.voters else ()
        got = sorted(set(self.counts), reverse=True)
        return tuple(tuple(n for n, c in enumerate(self.counts) if c == count) for count in got)

    @property
    def winners(self) -> tuple[str, ...]:
        """Which options have won: several if they tie, none if nobody has voted."""
        return tuple(self.options[n] for n in self.order[0]) if self.voters else ()

    @property
    def is_tie(self) -> bool:
        """Whether several have won."""
        return len(self.winners) > 1

    @property
    def has_quorum(self) -> bool:
        """Whether so many have voted as were asked for."""
        return self.voters >= self.quorum

    @property
    def is_ranked(self) -> bool:
        """Whether the order is what counts."""
        return self.kind is PollKind.RANKED


def to_text(result: Result) -> str:
    """A result as it is kept: numbers alone, no word of anybody."""
    kept: dict[str, object] = {"counts": result.counts}
    if result.is_ranked:
        kept |= {"ranks": result.ranks, "pairs": result.pairs}
    return json.dumps(kept)


def from_text(
    text: str, options: Sequence[str], voters: int, kind: PollKind, quorum: int = 0
) -> Result:
    """The same read back, with what else is known of the poll."""
    kept = json.loads(text)
    return Result(
        tuple(options),
        tuple(kept["counts"]),
        voters,
        PollKind(kind),
        quorum,
        tuple(map(tuple, kept.get("ranks", ()))),
        tuple(map(tuple, kept.get("pairs", ()))),
    )


def how_many(result: Result) -> str:
    """27 votes, or 20 voters where each has several votes"""
    word = "voter" if result.kind is PollKind.MULTI else "vote"
    return f"{result.voters or 'no'} {word}{'' if result.voters == 1 else 's'}"


def in_words(result: Result, most: int = 0) -> str:
    """archive 18, merge 6, keep 3 (27 votes); a ranked one: archive, then merge, then keep

    With `most` bytes only the first are named.
    """
    if not result.voters:
        return "no votes"
    if result.is_ranked:
        parts = [_listed([result.options[n] for n in tied]) for tied in result.order]
        between = ", then "
    else:
        parts = [f"{result.options[n]} {result.counts[n]}" for tied in result.order for n in tied]
        between = ", "
    shown = list(parts)
    while most and len(shown) > 1 and len(between.join(shown).encode()) > most:
        shown.pop()
    rest = len(parts) - len(shown)
    more = f" and {rest} more" if rest else ""
    return f"{between.join(shown)}{more} ({how_many(result)})"


def remarks(result: Result) -> str:
    """What is to be said beside the counts: a tie, a quorum that is not reached; or nothing."""
    said = []
    if result.is_tie:
        said.append(f"It is a tie: {_listed(result.winners)}.")
    if not result.has_quorum:
        said.append(f"The quorum of {result.quorum} is not reached.")
    return " ".join(said)


class Nudge(StrEnum):
    """When people are reminded of a poll."""

    HALF = "half"
    DAY = "day"


def nudges(begun: datetime, until: datetime) -> Iterator[tuple[Nudge, datetime]]:
    """When people are reminded of a poll that runs so long, twice at most."""
    length = until - begun
    if length < SHORT:
        return
    half, day = begun + length / 2, until - DAY
    if length < 2 * DAY:
        yield Nudge.HALF, half
        return
    if day - half >= APART:
        yield Nudge.HALF, half
    yield Nudge.DAY, day


def checked_end(until: datetime, now: datetime) -> datetime:
    """The end of a poll, to the whole minute; refuses one that is too near or too far away."""
    until = _whole_minute(until)
    if until < now + SHORTEST:
        minutes = int(SHORTEST.total_seconds() // 60)
        over = "that is over" if until <= now else f"that is less than {minutes} min away"
        raise Refused(f"{over}; say a later end, like: until tomorrow 18:00")
    if until > now + LONGEST:
        raise Refused("that is more than a year away; a poll runs a year at most")
    return until


def _whole_minute(at: datetime) -> datetime:
    down = at.replace(second=0, microsecond=0)
    return down if down == at else down + timedelta(minutes=1)


def _listed(names: Sequence[str]) -> str:
    return names[0] if len(names) < 2 else f"{', '.join(names[:-1])} and {names[-1]}"
