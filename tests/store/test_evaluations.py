"""Who is told what of evaluations, and who no more, on both engines."""

from datetime import datetime, timedelta

import pytest
from sqlmodel import select

from gsocbot.app import deed_of_shell
from gsocbot.rules.roles import Role
from gsocbot.store import roles
from gsocbot.store.books import Books
from gsocbot.store.private import evaluation_letters
from gsocbot.store.private.tables import Evaluation, Student
from gsocbot.store.tables import Mentor, Outbox
from tests.conversation import CHANNEL, NETWORK, ORGANISERS, Stage, played, stage

SETTING = """\
gsocbot role add odile organiser
gsocbot role add tomas mentor
gsocbot role add hauke mentor
gsocbot role add tomas organiser
== 2026-04-30 18:01
odile -> gsocbot: student add wenjie 2 tomas hauke
odile -> gsocbot: student add sofia 4 hauke
odile -> gsocbot: season announce
odile -> gsocbot: yes
"""
OPEN = datetime.fromisoformat("2026-07-06T14:00:00+00:00")
LETTERS = ("student_eval_who", "student_eval_write", "student_eval_instead", "student_eval_open")


@pytest.fixture
def on(url: str) -> Stage:
    """Give a season with two students, while evaluations are open."""
    on = stage(url)
    played(SETTING, on)
    on.there.clear()
    on.tick(OPEN)
    return on


def rows(books: Books) -> list[tuple[str, str, str, datetime]]:
    """The lines of evaluations that are still to be said."""
    found = books.session.exec(select(Outbox)).all()
    ours = [row for row in found if row.topic in evaluation_letters.TOPICS and row.state == "due"]
    return sorted((row.topic, row.key, row.target, row.due) for row in ours)


def due(on: Stage, topic: str) -> list[str]:
    """To whom lines of a topic are still to go."""
    with on.store.transaction(writing=False) as books:
        return sorted(row[2] for row in rows(books) if row[0] == topic)


def still(on: Stage) -> list[Outbox]:
    """All that is still to be said."""
    with on.store.transaction(writing=False) as books:
        return [row for row in books.session.exec(select(Outbox)) if row.state == "due"]


def test_what_is_noted_nobody_is_reminded_of_a_moment_later(on: Stage) -> None:
    assert all(due(on, topic) for topic in ("evaluations_count", *LETTERS[1:]))

    for student in ("wenjie", "sofia"):
        on.hear("tomas", False, None, f"eval done {student}", action=False)

    assert all(due(on, topic) == [] for topic in ("evaluations_count", *LETTERS))
    on.tick(OPEN + timedelta(minutes=1))
    assert all(due(on, topic) == [] for topic in ("evaluations_count", *LETTERS))
    assert due(on, "student_eval_complete") == ["@odile"]


def test_who_has_ended_is_reminded_of_no_more_and_is_not_counted(on: Stage) -> None:
    with on.store.transaction(writing=True) as books:
        wenjie = books.every(Student, account="wenjie")[0]
        books.session.add(wenjie)
        wenjie.ended_at = on.now
    on.hear("odile", False, None, "eval done sofia", action=False)
    on.tick(OPEN + timedelta(minutes=1))

    assert due(on, "student_eval_write") == []
    assert due(on, "student_eval_complete") == ["@tomas"]  # odile has noted the last one herself


def test_no_mentor_who_lost_the_role_is_told_anything(on: Stage) -> None:
    with on.store.transaction(writing=True) as books:
        deed = deed_of_shell(on.now, "test", "gsocbot role drop hauke mentor")
        roles.revoke(books, deed, "test", "test", "hauke", Role.MENTOR)
    on.tick(OPEN + timedelta(minutes=1))

    assert "@hauke" not in due(on, "student_eval_write") + due(on, "student_eval_instead")
    assert on.hear("hauke", False, None, "eval", action=False)[0].text.startswith("Only mentors")


def test_the_list_of_two_hundred_is_one_line_and_the_rest_waits(on: Stage) -> None:
    with on.store.transaction(writing=True) as books:
        pattern = books.every(Student, account="wenjie")[0]
        for number in range(200):
            values = pattern.model_dump() | {"id": None, "account": f"student{number}"}
            books.session.add(Student.model_validate(values))
            who = {"network": "test", "account": f"student{number}", "which": "midterm"}
            books.session.add(Evaluation(season="test", **who, at=on.now))
    on.tick(OPEN + timedelta(hours=7))

    text = on.hear("odile", False, None, "eval missing", action=False)[0].text

    assert text.startswith(
        "Midterm, Google's Fri 10 Jul 18:00 UTC (3 d 21 h left): 202 of 202 open"
    )
    assert len(text.encode()) <= 400


def test_what_is_planned_twice_is_planned_once(on: Stage) -> None:
    with on.store.transaction(writing=True) as books:
        before, rooms = rows(books), [(NETWORK, ORGANISERS)]
        for hour in range(3):
            evaluation_letters.plan(books, "test", rooms, on.now + timedelta(hours=hour))
        after = rows(books)

    assert len(before) > 10
    assert after == before


def test_nothing_is_planned_before_the_season_is_announced(url: str) -> None:
    on = stage(url)
    played(SETTING.split("odile -> gsocbot: season")[0], on)
    on.tick(OPEN)

    with on.store.transaction(writing=False) as books:
        assert rows(books) == []


def test_a_date_that_moves_takes_its_letters_along(on: Stage) -> None:
    on.hear("odile", False, None, "deadline move midterm-mentor 18 jul 18:00", action=False)
    on.tick(OPEN + timedelta(minutes=1))

    with on.store.transaction(writing=False) as books:
        dues = {row[3] for row in rows(books) if row[0] != "student_eval_who"}
    assert min(dues) >= datetime.fromisoformat("2026-07-10T09:00:00+00:00")
    assert max(dues) == datetime.fromisoformat("2026-07-18T16:00:00+00:00")


def test_what_an_organiser_has_acknowledged_is_reminded_of_no_more(on: Stage) -> None:
    for line in ("ack midterm-mentor", "yes"):
        on.hear("odile", False, None, line, action=False)
    on.tick(OPEN + timedelta(minutes=1))

    with on.store.transaction(writing=False) as books:
        assert rows(books) == []


def test_who_stands_in_only_later_has_the_letters_from_then_on(on: Stage) -> None:
    away = OPEN + timedelta(days=1)
    with on.store.transaction(writing=True) as books:
        values = {"season": "test", "network": "test", "account": "tomas", "backup": "hauke"}
        until = away + timedelta(days=9)
        books.add(
            deed_of_shell(on.now, "test", "away"),
            Mentor(**values, away_from=away, away_until=until, agreed_at=on.now),
        )
    on.tick(OPEN + timedelta(minutes=1))

    with on.store.transaction(writing=False) as books:
        write = [row for row in rows(books) if row[0] == "student_eval_write"]
    assert {row[2] for row in write if row[3] < away} == {"@tomas", "@hauke"}
    assert {row[2] for row in write if row[3] >= away} == {"@hauke"}


def test_a_student_is_shown_with_the_evaluation_to_who_may_know_of_it_alone(on: Stage) -> None:
    on.hear("hauke", False, None, "eval done wenjie", action=False)

    for who, knows in (("tomas", True), ("hauke", True), ("odile", True), ("wenjie", False)):
        said = on.hear(who, False, None, "student wenjie", action=False)[0].text
        assert ("midterm by tomas: submitted Mon 6 Jul 14:00 UTC by hauke" in said) is knows
    said = on.hear("tomas", False, CHANNEL, "!student wenjie", action=False)[0].text
    assert "midterm" not in said


def test_nothing_that_waits_names_a_student_who_was_just_ended(on: Stage) -> None:
    for line in ("student end wenjie", "yes"):
        on.hear("odile", False, None, line, action=False)

    assert not [row for row in still(on) if "wenjie" in row.payload]
    on.tick(OPEN + timedelta(minutes=1))
    due = still(on)
    lists = [row.payload for row in due if row.topic == "student_eval_open"]
    assert lists
    assert all("sofia" in payload for payload in lists)
    assert not [row.key for row in due if "wenjie" in row.payload]


def test_of_two_who_are_named_before_it_is_said_only_the_second_is_told(on: Stage) -> None:
    for line in ("eval by wenjie hauke", "eval by sofia hauke", "eval by wenjie tomas"):
        on.hear("odile", False, None, line, action=False)

    named = [row for row in still(on) if row.topic == "student_eval_named"]
    whom = sorted((row.target, "wenjie" in row.payload) for row in named)
    assert whom == [("@hauke", False), ("@tomas", True)]
