"""What is taken back takes no student, no draft and no letter of others with it."""

from collections.abc import Iterator
from datetime import timedelta

import pytest
from sqlmodel import col, select

from gsocbot.rules.outbox import OutboxState
from gsocbot.rules.roles import Role
from gsocbot.store.private.announcing import MENTOR
from gsocbot.store.private.tables import Proposal, Student
from gsocbot.store.tables import Idea, Outbox
from tests.conversation import Stage, stage
from tests.students import AFTER, BEFORE, announced, granted, said

IDEA = "idea add Fuzz the config parser"


@pytest.fixture
def on(url: str) -> Iterator[Stage]:
    """Give a season with an idea that hauke has just published."""
    found = stage(url)
    found.now = BEFORE
    granted(found, "hauke", Role.ORGANISER)
    granted(found, "odile", Role.ORGANISER)
    granted(found, "mira", Role.MENTOR)
    yield found
    found.store.close()


def numbers(on: Stage) -> set[int]:
    with on.store.transaction(writing=False) as books:
        return {idea.number for idea in books.session.exec(select(Idea)).all()}


@pytest.mark.parametrize("table", [Student, Proposal])
def test_an_idea_stays_under_those_who_work_on_it_or_apply_for_it(
    on: Stage, table: type[Student] | type[Proposal]
) -> None:
    said(on, "hauke", IDEA)
    (new,) = numbers(on) - set(range(1, 7))
    with on.store.transaction(writing=True) as books:
        idea = next(i for i in books.session.exec(select(Idea)) if i.number == new)
        assert idea.id is not None
        who = {"season": "test", "network": "test", "account": "priya", "at": on.now}
        work = {"mentor": "mira"} if table is Student else {"url": "https://example.org/draft"}
        books.session.add(table.model_validate({**who, **work, "idea": idea.id}))

    answers = said(on, "hauke", "undo")

    assert "changed" in answers[0]
    assert new in numbers(on)
    with on.store.transaction(writing=False) as books:
        assert len(books.session.exec(select(table)).all()) == 1


def test_an_idea_that_nobody_works_on_is_taken_back(on: Stage) -> None:
    said(on, "hauke", IDEA)
    said(on, "hauke", "undo")

    assert numbers(on) == set(range(1, 7))


def told(on: Stage, *states: OutboxState) -> set[tuple[str, str]]:
    """Who is told of another mentor, and what they are by then."""
    with on.store.transaction(writing=False) as books:
        rows = books.session.exec(
            select(Outbox).where(Outbox.topic == MENTOR).order_by(col(Outbox.id))
        ).all()
        return {(r.target, OutboxState(r.state)) for r in rows if not states or r.state in states}


def test_a_change_of_mentor_goes_to_all_three_once(on: Stage) -> None:
    announced(on, "odile", ("priya", 1, "mira"))
    on.tick(AFTER + timedelta(minutes=1))
    granted(on, "tomas", Role.MENTOR)
    on.there["@priya"] = "priya"
    on.tick(AFTER + timedelta(minutes=2))
    said(on, "odile", "student set priya mentor tomas")

    assert {who for who, _ in told(on)} == {"@priya", "@mira", "@tomas"}
    for account in ("mira", "tomas"):
        on.there[f"@{account}"] = account
    first = [say.target for say in on.tick(AFTER + timedelta(minutes=3))]
    again = [say.target for say in on.tick(AFTER + timedelta(minutes=4))]
    assert sorted(first) == ["mira", "priya", "tomas"]
    assert again == []


def test_a_change_that_was_taken_back_before_it_was_told_is_told_to_nobody(on: Stage) -> None:
    announced(on, "odile", ("priya", 1, "mira"))
    granted(on, "tomas", Role.MENTOR)
    said(on, "odile", "student set priya mentor tomas")
    assert told(on)

    said(on, "odile", "undo")

    assert told(on) == set()
