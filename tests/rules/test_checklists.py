"""Checklists: whose lists there are, which is the current one, and when people are told of it."""

from datetime import UTC, date, datetime, timedelta, tzinfo
from itertools import pairwise
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from gsocbot.rules import checklist_nudges as nudges
from gsocbot.rules.checklists import (
    Checklist,
    Group,
    Item,
    Window,
    Year,
    all_lists,
    current_lists,
    find_item,
    groups,
    window,
)
from gsocbot.rules.roles import Role
from gsocbot.rules.timeline import Audience, Deadline, Phase, stretches
from gsocbot.talk import Refused

ITEMS = (Item("mail", "answer the welcome"), Item("plan", "plan with milestones"))
SECOND, DAY = timedelta(seconds=1), timedelta(days=1)


def at(text: str) -> datetime:
    return datetime.fromisoformat(text).replace(tzinfo=UTC)


DATES = (
    Deadline("begin", "begin", at("2026-02-19 18:00")),
    Deadline("close", "close", at("2026-03-31 18:00")),
    Deadline("accepted", "accepted", at("2026-04-30 18:00")),
    Deadline("coding-start", "coding", day=date(2026, 5, 25)),
    Deadline("midterm", "midterm", at("2026-07-10 18:00")),
    Deadline("final-work", "final work", at("2026-08-24 18:00")),
)
PHASES = (
    Phase("applications", "begin", "close"),
    Phase("bonding", "accepted", "coding-start"),
    Phase("first half", "coding-start", "midterm"),
    Phase("second half", "midterm", "final-work"),
)
STRETCHES = stretches(PHASES, DATES)


def made(name: str, *phases: str, whom: Audience = Audience.STUDENTS) -> Checklist:
    return Checklist(name, name, whom, phases, ITEMS)


LISTS = (
    made("applicant", "applications"),
    made("bonding", "bonding"),
    made("coding", "first half", "second half"),
    made("extra"),
    made("mentor", "applications", whom=Audience.MENTORS),
    made("bonding-mentor", "bonding", whom=Audience.MENTORS),
    made("rules", "bonding", whom=Audience.ALL),
    made("failing", whom=Audience.ORGANISERS),
)


def year(now: str) -> Year:
    return Year(STRETCHES, DATES[2], at(now))


def names(lists: list[Checklist]) -> list[str]:
    return [c.name for c in lists]


# --- whose


@pytest.mark.parametrize(
    ("roles", "student", "own"),
    [
        ((), False, [Group.APPLICANTS]),
        ((), True, [Group.STUDENTS]),
        ((Role.MENTOR,), False, [Group.MENTORS]),
        ((Role.MENTOR, Role.ORGANISER), False, [Group.ORGANISERS, Group.MENTORS]),
        ((Role.MENTOR,), True, [Group.STUDENTS, Group.MENTORS]),
    ],
)
def test_whoever_has_no_other_part_is_one_who_may_apply(
    roles: tuple[Role, ...], student: bool, own: list[Group]
) -> None:
    assert list(groups(roles, student=student)) == own


@pytest.mark.parametrize(
    ("now", "applicant", "student", "mentor"),
    [
        ("2026-02-01 00:00", ["applicant"], ["bonding"], ["mentor"]),
        ("2026-03-01 00:00", ["applicant"], ["bonding"], ["mentor"]),
        ("2026-04-15 00:00", ["applicant"], ["bonding"], ["mentor"]),
        ("2026-04-30 17:59", ["applicant"], ["bonding"], ["mentor"]),
        ("2026-04-30 18:00", ["applicant"], ["bonding", "rules"], ["bonding-mentor", "rules"]),
        ("2026-05-24 23:59", ["applicant"], ["bonding", "rules"], ["bonding-mentor", "rules"]),
        ("2026-05-25 00:00", ["applicant"], ["coding"], ["bonding-mentor"]),
        ("2026-07-10 18:00", ["applicant"], ["coding"], ["bonding-mentor"]),
        ("2026-09-01 00:00", ["applicant"], ["coding"], ["bonding-mentor"]),
    ],
)
def test_the_current_lists_are_those_of_the_phase_and_else_the_last_that_began(
    now: str, applicant: list[str], student: list[str], mentor: list[str]
) -> None:
    assert names(current_lists(LISTS, [Group.APPLICANTS], (), year(now))) == applicant
    assert names(current_lists(LISTS, [Group.STUDENTS], (), year(now))) == student
    assert names(current_lists(LISTS, [Group.MENTORS], (), year(now))) == mentor


def test_a_list_that_was_given_is_current_too_and_named_once() -> None:
    now = year("2026-06-01 00:00")

    assert names(current_lists(LISTS, [Group.STUDENTS], {"extra"}, now)) == ["coding", "extra"]
    assert names(current_lists(LISTS, [Group.STUDENTS], {"coding"}, now)) == ["coding"]


def test_nobody_sees_by_their_lists_who_is_a_student() -> None:
    """A draft has what everybody else has, at any moment."""
    for days in range(0, 400, 5):
        now = Year(STRETCHES, DATES[2], at("2026-01-01 00:00") + days * DAY)
        assert names(all_lists(LISTS, [Group.APPLICANTS], (), now)) == ["applicant"]


def test_without_a_date_of_the_announcement_everybody_has_all_lists() -> None:
    now = Year(STRETCHES, None, at("2026-05-10 00:00"))

    assert names(current_lists(LISTS, [Group.APPLICANTS], (), now)) == ["bonding", "rules"]


def test_a_list_is_worked_on_from_its_first_phase_to_the_end_of_its_last() -> None:
    its = window(LISTS[2], STRETCHES)

    assert its == Window(DATES[3], DATES[5])
    assert window(LISTS[3], STRETCHES) is None


@pytest.mark.parametrize("words", ["3", "0", "-1", "99999999999", "nothing", "the plan"])
def test_an_item_that_is_not_there_is_refused(words: str) -> None:
    with pytest.raises(Refused):
        find_item(made("x"), words)


def test_words_that_fit_two_items_are_asked_for_a_number() -> None:
    with pytest.raises(Refused, match="could be 1 answer the welcome · 2 plan with milestones"):
        find_item(made("x"), "l")


@pytest.mark.parametrize("words", ["2", "#2", "item 2", "plan", "MILESTONES", "with plan"])
def test_an_item_is_meant_by_number_key_or_words(words: str) -> None:
    assert find_item(made("x"), words) == 2


# --- when people are told


def never(_: datetime) -> bool:
    return False


BONDING = Window(DATES[2], DATES[3])
WEEKLY = nudges.days_before(LISTS[1])


def told(
    since: str, tz: tzinfo = UTC, away: nudges.Away = never, of: Window = BONDING
) -> list[str]:
    begins, later = nudges.plan(of, WEEKLY, at(since), tz, away)
    found = [begins, *later] if begins else later
    return [
        f"{t.what.partition(':')[0]} {t.due:%m-%d %H:%M}-{t.expires:%m-%d %H:%M}" for t in found
    ]


def test_a_list_begins_in_the_morning_and_what_is_open_is_told_each_week() -> None:
    assert told("2026-04-30 18:05") == [
        "begins 05-01 09:00-05-04 09:00",
        "21d 05-04 09:00-05-07 09:00",
        "14d 05-11 09:00-05-14 09:00",
        "7d 05-18 09:00-05-21 09:00",
        "2d 05-23 09:00-05-26 00:00",
    ]


@pytest.mark.parametrize(
    ("zone", "begins", "last"),
    [
        ("Asia/Kolkata", "05-01 03:30", "05-23 03:30"),
        ("America/New_York", "05-01 13:00", "05-23 13:00"),
        ("Pacific/Kiritimati", "04-30 19:00", "05-22 19:00"),
        ("Pacific/Pago_Pago", "04-30 20:00", "05-23 20:00"),
    ],
)
def test_morning_is_that_of_whoever_is_told(zone: str, begins: str, last: str) -> None:
    found = told("2026-04-30 18:05", ZoneInfo(zone))

    assert found[0].startswith(f"begins {begins}")
    assert found[-1].startswith(f"2d {last}")


def test_nothing_is_told_that_was_due_before_somebody_was_there() -> None:
    assert told("2026-05-18 09:00")[0].startswith("begins 05-18 09:00")
    assert told("2026-05-18 09:01")[0].startswith("begins 05-19 09:00")
    assert [line.split()[0] for line in told("2026-05-20 12:00")] == ["begins", "2d"]
    assert told("2026-05-26 00:00") == []


def test_whoever_is_away_hears_of_a_new_list_when_they_are_back_and_is_not_nudged() -> None:
    found = told("2026-04-30 18:05", away=lambda moment: moment < at("2026-05-12 00:00"))

    assert [line[:12] for line in found] == ["begins 05-12", "7d 05-18 09:", "2d 05-23 09:"]
    assert told("2026-04-30 18:05", away=lambda moment: True) == []


def test_mentors_are_not_told_every_week() -> None:
    assert tuple(nudges.days_before(LISTS[5])) == (7, 2)
    assert tuple(nudges.days_before(LISTS[2])) == (7, 2)


ZONES = ["UTC", "Asia/Kolkata", "America/St_Johns", "Pacific/Kiritimati", "Pacific/Pago_Pago"]


@given(
    since=st.datetimes(datetime(2026, 4, 1), datetime(2026, 6, 30), timezones=st.just(UTC)),
    zone=st.sampled_from(ZONES),
)
def test_lines_come_one_after_the_other_in_the_morning_and_before_the_end(
    since: datetime, zone: str
) -> None:
    tz = ZoneInfo(zone)
    begins, later = nudges.plan(BONDING, WEEKLY, since, tz, never)
    found = [begins, *later] if begins else later

    for line in found:
        assert line.due.astimezone(tz).hour == 9
        assert since <= line.due < line.expires
    for line, following in pairwise(found):
        assert line.expires <= following.due
