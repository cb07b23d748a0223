"""Two bots on one PostgreSQL: one speaks on a network, the other takes over when that one dies."""

import time
from collections.abc import Iterator
from contextlib import ExitStack
from pathlib import Path

import pytest
from sqlalchemy import create_engine, make_url, text

from gsocbot.store import schema
from gsocbot.store.holding import Holding, key_of
from gsocbot.store.store import Store
from tests.faults.process import CHANNEL, Installation, installed, soon
from tests.irc.running import wait_until
from tests.servers import ircd
from tests.servers.client import Client
from tests.servers.ircd import Ircd

TAKEN_OVER = 30.0


@pytest.fixture
def url(postgres_url: str) -> str:
    """Give a store that has its tables."""
    store = Store(postgres_url)
    schema.upgrade(store.engine)
    store.close()
    return postgres_url


@pytest.fixture
def server() -> Iterator[Ircd]:
    if not ircd.available("ngircd"):
        pytest.skip("ngircd is not installed: tools/system-packages installs it")
    with ircd.running("ngircd", fast=True) as started:
        yield started


@pytest.fixture
def bots(server: Ircd, url: str, tmp_path: Path) -> Iterator[tuple[Installation, Installation]]:
    """Two on one store, on machines of their own, as it were."""
    with ExitStack() as stack:
        one = stack.enter_context(installed(tmp_path / "1", server.port, nick="one", store=url))
        two = stack.enter_context(
            installed(tmp_path / "2", server.port, nick="two", store=url, twin=one)
        )
        yield one, two


@pytest.fixture
def observer(server: Ircd) -> Iterator[Client]:
    with Client(server, "watcher") as client:
        client.join(CHANNEL)
        yield client


def who_joined(observer: Client, timeout: float = TAKEN_OVER) -> str:
    return observer.wait("JOIN", timeout).nick


def locks(url: str) -> list[int]:
    """The processes of PostgreSQL that hold the lock of the network."""
    key = key_of("test") & 0xFFFFFFFFFFFFFFFF
    engine = create_engine(make_url(url), isolation_level="AUTOCOMMIT")
    with engine.connect() as connection:
        found = connection.execute(
            text(
                "SELECT pid FROM pg_locks WHERE locktype = 'advisory' AND granted"
                " AND classid = :high AND objid = :low"
            ),
            {"high": key >> 32, "low": key & 0xFFFFFFFF},
        )
        pids = list(found.scalars())
    engine.dispose()
    return pids


def test_of_two_bots_one_speaks_and_the_other_takes_over_when_it_dies(
    bots: tuple[Installation, Installation], observer: Client
) -> None:
    one, two = bots
    one.start()
    assert who_joined(observer) == "one"
    two.start()
    one.remind("alpha", soon(1))
    one.hang_up()
    assert observer.wait("NOTICE", 15).text.startswith("Alpha ")
    assert [line for line in observer.lines_for(6) if line.command in {"JOIN", "NOTICE"}] == []

    one.remind("beta", soon(2))
    one.kill()
    began = time.monotonic()
    assert who_joined(observer) == "two"
    assert time.monotonic() - began < TAKEN_OVER
    assert observer.wait("NOTICE", 15).text.startswith("Beta ")  # read from the folder just then

    one.start()  # it stands by now
    one.remind("gamma", soon(8))
    two.hang_up()
    said = [line for line in observer.lines_for(14) if line.command in {"JOIN", "NOTICE"}]
    assert [line.text.split()[0] for line in said] == ["Gamma"]

    status, _ = two.terminate()
    assert status == 0
    assert who_joined(observer) == "one"


def test_a_bot_that_hangs_for_a_moment_speaks_on(
    bots: tuple[Installation, Installation], observer: Client, url: str
) -> None:
    one, two = bots
    one.start()
    assert who_joined(observer) == "one"
    two.start()
    one.pause()
    time.sleep(3)
    one.resume()
    assert [line for line in observer.lines_for(8) if line.command == "JOIN"] == []
    assert len(locks(url)) == 1


def test_a_bot_that_has_lost_its_lock_to_another_leaves(
    bots: tuple[Installation, Installation], observer: Client, url: str
) -> None:
    one, _ = bots
    one.start()
    assert who_joined(observer) == "one"
    engine = create_engine(make_url(url), isolation_level="AUTOCOMMIT")
    other = Holding(url)
    with engine.connect() as connection:
        for pid in locks(url):
            connection.execute(text("SELECT pg_terminate_backend(:pid, 1000)"), {"pid": pid})
        assert other.hold(["test"]) == {"test"}
    engine.dispose()
    assert observer.wait("QUIT", 15).nick == "one"
    one.wait_for_log("another gsocbot speaks there now; this one stands by")
    other.close()
    assert who_joined(observer, 15) == "one"


def test_locks_are_taken_once_and_let_go_of(url: str) -> None:
    one, other = Holding(url), Holding(url)
    assert one.hold(["libera", "oftc"]) == {"libera", "oftc"}
    assert other.hold(["libera", "oftc", "hackint"]) == {"hackint"}
    assert one.hold(["oftc"]) == {"oftc"}
    assert other.hold(["libera", "oftc", "hackint"]) == {"libera", "hackint"}
    one.close()
    wait_until(lambda: "oftc" in other.hold(["libera", "oftc", "hackint"]))
    other.close()


def test_a_sqlite_store_is_one_bots_alone(tmp_path: Path) -> None:
    holding = Holding(f"sqlite:///{tmp_path}/gsocbot.db")
    assert not holding.shared
    assert holding.hold(["libera"]) == {"libera"}
    holding.close()
