"""What pages and !minutes read of sessions that are over, on both engines."""

import random
from datetime import timedelta

import pytest

from gsocbot.rules.minutes import minutes
from gsocbot.rules.office import LineKind
from gsocbot.rules.roles import Role
from gsocbot.site.taking_sessions import duties, log, sessions
from gsocbot.store import closing, held, office, roles
from gsocbot.store.store import Store
from gsocbot.store.tables import ActionItem, OfficeDuty, OfficeSession
from tests.store.conftest import NOW, SEASON, deed
from tests.store.test_closing import END, MINUTE, opened, queue, say


def ended(store: Store, session: int, minutes_later: int = 60) -> None:
    """The session is over."""
    with store.transaction(writing=True) as books:
        row = books.every(OfficeSession, id=session)[0]
        closing.close(books, deed("end"), row, NOW + minutes_later * MINUTE)


def test_what_was_held_is_numbered_as_it_ended_and_what_runs_is_not_in_it(store: Store) -> None:
    first, second, _ = (opened(store, chair) for chair in ("mira", "tomas", "ines"))
    say(store, first, ("mira", "mira", "hello"), ("kofi", None, "hi"))
    ended(store, second, 50)
    ended(store, first, 60)

    with store.transaction(writing=False) as books:
        found = held.held(books, SEASON)

        assert [(h.id, h.copy, h.chair) for h in found] == [
            (second, 1, "tomas"),
            (first, 2, "mira"),
        ]
        assert [h.newest for h in found] == [0, list(log(books, first))[-1].id]
        assert found[1].ended_at == END
        assert found[1].ended_at.utcoffset() == timedelta(0)


def test_a_log_is_read_in_portions_without_losing_a_line(store: Store) -> None:
    session, other = opened(store), opened(store, "tomas")
    for _ in range(3):  # the logs of two sessions lie between each other
        say(store, session, *(("mira", "mira", f"{n}") for n in range(held.LINES_AT_ONCE // 2)))
        say(store, other, ("tomas", None, "mine"))

    with store.transaction(writing=False) as books:
        first = held.portion(books, session, 0)
        whole = list(log(books, session))

    assert len(first) == held.LINES_AT_ONCE
    assert [line.text for line in whole] == [str(n) for n in range(held.LINES_AT_ONCE // 2)] * 3
    assert whole[0].at == NOW
    assert (whole[0].account, whole[0].action, whole[0].kind) == ("mira", False, "said")


def test_places_actions_and_questions_of_a_session_come_with_it_and_no_accounts(
    store: Store,
) -> None:
    session = opened(store)
    queue(store, session, "priya", "which kernel?")
    say(store, session, ("mira", "mira", "#action priya write it down"))
    ended(store, session)

    with store.transaction(writing=False) as books:
        (found,) = sessions(books, SEASON, logs=False)

    assert found.lines is None
    assert [(p.state, p.came) for p in found.places] == [("kept", found.places[0].came)]
    assert [(t.number, t.done) for t in found.tasks] == [(1, False)]
    assert [(k.number, k.public) for k in found.kept] == [(1, True)]
    assert "which kernel" not in repr(found)


@pytest.mark.parametrize("seed", range(8))
def test_people_are_counted_as_the_minutes_count_them(store: Store, seed: int) -> None:
    chance = random.Random(seed)
    session = opened(store)
    names = ["mira", "Mira", "mira_", "kofi", "KOFI", "guest", "ana"]
    texts = ["hi", "#nick silent, other", "#chair kofi", "#NICK ana", " #unchair kofi", "a # b"]
    lines = [
        (chance.choice(names), chance.choice(["mira", "kofi", None]), chance.choice(texts))
        for _ in range(chance.randrange(40))
    ]
    say(store, session, *lines)
    with store.transaction(writing=True) as books:
        shown = {"nick": "mira", "account": "mira", "action": True, "text": "#nick nobody"}
        row = {"session": session, "season": SEASON, "at": NOW, **shown}
        office.keep_lines(books, [row | {"kind": LineKind.SAID}])
    ended(store, session)

    with store.transaction(writing=False) as books:
        (one,) = held.held(books, SEASON)
        spoken = office.spoken(books, session)

        assert held.people(books, one) == len(minutes(spoken, ["mira"]).people)
        assert held.tasks(books, session) == len(books.every(ActionItem, session=session))
        assert held.helped(books, session) == 0


def test_only_who_has_a_role_is_on(store: Store) -> None:
    with store.transaction(writing=True) as books:
        roles.grant(books, deed("role"), SEASON, "net", "mira", Role.MENTOR)
        for account in ("tomas", "mira"):
            books.add(deed("on", number=1), OfficeDuty(
                season=SEASON, series="wed", network="net", account=account, at=NOW))  # fmt: skip

    with store.transaction(writing=False) as books:
        assert [(series, duty.account) for series, duty in duties(books, SEASON)] == [
            ("wed", "mira")
        ]
