"""A link in a process of its own, which tells what it holds when it is asked: !measure

python -m tests.soak.subject PORT [leak]

With `leak` it keeps something of every line, to see that this is seen.
"""

import asyncio
import gc
import json
import logging
import os
import sys
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from gsocbot.config import Channel, Limits, Network
from gsocbot.irc.link import Link
from gsocbot.irc.times import Times
from gsocbot.talk import Heard, Say

NAME = "soak"
TIMES = Times(rejoin=0.5, nick=0.5, longest_delay=0.001)
AT = datetime(2026, 3, 2, 10, tzinfo=UTC)


def held(link: Link) -> dict[str, float]:
    """What this process holds: the one place that looks into the link and the loop."""
    gc.collect()
    loop: Any = asyncio.get_running_loop()
    status = Path("/proc/self/status").read_text()
    handlers = link._session._connection.reactor.handlers.values()
    return {
        "MB": int(status.partition("VmRSS:")[2].split()[0]) / 1024,
        "tasks": len(asyncio.all_tasks()),
        "handlers": sum(map(len, handlers)),
        "timers": sum(not timer.cancelled() for timer in loop._scheduled),
        "files": len(list(Path("/proc/self/fd").iterdir())),
    }


async def main(port: int, *, leak: bool) -> None:
    """Be on the network until the process ends."""
    logging.basicConfig(level=logging.ERROR)
    kept: list[Any] = []

    def hear(heard: Heard) -> None:
        if leak:
            sleep = asyncio.get_running_loop().create_task(asyncio.sleep(3600))
            kept.append((bytearray(10_000), os.open(os.devnull, os.O_RDONLY), sleep))
        if heard.text == "!measure":
            link.say(Say(NAME, heard.nick, json.dumps(held(link))))

    channels = {"#gsoc": Channel(season="test"), "#gsoc-org": Channel(season="test")}
    network = Network(host="127.0.0.1", port=port, tls=False, channels=channels)
    free = Limits(burst=0, seconds_per_line=0)
    link = Link(NAME, network, free, hear, lambda: AT, TIMES)
    await link.run()


if __name__ == "__main__":
    asyncio.run(main(int(sys.argv[1]), leak="leak" in sys.argv[2:]))
