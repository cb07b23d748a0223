"""Before the bot begins: whether its store is whole, as far as that can be told in a moment."""

from gsocbot.app.state import has_run
from gsocbot.config import Config
from gsocbot.store import integrity
from gsocbot.store.engine import StoreError

CHANGES = 20_000
"""So many of the newest changes are compared with what they changed: two seconds at most."""


def check_whole(config: Config) -> None:
    """Refuse a SQLite store that is damaged, with the way out, before anything is written to it.

    A new store is an empty file. One that has been used is not.
    """
    file = config.store.file
    if file is None or not file.is_file():
        return
    if file.stat().st_size:
        for damage in integrity.damages(file, CHANGES):
            raise StoreError(damage)
    elif has_run(config.bot.state_dir):
        raise StoreError(f"{file}: it is empty, and was not before; {integrity.RESTORE}")
