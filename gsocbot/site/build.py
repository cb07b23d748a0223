"""One build: a snapshot in, a finished folder in its place."""

from datetime import datetime
from pathlib import Path

from gsocbot.site.clean import clean
from gsocbot.site.pages import pages
from gsocbot.site.place import place
from gsocbot.site.snapshot import Snapshot


def write(snapshot: Snapshot, target: Path, base_url: str, templates: Path, now: datetime) -> int:
    """Make the site and put it in the place of `target`; returns the number of files.

    The folder is whole at any moment. Raises SiteError for a folder that is not ours or a season
    that cannot have pages, and OSError where the disk is at fault; the old pages stay then.
    """
    return place(pages(clean(snapshot), base_url, templates, now), target)
