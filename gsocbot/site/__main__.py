"""python -m gsocbot.site: an order and logs on stdin, the number of files on stdout."""

import os
import pickle
import sys
from collections.abc import Iterator
from typing import BinaryIO

from gsocbot.site.apart import AGAIN, CANNOT, Order
from gsocbot.site.build import write
from gsocbot.site.clean import SiteError
from gsocbot.site.snapshot import Spoken
from gsocbot.site.standing import Gone

BEHIND = 10
"""How far behind the bot's answers the pages stand, as nice counts."""


def main() -> int:
    """Build what is ordered."""
    os.nice(BEHIND)
    order: Order = pickle.load(sys.stdin.buffer)  # noqa: S301 - from the bot itself
    logs = _logs(order, sys.stdin.buffer)
    try:
        count = write(
            order.snapshot,
            order.target,
            order.base_url,
            order.templates,
            order.now,
            logs,
            order.files,
        )
    except (OSError, SiteError) as error:
        print(" ".join(str(error).split()), file=sys.stderr)
        return AGAIN if isinstance(error, Gone) else CANNOT
    print(count)
    return 0


def _logs(order: Order, source: BinaryIO) -> Iterator[tuple[str, list[Spoken]]]:
    """The logs that come after an order, each in portions, the last of which is empty."""
    for folder in order.logs:
        lines: list[Spoken] = []
        while some := pickle.load(source):  # noqa: S301 - from the bot itself
            lines += some
        yield folder, lines


if __name__ == "__main__":
    sys.exit(main())
