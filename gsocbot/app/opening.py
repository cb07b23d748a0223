"""Opening: seasons from their folders into a store, a bot that answers from it, its pages."""

import logging
import secrets
from collections.abc import Callable, Mapping
from contextlib import suppress
from dataclasses import replace
from datetime import datetime
from pathlib import Path

from gsocbot.bot import Bot
from gsocbot.commands.ask import Outside
from gsocbot.config import Config
from gsocbot.importers.season import read_season
from gsocbot.rules.seasons import Changes, SeasonFolder
from gsocbot.shipped import shipped
from gsocbot.site.snapshot import Snapshot, take
from gsocbot.store import reading_in
from gsocbot.store.books import Deed
from gsocbot.store.store import Store

log = logging.getLogger(__name__)

ReadFolder = Callable[[str, Config], SeasonFolder]


def read_folder(key: str, config: Config) -> SeasonFolder:
    """A season from its folder, which is made if it is missing. Raises Unreadable."""
    folder = folder_of(key, config)
    with suppress(OSError):
        folder.mkdir(mode=0o700, parents=True, exist_ok=True)
    return read_season(key, folder, shipped("templates"))


def folder_of(key: str, config: Config) -> Path:
    """Where a season's folder is."""
    return config.season[key].folder or Path(key)


def deed_of_folder(now: datetime, season: str) -> Deed:
    """The author of what a folder changes."""
    return Deed(secrets.token_hex(8), now, season, "-", "(folder)", "folder", "read the folder")


def deed_of_shell(now: datetime, season: str, what: str) -> Deed:
    """The author of what is changed on the command line: whoever has the shell."""
    return Deed(secrets.token_hex(8), now, season, "-", "(shell)", "shell", what)


def open_bot(
    config: Config,
    now: datetime,
    read: ReadFolder = read_folder,
    here: Callable[[str], Mapping[str, str]] | None = None,
) -> tuple[Store, Bot, dict[str, Changes]]:
    """A store that is ready, filled from the seasons' folders, and the bot that answers from it.

    Raises StoreError and Unreadable.
    """
    folders = {key: read(key, config) for key in config.season}
    store = Store(config.store.url)
    store.ready(now)
    changes = keep_seasons(store, folders, now)
    return store, make_bot(config, store, folders, here), changes


def make_bot(
    config: Config,
    store: Store,
    folders: Mapping[str, SeasonFolder],
    here: Callable[[str], Mapping[str, str]] | None = None,
) -> Bot:
    """A bot that answers from a store; `here` tells who is there on a network."""
    outside = Outside(folder=lambda season: folder_of(season, config))
    return Bot(config, store, folders, replace(outside, here=here) if here else outside)


def keep_seasons(
    store: Store, folders: dict[str, SeasonFolder], now: datetime
) -> dict[str, Changes]:
    """Read folders into the store, each in a transaction of its own."""
    changes = {}
    for key, folder in folders.items():
        with store.transaction(writing=True) as books:
            changes[key] = reading_in.season_folder(books, deed_of_folder(now, key), folder)
        if changes[key].conflicts:
            log.warning("season %s: %s", key, changes[key])
    return changes


def look(config: Config, store: Store) -> Snapshot:
    """What the pages show, as it stands in the store at one moment."""
    with store.transaction(writing=False) as books:
        return take(books, list(config.season))


def build_site(config: Config, snapshot: Snapshot, now: datetime) -> int:
    """Build all pages; says how many files there are. Needs no store, so any thread may do it."""
    # 65 ms of Markdown and HTML that no answer waits for.
    from gsocbot.site.build import write  # noqa: PLC0415

    return write(snapshot, config.site.dir, config.site.base_url, shipped("templates"), now)
