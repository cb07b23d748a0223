"""How well lists with gold answers are read: python -m tests.importers.score [FOLDER]"""

import sys
from pathlib import Path

from tests.importers.scoring import LISTS, Score, score


def main(arguments: list[str]) -> int:
    """Print a line for each list and one for all; the exit code is 1 if there are none."""
    place = Path(arguments[0]) if arguments else LISTS
    folders = sorted(gold.parent for gold in place.glob("*/gold.json"))
    if not folders:
        print(f"no lists with gold answers in {place}")
        return 1
    print(f"{'list':<20} {'titles':>7} {'mentors':>8} {'levels':>7} {'hours':>7} {'invented':>9}")
    for folder in folders:
        _print(folder.name, score([folder]))
    whole = score(folders)
    _print("all", whole)
    for miss in whole.misses:
        print(miss)
    return 0


def _print(name: str, one: Score) -> None:
    invented = one.levels.invented + one.hours.invented
    print(
        f"{name:<20} {one.titles.f1:>7.3f} {one.mentors.f1:>8.3f} {one.levels.share:>7.3f}"
        f" {one.hours.share:>7.3f} {invented:>9}"
    )


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
