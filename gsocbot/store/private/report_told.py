"""What was said of reports and of silence, to whom: nobody is told twice, or in another's place."""

from datetime import datetime, timedelta

from sqlalchemy import bindparam
from sqlalchemy import select as columns
from sqlmodel import col

from gsocbot.rules.outbox import OutboxState
from gsocbot.rules.reports import Week
from gsocbot.store.books import Books
from gsocbot.store.private.reports import Standing
from gsocbot.store.tables import Outbox

DUE, LATE = "student_report_due", "student_report_late"
MENTOR, ORGANISERS = "student_report_mentor", "student_report_organisers"
SKIP = "student_report_skip"
SILENT, LONG_SILENT = "student_report_silent", "student_report_silent_long"
TOPICS = frozenset({DUE, LATE, MENTOR, ORGANISERS, SKIP, SILENT, LONG_SILENT})
"""What is planned from the store; each topic is a template."""

BEHIND = timedelta(days=30)

_THERE = columns(col(Outbox.key), col(Outbox.state), col(Outbox.sent_at)).where(
    col(Outbox.season) == bindparam("season"),
    col(Outbox.topic).in_(bindparam("topics", expanding=True)),
    col(Outbox.due) > bindparam("since"),
)
_GONE_OUT = frozenset({OutboxState.WRITTEN, OutboxState.SENT, OutboxState.CLAIMED})


class Told:
    """What of the letters of a season stands in the outbox, said or still to be said."""

    def __init__(self, books: Books, season: str, now: datetime) -> None:
        self._season = season
        self._there: dict[str, dict[str, tuple[str, datetime | None]]] = {}
        values = {"season": season, "topics": list(TOPICS), "since": now - BEHIND}
        for row in books.rows(_THERE, values):
            beginning, _, to = row.key.rpartition(":@")
            self._there.setdefault(beginning, {})[to] = (row.state, row.sent_at)

    def at(self, topic: str, standing: Standing, occasion: str) -> tuple[str, datetime] | None:
        """Who was told something, and when; None if it has not gone out."""
        for to, (state, sent_at) in self._of(topic, standing, occasion).items():
            if state in _GONE_OUT and sent_at is not None:
                return to, sent_at
        return None

    def may_hear(self, topic: str, standing: Standing, occasion: str, account: str) -> bool:
        """Whether somebody is to be told: not what another was told in their place."""
        there = self._of(topic, standing, occasion)
        return account in there or not any(state != OutboxState.DUE for state, _ in there.values())

    def _of(
        self, topic: str, standing: Standing, occasion: str
    ) -> dict[str, tuple[str, datetime | None]]:
        row = standing.known.row
        beginning = f"{self._season}:{topic}:{row.network}:{row.account}:{occasion}:{row.network}"
        return self._there.get(beginning, {})


def occasion_of(week: Week) -> str:
    """What is said once of a week; a week that is moved is another."""
    return f"week {week.number} {week.last.isoformat()}"
