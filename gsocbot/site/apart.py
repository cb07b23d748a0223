"""Pages built in a process of their own: no answer waits for them, and their memory is given back.

What Markdown and templates of strangers cost is no cost of the bot's.
"""

import asyncio
import pickle
from contextlib import suppress
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from gsocbot import child
from gsocbot.site.clean import SiteError
from gsocbot.site.snapshot import Snapshot

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


async def write(order: Order) -> int:
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
            said, complaint = await process.communicate(pickle.dumps(order))
    except TimeoutError:
        raise SiteError("building the pages took too long") from None
    finally:
        if process.returncode is None:
            with suppress(ProcessLookupError):
                process.kill()
            await process.communicate()
    if process.returncode:
        lines = complaint.decode(errors="replace").strip().splitlines()
        why = lines[-1] if lines else f"it ended with {process.returncode}"
        raise SiteError(why)
    return int(said)
