"""gsocbot that answers before it has kept what was said, to see that this is seen.

python careless.py run
"""

import sys

from gsocbot.app import running
from gsocbot.bot.answering import Answers
from gsocbot.cli import main


def forget(_answers: Answers, _heard: object, _command: object = None) -> None:
    """Keep nothing."""


if __name__ == "__main__":
    Answers._keep_before = forget  # type: ignore[method-assign]
    running.LINES_SECONDS = 5  # for it is killed before it keeps by itself
    sys.exit(main())
