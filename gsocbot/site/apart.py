"""Pages built in a process of their own: no answer waits for them, and their memory is given back.

What Markdown and templates of strangers cost is no cost of the bot's.
"""

import asyncio
import logging
import pickle
from contextlib import suppress
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from gsocbot import child
from gsocbot.site.clean import SiteError
from gsocbot.site.snapshot import Snapshot

log = logging.getLogger(__name__)
MOST_SECONDS = 600.0
MODULE = "gsocbot.site"
CANNOT = 2
"""Its exit status where it says in a line why there are no pages."""


@dataclass(frozen=True, slots=True)
class Order:
    """All that a build needs."""

    snapshot: Snapshot
    target: Path
    base_url: str
    templates: Path
    now: datetime


def packed(order: Order) -> bytes:
    """An order as the process reads it; with thousands of ideas that takes a while."""
    return pickle.dumps(order)


async def write(order: bytes) -> int:
    """Make the site; says how many files there are. Raises SiteError; the old pages stay then."""
    process = await asyncio.create_subprocess_exec(
        *child.command(MODULE),
        stdin=asyncio.subprocess.PIPE,
        stdout=asyncio.subprocess.PIPE,
        stderr=asyncio.subprocess.PIPE,
        env=child.environment(),
    )
    try:
        async with asyncio.timeout(MOST_SECONDS):
            said, complaint = await process.communicate(order)
    except TimeoutError:
        raise SiteError("building the pages took too long") from None
    finally:
        if process.returncode is None:
            with suppress(ProcessLookupError):
                process.kill()
            await process.communicate()
    if process.returncode:
        said_why = complaint.decode(errors="replace").strip()
        if said_why and process.returncode != CANNOT:
            log.error("the building of the pages broke off: %s", said_why)
        lines = said_why.splitlines()
        why = lines[-1] if lines else f"it ended with {process.returncode}"
        raise SiteError(why)
    return int(said)
