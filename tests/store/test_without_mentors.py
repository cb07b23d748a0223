"""A student whom nobody mentors any more: everybody else is told on, and organisers of that."""

import logging
from datetime import UTC, datetime, timedelta

import pytest

from tests.conversation import CHANNEL, Stage, played, stage

SETTING = """\
gsocbot role add odile organiser
gsocbot role add mira mentor
gsocbot role add tomas mentor
== 2026-04-30 18:01
odile -> gsocbot: student add priya 1 mira
odile -> gsocbot: student add wenjie 2 tomas
odile -> gsocbot: season announce
odile -> gsocbot: yes
<mira> hello
<tomas> hello
<priya> hello
<wenjie> hello
"""
FORGOTTEN = """\
mira -> gsocbot: me forget
mira -> gsocbot: yes
"""
REMOVED = """\
odile -> gsocbot: mentor remove mira
odile -> gsocbot: yes
"""


pytestmark = pytest.mark.parametrize(
    ("url", "way"),
    [("sqlite", REMOVED), ("postgresql", FORGOTTEN)],
    indirect=["url"],
    ids=["removed", "forgotten"],
)


@pytest.fixture
def on(url: str, way: str) -> Stage:
    """Give a season in which one of two students has just lost her only mentor."""
    on = stage(url)
    played(SETTING + way, on)
    return on


def told(on: Stage, until: datetime) -> list[tuple[str, str]]:
    """To whom what is said, at nine and at five o'clock of each day."""
    found: list[tuple[str, str]] = []
    on.now = on.now.replace(hour=9, minute=0)
    while on.now < until:
        hours = 8 if on.now.hour == 9 else 16
        found += [(say.target, say.text) for say in on.tick(on.now + timedelta(hours=hours))]
    return found


def test_everybody_is_told_on_and_organisers_hear_in_the_place_of_the_mentor(
    on: Stage, caplog: pytest.LogCaptureFixture
) -> None:
    with caplog.at_level(logging.ERROR):
        told(on, datetime(2026, 5, 25, tzinfo=UTC))
        on.hear("priya", False, CHANNEL, "hello", action=False)
        on.hear("wenjie", False, CHANNEL, "hello", action=False)
        lines = told(on, datetime(2026, 6, 4, 10, tzinfo=UTC))

    assert not caplog.records
    about = [(to, text) for to, text in lines if "no report for week 1" in text]
    assert ("tomas", "wenjie") in [(to, text.split(":")[0]) for to, text in about]
    assert [text for to, text in about if to == "odile" and text.startswith("priya")] == [
        "priya: no report for week 1 (due Sun 31 May), last seen here Mon 25 May. Nobody mentors "
        "them now: !student set priya mentor <account>. Please ask them privately how it goes. "
        "All: !report missing"
    ]
    late = [text for to, text in lines if to == "priya" and text.startswith("Week 1 was due")]
    assert "Wed 3 Jun I tell your organisers, who can help" in late[0]
    said = on.hear("odile", False, None, "report missing", action=False)[0].text
    assert "priya, 4 d late; nobody mentors them" in said


def test_of_an_evaluation_that_nobody_writes_organisers_hear_that(
    on: Stage, caplog: pytest.LogCaptureFixture
) -> None:
    with caplog.at_level(logging.ERROR):
        lines = told(on, datetime(2026, 7, 10, 17, tzinfo=UTC))

    assert not caplog.records
    said = on.hear("odile", False, None, "eval missing", action=False)[0].text
    assert "priya (nobody writes it yet: !eval by priya <mentor>) · wenjie (tomas)" in said
    lists = [text for to, text in lines if to == "odile" and " of 2 open: " in text]
    assert lists
    assert all(" priya (nobody yet: !eval by priya <mentor>), wenjie (tomas)" in t for t in lists)
    said = on.hear("odile", False, None, "eval priya", action=False)[0].text
    assert "nobody writes for priya yet: !eval by priya <mentor>" in said
    on.hear("odile", False, None, "eval by priya tomas", action=False)
    said = on.hear("odile", False, None, "eval missing", action=False)[0].text
    assert "priya (tomas)" in said


def test_who_is_away_is_not_told_that_somebody_will_know(on: Stage) -> None:
    told(on, datetime(2026, 5, 26, tzinfo=UTC))

    said = on.hear("priya", False, None, "report skip until 3 jun a flat", action=False)[0].text

    assert "you have no mentor here just now, so nobody will know why" in said
