"""python -m gsocbot.site: an order on stdin, the number of files on stdout."""

import os
import pickle
import sys

from gsocbot.site.apart import CANNOT, Order
from gsocbot.site.build import write
from gsocbot.site.clean import SiteError

BEHIND = 10
"""How far behind the bot's answers the pages stand, as nice counts."""


def main() -> int:
    """Build what is ordered."""
    os.nice(BEHIND)
    order: Order = pickle.load(sys.stdin.buffer)  # noqa: S301 - from the bot itself
    try:
        count = write(order.snapshot, order.target, order.base_url, order.templates, order.now)
    except (OSError, SiteError) as error:
        print(" ".join(str(error).split()), file=sys.stderr)
        return CANNOT
    print(count)
    return 0


if __name__ == "__main__":
    sys.exit(main())
