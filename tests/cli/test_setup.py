"""gsocbot init and gsocbot check: a folder that works, and what is wrong with one."""

from pathlib import Path

import pytest

from tests.cli.conftest import Place


def test_what_init_makes_works(place: Place) -> None:
    folder = place.folder / "new/bot"
    config = ("--config", folder / "gsocbot.toml")

    made = place.bare("init", folder, "--yes")

    assert (made.status, made.err) == (0, "")
    assert place.bare("check", *config).status == 0
    assert place.bare("say", "!idea 1", *config).out.startswith("1 ")
    assert place.bare("ideas", "check", *config).status == 1  # some want a mentor
    assert place.bare("site", "build", *config).status == 0
    assert place.bare("role", "add", "odile", "organiser", *config).status == 0
    assert {p.name for p in folder.iterdir()} == {"gsocbot.db", "gsocbot.toml", "ideas", "public"}
    assert folder.stat().st_mode & 0o777 == 0o700
    assert (folder / "gsocbot.toml").stat().st_mode & 0o777 == 0o600


@pytest.mark.parametrize(
    ("year", "dates", "said"),
    [
        (2026, "23", "next: "),
        (2025, "21", "nothing is left this year"),
        (2019, "14", "nothing is left this year"),
        (2027, "0", "no dates of 2027 are known here yet"),
    ],
)
def test_init_makes_a_season_of_the_year_with_the_dates_of_that_year(
    place: Place, year: int, dates: str, said: str
) -> None:
    folder = place.folder / "new"
    config = ("--config", folder / "gsocbot.toml")

    made = place.bare("init", folder, "--year", year, "--yes")
    season = folder / f"ideas/example-{year}"
    check = place.bare("check", *config)
    shown = place.bare("timeline", "show", *config)
    due = place.bare("say", "!due", "--at", "2026-03-01T10:00Z", *config)

    assert (made.status, made.err, check.status) == (0, "", 0)
    assert len(shown.lines) == int(dates)
    assert said[1:] in due.out
    assert (
        (season / "timeline.toml")
        .read_text()
        .startswith(f"# The dates of Google Summer of Code {year}.")
    )
    assert f"year = {year}\n" in (season / "season.toml").read_text()


def test_what_init_writes_for_a_year_without_dates_is_right_once_the_marks_are_taken_away(
    place: Place,
) -> None:
    place.bare("init", place.folder / "new", "--year", 2027, "--yes")
    file = place.folder / "new/ideas/example-2027/timeline.toml"
    example = file.read_text().partition("[[deadline]]")[2].replace("\n# ", "\n")
    file.write_text("[[deadline]]" + example.replace("day = 2027-03-31", "#"))

    shown = place.bare("timeline", "show", "--config", place.folder / "new/gsocbot.toml")

    assert shown.out.startswith(
        "example-2027: 2027-03-31T18:00:00+00:00 applications-close: contributor applications"
    )


def test_check_says_where_the_dates_of_a_year_are_if_a_season_has_none(place: Place) -> None:
    place.write("season/timeline.toml", "")

    (note, *_) = place.works("check").lines

    assert note.startswith("note: season test: no dates are known; put them into timeline.toml; ")
    file = note.rpartition(" ")[2]
    assert Path(file).read_text().startswith("# The dates of Google Summer of Code 2026.")


def test_init_does_what_its_last_lines_say(place: Place) -> None:
    said = place.bare("init", place.folder / "bot", "--yes").lines

    commands = [line.split() for line in said if line.startswith("  gsocbot ")]
    assert [words[1] for words in commands] == ["check", "say", "role", "run"]
    for _, *words in commands[:3]:
        assert place.bare(*(w.strip('"') for w in words)).status == 0


def test_init_does_not_touch_a_folder_that_has_a_config(place: Place) -> None:
    before = place.config.read_text()

    result = place.bare("init", place.folder, "--yes")

    assert (result.status, result.out) == (2, "")
    assert result.err == (
        f"gsocbot: {place.config} is there already; remove it, or choose another folder\n"
    )
    assert place.config.read_text() == before
    assert not (place.folder / "ideas").exists()


@pytest.mark.parametrize("name", ["a file", "a file/below"])
def test_init_where_a_file_is_in_the_way_is_one_line(place: Place, name: str) -> None:
    place.write("a file", "x")

    result = place.bare("init", place.folder / name, "--yes")

    assert (result.status, result.out) == (2, "")
    assert result.err.count("\n") == 1


def test_init_without_a_terminal_takes_the_defaults(place: Place) -> None:
    assert place.bare("init", place.folder / "bot").status == 0


def test_check_finds_nothing_where_nothing_is_wrong(place: Place) -> None:
    result = place.works("check")

    assert result.lines[-1] == (
        f"{place.config}: nothing to find fault with (1 networks, 1 seasons)"
    )


@pytest.mark.parametrize("config", ["", "[season.empty]\n", '[network.n]\nhost = "localhost"\n'])
def test_check_finds_nothing_in_a_config_that_is_nearly_empty(place: Place, config: str) -> None:
    place.config.write_text(config)

    assert place.works("check").status == 0


def test_check_finds_what_is_wrong_and_ends_with_1(place: Place) -> None:
    place.works("say", "!ideas")
    place.store.chmod(0o604)
    place.write("season/bad.md", "no title")
    place.write("season/timeline.toml", "[[deadline]]\n")
    (place.folder / "state").mkdir()
    (place.folder / "state").chmod(0o755)

    result = place.run("check")

    assert (result.status, result.err) == (1, "")
    assert [line.replace(f"{place.folder}/", "") for line in result.lines] == [
        "season/timeline.toml:1: slug: this is missing; write slug",
        "season/timeline.toml:1: title: this is missing; write title",
        "season/timeline.toml:1: at: write exactly one of at (a moment) and day (no hour is known)",
        "season/bad.md:1: there is no title; write --- and title: … on top, or a heading",
        "gsocbot.db: others can read it; chmod 600 gsocbot.db",
        "state: others can read it; chmod 700 state",
    ]


def test_check_with_a_config_that_cannot_be_used_ends_with_2(place: Place) -> None:
    place.config.write_text("nonsense")

    assert place.refuses("check").startswith(f"{place.config}:1: this is no TOML")


def test_check_where_the_store_is_a_folder_ends_with_1(place: Place) -> None:
    place.store.mkdir()

    result = place.run("check")

    assert (result.status, result.err) == (1, "")
    assert f"{place.store}: " in result.out


def test_a_config_is_found_in_the_folder_where_one_stands(
    place: Place, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    monkeypatch.chdir(tmp_path)

    assert place.bare("say", "!idea 1").out.startswith("1 sans-io")
    assert (tmp_path / "gsocbot.db").exists()


def test_names_that_look_like_more_than_names_are_only_names(place: Place) -> None:
    folder = place.folder / "what? 100% #1 {x}"

    assert place.bare("init", folder, "--yes").status == 0
    config = ("--config", folder / "gsocbot.toml")
    assert place.bare("say", "!idea 1", *config).out.startswith("1 ")
    assert place.bare("db", "check", *config).status == 0
    assert place.bare("db", "backup", folder / "b?.db", *config).status == 0
    assert place.bare("db", "restore", folder / "b?.db", *config).status == 0
    assert place.bare("site", "build", *config).status == 0
    assert (folder / "gsocbot.db").exists()
