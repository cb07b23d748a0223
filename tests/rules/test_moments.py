"""Demos, tickets, check-ins, evenings and thanks of a hackathon: how their words are read."""

from datetime import UTC, date, datetime

import pytest

from gsocbot.rules import check_ins, demos, outcomes, social, thanks, tickets
from gsocbot.rules.demos import Wish
from gsocbot.rules.hackathon import Days
from gsocbot.rules.tickets import Person
from gsocbot.talk import Refused

SPRING = Days(date(2026, 3, 28), date(2026, 3, 30), "Europe/London")
"""The clocks there go from 01:00 to 02:00 on the 29th."""


def at(moment: str) -> datetime:
    return datetime.fromisoformat(moment).replace(tzinfo=UTC)


@pytest.mark.parametrize(
    ("text", "wish"),
    [
        ("Linpicker", Wish("Linpicker", 10, "", "")),
        ("SSL in OCaml 15 min", Wish("SSL in OCaml", 15, "", "")),
        ("graphs fri for ines 5m", Wish("graphs", 5, "fri", "ines")),
        ("graphs on 3 mar", Wish("graphs", 10, "3 mar", "")),
        ("a server for Xen", Wish("a server for Xen", 10, "", "")),
        ("life on satellite", Wish("life on satellite", 10, "", "")),
        ('"Porting to Sun" 1 min', Wish("Porting to Sun", 1, "", "")),
        ('"for ines"', Wish("for ines", 10, "", "")),
        ("fri", Wish("fri", 10, "", "")),
        ("60 min", Wish("60 min", 10, "", "")),
        ("x 60 min", Wish("x", 60, "", "")),
    ],
)
def test_a_demo_is_read_with_what_stands_behind_its_title(text: str, wish: Wish) -> None:
    assert demos.read_wish(text, lambda name: name == "ines") == wish


@pytest.mark.parametrize("text", ["x 0 min", "x 61 min", "...", "", "é" * 41, '"x" more words'])
def test_what_is_no_demo_is_refused(text: str) -> None:
    with pytest.raises(Refused):
        demos.read_wish(text, lambda name: False)


@pytest.mark.parametrize(
    ("now", "held", "waiting", "day"),
    [
        ("2026-03-01 10:00", [], [], 28),
        ("2026-03-29 10:00", [], [], 29),
        ("2026-03-29 10:00", [30], [], 30),
        ("2026-03-29 10:00", [28, 30], [29], 29),
        ("2026-03-29 10:00", [28], [28], 29),
        ("2026-03-31 02:59", [], [], 30),
    ],
)
def test_demos_are_of_the_next_day_that_has_some(
    now: str, held: list[int], waiting: list[int], day: int
) -> None:
    on = [[date(2026, 3, n) for n in days] for days in (held, waiting)]

    assert demos.next_day(SPRING, on[0], on[1], at(now)).day == day


@pytest.mark.parametrize(
    ("since", "now", "holds"),
    [
        ("2026-03-28 10:00", "2026-03-28 22:59", True),
        ("2026-03-28 10:00", "2026-03-28 23:00", False),
        ("2026-03-28 23:00", "2026-03-29 02:59", True),
        ("2026-03-28 23:00", "2026-03-29 03:00", False),
        ("2026-03-29 10:00", "2026-03-29 21:59", True),
        ("2026-03-29 10:00", "2026-03-29 22:00", False),
        ("2026-03-29 10:00", "2026-03-28 10:00", False),
    ],
)
def test_a_check_in_holds_until_the_evening_of_its_day_there(
    since: str, now: str, holds: bool
) -> None:
    day = SPRING.day_at(at(since))

    assert check_ins.holds(SPRING, day, at(since), at(now)) is holds


@pytest.mark.parametrize(
    ("text", "topic"),
    [("topic 3", "3"), ("3", "3"), ("#3", "#3"), ("topic libvirt", "libvirt"), ("room 3", ""),
     ("topic", "")],
)  # fmt: skip
def test_a_place_may_be_a_topic(text: str, topic: str) -> None:
    assert check_ins.topic_in(text) == topic


def person(
    account: str, skills: str = "", *, there: bool = True, topic: bool = False, mentor: bool = False
) -> Person:
    return Person("net", account, skills, there, topic, mentor)


@pytest.mark.parametrize(
    ("people", "told"),
    [
        ([person("ana", "libvirt")], []),
        ([person("ana", "dom0")], ["ana"]),
        ([person("ana", "dom0", there=False)], []),
        ([person("ana", "booting"), person("bo", "dom0, booting")], ["bo", "ana"]),
        ([person("ana", "dom0 network")], []),
        ([person("ana", topic=True), person("bo", "dom0")], ["bo", "ana"]),
        ([person("ana", mentor=True), person("bo", "dom0")], ["bo"]),
        ([person("ana", mentor=True, there=False), person("bo", mentor=True)], ["bo", "ana"]),
        ([person(str(n), "dom0") for n in range(9)], list("01234")),
    ],
)
def test_who_is_told_of_a_problem_is_there_and_may_know(
    people: list[Person], told: list[str]
) -> None:
    assert [p.account for p in tickets.helpers("dom0 hangs at boot", people)] == told


@pytest.mark.parametrize("word", ["h3", "H3"])
def test_a_ticket_is_named_so(word: str) -> None:
    assert tickets.is_ticket(word)
    assert tickets.number_of(word) == 3


@pytest.mark.parametrize("word", ["3", "q3", "h", "hx", "", "h3333333333"])
def test_anything_else_names_no_ticket(word: str) -> None:
    assert not tickets.is_ticket(word)


@pytest.mark.parametrize(
    ("text", "day", "start", "what", "place"),
    [
        ("20:00 food and beer at The Castle", "", "20:00", "food and beer", "The Castle"),
        ("fri 8pm dinner", "fri", "8pm", "dinner", ""),
        ("tomorrow at 13:00 lunch at work at room 1", "tomorrow", "13:00", "lunch at work",
         "room 1"),
    ],
)  # fmt: skip
def test_an_evening_has_a_time_a_name_and_a_place(
    text: str, day: str, start: str, what: str, place: str
) -> None:
    spoken, read_what, read_place = social.read_event(text)

    assert (spoken.day, spoken.start, read_what, read_place) == (day, start, what, place)


@pytest.mark.parametrize("text", ["food", "20:00", "fri dinner", "20:00 ..."])
def test_an_evening_without_one_of_them_is_refused(text: str) -> None:
    with pytest.raises(Refused):
        social.read_event(text)


@pytest.mark.parametrize(
    ("text", "whom", "what"),
    [
        ("hauke for the groundwork.", "hauke", "the groundwork"),
        ("to @hauke for it", "hauke", "it"),
        ("the team for beer for all", "the team", "beer for all"),
    ],
)
def test_thanks_are_read_with_whom_and_for_what(text: str, whom: str, what: str) -> None:
    assert thanks.read_thanks(text) == (whom, what)


@pytest.mark.parametrize("text", ["hauke", "for the beer", "hauke for ...", "x" * 61 + " for it"])
def test_thanks_without_one_of_them_are_refused(text: str) -> None:
    with pytest.raises(Refused):
        thanks.read_thanks(text)


@pytest.mark.parametrize(
    ("text", "title", "called", "about"),
    [
        ("a load for credit2.", "", "a load for credit2", "Outcome 4."),
        ("a load. It helps all of us.", "Load", "Load", "a load. It helps all of us. Outcome 4."),
    ],
)
def test_an_idea_says_what_its_title_does_not(
    text: str, title: str, called: str, about: str
) -> None:
    idea = outcomes.as_idea(text, title, "Outcome 4", "")

    assert (idea.title, idea.description) == (called, about)
