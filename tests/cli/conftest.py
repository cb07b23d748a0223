"""gsocbot's command line in a folder of its own, run in this process."""

import json
import logging
import os
import shutil
import signal
import subprocess
import sys
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest

from gsocbot.cli import main

SMALL_SEASON = Path(__file__).parent.parent / "ideas"
CONFIG = """\
[season.test]
folder = "season"
[network.net]
host = "127.0.0.1"
tls = false
[network.net.channels."#gsoc"]
season = "test"
[network.net.channels."#Gsoc-Org"]
season = "test"
role = "organisers"
"""
SECONDS = 30


@dataclass(frozen=True)
class Result:
    """What a command came to."""

    status: int
    out: str
    err: str

    @property
    def lines(self) -> list[str]:
        """What it printed; only a line feed ends a line."""
        return self.out.split("\n")[:-1]

    @property
    def json(self) -> list[Any]:
        """What it printed, a JSON value a line."""
        return [json.loads(line) for line in self.lines]


@dataclass(frozen=True)
class Place:
    """A folder with a config, and gsocbot in it."""

    folder: Path
    capsys: pytest.CaptureFixture[str]

    @property
    def config(self) -> Path:
        """The config's file."""
        return self.folder / "gsocbot.toml"

    @property
    def store(self) -> Path:
        """The store's file."""
        return self.folder / "gsocbot.db"

    def write(self, name: str, content: str | bytes) -> Path:
        """Write a file into the folder."""
        file = self.folder / name
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_bytes(content.encode() if isinstance(content, str) else content)
        return file

    def bare(self, *words: object) -> Result:
        """Run a command as it stands."""
        self.capsys.readouterr()
        status = main([str(word) for word in words])
        return Result(status, *self.capsys.readouterr())

    def run(self, *words: object) -> Result:
        """Run a command with this place's config."""
        return self.bare(*words, "--config", self.config)

    def works(self, *words: object) -> Result:
        """Run a command that must end well and say nothing on stderr."""
        result = self.run(*words)
        assert (result.status, result.err) == (0, ""), result
        return result

    def refuses(self, *words: object) -> str:
        """Run a command that must be refused in one line, and give that line."""
        result = self.run(*words)
        assert (result.status, result.out) == (2, ""), result
        assert result.err.count("\n") == 1
        assert result.err.startswith("gsocbot")
        return result.err.removeprefix("gsocbot: ").removesuffix("\n")


@pytest.fixture
def place(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> Iterator[Place]:
    """Give a folder with a config and the small season that every conversation shares."""
    mask, handlers, level = os.umask(0o022), logging.root.handlers[:], logging.root.level
    shutil.copytree(SMALL_SEASON, tmp_path / "season")
    (tmp_path / "gsocbot.toml").write_text(CONFIG)
    yield Place(tmp_path, capsys)
    os.umask(mask)
    logging.root.handlers[:] = handlers
    logging.root.setLevel(level)


@dataclass
class Process:
    """gsocbot in a process of its own."""

    popen: "subprocess.Popen[str]"

    def line(self) -> str:
        """The next line that it prints."""
        assert self.popen.stdout is not None
        return self.popen.stdout.readline().rstrip("\n")

    def end(self, number: signal.Signals | None = None) -> Result:
        """Wait for its end, after a signal if one is named."""
        if number is not None:
            self.popen.send_signal(number)
        out, err = self.popen.communicate(timeout=SECONDS)
        return Result(self.popen.returncode, out, err)


def _hear_ctrl_c() -> None:
    signal.signal(signal.SIGINT, signal.SIG_DFL)


@dataclass(frozen=True)
class Shell:
    """Starts processes, and ends those that are still there."""

    started: list["subprocess.Popen[str]"]

    def start(self, *words: object, **options: Any) -> Process:
        """Start gsocbot."""
        return self.start_program(sys.executable, "-m", "gsocbot", *words, **options)

    def start_program(self, *words: object, **options: Any) -> Process:
        """Start a program."""
        streams: dict[str, Any] = dict.fromkeys(("stdout", "stderr"), subprocess.PIPE)
        streams["stdin"] = subprocess.DEVNULL
        # Whoever runs the tests in the background of a script has them ignore a Ctrl-C.
        popen = subprocess.Popen(
            [str(w) for w in words], text=True, preexec_fn=_hear_ctrl_c, **(streams | options)
        )
        self.started.append(popen)
        return Process(popen)

    def bash(self, command: str, **options: Any) -> Result:
        """Run a line of the shell, in which $gsocbot is the program, to its end."""
        setting = os.environ | {"gsocbot": f"{sys.executable} -m gsocbot"}
        return self.start_program("bash", "-c", command, env=setting, **options).end()


@pytest.fixture
def shell() -> Iterator[Shell]:
    """Give what starts processes."""
    shell = Shell([])
    yield shell
    for popen in shell.started:
        popen.kill()
        popen.communicate()
