"""gsocbot init and gsocbot check: a working folder, and what is wrong with one."""

import argparse
import re
import shutil
import sys
from collections.abc import Iterator
from datetime import datetime
from pathlib import Path

from gsocbot import app
from gsocbot.cli import keeping
from gsocbot.cli.faults import Unusable
from gsocbot.config import DEFAULT_FILE, Config, load, parsed
from gsocbot.importers.faults import Unreadable
from gsocbot.importers.next_season import turn
from gsocbot.importers.years import shipped_years
from gsocbot.rules.seasons import SeasonFolder
from gsocbot.shipped import EXAMPLE_SEASON, shipped

CONFIG = """\
# gsocbot's config. Paths count from this folder. Every key: docs/configuration.md

[bot]
state_dir = "state"
log_level = "info"

[store]
url = "sqlite:///gsocbot.db"            # or postgresql+psycopg://...

[site]
dir = "public"                          # any web server shows this folder
base_url = "http://127.0.0.1:8000/"     # ... at this address

[season.{season}]
folder = "ideas/{season}"

[network.{network}]
host = "{host}"
port = 6697
tls = true
nick = "{nick}"
# Log in to services: uncomment, and put the password into the file (chmod 600).
# [network.{network}.sasl]
# mechanism = "plain"
# username = "{nick}"
# password_file = "password"

[network.{network}.channels."{channel}"]
season = "{season}"
role = "public"
"""
QUESTIONS = {
    "host": ("IRC server", "irc.libera.chat"),
    "nick": ("The bot's nick", "gsocbot"),
    "channel": ("Channel", "#gsocbot-test"),
    "season": ("Short name of your season", EXAMPLE_SEASON),
}
EXAMPLE_YEAR = EXAMPLE_SEASON.rpartition("-")[2]


def init(arguments: argparse.Namespace) -> int:
    """Make a config and a copy of the example season."""
    folder: Path = arguments.dir
    file = folder / DEFAULT_FILE.name
    if file.exists():
        raise Unusable(f"{file} is there already; remove it, or choose another folder")
    year = str(arguments.year or EXAMPLE_YEAR)
    asks = not arguments.yes and sys.stdin.isatty()
    if asks and arguments.year is None:
        year = _asked("Year of the programme", EXAMPLE_YEAR)
    if not re.fullmatch("2[01][0-9]{2}", year):
        raise Unusable(f"{year[:40]!r} is no year")
    questions = {key: (ask, answer.replace(EXAMPLE_YEAR, year))
                 for key, (ask, answer) in QUESTIONS.items()}  # fmt: skip
    answers = {key: _asked(*q) if asks else q[1] for key, q in questions.items()}
    answers["network"] = _network(answers["host"])
    text = CONFIG.format(**answers)
    parsed(text, file)  # before anything is made
    folder.mkdir(mode=0o700, parents=True, exist_ok=True)
    season = folder / "ideas" / answers["season"]
    if not season.exists():
        shutil.copytree(shipped(f"ideas/{EXAMPLE_SEASON}"), season)
        if year != EXAMPLE_YEAR:
            turn(season, EXAMPLE_YEAR, year, shipped("templates") / "timelines")
    file.write_text(text, encoding="utf-8")
    print(f"{file} and {season} are made. Next:")
    print(f"  gsocbot check --config {file}")
    print(f'  gsocbot say --config {file} "!ideas"')
    print(f"  gsocbot role add YOUR-ACCOUNT organiser --config {file}")
    print(f"  gsocbot run --config {file}")
    return 0


def _asked(question: str, default: str) -> str:
    try:
        return input(f"{question} [{default}]: ").strip() or default
    except EOFError:
        raise Unusable("no answer, so nothing is made; --yes takes the defaults") from None


def _network(host: str) -> str:
    """A short name for the network of a server: irc.libera.chat is libera."""
    name = re.fullmatch(r"(?:[\w-]+\.)*([A-Za-z][\w-]{0,31})\.[A-Za-z]+", host)
    return name[1] if name else "network"


def check(arguments: argparse.Namespace) -> int:
    """Print what is wrong; exit status 1 if anything is."""
    config = load(arguments.config)
    findings = [*_seasons(config), *_store(config), *_templates(), *_modes(config)]
    for finding in findings:
        print(finding)
    if not findings:
        counts = f"{len(config.network)} networks, {len(config.season)} seasons"
        print(f"{arguments.config}: nothing to find fault with ({counts})")
    return 1 if findings else 0


def _seasons(config: Config) -> list[str]:
    findings: list[str] = []
    for key in config.season:
        try:
            season = app.read_folder(key, config)
        except Unreadable as error:
            findings += error.faults
            continue
        for note in _notes(season, app.clock()):
            print(f"note: season {key}: {note}")
    return findings


def _notes(season: SeasonFolder, now: datetime) -> Iterator[str]:
    """What is worth knowing, and no fault: a season may be empty, or over."""
    if not season.deadlines:
        file = shipped_years(shipped("templates") / "timelines").get(season.year)
        where = f"; those of {season.year} are in {file}" if file else ""
        yield f"no dates are known; put them into timeline.toml{where}"
    elif all(d.passes_at < now for d in season.deadlines):
        yield "all its dates have passed"
    if not season.ideas:
        yield "it has no ideas"


def _store(config: Config) -> list[str]:
    file = config.store.file
    if file is not None and not file.exists():
        return []
    return keeping.findings_of_store(config)


def _templates() -> list[str]:
    # Markdown and HTML, 5 MB that a running bot does without until it builds pages.
    from gsocbot.render.html import faults_of_templates  # noqa: PLC0415

    return list(faults_of_templates(shipped("templates")))


def _modes(config: Config) -> list[str]:
    folder = config.bot.state_dir
    if folder.exists() and folder.stat().st_mode & 0o077:
        return [f"{folder}: others can read it; chmod 700 {folder}"]
    return []
