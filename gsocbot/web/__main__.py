"""python -m gsocbot.web: links on stdin, verdicts on stdout, one JSON object a line."""

import asyncio
import json
import os
import sys
import time

from gsocbot.web.asking import Asker
from gsocbot.web.pace import Pace


async def _main() -> None:
    task = json.load(sys.stdin)
    asker = Asker(task["agent"], Pace(time.monotonic, asyncio.sleep))
    async for verdict in asker.ask(task["links"]):
        line = {"url": verdict.url, "outcome": verdict.outcome, "why": verdict.why}
        print(json.dumps(line), flush=True)


if __name__ == "__main__":
    asyncio.run(_main())
    sys.stdout.flush()
    os._exit(0)  # a name that nobody resolves would keep its thread, and us, for minutes
