"""Names are opened once, whoever dies on the way, and whoever ends is not spoken of any more."""

from collections.abc import Iterator
from datetime import timedelta

import pytest
from sqlmodel import col, select

from gsocbot.rules.outbox import OutboxState
from gsocbot.store.books import Books
from gsocbot.store.private import announcing
from gsocbot.store.private.announcing import MENTOR, NOTICE, OTHERS, WELCOME
from gsocbot.store.tables import Outbox, Season
from tests.conversation import CHANNEL, ORGANISERS, Stage, stage
from tests.students import AFTER, announced, said


@pytest.fixture
def on(url: str) -> Iterator[Stage]:
    """Give a season with two projects that are open since a moment."""
    found = stage(url)
    answers = announced(found, "odile", ("priya", 1, "mira"), ("sofia", 2, "tomas"))
    assert answers[-1].startswith("2 projects are open now")
    yield found
    found.store.close()


def due(on: Stage, *topics: str) -> list[Outbox]:
    """What waits to be said."""
    with on.store.transaction(writing=False) as books:
        waiting = select(Outbox).where(Outbox.state == OutboxState.DUE).order_by(col(Outbox.id))
        return [row for row in books.session.exec(waiting) if not topics or row.topic in topics]


def test_all_that_an_announcement_brings_is_kept_with_it_once(on: Stage) -> None:
    places = {(row.topic, row.target) for row in due(on, NOTICE, WELCOME, OTHERS)}

    assert places == {
        (NOTICE, CHANNEL),
        (WELCOME, "@priya"),
        (WELCOME, "@sofia"),
        (OTHERS, ORGANISERS),
    }
    assert said(on, "odile", "season announce") == ["This season is announced already"]
    assert len(due(on, NOTICE, WELCOME, OTHERS)) == 4


def test_an_announcement_that_is_cut_off_has_never_been(url: str) -> None:
    on = stage(url)
    announced(on, "odile", ("priya", 1, "mira"), opened=False)
    on.now = AFTER
    said(on, "odile", "season announce")  # all of it is kept, and the question undoes it

    with on.store.transaction(writing=False) as books:
        row = books.session.get(Season, "test")
        assert row is not None
        assert row.announced_at is None
    assert due(on, NOTICE, WELCOME, OTHERS) == []
    on.store.close()


def test_with_the_end_of_a_student_goes_all_that_was_to_be_said_in_one_transaction(
    on: Stage,
) -> None:
    on.bot.tick(AFTER + timedelta(days=60))
    about = [row for row in due(on) if "sofia" in row.key + row.payload + row.target]
    assert len({row.topic for row in about}) >= 3  # or the test shows nothing
    others = [row for row in due(on) if row not in about]

    on.now = AFTER + timedelta(days=60)
    said(on, "odile", "student end sofia", "yes")

    assert [row for row in due(on) if "sofia" in row.key + row.payload + row.target] == []
    on.bot.tick(AFTER + timedelta(days=60, minutes=1))
    assert [row for row in due(on) if "sofia" in row.key + row.payload + row.target] == []
    assert {row.key for row in others} <= {row.key for row in due(on)}


def test_who_mentors_somebody_no_more_hears_no_more_of_them(on: Stage) -> None:
    on.now = AFTER + timedelta(days=60)
    on.bot.tick(on.now)
    about = [row for row in due(on) if row.target == "@tomas" and "sofia" in row.key + row.payload]
    assert about  # or the test shows nothing

    said(on, "odile", "student set sofia mentor mira")

    left = {row.key for row in due(on)}
    assert left.isdisjoint(row.key for row in about)
    assert any(row.target == "@sofia" for row in due(on))
    on.bot.tick(on.now + timedelta(minutes=1))
    assert any(row.target == "@mira" and '"sofia"' in row.payload for row in due(on))
    told = {row.topic for row in due(on) if row.target == "@tomas" and "sofia" in row.payload}
    assert told == {MENTOR}


def test_the_end_of_one_leaves_what_is_said_of_somebody_whose_name_is_longer(url: str) -> None:
    on = stage(url)
    announced(on, "odile", ("sofia", 1, "mira"), ("sofia2", 2, "mira"), ("xsofia", 3, "mira"))

    with on.store.transaction(writing=True) as books:
        announcing.hush(books, "test", "test", "sofia")

    assert {row.target for row in due(on, WELCOME)} == {"@sofia2", "@xsofia"}
    on.store.close()


def test_what_waits_is_said_as_it_is_by_then(on: Stage) -> None:
    said(
        on, "odile", "mentor add ines", "student set sofia mentor mira", "student end priya", "yes"
    )

    (notice,) = due(on, NOTICE)
    (welcome,) = due(on, WELCOME)
    assert "priya" not in notice.payload
    assert "sofia (2 boot-graphs)" in notice.payload
    assert '"mentors": ["mira"]' in welcome.payload


def test_who_is_taken_back_at_once_is_welcomed_by_nobody(on: Stage) -> None:
    said(on, "odile", "student add kofi 3 mira")
    assert {row.target for row in due(on, WELCOME)} == {"@priya", "@sofia", "@kofi"}
    said(on, "odile", "undo")

    assert {row.target for row in due(on, WELCOME)} == {"@priya", "@sofia"}
    assert "kofi" not in due(on, NOTICE)[0].payload


def test_many_projects_fit_a_line_and_the_rest_is_counted(url: str) -> None:
    on = stage(url)
    crowd = tuple((f"somebody-with-a-name-{n}", 1 + n % 3, "mira") for n in range(40))
    announced(on, "odile", *crowd)

    line = next(s.text for s in on.tick(AFTER + timedelta(minutes=1)) if s.target == CHANNEL)
    assert line.startswith("Welcome to our 40 projects of 2026: somebody-with-a-name-0 (1 sans-io)")
    assert " more. To everyone who applied" in line
    assert line.endswith("https://gsoc.example.org/test/projects/")
    assert len(line.encode()) <= 400
    on.store.close()


def test_a_closed_season_plans_nothing_and_what_waited_is_gone(on: Stage) -> None:
    on.bot.tick(AFTER + timedelta(days=50))
    assert due(on)
    said(on, "odile", "season close", "yes")
    assert due(on) == []

    for days in (50, 51, 60, 90):
        on.bot.tick(AFTER + timedelta(days=days))
    assert due(on) == []
    assert _is_closed(on)
    said(on, "odile", "undo")
    on.bot.tick(AFTER + timedelta(days=50))
    assert due(on)


def _is_closed(on: Stage) -> bool:
    with on.store.transaction(writing=False) as books:
        return _row(books).closed_at is not None


def _row(books: Books) -> Season:
    row = books.session.get(Season, "test")
    assert row is not None
    return row
