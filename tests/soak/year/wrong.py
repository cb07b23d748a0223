"""Bots that are wrong on purpose, to see that this is seen."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

from sqlalchemy import update
from sqlmodel import col

from gsocbot.rules import reminders
from gsocbot.rules.outbox import OutboxState
from gsocbot.rules.recurrence import WEEK, Occurrence, Weekly, instant
from gsocbot.store.store import Store
from gsocbot.store.tables import Outbox

FAULTS = {
    "weeks": "sessions come every 168 hours, whatever the clocks do",
    "grace": "what is more than 5 seconds late is skipped",
    "again": "after a crash what was written and not confirmed is said again",
    "early": "the clock goes 90 seconds fast",
}
GRACE, FAST = timedelta(seconds=5), timedelta(seconds=90)


@dataclass(frozen=True)
class Wrong:
    """What is wrong with a bot; nothing if `fault` is empty."""

    fault: str = ""

    def begin(self, store: Store) -> None:
        """The bot has just been started."""
        if self.fault == "weeks":
            reminders.occurrences = _every_168_hours
        if self.fault == "again":
            self._move(store, OutboxState.DUE, col(Outbox.state) == OutboxState.WRITTEN)

    def clock(self, store: Store, now: datetime) -> datetime:
        """What it takes for now before it says what is due."""
        if self.fault == "grace":
            is_late = col(Outbox.due) < now - GRACE
            due = col(Outbox.state) == OutboxState.DUE
            self._move(store, OutboxState.SKIPPED, is_late & due)
        return now + FAST if self.fault == "early" else now

    def _move(self, store: Store, to: OutboxState, which: object) -> None:
        with store.transaction(writing=True) as books:
            statement = update(Outbox).where(which).values(state=to)  # type: ignore[arg-type]
            books.connection.execute(statement)


def _every_168_hours(series: Weekly, since: datetime, until: datetime) -> Iterator[Occurrence]:
    day = series.first + timedelta(days=(series.weekday - series.first.weekday()) % 7)
    start = instant(day, series.time, series.zone)
    length = timedelta(minutes=series.minutes)
    while start < until:
        if start + length > since:
            there = start.astimezone(ZoneInfo(series.zone)).date()
            yield Occurrence(there, start, start + length)
        start += WEEK
