"""kill -9 in office hours loses nothing that was acknowledged; a short cut of the long run."""

import pytest

from tests.bench.__main__ import as_table
from tests.bench.measures import Figure
from tests.soak.sessions import run
from tests.soak.sessions.verdict import BACK


@pytest.fixture(autouse=True)
def server_is_there() -> None:
    if not run.available():
        pytest.skip(f"{run.KIND} is not installed: tools/system-packages installs it")


def nothing(_more: int) -> None:
    """Show no progress."""


def wrong(figures: list[Figure]) -> list[str]:
    """What is not as wanted; how long a start takes depends on what else runs here."""
    return [f.name for f in figures if f.reached is False and f.name != BACK]


def test_kills_in_an_office_hour_lose_nothing_that_was_acknowledged() -> None:
    figures = run.kills(3, nothing, bots=1, shortest=0.3, longest=2)

    assert wrong(figures) == [], as_table(figures)


def test_a_bot_that_answers_before_it_keeps_is_seen() -> None:
    figures = run.kills(2, nothing, bots=1, longest=1, careless=True)

    assert "... acknowledged and lost" in wrong(figures), as_table(figures)
