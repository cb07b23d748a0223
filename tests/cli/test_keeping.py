"""gsocbot timeline, role, site and db: what keeps a season and its store in order."""

import sqlite3
from contextlib import closing
from pathlib import Path

import pytest

from gsocbot.config import load
from gsocbot.store import schema
from tests.cli.conftest import Place

DATES = """\
[[deadline]]
slug = "apply-close"
title = "Applications close, at last"
at = 2026-04-08T18:00:00Z
[[deadline]]
slug = "party"
title = "Party"
day = 2026-12-24
kind = "event"
"""


def test_dates_are_shown_with_their_zone(place: Place) -> None:
    lines = place.works("timeline", "show").lines

    assert lines == sorted(lines)
    assert all(line.startswith("test: 2026-") for line in lines)
    assert any("+00:00 " in line for line in lines)


def test_dates_of_a_file_are_taken_and_outlive_the_next_reading_of_the_folder(
    place: Place,
) -> None:
    first = place.works("timeline", "show").lines[3].split()[2].rstrip(":")
    file = place.write("dates.toml", DATES.replace("apply-close", first))

    said = place.works("timeline", "import", file, "--season", "test").out
    again = place.works("timeline", "import", file, "--season", "test").out
    shown = place.works("timeline", "show").out

    assert said == f"{file}: 2 dates read, 1 new, 1 changed\n"
    assert again == f"{file}: 2 dates read, 0 new, 0 changed\n"
    assert f"test: 2026-04-08T18:00:00+00:00 {first}: Applications close, at last" in shown
    assert "test: 2026-12-24 party: Party" in shown


def test_a_date_gone_from_the_folder_is_gone(place: Place) -> None:
    file = place.folder / "season/timeline.toml"
    place.works("timeline", "import", place.write("d.toml", DATES), "--season", "test")
    file.write_text("")

    assert [line.split()[2] for line in place.works("timeline", "show").lines] == [
        "apply-close:",
        "party:",
    ]


CALENDAR = """\
BEGIN:VCALENDAR
BEGIN:VEVENT
UID:{slug}@elsewhere.gsocbot
SUMMARY:Moved to another day
DTSTART;TZID=America/New_York:20260410T140000
END:VEVENT
BEGIN:VEVENT
UID:1
SUMMARY:Party
DTSTART;VALUE=DATE:20261224
END:VEVENT
END:VCALENDAR
"""


def test_dates_are_taken_from_a_calendar_and_what_else_is_known_of_them_stays(
    place: Place,
) -> None:
    slug = "applications-close"
    file = place.write("dates.ics", CALENDAR.format(slug=slug))

    said = place.works("timeline", "import", file, "--season", "test").out
    again = place.works("timeline", "import", file, "--season", "test").out
    shown = place.works("timeline", "show").out
    asked = place.works("say", f"!deadline {slug}").out

    assert said == f"{file}: 2 dates read, 1 new, 1 changed\n"
    assert again == f"{file}: 2 dates read, 0 new, 0 changed\n"
    assert f"test: 2026-04-10T18:00:00+00:00 {slug}: Moved to another day" in shown
    assert "test: 2026-12-24 party: Party" in shown
    assert asked.endswith("For: contributors. Source: https://example.org/timeline\n")


def test_the_calendar_of_the_pages_brings_the_same_dates_again(place: Place) -> None:
    before = place.works("timeline", "show").out
    place.works("site", "build")

    said = place.works(
        "timeline", "import", place.folder / "public/test/timeline.ics", "--season", "test"
    ).out

    assert said.endswith(" 8 dates read, 0 new, 0 changed\n")
    assert place.works("timeline", "show").out == before


def test_of_a_calendar_with_a_fault_nothing_is_read(place: Place) -> None:
    file = place.write("dates.ics", CALENDAR.format(slug="a").replace(";TZID=America/New_York", ""))

    assert place.refuses("timeline", "import", file, "--season", "test") == (
        f"{file}:5: DTSTART: the moment has no zone; write it in UTC, such as 20260331T180000Z"
    )
    assert not place.store.exists()


def test_the_years_that_ship_are_listed_with_their_files(place: Place) -> None:
    lines = place.bare("timeline", "years").lines

    assert [line.split(":")[0] for line in lines] == ["2011", *map(str, range(2019, 2027))]
    assert lines[-1].startswith("2026: 23 dates, 2025-12-03 to 2026-11-11: ")
    file = lines[-1].rpartition(": ")[2]
    assert place.works("timeline", "import", file, "--season", "test").out.startswith(
        f"{file}: 23 dates read, "
    )


@pytest.mark.parametrize(
    ("content", "fault"),
    [
        (None, "no such file"),
        (b"\xff", "1: this is not UTF-8"),
        (b"[[deadline]\n", "1: this is no TOML"),
        (b'[[deadline]]\nslug = "x"\ntitle = "X"\nat = 2026-04-08T18:00:00\n', "4: at: the mom"),
        (b"[[dates]]\n", "1: dates: there is no such key"),
    ],
)
def test_dates_that_cannot_be_read_are_one_line(
    place: Place, content: bytes | None, fault: str
) -> None:
    file = place.folder / "dates.toml"
    if content is not None:
        file.write_bytes(content)

    said = place.refuses("timeline", "import", file, "--season", "test")

    assert said.startswith(f"{file}:")
    assert said.removeprefix(f"{file}:").lstrip().startswith(fault)


def test_roles_are_given_listed_and_taken_away(place: Place) -> None:
    assert [
        place.works("role", *words).out
        for words in (
            ("add", "Odile", "organiser"),
            ("add", "odile", "organiser"),
            ("add", "mira", "mentor", "--season", "test", "--network", "net"),
            ("list",),
            ("drop", "ODILE", "organiser"),
            ("drop", "odile", "organiser"),
            ("list", "--season", "test"),
        )
    ] == [
        "odile on net is now organiser in test\n",
        "odile on net is already organiser in test\n",
        "mira on net is now mentor in test\n",
        "test: mira on net: mentor\ntest: odile on net: organiser\n",
        "odile on net is no longer organiser in test\n",
        "odile on net is no organiser in test\n",
        "test: mira on net: mentor\n",
    ]


def test_the_pages_are_built(place: Place) -> None:
    said = place.works("site", "build").out

    public = place.folder / "public"
    files = [file for file in public.rglob("*") if file.is_file()]
    assert said.startswith(f"{public}: ")
    assert (public / "test/index.html").exists()
    assert (public / "test/timeline.ics").exists()
    assert len(files) > 10


def test_a_place_for_pages_that_is_taken_is_one_line(place: Place) -> None:
    place.write("public", "a file")

    assert str(place.folder / "public") in place.refuses("site", "build")


# --- the store


def test_upgrade_makes_a_store_and_says_where_it_stands(place: Place) -> None:
    said = f"the store is at schema {schema.HEAD}\n"

    assert place.works("db", "upgrade").out == said
    assert place.works("db", "upgrade").out == said
    assert place.works("db", "check").out == f"the store is whole, at schema {schema.HEAD}\n"


@pytest.mark.parametrize("words", [("check",), ("backup", "copy.db")], ids=" ".join)
def test_a_store_that_is_not_there_is_one_line(place: Place, words: tuple[str, ...]) -> None:
    assert place.refuses("db", *words) == f"{place.store}: there is no store yet"
    assert not place.store.exists()


def test_a_newer_store_is_refused(place: Place) -> None:
    place.works("db", "upgrade")
    with closing(sqlite3.connect(place.store)) as raw, raw:
        raw.execute("UPDATE alembic_version SET version_num = '9999'")

    newer = f"is of a newer gsocbot (schema 9999, this one knows {schema.HEAD})"
    for words in (("say", "!ideas"), ("db", "upgrade")):
        assert place.refuses(*words) == f"the store {newer}"
    assert place.refuses("run") == f"{place.store}: this {newer}"
    assert place.run("db", "check").out == f"{place.store}: this {newer}\n"


def test_a_file_of_another_program_is_refused(place: Place) -> None:
    with closing(sqlite3.connect(place.store)) as raw, raw:
        raw.execute("CREATE TABLE season (music TEXT)")

    for words in (("say", "!ideas"), ("db", "upgrade")):
        assert place.refuses(*words) == f"store {place.store}: this is no store of gsocbot"
    assert place.run("db", "check").out == f"{place.store}: this is no store of gsocbot\n"
    with closing(sqlite3.connect(place.store)) as raw:
        assert raw.execute("SELECT name FROM sqlite_master").fetchall() == [("season",)]


def test_check_tells_of_a_store_that_others_can_read(place: Place) -> None:
    place.works("say", "!ideas")
    place.store.chmod(0o644)

    result = place.run("db", "check")

    assert (result.status, result.out) == (
        1,
        f"{place.store}: others can read it; chmod 600 {place.store}\n",
    )


def test_check_finds_a_byte_that_was_flipped_in_the_structure(place: Place) -> None:
    place.works("say", "!ideas")
    whole = place.store.read_bytes()
    size = int.from_bytes(whole[16:18], "big")
    missed = []

    for page in range(len(whole) // size):
        at = page * size + (100 if page == 0 else 0)
        place.store.write_bytes(whole[:at] + bytes([whole[at] ^ 0x40]) + whole[at + 1 :])
        result = place.run("db", "check")
        if (result.status, result.err) != (1, ""):
            missed.append(page)

    assert missed == []


def test_check_finds_a_letter_that_was_flipped_in_what_search_looks_at(place: Place) -> None:
    place.works("say", "!ideas")
    with closing(sqlite3.connect(place.store)) as raw:
        (words,) = raw.execute("SELECT words_title FROM idea WHERE number = 1").fetchone()
    whole = place.store.read_bytes()
    at = whole.index(words.encode())
    place.store.write_bytes(whole[:at] + bytes([whole[at] ^ 1]) + whole[at + 1 :])

    result = place.run("db", "check")

    assert result.status == 1
    assert "damaged" in result.out


def test_an_idea_that_is_damaged_is_one_line(place: Place) -> None:
    place.works("say", "!ideas")
    with closing(sqlite3.connect(place.store)) as raw, raw:
        raw.execute("UPDATE idea SET imported = '{' WHERE number = 1")

    assert place.refuses("say", "!ideas") == (
        "the store: idea sans-io is damaged; gsocbot db check"
    )


def test_check_does_not_change_the_store(place: Place) -> None:
    place.works("say", "!ideas")
    before = place.store.read_bytes()

    place.works("db", "check")
    place.works("check")

    assert place.store.read_bytes() == before


def test_a_backup_is_restored_and_the_old_store_kept_beside(place: Place) -> None:
    place.works("say", "--as", "kofi", "!check 1")
    backup = place.folder / "far/away/copy.db"

    said = place.works("db", "backup", backup).out
    place.works("say", "--as", "kofi", "!check 2")
    place.works("db", "restore", backup)
    kept = list(place.folder.glob("gsocbot.db.*.old"))

    assert said == f"{backup}: {backup.stat().st_size} bytes\n"
    assert {f.stat().st_mode & 0o777 for f in (backup, place.store, *kept)} == {0o600}
    assert ", 1 of 10 done." in place.works("say", "--as", "kofi", "!checklist").out
    place.works("db", "restore", kept[0])
    assert ", 2 of 10 done." in place.works("say", "--as", "kofi", "!checklist").out
    assert len(list(place.folder.glob("gsocbot.db.*.old"))) == 2


def test_a_backup_is_one_file(place: Place) -> None:
    place.works("say", "!ideas")

    place.works("db", "backup", place.folder / "copies/copy.db")

    assert [f.name for f in (place.folder / "copies").iterdir()] == ["copy.db"]


def test_a_store_that_is_lost_or_damaged_can_be_restored(place: Place) -> None:
    place.works("say", "!ideas")
    backup = place.folder / "copy.db"
    place.works("db", "backup", backup)

    place.store.unlink()
    place.works("db", "restore", backup)
    place.store.write_bytes(b"rubbish" * 1000)
    place.works("db", "restore", backup)

    assert place.works("db", "check").status == 0
    assert next(place.folder.glob("gsocbot.db.*.old")).read_bytes() == b"rubbish" * 1000


@pytest.mark.parametrize("content", [b"", b"rubbish" * 1000], ids=["empty", "rubbish"])
def test_a_backup_that_is_none_is_refused_and_the_store_left(place: Place, content: bytes) -> None:
    place.works("say", "!ideas")
    before = place.store.read_bytes()
    backup = place.write("copy.db", content)

    assert place.refuses("db", "restore", backup).startswith(f"{backup}: ")
    assert place.store.read_bytes() == before


def test_a_damaged_backup_is_refused(place: Place) -> None:
    place.works("say", "!ideas")
    backup = place.folder / "copy.db"
    place.works("db", "backup", backup)
    whole = bytearray(backup.read_bytes())
    whole[4096 * 3] ^= 0x40
    backup.write_bytes(whole)

    assert place.refuses("db", "restore", backup).startswith(f"{backup}: damaged (")


def test_a_backup_that_is_missing_is_one_line(place: Place, tmp_path: Path) -> None:
    assert place.refuses("db", "restore", tmp_path / "gone") == f"{tmp_path}/gone: no such file"


def test_a_backup_over_the_store_or_a_folder_is_refused(place: Place) -> None:
    place.works("say", "!ideas")

    assert place.refuses("db", "backup", place.store).endswith("this is the store itself")
    assert place.refuses("db", "backup", place.folder).endswith("this is no file")


def test_files_are_for_sqlite_alone(place: Place, postgres_url: str) -> None:
    place.config.write_text(f'[store]\nurl = "{postgres_url}"\n[season.test]\nfolder = "season"\n')

    assert place.refuses("say", "!ideas") == ("the store needs its tables: run gsocbot db upgrade")
    assert place.run("db", "check").out == "the store needs its tables: gsocbot db upgrade\n"
    place.works("db", "upgrade")
    assert place.works("db", "check").status == 0
    assert place.works("say", "!idea 1").out.startswith("1 sans-io")
    assert place.works("check").status == 0
    for words in (("backup", "x"), ("restore", "x")):
        assert place.refuses("db", *words) == (
            "this is for SQLite; for PostgreSQL use pg_dump and pg_restore"
        )
    assert load(place.config).store.file is None
