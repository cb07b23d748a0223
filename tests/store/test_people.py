"""What people want to hear later, or not at all, is not claimed, and holds up nothing else."""

import json
from datetime import datetime, timedelta
from typing import Any

import pytest
from sqlalchemy import text

from gsocbot.rules.quiet import Settings
from gsocbot.store import outbox, people
from gsocbot.store.store import Store
from gsocbot.store.tables import Person
from tests.store.conftest import NOW, SEASON, deed

HOUR = timedelta(hours=1)
QUIET = {"quiet_from": 9, "quiet_until": 11}
"""NOW is 10:00."""


def wish(store: Store, account: str = "mira", network: str = "net", **wishes: Any) -> None:
    """Somebody asks the bot to keep to something."""
    with store.transaction(writing=True) as books:
        row = Person(season=SEASON, network=network, account=account, **wishes)
        books.add(deed("wish", account=account), row)


def plan(store: Store, key: str, topic: str = "watched", target: str = "@mira",
         at: datetime = NOW, lasts: timedelta = 24 * HOUR) -> None:  # fmt: skip
    with store.transaction(writing=True) as books:
        row = outbox.row(
            key=key, season=SEASON, place=("net", target), topic=topic,
            facts=json.dumps({"at": at.isoformat()}), due=NOW, expires=NOW + lasts,
        )  # fmt: skip
        outbox.plan(books, [row])


def claimed(store: Store, now: datetime = NOW) -> list[str]:
    """The topics of what is claimed."""
    with store.transaction(writing=True) as books:
        there = ["@mira", "@tomas", "#gsoc"]
        return [w.topic for w in outbox.claim(books, "net", "boot-1-a", now, there, 100)]


def states(store: Store) -> list[tuple[str, str]]:
    with store.transaction(writing=False) as books:
        rows = books.rows(text("SELECT state, why FROM outbox ORDER BY id"))
        return [(row.state, row.why) for row in rows]


def test_what_is_held_waits_and_the_rest_is_said(store: Store) -> None:
    wish(store, **QUIET)
    plan(store, "a")
    plan(store, "b", topic="own_reminder")
    plan(store, "c", topic="deadline", at=NOW + 6 * HOUR)
    plan(store, "d", topic="deadline", at=NOW + 7 * HOUR)
    plan(store, "e", topic="question", target="@tomas")
    plan(store, "f", topic="office", target="#gsoc")

    assert claimed(store) == ["own_reminder", "deadline", "question", "office"]
    assert claimed(store) == []
    assert claimed(store, NOW + HOUR) == ["watched", "deadline"]


def test_what_is_held_for_too_long_is_claimed_to_be_skipped(store: Store) -> None:
    wish(store, **QUIET)
    plan(store, "a", lasts=HOUR / 2)

    assert claimed(store, NOW + HOUR / 2 - timedelta(seconds=1)) == []
    assert claimed(store, NOW + HOUR / 2) == ["watched"]


def test_what_is_not_wanted_is_skipped_and_never_comes_later(store: Store) -> None:
    wish(store, pm=False)
    plan(store, "a", topic="draft_waits")
    plan(store, "b")

    assert claimed(store) == ["watched"]
    assert states(store) == [("skipped", "pm off"), ("claimed", "")]


@pytest.mark.parametrize("other", [{"account": "tomas"}, {"network": "other"}])
def test_only_their_own_wishes_count(store: Store, other: dict[str, str]) -> None:
    wish(store, **{"pm": False, **QUIET, **other})
    plan(store, "a", topic="draft_waits")

    assert claimed(store) == ["draft_waits"]


def test_a_line_comes_with_the_zone_of_whom_it_is_for(store: Store) -> None:
    wish(store, zone="Asia/Kolkata")
    plan(store, "a")
    plan(store, "b", target="#gsoc")
    plan(store, "c", target="@tomas")
    with store.transaction(writing=True) as books:
        found = outbox.claim(books, "net", "o", NOW, ["@mira", "#gsoc", "@tomas"], 10)

    assert [line.zone for line in found] == ["Asia/Kolkata", "", ""]


def test_settings_are_read_back(store: Store) -> None:
    wish(store, zone="Asia/Kolkata", quiet_from=22, quiet_until=8, pm=False)
    with store.transaction(writing=False) as books:
        mine = people.settings(books, SEASON, "net", "mira")
        nobodys = people.settings(books, SEASON, "net", "tomas")

    assert (mine, nobodys) == (Settings("Asia/Kolkata", 22, 8, pm=False), Settings())
