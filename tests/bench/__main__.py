"""Speed and memory, beside a bare bot: python -m tests.bench [--quick] [--reminders] [--json]

With --reminders, --sessions, --checklists or --hackathons only these are measured.
"""

import argparse
import json
import sys
import tempfile
from dataclasses import asdict
from pathlib import Path

from tests.bench import checklists, hackathons, reminders, sessions
from tests.bench.bots import Broken
from tests.bench.measures import FULL, QUICK, Figure, Missing, measured
from tests.bench.peer import WrongAnswer


def main() -> int:
    """Measure and print; 1 if an answer was wrong or a line is missing, however fast."""
    parser = argparse.ArgumentParser(prog="python -m tests.bench", description=__doc__)
    parser.add_argument("--quick", action="store_true", help="once, and less of it")
    parser.add_argument("--reminders", action="store_true", help="planning and delivering alone")
    parser.add_argument(
        "--sessions", action="store_true", help="an office hour of 300 people alone"
    )
    parser.add_argument("--checklists", action="store_true", help="who is behind alone")
    parser.add_argument("--hackathons", action="store_true", help="a hackathon of 300 people alone")
    parser.add_argument("--json", action="store_true", help="print the figures as JSON")
    arguments = parser.parse_args()
    with tempfile.TemporaryDirectory(prefix="gsocbot-bench-") as folder:
        try:
            figures: list[Figure] = []
            parts = (
                arguments.reminders,
                arguments.sessions,
                arguments.checklists,
                arguments.hackathons,
            )
            everything = not any(parts)
            if everything:
                figures += measured(QUICK if arguments.quick else FULL, Path(folder), tell)
            if everything or arguments.reminders:
                size = reminders.QUICK if arguments.quick else reminders.FULL
                figures += reminders.measured(size, Path(folder) / "reminders", tell)
            if everything or arguments.checklists:
                lists = checklists.QUICK if arguments.quick else checklists.FULL
                figures += checklists.measured(lists, Path(folder) / "checklists", tell)
            if everything or arguments.sessions:
                hour = sessions.QUICK if arguments.quick else sessions.FULL
                figures += sessions.measured(hour, Path(folder) / "sessions", tell)
            if everything or arguments.hackathons:
                days = hackathons.QUICK if arguments.quick else hackathons.FULL
                figures += hackathons.measured(days, Path(folder) / "hackathons", tell)
        except (WrongAnswer, Missing, Broken, OSError) as error:
            tell("")
            print(f"bench: {error}", file=sys.stderr)
            return 1
    tell("")
    print(as_json(figures) if arguments.json else as_table(figures))
    return 0


def tell(doing: str) -> None:
    """Show what goes on, on a terminal."""
    if sys.stderr.isatty():
        print(f"\r\033[K{doing}", end=" ... " if doing else "", file=sys.stderr, flush=True)


def as_table(figures: list[Figure]) -> str:
    """Give the figures, a line each."""
    rows = [("figure", "reached", "target", "")]
    for figure in figures:
        verdict = {None: "", True: "yes", False: "no"}[figure.reached]
        rows.append(
            (figure.name, f"{_short(figure.value)} {figure.unit}", _wanted(figure), verdict)
        )
    return "\n".join(f"{a:<42} {b:>14}   {c:>8}  {d}".rstrip() for a, b, c, d in rows)


def as_json(figures: list[Figure]) -> str:
    """Give the figures as a list of objects."""
    return json.dumps([asdict(f) | {"reached": f.reached} for f in figures], indent=1)


def _wanted(figure: Figure) -> str:
    if figure.least is not None:
        return f">= {figure.least:,g}"
    return "" if figure.most is None else f"<= {figure.most:,g}"


def _short(value: float) -> str:
    return f"{value:,.0f}" if value >= 100 else f"{value:.3g}"


if __name__ == "__main__":
    sys.exit(main())
