"""The bare bot: what the irc package does by itself, to measure gsocbot against.

python -m tests.bench.bare PORT
"""

import asyncio
import logging
import sys
from typing import Any

from irc.client_aio import AioReactor
from jaraco.stream.buffer import LenientDecodingLineBuffer


def on_welcome(connection: Any, _event: Any) -> None:
    """Join."""
    connection.join("#bench")


def on_pubmsg(connection: Any, event: Any) -> None:
    """Answer one word."""
    if event.arguments[0] == "!ping":
        connection.privmsg(event.target, "pong")


async def main(port: int) -> None:
    """Be in the channel until the connection ends."""
    logging.basicConfig(level=logging.WARNING)
    loop = asyncio.get_running_loop()
    ended = loop.create_future()
    reactor = AioReactor(loop=loop)
    connection = reactor.server()
    connection.buffer_class = LenientDecodingLineBuffer
    reactor.add_global_handler("welcome", on_welcome)
    reactor.add_global_handler("pubmsg", on_pubmsg)
    reactor.add_global_handler("disconnect", lambda *_: ended.set_result(None))
    await connection.connect("127.0.0.1", port, "bare")
    await ended


if __name__ == "__main__":
    asyncio.run(main(int(sys.argv[1])))
