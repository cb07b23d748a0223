"""Real lists with gold answers, where somebody has put them beside the project."""

from pathlib import Path

import pytest

from tests.importers.scoring import LISTS, score

FOLDERS = sorted(gold.parent for gold in LISTS.glob("*/gold.json")) if LISTS.is_dir() else []

needs_lists = pytest.mark.skipif(not FOLDERS, reason="no lists with gold answers are here")


@needs_lists
def test_real_lists_are_read_well_together() -> None:
    whole = score(FOLDERS)

    assert whole.titles.f1 >= 0.95, whole.misses
    assert whole.mentors.f1 >= 0.90
    assert whole.hours.share >= 0.95
    assert whole.levels.share >= 0.95
    assert (whole.hours.invented, whole.levels.invented) == (0, 0)


@needs_lists
@pytest.mark.parametrize("folder", FOLDERS, ids=lambda folder: folder.name)
def test_no_real_list_is_read_badly(folder: Path) -> None:
    one = score([folder])

    assert one.titles.f1 >= 0.80, one.misses
