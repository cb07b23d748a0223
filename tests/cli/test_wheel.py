"""The wheel works in an environment of its own, far from the checkout, without a home."""

import re
import shutil
import signal
import socket
import subprocess
import sys
import sysconfig
import urllib.request
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.cli.conftest import SECONDS, Result, Shell

ROOT = Path(__file__).parents[2]
IN_A_WHEEL = ("gsocbot", "templates", "ideas", "pyproject.toml", "README.md", "LICENSE")


@pytest.fixture(scope="module")
def environment(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Path]:
    """Give a new environment in which the wheel is installed; its packages are ours."""
    folder = tmp_path_factory.mktemp("wheel")
    tree = folder / "tree"
    tree.mkdir()
    for name in IN_A_WHEEL:
        source = ROOT / name
        if source.is_dir():
            shutil.copytree(source, tree / name, ignore=shutil.ignore_patterns("__pycache__"))
        else:
            shutil.copy(source, tree / name)
    _run(sys.executable, "-m", "build", "--wheel", "--no-isolation", "--outdir", folder, tree)
    (wheel,) = folder.glob("*.whl")
    shutil.rmtree(tree)
    _run(sys.executable, "-m", "venv", "--without-pip", folder / "venv")
    _install(wheel, folder / "venv")
    yield folder
    shutil.rmtree(folder)


def _install(wheel: Path, environment: Path) -> None:
    python = environment / "bin/python"
    offline = ("--no-deps", "--no-index", "--disable-pip-version-check")
    _run(sys.executable, "-m", "pip", "--python", python, "install", *offline, wheel)
    site = next((environment / "lib").glob("python*/site-packages"))
    # Behind what is installed there, so that this environment's own gsocbot is not found first.
    (site / "zz-ours.pth").write_text(f"{sysconfig.get_path('purelib')}\n")


def _run(*words: object) -> None:
    subprocess.run([str(w) for w in words], check=True, capture_output=True)


def _gsocbot(environment: Path, shell: Shell, *words: object) -> Result:
    return shell.start_program(
        environment / "venv/bin/gsocbot",
        *words,
        cwd=environment,
        env={"PATH": "/usr/bin:/bin", "HOME": ""},
    ).end()


def test_what_the_wheel_carries_is_what_runs(environment: Path) -> None:
    python = environment / "venv/bin/python"
    program = "import gsocbot.shipped as s; print(s.__file__); print(s.shipped('templates'))"

    found = subprocess.run(
        [python, "-c", program], cwd=environment, capture_output=True, text=True, check=True
    ).stdout.splitlines()

    assert all(Path(path).is_relative_to(environment / "venv") for path in found)


def test_the_wheel_makes_a_folder_and_says_what_is_in_it(environment: Path, shell: Shell) -> None:
    made = _gsocbot(environment, shell, "init", "bot", "--yes")
    said = _gsocbot(environment, shell, "say", "!idea 1", "--config", "bot/gsocbot.toml")

    assert [(r.status, r.err) for r in (made, said)] == [(0, "")] * 2
    assert said.out.startswith("1 mqtt-input ")


def test_the_wheel_carries_the_dates_of_other_years(environment: Path, shell: Shell) -> None:
    made = _gsocbot(environment, shell, "init", "earlier", "--year", "2025", "--yes")
    shown = _gsocbot(environment, shell, "timeline", "show", "--config", "earlier/gsocbot.toml")

    assert [(r.status, r.err) for r in (made, shown)] == [(0, "")] * 2
    assert shown.out.startswith("example-2025: 2025-01-27T18:00:00+00:00 org-applications-open: ")


def test_the_demo_of_the_wheel_serves_until_it_is_ended_and_leaves_nothing(
    environment: Path, shell: Shell
) -> None:
    temporary = environment / "temporary"
    temporary.mkdir()
    process = shell.start_program(
        environment / "venv/bin/gsocbot",
        "demo",
        cwd=environment,
        env={"PATH": "/usr/bin:/bin", "HOME": "", "TMPDIR": str(temporary)},
    )
    irc, pages = process.line(), process.line()

    port = int(re.findall(r"127\.0\.0\.1:(\d+)", irc)[0])
    page = urllib.request.urlopen(re.findall(r"http://\S+", pages)[0]).read()
    with socket.create_connection(("127.0.0.1", port)) as client:
        said = _asked(client)
    result = process.end(signal.SIGTERM)

    assert b"</html>" in page
    assert said.startswith("kofi: 1 mqtt-input ")
    assert (result.status, result.err) == (0, "")
    assert list(temporary.iterdir()) == []


def _asked(client: socket.socket) -> str:
    """What the bot says in the channel about idea 1, once it is there."""
    client.settimeout(SECONDS)
    lines = client.makefile("r", encoding="utf-8", newline="\r\n")
    client.sendall(b"NICK kofi\r\nUSER k 0 * :k\r\nJOIN #gsoc\r\n")
    asked = False
    for line in lines:
        joined = line.startswith(":gsocbot!") and " JOIN " in line
        named = " 353 " in line and "gsocbot" in line.rpartition(":")[2]
        if (joined or named) and not asked:
            client.sendall(b"PRIVMSG #gsoc :!idea 1\r\n")
            asked = True
        if " PRIVMSG #gsoc :" in line:
            return line.split(" PRIVMSG #gsoc :")[1]
    raise AssertionError("the server has hung up")
