"""The year: what comes next, for whom, and which phase is running."""

from datetime import UTC, date, datetime, timedelta

import pytest

from gsocbot.rules.office import EARLY, is_kept, session_at
from gsocbot.rules.recurrence import Occurrence, Weekly
from gsocbot.rules.timeline import (
    Audience,
    Deadline,
    Phase,
    current,
    in_order,
    stretches,
    upcoming,
)

TICK = timedelta(microseconds=1)
AT = datetime(2026, 4, 8, 18, tzinfo=UTC)
APPLY = Deadline("apply", "Apply", at=AT, ours=timedelta(days=1))
DAY = Deadline("day", "Day", day=date(2026, 4, 8))
ENDS = datetime(2026, 4, 9, 12, tzinfo=UTC)
"""When the 8th ends at UTC-12."""


@pytest.mark.parametrize(
    ("deadline", "now", "comes"),
    [
        (APPLY, AT - TICK, True),
        (APPLY, AT, False),
        (DAY, ENDS - TICK, True),
        (DAY, ENDS, False),
    ],
)
def test_a_date_is_to_come_until_it_has_passed(
    deadline: Deadline, now: datetime, comes: bool
) -> None:
    assert bool(upcoming([deadline], now)) is comes


def test_a_bare_day_comes_before_the_moments_of_that_day() -> None:
    midnight = Deadline("midnight", "M", at=datetime(2026, 4, 8, tzinfo=UTC))
    before = Deadline("before", "B", at=datetime(2026, 4, 7, 23, 59, tzinfo=UTC))

    assert in_order([APPLY, midnight, DAY, before]) == [before, DAY, midnight, APPLY]


@pytest.mark.parametrize(
    ("audience", "slugs"),
    [
        (None, ["all", "mentors", "organisers", "students"]),
        (Audience.MENTORS, ["all", "mentors"]),
        (Audience.STUDENTS, ["all", "students"]),
        (Audience.ORGANISERS, ["all", "organisers"]),
        (Audience.ALL, ["all"]),
    ],
)
def test_everybody_hears_of_what_is_for_all(audience: Audience | None, slugs: list[str]) -> None:
    dates = [Deadline(str(a), a, at=AT, audience=a) for a in Audience]

    assert [d.slug for d in upcoming(dates, AT - TICK, audience)] == slugs


def test_our_own_deadline_is_earlier_by_what_we_ask() -> None:
    assert APPLY.ours_at == AT - timedelta(days=1)
    assert DAY.ours_at is None
    assert Deadline("x", "X", day=date(2026, 4, 8), ours=timedelta(days=1)).ours_at is None


END = Deadline("end", "End", at=AT + timedelta(days=10))
PHASES = (Phase("apply", "day", "apply"), Phase("code", "apply", "end"))


@pytest.mark.parametrize(
    ("now", "phase"),
    [
        (datetime(2026, 4, 8, tzinfo=UTC) - TICK, None),
        (datetime(2026, 4, 8, tzinfo=UTC), "apply"),
        (AT - TICK, "apply"),
        (AT, "code"),
        (AT + timedelta(days=10) - TICK, "code"),
        (AT + timedelta(days=10), None),
    ],
)
def test_a_phase_runs_from_its_beginning_to_its_end(now: datetime, phase: str | None) -> None:
    running = current(stretches(PHASES, [DAY, APPLY, END]), now)

    assert (running.name if running else None) == phase


def test_of_two_phases_that_overlap_the_later_begun_is_running() -> None:
    both = (Phase("long", "day", "end"), Phase("short", "apply", "end"))

    running = current(stretches(both, [DAY, APPLY, END]), AT)

    assert running is not None
    assert running.name == "short"


def test_a_phase_whose_ends_are_not_known_is_left_out() -> None:
    assert stretches([Phase("x", "gone", "end"), Phase("y", "end", "gone")], [END]) == []


@pytest.mark.parametrize(
    ("now", "belongs"),
    [
        (AT - EARLY - TICK, False),
        (AT - EARLY, True),
        (AT, True),
        (AT + timedelta(hours=1) - TICK, True),
        (AT + timedelta(hours=1), False),
    ],
)
def test_a_session_may_be_opened_half_an_hour_early(now: datetime, belongs: bool) -> None:
    weekly = Weekly(AT.weekday(), AT.time(), "UTC", 60, AT.date())
    planned = ("office", weekly, Occurrence(AT.date(), AT, AT + timedelta(hours=1)))

    assert session_at([planned], now) is (planned if belongs else None)


@pytest.mark.parametrize(
    ("text", "kept"),
    [("hello", True), ("[off] hello", False), ("  [OFF]x", False), ("x [off]", True), ("", True)],
)
def test_what_is_off_the_record_is_not_kept(text: str, kept: bool) -> None:
    assert is_kept(text) is kept
