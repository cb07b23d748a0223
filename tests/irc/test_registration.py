"""Registering: the first lines, a nick, and servers that do not answer."""

import logging
import socket
from collections.abc import Iterator
from pathlib import Path

import pytest

from gsocbot.config import Network
from gsocbot.irc.register import alternative
from gsocbot.irc.times import Times
from tests.irc.running import Running, running, wait_until
from tests.irc.scripted import BACK_SECONDS, Peer, Scripted

HURRY = Times(register=0.4, step=0.2, ask=0.1, nick=0.1, check=0.05)
PATIENT = Times(ask=5, step=5, register=10, check=0.1)
SERVER_PASSWORD = "open sesame :1"
INTRODUCTION = ["NICK gsocbot", "USER gsocbot 0 * :gsocbot"]


@pytest.fixture
def server() -> Iterator[Scripted]:
    with Scripted() as listening:
        yield listening


@pytest.fixture
def bot(server: Scripted) -> Iterator[Running]:
    with running(server.network()) as started:
        yield started


@pytest.fixture
def peer(server: Scripted, bot: Running) -> Peer:
    """The server's side of a connection that is just open."""
    return server.accept()


@pytest.fixture
def password_file(tmp_path: Path) -> Path:
    """The file of a server's password."""
    file = tmp_path / "server-password"
    file.write_text(f"{SERVER_PASSWORD}\nwhat stands below is no part of it\n")
    return file


# --- the first lines


def test_in_the_clear_nothing_but_a_question_goes_out_before_its_answer(
    server: Scripted, password_file: Path
) -> None:
    with running(server.network(server_password_file=password_file), times=PATIENT):
        peer = server.accept()
        peer.until("CAP LS 302")
        peer.send(":irc.test NOTICE * :*** Looking up your hostname", "AUTHENTICATE +")

        assert peer.sync() == []
        peer.send(":irc.test CAP * LS :")
        assert peer.sync() == [f"PASS :{SERVER_PASSWORD}", *INTRODUCTION, "CAP END"]
    assert peer.raw[0] == b"CAP LS 302"


@pytest.mark.parametrize("line", ["433 * gsocbot", "001 gsocbot :Hi", "903 * :Success", "376 x"])
def test_no_numeric_makes_the_bot_speak_before_that_answer(server: Scripted, line: str) -> None:
    with running(server.network(), times=PATIENT):
        peer = server.accept()
        peer.until("CAP LS 302")
        peer.send(f":irc.test {line}")

        assert peer.sync() == []


def test_a_bot_that_gets_no_answer_says_who_it_is_all_the_same(
    server: Scripted, password_file: Path
) -> None:
    with running(server.network(server_password_file=password_file), times=HURRY):
        peer = server.accept()

        lines = [peer.line() for _ in range(4)]
        assert lines == ["CAP LS 302", f"PASS :{SERVER_PASSWORD}", *INTRODUCTION]


def test_a_server_is_told_once_who_the_bot_is(server: Scripted, password_file: Path) -> None:
    with running(server.network(server_password_file=password_file)):
        peer = server.accept()
        peer.until("USER ")
        peer.send(":irc.test CAP * LS :", ":irc.test 421 * CAP :Unknown command")

        assert peer.sync() == ["CAP END"]


def test_a_password_of_the_server_that_is_gone_is_one_clear_line(
    server: Scripted, password_file: Path, caplog: pytest.LogCaptureFixture
) -> None:
    password_file.unlink()
    with running(server.network(server_password_file=password_file)):
        for _ in range(2):
            peer = server.accept()
            peer.offer("batch")
            assert peer.rest() == ["QUIT :"]
        server.accept()

    (error,) = [r.getMessage() for r in caplog.records if r.levelno >= logging.ERROR]
    assert error.endswith(f"{password_file}: No such file or directory")
    assert "Traceback" not in caplog.text


def test_the_password_of_a_server_is_in_no_log_at_any_level(
    server: Scripted, password_file: Path, caplog: pytest.LogCaptureFixture
) -> None:
    caplog.set_level(logging.NOTSET)
    caplog.set_level(logging.NOTSET, logger="irc")
    with running(server.network(server_password_file=password_file)):
        peer = server.accept()
        peer.offer("batch")
        peer.until("PASS ")
        peer.send(":irc.test 464 * :Password incorrect", "ERROR :Closing link: no")
        peer.rest()

    assert caplog.records
    assert SERVER_PASSWORD not in caplog.text


def test_a_server_that_says_nothing_is_left_and_tried_again(
    server: Scripted, caplog: pytest.LogCaptureFixture
) -> None:
    with running(server.network(), times=HURRY):
        peer = server.accept()
        said = peer.rest()
        again = server.accept()

        assert said[-1] == "QUIT :"
        assert again.line() == "CAP LS 302"
    assert f"test: 127.0.0.1:{server.port}: not registered after 0 s" in caplog.messages


def test_nothing_is_joined_before_the_welcome(peer: Peer) -> None:
    peer.until("CAP LS")
    peer.send(":irc.test 376 * :End of MOTD")

    assert peer.sync() == []


# --- nicks


def test_a_nick_in_use_gives_way_to_another_until_it_is_free(server: Scripted) -> None:
    with running(server.network(), times=HURRY) as bot:
        peer = server.accept()
        peer.until("USER ")
        peer.send(":irc.test 433 * gsocbot :Nickname is already in use.")
        peer.until("NICK gsocbot_")
        peer.send(":irc.test CAP * LS :")
        peer.until("CAP END")
        assert "JOIN #gsoc" in peer.welcome(nick="gsocbot_")

        peer.until("NICK gsocbot")
        peer.send(":irc.test 433 gsocbot_ gsocbot :Nickname is already in use.")
        peer.until("NICK gsocbot")
        peer.send(":gsocbot_!bot@host.test NICK gsocbot", ":ana!a@h PRIVMSG #gsoc :hello")
        assert bot.next_heard().me == "gsocbot"
        assert peer.sync() == []


def test_several_nicks_in_use_are_all_got_round(peer: Peer) -> None:
    peer.until("USER ")
    asked = ["gsocbot"]
    for _ in range(3):
        peer.send(f":irc.test 433 * {asked[-1]} :Nickname is already in use.")
        asked.append(peer.until("NICK ")[-1].removeprefix("NICK "))

    assert asked == ["gsocbot", "gsocbot_", "gsocbot_2", "gsocbot_3"]


def test_a_server_that_refuses_every_nick_is_left(server: Scripted, peer: Peer) -> None:
    peer.until("USER ")
    for _ in range(9):
        peer.send(":irc.test 432 * gsocbot :Erroneous nickname")
        peer.until("NICK ")
    peer.send(":irc.test 432 * gsocbot :Erroneous nickname")

    assert peer.rest() == ["QUIT :"]
    assert server.accept().line() == "CAP LS 302"


@pytest.mark.parametrize(
    ("nick", "tries", "other"),
    [
        ("gsocbot", 1, "gsocbot_"),
        ("gsocbot", 2, "gsocbot_2"),
        ("gsocbot-debian", 1, "gsocbot-debian_"),
        ("gsocbot-of-debian", 1, "gsocbot-of-debi_"),
        ("gsocbot-debian", 3, "gsocbot_3"),
    ],
)
def test_another_nick_is_like_the_own_one(nick: str, tries: int, other: str) -> None:
    assert alternative(nick, tries) == other


# --- where nobody answers


def test_a_server_that_is_down_is_tried_again(caplog: pytest.LogCaptureFixture) -> None:
    with socket.create_server(("127.0.0.1", 0)) as placeholder:
        port = placeholder.getsockname()[1]
    network = Network(host="127.0.0.1", port=port, tls=False)
    soon = network.model_copy(update={"reconnect_delay": BACK_SECONDS})
    with running(soon):
        wait_until(lambda: "Connect call failed" in caplog.text)
        with Scripted(port) as server:
            assert server.accept().line() == "CAP LS 302"


def test_a_host_that_is_no_name_is_tried_again_too(caplog: pytest.LogCaptureFixture) -> None:
    network = Network(host="irc..example.org", tls=False, insecure_plaintext=True)
    with running(network.model_copy(update={"reconnect_delay": BACK_SECONDS})):
        wait_until(lambda: caplog.text.count("label empty or too long") >= 2)
