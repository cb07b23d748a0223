"""What ships with the program: templates, checklists, the example season."""

from importlib.resources import files
from pathlib import Path

EXAMPLE_SEASON = "example-2026"


def shipped(name: str) -> Path:
    """A shipped file or folder: package data in an installed gsocbot, top level in a checkout."""
    package = Path(str(files("gsocbot")))
    installed = package / "data" / name
    return installed if installed.exists() else package.parent / name
