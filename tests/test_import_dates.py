"""Dates from files on IRC: all of a file or nothing, and only files of the season's folder."""

import os
import shutil
from collections.abc import Callable
from dataclasses import replace
from datetime import datetime
from pathlib import Path

import pytest

from gsocbot import app
from gsocbot.rules.roles import Role
from gsocbot.store import audit, deadlines, roles, seasons
from tests.conversation import NETWORK, ORGANISERS, SEASON, Stage, stage

ICS = """BEGIN:VCALENDAR
VERSION:2.0
PRODID:-//x//y//EN
BEGIN:VEVENT
UID:final-work@example.org
DTSTAMP:20260101T000000Z
SUMMARY:final work handed in
DTSTART{start}
END:VEVENT
END:VCALENDAR
"""
AGAIN = "Nothing changed; mend it and say it again"
LOGO = '[[deadline]]\nslug = "logo"\ntitle = "the logo is drawn"\nat = 2026-05-01T12:00:00Z\n'


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    return Path(shutil.copytree(SEASON, tmp_path / "xen"))


@pytest.fixture
def on(folder: Path) -> Stage:
    """Give the bot, with an organiser."""
    on = stage(season=folder)
    with on.store.transaction(writing=True) as books:
        deed = app.deed_of_shell(on.now, "test", "role add odile")
        roles.grant(books, deed, "test", NETWORK, "odile", Role.ORGANISER)
    return on


def says(on: Stage, line: str) -> str:
    (said,) = on.hear("odile", False, ORGANISERS, line, action=False)
    return said.text.removeprefix("odile: ")


def everything(on: Stage) -> object:
    with on.store.transaction(writing=False) as books:
        return seasons.deadlines(books, "test"), audit.newest(books)


@pytest.mark.parametrize(
    ("text", "said"),
    [
        (f"{LOGO}at = 3\n", "bad.toml:5: this is no TOML: Cannot overwrite a value"),
        (LOGO + LOGO, "bad.toml:6: slug: logo stands here twice; write another"),
        (LOGO.replace("Z", ""),
         "bad.toml:4: at: the moment has no zone; write Z behind it for UTC"),
        (LOGO.replace("at = 2026", "at = 1926"),
         "bad.toml:4: at: the year 1926 is not from 2000 to 2199"),
        (f'{LOGO}[[phase]]\nname = "x"\nfrom = "logo"\n',
         "bad.toml:5: until: this is missing; write until"),
        (LOGO.replace("slug", "slag"),
         "bad.toml:1: slug: this is missing; write slug (1 more fault)"),
    ],
)  # fmt: skip
def test_a_file_with_a_fault_changes_nothing_and_the_line_is_named(
    on: Stage, folder: Path, text: str, said: str
) -> None:
    (folder / "bad.toml").write_text(f"{text}")
    before = everything(on)

    assert says(on, "!deadline import bad.toml") == f"cannot read {said}. {AGAIN}"
    assert everything(on) == before


@pytest.mark.parametrize(
    ("start", "said"),
    [
        (";TZID=Mars/Olympus:20260824T190000",
         'bad.ics:8: DTSTART: the zone "Mars/Olympus" is not known; write it in UTC, such as '
         "20260331T180000Z"),
        (":20260824T190000",
         "bad.ics:8: DTSTART: the moment has no zone; write it in UTC, such as 20260331T180000Z"),
    ],
)  # fmt: skip
def test_a_calendar_with_an_unknown_zone_changes_nothing(
    on: Stage, folder: Path, start: str, said: str
) -> None:
    (folder / "bad.ics").write_text(ICS.format(start=start))
    before = everything(on)

    assert says(on, "!deadline import bad.ics") == f"cannot read {said}. {AGAIN}"
    assert everything(on) == before


def test_a_calendar_moves_a_date_and_keeps_the_rest(on: Stage, folder: Path) -> None:
    (folder / "google.ics").write_text(ICS.format(start=";TZID=America/New_York:20260901T140000"))

    assert says(on, "!deadline import google.ics") == (
        "read google.ics: 1 deadline, 0 in the past, 0 clashes (0 new, 1 changed). Say !yes"
    )
    assert says(on, "!yes") == (
        "1 deadline, 6 reminders planned; next: final-work Tue 1 Sep 2026 18:00 UTC (in 183 d)."
    )
    with on.store.transaction(writing=False) as books:
        row = deadlines.row(books, "test", "final-work")
        assert row is not None
        assert (row.audience, row.short, row.sequence) == ("students", "final work", 1)


def test_a_file_without_dates_is_refused(on: Stage, folder: Path) -> None:
    (folder / "none.toml").write_text("# later\n")

    assert says(on, "!deadline import none.toml") == (
        "none.toml has no dates: write [[deadline]] tables"
    )


def outside(folder: Path) -> str:
    (folder.parent / "secret.toml").write_text(LOGO)
    return "../secret.toml"


def a_link(folder: Path) -> str:
    (folder.parent / "secret.toml").write_text(LOGO)
    (folder / "link.toml").symlink_to(folder.parent / "secret.toml")
    return "link.toml"


def deeper(folder: Path) -> str:
    (folder / "more").mkdir()
    (folder / "more" / "x.toml").write_text(LOGO)
    return "more/x.toml"


def a_pipe(folder: Path) -> str:
    os.mkfifo(folder / "pipe.toml")
    return "pipe.toml"


def absolute(folder: Path) -> str:
    return str(folder / "timeline.toml")


@pytest.mark.parametrize("put", [outside, a_link, deeper, a_pipe, absolute])
def test_no_name_leads_out_of_the_folder(
    on: Stage, folder: Path, put: Callable[[Path], str]
) -> None:
    name = put(folder)

    assert says(on, f"!deadline import {name}") == (
        f'there is no "{name[:60]}" in xen; there is timeline.toml. Or a year: '
        "!deadline import 2026"
    )


def when(on: Stage, slug: str) -> datetime | None:
    with on.store.transaction(writing=False) as books:
        return next(d.at for d in seasons.deadlines(books, "test") if d.slug == slug)


def test_a_file_that_has_changed_since_it_was_imported_moves_its_dates(
    on: Stage, folder: Path
) -> None:
    file = folder / "google.toml"
    for day in ("01", "02", "03"):
        file.write_text(LOGO.replace("05-01", f"05-{day}"))
        says(on, "!deadline import google.toml")
        says(on, "!yes")
        assert when(on, "logo") == datetime.fromisoformat(f"2026-05-{day}T12:00Z")

    says(on, "!deadline move logo 9 may 12:00")
    says(on, "!no")
    file.write_text(LOGO.replace("05-01", "05-04").replace("logo is", "new logo is"))
    for _ in range(2):
        assert "1 clash" in says(on, "!deadline import google.toml")
        on.hear("odile", False, ORGANISERS, "!yes", action=False)
        assert when(on, "logo") == datetime.fromisoformat("2026-05-09T12:00Z")


def test_a_move_that_was_taken_back_is_no_clash(on: Stage, folder: Path) -> None:
    says(on, "!deadline move final-work 25 aug 18:00")
    says(on, "!undo")
    old = (folder / "timeline.toml").read_text()
    (folder / "new.toml").write_text(old.replace("08-24", "08-26"))

    assert "0 clashes (0 new, 1 changed)" in says(on, "!deadline import new.toml")
    says(on, "!yes")
    says(on, "!undo")
    assert when(on, "final-work") == datetime.fromisoformat("2026-08-24T18:00Z")
    assert "0 clashes (0 new, 1 changed)" in says(on, "!deadline import new.toml")


def test_an_import_outlives_the_next_reading_of_the_folder(on: Stage, folder: Path) -> None:
    (folder / "google.toml").write_text(LOGO)
    says(on, "!deadline import google.toml")
    says(on, "!yes")

    app.keep_seasons(on.store, {"test": replace(on.folders["test"])}, on.now)

    assert when(on, "logo") == datetime.fromisoformat("2026-05-01T12:00Z")
