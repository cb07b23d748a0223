"""kill -9 takes nothing that was acknowledged or is to be said; short cuts of the long runs."""

import pytest

from tests.bench.__main__ import as_table
from tests.bench.measures import Figure
from tests.servers import postgres
from tests.soak import kills
from tests.soak.outcomes import BACK


def nothing(_more: int) -> None:
    """Show no progress."""


def wrong(figures: list[Figure]) -> list[str]:
    """What is not as wanted; how long a start takes depends on what else runs here."""
    return [f.name for f in figures if f.reached is False and f.name != BACK]


@pytest.fixture(autouse=True)
def server_is_there() -> None:
    if not kills.available():
        pytest.skip(f"{kills.KIND} is not installed: tools/system-packages installs it")


def test_kills_at_random_lose_nothing_and_repeat_nothing_that_is_known() -> None:
    figures = kills.kills(6, nothing, bots=2, longest=1.5)

    assert wrong(figures) == [], as_table(figures)


def test_of_two_bots_on_one_postgresql_the_other_one_loses_and_repeats_nothing_either() -> None:
    if not postgres.available():
        pytest.skip("PostgreSQL is not installed: tools/system-packages installs it")
    figures = kills.kills_on_postgres(4, nothing, pairs=1, longest=1.5)

    assert wrong(figures) == [], as_table(figures)
