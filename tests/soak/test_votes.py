"""A short cut of the votes while bots are killed."""

from pathlib import Path

from tests.bench.__main__ import as_table
from tests.soak.votes import votes


def nothing(_more: int) -> None:
    """Show no progress."""


def test_everybody_has_one_vote_and_the_last_one_counts_whatever_is_killed(tmp_path: Path) -> None:
    figures = votes(2, nothing, 30, tmp_path, longest=0.5)

    assert [f.name for f in figures if f.reached is False] == [], as_table(figures)
