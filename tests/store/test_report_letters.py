"""Letters about reports: each once, whatever starts anew; none that is not wanted any more."""

from collections import Counter
from datetime import UTC, datetime, time, timedelta

import pytest

from gsocbot.rules.privacy import EVERYBODY
from gsocbot.rules.roles import Role
from gsocbot.store import roles
from gsocbot.store.books import Deed
from gsocbot.store.private import report_told, students
from gsocbot.store.private.letters import viewer
from gsocbot.store.private.reports import summary
from tests.conversation import NETWORK, Stage, played, stage

BEGIN = """gsocbot role add odile organiser
gsocbot role add mira mentor
gsocbot role add tomas mentor
== 2026-05-20 10:00
odile -> gsocbot: student add priya 1 mira tomas
odile -> gsocbot: student add wenjie 2 tomas
odile -> gsocbot: season announce
odile -> gsocbot: yes
<mira> hello
<tomas> hello
<priya> hello
<wenjie> hello
"""
CODING = datetime(2026, 5, 25, 13, tzinfo=UTC)
MOMENTS = (time(9), time(17))
"""When letters are said, on the clock of whoever has named no zone."""


@pytest.fixture
def on(url: str) -> Stage:
    """Give a bot with two students, some days before coding begins."""
    there = stage(url)
    played(BEGIN, there)
    there.tick(CODING)
    return there


def said(on: Stage, until: datetime, *, restarts: bool = False) -> list[tuple[str, str]]:
    """To whom what is said about reports, at each moment of letters."""
    found = []
    while on.now < until:
        if restarts:
            on.moves("gsocbot", "starts again", "")
        says = on.tick(min(following(on.now), until))
        found += [(say.target, say.text) for say in says if "report" in say.text.lower()]
    return found


def following(now: datetime) -> datetime:
    """The next moment of letters."""
    days = (now.date() + timedelta(days=n) for n in range(2))
    moments = [datetime.combine(day, at, UTC) for day in days for at in MOMENTS]
    return next(moment for moment in moments if moment > now)


def brief(lines: list[tuple[str, str]]) -> Counter[tuple[str, str]]:
    """Of each line to whom, whom it is about, and its first words."""
    return Counter((to, " ".join(text.split()[:8])) for to, text in lines)


def test_everybody_is_told_once_whatever_starts_anew(on: Stage) -> None:
    lines = said(on, datetime(2026, 6, 13, 21, tzinfo=UTC), restarts=True)

    assert max(brief(lines).values()) == 1
    told = {(to, text.split(" (due")[0]) for to, text in lines if "no report for" in text}
    assert told == {
        (to, f"{who}: no report for {weeks}")
        for who, mentor in (("priya", "mira"), ("wenjie", "tomas"))
        for to in (mentor, "odile")
        for weeks in ("week 1", "weeks 1-2")
    }
    own = Counter((to, text.split()[1]) for to, text in lines if text.startswith("Week"))
    assert own == {(who, week): 2 for who in ("priya", "wenjie") for week in ("1", "2")} | {
        (who, "3"): 1 for who in ("priya", "wenjie")
    }


def test_a_report_ends_what_was_still_to_be_said_of_its_week(on: Stage) -> None:
    said(on, datetime(2026, 6, 1, 9, tzinfo=UTC))
    on.hear("priya", False, None, "report week 1 did the parser", action=False)

    lines = said(on, datetime(2026, 6, 6, 13, tzinfo=UTC))

    assert {text.split(":")[0] for _, text in lines if "no report for" in text} == {"wenjie"}


def test_taking_the_report_back_asks_for_it_again(on: Stage) -> None:
    said(on, datetime(2026, 6, 1, 9, tzinfo=UTC))
    on.hear("priya", False, None, "report week 1 did the parser", action=False)
    on.tick(on.now + timedelta(minutes=1))
    on.hear("priya", False, None, "undo", action=False)

    lines = said(on, datetime(2026, 6, 4, 13, tzinfo=UTC))

    assert [to for to, text in lines if text.startswith("priya: no report for week 1")] == ["mira"]


def test_of_who_has_ended_nothing_is_said(on: Stage) -> None:
    said(on, datetime(2026, 6, 1, 9, tzinfo=UTC))
    with on.store.transaction(writing=True) as books:
        row = students.row(books, "test", NETWORK, "priya")
        assert row is not None
        row.ended_at = on.now
        books.session.add(row)
    on.moves("gsocbot", "starts again", "")

    lines = said(on, datetime(2026, 6, 10, 13, tzinfo=UTC))

    assert not [text for to, text in lines if "priya" in text or to == "priya"]
    assert [text for to, text in lines if "wenjie" in text]


def test_nothing_is_said_of_weeks_before_somebody_was_put_down(on: Stage) -> None:
    on.tick(datetime(2026, 6, 7, 13, tzinfo=UTC))  # the reminder of week 2 was yesterday
    on.hear("odile", False, None, "student add kofi 3 mira", action=False)
    on.hear("kofi", False, "#gsoc", "hello", action=False)

    lines = said(on, datetime(2026, 6, 13, 13, tzinfo=UTC))
    assert not [text for to, text in lines if to == "kofi" or "kofi: no report for" in text]

    lines = said(on, datetime(2026, 6, 17, 13, tzinfo=UTC))
    about = [text.split(" (due")[0] for to, text in lines if to == "kofi" or "kofi" in text]
    assert [text.split()[1] for text in about if text.startswith("Week")] == ["3", "3"]
    assert [text for text in about if "no report for" in text] == ["kofi: no report for week 3"]


def test_a_date_that_moves_takes_its_weeks_along(on: Stage) -> None:
    on.hear("odile", False, None, "deadline move coding-start 1 jun", action=False)
    on.hear("odile", False, None, "yes", action=False)

    assert not [t for _, t in said(on, datetime(2026, 6, 6, 13, tzinfo=UTC)) if "Week 1" in t]
    lines = said(on, datetime(2026, 6, 6, 17, tzinfo=UTC))
    assert {text[:50] for _, text in lines} == {
        "Week 1 report is due by the end of Sun 7 Jun. One "
    }


def test_after_a_long_outage_of_two_weeks_only_the_newer_is_put_before_a_mentor(on: Stage) -> None:
    lines = [s.text for s in on.tick(datetime(2026, 6, 10, 9, tzinfo=UTC)) if s.target == "tomas"]

    about = [text for text in lines if text.startswith("wenjie: no report")]
    assert [text.split(" (due")[0] for text in about if "for week" in text] == [
        "wenjie: no report for weeks 1-2"
    ]


def test_a_mentor_who_lost_the_role_is_not_told_and_the_organisers_still_are(on: Stage) -> None:
    on.hear("odile", False, None, "mentor remove tomas 2", action=False)
    with on.store.transaction(writing=True) as books:
        deed = Deed("x", on.now, "test", NETWORK, "odile", "private", "")
        roles.revoke(books, deed, "test", NETWORK, "tomas", Role.MENTOR)

    lines = said(on, datetime(2026, 6, 6, 13, tzinfo=UTC))

    about = {to for to, text in lines if text.startswith("wenjie: no report for")}
    assert about == {"odile"}
    assert [text for to, text in lines if to == "odile" and "Nobody mentors them now" in text]
    on.hear("wenjie", False, None, "report skip until 9 jun exams", action=False)
    lines = said(on, on.now + timedelta(hours=4))
    away = [(to, text.split(";")[0]) for to, text in lines if "is away" in text]
    assert away == [("odile", "wenjie is away until Tue 9 Jun")]


def test_how_somebody_is_with_their_reports_is_told_as_far_as_one_may_know(on: Stage) -> None:
    on.tick(datetime(2026, 6, 10, 12, tzinfo=UTC))
    for line in ("report week 1 a", "report skip until 9 jul", "report skip until 3 jul"):
        on.hear("wenjie", False, None, line, action=False)
    on.hear("priya", False, None, "report week 1 a", action=False)
    with on.store.transaction(writing=False) as books:

        def told(who: str, account: str) -> str:
            to = viewer(books, "test", NETWORK, account) if account else EVERYBODY
            known = students.own(books, "test", NETWORK, who, on.now)
            assert known is not None
            return summary(books, "test", to, known, on.now)

        assert told("wenjie", "tomas") == "reports 1 in; away until Fri 3 Jul"
        assert told("wenjie", "wenjie") == told("wenjie", "odile") == told("wenjie", "tomas")
        assert told("wenjie", "mira") == told("wenjie", "") == "reports 1 in"
        assert told("priya", "mira") == "reports 1 in, 2 open"
        assert told("priya", "wenjie") == told("priya", "") == "reports 1 in"


def test_all_that_is_planned_has_a_template_and_a_topic_of_letters() -> None:
    assert all(t.startswith("student_report_") for t in report_told.TOPICS)
