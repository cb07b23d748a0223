"""Processes of our own: how a module of this package is run apart, found wherever it lies."""

import os
import sys
from collections.abc import Collection
from pathlib import Path


def command(module: str) -> tuple[str, ...]:
    """The words that run a module of this package; nothing is looked for in the current folder."""
    return sys.executable, "-P", "-m", module


def environment(passed_on: Collection[str] | None = None) -> dict[str, str]:
    """Our environment, or of it what is passed on, with the way to this package."""
    there = {
        name: value
        for name, value in os.environ.items()
        if passed_on is None or name in {*passed_on, "PYTHONPATH"}
    }
    above = str(Path(__file__).parent.parent)  # of a checkout that is not installed
    path = os.pathsep.join(filter(None, (there.get("PYTHONPATH"), above)))
    return {**there, "PYTHONPATH": path}
