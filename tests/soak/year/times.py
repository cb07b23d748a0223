"""From when until when something was so: the bot up, a channel joined, a person there."""

from bisect import bisect_right
from collections.abc import Iterator
from datetime import datetime, timedelta

Span = tuple[datetime, datetime]
UNSURE = timedelta(seconds=2)
"""Before an end: what fell due just then may have been said, or not."""


class Times:
    """The stretches in which something was so, in their order."""

    def __init__(self) -> None:
        self.spans: list[Span] = []
        self.since: datetime | None = None

    def begin(self, now: datetime) -> None:
        """It is so from now on."""
        if self.since is None:
            self.since = now

    def end(self, now: datetime) -> None:
        """It is so no longer."""
        if self.since is not None:
            self.spans.append((self.since, now))
            self.since = None

    def at(self, now: datetime) -> bool:
        """Whether it was so."""
        place = bisect_right(self.spans, now, key=lambda s: s[0]) - 1
        return place >= 0 and now < self.spans[place][1]

    def since_of(self, now: datetime) -> datetime:
        """When the stretch began that a moment lies in, or the one before it."""
        return self.spans[bisect_right(self.spans, now, key=lambda s: s[0]) - 1][0]

    def within(self, begin: datetime, end: datetime) -> Iterator[Span]:
        """The stretches between two moments."""
        place = max(0, bisect_right(self.spans, begin, key=lambda s: s[0]) - 1)
        for since, until in self.spans[place:]:
            if since >= end:
                return
            if until > begin:
                yield max(since, begin), min(until, end)


def together(all_times: list[Times], begin: datetime, end: datetime) -> list[Span]:
    """The stretches in which all of it was so, without their unsure ends."""
    found = [(begin, end)]
    for times in all_times:
        found = [span for since, until in found for span in times.within(since, until)]
    return [(since, until - UNSURE) for since, until in found if until - since > UNSURE]
