"""Logging in: with every mechanism, and out again from whatever does not let the bot log in."""

import base64
import logging
import time
from collections.abc import Callable, Iterator
from itertools import pairwise
from pathlib import Path
from typing import Any

import pytest
from cryptography.hazmat.primitives.asymmetric import ec, rsa
from cryptography.hazmat.primitives.asymmetric.utils import Prehashed
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.serialization import (
    BestAvailableEncryption,
    Encoding,
    NoEncryption,
    PrivateFormat,
)
from scramp import ScramException, ScramMechanism
from scramp.core import ScramServer

from gsocbot.config import Network
from gsocbot.irc import sasl
from gsocbot.irc.times import Times
from tests.irc.running import Running, running
from tests.irc.scripted import ACCOUNT, CHUNK, PASSWORD, Peer, Scripted

QUIET = Times(register=2, step=0.15, ask=0.05, check=0.05)
"""For servers that fall silent; with others the bot has more patience."""

GREETING = (":irc.test 001 gsocbot :Hi", ":irc.test 376 gsocbot :End of MOTD")
ALARM = "test: not logged in, so nothing is joined or said: "
ECDSA = "ecdsa-nist256p-challenge"
MECHANISMS = ["plain", "external", "scram-sha-256", ECDSA]
TWICE = pytest.mark.parametrize("again", [False, True], ids=["first", "reconnect"])
Way = Callable[[Peer], object]


@pytest.fixture
def server() -> Iterator[Scripted]:
    with Scripted() as listening:
        yield listening


@pytest.fixture
def bot(server: Scripted, tmp_path: Path) -> Iterator[Running]:
    with running(must_log_in(server, tmp_path)) as started:
        yield started


@pytest.fixture(params=["first", "reconnect"])
def peer(server: Scripted, bot: Running, request: pytest.FixtureRequest) -> Peer:
    """The server's side where the bot must log in (PLAIN), on its first connection or second."""
    return next_peer(server, request.param == "reconnect")


def must_log_in(server: Scripted, folder: Path, *how: str, **settings: Any) -> Network:
    """A network where the bot must log in, and is soon back when that fails."""
    network = server.login_network(folder, *how, **settings)
    return network.model_copy(update={"reconnect_delay": 0.01})


def next_peer(server: Scripted, again: bool) -> Peer:
    """The bot's next connection, or the one after a login that went well."""
    peer = server.accept()
    if again:
        peer.log_in()
        peer.close()
        peer = server.accept()
    return peer


def errors(caplog: pytest.LogCaptureFixture) -> list[str]:
    """What was logged as an error."""
    return [r.getMessage() for r in caplog.records if r.levelno >= logging.ERROR]


# --- a server that does as it should, and some that are odd


def test_the_login_is_done_before_the_registration_ends(peer: Peer) -> None:
    peer.offer_login()

    assert peer.challenge() == b"gsocbot\0gsocbot\0sesame"
    assert peer.sync() == []
    assert b"CAP END" not in peer.raw
    peer.send(":irc.test 900 * * gsocbot :You are logged in", ":irc.test 903 * :Success")
    assert peer.sync() == ["CAP END"]
    assert "JOIN #gsoc" in peer.welcome()


@pytest.mark.parametrize(
    ("length", "lines"),
    [(10, 1), (281, 1), (284, 2), (300, 2), (500, 2), (584, 3), (800, 3)],
    ids=["short", "nearly 400", "exactly 400", "300 bytes", "two", "exactly 800", "800 bytes"],
)
def test_a_long_secret_goes_out_in_lines_of_400(
    server: Scripted, tmp_path: Path, length: int, lines: int
) -> None:
    password = "ü" * (length // 2) + "x" * (length % 2)
    with running(must_log_in(server, tmp_path, password=password)):
        peer = server.accept()
        peer.offer_login()

        assert peer.challenge() == f"gsocbot\0gsocbot\0{password}".encode()
        assert peer.sync() == []
        assert len([line for line in peer.raw if line.startswith(b"AUTHENTICATE ")]) == lines + 1


def granted_late(peer: Peer) -> None:
    peer.offer("batch sasl=EXTERNAL,PLAIN")
    peer.until("CAP REQ :batch sasl")
    peer.send(":irc.test CAP * ACK :batch ", ":irc.test CAP * ACK :sasl ")
    peer.until("AUTHENTICATE PLAIN")


def granted_alone(peer: Peer) -> None:
    peer.offer("batch sasl")
    peer.until("CAP REQ :batch sasl")
    peer.send(":irc.test CAP * NAK :batch sasl")
    peer.until("CAP REQ :sasl")
    peer.send(":irc.test CAP * NAK :batch", ":irc.test CAP * ACK :sasl")
    peer.until("AUTHENTICATE PLAIN")


def granted_after_a_long_refusal(peer: Peer) -> None:
    wanted = " ".join([*sorted(sasl_less()), "sasl"])
    peer.offer(wanted)
    peer.until(f"CAP REQ :{wanted}")
    peer.send(f":irc.test CAP * NAK :{wanted[:100]}")
    for name in wanted.split():
        peer.until(f"CAP REQ :{name}")
        peer.send(f":irc.test CAP * {'ACK' if name == 'sasl' else 'NAK'} :{name}")
    peer.until("AUTHENTICATE PLAIN")


def sasl_less() -> set[str]:
    return {
        "account-notify",
        "account-tag",
        "batch",
        "chghost",
        "echo-message",
        "extended-join",
    } | {
        "invite-notify",
        "labeled-response",
        "message-tags",
        "multi-prefix",
        "server-time",
    }


def with_a_blank(peer: Peer) -> None:
    peer.offer("sasl")
    peer.until("CAP REQ :sasl")
    peer.send(":irc.test CAP * ACK :sasl ")
    peer.until("AUTHENTICATE PLAIN")


def in_several_lines(peer: Peer) -> None:
    peer.offer("batch account-tag=x", "sasl=EXTERNAL,PLAIN,SCRAM-SHA-256", "cap-notify other=y,z")
    peer.until("CAP REQ :account-tag batch cap-notify sasl")
    peer.send("CAP * ACK :account-tag batch cap-notify sasl ")
    peer.until("AUTHENTICATE PLAIN")


def offered_twice(peer: Peer) -> None:
    peer.offer("sasl=PLAIN")
    peer.send(":irc.test CAP * LS :batch")
    peer.until("CAP REQ :sasl")
    peer.send(":irc.test CAP * ACK :sasl", ":irc.test CAP * LS :batch")
    peer.until("AUTHENTICATE PLAIN")


def with_another_taken_back(peer: Peer) -> None:
    peer.offer("batch sasl")
    peer.until("CAP REQ :batch sasl")
    peer.send(":irc.test CAP * ACK :batch sasl", ":irc.test CAP * ACK :-batch")
    peer.until("AUTHENTICATE PLAIN")


def with_small_talk(peer: Peer) -> None:
    peer.send(":irc.test NOTICE * :*** Looking up your hostname", "PING :1", "AUTHENTICATE +")
    peer.offer("sasl=plain")
    peer.send("PING :2", "AUTHENTICATE +", ":irc.test 904 * :Not now", ":irc.test 903 * :Not you")
    peer.until("CAP REQ :sasl")
    peer.send("PING :3", ":irc.test CAP * ACK :sasl")
    peer.until("AUTHENTICATE PLAIN")


GOOD: dict[str, Way] = {
    "ACK with a blank": with_a_blank,
    "ACK in several lines": granted_late,
    "NAK of all, ACK of sasl alone": granted_alone,
    "NAK of 100 characters": granted_after_a_long_refusal,
    "ACK of a minus": with_another_taken_back,
    "LS in several lines with values": in_several_lines,
    "LS twice": offered_twice,
    "small talk": with_small_talk,
}


@TWICE
@pytest.mark.parametrize("way", GOOD)
def test_an_odd_way_to_a_login_is_gone(
    server: Scripted, tmp_path: Path, way: str, again: bool, caplog: pytest.LogCaptureFixture
) -> None:
    with running(must_log_in(server, tmp_path)):
        peer = next_peer(server, again)
        GOOD[way](peer)

        assert peer.challenge() == b"gsocbot\0gsocbot\0sesame"
        assert "JOIN #gsoc" in peer.accept_login()
    assert errors(caplog) == []


# --- without a login nothing is joined or said


def refused(numeric: str) -> Way:
    def play(peer: Peer) -> None:
        peer.offer_login()
        peer.challenge()
        peer.send(f":irc.test {numeric} * :No", *GREETING)

    return play


def refused_at_once(peer: Peer) -> None:
    peer.offer_login()
    peer.send(":irc.test 908 * EXTERNAL :are available", ":irc.test 904 * :No", *GREETING)


def offered(caps: str) -> Way:
    def play(peer: Peer) -> None:
        peer.offer(caps)
        peer.send(*GREETING)

    return play


def without_our_mechanism(peer: Peer) -> None:
    peer.offer("sasl=EXTERNAL,PLAINER")
    peer.until("CAP REQ :sasl")
    peer.send(":irc.test CAP * ACK :sasl", *GREETING)


def answered(*answers: str) -> Way:
    """A server that offers sasl with something else, and answers the requests so."""

    def play(peer: Peer) -> None:
        peer.offer("batch sasl")
        peer.until("CAP REQ :batch sasl")
        peer.send(*(f":irc.test CAP * {answer}" for answer in answers), *GREETING)

    return play


def said(*lines: str) -> Way:
    """A server that says this instead of an offer."""

    def play(peer: Peer) -> None:
        peer.until("CAP LS")
        peer.send(*lines, *GREETING)

    return play


def challenged(*lines: str) -> Way:
    """A server that goes on with the login like this."""

    def play(peer: Peer) -> None:
        peer.offer_login()
        peer.send(*lines, *GREETING)

    return play


def asked_again(peer: Peer) -> None:
    peer.offer_login()
    peer.challenge()
    peer.send("AUTHENTICATE +", ":irc.test 903 * :Success", *GREETING)


def withdrawn(peer: Peer) -> None:
    peer.offer("batch sasl")
    peer.until("CAP REQ :batch sasl")
    peer.send(
        ":irc.test CAP * DEL :sasl",
        ":irc.test CAP * ACK :batch sasl",
        ":irc.test 904 * :No services",
        *GREETING,
    )


def quick_to_ping(peer: Peer) -> None:
    peer.offer_login()
    peer.challenge()
    peer.send(":irc.test 904 * :No", "PING :1", "PING :2", *GREETING)


BASE64 = base64.b64encode(b"x" * 300).decode()
FAILURES: dict[str, Way] = {
    **{n: refused(n) for n in ("902", "904", "905", "906", "907", "908")},
    "904 at once": refused_at_once,
    "904 and PING": quick_to_ping,
    "no sasl": offered("batch"),
    "nothing": offered(""),
    "no PLAIN": without_our_mechanism,
    "NAK of all": answered("NAK :batch sasl", "NAK :batch", "NAK :sasl"),
    "NAK of sasl": answered("NAK :batch sasl", "ACK :batch", "NAK :sasl"),
    "ACK of all but sasl": answered("ACK :batch", "NAK :sasl"),
    "ACK of -sasl": answered("ACK :batch -sasl"),
    "DEL of sasl": withdrawn,
    "421": said(":irc.test 421 * CAP :Unknown command"),
    "451": said(":irc.test 451 * CAP :You have not registered"),
    "001 at once": said(),
    "001 in the middle": challenged(),
    "903 unasked": said(":irc.test 903 * :Success"),
    "903 too early": challenged(":irc.test 903 * :Success"),
    "a challenge": challenged("AUTHENTICATE Zm9v"),
    "a challenge that is not base64": challenged("AUTHENTICATE !$%&"),
    "a challenge that is not ASCII": challenged("AUTHENTICATE \u3042\u3042"),
    "a challenge without end": challenged(*[f"AUTHENTICATE {BASE64}"] * 101),
    "a second challenge": asked_again,
}


@TWICE
@pytest.mark.parametrize("way", FAILURES)
def test_without_a_login_nothing_is_joined_or_said(
    server: Scripted, tmp_path: Path, way: str, again: bool, caplog: pytest.LogCaptureFixture
) -> None:
    with running(must_log_in(server, tmp_path)):
        tries = [fail(next_peer(server, again), way), fail(server.accept(), way)]

        assert server.accept().line() == "CAP LS 302"
    assert [lines[-1] for lines in tries] == ["QUIT :", "QUIT :"]
    assert not [line for lines in tries for line in lines if is_too_much(line)]
    assert [error[: len(ALARM)] for error in errors(caplog)] == [ALARM]
    assert "Traceback" not in caplog.text


def fail(peer: Peer, way: str) -> list[str]:
    """Play the server's part; gives what the bot says after it, to its end."""
    FAILURES[way](peer)
    return peer.rest()


def is_too_much(line: str) -> bool:
    return line.startswith(("CAP END", "JOIN", "PRIVMSG", "NOTICE", "MODE", "WHO"))


@pytest.mark.parametrize(
    "way", ["no sasl", "no PLAIN", "NAK of all", "NAK of sasl", "ACK of -sasl", "DEL of sasl"]
)
def test_where_there_is_no_login_none_is_begun(server: Scripted, bot: Running, way: str) -> None:
    peer = server.accept()
    fail(peer, way)

    assert not [line for line in peer.raw if line.startswith(b"AUTHENTICATE")]


ABORTED = ["903 too early", "a second challenge", *(w for w in FAILURES if "a challenge" in w)]


@pytest.mark.parametrize("way", ABORTED)
def test_a_login_that_goes_wrong_is_aborted_with_a_star(
    server: Scripted, bot: Running, way: str
) -> None:
    assert fail(server.accept(), way) == ["AUTHENTICATE *", "QUIT :"]


def silent(*steps: Way) -> Way:
    def play(peer: Peer) -> None:
        for step in steps:
            step(peer)

    return play


def asked_for_sasl(peer: Peer) -> None:
    peer.offer("sasl")
    peer.until("CAP REQ :sasl")


SILENCES: dict[str, Way] = {
    "from the start": silent(),
    "after LS": silent(lambda peer: peer.until("CAP LS")),
    "in LS": silent(lambda peer: peer.until("CAP LS"), lambda peer: peer.send("CAP * LS * :sasl")),
    "after REQ": silent(asked_for_sasl),
    "after AUTHENTICATE": silent(Peer.offer_login),
    "in a challenge": silent(Peer.offer_login, lambda peer: peer.send(f"AUTHENTICATE {BASE64}")),
    "after the secret": silent(Peer.offer_login, Peer.challenge),
    "after 900": silent(
        Peer.offer_login, Peer.challenge, lambda p: p.send(":irc.test 900 * * gsocbot :You are")
    ),
    "after DEL": silent(
        Peer.offer_login, Peer.challenge, lambda p: p.send(":irc.test CAP * DEL :sasl")
    ),
}


@TWICE
@pytest.mark.parametrize("way", SILENCES)
def test_a_login_that_is_not_gone_on_with_is_given_up(
    server: Scripted, tmp_path: Path, way: str, again: bool, caplog: pytest.LogCaptureFixture
) -> None:
    with running(must_log_in(server, tmp_path), times=QUIET):
        lines = []
        for is_first in (True, False):
            peer = next_peer(server, again and is_first)
            SILENCES[way](peer)
            started = time.monotonic()
            lines += peer.rest()
            assert time.monotonic() - started < QUIET.register

        assert server.accept().line() == "CAP LS 302"
    assert [line for line in lines if line.startswith("QUIT")] == ["QUIT :", "QUIT :"]
    assert not [line for line in lines if is_too_much(line)]
    assert [error[: len(ALARM)] for error in errors(caplog)] == [ALARM]


def test_a_silent_server_is_left_within_half_a_minute() -> None:
    times = Times()

    assert times.ask + times.step <= 30


def test_a_server_that_offers_for_ever_is_an_alarm_too(
    server: Scripted, tmp_path: Path, caplog: pytest.LogCaptureFixture
) -> None:
    """Each line of it moves things along, so that only the time for all of it runs out."""
    with running(must_log_in(server, tmp_path), times=Times(register=0.3, step=0.2, check=0.05)):
        for _ in range(2):
            peer = server.accept()
            peer.until("CAP LS")
            with pytest.raises((TimeoutError, EOFError, OSError)):  # noqa: PT012
                while True:
                    peer.send(":irc.test CAP * LS * :x")
                    time.sleep(0.05)
        server.accept()
    assert [error[: len(ALARM)] for error in errors(caplog)] == [ALARM]


def test_another_reason_is_told_too(server: Scripted, bot: Running, caplog: object) -> None:
    assert isinstance(caplog, pytest.LogCaptureFixture)
    for way in ("904", "904", "no sasl", "no sasl", "904"):
        fail(server.accept(), way)
    server.accept()

    assert errors(caplog) == [
        f"{ALARM}the server refused the login (904 No)",
        f"{ALARM}the server offers no login (sasl)",
        f"{ALARM}the server refused the login (904 No)",
    ]


def test_failed_logins_come_less_and_less_often(server: Scripted, tmp_path: Path) -> None:
    began = []
    with running(server.login_network(tmp_path)):
        for _ in range(6):
            peer = server.accept()
            began.append(time.monotonic())
            fail(peer, "no sasl")
    gaps = [after - before for before, after in pairwise(began)]

    assert gaps[4] > 2 * gaps[0]
    assert gaps[4] > 0.4  # 0.05 s, doubled four times, at least half of that


def test_services_that_are_back_let_the_bot_in(
    server: Scripted, bot: Running, caplog: pytest.LogCaptureFixture
) -> None:
    for _ in range(2):
        fail(server.accept(), "no sasl")

    assert "JOIN #gsoc" in server.accept().log_in()
    assert len(errors(caplog)) == 1


def test_services_that_go_and_come_while_the_bot_is_in_harm_nothing(peer: Peer) -> None:
    peer.log_in()
    peer.send(":irc.test CAP gsocbot DEL :sasl", ":irc.test CAP gsocbot NEW :sasl=PLAIN")

    assert peer.sync() == []


def test_who_is_logged_out_later_leaves(
    server: Scripted, peer: Peer, caplog: pytest.LogCaptureFixture
) -> None:
    peer.log_in()
    peer.send(":irc.test 901 gsocbot gsocbot!b@h :You are now logged out", *GREETING)

    assert peer.rest() == ["QUIT :"]
    assert "JOIN #gsoc" in server.accept().log_in()
    assert errors(caplog) == [f"{ALARM}the server has logged us out"]


def test_who_is_logged_out_before_the_welcome_leaves(server: Scripted, peer: Peer) -> None:
    peer.offer_login()
    peer.challenge()
    peer.send(":irc.test 903 * :Success", ":irc.test 901 * *!b@h :Logged out", *GREETING)

    assert peer.rest() == ["CAP END", "QUIT :"]


def test_where_no_login_is_wanted_none_is_missed(server: Scripted) -> None:
    with running(server.network()):
        peer = server.accept()
        peer.offer("sasl=PLAIN")
        peer.send(":irc.test 904 * :No", ":irc.test 901 * *!b@h :Out", "AUTHENTICATE +")
        peer.until("CAP END")

        assert "JOIN #gsoc" in peer.welcome()
        peer.send(":irc.test 901 gsocbot gsocbot!b@h :You are now logged out")
        assert peer.sync() == []


# --- what cannot be used


@pytest.mark.parametrize(
    ("mechanism", "content", "why"),
    [
        ("plain", None, "No such file or directory"),
        ("plain", b"\xff\xfe", "this is not UTF-8"),
        ("scram-sha-256", None, "No such file or directory"),
        ("scram-sha-256", b"bell \x07", "SCRAM cannot use this name or password"),
        (ECDSA, None, "No such file or directory"),
        (ECDSA, b"no key", "this is no private key without a password, in PEM"),
        (ECDSA, b"\xff", "this is no private key without a password, in PEM"),
        (ECDSA, "rsa", "this is no key of the curve NIST P-256"),
        (ECDSA, "P-384", "this is no key of the curve NIST P-256"),
        (ECDSA, "with a password", "this is no private key without a password, in PEM"),
        (ECDSA, "of an odd curve", "this is no private key without a password, in PEM"),
    ],
)
def test_a_secret_that_cannot_be_used_is_one_clear_line(
    server: Scripted,
    tmp_path: Path,
    mechanism: str,
    content: bytes | str | None,
    why: str,
    caplog: pytest.LogCaptureFixture,
) -> None:
    network = must_log_in(server, tmp_path, mechanism)
    file = tmp_path / "password"
    if content is None:
        file.unlink()
    else:
        file.write_bytes(KEYS[content] if isinstance(content, str) else content)
    with running(network):
        for _ in range(2):
            peer = server.accept()
            peer.offer("sasl")
            peer.until("CAP REQ :sasl")
            peer.send(":irc.test CAP * ACK :sasl")
            assert peer.rest() == ["QUIT :"]
        server.accept()

    (error,) = errors(caplog)
    assert error.startswith(ALARM)
    assert why in error
    assert "Traceback" not in caplog.text


def pem(
    key: ec.EllipticCurvePrivateKey | rsa.RSAPrivateKey, password: bytes | None = None
) -> bytes:
    """A private key as a file has it."""
    hidden = BestAvailableEncryption(password) if password else NoEncryption()
    return key.private_bytes(Encoding.PEM, PrivateFormat.PKCS8, hidden)


OWN_KEY = ec.generate_private_key(ec.SECP256R1())
KEYS = {
    "rsa": pem(rsa.generate_private_key(65537, 2048)),
    "P-384": pem(ec.generate_private_key(ec.SECP384R1())),
    "with a password": pem(OWN_KEY, b"sesame"),
    # openssl ecparam -name secp112r1 -genkey -noout
    "of an odd curve": b"""-----BEGIN EC PRIVATE KEY-----
MD4CAQEEDosh8F5T8zFxUVIDmYHMoAcGBSuBBAAGoSADHgAESD+1Rl7UEJlF5sYx
wjAYuHD6KnlKiwYrJP3hMg==
-----END EC PRIVATE KEY-----
""",
}


# --- EXTERNAL


@pytest.mark.parametrize("username", ["gsocbot", ""])
def test_external_leaves_it_to_the_certificate_who_it_is(
    server: Scripted, tmp_path: Path, username: str
) -> None:
    network = must_log_in(server, tmp_path, "external")
    assert network.sasl is not None
    login = network.sasl.model_copy(update={"username": username})
    with running(network.model_copy(update={"sasl": login})):
        peer = server.accept()
        peer.offer_login("EXTERNAL")

        assert peer.challenge() == b""
        assert peer.raw[-1] == b"AUTHENTICATE +"
        assert "JOIN #gsoc" in peer.accept_login()


# --- ECDSA-NIST256P-CHALLENGE


@pytest.fixture
def ecdsa_peer(server: Scripted, tmp_path: Path) -> Iterator[Peer]:
    """The server's side, where the bot must sign a challenge."""
    network = must_log_in(server, tmp_path, ECDSA)
    (tmp_path / "password").write_bytes(pem(OWN_KEY))
    with running(network):
        peer = server.accept()
        peer.offer_login(ECDSA.upper())
        yield peer


def test_ecdsa_signs_the_challenge_itself(ecdsa_peer: Peer) -> None:
    challenge = bytes(range(32))

    assert ecdsa_peer.challenge() == b"gsocbot"
    signature = ecdsa_peer.challenge(challenge)
    OWN_KEY.public_key().verify(signature, challenge, ec.ECDSA(Prehashed(SHA256())))
    assert "JOIN #gsoc" in ecdsa_peer.accept_login()


@pytest.mark.parametrize("length", [0, 1, 31, 33, 300, 1000])
def test_ecdsa_signs_nothing_but_32_bytes(ecdsa_peer: Peer, length: int) -> None:
    ecdsa_peer.challenge()
    send_challenge(ecdsa_peer, b"x" * length)

    assert ecdsa_peer.rest() == ["AUTHENTICATE *", "QUIT :"]


def test_ecdsa_signs_once(ecdsa_peer: Peer) -> None:
    ecdsa_peer.challenge()
    ecdsa_peer.challenge(bytes(32))
    send_challenge(ecdsa_peer, bytes(32))

    assert ecdsa_peer.rest() == ["AUTHENTICATE *", "QUIT :"]


def test_ecdsa_gives_its_name_before_it_signs(ecdsa_peer: Peer) -> None:
    send_challenge(ecdsa_peer, bytes(32))

    assert ecdsa_peer.rest() == ["AUTHENTICATE *", "QUIT :"]


def test_ecdsa_is_not_in_before_it_has_signed(ecdsa_peer: Peer) -> None:
    ecdsa_peer.challenge()
    ecdsa_peer.send(":irc.test 903 * :Success", *GREETING)

    assert ecdsa_peer.rest() == ["AUTHENTICATE *", "QUIT :"]


def send_challenge(peer: Peer, challenge: bytes) -> None:
    """Send a challenge to which no answer is due."""
    for part in sasl.lines(challenge):
        peer.send(f"AUTHENTICATE {part}")


# --- SCRAM-SHA-256


def scram_server(password: str = PASSWORD, nonce: str | None = None) -> ScramServer:
    """What a server with this password says."""
    mechanism = ScramMechanism("SCRAM-SHA-256")
    known = mechanism.make_auth_info(password)
    accounts = {ACCOUNT: known}
    return mechanism.make_server(accounts.__getitem__, s_nonce=nonce)


@pytest.fixture
def scram_peer(server: Scripted, tmp_path: Path) -> Iterator[Peer]:
    """The server's side, where the bot must log in by SCRAM."""
    with running(must_log_in(server, tmp_path, "scram-sha-256")):
        peer = server.accept()
        peer.offer_login("SCRAM-SHA-256")
        yield peer


def begin_scram(peer: Peer, scram: ScramServer) -> str:
    """Up to what the server says first."""
    scram.set_client_first(peer.challenge().decode())
    return str(scram.get_server_first())


def end_scram(peer: Peer, scram: ScramServer, first: str) -> str:
    """What the server says to the bot's proof; raises ScramException if that is wrong."""
    scram.set_client_final(peer.challenge(first.encode()).decode())
    return str(scram.get_server_final())


@TWICE
def test_scram_logs_in_where_both_know_the_password(
    server: Scripted, tmp_path: Path, again: bool
) -> None:
    with running(must_log_in(server, tmp_path, "scram-sha-256")):
        for _ in range(1 + again):
            peer, scram = server.accept(), scram_server()
            peer.offer_login("SCRAM-SHA-256")
            final = end_scram(peer, scram, begin_scram(peer, scram))

            assert peer.challenge(final.encode()) == b""
            assert peer.raw[-1] == b"AUTHENTICATE +"
            assert "JOIN #gsoc" in peer.accept_login()
            peer.close()


def test_scram_puts_long_messages_together_and_apart(scram_peer: Peer) -> None:
    scram = scram_server(nonce="n" * 900)
    first = begin_scram(scram_peer, scram)

    assert len(base64.b64encode(first.encode())) > 3 * CHUNK
    assert scram_peer.challenge(end_scram(scram_peer, scram, first).encode()) == b""
    assert "JOIN #gsoc" in scram_peer.accept_login()


@pytest.mark.parametrize(
    ("ours", "theirs"),
    [("I\u00adX", "IX"), ("\u2168", "IX"), ("pa\u0308sswo\u0308rd", "pässwörd"), ("ü" * 150,) * 2],
    ids=["soft hyphen", "roman nine", "umlauts in two parts", "300 bytes"],
)
def test_scram_prepares_a_password_as_servers_do(
    server: Scripted, tmp_path: Path, ours: str, theirs: str
) -> None:
    with running(must_log_in(server, tmp_path, "scram-sha-256", ours)):
        peer, scram = server.accept(), scram_server(theirs)
        peer.offer_login("SCRAM-SHA-256")

        assert peer.challenge(end_scram(peer, scram, begin_scram(peer, scram)).encode()) == b""
        assert "JOIN #gsoc" in peer.accept_login()


def test_scram_with_another_password_is_refused(
    server: Scripted, scram_peer: Peer, caplog: pytest.LogCaptureFixture
) -> None:
    scram = scram_server("another")
    with pytest.raises(ScramException, match="client keys don't match"):
        end_scram(scram_peer, scram, begin_scram(scram_peer, scram))
    scram_peer.send(":irc.test 904 * :SASL authentication failed", *GREETING)

    assert scram_peer.rest() == ["QUIT :"]
    server.accept()
    assert errors(caplog) == [
        f"{ALARM}the server refused the login (904 SASL authentication failed)"
    ]


FAKES = [
    "",
    "+",
    "AAAA",
    "dj1ubU1mM1FIV2NKUWk5cE1ndHFLU0tQclZueUk2c3FOTzZJN3BFLzBveUdjPQ==",
    base64.b64encode(b"v=").decode(),
    base64.b64encode(b"v=\xff").decode(),
    base64.b64encode(b"e=invalid-proof").decode(),
    base64.b64encode(b"v").decode(),
    base64.b64encode(b"m=ext,v=AAAA").decode(),
]


@pytest.mark.parametrize("fake", FAKES)
def test_scram_believes_no_server_that_does_not_know_the_password(
    scram_peer: Peer, fake: str, caplog: pytest.LogCaptureFixture
) -> None:
    scram = scram_server("another")
    with pytest.raises(ScramException):
        end_scram(scram_peer, scram, begin_scram(scram_peer, scram))
    scram_peer.send(f"AUTHENTICATE :{fake}", ":irc.test 903 * :Success", *GREETING)

    assert scram_peer.rest() == ["AUTHENTICATE *", "QUIT :"]
    assert "Traceback" not in caplog.text


def test_scram_is_not_in_before_the_server_has_shown_itself(scram_peer: Peer) -> None:
    scram = scram_server()
    end_scram(scram_peer, scram, begin_scram(scram_peer, scram))
    scram_peer.send(":irc.test 903 * :Success", *GREETING)

    assert scram_peer.rest() == ["AUTHENTICATE *", "QUIT :"]


def swapped(before: str, after: str) -> Callable[[str], str]:
    return lambda first: first.replace(before, after)


FIRSTS: dict[str, Callable[[str], str]] = {
    "another nonce": lambda first: f"r=x{first[2:]}",
    "no nonce of its own": lambda first: f"r={first[2:66]},{first.split(',', 1)[1]}",
    "one iteration": swapped("i=4096", "i=1"),
    "4095 iterations": swapped("i=4096", "i=4095"),
    "5 million iterations": swapped("i=4096", "i=5000000"),
    "a googol of iterations": swapped("i=4096", f"i=1{'0' * 100}"),
    "5000 digits of iterations": swapped("i=4096", f"i={'9' * 5000}"),
    "-1 iterations": swapped("i=4096", "i=-1"),
    "odd iterations": swapped("i=4096", "i=four"),
    "odd digits": swapped("i=4096", "i=\u0664\u0660\u0669\u0666"),
    "no salt": lambda first: ",".join(p for p in first.split(",") if p[0] != "s"),
    "odd salt": lambda first: ",".join("s=!" if p[0] == "s" else p for p in first.split(",")),
    "an error": lambda _first: "e=unknown-user",
    "an unknown error": lambda _first: "e=\u3042",
    "nothing": lambda _first: "",
    "commas": lambda _first: ",,,",
}


@pytest.mark.parametrize("first", FIRSTS)
def test_scram_answers_no_odd_server(
    scram_peer: Peer, first: str, caplog: pytest.LogCaptureFixture
) -> None:
    started = time.monotonic()
    send_challenge(scram_peer, FIRSTS[first](begin_scram(scram_peer, scram_server())).encode())

    assert scram_peer.rest() == ["AUTHENTICATE *", "QUIT :"]
    assert time.monotonic() - started < 1
    assert "Traceback" not in caplog.text


def test_scram_does_not_let_the_server_speak_first(scram_peer: Peer) -> None:
    send_challenge(scram_peer, b"r=x,s=c2FsdHNhbHRzYWx0,i=4096")

    assert scram_peer.rest() == ["AUTHENTICATE *", "QUIT :"]


def test_scram_is_not_begun_anew(scram_peer: Peer) -> None:
    scram = scram_server()
    scram_peer.challenge(end_scram(scram_peer, scram, begin_scram(scram_peer, scram)).encode())
    scram_peer.send("AUTHENTICATE +", *GREETING)

    assert scram_peer.rest() == ["AUTHENTICATE *", "QUIT :"]


# --- no secret in any log


@pytest.mark.parametrize("mechanism", MECHANISMS)
@pytest.mark.parametrize("end", ["903", "904", "a challenge that is not ASCII"])
def test_no_secret_is_in_any_log_at_any_level(
    server: Scripted,
    tmp_path: Path,
    mechanism: str,
    end: str,
    caplog: pytest.LogCaptureFixture,
) -> None:
    network = must_log_in(server, tmp_path, mechanism)
    if mechanism == ECDSA:
        (tmp_path / "password").write_bytes(pem(OWN_KEY))
    caplog.set_level(logging.NOTSET)
    caplog.set_level(logging.NOTSET, logger="irc")
    with running(network):
        peer = server.accept()
        peer.offer_login(mechanism.upper())
        scram = scram_server()
        if mechanism == "scram-sha-256":
            peer.challenge(end_scram(peer, scram, begin_scram(peer, scram)).encode())
        else:
            peer.challenge()
        if mechanism == ECDSA:
            peer.challenge(bytes(32))
        if end == "903":
            peer.accept_login()
        else:
            peer.send(":irc.test 904 * :No" if end == "904" else "AUTHENTICATE \u3042")
            peer.rest()
    responses = [line.split()[1].decode() for line in peer.raw if line.startswith(b"AUTHENTIC")]
    secrets = [*(r for r in responses if len(r) > 4 and r.lower() != mechanism), PASSWORD]
    secrets += [base64.b64encode(PASSWORD.encode()).decode().rstrip("=")]
    secrets += (tmp_path / "password").read_text().splitlines()

    assert caplog.records
    assert len(secrets) > 3 or mechanism == "external"  # which answers with nothing
    assert not [secret for secret in secrets if secret in caplog.text]
