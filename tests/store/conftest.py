"""Stores on both engines, empty but for one season."""

import shutil
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path

import pytest
from sqlalchemy import text

from gsocbot.rules.seasons import SeasonFolder
from gsocbot.store import reading_in, schema
from gsocbot.store.books import Deed
from gsocbot.store.store import Store
from tests.servers import postgres

NOW = datetime(2026, 3, 2, 10, tzinfo=UTC)
SEASON = "test"
ENGINES = ("sqlite", "postgresql")


def deed(what: str = "", at: datetime = NOW, account: str = "mira", number: int = 0) -> Deed:
    """Somebody who changes something."""
    return Deed(f"deed-{what}-{number}", at, SEASON, "net", account, "#gsoc", what)


@pytest.fixture(params=ENGINES)
def empty_url(request: pytest.FixtureRequest, tmp_path: Path) -> str:
    """Give the URL of a store that has no tables yet."""
    if request.param == "sqlite":
        return f"sqlite:///{tmp_path}/gsocbot.db"
    return str(request.getfixturevalue("postgres_url"))


@pytest.fixture
def bare(empty_url: str) -> Iterator[Store]:
    """Give a store that has its tables, from migrations, and nothing in them."""
    store = Store(empty_url)
    schema.upgrade(store.engine)
    yield store
    store.close()


@pytest.fixture(scope="session")
def postgres_tables(postgres_server: str) -> Iterator[str]:
    """Give the URL of a database that has its tables, to be emptied before each use."""
    url = postgres.fresh_database(postgres_server)
    store = Store(url)
    schema.upgrade(store.engine)
    store.close()
    yield url
    postgres.drop_database(url)


@pytest.fixture(params=ENGINES)
def url(request: pytest.FixtureRequest, tmp_path: Path) -> str:
    """Give the URL of a store that has its tables, and nothing in them."""
    if request.param == "sqlite":
        file = tmp_path / "gsocbot.db"
        shutil.copy(request.getfixturevalue("sqlite_file"), file)
        return f"sqlite:///{file}"
    url = str(request.getfixturevalue("postgres_tables"))
    store = Store(url)
    with store.transaction(writing=True) as books:
        # Every row belongs to a season.
        books.rows(text("TRUNCATE season RESTART IDENTITY CASCADE"))
    store.close()
    return url


@pytest.fixture
def store(url: str) -> Iterator[Store]:
    """Give a store with an empty season."""
    store = Store(url)
    with store.transaction(writing=True) as books:
        folder = SeasonFolder(SEASON, title="Test")
        reading_in.season_folder(books, deed("begin", account="(folder)"), folder)
    yield store
    store.close()
