"""What one build leaves to the next: folders whose files need not be made again."""

import json
import os
import stat
from collections.abc import Mapping
from dataclasses import dataclass, field
from hashlib import blake2b
from pathlib import Path

from gsocbot.render.addresses import session_path
from gsocbot.site.clean import SiteError
from gsocbot.site.snapshot import Snapshot

MARK = ".gsocbot"
_TEXT = "Made by gsocbot. The next build replaces everything in this folder.\n"


class Gone(SiteError):
    """Files that an older build should have left are not there; all has to be made anew."""


@dataclass(frozen=True, slots=True)
class Standing:
    """A folder that a build has made from what `key` stands for; `note` is what it says of it.

    Of each file there is the size and the moment of its last change.
    """

    key: str
    note: str
    files: Mapping[str, tuple[int, int]] = field(default_factory=dict)


def keys(snapshot: Snapshot, base_url: str) -> dict[str, str]:
    """The folder of each session that was held, with a key: another once its pages would be."""
    found = {}
    for season in snapshot.seasons:
        for session in season.sessions:
            values = [base_url, season.facts]
            values += [getattr(session, name) for name in session.__slots__ if name != "lines"]
            shown = repr(values).encode(errors="replace")
            folder = f"{season.facts.key}/{session_path(session.day.isoformat(), session.copy)}"
            found[folder] = blake2b(shown, digest_size=16).hexdigest()
    return found


def mark_text(folders: Mapping[str, Standing]) -> bytes:
    """What the mark of a site says."""
    rows = {name: [one.key, one.note, one.files] for name, one in folders.items()}
    return (_TEXT + json.dumps(rows) + "\n").encode()


def standing(target: Path) -> dict[str, Standing]:
    """The folders of a site that stand; none where that is not known."""
    try:
        rows = json.loads((target / MARK).read_text().partition("\n")[2])
        return {
            name: Standing(key, note, {path: (size, at) for path, (size, at) in files.items()})
            for name, (key, note, files) in rows.items()
        }
    except (OSError, ValueError, TypeError, AttributeError):
        return {}


def facts_of(file: Path) -> tuple[int, int]:
    """The size of a plain file, and the moment of its last change."""
    found = file.lstat()
    if not stat.S_ISREG(found.st_mode):
        raise Gone(f"{file}: not a plain file")
    return found.st_size, found.st_mtime_ns


def check_stands(target: Path, folder: str, one: Standing) -> None:
    """Raise Gone unless every file of a folder is there as it was made."""
    inside = target / folder
    try:
        if inside.resolve() != target.resolve() / folder:
            raise Gone(f"{inside}: not a plain folder")
        for path, facts in one.files.items():
            if facts_of(inside / path) != facts:
                raise Gone(f"{inside / path}: was changed")
            if path != os.path.normpath(path) or path.startswith(("/", "..")):
                raise Gone(f"{path}: not in {inside}")
    except OSError as error:
        raise Gone(f"{inside}: {error.strerror}") from error
