"""PostgreSQL goes away while the bot runs: people read so in time, and it comes back by itself."""

import os
import signal
import time
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, ExitStack, contextmanager, suppress
from pathlib import Path

import pytest
from sqlalchemy import Engine, NullPool, create_engine, text
from sqlalchemy.exc import OperationalError

from gsocbot.bot.answering import PLAIN
from gsocbot.bot.failing import failed
from gsocbot.store import schema
from gsocbot.store.engine import InDoubt
from gsocbot.store.store import Store
from tests.faults.process import CHANNEL, Installation, installed
from tests.faults.test_store import BACK, GONE, MILK, MOST_ANSWER, MOST_PONG, cannot, told
from tests.faults.watching import ORGANISERS, ROLE, UNLIMITED, Watching, watching
from tests.irc.running import wait_until
from tests.irc.scripted import Scripted
from tests.servers import postgres

STOPPED = 8.0
"""Seconds that a server stands still; all that waits for it waits five."""
RECONNECTED = 15.0
IN_DOUBT = failed(PLAIN, InDoubt("COMMIT", None, Exception()))

Fault = Callable[[str, Installation], AbstractContextManager[None]]


@pytest.fixture
def url() -> Iterator[str]:
    """Give a store on a server that a test may stop."""
    if not postgres.available():
        pytest.skip("PostgreSQL is not installed: tools/system-packages installs it")
    with postgres.running() as started:
        store = Store(started)
        schema.upgrade(store.engine)
        store.close()
        yield started
        with suppress(RuntimeError):  # it has ended, or is another process by now
            postgres.control(started, "stop", "-m", "immediate")


@pytest.fixture
def server() -> Iterator[Scripted]:
    with Scripted() as listening:
        yield listening


@pytest.fixture
def bot(server: Scripted, url: str, tmp_path: Path) -> Iterator[Installation]:
    with installed(tmp_path, server.port, store=url, limits=UNLIMITED) as installation:
        installation.configure((CHANNEL,), ROLE)
        yield installation


@pytest.fixture
def rig(server: Scripted, bot: Installation) -> Iterator[Watching]:
    with watching(server, bot) as watched:
        yield watched


def kept(url: str) -> int:
    """How many reminders are in the store."""
    engine = create_engine(url, poolclass=NullPool)
    with engine.connect() as connection:
        return int(connection.execute(text("SELECT count(*) FROM reminder")).scalar() or 0)


def saves(rig: Watching) -> bool:
    return rig.asks(MILK, "zoe")[1].startswith("reminder ")


def recovers(rig: Watching) -> None:
    """Both lines to the organisers, no more, and people's words are kept again."""
    wait_until(lambda: rig.notices(ORGANISERS) == told(GONE), RECONNECTED)
    assert saves(rig)
    assert rig.longest < MOST_PONG


def log_is_short(bot: Installation) -> bool:
    log = bot.log()
    return (log.count("the store cannot be used"), log.count("Traceback")) == (1, 0)


def test_whoever_asks_while_the_server_stands_still_is_answered_in_time(
    bot: Installation, rig: Watching, url: str
) -> None:
    assert saves(rig)
    answers = []
    with postgres.stopped(url):
        began = time.monotonic()
        while time.monotonic() - began < STOPPED:
            asked = [(who, rig.says(MILK, who)) for who in ("ann", "bob", "cleo")]
            for who, since in asked:
                answers.append(rig.wait(lambda line, who=who: f" :{who}: " in line, since))
            time.sleep(0.5)
        wait_until(lambda: rig.notices(ORGANISERS) == told(GONE)[:1], BACK)
    recovers(rig)

    assert {line.partition(": ")[2] for _, line in answers} <= {cannot(GONE), IN_DOUBT}
    assert max(seconds for seconds, _ in answers) < MOST_ANSWER
    assert kept(url) == 2
    assert log_is_short(bot)


@contextmanager
def down(url: str, _: Installation) -> Iterator[None]:
    """The server has crashed, and takes up its work again after the block."""
    postgres.control(url, "stop", "-m", "immediate")
    try:
        yield
    finally:
        postgres.control(url, "restart")


END_STRANGERS = text(
    "SELECT pg_terminate_backend(pid) FROM pg_stat_activity"
    " WHERE application_name <> 'others' AND backend_type = 'client backend'"
)


@contextmanager
def used_up(url: str, bot: Installation) -> Iterator[None]:
    """Nobody is connected any more, and nobody can connect: others have all connections.

    The bot stands still while its own are taken, or it might be quicker.
    """
    engine = create_engine(
        f"{url}&application_name=others", poolclass=NullPool, isolation_level="AUTOCOMMIT"
    )
    with ExitStack() as taken:
        first = taken.enter_context(engine.connect())
        _take(taken, engine)
        assert bot.process is not None
        os.kill(bot.process.pid, signal.SIGSTOP)
        try:
            while first.execute(END_STRANGERS).all():
                time.sleep(0.01)  # it takes a moment
            _take(taken, engine)
        finally:
            os.kill(bot.process.pid, signal.SIGCONT)
        yield


def _take(taken: ExitStack, engine: Engine) -> None:
    """Take all connections that are free."""
    while True:
        try:
            taken.enter_context(engine.connect())
        except OperationalError:
            return


@pytest.mark.parametrize("fault", [down, used_up])
def test_a_server_that_cannot_be_reached_is_reached_again_without_a_restart(
    bot: Installation, rig: Watching, url: str, fault: Fault
) -> None:
    assert saves(rig)
    with fault(url, bot):
        answers = [rig.asks(MILK, who) for who in ("ann", "bob", "cleo")]
        wait_until(lambda: rig.notices(ORGANISERS) == told(GONE)[:1], BACK)
    recovers(rig)

    assert {text for _, text in answers} == {cannot(GONE)}
    assert max(seconds for seconds, _ in answers) < MOST_ANSWER
    assert kept(url) == 2
    assert log_is_short(bot)


def test_a_connection_that_the_server_ends_is_no_news(rig: Watching, url: str) -> None:
    for number in range(1, 6):
        assert saves(rig)
        engine = create_engine(url, poolclass=NullPool, isolation_level="AUTOCOMMIT")
        with engine.connect() as connection:
            connection.execute(
                text(
                    "SELECT pg_terminate_backend(pid) FROM pg_stat_activity"
                    " WHERE pid <> pg_backend_pid() AND backend_type = 'client backend'"
                )
            )
        assert kept(url) == number
    assert saves(rig)
    assert rig.notices(ORGANISERS) == []
