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


WAYS = "Take the file's: !idea import 1, or ours: !idea export 1"


@pytest.fixture
def clash(on: Stage, folder: Path) -> Path:
    """Idea 1, whose outcome and description were changed on both sides; its file."""
    heard(on, "!idea set 1 outcome Two crates", "!idea set 1 what The parser reads nothing.")
    change(folder / "sans-io.md", "A crate with", "Three crates with")
    change(folder / "sans-io.md", "The parser of today", "The parser of old")
    return folder / "sans-io.md"


def test_what_both_have_changed_is_left_alone_on_both_sides(on: Stage, clash: Path) -> None:
    theirs = clash.read_bytes()

    said = heard(on, "!idea export", "!idea import")

    assert said == [
        "0 files written in test-2026; review them in git. left alone: 1 sans-io (description, "
        f"outcome). Both versions: !idea check 1. {WAYS}",
        "read test-2026: 0 new, 0 changed, left alone, changed on both sides: 1 sans-io "
        "(description, outcome). There is nothing to take over. Both versions: !idea check 1. "
        f"{WAYS}",
    ]
    assert clash.read_bytes() == theirs


def test_both_versions_are_shown_where_only_those_read_who_may_change_it(
    on: Stage, clash: Path
) -> None:
    played("gsocbot role add mira mentor\n", on)
    both = (
        'hanged on both sides: what: sans-io.md says "The parser of old reads sockets itself and '
        'can only be tested with a server.", here it is "The parser reads nothing." · outcome: '
        'sans-io.md says "Three crates with fuzz tests that two clients use", here it is "Two '
        'crates".'
    )

    assert heard(on, "!idea check 1") == ["1 sans-io lacks nothing.", f"c{both} {WAYS}"]
    assert played("<mira> !idea check 1\n", on).splitlines()[1:] == [
        "<gsocbot> mira: 1 sans-io lacks nothing.",
        "<gsocbot> mira: that is private; I answered you in a query.",
        f"gsocbot -> mira: C{both}",
    ]


def test_an_organiser_takes_the_version_of_the_file(on: Stage, clash: Path) -> None:
    theirs = clash.read_bytes()

    said = heard(on, "!idea import 2", "!idea import 1", "!yes", "!idea check 1", "!idea export")

    assert said == [
        '"2" was not changed on both sides; leave it out for the whole folder',
        "read test-2026: 0 new, 1 changed, 0 errors. Say !yes",
        "taken over from test-2026: 0 new, 1 changed.",
        "1 sans-io lacks nothing.",
        "0 files written in test-2026; review them in git.",
    ]
    assert clash.read_bytes() == theirs


def test_an_organiser_writes_our_version_over_the_file(on: Stage, clash: Path) -> None:
    said = heard(on, "!idea export 1", "!yes", "!idea import")

    assert said == [
        "this writes what is kept of 1 over what its file says. Say !yes",
        "1 file written in test-2026; review them in git.",
        "read test-2026: 0 new, 0 changed. There is nothing to take over.",
    ]
    assert "Two crates" in clash.read_text(encoding="utf-8")


def test_what_we_have_written_ourselves_is_nobody_elses_change(on: Stage, folder: Path) -> None:
    said = heard(
        on,
        "!idea set 1 outcome Two crates",
        "!idea export",
        "!idea set 1 outcome Three crates",
        "!idea export",
    )

    assert said[1] == said[3] == "1 file written in test-2026; review them in git."
    assert "Three crates" in (folder / "sans-io.md").read_text(encoding="utf-8")


def test_a_file_that_people_have_removed_is_not_written_again(on: Stage, folder: Path) -> None:
    heard(on, "!idea suggest Short lived", "!idea export")
    (folder / "short-lived.md").unlink()

    said = heard(on, "!idea import", "!yes", "!idea export")

    assert said[1:] == [
        "taken over from test-2026: 0 new, 0 changed, 1 retired.",
        "0 files written in test-2026; review them in git.",
    ]
    assert not (folder / "short-lived.md").exists()


def test_no_file_has_a_name_that_windows_cannot_check_out(on: Stage, folder: Path) -> None:
    heard(on, "!idea suggest CON", "!idea suggest Con idea", "!idea suggest com1", "!idea export")

    assert {file.name for file in folder.glob("co*.md")} == {
        "con-idea.md",
        "con-idea-idea.md",
        "com1-idea.md",
    }
    assert heard(on, "!idea import") == [
        "read test-2026: 0 new, 0 changed. There is nothing to take over."
    ]


def test_a_folder_that_has_gone_retires_nothing(on: Stage, folder: Path) -> None:
    folder.rename(folder.with_name("elsewhere"))

    said = heard(on, "!idea import", "!idea export")

    assert said == ["nothing is read: test-2026: no such file"] * 2


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
