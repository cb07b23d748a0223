"""Long runs, to see that nothing grows and nothing is lost: python -m tests.soak [--part NAME]

Without --part all parts are run, several side by side, each in a process of its own.
"""

import argparse
import os
import subprocess
import sys
import tempfile
from collections.abc import Callable, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from datetime import timedelta
from functools import partial
from pathlib import Path

from tqdm import tqdm

from tests.bench.__main__ import as_table
from tests.bench.bots import Broken
from tests.bench.measures import Figure
from tests.servers import postgres
from tests.soak import cuts, kills
from tests.soak.forget import forgetting
from tests.soak.reconnects import reconnects
from tests.soak.sessions import run as sessions
from tests.soak.talk import Size, talk
from tests.soak.votes import votes
from tests.soak.year.run import SEED, year
from tests.soak.year.season import Size as YearSize

PARTS = ("kills", "lines", "year", "sessions", "votes", "reconnects", "cuts", "forget")
"""The longest first."""
HOW_MANY = {
    "lines": 10_000_000,
    "kills": 200,
    "cuts": 300,
    "reconnects": 2_000,
    "sessions": 50,
    "votes": 20,
    "forget": 50,
}
Tick = Callable[[int], object]
VOTERS = 500
"""Accounts that vote."""
ONE_STEP = 1_000_000
"""Lines between two looks at the memory."""


def main() -> int:
    """Run a part, or all, and print what was found; 1 if anything is not as it should be."""
    parser = argparse.ArgumentParser(prog="python -m tests.soak", description=__doc__)
    parser.add_argument("--part", choices=PARTS, action="append", help="again for several")
    for name, count in HOW_MANY.items():
        parser.add_argument(f"--{name}", type=int, default=count, help=f"how many; {count:,}")
    parser.add_argument("--days", type=int, help="so many of the year")
    parser.add_argument("--seed", type=int, default=SEED, help=f"of the year; {SEED}")
    arguments = parser.parse_args()
    if arguments.lines % ONE_STEP:
        parser.error(f"--lines takes a multiple of {ONE_STEP:,}")
    parts = arguments.part or [part for part in PARTS if getattr(arguments, part, 1)]
    if len(parts) > 1:
        return _side_by_side(parts, sys.argv[1:])
    try:
        figures = _figures(parts[0], arguments)
    except (Broken, OSError, EOFError) as error:
        print(f"soak: {error}", file=sys.stderr)
        return 1
    if figures is None:
        print(f"soak: left out {parts[0]}: what it needs is not installed (tools/system-packages)")
        return 0
    print(as_table(figures))
    return 1 if any(figure.reached is False for figure in figures) else 0


def _side_by_side(parts: Sequence[str], words: Sequence[str]) -> int:
    """Each part in a process, one more than there are processors: the first mostly waits."""
    with ThreadPoolExecutor((os.cpu_count() or 1) + 1) as pool, _bar("soak", len(parts)) as bar:
        statuses = []
        for status, text in pool.map(partial(_apart, words=_without_parts(words)), parts):
            bar.write(text, end="")
            bar.update(1)
            statuses.append(status)
    return max(statuses)


def _apart(part: str, words: Sequence[str]) -> tuple[int, str]:
    command = [sys.executable, "-m", "tests.soak", *words, "--part", part]
    done = subprocess.run(command, stdout=subprocess.PIPE, stdin=subprocess.DEVNULL, text=True)
    return done.returncode, done.stdout


def _without_parts(words: Sequence[str]) -> list[str]:
    found, is_part = [], False
    for word in words:
        if not is_part and word != "--part" and not word.startswith("--part="):
            found.append(word)
        is_part = word == "--part"
    return found


def _figures(part: str, arguments: argparse.Namespace) -> list[Figure] | None:
    """What a part finds; None if it cannot be run here."""
    if part == "year":
        size = YearSize()
        if arguments.days:
            share = arguments.days / (size.last - size.first).days
            size = replace(
                size,
                last=size.first + timedelta(days=arguments.days),
                kills=round(size.kills * share),
                splits=round(size.splits * share),
            )
        with _bar(part, (size.last - size.first).days) as bar:
            return year(size, arguments.seed, bar.update)
    count = getattr(arguments, part)
    if part == "forget":
        with _bar(part, count) as bar:
            return forgetting(count, max(1, count // 5), bar.update)
    total = count * {"kills": 3, "cuts": 4}.get(part, 2) // 2  # some is done in two ways
    with (
        tempfile.TemporaryDirectory(prefix="gsocbot-soak-") as folder,
        _bar(part, total) as bar,
    ):
        if part == "votes":
            return votes(count, bar.update, VOTERS, Path(folder))
        if part == "lines":
            return talk(Size(count), Path(folder), bar.update)
        if part == "reconnects":
            return reconnects(count, min(100, count // 2), bar.update)
        if part == "sessions":
            return sessions.kills(count, bar.update) if sessions.available() else None
        if part == "kills":
            return _kills(count, bar.update) if kills.available() else None
        return cuts.cuts(count, bar.update) if cuts.available() else None


def _kills(count: int, tick: Tick) -> list[Figure]:
    """On SQLite, and half as many with two bots on PostgreSQL, where that is installed."""
    figures = kills.kills(count, tick)
    if not postgres.available():
        return figures
    pairs = kills.kills_on_postgres(count // 2, tick)
    return [*figures, Figure("two bots on PostgreSQL", 2, ""), *pairs]


def _bar(name: str, total: int) -> tqdm:
    return tqdm(total=total, desc=name, leave=False, disable=None, unit_scale=True)


if __name__ == "__main__":
    sys.exit(main())
