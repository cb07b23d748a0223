"""Reading polls out of the store for pages; who has voted, and what, nobody can read there."""

from collections.abc import Iterable

from gsocbot.rules.polls import Audience, PollKind, Result
from gsocbot.site.poll_snapshot import Poll
from gsocbot.store import hackathon_tables, polls
from gsocbot.store.books import Books
from gsocbot.store.private import ballots


def every(books: Books, season: str) -> tuple[Poll, ...]:
    """All polls of a season, the newest first."""
    return tuple(_poll(books, row) for row in reversed(polls.every(books, season)))


def turnout(books: Books, seasons: Iterable[str]) -> tuple[tuple[int, int, tuple[int, ...]], ...]:
    """How far the running polls are; another once their pages would be."""
    return tuple(
        (row.id or 0, voters, result.counts if result else ())
        for season in seasons
        for row in polls.uncounted(books, season)
        for voters, result in [_so_far(books, row)]
    )


def _poll(books: Books, row: hackathon_tables.Poll) -> Poll:
    if row.closed_at is None:
        voters, result = _so_far(books, row)
    else:
        voters, result = row.voters, polls.result_of(row)
    return Poll(
        row.number,
        row.question,
        polls.options_of(row),
        PollKind(row.kind),
        Audience(row.audience),
        row.live,
        row.quorum,
        row.at,
        row.until,
        row.closed_at,
        voters,
        result,
    )


def _so_far(books: Books, row: hackathon_tables.Poll) -> tuple[int, Result | None]:
    """How many have voted, and only of a live poll for what."""
    if not row.live:
        return ballots.count(books, row), None
    result = ballots.so_far(books, row)
    return result.voters, result
