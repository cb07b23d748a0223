"""A power cut takes nothing that was acknowledged; a short cut of the long run."""

import pytest

from tests.bench.__main__ import as_table
from tests.soak import cuts


def nothing(_more: int) -> None:
    """Show no progress."""


def test_no_power_cut_takes_what_was_acknowledged_and_a_careless_store_is_seen_to_lose() -> None:
    if not cuts.available():
        pytest.skip("strace cannot be used here: tools/system-packages installs it")
    figures = cuts.cuts(40, nothing)

    assert all(figure.reached is not False for figure in figures), as_table(figures)
