"""One build: a snapshot in, a finished folder in its place."""

import json
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import asdict
from datetime import datetime
from pathlib import Path

from gsocbot.site.clean import clean, hackathon, season_folder
from gsocbot.site.office import Summary
from gsocbot.site.pages import make
from gsocbot.site.place import place
from gsocbot.site.snapshot import Snapshot, Spoken
from gsocbot.site.standing import Standing, keys, standing
from gsocbot.site.wall import data_path


def write(
    snapshot: Snapshot,
    target: Path,
    base_url: str,
    templates: Path,
    now: datetime,
    logs: Iterable[tuple[str, Sequence[Spoken]]] = (),
    files: Mapping[str, bytes] | None = None,
) -> int:
    """Make the site and put it in the place of `target`; returns the number of files.

    The folder is whole at any moment. A session whose lines are not in the snapshot has them in
    `logs`, or stands in the folder already. `files` are put beside the pages. Raises SiteError
    for a folder that is not ours or a season that cannot have pages, Gone where a session does
    not stand, and OSError where the disk is at fault; the old pages stay then.
    """
    wanted = keys(snapshot, base_url)
    stand = {
        folder: Summary(**json.loads(one.note))
        for folder, one in standing(target).items()
        if wanted.get(folder) == one.key
    }
    made = make(clean(snapshot), base_url, templates, now, stand, logs)
    folders = {
        folder: Standing(wanted[folder], json.dumps(asdict(summary)))
        for folder, summary in made.summaries.items()
    }
    walls = [
        f"{season_folder(season.facts.key)}/{data_path(hackathon(one).slug)}"
        for season in snapshot.seasons
        for one in season.hackathons
    ]
    return place({**made.files, **(files or {})}, target, folders, walls)
