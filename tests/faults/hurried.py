"""gsocbot that looks every three seconds what time has brought, not every thirty.

python hurried.py run
"""

import sys

from gsocbot.app import running
from gsocbot.cli import main

if __name__ == "__main__":
    running.PLAN_SECONDS = 3
    sys.exit(main())
