"""What earlier years tell of one whose dates are not known yet."""

from datetime import UTC, date, datetime

from gsocbot.rules.publication import RECENT, Before, before
from gsocbot.rules.timeline import Deadline

ANNOUNCED = Deadline("program-announced", "a", day=date(2025, 12, 3))
OPENS = Deadline("org-applications-open", "o", at=datetime(2026, 1, 19, 18, tzinfo=UTC))
PEOPLE = Deadline("applications-open", "p", day=date(2026, 3, 16))
OTHER = Deadline("coding-start", "c", day=date(2026, 5, 25))


def test_the_last_years_are_told_of_newest_first() -> None:
    timelines = {2024: [OPENS], 2026: [OTHER, PEOPLE, ANNOUNCED, OPENS], 2025: [PEOPLE]}

    assert before(2027, timelines) == [
        Before(2026, date(2025, 12, 3), date(2026, 1, 19), date(2026, 3, 16)),
        Before(2025, None, None, date(2026, 3, 16)),
        Before(2024, None, date(2026, 1, 19), None),
    ]


def test_a_year_that_tells_nothing_is_left_out() -> None:
    assert before(2027, {2026: [OTHER], 2025: []}) == []


def test_only_three_years_are_told_of() -> None:
    timelines = {year: [OPENS] for year in range(2020, 2030)}

    assert [b.year for b in before(2027, timelines)] == [2026, 2025, 2024]


def test_what_was_long_ago_is_not_told() -> None:
    assert [b.year for b in before(2026 + RECENT, {2026: [OPENS]})] == [2026]
    assert before(2026 + RECENT + 1, {2026: [OPENS]}) == []


def test_a_year_tells_nothing_of_itself() -> None:
    assert before(2026, {2026: [OPENS], 2027: [OPENS]}) == []
