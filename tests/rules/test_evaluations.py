"""Evaluations: their dates, who is reminded at what hour, and what is looked at of a line."""

from datetime import UTC, date, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest

from gsocbot.rules.evaluations import (
    STILL_SHOWN,
    Turn,
    asking,
    current,
    for_backup,
    for_organisers,
    for_writer,
    is_longer,
    latest_open,
    read,
    turns,
    turns_of,
)
from gsocbot.rules.timeline import Deadline

END = datetime(2026, 7, 10, 18, tzinfo=UTC)
SECOND = timedelta(seconds=1)
MIDTERM = Deadline("midterm-mentor", "midterm", at=END, ours=timedelta(days=3))
HANDED_IN = Deadline("final-work", "work", at=datetime(2026, 8, 24, 18, tzinfo=UTC))
FINAL = Deadline("final-mentor", "final", at=datetime(2026, 9, 1, 18, tzinfo=UTC))
LONGER = Deadline("extended-final-mentor", "final", day=date(2026, 11, 9))


def midterm(*more: Deadline) -> Turn:
    """The midterm of the small season."""
    return turns([MIDTERM, *more])["midterm-mentor"]


def dues(steps: list) -> list[tuple[str, str]]:
    """The steps with their moments in UTC."""
    return [(step.name, f"{step.due:%d %b %H:%M}") for step in steps]


def test_a_form_opens_a_week_before_its_end_where_no_date_says_so() -> None:
    opening = Deadline("midterm-open", "open", at=END - timedelta(days=4))

    assert midterm().opens == END - timedelta(days=7)
    assert midterm(opening).opens == END - timedelta(days=4)
    assert midterm(Deadline("midterm-open", "open", at=END)).opens == END - timedelta(days=7)


@pytest.mark.parametrize(
    ("ends", "longer"),
    [(None, False), (HANDED_IN.at, False), (HANDED_IN.at + SECOND, True)],
)
def test_a_project_beyond_the_end_of_the_others_is_a_longer_one(
    ends: datetime | None, longer: bool
) -> None:
    assert is_longer(ends, [HANDED_IN]) is longer


def test_a_longer_project_has_another_final() -> None:
    all_turns = turns([MIDTERM, FINAL, LONGER])

    assert [t.slug for t in turns_of(all_turns, longer=False)] == ["midterm-mentor", "final-mentor"]
    assert [t.slug for t in turns_of(all_turns, longer=True)] == [
        "midterm-mentor",
        "extended-final-mentor",
    ]


def test_whoever_writes_is_reminded_on_their_own_clock() -> None:
    assert dues(for_writer(midterm(), ZoneInfo("Asia/Kolkata"))) == [
        ("-5d", "02 Jul 03:30"),
        ("-3d", "04 Jul 03:30"),
        ("-1d", "06 Jul 11:30"),
        ("0", "07 Jul 18:00"),
        ("+1d", "08 Jul 03:30"),
    ]


def test_without_a_date_of_ours_googles_is_counted_down() -> None:
    alone = turns([Deadline("midterm-mentor", "midterm", at=END)])["midterm-mentor"]

    assert dues(for_writer(alone, UTC)) == [
        ("-5d", "05 Jul 09:00"),
        ("-3d", "07 Jul 09:00"),
        ("-1d", "09 Jul 17:00"),
    ]
    assert dues(for_backup(alone, UTC)) == [("-24h", "09 Jul 18:00")]
    assert dues(for_organisers(alone)) == [
        ("-24h", "09 Jul 18:00"),
        ("-6h", "10 Jul 12:00"),
        ("-2h", "10 Jul 16:00"),
    ]


def test_a_day_without_an_hour_is_counted_down_to_its_beginning() -> None:
    turn = turns([LONGER])["extended-final-mentor"]

    assert dues(for_organisers(turn))[-1] == ("-2h", "08 Nov 22:00")
    assert turn.passes == datetime(2026, 11, 10, 12, tzinfo=UTC)


def test_every_step_is_of_use_until_the_next_and_none_after_googles_deadline() -> None:
    for steps in (
        for_writer(midterm(), UTC),
        for_backup(midterm(), UTC),
        for_organisers(midterm()),
    ):
        assert [s.expires for s in steps] == [*(s.due for s in steps[1:]), END]
    assert asking(midterm(), UTC).expires == for_writer(midterm(), UTC)[0].due


def test_ours_a_day_before_googles_leaves_no_step_twice() -> None:
    near = turns([Deadline("midterm-mentor", "m", at=END, ours=timedelta(days=1))])

    assert dues(for_organisers(near["midterm-mentor"]))[0] == ("ours", "09 Jul 18:00")
    assert len(for_organisers(near["midterm-mentor"])) == 3


def test_an_evaluation_is_spoken_of_until_two_days_after_its_end() -> None:
    both = list(turns([MIDTERM, FINAL]).values())

    assert current(both, END + STILL_SHOWN - SECOND) == both[0]
    assert current(both, END + STILL_SHOWN) == both[1]
    assert current(both, datetime(2027, 1, 1, tzinfo=UTC)) is None


def test_what_is_noted_is_what_opened_last() -> None:
    both = list(turns([MIDTERM, FINAL]).values())

    assert latest_open(both, both[0].opens - SECOND) is None
    assert latest_open(both, both[0].opens) == both[0]
    assert latest_open(both, both[1].opens) == both[1]


@pytest.mark.parametrize(
    ("line", "names", "kept", "thrown"),
    [
        ("wenjie", 1, ("wenjie",), False),
        ("for wenjie's midterm evaluation", 1, ("wenjie", "midterm"), False),
        ("wenjie Finals", 1, ("wenjie", "final"), False),
        ("wenjie midterm pass", 1, ("wenjie", "midterm"), True),
        ("pass wenjie", 1, ("wenjie",), True),
        ("wenjie 8/10", 1, ("wenjie",), True),
        ("wenjie 👍", 1, ("wenjie",), True),
        ("wenjie anything", 1, ("wenjie",), True),
        ("pass", 1, ("pass",), True),
        ("midterm", 1, (), False),
        ("wenjie hauke", 2, ("wenjie", "hauke"), False),
        ("wenjie great hauke", 2, ("wenjie", "hauke"), True),
        ("midterm", 0, ("midterm",), False),
        ("wenjie", 0, (), True),
        ("", 1, (), False),
    ],
)
def test_of_a_line_only_names_and_which_evaluation_are_looked_at(
    line: str, names: int, kept: tuple[str, ...], thrown: bool
) -> None:
    assert read(line.split(), names) == (kept, thrown)
