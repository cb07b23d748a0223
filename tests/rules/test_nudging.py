"""When people are reminded of ideas that lack something."""

from datetime import UTC, datetime

import pytest

from gsocbot.rules.nudging import CLOSES, OPENS, count_due
from gsocbot.rules.timeline import Deadline
from tests.conversation import played, stage

DATES = (
    Deadline(OPENS, "they open", at=datetime(2026, 1, 19, 18, tzinfo=UTC)),
    Deadline(CLOSES, "they close", at=datetime(2026, 3, 31, 18, tzinfo=UTC)),
)


@pytest.mark.parametrize(
    ("now", "due"),
    [
        ("2025-11-01T08:59", "2025-10-01T09:00"),
        ("2025-11-01T09:00", "2025-11-01T09:00"),
        ("2025-11-24T17:59", "2025-11-01T09:00"),
        # Eight weeks before organisations apply: Mondays.
        ("2025-11-24T18:00", "2025-11-24T09:00"),
        ("2025-12-01T08:59", "2025-11-24T09:00"),
        ("2025-12-01T09:00", "2025-12-01T09:00"),
        ("2026-01-19T17:59", "2026-01-19T09:00"),
        ("2026-01-19T18:00", "2026-01-01T09:00"),
        ("2026-03-31T17:59", "2026-03-01T09:00"),
        ("2026-03-31T18:00", None),
    ],
)
def test_organisers_are_due_a_count_monthly_then_weekly_then_no_more(
    now: str, due: str | None
) -> None:
    found = count_due(DATES, datetime.fromisoformat(now).replace(tzinfo=UTC))

    assert found == (None if due is None else datetime.fromisoformat(due).replace(tzinfo=UTC))


def test_without_dates_the_count_is_monthly() -> None:
    now = datetime(2026, 5, 17, tzinfo=UTC)

    assert count_due((), now) == datetime(2026, 5, 1, 9, tzinfo=UTC)


COUNT = (
    "gsocbot -> #gsoc-org: Ideas: 5 of 6 complete, 1 not public yet: !idea drafts. "
    "What they lack: !idea check"
)
COUNTS = f"""\
gsocbot role add odile organiser
== 2025-10-31 09:00
== 2025-11-01 09:00
{COUNT}
== 2025-11-01 09:01
== 2025-11-24 19:00
== 2025-12-01 09:00
{COUNT}
<odile> !idea mentor 4 add mira
<gsocbot> odile: 4: mentors are now m·ira.
<odile> !idea publish 6
<gsocbot> odile: 6 secret-draft is public: https://gsoc.example.org/test/ideas/6/
== 2025-12-08 09:00
"""


def test_organisers_get_each_count_once_and_none_when_nothing_is_missing() -> None:
    on = stage(now=datetime(2025, 10, 20, tzinfo=UTC))
    mine = {"gsocbot -> ", "== ", "<", "gsocbot role"}

    said = [line for line in played(COUNTS, on).splitlines() if not line.startswith("-gsocbot-")]

    assert [line for line in said if line.startswith(tuple(mine))] == COUNTS.splitlines()
