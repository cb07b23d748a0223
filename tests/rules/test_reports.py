"""Which weeks there are, which is meant, what a report says, and when who hears of it."""

from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

import pytest

from gsocbot.rules.report_skips import LONGEST_SKIP, Away, check_skip, meant_skip, read_skip
from gsocbot.rules.report_texts import LONGEST, joined, read, says_nothing
from gsocbot.rules.reports import (
    GRACE,
    Skip,
    Week,
    after,
    meant,
    next_morning,
    numbered,
    ranges,
    reminded_at,
    shown,
    skipped_from,
    wanted,
    weeks,
)
from gsocbot.rules.silence import BONDING, CODING, Stretch, days_late, silent_since, stretches
from gsocbot.rules.timeline import Deadline
from gsocbot.rules.when import Zone
from gsocbot.talk import Refused

START = date(2026, 5, 25)
DATES = [
    Deadline("coding-start", "coding starts", day=START),
    Deadline("final-work", "final work", at=datetime(2026, 8, 24, 18, tzinfo=UTC)),
]
ALL = weeks(DATES)
DAY = timedelta(days=1)
NOW = datetime(2026, 6, 24, 12, tzinfo=UTC)


def test_weeks_count_from_the_day_on_which_coding_begins_until_the_final_work() -> None:
    assert [week.number for week in ALL] == list(range(1, 14))
    assert (ALL[0].first, ALL[0].last) == (START, date(2026, 5, 31))
    assert ALL[-1].last == date(2026, 8, 23)


@pytest.mark.parametrize(("end", "count"), [(-1, 12), (0, 13), (6, 13), (7, 14)])
def test_a_week_that_does_not_end_in_time_is_not_asked_for(end: int, count: int) -> None:
    last = datetime(2026, 8, 23, 18, tzinfo=UTC) + end * DAY

    assert len(weeks(DATES, last)) == count
    assert len(weeks([DATES[0], Deadline("final-work", "", at=last)])) == count


def test_without_a_date_for_coding_there_are_no_weeks() -> None:
    assert weeks(DATES[1:]) == ()
    with pytest.raises(Refused, match="no date at which coding begins"):
        meant((), START, lambda week: True)


@pytest.mark.parametrize(
    ("today", "before_is_open", "number"),
    [
        (START, True, 1),
        (START + 6 * DAY, True, 1),
        (START + 7 * DAY, True, 1),
        (START + 6 * DAY + GRACE, True, 1),
        (START + 7 * DAY + GRACE, True, 2),
        (START + 7 * DAY, False, 2),
    ],
)
def test_for_a_few_days_the_week_before_is_meant_if_it_is_open(
    today: date, before_is_open: bool, number: int
) -> None:
    assert meant(ALL, today, lambda week: before_is_open).number == number


def test_before_coding_no_week_is_meant_and_afterwards_the_last_one() -> None:
    with pytest.raises(Refused, match="begin with the coding on Mon 25 May"):
        meant(ALL, START - DAY, lambda week: True)
    last = ALL[-1].last
    assert meant(ALL, last + GRACE, lambda week: False).number == 13
    assert meant(ALL, last + 30 * DAY, lambda week: True).number == 13
    with pytest.raises(Refused, match="!report week 13"):
        meant(ALL, last + GRACE + DAY, lambda week: False)


def test_only_weeks_that_have_begun_can_be_named() -> None:
    assert numbered(ALL, 2, START + 7 * DAY).number == 2
    for number in (0, 3, 99):
        with pytest.raises(Refused, match="the weeks so far are 1-2"):
            numbered(ALL, number, START + 7 * DAY)
    with pytest.raises(Refused, match="begin with the coding"):
        numbered(ALL, 1, START - DAY)


@pytest.mark.parametrize(
    ("day", "number"), [(-1, None), (0, 1), (6, 1), (9, 1), (10, 2), (16, 2), (17, 3), (120, 13)]
)
def test_people_are_shown_the_week_that_is_being_written(day: int, number: int | None) -> None:
    found = shown(ALL, START + day * DAY)

    assert (found.number if found else None) == number


@pytest.mark.parametrize(
    ("text", "parts"),
    [
        ("did a; next b; stuck on c", {"did": "a", "next": "b", "stuck": "on c"}),
        ("stuck on c; did a; next b", {"did": "a", "next": "b", "stuck": "on c"}),
        ("did: a next: b stuck: c", {"did": "a", "next": "b", "stuck": "c"}),
        ("Done: a | Next = b | Blocked: c", {"did": "a", "next": "b", "stuck": "c"}),
        ("did a, next b, stuck with c", {"did": "a", "next": "b", "stuck": "with c"}),
        ("I wrote the parser", {"did": "I wrote the parser"}),
        ("what I did next is nothing new", {"did": "what I did next is nothing new"}),
        ("wrote it; next b", {"did": "wrote it", "next": "b"}),
        ("did a; did b", {"did": "a; b"}),
        ("did did a", {"did": "did a"}),
        ("did a; stuck no", {"did": "a", "stuck": ""}),
        ("did a; stuck: not at all.", {"did": "a", "stuck": ""}),
        ("did a; blocked on nothing", {"did": "a", "stuck": ""}),
        ("did a; stuck no idea why it fails", {"did": "a", "stuck": "no idea why it fails"}),
        ("next b", {"next": "b"}),
        ("did", {}),
        (";;;", {}),
    ],
)
def test_a_report_is_read_in_any_order_with_colons_or_without(
    text: str, parts: dict[str, str]
) -> None:
    assert read(text).parts == parts


@pytest.mark.parametrize(
    "text",
    [
        "week 3 did a",
        "week 3: did a",
        "for week #3, did a",
        "W3 a",
        "week three did a",
        "3 did a",
        "3: a",
        "w3: did a",
    ],
)
def test_a_week_may_be_named(text: str) -> None:
    assert (read(text).week, read(text).parts) == (3, {"did": "a"})


@pytest.mark.parametrize("text", ["3 tests work", "1.5 times as fast", "weekly build", "w did a"])
def test_a_number_in_a_text_is_no_week(text: str) -> None:
    assert read(text).week is None


@pytest.mark.parametrize("text", ["week -1 did a", "week –1 did a"])
def test_a_week_below_zero_is_not_taken_for_text(text: str) -> None:
    assert (read(text).week, read(text).parts) == (-1, {"did": "a"})


@pytest.mark.parametrize("text", ["week 1-2 a", "weeks 1 and 2 a", "week 1 to 3 a"])
def test_a_report_is_of_one_week(text: str) -> None:
    with pytest.raises(Refused, match="one week at a time"):
        read(text)


def test_a_word_in_passing_is_no_report() -> None:
    assert all(map(says_nothing, ["help", "OK!", "...", "?", "test"]))
    assert not any(map(says_nothing, ["tests", "did ok", "ok, the parser"]))


def test_an_address_is_kept_as_one() -> None:
    said = read("https://priya.example.net/week-3 next the graphs")

    assert (said.link, said.parts) == (
        "https://priya.example.net/week-3",
        {"next": "the graphs"},
    )
    assert read("did https://priya.example.net/x").link == ""


@pytest.mark.parametrize(
    "text", ["http://localhost/x", "https://", "https://10.0.0.1/", "http:evil", "https:///x"]
)
def test_what_nobody_can_open_is_no_address(text: str) -> None:
    with pytest.raises(Refused, match="no address"):
        read(text)


def test_a_report_has_so_many_bytes_and_no_more() -> None:
    assert read("x" * LONGEST).parts == {"did": "x" * LONGEST}
    for text in ("x" * (LONGEST + 1), "ä" * (LONGEST // 2 + 1), "did a; " * 2000):
        with pytest.raises(Refused, match=r"!report <address>"):
            read(text)
    with pytest.raises(Refused, match="say the heart"):
        joined("x" * LONGEST, "+ y")


def test_a_text_with_a_plus_goes_on() -> None:
    assert joined("a", "+ b") == "a b"
    assert joined("a", "b") == "b"
    assert joined("", "+b") == "b"


@pytest.mark.parametrize(
    ("text", "day", "reason"),
    [
        ("until 27 jun exams, forgot to say", date(2026, 6, 27), "exams, forgot to say"),
        ("27 jun", date(2026, 6, 27), ""),
        ("till saturday: a wedding", date(2026, 6, 27), "a wedding"),
        ("2026-07-01 because of the move", date(2026, 7, 1), "of the move"),
        ("in 1 week", date(2026, 7, 1), ""),
        ("tomorrow (dentist)", date(2026, 6, 25), "dentist"),
        ("july 4th", date(2026, 7, 4), ""),
        ("27 jun Paris with friends", date(2026, 6, 27), "Paris with friends"),
        ("today", date(2026, 6, 24), ""),
        ("1 week", date(2026, 7, 1), ""),
        ("3 days", date(2026, 6, 27), ""),
        ("10 days exams", date(2026, 7, 4), "exams"),
        ("for two weeks: exams", date(2026, 7, 8), "exams"),
        ("1 week and 2 days", date(2026, 7, 3), ""),
        ("this week", date(2026, 6, 28), ""),
        ("rest of the week, ill", date(2026, 6, 28), "ill"),
        ("until next monday", date(2026, 6, 29), ""),
        ("4th of july", date(2026, 7, 4), ""),
        ("the 4th of july 2026", date(2026, 7, 4), ""),
        ("04.07.2026", date(2026, 7, 4), ""),
        ("4.7. exams", date(2026, 7, 4), "exams"),
        ("sat 27 jun a marathon", date(2026, 6, 27), "a marathon"),
        ("until mon: tue is an exam", date(2026, 6, 29), "tue is an exam"),
        ("27 jun going to Rome", date(2026, 6, 27), "going to Rome"),
    ],
)
def test_the_last_day_and_the_reason_are_told_apart(text: str, day: date, reason: str) -> None:
    assert read_skip(text, NOW, None) == Away(day, reason=reason)


@pytest.mark.parametrize(
    ("text", "since", "until"),
    [
        ("from 27 jun until 4 jul", date(2026, 6, 27), date(2026, 7, 4)),
        ("27 jun - 4 jul exams", date(2026, 6, 27), date(2026, 7, 4)),
        ("27-30 jun exams", date(2026, 6, 27), date(2026, 6, 30)),
        ("fri to mon", date(2026, 6, 26), date(2026, 6, 29)),
        ("sat-fri", date(2026, 6, 27), date(2026, 7, 3)),
        ("next week", date(2026, 6, 29), date(2026, 7, 5)),
        ("week 6", date(2026, 6, 29), date(2026, 7, 5)),
    ],
)
def test_the_first_day_may_be_named_too(text: str, since: date, until: date) -> None:
    found = read_skip(text, NOW, None, ALL)

    assert (found.since, found.until) == (since, until)
    assert read_skip(" ".join(found.words), NOW, None) == Away(until, since)


@pytest.mark.parametrize(
    "text",
    [
        "mon tue and wed are exams",
        "mon, tue and wed",
        "fri 2 weeks",
        "27 jun or 28 jun",
        "fri 27 jun",
        "2 weeks from 1 jul",
    ],
)
def test_what_could_be_longer_than_the_day_is_asked_back(text: str) -> None:
    with pytest.raises(Refused, match="until which day"):
        read_skip(text, NOW, None)


@pytest.mark.parametrize(
    ("text", "until"),
    [
        ("skp until 4 jul my father is in hospital", date(2026, 7, 4)),
        ("skip: until 4 jul", date(2026, 7, 4)),
        ("I need to skip until 4 jul, hospital", date(2026, 7, 4)),
        ("away until 4 jul ill", date(2026, 7, 4)),
        ("Sick until 4 jul", date(2026, 7, 4)),
        ("I'm ill, back 4 jul", date(2026, 7, 4)),
        ("my father is in hospital until 4 jul", date(2026, 7, 4)),
        ("on vacation for 2 weeks", date(2026, 7, 8)),
        ("ship until 4 jul", date(2026, 7, 4)),
        ("absent until he is well", None),
        ("I am ill", None),
    ],
)
def test_who_says_why_they_are_away_does_not_report(text: str, until: date | None) -> None:
    is_away, found = meant_skip(text, NOW, None)

    assert is_away
    assert (found.until if found else None) == until


@pytest.mark.parametrize(
    "text",
    [
        "did the parser until friday",
        "skip lists are sorted",
        "the parser is ill-formed until v2",
        "ship the release by friday",
        "shipped it until 4 jul",
        "will fill the holes by 4 jul",
        "all tests until 4 jul",
        "",
        "I",
        "leave the parser as it is",
    ],
)
def test_a_report_that_names_a_day_is_one(text: str) -> None:
    assert meant_skip(text, NOW, None) == (False, None)


def test_a_day_is_one_of_their_own_clock() -> None:
    there = Zone("Pacific/Auckland", ZoneInfo("Pacific/Auckland"))  # Thursday there

    assert read_skip("tomorrow", NOW, there) == Away(date(2026, 6, 26))
    assert read_skip("in 1 week", NOW, there) == Away(date(2026, 7, 2))


@pytest.mark.parametrize(
    "text",
    [
        "31 jun exams",
        "exams",
        "until",
        "30 feb",
        "99 jun",
        "32",
        "10",
        "10 am",
        "3 h",
        "3 hours",
        "next friday",
        "until next week",
        "from 27 jun",
        "week 99",
        "1/7",
        "31.6.",
        "0:00",
    ],
)
def test_a_day_in_no_calendar_is_refused(text: str) -> None:
    with pytest.raises(Refused, match="I know no day"):
        read_skip(text, NOW, None)


def test_an_absence_is_not_over_and_not_for_long() -> None:
    today = NOW.date()
    check_skip(today, today)
    check_skip(today + LONGEST_SKIP, today)
    with pytest.raises(Refused, match="is over"):
        check_skip(today - DAY, today)
    with pytest.raises(Refused, match="talk to your mentors"):
        check_skip(today + LONGEST_SKIP + DAY, today)


def test_being_away_explains_what_is_late_just_now() -> None:
    today = NOW.date()

    assert skipped_from(today, []) == today
    assert skipped_from(today, [today - 3 * DAY]) == today - 3 * DAY
    assert skipped_from(today, [today - 15 * DAY]) == today


def test_nobody_is_asked_for_weeks_that_they_joined_too_late_for_or_are_away_in() -> None:
    reminder = reminded_at(ALL[2], UTC)

    def asked(since: datetime, *skips: Skip) -> list[int]:
        return [week.number for week in wanted(ALL[:4], since, UTC, skips)]

    assert asked(reminder - timedelta(seconds=1)) == [3, 4]
    assert asked(reminder) == [4]
    first, last = ALL[0].last, ALL[1].last
    since = datetime(2026, 5, 1, tzinfo=UTC)
    assert asked(since, Skip(first, last)) == [3, 4]
    assert asked(since, Skip(first + DAY, last - DAY)) == [1, 2, 3, 4]


@pytest.mark.parametrize(
    ("zone", "reminder", "morning"),
    [
        # Clocks go forward on Sunday 29 March 2026 in Berlin, on 8 March in New York.
        ("Europe/Berlin", "2026-03-28T16:00", "2026-03-30T07:00"),
        ("America/New_York", "2026-03-28T21:00", "2026-03-30T13:00"),
        ("UTC", "2026-03-28T17:00", "2026-03-30T09:00"),
        ("Asia/Kolkata", "2026-03-28T11:30", "2026-03-30T03:30"),
    ],
)
def test_it_is_nine_and_five_on_their_clock_also_when_clocks_change(
    zone: str, reminder: str, morning: str
) -> None:
    tz, week = ZoneInfo(zone), Week(1, date(2026, 3, 23))

    assert reminded_at(week, tz) == datetime.fromisoformat(f"{reminder}:00+00:00")
    assert after(week, 1, tz) == datetime.fromisoformat(f"{morning}:00+00:00")


@pytest.mark.parametrize(("hour", "days"), [(8, 0), (9, 0), (10, 1), (23, 1)])
def test_the_next_morning_is_never_before(hour: int, days: int) -> None:
    at = datetime(2026, 6, 24, hour, tzinfo=UTC)

    assert next_morning(at, UTC) == datetime(2026, 6, 24 + days, 9, tzinfo=UTC)


def test_silence_counts_from_the_last_sign_and_not_while_somebody_is_away() -> None:
    begins = datetime(2026, 6, 1, tzinfo=UTC)
    stretch = Stretch(begins, begins + 60 * DAY, *CODING)
    sign = begins + 3 * DAY

    assert silent_since(stretch, [], [], UTC) == begins
    assert silent_since(stretch, [sign, begins + DAY], [], UTC) == sign
    skip = Skip(date(2026, 6, 10), date(2026, 6, 20))
    back = datetime(2026, 6, 21, tzinfo=UTC)
    assert silent_since(stretch, [sign], [skip], UTC) == back
    assert silent_since(stretch, [back + DAY], [skip], UTC) == back + DAY
    far = Skip(date(2026, 7, 10), date(2026, 7, 20))
    assert silent_since(stretch, [sign], [far], UTC) == sign


def test_bonding_is_watched_more_closely_than_coding() -> None:
    since = datetime(2026, 4, 30, 18, tzinfo=UTC)
    bonding, coding = stretches(since, ALL, UTC)

    starts = datetime.combine(START, time(), UTC)
    assert (bonding.begins, bonding.ends, bonding.mentor) == (since, starts, BONDING[0])
    assert (coding.begins, coding.ends) == (starts, datetime(2026, 8, 24, tzinfo=UTC))
    assert [s.begins for s in stretches(starts + DAY, ALL, UTC)] == [starts + DAY]
    assert stretches(since, (), UTC) == []


def test_days_late_are_counted_from_the_day_on_which_it_was_due() -> None:
    assert days_late(ALL[0], ALL[0].last + DAY) == 1


@pytest.mark.parametrize(
    ("numbers", "shown_as"), [([], ""), ([1], "1"), ([3, 1, 2, 5], "1-3, 5"), ([1, 3], "1, 3")]
)
def test_weeks_are_written_briefly(numbers: list[int], shown_as: str) -> None:
    assert ranges(numbers) == shown_as
