"""Forgetting while others write and the bot is killed; a short cut of the long run."""

import time
from contextlib import closing
from pathlib import Path

from gsocbot.store.books import Deed
from gsocbot.store.private import exporting
from gsocbot.store.store import Store
from tests.bench.__main__ import as_table
from tests.faults.process import PATIENCE, installed, now
from tests.irc.scripted import Scripted
from tests.soak.forget import forgetting


def test_nothing_is_left_of_who_was_forgotten_also_after_kills_and_an_older_backup() -> None:
    figures = forgetting(people=5, kills=1, tick=lambda _: None)

    assert [f.name for f in figures if f.reached is False] == [], as_table(figures)


def test_a_bot_that_ends_leaves_no_address_of_an_export_behind(tmp_path: Path) -> None:
    with Scripted() as server, installed(tmp_path, server.port) as bot:
        url = f"sqlite:///{bot.folder}/gsocbot.db"
        with closing(Store(url)) as store, store.transaction(writing=True) as books:
            change = Deed("give", now(), "test", "test", "priya", "private", "!me export")
            token = exporting.give(books, change, "test", "test", "priya")
        file = bot.folder / "public" / exporting.path(token)
        bot.start()
        deadline = time.monotonic() + PATIENCE
        while not file.exists():
            assert time.monotonic() < deadline, bot.log()
            time.sleep(0.05)
        status, _ = bot.terminate()

        assert status == 0
        assert (bot.folder / "public" / "index.html").exists()
        assert not file.parent.exists()
