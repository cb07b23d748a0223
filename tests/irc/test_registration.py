"""Registering: logged in as configured, or not in at all."""

import base64
import logging
import socket
from collections.abc import Iterator
from pathlib import Path

import pytest

from gsocbot.config import Network, Sasl
from gsocbot.irc.register import alternative
from gsocbot.irc.sasl import CHUNK
from gsocbot.irc.times import Times
from tests.irc.running import Running, running, wait_until
from tests.irc.scripted import BACK_SECONDS, Peer, Scripted

PASSWORD = "sesame"
HURRY = Times(register=0.4, step=0.2, ask=0.1, nick=0.1, check=0.05)
OUTCOMES = {"902", "904", "905", "906", "907", "908"}


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


def with_login(server: Scripted, folder: Path, password: str = PASSWORD) -> Network:
    """A network on which the bot must log in."""
    file = folder / "password"
    file.write_text(f"{password}\n")
    sasl = Sasl(mechanism="plain", username="gsocbot", password_file=file)
    return server.network(sasl=sasl)


@pytest.fixture
def login_bot(server: Scripted, tmp_path: Path) -> Iterator[Running]:
    with running(with_login(server, tmp_path), times=HURRY) as started:
        yield started


@pytest.fixture
def login_peer(server: Scripted, login_bot: Running) -> Peer:
    """The server's side, where the bot must log in."""
    return server.accept()


def offer_sasl(peer: Peer) -> None:
    """Offer and grant sasl; afterwards the bot has asked to authenticate."""
    peer.until("CAP LS")
    peer.send("CAP * LS :sasl=PLAIN,EXTERNAL")
    peer.until("CAP REQ :sasl")
    peer.send(":irc.test CAP * ACK :sasl ")
    peer.until("AUTHENTICATE PLAIN")


def secret_after(peer: Peer, count: int) -> bytes:
    """What so many AUTHENTICATE lines carry."""
    peer.send("AUTHENTICATE +")
    lines = [peer.line() for _ in range(count)]
    parts = [line.removeprefix("AUTHENTICATE ") for line in lines]
    assert all(len(part) <= CHUNK for part in parts)
    return base64.b64decode("".join(part for part in parts if part != "+"))


# --- capabilities


def test_the_first_line_asks_for_capabilities(peer: Peer) -> None:
    assert [peer.line() for _ in range(3)] == [
        "CAP LS 302",
        "NICK gsocbot",
        "USER gsocbot 0 * :gsocbot",
    ]


def test_what_is_wanted_of_an_offer_is_asked_for_once(peer: Peer) -> None:
    peer.until("CAP LS")
    peer.send(":irc.test CAP * LS * :account-tag batch unknown/cap sasl=PLAIN")
    peer.send(":irc.test CAP * LS :server-time draft/other echo-message")

    asked = [line for line in peer.sync() if line.startswith("CAP")]
    assert asked == ["CAP REQ :account-tag batch echo-message server-time"]


def test_an_offer_in_several_lines_is_waited_for_to_its_end(peer: Peer) -> None:
    peer.until("CAP LS")
    peer.send(":irc.test CAP * LS * :account-tag", ":irc.test CAP * LS * :batch")

    assert peer.sync() == []


@pytest.mark.parametrize("blank", ["", " "])
def test_capabilities_that_are_granted_end_the_negotiation(peer: Peer, blank: str) -> None:
    peer.until("CAP LS")
    peer.send(":irc.test CAP * LS :batch")
    peer.until("CAP REQ :batch")
    peer.send(f":irc.test CAP * ACK :batch{blank}")

    assert peer.sync() == ["CAP END"]


def test_capabilities_that_are_refused_are_done_without(bot: Running, peer: Peer) -> None:
    peer.until("CAP LS")
    peer.send(":irc.test CAP * LS :batch")
    peer.until("CAP REQ :batch")
    peer.send(":irc.test CAP * NAK :batch")

    assert peer.sync() == ["CAP END"]
    assert "JOIN #gsoc" in peer.welcome()


def test_nothing_is_asked_for_where_nothing_wanted_is_offered(peer: Peer) -> None:
    peer.until("CAP LS")
    peer.send(":irc.test CAP * LS :unknown/cap")

    assert peer.sync() == ["NICK gsocbot", "USER gsocbot 0 * :gsocbot", "CAP END"]


def test_a_server_that_does_not_know_cap_lets_the_bot_in(peer: Peer) -> None:
    peer.until("CAP LS")
    peer.send(":irc.test 421 * CAP :Unknown command")

    assert "JOIN #gsoc" in peer.welcome()


def test_a_server_that_passes_over_cap_lets_the_bot_in(peer: Peer) -> None:
    peer.until("CAP LS")

    assert "JOIN #gsoc" in peer.welcome()


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


# --- logging in


def test_the_login_is_done_before_the_registration_ends(login_peer: Peer) -> None:
    offer_sasl(login_peer)

    assert secret_after(login_peer, 1) == b"gsocbot\0gsocbot\0sesame"
    assert login_peer.sync() == []
    assert b"CAP END" not in login_peer.raw
    login_peer.send(":irc.test 900 * * gsocbot :You are logged in", ":irc.test 903 * :Success")
    assert login_peer.sync() == ["CAP END"]
    assert "JOIN #gsoc" in login_peer.welcome()


@pytest.mark.parametrize(
    ("length", "lines"),
    [(10, 1), (281, 1), (284, 2), (500, 2), (584, 3)],
    ids=["short", "nearly 400", "exactly 400", "two", "exactly 800"],
)
def test_a_long_secret_goes_out_in_lines_of_400(
    server: Scripted, tmp_path: Path, length: int, lines: int
) -> None:
    password = "ü" * (length // 2) + "x" * (length % 2)
    with running(with_login(server, tmp_path, password)):
        peer = server.accept()
        offer_sasl(peer)

        assert secret_after(peer, lines) == f"gsocbot\0gsocbot\0{password}".encode()
        assert peer.sync() == []


def refused(peer: Peer, numeric: str) -> None:
    offer_sasl(peer)
    secret_after(peer, 1)
    peer.send(f":irc.test {numeric} * :No", ":irc.test 001 gsocbot :Hi", ":irc.test 376 gsocbot :")


def not_offered(peer: Peer) -> None:
    peer.until("CAP LS")
    peer.send(":irc.test CAP * LS :batch", ":irc.test 001 gsocbot :Hi", ":irc.test 376 gsocbot :")


def taken_back(peer: Peer) -> None:
    peer.until("CAP LS")
    peer.send(":irc.test CAP * LS :sasl")
    peer.until("CAP REQ :sasl")
    peer.send(":irc.test CAP * NAK :sasl", ":irc.test 001 gsocbot :Hi", ":irc.test 376 gsocbot :")


def without_login(peer: Peer) -> None:
    peer.until("CAP LS")
    peer.send(":irc.test 001 gsocbot :Hi", ":irc.test 376 gsocbot :")


def without_cap(peer: Peer) -> None:
    peer.until("CAP LS")
    peer.send(":irc.test 421 * CAP :No", ":irc.test 001 gsocbot :Hi", ":irc.test 376 gsocbot :")


def success_unasked(peer: Peer) -> None:
    peer.until("CAP LS")
    peer.send(":irc.test 903 * :Ok", ":irc.test 001 gsocbot :Hi", ":irc.test 376 gsocbot :")


def in_the_middle(peer: Peer) -> None:
    offer_sasl(peer)
    peer.send(":irc.test 001 gsocbot :Hi", ":irc.test 376 gsocbot :")


def another_challenge(peer: Peer) -> None:
    offer_sasl(peer)
    peer.send("AUTHENTICATE Zm9v", ":irc.test 001 gsocbot :Hi", ":irc.test 376 gsocbot :")


NO_LOGIN = [
    not_offered,
    taken_back,
    without_login,
    without_cap,
    success_unasked,
    in_the_middle,
    another_challenge,
]


@pytest.mark.parametrize("way", [*sorted(OUTCOMES), *NO_LOGIN])
def test_without_a_login_nothing_is_joined_or_said(
    server: Scripted,
    login_bot: Running,
    login_peer: Peer,
    way: object,
    caplog: pytest.LogCaptureFixture,
) -> None:
    if isinstance(way, str):
        refused(login_peer, way)
    elif callable(way):
        way(login_peer)
    said = login_peer.rest()
    again = server.accept()
    errors = [r.getMessage() for r in caplog.records if r.levelno >= logging.ERROR]

    assert said[-1] == "QUIT :"
    assert not [line for line in said if line.startswith(("CAP END", "JOIN", "PRIVMSG", "MODE"))]
    assert len(errors) == 1
    assert errors[0].startswith("test: not logged in, so nothing is joined or said: ")
    assert again.line() == "CAP LS 302"


def test_a_login_that_is_never_answered_times_out(
    server: Scripted, login_peer: Peer, caplog: pytest.LogCaptureFixture
) -> None:
    offer_sasl(login_peer)
    secret_after(login_peer, 1)

    assert login_peer.rest() == ["QUIT :"]
    assert server.accept().line() == "CAP LS 302"


def test_a_password_file_that_is_gone_is_no_login(
    server: Scripted, login_peer: Peer, tmp_path: Path, caplog: pytest.LogCaptureFixture
) -> None:
    (tmp_path / "password").unlink()
    login_peer.until("CAP LS")
    login_peer.send(":irc.test CAP * LS :sasl")
    login_peer.until("CAP REQ")
    login_peer.send(":irc.test CAP * ACK :sasl")

    assert login_peer.rest() == ["QUIT :"]
    server.accept()
    assert "No such file" in caplog.text
    assert "Traceback" not in caplog.text


def test_failed_logins_come_less_and_less_often(server: Scripted, tmp_path: Path) -> None:
    network = with_login(server, tmp_path)
    with running(network, times=HURRY) as bot:
        for _ in range(4):
            server.accept().send(":irc.test CAP * LS :batch")

        session = bot.link._session
        delays = [bot.link._delay(session) for _ in range(3)]
        assert delays[0] >= network.reconnect_delay * 2**3 / 2
        assert bot.link._delay(session) <= HURRY.longest_delay


def test_the_password_is_in_no_log_at_any_level(
    login_peer: Peer, caplog: pytest.LogCaptureFixture
) -> None:
    with caplog.at_level(logging.NOTSET):
        logging.getLogger("irc").setLevel(logging.NOTSET)
        offer_sasl(login_peer)
        secret = secret_after(login_peer, 1)
        login_peer.send(":irc.test 904 * :No", ":irc.test \u3042", "AUTHENTICATE")
        login_peer.rest()

    assert secret
    assert caplog.records
    assert PASSWORD not in caplog.text
    assert base64.b64encode(secret).decode() not in caplog.text


# --- nicks


def test_a_nick_in_use_gives_way_to_another_until_it_is_free(server: Scripted) -> None:
    with running(server.network(), times=HURRY) as bot:
        peer = server.accept()
        peer.until("CAP LS")
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
    peer.until("CAP LS")
    asked = ["gsocbot"]
    for _ in range(3):
        peer.send(f":irc.test 433 * {asked[-1]} :Nickname is already in use.")
        asked.append(peer.until("NICK ")[-1].removeprefix("NICK "))

    assert asked == ["gsocbot", "gsocbot_", "gsocbot_2", "gsocbot_3"]


def test_a_server_that_refuses_every_nick_is_left(server: Scripted, peer: Peer) -> None:
    peer.until("CAP LS")
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
