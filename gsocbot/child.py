"""Processes of our own: how a module of this package is run apart, found wherever it lies."""

import os
import sys
from collections.abc import Collection
from pathlib import Path

PASSED_ON = ("PATH", "PYTHONPATH", "LD_LIBRARY_PATH")


def command(module: str) -> tuple[str, ...]:
    """The words that run a module of this package; nothing is looked for in the current folder."""
    return sys.executable, "-P", "-m", module


def environment(more: Collection[str] = ()) -> dict[str, str]:
    """What a process of ours needs of our environment; passwords may stand in the rest."""
    wanted = {*PASSED_ON, *more}
    there = {name: value for name, value in os.environ.items() if name in wanted}
    above = str(Path(__file__).parent.parent)  # of a checkout that is not installed
    path = os.pathsep.join(filter(None, (there.get("PYTHONPATH"), above)))
    return {**there, "PYTHONPATH": path}
