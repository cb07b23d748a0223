"""What goes first of what is due: the oldest, or an office hour that begins."""

from datetime import timedelta

import pytest

from gsocbot.store import outbox
from gsocbot.store.store import Store
from tests.store.conftest import NOW
from tests.store.test_outbox import HOUR, line, plan


@pytest.mark.parametrize(
    ("office_first", "order"),
    [(False, ["old", "young", "begins", "soon"]), (True, ["begins", "soon", "old", "young"])],
)
def test_an_office_hour_goes_first_where_one_is_due(
    store: Store, office_first: bool, order: list[str]
) -> None:
    rows = [
        line("soon", topic="office"),
        line("begins", due=NOW - timedelta(minutes=1), topic="office"),
        line("young", due=NOW - HOUR),
        line("old", due=NOW - 2 * HOUR),
    ]
    plan(store, *(row | {"payload": row["key"]} for row in rows))
    with store.transaction(writing=True) as books:
        both, one = (
            outbox.claim(books, "net", "o", NOW, ["#gsoc"], most, office_first=office_first)
            for most in (3, 1)
        )

    assert [found.payload for found in both + one] == order


def test_it_is_seen_when_an_office_hour_is_due(store: Store) -> None:
    plan(
        store,
        line("a"),
        line("b", due=NOW, topic="office"),
        line("c", topic="office", state="sent"),
    )
    with store.transaction(writing=False) as books:
        just_before = outbox.is_office_due(books, "net", NOW - timedelta(seconds=1))
        then = outbox.is_office_due(books, "net", NOW)
        elsewhere = outbox.is_office_due(books, "other", NOW)

    assert (just_before, then, elsewhere) == (False, True, False)
