"""The programme's dates that ship, a file a year: templates/timelines/2026.toml."""

import re
from pathlib import Path

from gsocbot.importers.faults import Faults
from gsocbot.importers.files import files_in
from gsocbot.importers.timeline import Timeline, read_timeline


def shipped_years(folder: Path) -> dict[int, Path]:
    """The files by their years, oldest first."""
    files = files_in(folder, (".toml",), Faults()) if folder.is_dir() else []
    return {int(file.stem): file for file in files if re.fullmatch("[0-9]{4}", file.stem)}


def read_years(folder: Path) -> dict[int, Timeline]:
    """The dates and phases of every year, oldest first. Raises Unreadable."""
    return {year: read_timeline(file) for year, file in shipped_years(folder).items()}
