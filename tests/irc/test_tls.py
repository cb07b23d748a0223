"""TLS with a server that misbehaves, or is not the one it should be: nothing is written to it."""

import logging
import socket
import time
from collections.abc import Iterator
from contextlib import ExitStack, suppress
from pathlib import Path

import pytest

from gsocbot.irc.sts import Policies
from gsocbot.irc.times import Times
from tests.faults.process import installed
from tests.irc.running import AT, running, wait_until
from tests.irc.scripted import HOST, Identity, Peer, Scripted

SYN_SENT = "02"
SOON = 1.5
"""Seconds within which a process that is asked to end has ended."""


@pytest.fixture
def server() -> Iterator[Scripted]:
    with Scripted() as listening:
        yield listening


@pytest.fixture(scope="module")
def identity(tmp_path_factory: pytest.TempPathFactory) -> Identity:
    """Who the server is."""
    return Identity(tmp_path_factory.mktemp("identity"))


@pytest.fixture(scope="module")
def other(tmp_path_factory: pytest.TempPathFactory) -> Identity:
    """Somebody else."""
    return Identity(tmp_path_factory.mktemp("other"))


def colons(fingerprint: str) -> str:
    return ":".join(fingerprint[i : i + 2] for i in range(0, 64, 2))


WAYS = {
    "plain": str.lower,
    "upper case": str.upper,
    "colons": colons,
    "both": lambda fingerprint: colons(fingerprint).upper(),
}


@pytest.mark.parametrize("way", WAYS)
def test_a_fingerprint_may_be_written_in_several_ways(
    server: Scripted, identity: Identity, way: str
) -> None:
    fingerprints = ("0" * 64, WAYS[way](identity.fingerprint))
    with running(server.network(tls=True, tls_fingerprints=fingerprints)):
        peer = server.accept(tls=identity.context)

        assert [peer.line() for _ in range(3)] == [
            "CAP LS 302",
            "NICK gsocbot",
            "USER gsocbot 0 * :gsocbot",
        ]
        peer.close()


def test_who_is_believed_is_logged_in_to(
    server: Scripted, identity: Identity, tmp_path: Path
) -> None:
    settings = server.login_network(tmp_path, tls=True, tls_ca=identity.file)
    with running(settings) as bot:
        peer = server.accept(tls=identity.context)
        peer.until("USER ")
        peer.send(":irc.test CAP * LS :sasl=PLAIN")
        peer.until("CAP REQ :sasl")
        peer.send(":irc.test CAP * ACK :sasl")
        peer.until("AUTHENTICATE PLAIN")

        assert peer.challenge() == b"gsocbot\0gsocbot\0sesame"
        assert "JOIN #gsoc" in peer.accept_login()
        assert bot.link.up
        peer.close()


@pytest.mark.parametrize("trust", ["fingerprint", "CA", "nobody"])
@pytest.mark.parametrize("password", [False, True], ids=["", "with a server password"])
def test_who_is_not_believed_is_told_nothing(
    server: Scripted,
    identity: Identity,
    other: Identity,
    trust: str,
    password: bool,
    tmp_path: Path,
    caplog: pytest.LogCaptureFixture,
) -> None:
    (tmp_path / "server-password").write_text("secret")
    settings = server.login_network(
        tmp_path,
        tls=True,
        tls_fingerprints=(other.fingerprint,) if trust == "fingerprint" else (),
        tls_ca=other.file if trust == "CA" else None,
        server_password_file=tmp_path / "server-password" if password else None,
    )
    with running(settings) as bot:
        for _ in range(2):
            assert told(server.accept(), identity) == b""
        server.accept().close()
        assert not bot.link.up
    assert "Traceback" not in caplog.text
    if trust == "fingerprint":
        assert f"has another fingerprint: {identity.fingerprint}" in caplog.text
    else:
        assert "CERTIFICATE_VERIFY_FAILED" in caplog.text


def told(peer: Peer, identity: Identity) -> bytes:
    """What the bot says over TLS, to its end; nothing if it refuses the handshake."""
    try:
        peer.shake_hands(identity.context)
    except OSError:
        return b""
    with suppress(OSError):
        peer.send(":irc.test CAP * LS :sasl", "PING :1", "ERROR :go on")
    return peer.all_bytes()


@pytest.mark.parametrize("line", ["CAP * LS :sts=duration=600", "PING :1", "ERROR :K-lined"])
def test_who_is_not_believed_is_not_heard_either(
    server: Scripted,
    other: Identity,
    line: str,
    tmp_path: Path,
    caplog: pytest.LogCaptureFixture,
) -> None:
    """What it says may be here together with its certificate."""
    impostor = Identity(tmp_path)
    policies = Policies()
    settings = server.network(tls=True, tls_fingerprints=(other.fingerprint,))
    with running(settings, policies=policies):
        peer = server.accept()
        peer.speak_early(impostor.context, f":irc.test {line}")
        peer.all_bytes()
        server.accept().close()  # it is back soon, so it does not think itself banned

    assert policies.of(HOST, AT) is None
    assert [r.getMessage() for r in caplog.records if r.levelno >= logging.ERROR] == []


def test_a_server_may_speak_before_it_is_spoken_to(
    server: Scripted, tmp_path: Path, caplog: pytest.LogCaptureFixture
) -> None:
    identity = Identity(tmp_path)
    with running(server.network(tls=True, tls_fingerprints=(identity.fingerprint,))) as bot:
        peer = server.accept()
        peer.speak_early(identity.context, ":irc.test NOTICE * :*** Looking up", "PING :cookie")
        peer.wait_for_bytes()
        assert not bot.link.up
    # asyncio of Python 3.11.2 stumbles over a transport of its own that it aborts too late.
    assert [r.getMessage() for r in caplog.records if r.exc_info and r.name != "asyncio"] == []


def test_a_fingerprint_that_is_wrong_outweighs_a_ca_that_is_right(
    server: Scripted, identity: Identity, other: Identity
) -> None:
    settings = server.network(tls=True, tls_ca=identity.file, tls_fingerprints=(other.fingerprint,))
    with running(settings):
        assert told(server.accept(), identity) == b""


def test_a_server_on_the_wrong_port_is_told_nothing_it_could_read(
    server: Scripted, identity: Identity
) -> None:
    """A port without TLS: there is the beginning of a handshake, and no line."""
    with running(server.network(tls=True, tls_ca=identity.file)):
        peer = server.accept()
        peer.send(":irc.test NOTICE * :*** Looking up your hostname", ":irc.test CAP * LS :")
        said = peer.all_bytes()

        assert said[:2] == b"\x16\x03"
        assert not [word for word in (b"CAP", b"NICK", b"QUIT") if word in said]
        server.accept()


def test_a_handshake_that_never_comes_is_given_up(
    server: Scripted, identity: Identity, caplog: pytest.LogCaptureFixture
) -> None:
    times = Times(connect=2, tls=0.3, register=5)
    with running(server.network(tls=True, tls_ca=identity.file), times=times):
        peer = server.accept()
        started = time.monotonic()
        peer.all_bytes()

        assert 0.2 < time.monotonic() - started < 1.5
        server.accept().close()
    assert "handshake is taking longer than 0.3 seconds" in caplog.text


def test_who_hangs_up_in_the_handshake_is_tried_again(
    server: Scripted, identity: Identity, caplog: pytest.LogCaptureFixture
) -> None:
    with running(server.network(tls=True, tls_ca=identity.file)):
        server.accept().close()
        server.accept().reset()
        peer = server.accept(tls=identity.context)

        assert peer.line() == "CAP LS 302"
        peer.close()
    assert "Traceback" not in caplog.text


def test_leaving_does_not_wait_for_a_handshake(server: Scripted, identity: Identity) -> None:
    with running(server.network(tls=True, tls_ca=identity.file)):
        peer = server.accept()
        started = time.monotonic()
    peer.all_bytes()

    assert time.monotonic() - started < 1


def test_the_process_ends_in_a_handshake_at_once(server: Scripted, tmp_path: Path) -> None:
    with installed(tmp_path, server.port, tls=True) as bot:
        bot.start()
        peer = server.accept(timeout=20)
        peer.wait_for_bytes()
        status, seconds = bot.terminate()

    assert (status, seconds < SOON) == (0, True), seconds


def test_the_process_ends_while_it_connects_at_once(tmp_path: Path) -> None:
    with ExitStack() as stack:
        full = stack.enter_context(socket.create_server((HOST, 0), backlog=0))
        port = full.getsockname()[1]
        for _ in range(2):  # one more than the backlog: from now on nobody gets an answer
            client = stack.enter_context(socket.socket())
            client.setblocking(False)
            with suppress(BlockingIOError):
                client.connect((HOST, port))
        wait_until(lambda: len(connecting(port)) == 1)
        bot = stack.enter_context(installed(tmp_path, port))
        bot.start()
        wait_until(lambda: len(connecting(port)) == 2, timeout=20)
        status, seconds = bot.terminate()

    assert (status, seconds < SOON) == (0, True), seconds


def connecting(port: int) -> set[str]:
    """The sockets of this machine that have asked for a connection to a port and wait.

    Where sockets come and go while the list is read, it may have one twice.
    """
    lines = [line.split() for line in Path("/proc/net/tcp").read_text().splitlines()[1:]]
    return {word[1] for word in lines if word[2].endswith(f":{port:04X}") and word[3] == SYN_SENT}
