"""Sweeping up from the command line after somebody was forgotten, where no bot runs to do it."""

from datetime import datetime

from gsocbot.app.erasures import SWEPT, Record, note
from gsocbot.app.opening import build_site, exported, look
from gsocbot.app.state import alone
from gsocbot.bot import Bot
from gsocbot.config import Config
from gsocbot.store.engine import StoreError
from gsocbot.store.private import erasing
from gsocbot.store.store import Store
from gsocbot.store.sweeping import sweep


def sweep_up(config: Config, store: Store, bot: Bot, now: datetime) -> bool:
    """Make the pages and the store's file anew; False where a bot runs, which does it itself.

    Raises SiteError and OSError; the next start of a bot does it then.
    """
    try:
        with alone(config):
            record = Record(config.bot.state_dir)
            with store.transaction(writing=False) as books:
                pending = note(record, erasing.digests(books))
            snapshot = look(config, store, bot.faq, bot.checklists, now)
            build_site(config, snapshot, now, exported(store, now))
            store.close()
            if config.store.file is None or not sweep(config.store.file):
                record.add((digest, SWEPT) for digest in pending)
            return True
    except StoreError:
        return False
