"""What only a process of its own shows: pipes, streams that are closed, signals, ports."""

import re
import signal
import socket
import time
from pathlib import Path

import pytest

from tests.cli.conftest import Place, Shell


def test_a_reader_that_has_seen_enough_is_no_fault(place: Place, shell: Shell) -> None:
    lines = place.write("lines", "!idea 1\n" * 2000)

    result = shell.bash(
        f"$gsocbot say --from {lines} --config {place.config} | head -1; echo ${{PIPESTATUS[0]}}; "
        "$gsocbot --help | true; echo ${PIPESTATUS[0]}"
    )

    assert result.err == ""
    assert result.lines[0].startswith("1 sans-io")
    assert result.lines[1:] == ["0", "0"]


def test_streams_that_are_closed_are_no_fault(place: Place, shell: Shell) -> None:
    say = f"$gsocbot say '!idea 1' --config {place.config}"

    result = shell.bash(
        f"{say} <&- >&- 2>&-; echo $?; $gsocbot init {place.folder}/new <&- >/dev/null; echo $?"
    )

    assert (result.out, result.err) == ("0\n0\n", "")


def test_a_disk_that_is_full_is_one_line(place: Place, shell: Shell) -> None:
    result = shell.bash(f"$gsocbot say '!idea 1' --config {place.config} >/dev/full; echo $?")

    assert (result.out, result.err) == ("2\n", "gsocbot: No space left on device\n")


def test_a_locale_without_letters_is_no_fault(place: Place, shell: Shell) -> None:
    result = shell.bash(
        f"PYTHONIOENCODING=ascii $gsocbot say --json '!ideas' --config {place.config}"
    )

    assert result.status == 0
    assert "1 sans-io · 2 " in result.json[0][0]["text"]


def test_ctrl_c_ends_a_long_command_without_a_traceback(place: Place, shell: Shell) -> None:
    lines = place.write("lines", "!ideas rust\n" * 200_000)
    process = shell.start("say", "--from", lines, "--config", place.config)
    process.line()

    result = process.end(signal.SIGINT)

    assert (result.status, result.err) == (130, "")


def test_a_bot_without_networks_runs_alone_until_it_is_told_to_end(
    place: Place, shell: Shell
) -> None:
    place.config.write_text('[season.test]\nfolder = "season"\n')
    process = shell.start("run", "--config", place.config)
    page = place.folder / "public/test/index.html"
    while not page.exists() and process.popen.poll() is None:
        time.sleep(0.05)
    alone = f"another gsocbot runs with {place.folder}/state"

    assert place.refuses("run") == alone
    assert place.works("say", "!idea 1").out.startswith("1 sans-io")
    place.works("db", "backup", place.folder / "copy.db")
    assert place.refuses("db", "restore", place.folder / "copy.db") == alone

    began = time.perf_counter()
    result = process.end(signal.SIGTERM)
    assert result.status == 0
    assert "Traceback" not in result.err
    assert time.perf_counter() - began < 10


@pytest.mark.parametrize("option", ["--port", "--web-port"])
def test_a_port_in_use_is_one_line(shell: Shell, tmp_path: Path, option: str) -> None:
    with socket.create_server(("127.0.0.1", 0)) as other:
        port = other.getsockname()[1]
        result = shell.start("demo", "--no-chat", "--dir", tmp_path / "d", option, port).end()

    assert (result.status, result.out) == (2, "")
    assert re.fullmatch(r"gsocbot: .*[Aa]ddress already in use.*\n", result.err)
