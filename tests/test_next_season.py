"""The folder of the next year, made beside the present one."""

import shutil
from pathlib import Path

import pytest

from gsocbot.importers.season import read_season
from gsocbot.rules.ideas import IdeaState
from gsocbot.rules.roles import Role
from gsocbot.shipped import shipped
from tests.conversation import SEASON, Stage, stage
from tests.students import granted, said

TEMPLATES = shipped("templates")


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """Give the small season in a folder that is named for its year."""
    made = tmp_path / "ideas" / "example-2026"
    shutil.copytree(SEASON, made)
    (made / "faq.md").write_text("## tabs\n\nFour blanks, no tabs.\n", encoding="utf-8")
    return made


@pytest.fixture
def on(folder: Path) -> Stage:
    """Give an organiser of that season."""
    found = stage(season=folder)
    granted(found, "odile", Role.ORGANISER)
    return found


def test_it_has_the_dates_that_ship_the_ideas_as_drafts_and_nothing_that_was_retired(
    on: Stage, folder: Path
) -> None:
    said(on, "odile", "idea retire 4 nobody needs it", "yes")
    first, second = said(on, "odile", "season new 2025")

    made = folder.parent / "example-2025"
    season = read_season("next", made, TEMPLATES)
    assert first.startswith(
        "example-2025 is made beside example-2026: 5 ideas as drafts, the dates"
    )
    assert second.startswith("[season.test-2025] with this folder")
    assert season.year == 2025
    assert season.title == "Example in Google Summer of Code 2025"
    assert [i.slug for i in season.ideas if i.state is not IdeaState.DRAFT] == []
    assert "screen-reader" not in {i.slug for i in season.ideas}
    assert {i.number for i in season.ideas} >= {1, 2, 3}
    accepted = next(d for d in season.deadlines if d.slug == "accepted")
    assert accepted.passes_at.year == 2025
    assert [entry.key for entry in season.faq] == ["tabs"]


def test_a_year_of_which_nobody_knows_dates_has_none_and_says_how_they_get_there(
    on: Stage, folder: Path
) -> None:
    (first, _) = said(on, "odile", "season new 2031")

    made = folder.parent / "example-2031"
    assert "no dates yet (none of 2031 are known)" in first
    assert read_season("next", made, TEMPLATES).deadlines == ()
    assert "--season example-2031" in (made / "timeline.toml").read_text(encoding="utf-8")


def test_nothing_is_written_over_and_nothing_is_left_half_made(on: Stage, folder: Path) -> None:
    said(on, "odile", "season new 2025")
    before = sorted(folder.parent.rglob("*"))

    assert said(on, "odile", "season new 2025") == [
        "example-2025 is there already; nothing is written over"
    ]
    in_the_way = folder.parent / ".example-2024.new"
    in_the_way.touch()
    assert said(on, "odile", "season new 2024") == ["example-2024 cannot be written: File exists"]
    in_the_way.unlink()
    assert sorted(folder.parent.rglob("*")) == before
