"""Long runs, to see that nothing grows: python -m tests.soak [--lines N] [--reconnects N]"""

import argparse
import sys
import tempfile
from pathlib import Path

from tqdm import tqdm

from tests.bench.__main__ import as_table
from tests.bench.bots import Broken
from tests.soak.reconnects import reconnects
from tests.soak.talk import Size, talk


def main() -> int:
    """Run them and print what was found; 1 if anything has grown."""
    parser = argparse.ArgumentParser(prog="python -m tests.soak", description=__doc__)
    parser.add_argument("--lines", type=int, default=10_000_000, help="a multiple of 1,000,000")
    parser.add_argument("--reconnects", type=int, default=2_000, help="how many; 0 leaves it out")
    arguments = parser.parse_args()
    if arguments.lines % 1_000_000:
        parser.error("--lines takes a multiple of 1,000,000")
    figures = []
    try:
        if arguments.reconnects > 0:
            warm = min(100, arguments.reconnects // 2)
            with _bar("reconnects", arguments.reconnects) as bar:
                figures += reconnects(arguments.reconnects, warm, bar.update)
        if arguments.lines > 0:
            with (
                tempfile.TemporaryDirectory(prefix="gsocbot-soak-") as folder,
                _bar("lines", arguments.lines) as bar,
            ):
                figures += talk(Size(arguments.lines), Path(folder), bar.update)
    except (Broken, OSError, EOFError) as error:
        print(f"soak: {error}", file=sys.stderr)
        return 1
    print(as_table(figures))
    return 1 if any(figure.reached is False for figure in figures) else 0


def _bar(name: str, total: int) -> tqdm:
    return tqdm(total=total, desc=name, leave=False, disable=None, unit_scale=True)


if __name__ == "__main__":
    sys.exit(main())
