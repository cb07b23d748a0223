"""Opening: seasons from their folders into a store, a bot that answers from it, its pages."""

import logging
import secrets
from collections.abc import Callable, Mapping, Sequence
from contextlib import suppress
from dataclasses import replace
from datetime import datetime
from functools import partial
from pathlib import Path

from gsocbot import meaning
from gsocbot.app import erasures
from gsocbot.bot import Bot
from gsocbot.bot.rooms import Rooms
from gsocbot.commands.ask import Outside
from gsocbot.config import ChannelRole, Config
from gsocbot.importers.season import read_season
from gsocbot.rules.checklists import Checklist
from gsocbot.rules.faq import FaqText
from gsocbot.rules.seasons import Changes, SeasonFolder
from gsocbot.shipped import shipped
from gsocbot.site import apart
from gsocbot.site.apart import Order
from gsocbot.site.snapshot import Snapshot
from gsocbot.site.taking import take
from gsocbot.store import reading_in
from gsocbot.store.books import Deed
from gsocbot.store.planning import plan_season, replan_season
from gsocbot.store.private import exporting
from gsocbot.store.store import Store

log = logging.getLogger(__name__)

ReadFolder = Callable[[str, Config], SeasonFolder]

PATIENCE = 10.0
"""So many seconds a command on the shell waits at most until the model has read the ideas."""


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
    outside: Outside | None = None,
    *,
    keep: bool = True,
) -> tuple[Store, Bot, dict[str, Changes]]:
    """A store that is ready, filled from the seasons' folders, and the bot that answers from it.

    `outside` is what only a running program can tell; a command line has none. Without `keep` the
    store is left as another bot keeps it. Raises StoreError and Unreadable.
    """
    folders = {key: read(key, config) for key in config.season}
    # On a network nobody waits for the model; whoever has the shell does.
    store = Store(config.store.url, _reader(config, patience=0.0 if outside else PATIENCE))
    store.ready(now)
    if keep:
        erasures.replay(store, config.bot.state_dir, now)
    changes = keep_seasons(store, folders, now, config) if keep else {}
    return store, make_bot(config, store, folders, outside), changes


def _reader(config: Config, patience: float) -> meaning.Reader | None:
    """What understands ideas by their meaning, where `gsocbot[semantic]` is installed."""
    files = meaning.installed()
    return meaning.Reader(files, config.bot.state_dir / "meaning", patience) if files else None


def make_bot(
    config: Config,
    store: Store,
    folders: Mapping[str, SeasonFolder],
    outside: Outside | None = None,
) -> Bot:
    """A bot that answers from a store."""
    folder = partial(folder_of, config=config)
    return Bot(config, store, folders, replace(outside or Outside(), folder=folder))


def keep_seasons(
    store: Store, folders: dict[str, SeasonFolder], now: datetime, config: Config | None = None
) -> dict[str, Changes]:
    """Read folders into the store, each in a transaction of its own.

    With a config the outbox follows as if dates had been changed on IRC: what they would have had
    said before now is not late, it is skipped.
    """
    rooms = Rooms(config) if config else None
    changes = {}
    for key, folder in folders.items():
        public = rooms.of(key, ChannelRole.PUBLIC) if rooms else ()
        organisers = rooms.of(key, ChannelRole.ORGANISERS) if rooms else ()
        with store.transaction(writing=True) as books:
            if rooms:  # what is late by what the folder has said until now stays so
                plan_season(books, key, public, organisers, now)
            changes[key] = reading_in.season_folder(books, deed_of_folder(now, key), folder)
            if rooms:
                replan_season(books, key, public, organisers, now)
        if changes[key].conflicts or changes[key].overruled:
            log.warning("season %s: %s", key, changes[key])
    return changes


def look(
    config: Config,
    store: Store,
    faq: Mapping[str, Sequence[FaqText]],
    checklists: Mapping[str, Sequence[Checklist]],
    now: datetime,
    *,
    logs: bool = True,
) -> Snapshot:
    """What the pages show, as it stands in the store at one moment, with what files have.

    Without `logs` what was said in office hours is left out: it may be much.
    """
    channels = {
        settings.season: name
        for network in reversed(config.network.values())
        for name, settings in reversed(network.channels.items())
        if settings.role is ChannelRole.PUBLIC
    }
    with store.transaction(writing=False) as books:
        return take(books, list(config.season), faq, channels, checklists, now=now, logs=logs)


def exported(store: Store, now: datetime) -> dict[str, bytes]:
    """The files of people who have asked for all that is kept of them, by their paths."""
    with store.transaction(writing=False) as books:
        return exporting.files(books, now)


def build_site(
    config: Config, snapshot: Snapshot, now: datetime, files: Mapping[str, bytes] | None = None
) -> int:
    """Build all pages here and now; says how many files there are. Raises SiteError, OSError."""
    # 65 ms and 5 MB of Markdown and HTML that a running bot does without.
    from gsocbot.site.build import write  # noqa: PLC0415

    site = config.site
    return write(snapshot, site.dir, site.base_url, shipped("templates"), now, files=files)


def packed(
    config: Config,
    snapshot: Snapshot,
    now: datetime,
    logs: tuple[str, ...] = (),
    files: Mapping[str, bytes] | None = None,
) -> bytes:
    """The order for a build in a process of its own; `logs` come after it, `files` are in it."""
    site = config.site
    order = Order(snapshot, site.dir, site.base_url, shipped("templates"), now, logs, files or {})
    return apart.packed(order)
