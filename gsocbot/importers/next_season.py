"""A season's folder for another year: its dates if they ship, its ideas as drafts."""

import re
import shutil
from collections.abc import Iterable
from dataclasses import replace
from pathlib import Path

from gsocbot.importers.export import write_folder
from gsocbot.importers.faq import FOLDER, ONE_FILE
from gsocbot.importers.years import shipped_years
from gsocbot.rules.ideas import IdeaState, IdeaText

ABOUT, DATES = "season.toml", "timeline.toml"
COPIED = (ABOUT, "checklists", FOLDER, ONE_FILE)
NO_DATES = """\
# The dates of Google Summer of Code {year}. None were known when this file was made.
#
# Once Google has published them, write a table for each, or read a calendar of them with
# gsocbot timeline import FILE --season {season}. Other years, as they ship: gsocbot timeline years
#
# [[deadline]]
# slug = "applications-close"
# title = "contributor applications close"
# at = {year}-03-31T18:00:00Z    # a moment in UTC (this one is invented), or else a day:
# day = {year}-03-31             # where nobody has said an hour
# for = "students"             # students, mentors, organisers, all
# kind = "deadline"            # deadline if something is owed then, event if it happens
# short = "applications close" # for the one-line !timeline
# source = "where it was read"
# ours = "-3d"                 # the organisation's own, earlier deadline
"""


def name_of(folder: str, old: int, year: int) -> str:
    """What the folder of another year is called: xen-2011 is followed by xen-2012."""
    if old and str(old) in folder:
        return folder.replace(str(old), str(year))
    return f"{folder}-{year}"


def make(old: Path, new: Path, years: tuple[int, int], ideas: Iterable[IdeaText],
         timelines: Path) -> bool:  # fmt: skip
    """Make the folder of another year beside one; whether the dates of that year are known.

    It is whole or not there. Raises OSError.
    """
    made = new.with_name(f".{new.name}.new")
    shutil.rmtree(made, ignore_errors=True)
    try:
        made.mkdir(parents=True)
        for name in COPIED:
            if (old / name).is_dir():
                shutil.copytree(old / name, made / name)
            elif (old / name).is_file():
                shutil.copy(old / name, made / name)
        known = turn(made, str(years[0]), str(years[1]), timelines, season=new.name)
        write_folder(made, (replace(idea, state=IdeaState.DRAFT) for idea in ideas))
        made.rename(new)
    except OSError:
        shutil.rmtree(made, ignore_errors=True)
        raise
    return known


def turn(folder: Path, old: str, year: str, timelines: Path, *, season: str = "") -> bool:
    """Make a copied folder one of another year, with the dates of that year if they ship."""
    about = folder / ABOUT
    if about.is_file() and old != "0":
        text = re.sub(rf"(?<!\d){old}(?!\d)", year, about.read_text("utf-8"))
        about.write_text(text, "utf-8")
    file = shipped_years(timelines).get(int(year))
    text = (
        file.read_text("utf-8")
        if file
        else NO_DATES.format(year=year, season=season or folder.name)
    )
    (folder / DATES).write_text(text, "utf-8")
    return file is not None
