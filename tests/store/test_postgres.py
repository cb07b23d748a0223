"""PostgreSQL that stops, ends connections, or is written to by others: never waited for long."""

import time
from collections.abc import Callable, Iterator
from contextlib import ExitStack

import pytest
from sqlalchemy import make_url, text
from sqlalchemy.exc import DBAPIError, OperationalError

from gsocbot.store import postgres as ours
from gsocbot.store import schema
from gsocbot.store.away import Away
from gsocbot.store.engine import InDoubt
from gsocbot.store.store import Store
from tests.servers import postgres

POLITE = 6.0
"""Seconds within which whoever asks has an answer."""


@pytest.fixture(scope="module")
def server() -> Iterator[str]:
    """A server that the tests may stop."""
    if not postgres.available():
        pytest.skip("PostgreSQL is not installed: tools/system-packages installs it")
    with postgres.running() as url:
        store = Store(url)
        schema.upgrade(store.engine)
        store.close()
        yield url


@pytest.fixture
def new(server: str) -> Iterator[Callable[[], Store]]:
    """Gives stores on that server."""
    stores: list[Store] = []

    def make() -> Store:
        stores.append(Store(server))
        return stores[-1]

    yield make
    for store in stores:
        store.close()


def kept(store: Store) -> bool:
    """Whether a transaction that writes is committed; raises what the database says."""
    with store.transaction(writing=True) as books:
        return books.rows(text("SELECT 1")).scalar() == 1


def refused(store: Store) -> tuple[str, float]:
    """What the database says to a transaction that writes, and after how long."""
    began = time.monotonic()
    with pytest.raises(OperationalError) as found:
        kept(store)
    return str(found.value.orig), time.monotonic() - began


def test_a_server_that_stands_still_is_not_waited_for(
    server: str, new: Callable[[], Store]
) -> None:
    store = new()
    assert kept(store)
    with postgres.stopped(server):
        before = refused(store)
        again = refused(store)
    assert before[0] == "the server does not answer"
    assert again[0].startswith("connection timeout expired")
    assert max(before[1], again[1]) < POLITE
    assert kept(store)


def test_a_commit_without_an_answer_is_in_doubt(server: str, new: Callable[[], Store]) -> None:
    store = new()
    with ExitStack() as standing_still:  # noqa: SIM117 - it goes on after the commit
        with pytest.raises(InDoubt), store.transaction(writing=True) as books:  # noqa: PT012
            books.rows(text("CREATE TABLE doubtful ()"))
            standing_still.enter_context(postgres.stopped(server))
    with store.transaction(writing=False) as books:
        # It was made: the server had the word before it stood still, and has gone on.
        assert books.rows(text("SELECT to_regclass('doubtful') IS NOT NULL")).scalar() is True


def test_what_fails_before_its_commit_is_certain(server: str, new: Callable[[], Store]) -> None:
    store = new()
    with (
        pytest.raises(OperationalError) as found,
        store.transaction(writing=True) as books,
        postgres.stopped(server),
    ):
        books.rows(text("SELECT 1"))
    assert not isinstance(found.value, InDoubt)
    assert kept(store)


def test_a_connection_that_the_server_has_ended_is_opened_again(
    new: Callable[[], Store],
) -> None:
    store, other = new(), new()
    assert kept(store)
    with other.transaction(writing=True) as books:
        ended = books.rows(
            text(
                "SELECT pg_terminate_backend(pid, 1000) FROM pg_stat_activity"
                " WHERE pid <> pg_backend_pid() AND backend_type = 'client backend'"
            )
        )
        assert True in ended.scalars().all()
    assert kept(store)


def test_one_writes_after_the_other(new: Callable[[], Store]) -> None:
    one, other = new(), new()
    with one.transaction(writing=True):
        said, seconds = refused(other)
        with other.transaction(writing=False) as books:  # whoever reads waits for nobody
            assert books.rows(text("SELECT 1")).scalar() == 1
    assert said.startswith("canceling statement due to lock timeout")
    assert seconds < POLITE
    assert kept(other)


def test_work_that_takes_long_but_goes_on_is_no_silence(
    new: Callable[[], Store], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(ours, "SILENCE", 0.3)
    store = new()
    rows = [{"n": number} for number in range(20_000)]
    with store.transaction(writing=True) as books:
        books.rows(text("CREATE TEMPORARY TABLE numbers (n int)"))
        began = time.monotonic()
        for _ in range(20):
            books.connection.execute(text("INSERT INTO numbers VALUES (:n)"), rows)
            if time.monotonic() - began > 0.6:
                break
        assert time.monotonic() - began > 0.6
    with (
        pytest.raises(OperationalError, match="does not answer"),
        store.transaction(writing=False) as books,
    ):
        books.rows(text("SELECT pg_sleep(2)"))


def test_what_is_read_only_for_a_while_is_read_meanwhile_and_written_to_again(
    server: str, new: Callable[[], Store]
) -> None:
    database = make_url(server).database
    store, owner = new(), new()
    store.health.watched = True
    lock = text(f"ALTER DATABASE {database} SET default_transaction_read_only = on")
    with owner.transaction(writing=True) as books:
        books.rows(lock)
    store.close()  # the server tells new connections
    with pytest.raises(DBAPIError):
        store.try_to_write()
    assert store.health.why is Away.READ_ONLY
    with store.transaction(writing=False) as books:
        assert books.rows(text("SELECT 1")).scalar() == 1
    with owner.transaction(writing=True) as books:
        books.rows(text(f"ALTER DATABASE {database} RESET default_transaction_read_only"))
    store.try_to_write()
    assert kept(store)
