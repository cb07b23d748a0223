"""gsocbot run and gsocbot demo: what stays in the foreground."""

import argparse
import asyncio
import logging
import signal
import sys
import tempfile
from pathlib import Path

from gsocbot import app
from gsocbot.config import load
from gsocbot.render.lines import escaped


class _Formatter(logging.Formatter):
    """One record, one line: what somebody says cannot forge a line of the log."""

    def format(self, record: logging.LogRecord) -> str:
        return escaped(super().format(record))


def start_log(level: str) -> None:
    """Log to stderr; the packages' own debug lines would show passwords and are left out."""
    handler = logging.StreamHandler()
    handler.setFormatter(_Formatter("%(asctime)s %(levelname)s %(name)s: %(message)s"))
    logging.basicConfig(level=level.upper(), handlers=[handler], force=True)
    for package in ("irc", "alembic", "apscheduler", "sqlalchemy", "asyncio"):
        logging.getLogger(package).setLevel(logging.WARNING)


def run(arguments: argparse.Namespace) -> int:
    """Run the bot until SIGTERM."""
    signal.signal(signal.SIGHUP, signal.SIG_IGN)  # until there is something to read again
    config = load(arguments.config)
    start_log(config.bot.log_level)
    with app.alone(config):
        asyncio.run(app.serve(config, lambda: load(arguments.config)))
    return 0


def demo(arguments: argparse.Namespace) -> int:
    """Run the demo, in a temporary folder unless one is named."""
    from gsocbot.demonstration import demonstrate  # noqa: PLC0415 - only the demo needs its parts

    start_log("warning")
    with_chat = not arguments.no_chat and sys.stdin.isatty() and sys.stdout.isatty()

    def in_folder(folder: Path) -> None:
        asyncio.run(
            demonstrate(
                folder,
                arguments.port,
                arguments.web_port,
                lambda line: print(line, flush=True),
                with_chat=with_chat,
            )
        )

    if arguments.dir is not None:
        arguments.dir.mkdir(mode=0o700, parents=True, exist_ok=True)
        in_folder(arguments.dir.absolute())
    else:
        with tempfile.TemporaryDirectory(prefix="gsocbot-demo-") as folder:
            in_folder(Path(folder))
    return 0
