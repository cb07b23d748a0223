"""Dates from files on IRC: all of a file or nothing, and only files of the season's folder."""

import os
import shutil
from collections.abc import Callable
from dataclasses import replace
from datetime import datetime
from pathlib import Path

import pytest
from sqlalchemy import Engine, event

from gsocbot import app
from gsocbot.render.addresses import Addresses
from gsocbot.rules.roles import Role
from gsocbot.site.calendars import calendars
from gsocbot.site.taking import take
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
        "read google.ics: 1 deadline, 0 in the past, 0 clashes (0 new, 1 changed). "
        "final-work Mon 24 Aug 18:00 -> Tue 1 Sep 2026 18:00 UTC. Say !yes"
    )
    assert says(on, "!yes") == (
        "1 deadline, 6 reminders planned; next: final-work Tue 1 Sep 2026 18:00 UTC (in 183 d)."
    )
    with on.store.transaction(writing=False) as books:
        row = deadlines.row(books, "test", "final-work")
        assert row is not None
        assert (row.audience, row.short, row.sequence) == ("students", "final work", 1)


def test_a_yes_takes_what_was_shown_and_nothing_else(on: Stage, folder: Path) -> None:
    file = folder / "google.toml"
    file.write_text(LOGO)
    asked = says(on, "!deadline import google.toml")
    file.write_text(LOGO.replace("05-01", "05-02"))
    before = everything(on)

    assert says(on, "!yes") == f"that has changed since I asked; now: {asked}"
    assert everything(on) == before
    says(on, "!yes")
    assert when(on, "logo") == datetime.fromisoformat("2026-05-02T12:00Z")


def test_what_was_changed_on_irc_before_the_yes_is_shown(on: Stage, folder: Path) -> None:
    (folder / "google.ics").write_text(ICS.format(start=":20260901T180000Z"))
    says(on, "!deadline import google.ics")
    move = "!deadline move final-work 25 aug 18:00"
    on.hear("odile", False, None, move, action=False)

    assert says(on, "!yes") == (
        "read google.ics: 1 deadline, 0 in the past, 1 clash. There is nothing to take over. Kept "
        "as on IRC: final-work (there Tue 1 Sep 2026 18:00 UTC). To take the file's: "
        "!deadline move final-work <when>."
    )


def table(number: int, slug: str = "date-{:040}", day: int = 1) -> str:
    name = slug.format(number)
    return f'[[deadline]]\nslug = "{name}"\ntitle = "x"\nat = 2026-05-{day:02}T12:00:00Z\n'


def test_the_question_names_three_that_move_and_counts_the_others(on: Stage, folder: Path) -> None:
    file = folder / "google.toml"
    for day in (1, 2):
        file.write_text("".join(table(n, "d-{}", day) for n in range(5)))
        asked = says(on, "!deadline import google.toml")
        if day == 1:
            says(on, "!yes")

    moves = ", ".join(f"d-{n} Fri 1 May 12:00 -> Sat 2 May 12:00 UTC" for n in range(3))
    assert asked.endswith(f"(0 new, 5 changed). {moves} and 2 more. Say !yes")


def test_a_question_ends_with_how_to_agree_however_long_the_slugs_are(
    on: Stage, folder: Path
) -> None:
    file = folder / "google.toml"
    long = "d{:039}"
    for day in (1, 2):
        file.write_text("".join(table(n, long, day) for n in range(6)))
        asked = says(on, "!deadline import google.toml")
        if day == 1:
            says(on, "!yes")
            for n in range(3):
                says(on, f"!deadline move {long.format(n)} 9 may 12:00")
                says(on, "!no")

    assert asked.endswith("<when>. Say !yes")
    assert "3 clashes (0 new, 3 changed)" in asked


def test_so_many_dates_are_read_and_no_more(on: Stage, folder: Path) -> None:
    for count in (200, 201):
        dates = "".join(table(n, "d-{}") for n in range(count))
        (folder / f"{count}.toml").write_text(dates)

    assert says(on, "!deadline import 201.toml") == (
        "201.toml has 201 dates, and at most 200 are read at once. Nothing changed; divide it"
    )
    assert "200 new" in says(on, "!deadline import 200.toml")


def test_dates_are_read_from_the_store_as_often_however_many_a_file_has(
    on: Stage, folder: Path
) -> None:
    counts = []
    for name, dates in (("few", range(2)), ("many", range(2, 42))):
        (folder / f"{name}.toml").write_text("".join(table(n, "d-{}") for n in dates))
        says(on, f"!deadline import {name}.toml")
        read: list[str] = []

        def note(*ran: object, read: list[str] = read) -> None:
            read += [text for text in [str(ran[2])] if "FROM deadline" in text]

        event.listen(Engine, "before_cursor_execute", note)
        says(on, "!yes")
        event.remove(Engine, "before_cursor_execute", note)
        counts.append(len(read))

    assert counts[0] == counts[1] > 0


def test_a_date_that_is_too_near_for_its_reminders_is_said_to_be(on: Stage, folder: Path) -> None:
    soon = LOGO.replace("2026-05-01T12:00:00Z", "2026-03-02T10:45:00Z")
    (folder / "more.toml").write_text(soon, encoding="utf-8")
    says(on, "!deadline import more.toml")

    assert says(on, "!yes") == (
        "1 deadline, 0 reminders planned; next: logo Mon 2 Mar 10:45 UTC (in 45 min), "
        "too near for its reminders (to have one: !deadline remind logo 10m)."
    )


def test_a_year_that_is_over_is_not_read_into_another(on: Stage) -> None:
    before = everything(on)

    assert says(on, "!deadline import 2025") == (
        "these are dates of 2025, the season is 2026, and none is to come"
    )
    assert everything(on) == before


def test_the_question_says_that_the_dates_are_of_another_year(on: Stage, folder: Path) -> None:
    (folder / "next.toml").write_text(LOGO.replace("2026", "2027"))

    assert says(on, "!deadline import next.toml") == (
        "read next.toml: 1 deadline, 0 in the past, 0 clashes (1 new, 0 changed). These are dates "
        "of 2027, the season is 2026. Say !yes"
    )


@pytest.mark.parametrize("name", ["timeline", "contributors", "mentors", "organisers", "office"])
def test_our_own_calendars_can_be_read(on: Stage, folder: Path, name: str) -> None:
    with on.store.transaction(writing=False) as books:
        snapshot = take(books, ["test"], {}, {})
    ours = dict(calendars(snapshot.seasons[0], Addresses("https://x.example", "test")))
    file = next(content for path, content in ours.items() if path.endswith(f"{name}.ics"))
    (folder / f"{name}.ics").write_bytes(file)
    assert (b"RRULE" in file) is (name != "timeline")

    said = says(on, f"!deadline import {name}.ics")

    if name == "office":
        assert said == "office.ics has no dates"
    else:
        assert said.endswith("0 clashes. There is nothing to take over.")


@pytest.mark.parametrize(
    ("date", "said"),
    [
        (LOGO.replace('"logo"', '"add"'),
         'bad.toml:2: slug: "!deadline add" does something else; choose another slug'),
        (LOGO.replace('"logo"', '"all"'),
         'bad.toml:2: slug: "all" means several dates; choose another slug'),
        (LOGO.replace('"logo"', f'"{"x" * 41}"'),
         "bad.toml:2: slug: a slug is small letters, digits and -, at most 40: summit-register"),
        (LOGO.replace("the logo", "x" * 900),
         "bad.toml:3: title: a title has at most 120 bytes; reminders are one line"),
        (LOGO.replace("deadline", "event").replace("slug", "key").replace("logo", "move", 1),
         'bad.toml:2: key: "!deadline move" does something else; choose another slug'),
    ],
)  # fmt: skip
def test_what_cannot_be_added_cannot_be_imported(
    on: Stage, folder: Path, date: str, said: str
) -> None:
    (folder / "bad.toml").write_text(date)

    assert says(on, "!deadline import bad.toml") == f"cannot read {said}. {AGAIN}"


def test_of_a_calendar_too_what_cannot_be_added_is_named_with_its_line(
    on: Stage, folder: Path
) -> None:
    text = ICS.format(start=":20260901T180000Z")
    (folder / "bad.ics").write_text(text.replace("final-work@example", "1@x").replace(
        "final work handed in", "Drop"))  # fmt: skip

    assert says(on, "!deadline import bad.ics") == (
        'cannot read bad.ics:5: UID: "!deadline drop" does something else; choose another slug. '
        f"{AGAIN}"
    )


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
