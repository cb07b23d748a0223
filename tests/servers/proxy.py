"""A TCP proxy in front of a server: everything passes until a test tells it otherwise.

with Proxy(server.port) as proxy:           # the bot connects to proxy.port
    proxy.silence()                         # a network that is gone: nothing passes any more
    proxy.heal()                            # it is back: all arrives late, as TCP sends it again
    proxy.reset()                           # every connection ends with an RST
"""

import asyncio
import socket
import struct
import threading
from collections.abc import Coroutine
from contextlib import suppress
from typing import Any, Self

HOST = "127.0.0.1"
PATIENCE = 10.0
LINGER_0 = struct.pack("ii", 1, 0)


class Proxy:
    """Passes bytes on without reading them, so TLS passes too."""

    def __init__(self, port: int) -> None:
        """Stand before the server on this port of 127.0.0.1."""
        self._server_port = port
        self._loop = asyncio.new_event_loop()
        self._thread = threading.Thread(target=self._loop.run_forever, name="proxy", daemon=True)
        self._passing = asyncio.Event()
        self._passing.set()
        self._tasks: set[asyncio.Task[None]] = set()
        self._writers: set[asyncio.StreamWriter] = set()
        self.port = 0
        self.delay = 0.0
        """Seconds that bytes take, each way, from now on."""
        self.said: list[bytearray] = []
        """What the client has sent, one for each connection, from the first to the last."""

    def __enter__(self) -> Self:
        self._thread.start()
        self._do(self._listen())
        return self

    def __exit__(self, *_: object) -> None:
        self._do(self._close())
        self._loop.call_soon_threadsafe(self._loop.stop)
        self._thread.join(PATIENCE)
        self._loop.close()

    def silence(self) -> None:
        """From now on nothing passes, not even that somebody hangs up."""
        self._loop.call_soon_threadsafe(self._passing.clear)

    def heal(self) -> None:
        """Everything passes again, and what was held back arrives."""
        self._loop.call_soon_threadsafe(self._passing.set)

    def reset(self) -> None:
        """End every connection hard, on both sides."""
        self._do(self._reset())

    def _do(self, work: Coroutine[Any, Any, None]) -> None:
        asyncio.run_coroutine_threadsafe(work, self._loop).result(PATIENCE)

    async def _listen(self) -> None:
        self._server = await asyncio.start_server(self._accept, HOST, 0)
        self.port = self._server.sockets[0].getsockname()[1]

    async def _close(self) -> None:
        self._server.close()
        for task in self._tasks:
            task.cancel()
        await asyncio.gather(*self._tasks, return_exceptions=True)

    async def _reset(self) -> None:
        for writer in self._writers:
            connection = writer.get_extra_info("socket")
            connection.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, LINGER_0)
            writer.transport.abort()

    async def _accept(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        task = asyncio.current_task()
        assert task is not None
        self._tasks.add(task)
        said = bytearray()
        self.said.append(said)
        opened = {writer}
        try:
            if not await self._reached(reader, said):
                return
            there, to_server = await asyncio.open_connection(HOST, self._server_port)
            opened.add(to_server)
            self._writers |= opened
            to_server.write(said)
            await asyncio.gather(
                self._pass_on(reader, to_server, said), self._pass_on(there, writer, bytearray())
            )
        except (OSError, asyncio.CancelledError):
            pass
        finally:
            self._writers -= opened
            for one in opened:
                one.transport.abort()
            self._tasks.discard(task)

    async def _reached(self, reader: asyncio.StreamReader, said: bytearray) -> bool:
        """Whether the network is there before the client gives up; keeps what it says meanwhile."""
        there = self._loop.create_task(self._passing.wait())
        given_up = self._loop.create_task(_keep(reader, said))
        try:
            await asyncio.wait({there, given_up}, return_when=asyncio.FIRST_COMPLETED)
            return not given_up.done()
        finally:
            there.cancel()
            given_up.cancel()
            await asyncio.gather(there, given_up, return_exceptions=True)

    async def _pass_on(
        self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter, kept: bytearray
    ) -> None:
        while data := await reader.read(65536):
            kept += data
            if self.delay:
                await asyncio.sleep(self.delay)
            await self._passing.wait()
            writer.write(data)
            await writer.drain()
        await self._passing.wait()
        with suppress(OSError):
            writer.write_eof()


async def _keep(reader: asyncio.StreamReader, said: bytearray) -> None:
    while data := await reader.read(65536):
        said += data
