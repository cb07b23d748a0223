"""The end of a poll: nobody votes after it, and its result is said once, whatever happens."""

from collections.abc import Iterator
from datetime import timedelta

import pytest
from sqlalchemy import select
from sqlmodel import col

from gsocbot.rules.roles import Role
from gsocbot.store import polls
from gsocbot.store.private.tables import Ballot, BallotBox
from gsocbot.store.tables import Audit, Grant, Season
from tests.conversation import CHANNEL, NETWORK, START, Stage, stage

END = START + timedelta(hours=1)
LONG = " ".join(["very"] * 15)


@pytest.fixture
def on() -> Iterator[Stage]:
    on = stage()
    with on.store.transaction(writing=True) as books:
        grant = {"season": "test", "network": NETWORK, "role": Role.ORGANISER, "at": START}
        books.session.add(Grant(account="odile", **grant))
    on.tick(START)
    on.hear("odile", False, CHANNEL, '!poll add "Tea?" yes | no until 1h', action=False)
    on.hear("priya", False, CHANNEL, "!vote 1 yes", action=False)
    yield on
    on.store.close()


def said(on: Stage, who: str, line: str) -> str:
    return "\n".join(say.text for say in on.hear(who, False, CHANNEL, line, action=False))


def test_a_vote_between_the_end_and_its_count_is_none(on: Stage) -> None:
    on.now = END - timedelta(seconds=1)
    in_time = said(on, "kofi", "!vote 1 yes")
    on.now = END
    late = said(on, "wenjie", "!vote 1 no"), said(on, "priya", "!vote 1 no")

    assert "is counted" in in_time
    assert all("poll 1 ended Mon 2 Mar 11:00 UTC. Nothing changed." in text for text in late)
    assert said(on, "odile", "!poll extend 1 5h") == late[0].replace("wenjie", "odile")
    assert said(on, "odile", "!poll close 1") == late[0].replace("wenjie", "odile")
    assert "has just ended" in said(on, "odile", "!poll results 1")
    assert "yes 2, no 0 (2 votes)" in "\n".join(s.text for s in on.tick(on.now))


def test_the_result_is_said_once_by_whichever_process(on: Stage) -> None:
    texts = []
    for minute in (-1, 0, 0, 1, 5):
        texts += [say.text for say in on.tick(END + timedelta(minutes=minute))]
        on.moves("gsocbot", "starts again", "")
        texts += [say.text for say in on.tick(END + timedelta(minutes=minute))]

    assert [t for t in texts if "Poll 1" in t] == [
        'Poll 1 is closed, "Tea?": yes 1, no 0 (1 vote).'
    ]


def test_a_result_that_is_late_says_so(on: Stage) -> None:
    late = [say.text for say in on.tick(END + timedelta(hours=5))]

    assert [t for t in late if "Poll 1" in t] == [
        '(late, meant for Mon 2 Mar 11:00 UTC) Poll 1 is closed, "Tea?": yes 1, no 0 (1 vote).'
    ]


def test_what_is_counted_is_in_the_audit_and_who_voted_is_not(on: Stage) -> None:
    on.tick(END)

    with on.store.transaction(writing=False) as books:
        rows = books.rows(
            select(col(Audit.account), col(Audit.after)).order_by(col(Audit.id))
        ).all()
        row = polls.by_number(books, "test", 1)
        assert list(books.rows(select(Ballot.id))) == []
        assert list(books.rows(select(BallotBox.secret)).scalars()) == [""]
    assert row is not None
    assert (row.result, row.voters, row.closed_by) == ('{"counts": [1, 0]}', 1, "")
    assert rows[-1].account == "(clock)"
    assert "priya" not in "".join(str(r) for r in rows)


def test_a_poll_of_a_season_that_is_closed_ends_in_silence(on: Stage) -> None:
    with on.store.transaction(writing=True) as books:
        season = books.session.get(Season, "test")
        assert season is not None
        season.closed_at = END - timedelta(minutes=1)

    on.moves("gsocbot", "starts again", "")
    assert not [s for s in on.tick(END) if "Poll 1" in s.text]

    assert "yes 1, no 0 (1 vote)" in said(on, "kofi", "!poll results 1")


def test_a_poll_with_the_most_and_longest_choices_is_still_a_line(on: Stage) -> None:
    options = " | ".join(f"{n}{'x' * 76} é"[:79] for n in range(20, 32))
    asked = f'!poll add "{LONG} long?" {options} until 5h quorum 5'
    texts = [said(on, "odile", asked), said(on, "priya", "!vote 2"), said(on, "kofi", "!vote 2 20")]
    texts += [said(on, "kofi", "!poll 2"), said(on, "kofi", "!polls")]
    texts += [say.text for hour in range(6) for say in on.tick(START + timedelta(hours=hour))]
    texts += [said(on, "kofi", "!poll results 2"), said(on, "kofi", "!poll 2")]

    assert all(0 < len(text.encode()) <= 400 for text in texts)
    assert "more: !more" in texts[0]
    assert "!vote 2" in texts[0]
    assert "1 vote" in texts[2]
    assert texts[-2].endswith("https://gsoc.example.org/test/polls/2/")
