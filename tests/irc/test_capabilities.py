"""Capabilities: asked for where they are offered, and done without where they are refused."""

from collections.abc import Iterator

import pytest

from gsocbot.irc.capabilities import WANTED
from gsocbot.irc.times import Times
from tests.irc.running import Running, running
from tests.irc.scripted import Peer, Scripted

ALL = " ".join(sorted(WANTED))
HURRY = Times(register=2, step=0.2, ask=0.1, check=0.05)


@pytest.fixture
def server() -> Iterator[Scripted]:
    with Scripted() as listening:
        yield listening


@pytest.fixture(params=["first", "reconnect"])
def peer(server: Scripted, request: pytest.FixtureRequest) -> Iterator[Peer]:
    """The server's side of a connection that is just open, the bot's first or second."""
    with running(server.network()):
        yield next_peer(server, request.param)


@pytest.fixture
def bot(server: Scripted) -> Iterator[Running]:
    with running(server.network()) as started:
        yield started


def next_peer(server: Scripted, which: str) -> Peer:
    """The bot's first connection, or its second."""
    peer = server.accept()
    if which == "reconnect":
        peer.let_in("batch")
        peer.close()
        peer = server.accept()
    return peer


def requests(peer: Peer) -> list[str]:
    """What the bot has said of capabilities, since the last look."""
    return [line for line in peer.sync() if line.startswith("CAP")]


def test_what_is_wanted_of_an_offer_is_asked_for_once(peer: Peer) -> None:
    peer.offer("account-tag batch unknown/cap sasl=PLAIN", "server-time draft/other echo-message")

    assert requests(peer) == ["CAP REQ :account-tag batch echo-message server-time"]


def test_all_that_the_bot_wants_fits_into_one_line(peer: Peer) -> None:
    peer.offer(ALL)

    assert requests(peer) == [f"CAP REQ :{ALL}"]
    peer.send(f":irc.test CAP * ACK :{ALL}")
    assert requests(peer) == ["CAP END"]


def test_values_are_no_part_of_a_name(peer: Peer) -> None:
    peer.offer("batch=x,y=z account-tag= draft/chathistory=50", "server-time=%s=")

    assert requests(peer) == ["CAP REQ :account-tag batch draft/chathistory server-time"]


def test_an_offer_in_several_lines_is_waited_for_to_its_end(peer: Peer) -> None:
    peer.until("CAP LS")
    peer.send(":irc.test CAP * LS * :account-tag", ":irc.test CAP * LS * :batch")

    assert peer.sync() == []


def test_a_second_offer_changes_nothing(peer: Peer) -> None:
    peer.offer("batch")
    peer.send(":irc.test CAP * LS :batch account-tag", ":irc.test CAP * LS * :batch")

    assert requests(peer) == ["CAP REQ :batch"]


def test_nothing_is_asked_for_where_nothing_wanted_is_offered(peer: Peer) -> None:
    peer.offer("unknown/cap")

    assert peer.sync() == ["NICK gsocbot", "USER gsocbot 0 * :gsocbot", "CAP END"]


@pytest.mark.parametrize("nothing", [":irc.test CAP * LS", ":irc.test CAP * LS :", "CAP * LS : "])
def test_an_empty_offer_is_one_too(peer: Peer, nothing: str) -> None:
    peer.until("CAP LS")
    peer.send(nothing)

    assert requests(peer) == ["CAP END"]


@pytest.mark.parametrize("blank", ["", " "])
def test_capabilities_that_are_granted_end_the_negotiation(peer: Peer, blank: str) -> None:
    peer.offer("batch")
    peer.until("CAP REQ :batch")
    peer.send(f":irc.test CAP * ACK :batch{blank}")

    assert peer.sync() == ["CAP END"]


def test_a_grant_in_several_lines_is_waited_for_to_its_end(peer: Peer) -> None:
    peer.offer("account-tag batch server-time")
    peer.until("CAP REQ")
    peer.send(":irc.test CAP * ACK :account-tag ", ":irc.test CAP * ACK :batch")

    assert peer.sync() == []
    peer.send(":irc.test CAP * ACK :server-time")
    assert peer.sync() == ["CAP END"]


def test_capabilities_that_are_refused_are_done_without(peer: Peer) -> None:
    peer.offer("batch")
    peer.until("CAP REQ :batch")
    peer.send(":irc.test CAP * NAK :batch")

    assert peer.sync() == ["CAP END"]
    assert "JOIN #gsoc" in peer.welcome()


def test_of_several_refused_together_each_is_asked_for_alone(peer: Peer) -> None:
    peer.offer("account-tag batch server-time")
    peer.until("CAP REQ")
    peer.send(":irc.test CAP * NAK :account-tag batch server-time")
    alone = [f"CAP REQ :{name}" for name in ("account-tag", "batch", "server-time")]

    assert peer.sync() == alone
    peer.send(":irc.test CAP * ACK :account-tag", ":irc.test CAP * NAK :batch")
    assert peer.sync() == []
    peer.send(":irc.test CAP * ACK :server-time")
    assert peer.sync() == ["CAP END"]


@pytest.mark.parametrize("length", [0, 100], ids=["nothing", "its first 100 characters"])
def test_a_refusal_need_not_repeat_the_whole_request(peer: Peer, length: int) -> None:
    """A server repeats at least the first 100 characters (IRCv3), and some nothing."""
    peer.offer(ALL)
    peer.until("CAP REQ")
    peer.send(f":irc.test CAP * NAK :{ALL[:length]}")

    assert requests(peer) == [f"CAP REQ :{name}" for name in sorted(WANTED)]


def test_an_unasked_refusal_is_passed_over(peer: Peer) -> None:
    peer.offer("batch")
    peer.until("CAP REQ :batch")
    peer.send(":irc.test CAP * NAK :one two three", ":irc.test CAP * ACK :batch")

    assert peer.sync() == ["CAP END"]


@pytest.mark.parametrize(
    "line",
    [
        "CAP",
        "CAP *",
        ":irc.test CAP",
        ":irc.test CAP * ",
        ":irc.test CAP * ACK",
        ":irc.test CAP * NAK",
        ":irc.test CAP * NEW",
        ":irc.test CAP * DEL",
        ":irc.test CAP * LIST :batch",
        ":irc.test CAP * \u3042 :batch",
        ":irc.test CAP * DEL :batch sasl never/offered",
    ],
)
def test_an_odd_line_harms_nothing(
    server: Scripted, line: str, caplog: pytest.LogCaptureFixture
) -> None:
    with running(server.network(), times=HURRY):
        peer = server.accept()
        peer.until("CAP LS")
        peer.send(line)
        peer.send(":irc.test CAP * LS :batch")
        peer.until("CAP REQ :batch")
        peer.send(line)
        peer.send(":irc.test CAP * ACK :batch")
        peer.until("CAP END")

        assert "JOIN #gsoc" in peer.welcome()
    assert "Traceback" not in caplog.text


# --- where a server knows no capabilities


@pytest.mark.parametrize("numeric", ["421", "451", "461"])
def test_a_server_that_does_not_know_cap_lets_the_bot_in(peer: Peer, numeric: str) -> None:
    peer.until("CAP LS")
    peer.send(f":irc.test {numeric} * CAP :What?")

    assert peer.sync() == ["NICK gsocbot", "USER gsocbot 0 * :gsocbot"]
    assert "JOIN #gsoc" in peer.welcome()


def test_a_server_that_passes_over_cap_lets_the_bot_in(peer: Peer) -> None:
    peer.until("CAP LS")
    peer.until("USER")

    assert "JOIN #gsoc" in peer.welcome()


@pytest.mark.parametrize("answered", [False, True], ids=["the question", "the request"])
def test_a_server_that_does_not_answer_is_told_that_the_bot_is_done(
    server: Scripted, answered: bool
) -> None:
    with running(server.network(), times=HURRY):
        peer = server.accept()
        if answered:
            peer.offer("batch")
        peer.until("CAP END")

        assert "JOIN #gsoc" in peer.welcome()


# --- later


def test_a_capability_that_comes_later_is_asked_for(bot: Running, server: Scripted) -> None:
    peer = server.accept()
    peer.let_in("batch")
    peer.send(":irc.test CAP gsocbot NEW :account-notify batch unknown/cap sasl=PLAIN")

    assert peer.sync() == ["CAP REQ :account-notify"]
    peer.send(":irc.test CAP gsocbot ACK :account-notify")
    assert peer.sync() == []


def test_a_capability_that_comes_while_the_bot_gets_in_is_asked_for_after_all(
    bot: Running, server: Scripted
) -> None:
    peer = server.accept()
    peer.offer("batch")
    peer.until("CAP REQ :batch")
    peer.send(":irc.test CAP * NEW :account-notify", ":irc.test CAP * ACK :batch")
    asked = peer.sync()
    asked += peer.welcome()

    assert [line for line in asked if line.startswith("CAP")] in (
        ["CAP REQ :account-notify"],
        ["CAP END", "CAP REQ :account-notify"],
    )


def test_a_capability_that_goes_and_comes_is_asked_for_again(
    bot: Running, server: Scripted
) -> None:
    peer = server.accept()
    peer.let_in("batch")
    peer.send(":irc.test CAP gsocbot DEL :batch", ":irc.test CAP gsocbot NEW :batch")

    assert peer.sync() == ["CAP REQ :batch"]


def test_a_refusal_later_is_not_argued_with(bot: Running, server: Scripted) -> None:
    peer = server.accept()
    peer.let_in("batch")
    peer.send(":irc.test CAP gsocbot NEW :account-notify")
    assert peer.sync() == ["CAP REQ :account-notify"]
    peer.send(":irc.test CAP gsocbot NAK :account-notify")

    assert peer.sync() == []


def test_what_was_granted_before_holds_no_more_on_the_next_connection(
    bot: Running, server: Scripted
) -> None:
    first = server.accept()
    first.let_in("batch")
    first.close()
    peer = server.accept()
    peer.offer("batch")

    assert requests(peer) == ["CAP REQ :batch"]
