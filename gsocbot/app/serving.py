"""Running in the foreground until a signal says otherwise."""

import asyncio
import gc
import logging
import signal
from collections.abc import Callable
from typing import Any

from gsocbot.app.running import App
from gsocbot.config import Config

log = logging.getLogger(__name__)


async def serve(config: Config, again: Callable[[], Config]) -> None:
    """Run until SIGTERM or SIGINT; on SIGHUP go on with what `again` reads."""
    loop = asyncio.get_running_loop()
    stop = asyncio.Event()
    for number in (signal.SIGTERM, signal.SIGINT):
        loop.add_signal_handler(number, stop.set)  # first: opening a store takes a while
    app = App(config)
    gc.freeze()  # what is here now stays: looking through it would take 50 ms each time
    loop.create_task(stop.wait(), name="stop").add_done_callback(lambda _: app.stop())
    tasks: set[asyncio.Task[Any]] = set()

    async def reload() -> None:
        try:
            await app.reload(again())
        except Exception as error:
            log.error("not read again, nothing changed: %s", error)

    def on_hangup() -> None:
        task = loop.create_task(reload())
        tasks.add(task)
        task.add_done_callback(tasks.discard)

    loop.add_signal_handler(signal.SIGHUP, on_hangup)
    await app.run()
