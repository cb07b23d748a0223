"""The servers that tests may ask for; each starts once, when the first test asks."""

import gc
import os
from collections.abc import Generator, Iterator
from pathlib import Path, PurePath

import pytest
from xdist.remote import Producer
from xdist.scheduler import LoadScopeScheduling

from tests import compiled
from tests.servers import ircd, postgres

MORE_WORKERS = 3
"""So many more than there are processors: much of the time tests wait for servers and clocks."""
TOGETHER = (
    "tests/cli/test_wheel.py",
    "tests/faults/test_process.py",
    "tests/faults/test_sessions.py",
    "tests/irc/test_net_*.py",
    "tests/search/test_meaning.py",
    "tests/search/test_reached.py",
)
"""Files whose tests share what is dear to set up, so that one worker does all of a file."""
NOT_INSTALLED = "{} is not installed: tools/system-packages installs it"


@pytest.fixture(scope="session")
def ngircd() -> Iterator[ircd.Ircd]:
    """Give a plain old IRC server, with TLS: no accounts, no tags, nicks of nine letters."""
    yield from _ircd("ngircd", tls=True)


@pytest.fixture(scope="session")
def inspircd() -> Iterator[ircd.Ircd]:
    """Give an IRCv3 server, with TLS and a real network's limits, but no services."""
    yield from _ircd("inspircd", tls=True)


@pytest.fixture(scope="session")
def services() -> Iterator[ircd.Ircd]:
    """Give an IRCv3 server with NickServ, TLS and no limits."""
    yield from _ircd("inspircd+atheme", tls=True, fast=True)


def _ircd(kind: str, *, tls: bool, fast: bool = False) -> Iterator[ircd.Ircd]:
    if not ircd.available(kind):
        pytest.skip(NOT_INSTALLED.format(kind))
    with ircd.running(kind, tls=tls, fast=fast) as server:
        yield server


@pytest.fixture(scope="session")
def postgres_server() -> Iterator[str]:
    """Give the URL of a PostgreSQL server of our own."""
    if not postgres.available():
        pytest.skip(NOT_INSTALLED.format("PostgreSQL"))
    with postgres.running() as url:
        yield url


@pytest.fixture
def postgres_url(postgres_server: str) -> Iterator[str]:
    """Give the URL of a new and empty PostgreSQL database."""
    url = postgres.fresh_database(postgres_server)
    yield url
    postgres.drop_database(url)


@pytest.fixture(scope="session")
def sqlite_file(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Give a file that has its tables, to be copied."""
    file = tmp_path_factory.mktemp("store") / "gsocbot.db"
    file.touch(mode=0o600)
    file.write_bytes(compiled.tables())
    return file


def pytest_configure() -> None:
    """Have the tests of a process share what is the same for all."""
    compiled.share()


@pytest.hookimpl(wrapper=True)
def pytest_collection() -> Generator[None, object, object]:
    """Look for no garbage while thousands of tests are read in: there is none."""
    gc.disable()
    try:
        return (yield)
    finally:
        gc.enable()


def pytest_xdist_auto_num_workers() -> int:
    """Say how many tests run side by side."""
    return len(os.sched_getaffinity(0)) + MORE_WORKERS


class Scheduling(LoadScopeScheduling):
    """Every test goes to whoever is free, but for the files that stay together."""

    def _split_scope(self, nodeid: str) -> str:
        file = nodeid.partition("::")[0]
        return file if any(PurePath(file).match(pattern) for pattern in TOGETHER) else nodeid


def pytest_xdist_make_scheduler(config: pytest.Config, log: Producer) -> Scheduling:
    """Say which tests go to which worker."""
    return Scheduling(config, log)


def pytest_addoption(parser: pytest.Parser) -> None:
    """Add --rewrite, which puts what the bot really says into the conversations."""
    parser.addoption(
        "--rewrite", action="store_true", help="write what the bot says into .talk files"
    )


@pytest.fixture
def rewrite(request: pytest.FixtureRequest) -> bool:
    """Say whether conversations are to be written anew."""
    return bool(request.config.getoption("--rewrite"))
