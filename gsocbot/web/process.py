"""The process that asks for links, as the bot sees it: links in, verdicts out, then it is gone.

HTTP and TLS of strangers stay out of the bot's memory, and what they need is given back.
"""

import asyncio
import json
import logging
from collections.abc import Sequence
from contextlib import suppress

from gsocbot import child
from gsocbot.rules.links import Outcome, Verdict

log = logging.getLogger(__name__)

SECONDS_A_LINK = 20.0
"""So long a process may take for each of its links, if need be one after the other."""

END_SECONDS = 2.0
LONGEST_WHY = 60
LONGEST_LINE = 16384
CERTIFICATES = ("SSL_CERT_FILE", "SSL_CERT_DIR")
"""Of the environment, beside what every process of ours gets."""


async def ask(
    links: Sequence[str],
    agent: str,
    *,
    program: Sequence[str] = (),
    seconds_a_link: float = SECONDS_A_LINK,
) -> list[Verdict]:
    """Ask for links; of some there may be no verdict, and they are asked for again later.

    `program` is another one than ours, for tests of what such a one may do.
    """
    process = await asyncio.create_subprocess_exec(
        *(program or child.command("gsocbot.web")),
        stdin=asyncio.subprocess.PIPE,
        stdout=asyncio.subprocess.PIPE,
        stderr=asyncio.subprocess.PIPE,
        env=child.environment(CERTIFICATES),
        limit=LONGEST_LINE,
    )
    assert process.stdin is not None
    assert process.stdout is not None
    assert process.stderr is not None
    found: dict[str, Verdict] = {}
    complaint = asyncio.create_task(_tail(process.stderr))
    try:
        async with asyncio.timeout(seconds_a_link * len(links)):
            process.stdin.write(json.dumps({"agent": agent, "links": list(links)}).encode())
            process.stdin.write_eof()
            async for line in process.stdout:
                verdict = _verdict(line)
                if verdict is not None and verdict.url in links:
                    found[verdict.url] = verdict
            if await process.wait():
                log.error("asking for links failed: %s", _last_line(await complaint))
    except (TimeoutError, OSError, ValueError) as error:
        log.error("asking for links was given up: %s", str(error) or "it took too long")
    finally:
        await _end(process)
        complaint.cancel()
    return list(found.values())


async def _end(process: asyncio.subprocess.Process) -> None:
    """Make sure that it is gone; asyncio sees that only once its pipes are empty."""
    if process.returncode is None:
        with suppress(ProcessLookupError):
            process.kill()
    assert process.stdout is not None
    with suppress(TimeoutError, OSError):
        async with asyncio.timeout(END_SECONDS):
            await process.stdout.read()
            await process.wait()


async def _tail(stream: asyncio.StreamReader) -> bytes:
    """The end of what is said, all of which is read, so that nobody waits to say it."""
    tail = b""
    while chunk := await stream.read(LONGEST_LINE):
        tail = (tail + chunk)[-LONGEST_LINE:]
    return tail


def _verdict(line: bytes) -> Verdict | None:
    try:
        said = json.loads(line)
        url, outcome, why = str(said["url"]), Outcome(said["outcome"]), str(said["why"])
    except (ValueError, KeyError, TypeError):
        return None
    return Verdict(url, outcome, " ".join(why.split())[:LONGEST_WHY])


def _last_line(complaint: bytes) -> str:
    lines = complaint.decode(errors="replace").strip().splitlines()
    return lines[-1][:200] if lines else "it has not said why"
