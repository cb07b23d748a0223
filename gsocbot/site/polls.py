"""The pages of polls, their feed, and what each came to as a table for other programs."""

import csv
import io
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from gsocbot.render.addresses import POLLS, POLLS_FEED, Addresses, poll_path
from gsocbot.rules.polls import Audience, PollKind, Result, how_many, in_words, remarks
from gsocbot.site.poll_snapshot import Poll
from gsocbot.site.snapshot import SeasonSnapshot
from gsocbot.site.views import Season

MOST_ENTRIES = 50
"""So many polls that opened or closed are in the feed."""

_NO_FORMULA = ("=", "+", "-", "@", "\t", "\r")
"""What a spreadsheet would compute at the beginning of a cell."""

_HOW = {
    PollKind.ONE: "one vote each",
    PollKind.MULTI: "any number of options each",
    PollKind.RANKED: "options in order, each voter's best first",
}


@dataclass(frozen=True, slots=True)
class Bar:
    """An option with what it got; `width` counts up to 100, `rank` is its place from 1."""

    option: str
    count: int
    width: int
    rank: int
    won: bool


@dataclass(frozen=True, slots=True)
class Page:
    """A poll as its page shows it; without `result` there is nothing to show but how many."""

    poll: Poll
    path: str
    result: Result | None
    bars: tuple[Bar, ...]

    @property
    def how(self) -> str:
        """one vote each"""
        whom = "mentors" if self.poll.audience is Audience.MENTORS else "everybody with an account"
        return f"For {whom}, {_HOW[self.poll.kind]}."

    @property
    def words(self) -> str:
        """archive 18, merge 6, keep 3 (27 votes)"""
        return in_words(self.result) if self.result else ""

    @property
    def remarks(self) -> str:
        """It is a tie: archive and merge."""
        return remarks(self.result) if self.result and self.poll.is_over else ""

    @property
    def votes(self) -> str:
        """27 votes"""
        if self.result:
            return how_many(self.result)
        word = "voter" if self.poll.kind is PollKind.MULTI else "vote"
        return f"{self.poll.voters or 'no'} {word}{'' if self.poll.voters == 1 else 's'}"


@dataclass(frozen=True, slots=True)
class Entry:
    """That a poll has opened or closed, with an address that is its id for good."""

    id: str
    url: str
    title: str
    at: datetime
    page: Page
    closed: bool


@dataclass(frozen=True, slots=True)
class Feed:
    """The feed; `url` is its own address, `page` that of the list."""

    url: str
    page: str
    changed: datetime
    entries: tuple[Entry, ...]


def pages(season: SeasonSnapshot) -> list[Page]:
    """The polls of a season: those that run, by their ends, then those that are over."""
    running = sorted((p for p in season.polls if not p.is_over), key=lambda p: (p.until, p.number))
    over = [p for p in season.polls if p.is_over]
    return [_page(poll) for poll in (*running, *over)]


def feed(of: Season, found: Sequence[Page], addresses: Addresses) -> Feed:
    """What opened and what closed, the newest first."""
    entries = [
        entry
        for page in found
        for entry in _entries(page, addresses.page(poll_path(page.poll.number)))
    ]
    entries.sort(key=lambda entry: entry.at, reverse=True)
    changed = max((entry.at for entry in entries), default=of.snapshot.facts.since)
    return Feed(
        addresses.page(POLLS_FEED), addresses.page(POLLS), changed, tuple(entries[:MOST_ENTRIES])
    )


def votes(page: Page) -> bytes:
    """option,count: what each option got, of a ranked poll how often it came first."""
    file = io.StringIO()
    rows = csv.writer(file, lineterminator="\r\n")
    rows.writerow(["option", "count"])
    assert page.result is not None
    for option, count in zip(page.poll.options, page.result.counts, strict=True):
        rows.writerow([f"'{option}" if option.startswith(_NO_FORMULA) else option, count])
    return file.getvalue().encode()


def _page(poll: Poll) -> Page:
    result = poll.result
    return Page(poll, poll_path(poll.number), result, _bars(poll, result) if result else ())


def _bars(poll: Poll, result: Result) -> tuple[Bar, ...]:
    """The options from the best to the last; before the first vote as they stand."""
    most = max([*result.counts, 1])
    order = result.order or (tuple(range(len(poll.options))),)
    return tuple(
        Bar(
            poll.options[n],
            result.counts[n],
            round(100 * result.counts[n] / most),
            rank,
            rank == 1 and poll.is_over and bool(result.voters),
        )
        for rank, tied in enumerate(order, 1)
        for n in tied
    )


def _entries(page: Page, url: str) -> list[Entry]:
    poll = page.poll
    found = [
        Entry(f"{url}#opened", url, f"Poll {poll.number}: {poll.question}", poll.at, page, False)
    ]
    if poll.closed_at is not None:
        title = f"Result of poll {poll.number}: {poll.question}"
        found.append(Entry(f"{url}#closed", url, title, poll.closed_at, page, True))
    return found
