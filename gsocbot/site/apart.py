"""Pages built in a process of their own: no answer waits for them, and their memory is given back.

What Markdown and templates of strangers cost is no cost of the bot's.
"""

import asyncio
import logging
import pickle
from collections.abc import AsyncIterable, AsyncIterator, Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass, field
from datetime import datetime
from pathlib import Path

from gsocbot import child
from gsocbot.site.clean import SiteError
from gsocbot.site.snapshot import Snapshot, Spoken
from gsocbot.site.standing import Gone

log = logging.getLogger(__name__)
MOST_SECONDS = 600.0
MODULE = "gsocbot.site"
CANNOT, AGAIN = 2, 3
"""Its exit status where it says in a line why there are no pages; AGAIN if a build with all logs
would do."""


@dataclass(frozen=True, slots=True)
class Order:
    """All that a build needs but the `logs`, which come after it in this order of folders.

    `files` are no pages; they stand among them as they are.
    """

    snapshot: Snapshot
    target: Path
    base_url: str
    templates: Path
    now: datetime
    logs: tuple[str, ...] = ()
    files: Mapping[str, bytes] = field(default_factory=dict)


def packed(order: Order) -> bytes:
    """An order as the process reads it; with thousands of ideas that takes a while."""
    return pickle.dumps(order)


def packed_lines(lines: Sequence[Spoken]) -> bytes:
    """A portion of a log as the process reads it; none at all ends the log."""
    return pickle.dumps(lines)


async def no_logs() -> AsyncIterator[bytes]:
    """The portions of logs for an order that needs none."""
    return
    yield b""


async def write(order: bytes, logs: AsyncIterable[bytes] | None = None) -> int:
    """Make the site; says how many files there are. Raises SiteError; the old pages stay then.

    Raises Gone if a session has no lines in the order and does not stand in the folder.
    """
    process = await asyncio.create_subprocess_exec(
        *child.command(MODULE),
        stdin=asyncio.subprocess.PIPE,
        stdout=asyncio.subprocess.PIPE,
        stderr=asyncio.subprocess.PIPE,
        env=child.environment(),
    )
    try:
        async with asyncio.timeout(MOST_SECONDS):
            await _hand_over(process, order, logs or no_logs())
            said, complaint = await process.communicate()
    except TimeoutError:
        raise SiteError("building the pages took too long") from None
    finally:
        if process.returncode is None:
            with suppress(ProcessLookupError):
                process.kill()
            await process.communicate()
    if process.returncode:
        said_why = complaint.decode(errors="replace").strip()
        if said_why and process.returncode not in {CANNOT, AGAIN}:
            log.error("the building of the pages broke off: %s", said_why)
        lines = said_why.splitlines()
        why = lines[-1] if lines else f"it ended with {process.returncode}"
        raise Gone(why) if process.returncode == AGAIN else SiteError(why)
    return int(said)


async def _hand_over(
    process: asyncio.subprocess.Process, order: bytes, logs: AsyncIterable[bytes]
) -> None:
    """Write all that the process reads, as fast as it reads; it may end before it has all."""
    assert process.stdin is not None
    with suppress(BrokenPipeError, ConnectionResetError):
        process.stdin.write(order)
        await process.stdin.drain()
        async for some in logs:
            process.stdin.write(some)
            await process.stdin.drain()
    process.stdin.close()
