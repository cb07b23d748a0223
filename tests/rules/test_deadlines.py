"""What organisers say of a date is read as they mean it, or refused with the next step."""

from datetime import UTC, date, datetime, timedelta

import pytest

from gsocbot.rules.deadlines import (
    FARTHEST_OFFSET,
    FARTHEST_OURS,
    LONGEST_TITLE,
    MOST_OFFSETS,
    NEAREST_OFFSET,
    When,
    checked_slug,
    in_short,
    read_offsets,
    read_ours,
    read_when,
    split_new,
)
from gsocbot.rules.timeline import Audience, Deadline
from gsocbot.talk import Refused

NOW = datetime(2026, 3, 4, 16, 30, tzinfo=UTC)
OLD = Deadline("old", "Old", at=datetime(2026, 7, 10, 18, tzinfo=UTC))
BARE = Deadline("bare", "Bare", day=date(2026, 5, 25))
MINUTE, HOUR, DAY = timedelta(minutes=1), timedelta(hours=1), timedelta(days=1)


@pytest.mark.parametrize(
    ("text", "old", "when"),
    [
        ("16 jul 19:00", OLD, When(datetime(2026, 7, 16, 19, tzinfo=UTC))),
        ("16 jul 0:00", OLD, When(datetime(2026, 7, 16, tzinfo=UTC))),
        ("16 jul 12am", OLD, When(datetime(2026, 7, 16, tzinfo=UTC))),
        ("16 jul", OLD, When(datetime(2026, 7, 16, 18, tzinfo=UTC), hour_kept=True)),
        ("2026-07-16", OLD, When(datetime(2026, 7, 16, 18, tzinfo=UTC), hour_kept=True)),
        ("16 jul", BARE, When(day=date(2026, 7, 16))),
        ("16 jul", None, When(day=date(2026, 7, 16))),
        ("today", None, When(day=date(2026, 3, 4))),
        ("16 jul 7pm", None, When(datetime(2026, 7, 16, 19, tzinfo=UTC))),
        ("in 2h", OLD, When(NOW + 2 * HOUR)),
        ("2026-07-16 19:00Z", OLD, When(datetime(2026, 7, 16, 19, tzinfo=UTC))),
        (
            "16 jul 19:00 Europe/London",
            OLD,
            When(datetime(2026, 7, 16, 18, tzinfo=UTC), zone="Europe/London"),
        ),
        (
            "16 jan 2027 Europe/London",  # 18:00 UTC in summer is 19:00 there, in winter too
            OLD,
            When(datetime(2027, 1, 16, 19, tzinfo=UTC), zone="Europe/London", hour_kept=True),
        ),
        # The nearest is half a year ago; what is to lie ahead is not.
        ("20 sep 19:00", None, When(datetime(2026, 9, 20, 19, tzinfo=UTC))),
        ("20 sep", OLD, When(datetime(2026, 9, 20, 18, tzinfo=UTC), hour_kept=True)),
        # Lately, or with its year, it stays what was said, and is refused elsewhere.
        ("20 feb 19:00", None, When(datetime(2026, 2, 20, 19, tzinfo=UTC))),
        ("20 sep 2025 19:00", None, When(datetime(2025, 9, 20, 19, tzinfo=UTC))),
    ],
)
def test_when_a_date_is_to_be(text: str, old: Deadline | None, when: When) -> None:
    assert read_when(text, NOW, old) == when


@pytest.mark.parametrize("text", ["soon", "", "16 jul 19:00 CST", "31 feb", "16 jul 25:00"])
def test_what_is_no_moment_is_refused_aloud(text: str) -> None:
    with pytest.raises(Refused) as refused:
        read_when(text, NOW)
    assert not refused.value.stray


@pytest.mark.parametrize(
    ("text", "when", "title", "audience"),
    [
        ("20 sep 19:00 summit closes", "20 sep 19:00", "summit closes", Audience.ALL),
        ("20 sep summit closes for mentors", "20 sep", "summit closes", Audience.MENTORS),
        ("in 2h tea for all for Contributors", "in 2h", "tea for all", Audience.STUDENTS),
        ("20 sep 19:00 register for the summit", "20 sep 19:00", "register for the summit",
         Audience.ALL),
        ("fri 18:00 Europe/London tea", "fri 18:00 Europe/London", "tea", Audience.ALL),
        ("20 sep 2026 at 7pm UTC tea for organisers", "20 sep 2026 at 7pm UTC", "tea",
         Audience.ORGANISERS),
        ('20 sep 19:00 "mid term."', "20 sep 19:00", "mid term", Audience.ALL),
    ],
)  # fmt: skip
def test_a_new_date_is_a_moment_a_title_and_for_whom(
    text: str, when: str, title: str, audience: Audience
) -> None:
    new = split_new(text, NOW)

    assert (new.when, new.title, new.audience) == (when, title, audience)


@pytest.mark.parametrize(
    "text",
    [
        "",
        "for mentors",
        "summit closes",
        "20 sep 19:00",
        "20 sep 19:00 for mentors",
        "20 sep 19:00 ...",
        "20 sep 19:00 CST tea",
        "20 sep " + "x" * (LONGEST_TITLE + 1),
    ],
)
def test_a_new_date_that_lacks_something_is_refused_aloud(text: str) -> None:
    with pytest.raises(Refused) as refused:
        split_new(text, NOW)
    assert not refused.value.stray


@pytest.mark.parametrize(
    ("text", "fits"),
    [("summit", True), ("a1-b2", True), ("Summit", True), ("x" * 40, True), ("x" * 41, False),
     ("12", False), ("a_b", False), ("-a", False), ("a--b", False), ("é", False), ("", False)],
)  # fmt: skip
def test_a_slug_can_be_said_aloud(text: str, fits: bool) -> None:
    if fits:
        assert checked_slug(text) == text.lower()
        return
    with pytest.raises(Refused):
        checked_slug(text)


@pytest.mark.parametrize(
    ("text", "ours"),
    [("-3d", 3 * DAY), ("3d", 3 * DAY), ("- 12 hours", 12 * HOUR), ("-1w", 7 * DAY),
     ("off", None), ("none", None), ("0", None), (f"-{FARTHEST_OURS.days}d", FARTHEST_OURS)],
)  # fmt: skip
def test_ours_is_so_long_before_it(text: str, ours: timedelta | None) -> None:
    assert read_ours(text) == ours


@pytest.mark.parametrize("text", ["", "3", "-3 potatoes", "3d 2h", "+3d", "-61d", "-9999w"])
def test_what_is_no_such_length_is_refused(text: str) -> None:
    with pytest.raises(Refused):
        read_ours(text)


@pytest.mark.parametrize(
    ("text", "offsets"),
    [
        ("14d,7d,2d", (14 * DAY, 7 * DAY, 2 * DAY)),
        ("1h 2d 1h", (2 * DAY, HOUR)),
        ("-5d, -3d and 6 hours", (5 * DAY, 3 * DAY, 6 * HOUR)),
        ("10min", (NEAREST_OFFSET,)),
        ("90d", (FARTHEST_OFFSET,)),
        ("off", ()),
        ("default", None),
    ],
)
def test_reminders_come_so_long_before(text: str, offsets: tuple[timedelta, ...] | None) -> None:
    assert read_offsets(text) == offsets


@pytest.mark.parametrize(
    "text",
    ["", "often", "9 min", "91d", "14d7d", "0d", "1d or 2d",
     ",".join(f"{n}d" for n in range(1, MOST_OFFSETS + 2))],
)  # fmt: skip
def test_reminders_that_are_none_too_many_or_too_far_are_refused(text: str) -> None:
    with pytest.raises(Refused):
        read_offsets(text)


def test_offsets_are_said_in_short() -> None:
    assert in_short((14 * DAY, 36 * HOUR, 6 * HOUR, 90 * MINUTE, 10 * MINUTE)) == (
        "14d 36h 6h 90min 10min"
    )
