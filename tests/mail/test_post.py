"""What becomes of mail when the store is away, a round breaks off, or a server takes its time."""

import asyncio
import logging
import sqlite3
from collections.abc import Callable, Iterator
from contextlib import suppress
from datetime import datetime, timedelta
from email.utils import parsedate_to_datetime
from pathlib import Path
from typing import TypeVar

import pytest
from sqlalchemy import text
from sqlalchemy.exc import OperationalError

from gsocbot.rules.outbox import OutboxState
from gsocbot.store import outbox
from gsocbot.store.digest import MAIL
from tests.mail.office import ODILE, TOMAS, Office, here, office
from tests.servers.smtp import Smtp, serving

T = TypeVar("T")
BEGIN, DUE = "2026-03-20T06:00Z", "2026-03-20T07:00Z"
MINUTE, HOUR = timedelta(minutes=1), timedelta(hours=1)


@pytest.fixture
def server() -> Iterator[Smtp]:
    with serving() as started:
        yield started


def due(place: Office) -> None:
    """Have a mail due."""
    place.now = datetime.fromisoformat(DUE)
    place.bot.tick(place.now)


# --- a store that is away


@pytest.mark.parametrize(
    ("at", "after", "later"),
    [("MAIL", "due", 1), ("TEXT", "sent", 0)],
)
def test_a_store_that_is_busy_for_a_while_loses_no_mail_and_doubles_none(
    server: Smtp, tmp_path: Path, at: str, after: str, later: int
) -> None:
    file = tmp_path / "one.db"
    place = office(server, BEGIN, url=f"sqlite:///{file}")
    due(place)

    asyncio.run(_held_up(place, server, at, sqlite3.connect(file, isolation_level=None)))

    assert place.rows()[0][:2] == ("2026-03-20", after)
    assert len(server.mail) == 1 - later
    place.now += MINUTE
    asyncio.run(place.post.deliver())
    assert place.rows()[0] == ("2026-03-20", "sent", "")
    assert server.recipients.count(ODILE) == len(server.mail) == 1
    place.store.close()


async def _held_up(place: Office, server: Smtp, at: str, other: sqlite3.Connection) -> None:
    """Deliver; once the server is at a point, another program writes for one and a half seconds.

    Somebody watches the store meanwhile, as in a running bot.
    """
    loop = asyncio.get_running_loop()
    place.store.health.watched = True
    freed = asyncio.Event()

    async def run(call: Callable[[], T]) -> T:
        if at in server.seen and not freed.is_set() and not other.in_transaction:
            other.execute("BEGIN IMMEDIATE")
            loop.call_later(1.5, lambda: (other.execute("ROLLBACK"), freed.set()))
        return call()

    async def watch() -> None:
        while True:
            await asyncio.sleep(0.1)
            if place.store.health.why is not None:
                with suppress(OperationalError):
                    place.store.try_to_write()

    watching = asyncio.create_task(watch())
    place.post._run = run
    await place.post.deliver()
    await asyncio.wait_for(freed.wait(), 5)
    await asyncio.sleep(0.3)
    watching.cancel()
    place.post._run = here


@pytest.mark.parametrize(("written", "mails"), [(False, 1), (True, 0)])
def test_what_a_round_that_broke_off_has_left_is_settled_by_the_next(
    server: Smtp, written: bool, mails: int
) -> None:
    place = office(server, BEGIN)
    place.at(BEGIN)
    server.mail.clear()
    due(place)
    asyncio.run(place.post.deliver())
    place.now += 24 * HOUR
    place.bot.tick(place.now)
    server.mail.clear()
    with place.store.transaction(writing=True) as books:
        (row,) = outbox.claim(books, MAIL, "office-1-a", place.now, [ODILE], 1)
        if written:
            outbox.move(books, row.id, OutboxState.WRITTEN)

    asyncio.run(place.post.deliver())

    assert len(server.mail) == mails
    assert ("2026-03-21", "sent", "") in place.rows()


# --- time goes on


def test_each_mail_bears_the_moment_at_which_it_went_out(server: Smtp) -> None:
    place = office(server, BEGIN, to=(ODILE, TOMAS))
    due(place)
    _slow(place, 10 * MINUTE)

    asyncio.run(place.post.deliver())

    first, second = (parsedate_to_datetime(str(mail["Date"])) for mail in server.mail)
    assert second - first >= 10 * MINUTE


def test_one_that_is_of_no_use_any_more_after_a_slow_one_is_not_sent(server: Smtp) -> None:
    place = office(server, BEGIN, to=(ODILE, TOMAS))
    due(place)
    _slow(place, 6 * HOUR)

    asyncio.run(place.post.deliver())

    assert server.recipients == [ODILE]
    assert [row[1:] for row in place.rows()][:2] == [("sent", ""), ("skipped", "stale")]


def _slow(place: Office, takes: timedelta, still: Callable[[], bool] = lambda: True) -> None:
    """Let so much time pass at each word with the store."""

    async def run(call: Callable[[], T]) -> T:
        place.now += takes if still() else timedelta(0)
        return call()

    place.post._run = run


def test_a_pause_begins_when_the_server_has_said_no(server: Smtp) -> None:
    place = office(server, BEGIN)
    due(place)
    server.answers["MAIL"] = "421 busy"

    def still() -> bool:
        if "MAIL" in server.seen:
            server.answers.clear()
        return "MAIL" not in server.seen

    _slow(place, 10 * MINUTE, still)

    asyncio.run(place.post.deliver())

    assert server.count("MAIL") == 1


def test_a_mail_that_another_bot_has_taken_over_is_not_called_sent(
    server: Smtp, caplog: pytest.LogCaptureFixture
) -> None:
    place = office(server, BEGIN)
    due(place)
    place.post._failures[ODILE] = 3

    async def run(call: Callable[[], T]) -> T:
        if "RCPT" in server.seen:
            with place.store.transaction(writing=True) as books:
                books.rows(text("UPDATE outbox SET owner = 'other-1-a' WHERE state = 'claimed'"))
        return call()

    place.post._run = run
    with caplog.at_level(logging.INFO):
        asyncio.run(place.post.deliver())

    assert (server.mail, server.count("DATA")) == ([], 0)
    assert "sent" not in caplog.text
    assert place.post._failures == {ODILE: 3}


def test_what_the_dead_held_is_sent_although_the_clock_was_set_back(server: Smtp) -> None:
    place = office(server, BEGIN)
    due(place)
    with place.store.transaction(writing=True) as books:
        assert outbox.claim(books, MAIL, "office-0-dead", place.now, [ODILE], 1)
    place.post._settled_at = place.now + 24 * HOUR

    asyncio.run(place.post.deliver())

    assert server.recipients == [ODILE]
