"""What a channel remembers of our own lines: asked for, or shown when the channel is joined."""

from collections.abc import Iterator
from concurrent.futures import Future
from datetime import UTC, datetime
from pathlib import Path

import pytest

from gsocbot.talk import Gone, Recalled
from tests.irc.running import Running, running, wait_until
from tests.irc.scripted import CHANNEL, Peer, Scripted

CAPS = "draft/chathistory batch server-time message-tags account-tag"
SINCE = datetime(2026, 3, 2, 10, tzinfo=UTC)
ASKED = f"CHATHISTORY LATEST {CHANNEL} * "
OURS, OTHERS = ":gsocbot!bot@host.test", ":ana!a@h"


@pytest.fixture
def server() -> Iterator[Scripted]:
    with Scripted() as listening:
        yield listening


@pytest.fixture
def bot(server: Scripted) -> Iterator[Running]:
    with running(server.network()) as started:
        yield started


def joined(server: Scripted, bot: Running, caps: str = CAPS, isupport: str = "") -> Peer:
    peer = server.accept()
    peer.let_in(caps, isupport)
    wait_until(lambda: bot.link.channels() == [CHANNEL])
    return peer


def recalling(bot: Running) -> "Future[Recalled]":
    return bot.begin(bot.link.recall(CHANNEL, SINCE))


LONG_AGO = f"@batch=h;time=2026-02-01T10:00:00.000Z {OTHERS} PRIVMSG {CHANNEL} :long ago"


def shown(peer: Peer, *lines: str, accounts: tuple[str, ...] = (), older: str = LONG_AGO) -> None:
    """The server shows these lines of the channel's past, and one that is older."""
    at = ";time=2026-03-02T10:00:01.000Z"
    tags = [f"{at};account={account}" for account in accounts] or [at] * len(lines)
    peer.send(
        f":irc.test BATCH +h chathistory {CHANNEL}",
        *([older] if older else []),
        *(f"@batch=h{tag} {line}" for tag, line in zip(tags, lines, strict=True)),
        ":irc.test BATCH -h",
    )


def test_what_we_have_said_is_recalled(server: Scripted, bot: Running) -> None:
    peer = joined(server, bot)
    recalled = recalling(bot)
    assert peer.until("CHATHISTORY ")[-1] == f"{ASKED}:100"
    shown(peer, f"{OURS} NOTICE {CHANNEL} :one", f"{OTHERS} NOTICE {CHANNEL} :two")
    assert recalled.result(3) == Recalled(frozenset({"one"}), whole=True)


def test_it_is_ours_under_another_nick_too(server: Scripted, bot: Running) -> None:
    peer = server.accept()
    peer.let_in(CAPS, nick="gsocbot_")
    wait_until(lambda: bot.link.channels() == [CHANNEL])
    recalled = recalling(bot)
    peer.until("CHATHISTORY ")
    shown(peer, f"{OURS} NOTICE {CHANNEL} :one", f":gsocbot_!b@h NOTICE {CHANNEL} :two")
    assert recalled.result(3).texts == {"one", "two"}


def test_it_is_ours_by_our_account(server: Scripted, tmp_path: Path) -> None:
    with running(server.login_network(tmp_path, nick="helper")) as bot:
        peer = server.accept()
        peer.offer(f"sasl=PLAIN {CAPS}")
        asked = peer.until("CAP REQ ")[-1].partition(":")[2]
        peer.send(f":irc.test CAP * ACK :{asked}")
        peer.until("AUTHENTICATE PLAIN")
        peer.challenge()
        peer.accept_login()
        wait_until(lambda: bot.link.channels() == [CHANNEL])
        recalled = recalling(bot)
        peer.until("CHATHISTORY ")
        shown(
            peer,
            f":other!u@h PRIVMSG {CHANNEL} :one",
            f":somebody!u@h PRIVMSG {CHANNEL} :two",
            accounts=("gsocbot", "ana"),
        )
        assert recalled.result(3).texts == {"one"}


def test_it_is_all_only_if_something_older_is_shown_too(server: Scripted, bot: Running) -> None:
    peer = joined(server, bot, isupport="CHATHISTORY=2")
    recalled = recalling(bot)
    assert peer.until("CHATHISTORY ")[-1] == f"{ASKED}:2"
    shown(peer, f"{OURS} NOTICE {CHANNEL} :one", f"{OTHERS} PRIVMSG {CHANNEL} :hello", older="")
    assert recalled.result(3) == Recalled(frozenset({"one"}), whole=False)


def test_the_same_words_of_another_day_are_not_meant(server: Scripted, bot: Running) -> None:
    peer = joined(server, bot)
    recalled = recalling(bot)
    peer.until("CHATHISTORY ")
    shown(peer, older=LONG_AGO.replace(f"{OTHERS} PRIVMSG", f"{OURS} NOTICE"))
    assert recalled.result(3) == Recalled(frozenset(), whole=True)


def test_a_server_that_shows_nothing_knows_nothing(server: Scripted, bot: Running) -> None:
    peer = joined(server, bot)
    recalled = recalling(bot)
    peer.until("CHATHISTORY ")
    peer.send(f":irc.test FAIL CHATHISTORY MESSAGE_ERROR LATEST {CHANNEL} :not just now")
    assert recalled.result(3) == Recalled()


def test_one_that_does_not_answer_is_waited_for_no_longer_than_for_a_receipt(
    server: Scripted, bot: Running
) -> None:
    joined(server, bot)
    assert recalling(bot).result(5) == Recalled()


def test_nothing_is_asked_of_a_server_that_keeps_nothing(server: Scripted, bot: Running) -> None:
    peer = joined(server, bot, "batch message-tags")
    assert not bot.link.remembers(CHANNEL)
    assert recalling(bot).result(3) == Recalled()
    assert peer.sync() == []


def test_what_is_shown_at_joining_is_remembered_but_may_not_be_all(
    server: Scripted, bot: Running
) -> None:
    peer = joined(server, bot, "batch message-tags")
    shown(peer, f"{OURS} NOTICE {CHANNEL} :one")
    wait_until(lambda: bot.link.remembers(CHANNEL))
    assert not bot.link.remembers("#other")
    assert recalling(bot).result(3) == Recalled(frozenset({"one"}), whole=False)


def test_a_connection_that_ends_is_waited_for_no_longer(server: Scripted, bot: Running) -> None:
    peer = joined(server, bot)
    recalled = recalling(bot)
    peer.until("CHATHISTORY ")
    peer.reset()
    with pytest.raises(Gone):
        recalled.result(3)
