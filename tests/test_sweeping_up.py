"""A bot sweeps up after people who were forgotten, also where something is in the way at first."""

import asyncio
import logging
import shutil
from collections.abc import Callable, Iterator
from contextlib import closing
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import TypeVar

import pytest

from gsocbot.app.erasures import TELL_AFTER, Erasures, Record
from gsocbot.config import Config, load
from gsocbot.store.private import erasing
from gsocbot.store.store import Store

T = TypeVar("T")
NOW = datetime(2026, 3, 2, 10, tzinfo=UTC)


class House:
    """A store, pages that can be made, and organisers who are told; `now` is moved by hand."""

    def __init__(self, folder: Path) -> None:
        self.now = NOW
        self.pages = 0
        self.told: list[str] = []
        self.new: list[set[str]] = []
        self.file = folder / "room" / "gsocbot.db"
        config = folder / "gsocbot.toml"
        config.write_text(f'[bot]\nstate_dir = "state"\n[store]\nurl = "sqlite:///{self.file}"\n')
        self.config: Config = load(config)
        self.record = Record(self.config.bot.state_dir)
        self.store = Store(f"sqlite:///{folder}/gsocbot.db")
        self.store.ready(NOW)
        self.erasures = Erasures(
            self.store,
            self.run,
            lambda: self.now,
            self.make_pages,
            self.told.append,
            lambda new: self.new.append(set(new)),
        )

    async def run(self, call: Callable[[], T]) -> T:
        return call()

    async def make_pages(self) -> bool:
        self.pages += 1
        return True

    def forget(self, account: str) -> str:
        with self.store.transaction(writing=True) as books:
            return erasing.forget(books, "net", account, self.now, "!me forget")

    async def look(self, after: timedelta = timedelta(0)) -> None:
        """Look, and wait until nothing goes on."""
        self.now += after
        await self.erasures.look(self.config)
        while len(asyncio.all_tasks()) > 1:
            await asyncio.sleep(0.01)


@pytest.fixture
def house(tmp_path: Path) -> Iterator[House]:
    house = House(tmp_path)
    with closing(house.store):
        yield house


def test_a_file_that_cannot_be_swept_is_tried_again_alone_and_told_of_once(
    house: House, caplog: pytest.LogCaptureFixture
) -> None:
    digest = house.forget("priya")

    async def play() -> None:
        await house.look()
        for _ in range(4):
            await house.look(timedelta(seconds=15))
        assert house.told == []
        for _ in range(4):
            await house.look(TELL_AFTER)
        house.file.parent.mkdir()
        shutil.copy(house.file.parent.parent / "gsocbot.db", house.file)
        assert house.record.read()[1] == set()
        await house.look(timedelta(seconds=15))

    with caplog.at_level(logging.ERROR):
        asyncio.run(play())

    assert house.record.read()[1] == {digest}
    assert house.pages == 1
    assert len(house.told) == 1
    assert len(caplog.records) == 1


def test_who_is_forgotten_meanwhile_is_taken_out_of_the_pages_too(house: House) -> None:
    house.forget("priya")

    async def play() -> None:
        await house.look()
        house.forget("kofi")
        await house.look(timedelta(seconds=15))

    asyncio.run(play())

    assert house.pages == 2


def test_of_each_who_is_forgotten_the_bot_hears_once(house: House) -> None:
    async def play() -> None:
        await house.look()
        first = house.forget("priya")
        await house.look(timedelta(seconds=15))
        await house.look(timedelta(seconds=15))
        second = house.forget("kofi")
        await house.look(timedelta(seconds=15))
        assert house.new == [{first}, {second}]

    asyncio.run(play())
