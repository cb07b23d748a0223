"""Every command tells how it is used, and what cannot be used is one line and exit status 2."""

import re

import pytest

from tests.cli.conftest import Place

COMMANDS = [
    "init",
    "run",
    "demo",
    "check",
    "say",
    "ideas import",
    "ideas export",
    "ideas check",
    "ideas parse",
    "ideas search",
    "timeline import",
    "timeline show",
    "timeline years",
    "role add",
    "role drop",
    "role list",
    "role code",
    "site build",
    "db upgrade",
    "db check",
    "db backup",
    "db restore",
]
WITHOUT_CONFIG = {"init", "demo", "ideas parse", "timeline years"}
ON_THE_STORE = [
    ("say", "!ideas"),
    ("ideas", "check"),
    ("ideas", "search", "rust"),
    ("timeline", "show"),
    ("role", "list"),
    ("role", "add", "mira", "mentor"),
    ("site", "build"),
    ("db", "upgrade"),
]


@pytest.mark.parametrize("command", COMMANDS)
def test_a_command_shows_an_example_of_its_use(place: Place, command: str) -> None:
    result = place.bare(*command.split(), "--help")

    assert (result.status, result.err) == (0, "")
    assert f"Example: gsocbot {command}" in " ".join(result.out.split())
    assert ("--config FILE" in result.out) is (command not in WITHOUT_CONFIG)


@pytest.mark.parametrize("group", ["", "ideas", "timeline", "role", "site", "db"])
def test_a_group_lists_its_commands(place: Place, group: str) -> None:
    result = place.bare(*group.split(), "--help")

    assert result.status == 0
    assert all(c.split()[-1] in result.out for c in COMMANDS if c.startswith(group))


def test_the_version_is_one_line(place: Place) -> None:
    result = place.bare("--version")

    assert (result.status, result.err) == (0, "")
    assert re.fullmatch(r"gsocbot \d+\.\d+\S*\n", result.out)


@pytest.mark.parametrize(
    "words",
    [
        (),
        ("ideas",),
        ("fly",),
        ("role", "give", "mira", "mentor"),
        ("role", "add", "mira", "king"),
        ("role", "add", "mira"),
        ("ideas", "import", "x.json"),
        ("ideas", "search", "rust", "-n", "0"),
        ("ideas", "search", "rust", "-n", "many"),
        ("init", "x", "--year", "soon"),
        ("init", "x", "--year", "1999"),
        ("demo", "--port", "99999"),
        ("demo", "--port", "-1"),
        ("demo", "--web-port", "x"),
        ("say", "a", "b"),
        ("check", "--conf"),
    ],
    ids=" ".join,
)
def test_words_that_are_no_command_are_refused_in_one_line(
    place: Place, words: tuple[str, ...]
) -> None:
    result = place.bare(*words)

    assert (result.status, result.out) == (2, "")
    assert re.fullmatch(r"gsocbot[\w ]*: .*; see gsocbot[\w ]* --help\n", result.err)


@pytest.mark.parametrize("words", [*ON_THE_STORE, ("run",), ("check",)], ids=" ".join)
def test_a_config_that_is_missing_is_one_line(place: Place, words: tuple[str, ...]) -> None:
    place.config.unlink()

    assert place.refuses(*words).endswith("gsocbot.toml: no such file; gsocbot init DIR makes one")


@pytest.mark.parametrize("words", [*ON_THE_STORE, ("run",), ("check",)], ids=" ".join)
def test_faults_of_a_config_are_a_line_each(place: Place, words: tuple[str, ...]) -> None:
    place.config.write_text('[bot]\nlevel = 1\n[network.n]\nhost = "h"\nport = 0\n')

    result = place.run(*words)

    assert (result.status, result.out) == (2, "")
    assert [line.split(": ")[2] for line in result.err.splitlines()] == [
        "bot.level",
        "network.n.port",
    ]


@pytest.mark.parametrize("words", [*ON_THE_STORE, ("run",)], ids=" ".join)
def test_a_store_that_is_a_folder_is_one_line(place: Place, words: tuple[str, ...]) -> None:
    place.store.mkdir(mode=0o755)

    assert place.refuses(*words) == f"store {place.store}: this is no file"
    assert place.store.stat().st_mode & 0o777 == 0o755


@pytest.mark.parametrize("words", ON_THE_STORE, ids=" ".join)
def test_a_store_that_is_no_database_is_one_line(place: Place, words: tuple[str, ...]) -> None:
    place.write("gsocbot.db", b"\x00\xff nothing of the kind" * 100)

    assert place.refuses(*words) == f"store {place.store}: file is not a database"


def test_the_bot_does_not_run_on_what_is_no_database_and_says_what_to_do(place: Place) -> None:
    place.write("gsocbot.db", b"\x00\xff nothing of the kind" * 100)

    assert place.refuses("run") == (
        f"{place.store}: file is not a database; restore a backup: gsocbot db restore FILE"
    )


@pytest.mark.parametrize("words", [*ON_THE_STORE, ("run",)], ids=" ".join)
def test_a_server_that_is_not_there_is_one_line(place: Place, words: tuple[str, ...]) -> None:
    url = f"postgresql+psycopg://me@/gsoc?host={place.folder}/nowhere"
    place.config.write_text(f'[store]\nurl = "{url}"\n[season.test]\nfolder = "season"\n')

    assert place.refuses(*words).startswith("store gsoc: connection is bad: ")


def test_a_state_folder_that_cannot_be_made_is_one_line(place: Place) -> None:
    place.write("state", "a file")

    assert place.refuses("run") == f"{place.folder}/state: File exists"


def test_a_season_that_is_a_file_is_one_line(place: Place) -> None:
    place.config.write_text('[season.s]\nfolder = "notes"\n')
    place.write("notes", "a file")

    assert place.refuses("say", "!ideas") == (
        f"{place.folder}/notes: this is no folder; a season is a folder"
    )


def test_every_fault_of_a_seasons_files_is_a_line(place: Place) -> None:
    place.write("season/season.toml", "title = 3\nyear = 1\n")
    place.write("season/one.md", "no title")

    result = place.run("say", "!ideas")

    assert result.status == 2
    assert [line.split(": ")[1] for line in result.err.splitlines()] == [
        f"{place.folder}/season/season.toml:2",
        f"{place.folder}/season/season.toml:1",
        f"{place.folder}/season/one.md:1",
    ]


def test_a_season_that_the_config_does_not_have_is_one_line(place: Place) -> None:
    for words in (
        ("ideas", "export", place.folder / "out"),
        ("ideas", "search", "rust"),
        ("ideas", "check"),
        ("timeline", "show"),
        ("role", "list"),
        ("role", "add", "mira", "mentor"),
    ):
        assert place.refuses(*words, "--season", "xen") == "there is no [season.xen] in the config"


def test_with_several_networks_one_must_be_named(place: Place) -> None:
    place.config.write_text(
        '[season.test]\nfolder = "season"\n[network.a]\nhost = "localhost"\n'
        '[network.b]\nhost = "localhost"\n[network.b.channels."#only-b"]\nseason = "test"\n'
    )

    assert place.refuses("say", "!ideas") == "which network? --network a or --network b"
    assert place.refuses("role", "add", "mira", "mentor").startswith("which network?")
    assert place.refuses("say", "!ideas", "--network", "c") == (
        "there is no [network.c] in the config"
    )
    assert place.works("say", "!ideas", "--network", "b").status == 0
    assert place.works("say", "!ideas", "--channel", "#only-b").status == 0


def test_with_several_seasons_one_must_be_named(place: Place) -> None:
    place.config.write_text('[season.test]\nfolder = "season"\n[season.other]\n')

    assert place.refuses("ideas", "search", "rust") == (
        "which season? --season test or --season other"
    )
    assert place.refuses("role", "add", "mira", "mentor").startswith("which season?")
    assert place.works("ideas", "search", "rust", "--season", "test").lines


@pytest.mark.parametrize("account", ["", "a b", "a\nb", "\x1b[31m", "x" * 101])
def test_what_is_no_account_is_refused(place: Place, account: str) -> None:
    assert place.refuses("role", "add", account, "mentor").endswith("is no account")
    assert place.refuses("say", "--as", account, "!me").endswith("is no account")
