"""When a line may be said to somebody in private: quiet hours by their clock, and pm off."""

from datetime import UTC, datetime, timedelta

import pytest

from gsocbot.rules.quiet import SORTS, URGENT, Settings, Verdict, is_quiet, read_hours, verdict
from gsocbot.shipped import shipped
from gsocbot.talk import Refused

SECOND = timedelta(seconds=1)
NIGHT = datetime(2026, 3, 2, 23, tzinfo=UTC)
NOON = datetime(2026, 3, 2, 12, tzinfo=UTC)
NIGHTS = Settings(quiet_from=22, quiet_until=8)


def at(text: str) -> datetime:
    return datetime.fromisoformat(text).replace(tzinfo=UTC)


@pytest.mark.parametrize(
    ("settings", "moment", "quiet"),
    [
        (Settings(), "2026-03-02 23:00", False),
        (NIGHTS, "2026-03-02 21:59:59", False),
        (NIGHTS, "2026-03-02 22:00", True),
        (NIGHTS, "2026-03-03 00:00", True),
        (NIGHTS, "2026-03-03 07:59:59", True),
        (NIGHTS, "2026-03-03 08:00", False),
        (Settings(quiet_from=9, quiet_until=17), "2026-03-02 09:00", True),
        (Settings(quiet_from=9, quiet_until=17), "2026-03-02 17:00", False),
        (Settings(quiet_from=9, quiet_until=17), "2026-03-02 08:59", False),
        (Settings(quiet_from=0, quiet_until=1), "2026-03-02 00:30", True),
        (Settings(quiet_from=0, quiet_until=1), "2026-03-02 01:00", False),
        (Settings("Asia/Kolkata", 22, 8), "2026-03-02 16:29", False),
        (Settings("Asia/Kolkata", 22, 8), "2026-03-02 16:30", True),
        (Settings("Asia/Kolkata", 22, 8), "2026-03-03 02:30", False),
        # Their own clock: an hour earlier in UTC once it is summer there.
        (Settings("Europe/London", 22, 8), "2026-03-28 21:30", False),
        (Settings("Europe/London", 22, 8), "2026-03-29 21:30", True),
        (Settings("Europe/London", 22, 8), "2026-03-29 07:00", False),
        # A zone that is known no more reads as UTC.
        (Settings("Mars/Olympus", 22, 8), "2026-03-02 22:00", True),
    ],
)
def test_it_is_quiet_by_ones_own_clock(settings: Settings, moment: str, quiet: bool) -> None:
    assert is_quiet(settings, at(moment)) is quiet


@pytest.mark.parametrize(
    ("topic", "ahead", "says"),
    [
        ("own_reminder", timedelta(0), Verdict.SAY),
        ("deadline", URGENT, Verdict.SAY),
        ("deadline", URGENT + SECOND, Verdict.HOLD),
        ("office", timedelta(0), Verdict.SAY),
        ("draft_waits", timedelta(0), Verdict.HOLD),
        ("watched", timedelta(0), Verdict.HOLD),
        ("answer", timedelta(0), Verdict.HOLD),
        ("a topic of tomorrow", timedelta(0), Verdict.HOLD),
    ],
)
def test_in_quiet_hours_only_what_is_near_or_asked_for_is_said(
    topic: str, ahead: timedelta, says: Verdict
) -> None:
    assert verdict(NIGHTS, topic, NIGHT + ahead, NIGHT) is says
    assert verdict(NIGHTS, topic, NOON + ahead, NOON) is Verdict.SAY


@pytest.mark.parametrize(
    ("topic", "says"),
    [
        ("own_reminder", Verdict.SAY),
        ("deadline", Verdict.DROP),
        ("office", Verdict.DROP),
        ("draft_waits", Verdict.DROP),
        ("dead_link", Verdict.DROP),
        ("watched", Verdict.SAY),
        ("answer", Verdict.SAY),
        ("question", Verdict.SAY),
        ("backup_asked", Verdict.SAY),
    ],
)
def test_pm_off_ends_reminders_and_nothing_else(topic: str, says: Verdict) -> None:
    assert verdict(Settings(pm=False), topic, NOON + SECOND, NOON) is says


def test_pm_off_holds_by_night_as_well() -> None:
    both = Settings(quiet_from=22, quiet_until=8, pm=False)

    assert verdict(both, "deadline", NIGHT + SECOND, NIGHT) is Verdict.DROP
    assert verdict(both, "watched", NIGHT, NIGHT) is Verdict.HOLD


def test_every_topic_of_the_table_is_said_by_a_template() -> None:
    known = {file.stem for file in (shipped("templates") / "irc").glob("*.txt")}

    assert set(SORTS) <= known


@pytest.mark.parametrize(
    ("text", "hours"),
    [
        ("22-08", (22, 8)),
        ("22-8", (22, 8)),
        ("22:00 - 08:00", (22, 8)),
        ("10pm-8am", (22, 8)),
        ("12am to 12pm", (0, 12)),
        ("22h–8h", (22, 8)),
        ("0-24", None),
        ("8-8", None),
        ("20-24", (20, 0)),
        ("25-8", None),
        ("13pm-8am", None),
        ("0am-8am", None),
        ("22:30-8", None),
        ("22", None),
        ("", None),
        ("on", None),
    ],
)
def test_hours_are_read_as_people_write_them(text: str, hours: tuple[int, int] | None) -> None:
    if hours is None:
        with pytest.raises(Refused):
            read_hours(text)
    else:
        assert read_hours(text) == hours
