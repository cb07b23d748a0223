"""Mentors' absences, who stands in, offers and hours: at their edges."""

from datetime import UTC, date, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from gsocbot.rules.ideas import IdeaState, IdeaText
from gsocbot.rules.mentors import (
    LONGEST_ABSENCE,
    LONGEST_HOURS,
    MANY_IDEAS,
    MOST_OFFERS,
    Absence,
    check_may_offer,
    evaluations,
    is_away,
    is_to_come,
    lacks_zone,
    leaves_nobody,
    loads,
    read_absence,
    seers,
    split_backup,
    stand_in,
    usual_hours,
)
from gsocbot.rules.timeline import Audience, Deadline, DeadlineKind
from gsocbot.talk import Refused

NOW = datetime(2011, 7, 5, 15, tzinfo=UTC)  # a Tuesday
SECOND = timedelta(seconds=1)
WORDS = (
    "11 20 jul-20 jul- - – to until from in 2 weeks w days 3h fri mon-fri fri-mon today tomorrow "
    "2011 2012 dec-5 jan 2011-07-11 9 9:00 UTC UTC-8 Asia/Kolkata +08:00 EST backup tomas , . ² ٧"
)


def at(text: str) -> datetime:
    return datetime.fromisoformat(text).replace(tzinfo=UTC)


@pytest.mark.parametrize(
    ("text", "since", "until"),
    [
        ("20 jul", NOW, at("2011-07-21")),
        ("until 20 jul", NOW, at("2011-07-21")),
        ("11 jul-20 jul", at("2011-07-11"), at("2011-07-21")),
        ("11-20 jul", at("2011-07-11"), at("2011-07-21")),
        ("jul 11-20", at("2011-07-11"), at("2011-07-21")),
        ("from 11 jul until 20 jul", at("2011-07-11"), at("2011-07-21")),
        ("11 July – 20 July", at("2011-07-11"), at("2011-07-21")),
        ("2011-07-11 to 2011-07-20", at("2011-07-11"), at("2011-07-21")),
        ("11 jul-11 jul", at("2011-07-11"), at("2011-07-12")),
        ("20 dec - 5 jan", at("2011-12-20"), at("2012-01-06")),
        ("tomorrow", NOW, at("2011-07-07")),
        ("today", NOW, at("2011-07-06")),
        ("11 jul until 20 jul", at("2011-07-11"), at("2011-07-21")),
        ("fri-mon", at("2011-07-08"), at("2011-07-12")),
        ("in 2 weeks", NOW, at("2011-07-20")),
        ("2 weeks", NOW, at("2011-07-20")),
        ("for a day", NOW, at("2011-07-07")),
        ("in 3h", NOW, at("2011-07-05 18:00")),
        ("3 hours", NOW, at("2011-07-05 18:00")),
        ("for an hour", NOW, at("2011-07-05 16:00")),
        ("20 jul 14:00", NOW, at("2011-07-20 14:00")),
        ("20 jul Asia/Kolkata", NOW, at("2011-07-20 18:30")),
        ("11-20 jul Asia/Kolkata", at("2011-07-10 18:30"), at("2011-07-20 18:30")),
        ("11 jul-20 jul Asia/Kolkata", at("2011-07-10 18:30"), at("2011-07-20 18:30")),
        ("20 jul 14:00 UTC-8", NOW, at("2011-07-20 22:00")),
    ],
)
def test_an_absence_is_read_as_people_type_it(text: str, since: datetime, until: datetime) -> None:
    assert read_absence(text, NOW) == (since, until)


@pytest.mark.parametrize(
    "text",
    [
        "",
        "exams",
        "20 jul because of exams",
        "1 jul",
        "20 jul-11 jul",
        "11-20",
        "20 jul EST",
        "in 27 weeks",
        "11 jul-20 jul-30 jul",
        "-",
    ],
)
def test_what_is_no_stretch_of_days_is_refused(text: str) -> None:
    with pytest.raises(Refused):
        read_absence(text, NOW)


@given(st.lists(st.sampled_from(WORDS.split()), max_size=6).map(" ".join))
def test_any_words_are_an_absence_to_come_or_refused(text: str) -> None:
    try:
        since, until = read_absence(text, NOW)
    except Refused:
        return
    assert until > NOW
    assert since < until <= since + LONGEST_ABSENCE


@pytest.mark.parametrize(
    ("text", "when", "backup"),
    [
        ("20 jul", "20 jul", ""),
        ("20 jul backup tomas", "20 jul", "tomas"),
        ("20 jul, Backup: tomas", "20 jul", "tomas"),
        ("20 jul with backup tomas", "20 jul", "tomas"),
    ],
)
def test_the_backup_stands_behind(text: str, when: str, backup: str) -> None:
    assert split_backup(text) == (when, backup)


@pytest.mark.parametrize("text", ["20 jul backup", "backup tomas", "20 jul backup tomas or ines"])
def test_a_backup_is_one_person(text: str) -> None:
    with pytest.raises(Refused):
        split_backup(text)


AWAY = Absence("mira", at("2011-07-11"), at("2011-07-21"), "tomas", agreed=True)


@pytest.mark.parametrize(
    ("now", "away", "to_come"),
    [
        (AWAY.since - SECOND, False, True),
        (AWAY.since, True, True),
        (AWAY.until - SECOND, True, True),
        (AWAY.until, False, False),
    ],
)
def test_an_absence_begins_and_ends_by_itself(now: datetime, away: bool, to_come: bool) -> None:
    assert is_away(AWAY, now) is away
    assert is_to_come(AWAY, now) is to_come
    assert stand_in("Mira", {"mira": AWAY}, now) == ("tomas" if away else None)


def test_an_absence_is_shown_by_its_days() -> None:
    assert (AWAY.first_day, AWAY.last_day) == (date(2011, 7, 11), date(2011, 7, 20))
    assert Absence("mira", NOW, at("2011-07-20 14:00")).last_day == date(2011, 7, 20)


@pytest.mark.parametrize(
    ("mentors", "absences", "asker", "seen"),
    [
        (["Mira", "tomas"], [], "", ["Mira", "tomas"]),
        (["Mira"], [AWAY], "", ["tomas"]),
        (["Mira", "Tomas"], [AWAY], "", ["tomas"]),
        (["Mira", "ines"], [AWAY], "", ["tomas", "ines"]),
        # Who asks does not see it, not even for another.
        (["Mira", "ines"], [], "mira", ["ines"]),
        (["Mira"], [AWAY], "tomas", ["Mira"]),
        # Nobody who has not agreed, and nobody who is away too.
        (["Mira"], [Absence("mira", AWAY.since, AWAY.until, "tomas")], "", ["Mira"]),
        (["Mira"], [Absence("mira", AWAY.since, AWAY.until)], "", ["Mira"]),
        (["Mira"], [AWAY, Absence("tomas", AWAY.since, AWAY.until)], "", ["Mira"]),
        ([], [AWAY], "", []),
    ],
)
def test_a_question_is_seen_by_those_who_are_there(
    mentors: list[str], absences: list[Absence], asker: str, seen: list[str]
) -> None:
    assert seers(mentors, {a.account: a for a in absences}, AWAY.since, asker) == seen


MIDTERM = Deadline(
    "midterm-mentor",
    "mentors' midterm evaluations close",
    at=at("2011-07-15 19:00"),
    audience=Audience.MENTORS,
    ours=timedelta(days=3),
)


@pytest.mark.parametrize(
    ("since", "until", "covered"),
    [
        ("2011-07-01 00:00", "2011-07-12 19:00", False),  # back when ours comes
        ("2011-07-01 00:00", "2011-07-12 19:01", True),
        ("2011-07-12 19:01", "2011-07-15 19:00", False),  # between ours and Google's
        ("2011-07-15 19:00", "2011-07-20 00:00", True),
        ("2011-07-15 19:01", "2011-07-20 00:00", False),
    ],
)
def test_an_absence_covers_a_deadline_that_lies_in_it(
    since: str, until: str, covered: bool
) -> None:
    assert bool(evaluations([MIDTERM], at(since), at(until))) is covered


@pytest.mark.parametrize(
    "deadline",
    [
        Deadline("a", "students' evaluations close", at=MIDTERM.at, audience=Audience.STUDENTS),
        Deadline("b", "mentors matched", at=MIDTERM.at, audience=Audience.MENTORS),
        Deadline("c", "evaluations open", at=MIDTERM.at, audience=Audience.MENTORS,
                 kind=DeadlineKind.EVENT),
    ],
)  # fmt: skip
def test_only_what_mentors_owe_is_an_evaluation(deadline: Deadline) -> None:
    assert evaluations([deadline], at("2011-07-01"), at("2011-07-30")) == []


def test_a_bare_day_is_covered_too() -> None:
    day = Deadline("d", "final evaluations", day=date(2011, 7, 15), audience=Audience.MENTORS)

    assert evaluations([day], at("2011-07-15"), at("2011-07-16")) == [day]
    assert evaluations([day], at("2011-07-16"), at("2011-07-17")) == []


def test_one_offer_too_many_is_refused() -> None:
    check_may_offer(MOST_OFFERS - 1)
    with pytest.raises(Refused):
        check_may_offer(MOST_OFFERS)


@pytest.mark.parametrize(
    ("state", "mentors", "nobody"),
    [
        (IdeaState.PUBLISHED, (), True),
        (IdeaState.TAKEN, (), True),
        (IdeaState.DRAFT, (), False),
        (IdeaState.RETIRED, (), False),
        (IdeaState.PUBLISHED, ("mira",), False),
    ],
)
def test_only_a_public_idea_needs_a_mentor(
    state: IdeaState, mentors: tuple[str, ...], nobody: bool
) -> None:
    assert leaves_nobody(IdeaText("x", mentors=mentors, state=state)) is nobody


def test_who_mentors_more_ideas_than_one_can_is_named() -> None:
    ideas = [
        IdeaText(str(n), number=n, mentors=("Mira",), state=IdeaState.PUBLISHED)
        for n in range(1, MANY_IDEAS + 1)
    ]
    draft = IdeaText("d", number=8, mentors=("mira",), state=IdeaState.DRAFT)
    one_more = IdeaText("x", number=9, mentors=("mira",), state=IdeaState.TAKEN)

    assert loads([*ideas, draft]) == {}
    assert loads([*ideas, draft, one_more]) == {"mira": [1, 2, 3, 9]}


@pytest.mark.parametrize(
    ("text", "kept"),
    [
        ("16-20 UTC weekdays", "16-20 UTC weekdays"),
        ("usually here 16-20 UTC.", "16-20 UTC"),
        ('"I am usually  around in the evening"', "around in the evening"),
        ("x" * LONGEST_HOURS, "x" * LONGEST_HOURS),
    ],
)
def test_usual_hours_are_kept_as_they_are_shown(text: str, kept: str) -> None:
    assert usual_hours(text) == kept


@pytest.mark.parametrize("text", ["...", "usually", "x" * (LONGEST_HOURS + 1), "ä" * 41])
def test_hours_that_say_nothing_or_too_much_are_refused(text: str) -> None:
    with pytest.raises(Refused):
        usual_hours(text)


@pytest.mark.parametrize(
    ("hours", "lacks"),
    [
        ("16-20 on weekdays", True),
        ("16-20 UTC on weekdays", False),
        ("16:00-20:00 +02:00", False),
        ("9-17 Europe/Berlin", False),
        ("19-22 CET", False),
        ("7-9 PM", True),
        ("evenings", False),
    ],
)
def test_figures_want_a_zone(hours: str, lacks: bool) -> None:
    assert lacks_zone(hours) is lacks
