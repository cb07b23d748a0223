"""Until when a project can be made longer, and for how long."""

from datetime import UTC, date, datetime, timedelta

import pytest

from gsocbot.rules.project_length import LOCKED_BEFORE, check_length, read_end, usual_end
from gsocbot.rules.timeline import Deadline
from gsocbot.talk import Refused

SECOND = timedelta(seconds=1)
MIDTERM = datetime(2026, 7, 10, 18, tzinfo=UTC)
FINAL = datetime(2026, 8, 31, 18, tzinfo=UTC)
WORK = datetime(2026, 8, 24, 18, tzinfo=UTC)
OPENS = datetime(2026, 7, 6, 18, tzinfo=UTC)
DATES = (
    Deadline("coding-start", "coding starts", day=date(2026, 5, 25)),
    Deadline("midterm-mentor", "midterm", at=MIDTERM),
    Deadline("final-work", "work", at=WORK),
    Deadline("final-mentor", "final", at=FINAL),
)
LONGER = datetime(2026, 9, 9, 18, tzinfo=UTC)
OWN = datetime(2026, 9, 30, 18, tzinfo=UTC)


def changes(now: datetime, *more: Deadline, was: datetime | None = None) -> bool:
    """Whether the length can be changed at a moment."""
    try:
        check_length(OWN + timedelta(days=7), was, (*DATES, *more), now)
    except Refused as refused:
        return "evaluation has begun" not in refused.text
    return True


@pytest.mark.parametrize(
    ("now", "may"),
    [
        (MIDTERM - LOCKED_BEFORE - SECOND, True),
        (MIDTERM - LOCKED_BEFORE, False),
        (MIDTERM - SECOND, False),
        (MIDTERM, True),
        (FINAL - LOCKED_BEFORE - SECOND, True),
        (FINAL - LOCKED_BEFORE, False),
        (FINAL + SECOND, False),
    ],
)
def test_not_from_ten_days_before_an_evaluation_closes_until_it_has(
    now: datetime, may: bool
) -> None:
    assert changes(now) is may


@pytest.mark.parametrize(("now", "may"), [(OPENS - SECOND, True), (OPENS, False), (MIDTERM, True)])
def test_not_from_when_it_opens_where_that_is_known(now: datetime, may: bool) -> None:
    assert changes(now, Deadline("midterm-open", "opens", at=OPENS)) is may


@pytest.mark.parametrize(
    ("now", "may"),
    [
        (FINAL + SECOND, True),
        (OWN - LOCKED_BEFORE - SECOND, True),
        (OWN - LOCKED_BEFORE, False),
        (OWN, False),
    ],
)
def test_a_longer_project_has_its_final_evaluation_at_its_own_end(now: datetime, may: bool) -> None:
    assert changes(now, was=OWN) is may


def test_no_end_that_is_past_or_more_than_22_weeks_from_the_start() -> None:
    now = datetime(2026, 6, 1, tzinfo=UTC)
    last = datetime(2026, 5, 25, tzinfo=UTC) + timedelta(weeks=22)

    check_length(last, None, DATES, now)
    with pytest.raises(Refused, match="22 weeks"):
        check_length(last + SECOND, None, DATES, now)
    with pytest.raises(Refused, match="past"):
        check_length(now, None, DATES, now)


def test_a_bare_day_ends_when_the_work_of_the_others_is_due() -> None:
    now = datetime(2026, 6, 1, tzinfo=UTC)

    assert usual_end(DATES) == WORK
    assert read_end("9 sep", DATES, now) == LONGER
    assert read_end("9 sep", (), now) == LONGER
    assert read_end("9 sep 12:00 Asia/Kolkata", DATES, now).hour == 6
    assert usual_end(()) is None
    with pytest.raises(Refused):
        read_end("31 feb", DATES, now)
