"""Forgetting while others write and the bot is killed; a short cut of the long run."""

from tests.bench.__main__ import as_table
from tests.soak.forget import forgetting


def test_nothing_is_left_of_who_was_forgotten_also_after_kills_and_an_older_backup() -> None:
    figures = forgetting(people=5, kills=1, tick=lambda _: None)

    assert [f.name for f in figures if f.reached is False] == [], as_table(figures)
