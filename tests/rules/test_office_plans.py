"""What people say of office hours: a new series, which session they mean, and when else."""

from datetime import UTC, date, datetime, time, timedelta

import pytest

from gsocbot.rules.office_plans import (
    Planned,
    check_apart,
    checked_why,
    meant,
    read_minutes,
    read_move,
)
from gsocbot.rules.office_series import LONGEST, SHORTEST, read_series
from gsocbot.rules.recurrence import Change, Occurrence, Weekly, occurrences, skipped
from gsocbot.talk import Refused

NOW = datetime(2026, 3, 2, 10, tzinfo=UTC)  # a Monday
LONDON, BERLIN = "Europe/London", "Europe/Berlin"


def weekly(day: int, clock: time, zone: str = "UTC", minutes: int = 60, first: str = "2026-03-04",
           last: str | None = None, every: int = 1, channel: str = "") -> Weekly:  # fmt: skip
    begin, end = date.fromisoformat(first), date.fromisoformat(last) if last else None
    return Weekly(day, clock, zone, minutes, begin, end, every=every, channel=channel)


WED = weekly(2, time(16), LONDON)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("weekly wed 16:00 Europe/London 60m", WED),
        ("Weekly Wednesdays 4pm Europe/London", WED),
        ("wed at 16:00 Europe/London 1h", WED),
        ("every week wed 4 pm London 60 minutes", WED),
        ("weekly wed 16h Europe/London 60m", WED),
        ("every week on Wednesday at 16:00 Europe/London for 60 min", WED),
        ("weekly wed 16:00", weekly(2, time(16))),
        ("weekly wed 16:00 2h", weekly(2, time(16), minutes=120)),
        ("weekly wed 16:00 1h30m UTC", weekly(2, time(16), minutes=90)),
        ("weekly wed 16:00 #GSoC 45 min", weekly(2, time(16), minutes=45, channel="#gsoc")),
        ("biweekly wed 16:00", weekly(2, time(16), every=2)),
        ("every other week wed 16:00", weekly(2, time(16), every=2)),
        ("every 3 weeks wed 16:00", weekly(2, time(16), every=3)),
        ("weekly wed 16:00 from 8 apr", weekly(2, time(16), first="2026-04-08")),
        (
            "weekly wed 16:00 until 1 jul from 8 apr",
            weekly(2, time(16), first="2026-04-08", last="2026-07-01"),
        ),
        (
            "once 8 apr 16:00 Europe/London 60m",
            weekly(2, time(16), LONDON, first="2026-04-08", last="2026-04-08"),
        ),
        (
            "once 2026-04-08 16:00Z",
            weekly(2, time(16), first="2026-04-08", last="2026-04-08"),
        ),
    ],
)
def test_a_series_in_words(text: str, expected: Weekly) -> None:
    assert read_series(text, NOW).weekly == expected


@pytest.mark.parametrize(
    ("text", "why"),
    [
        ("", "say how often first"),
        ("sometimes wed 16:00", "say how often first"),
        ("weekly", "say the day and the hour too"),
        ("weekly wed", "say the hour too"),
        ("weekly 16:00", '"16:00" is no day of the week'),
        ("weekly wed 25:00", 'I cannot read "wed 25:00" as a time'),
        ("weekly wed 16:00 Europe/Lodnon", 'I know no zone "Europe/Lodnon"'),
        ("weekly wed 16:00 IST", '"IST" means several zones'),
        ("weekly wed 16:00 0m", "an office hour lasts from 5 min"),
        ("weekly wed 16:00 13h", "an office hour lasts from 5 min"),
        ("weekly wed 16:00 #a #b", "that names several channels"),
        ("every 0 weeks wed 16:00", "that is every 0 weeks"),
        ("every 53 weeks wed 16:00", "that is every 53 weeks"),
        ("weekly wed 16:00 until 1 feb", "that ends before it begins"),
        ("weekly wed 16:00 from 5 mar until 6 mar", "that is over, or more than a year away"),
        ("once 1 mar 16:00", "that is over, or more than a year away"),
        ("once 8 apr", "say the hour too"),
        ("once 8 apr 16:00 until 1 jul", "once is one day"),
        ("weekly wed 16:00 from nowhere", 'I cannot read "nowhere" as a time'),
    ],
)
def test_what_is_no_series_says_what_is_missing(text: str, why: str) -> None:
    with pytest.raises(Refused) as refused:
        read_series(text, NOW)

    assert refused.value.text.startswith(why)


@pytest.mark.parametrize(
    ("length", "fits"),
    [
        (SHORTEST, True),
        (SHORTEST - timedelta(minutes=1), False),
        (LONGEST, True),
        (LONGEST + timedelta(minutes=1), False),
    ],
)
def test_how_long_an_office_hour_may_be(length: timedelta, fits: bool) -> None:
    minutes = int(length.total_seconds() // 60)
    if fits:
        assert read_series(f"weekly wed 16:00 {minutes}m", NOW).weekly.minutes == minutes
    else:
        with pytest.raises(Refused):
            read_series(f"weekly wed 16:00 {minutes}m", NOW)


def test_without_a_zone_it_is_said_that_none_was_named() -> None:
    assert not read_series("weekly wed 16:00", NOW).named
    assert read_series("weekly wed 16:00 UTC", NOW).named


# --- which session is meant

CHANGED = Weekly(2, time(16), LONDON, 60, date(2026, 3, 4), changes={
    date(2026, 3, 11): Change(day=date(2026, 3, 12), time=time(17)),
    date(2026, 3, 18): Change(skipped=True, why="holiday"),
})  # fmt: skip
EVENING = weekly(2, time(20), channel="#late")


def coming(now: datetime = NOW, **series: Weekly) -> list[Planned]:
    until = now + timedelta(days=40)
    found = [Planned(n, w, o) for n, w in series.items() for o in occurrences(w, now, until)]
    found += [Planned(n, w, o, why) for n, w in series.items() for o, why in skipped(w, now, until)]
    return sorted(found, key=lambda planned: planned.start)


def starts(text: str, now: datetime = NOW, **series: Weekly) -> list[str]:
    found = meant(text.split(), coming(now, **(series or {"office": CHANGED})), now)
    return [f"{planned.start:%d %H:%M}" for planned in found]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("next", ["04 16:00"]),
        ("wed", ["04 16:00"]),
        ("4 mar", ["04 16:00"]),
        ("2026-03-04", ["04 16:00"]),
        ("4 mar 16:00", ["04 16:00"]),
        ("4 mar 17:00", []),
        ("5 mar", []),
        ("12 mar", ["12 17:00"]),
        ("11 mar", ["12 17:00"]),  # where it was moved from
        ("18 mar", ["18 16:00"]),  # one that is left out
        ("1 apr", ["01 15:00"]),
        ("1 apr 15:00", ["01 15:00"]),
        ("1 apr 16:00", ["01 15:00"]),  # on the clock of its zone
        ("1 apr 16:00 UTC", []),
        ("1 apr 17:00 Europe/Berlin", ["01 15:00"]),
        ("office", ["04 16:00"]),
        ("office 1 apr", ["01 15:00"]),
    ],
)
def test_a_session_is_meant_by_its_day(text: str, expected: list[str]) -> None:
    assert starts(text) == expected


def test_of_several_on_one_day_the_hour_or_the_name_tells() -> None:
    two = {"office": WED, "late": EVENING}

    assert starts("4 mar", **two) == ["04 16:00", "04 20:00"]
    assert starts("4 mar 20:00", **two) == ["04 20:00"]
    assert starts("late 4 mar", **two) == ["04 20:00"]
    assert starts("late", **two) == ["04 20:00"]


def test_the_day_of_today_is_today_until_it_is_over() -> None:
    morning, evening = datetime(2026, 3, 4, 9, tzinfo=UTC), datetime(2026, 3, 4, 20, tzinfo=UTC)

    assert starts("wed", morning, office=WED) == ["04 16:00"]
    assert starts("today", morning, office=WED) == ["04 16:00"]
    assert starts("wed", evening, office=WED) == []


def test_a_day_is_that_of_its_zone() -> None:
    kiwi = weekly(3, time(9), "Pacific/Auckland", first="2026-03-05")

    assert starts("5 mar", office=kiwi) == ["04 20:00"]
    assert starts("4 mar", office=kiwi) == ["04 20:00"]
    assert starts("4 mar", office=WED, kiwi=kiwi) == ["04 16:00"]


def test_next_is_the_next_that_takes_place() -> None:
    now = datetime(2026, 3, 13, tzinfo=UTC)

    assert starts("next", now) == ["25 16:00"]


# --- when else


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("9 apr 17:00", (date(2026, 4, 9), time(18))),  # said in UTC, kept on London's clock
        ("to 9 apr 17:00 Europe/Berlin", (date(2026, 4, 9), time(16))),
        ("9 apr", (date(2026, 4, 9), time(16))),
        ("17:00", (date(2026, 4, 8), time(18))),
        ("5pm Europe/London", (date(2026, 4, 8), time(17))),
        ("17:30 Europe/London", (date(2026, 4, 8), time(17, 30))),
        ("9 apr 5 pm", (date(2026, 4, 9), time(18))),
        ("28 mar", (date(2026, 3, 28), time(16))),
        ("28 mar 16:00", (date(2026, 3, 28), time(16))),  # London's winter clock is UTC
    ],
)
def test_another_time_is_on_the_clock_of_the_series(text: str, expected: tuple[date, time]) -> None:
    (of,) = meant(["8", "apr"], coming(office=WED), NOW)

    assert read_move(text, of, NOW) == expected


AT = datetime(2026, 4, 8, 16, tzinfo=UTC)
HOUR, TICK = timedelta(hours=1), timedelta(microseconds=1)


@pytest.mark.parametrize(
    ("start", "one", "other", "clash"),
    [
        (AT, "", "", True),
        (AT + HOUR, "", "", False),
        (AT + HOUR - TICK, "", "", True),
        (AT - HOUR, "", "", False),
        (AT - HOUR + TICK, "", "", True),
        (AT, "#a", "#b", False),
        (AT, "#a", "#a", True),
        (AT, "#a", "", True),
    ],
)
def test_two_sessions_share_no_channel_at_a_time(
    start: datetime, one: str, other: str, clash: bool
) -> None:
    mine, theirs = weekly(2, time(16), channel=one), weekly(2, time(16), channel=other)
    there = Planned("b", theirs, Occurrence(AT.date(), AT, AT + HOUR))

    found = check_apart(Occurrence(start.date(), start, start + HOUR), mine, [there])

    assert found == (there if clash else None)


def test_why_is_some_words_and_not_many() -> None:
    assert [checked_why(w) for w in (' "holiday". ', "(holiday)", "a day off (UK)")] == [
        "holiday",
        "holiday",
        "a day off (UK)",
    ]
    for text in ("", "...", "x" * 121):
        with pytest.raises(Refused):
            checked_why(text)


@pytest.mark.parametrize("text", ["1", "60", "10 min", "10m"])
def test_how_late_somebody_may_be(text: str) -> None:
    assert read_minutes(text) == timedelta(minutes=int(text.split("m")[0]))


@pytest.mark.parametrize("text", ["0", "61", "-5", "soon", ""])
def test_who_is_later_moves_or_skips(text: str) -> None:
    with pytest.raises(Refused):
        read_minutes(text)
