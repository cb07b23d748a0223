"""Which seasons are planned anew at a tick: those that changed, and now and then the others."""

from collections.abc import Sequence
from datetime import datetime, timedelta

from gsocbot.store import audit
from gsocbot.store.books import Books

HOLDS = timedelta(hours=1)
"""A plan this old is made anew, one season at a tick. What it looks ahead is days."""

LONGEST = timedelta(hours=6)
"""None that is older than this is left alone."""


class Plans:
    """When the plan of each season was made, and after which change.

    A plan comes of the rows that the audit knows, of the config and of the moment, which it looks
    farther ahead of than plans grow old. So it holds until a row of the season changes.
    """

    def __init__(self) -> None:
        self._made: dict[str, datetime] = {}
        self._newest = 0

    def stale(self, books: Books, seasons: Sequence[str], now: datetime) -> tuple[list[str], int]:
        """The seasons to plan, and the newest change that their plans will know of."""
        newest = audit.newest(books)
        if newest < self._newest:  # the store was put back to an older state
            self._made.clear()
        changed = audit.seasons_since(books, self._newest) if self._made else set()
        due, old = [], []
        for season in seasons:
            age = now - self._made[season] if season in self._made else LONGEST
            if season in changed or None in changed or not timedelta(0) <= age < LONGEST:
                due.append(season)
            elif age >= HOLDS:
                old.append(season)
        if old:
            due.append(min(old, key=self._made.__getitem__))
        return [season for season in seasons if season in due], newest

    def failed(self, season: str) -> None:
        """This plan was not made; it is tried again at the next tick."""
        self._made.pop(season, None)

    def made(self, seasons: Sequence[str], newest: int, now: datetime) -> None:
        """These plans are made, and kept."""
        self._made.update(dict.fromkeys(seasons, now))
        self._newest = newest
