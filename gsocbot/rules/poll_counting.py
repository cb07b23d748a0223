"""Counting the votes of a poll. A vote is numbers of options from 0 on, ranked ones in order."""

from collections.abc import Sequence

from gsocbot.rules.polls import PollKind, Result

Vote = Sequence[int]


def counted(
    options: Sequence[str], votes: Sequence[Vote], kind: PollKind, quorum: int = 0
) -> Result:
    """What votes come to, in whatever order they stand."""
    firsts = [vote[:1] if kind is PollKind.RANKED else vote for vote in votes]
    counts = tuple(sum(number in vote for vote in firsts) for number in range(len(options)))
    if kind is not PollKind.RANKED:
        return Result(tuple(options), counts, len(votes), kind, quorum)
    pairs = preferences(votes, len(options))
    return Result(tuple(options), counts, len(votes), kind, quorum, ranked(pairs), pairs)


def preferences(votes: Sequence[Vote], options: int) -> tuple[tuple[int, ...], ...]:
    """How many like the one better than the other; what a vote leaves out is last, and ties."""
    table = [[0] * options for _ in range(options)]
    for vote in votes:
        behind = set(range(options))
        for number in vote:
            behind.discard(number)
            for other in behind:
                table[number][other] += 1
    return tuple(map(tuple, table))


def ranked(pairs: Sequence[Sequence[int]]) -> tuple[tuple[int, ...], ...]:
    """The options by Schulze's method, from the best on, those that tie together.

    One stands before another if a chain of majorities leads to it that is stronger than any way
    back. The library knows the chains; its own order would part by the number of others beaten
    what the method leaves tied.
    """
    # 50 ms that nobody waits for but when a ranked poll ends.
    from votelib.evaluate.condorcet import Schulze  # noqa: PLC0415

    options = range(len(pairs))
    votes = {
        (one, other): pairs[one][other] for one in options for other in options if one != other
    }
    paths = Schulze.widest_paths(votes)
    left, found = set(options), []
    while left:
        best = {
            one
            for one in left
            if all(paths.get((one, o), 0) >= paths.get((o, one), 0) for o in left - {one})
        }
        best = best or set(left)  # never so, but nobody may wait for that for ever
        found.append(tuple(sorted(best)))
        left -= best
    return tuple(found)
