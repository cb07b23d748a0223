"""A short cut of the long runs."""

from pathlib import Path

from tests.bench.__main__ import as_table
from tests.bench.measures import Figure
from tests.soak.reconnects import reconnects
from tests.soak.talk import Size, talk


def nothing(_more: int) -> None:
    """Show no progress."""


def grown(figures: list[Figure]) -> str:
    """What has grown; nothing if nothing has."""
    return as_table(figures) if any(figure.reached is False for figure in figures) else ""


def test_nothing_of_a_connection_outlives_it() -> None:
    assert grown(reconnects(100, 20, nothing)) == ""


def test_the_bot_stays_small_however_many_people_come_talk_and_go(tmp_path: Path) -> None:
    size = Size(lines=300_000, block=10_000, present=500, questions=2)

    assert grown(talk(size, tmp_path, nothing)) == ""


def test_a_link_that_keeps_something_of_every_line_is_seen() -> None:
    figures = reconnects(15, 3, nothing, leak=True)

    missed = [figure.name.partition(",")[0] for figure in figures if figure.reached is False]
    assert missed == ["... more after the last", "tasks", "timers", "files"]
