"""Ideas read from the season's folder on IRC, and written back into it."""

import shutil
from pathlib import Path

import pytest

from tests.conversation import SEASON, Stage, played, stage

ORGANISER = "gsocbot role add odile organiser\n"


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """A folder of its own with the small season."""
    return Path(shutil.copytree(SEASON, tmp_path / "test-2026"))


def change(file: Path, old: str, new: str) -> None:
    """Change a file as somebody does who has reviewed it."""
    text = file.read_text(encoding="utf-8")
    assert old in text
    file.write_text(text.replace(old, new), encoding="utf-8")


def heard(on: Stage, *lines: str) -> list[str]:
    """What the bot says to odile, an organiser, in the organisers' channel."""
    said = []
    for line in lines:
        written = f"odile -> #gsoc-org: {line}\n"
        said += played(written, on).splitlines()[1:]
    return [line.removeprefix("gsocbot -> #gsoc-org: odile: ") for line in said]


@pytest.fixture
def on(folder: Path) -> Stage:
    """The bot on that folder, with an organiser."""
    on = stage(season=folder)
    played(ORGANISER, on)
    return on


def test_what_a_folder_would_change_is_said_before_it_is_taken_over(
    on: Stage, folder: Path
) -> None:
    change(folder / "sans-io.md", "175 h", "350 h")
    (folder / "new-one.md").write_text("---\ntitle: A new one\n---\nWhat it is about.\n")

    said = heard(on, "!idea import", "!ideas size:350", "!yes", "!ideas size:350", "!idea import")

    assert said == [
        "read test-2026: 1 new, 1 changed, 0 errors. Say !yes",
        '1 idea for "size:350": 3 map-tiles (hard, t·omas). Read one: !idea 3',
        "taken over from test-2026: 1 new, 1 changed.",
        '2 ideas for "size:350": 1 sans-io (medium, m·ira and t·omas) · 3 map-tiles (hard, '
        "t·omas). Read one: !idea 1",
        "read test-2026: 0 new, 0 changed. There is nothing to take over.",
    ]


def test_a_file_that_cannot_be_read_is_named_and_nothing_is_changed(
    on: Stage, folder: Path
) -> None:
    change(folder / "sans-io.md", "175 h", "350 h")
    (folder / "broken.md").write_text("---\nnumber: many\ntitle: A broken one\n---\n")

    said = heard(on, "!idea import", "!yes", "!ideas size:350")

    assert said[0].startswith("nothing is read: broken.md:")
    assert said[1:] == ['1 idea for "size:350": 3 map-tiles (hard, t·omas). Read one: !idea 3']


def test_what_irc_has_changed_is_written_into_its_file_and_no_other_byte(
    on: Stage, folder: Path
) -> None:
    before = {file.name: file.read_bytes() for file in folder.iterdir()}

    said = heard(on, "!idea export", "!idea set 1 outcome Two crates", "!idea export")

    after = {file.name: file.read_bytes() for file in folder.iterdir()}
    assert said[0] == "0 files written in test-2026; review them in git."
    assert said[2] == "1 file written in test-2026; review them in git."
    assert "Two crates" in after["sans-io.md"].decode()
    assert {n: b for n, b in after.items() if n != "sans-io.md"} == {
        n: b for n, b in before.items() if n != "sans-io.md"
    }
    assert heard(on, "!idea import") == [
        "read test-2026: 0 new, 0 changed. There is nothing to take over."
    ]


def test_what_both_have_changed_is_left_alone_on_both_sides(on: Stage, folder: Path) -> None:
    heard(on, "!idea set 1 outcome Two crates")
    change(folder / "sans-io.md", "A crate with", "Three crates with")
    theirs = (folder / "sans-io.md").read_bytes()

    said = heard(on, "!idea export", "!idea import")

    assert said == [
        "0 files written in test-2026; review them in git. left alone: 1 sans-io (outcome)",
        "read test-2026: 0 new, 0 changed, left alone, changed on both sides: 1 sans-io "
        "(outcome). There is nothing to take over.",
    ]
    assert (folder / "sans-io.md").read_bytes() == theirs


def test_nothing_is_written_over_what_has_not_been_read(on: Stage, folder: Path) -> None:
    heard(on, "!idea set 2 skills Rust")
    change(folder / "sans-io.md", "175 h", "350 h")

    assert heard(on, "!idea export") == [
        "test-2026 has changed since it was read: 0 new, 1 changed. !idea import first"
    ]
    assert "Rust" not in (folder / "boot-graphs.md").read_text(encoding="utf-8")


def test_what_was_written_on_irc_gets_a_file_and_stays_the_same_idea(
    on: Stage, folder: Path
) -> None:
    heard(on, "!idea suggest Readme", "!idea export")

    assert "Readme" in (folder / "readme-idea.md").read_text(encoding="utf-8")
    assert heard(on, "!idea import") == [
        "read test-2026: 0 new, 0 changed. There is nothing to take over."
    ]


def test_in_a_public_channel_the_folder_is_spoken_of_in_private(on: Stage) -> None:
    said = played("<odile> !idea import\n<kofi> !idea import\n", on).splitlines()

    assert said == [
        "<odile> !idea import",
        "<gsocbot> odile: that is private; I answered you in a query.",
        "gsocbot -> odile: Read test-2026: 0 new, 0 changed. There is nothing to take over.",
        "<kofi> !idea import",
        "<gsocbot> kofi: only organisers can read the ideas of the season's folder again, after "
        "saying what that would change. Ask o·dile. Nothing changed.",
    ]
