"""A season whose dates are not known: the bot says so in one line, and what was before."""

import shutil
from pathlib import Path

import pytest

from tests.conversation import SEASON, played, stage

NEXT = "Organisers: write timeline.toml, or !deadline import <file>"
OF_2027 = (
    "no dates of 2027 are known here yet. In earlier years Google announced the programme on "
    "3 Dec 2025; organisations applied from 19 Jan 2026, 27 Jan 2025 and 22 Jan 2024; "
    f"contributors applied from 16 Mar 2026, 24 Mar 2025 and 18 Mar 2024. {NEXT}"
)
OF_2019 = (
    "no dates are known for this season yet. Organisers: those of 2019 come with gsocbot: "
    "!deadline import 2019"
)
ASKED = ("!due", "!due mentors", "!timeline", "!timeline all", "!deadline x")


def without_dates(folder: Path, year: str) -> Path:
    """The small season in a year of which its folder has no dates."""
    season = Path(shutil.copytree(SEASON, folder / "season"))
    (season / "timeline.toml").unlink()
    about = season / "season.toml"
    about.write_text(about.read_text().replace("year = 2026\n", year))
    return season


@pytest.mark.parametrize(
    ("year", "said"),
    [
        ("year = 2027\n", OF_2027),
        ("year = 2012\n", f"no dates of 2012 are known here yet. In earlier years Google announced "
         f"the programme on 24 Jan 2011; organisations applied from 28 Feb 2011; contributors "
         f"applied from 28 Mar 2011. {NEXT}"),
        ("year = 2045\n", f"no dates of 2045 are known here yet. {NEXT}"),
        ("year = 2019\n", OF_2019),
        ("", f"no dates are known for this season yet. {NEXT}"),
    ],
)  # fmt: skip
def test_whoever_asks_for_dates_hears_in_one_line_that_there_are_none(
    tmp_path: Path, year: str, said: str
) -> None:
    on = stage(season=without_dates(tmp_path, year))

    for words in ASKED:
        asked = f"<kofi> {words}\n"
        answer = f"<gsocbot> kofi: {said}\n"
        assert played(asked, on) == asked + answer
        assert len(answer.encode()) <= 400


def test_a_question_in_plain_words_is_answered_likewise(tmp_path: Path) -> None:
    on = stage(season=without_dates(tmp_path, "year = 2027\n"))
    asked = "kofi -> gsocbot: when is the deadline for applications?\n"

    assert played(asked, on) == f"{asked}gsocbot -> kofi: N{OF_2027[1:]}\n"


def test_nothing_is_said_of_dates_by_the_clock(tmp_path: Path) -> None:
    on = stage(season=without_dates(tmp_path, "year = 2027\n"))
    clock = "== 2027-03-31 17:00\n== 2027-07-01 10:00\n"

    assert "deadline" not in played(clock, on)
    assert "close" not in played(clock, on)


def test_dates_that_come_with_gsocbot_are_not_taken_by_themselves(tmp_path: Path) -> None:
    on = stage(season=without_dates(tmp_path, "year = 2026\n"))

    assert "23 dates" not in played("<kofi> !timeline all\n", on)
    assert "those of 2026 come with gsocbot" in played("<kofi> !timeline all\n", on)
