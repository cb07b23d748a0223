"""Getting in over TLS: who cannot show who they are learn nothing, least of all a password."""

import socket
import ssl
from collections.abc import Callable
from contextlib import suppress
from pathlib import Path

import pytest

from tests.irc.networks import over_tls, plain_login, real
from tests.irc.running import running, wait_until
from tests.servers.certificates import Authority, Certificate, self_signed
from tests.servers.proxy import Proxy

KINDS = pytest.mark.parametrize("kind", ["ngircd", "inspircd"])
GOODBYE = 24
"""The bytes of an alert, which ends a TLS connection; `CAP LS 302` alone would be 34."""

DOUBTFUL: dict[str, Callable[[Authority, Path], Certificate]] = {
    "self-signed": lambda _, folder: self_signed(folder, "self"),
    "expired": lambda authority, _: authority.issue("expired", days=-1),
    "wrong name": lambda authority, _: authority.issue("else", host="irc.example.org"),
    "other CA": lambda _, folder: Authority(folder).issue("other"),
}


@pytest.fixture(scope="module")
def authority(tmp_path_factory: pytest.TempPathFactory) -> Authority:
    """The CA that the bot is told to trust."""
    return Authority(tmp_path_factory.mktemp("authority"))


def shake_hands(proxy: Proxy) -> int:
    """How many bytes a TLS handshake takes of somebody who believes anybody and says nothing."""
    context = ssl.create_default_context()
    context.check_hostname = False
    context.verify_mode = ssl.CERT_NONE
    with (
        socket.create_connection(("127.0.0.1", proxy.port)) as plain,
        context.wrap_socket(plain) as tls,
    ):
        tls.settimeout(0.1)
        with suppress(TimeoutError):  # its last bytes are on their way
            tls.recv(1)
        return len(proxy.said[0])


@KINDS
def test_a_server_is_joined_that_our_own_ca_vouches_for(kind: str, authority: Authority) -> None:
    certificate = authority.issue(f"good-{kind}")
    with (
        real(kind, fast=True, certificate=certificate) as server,
        Proxy(server.tls_port or 0) as proxy,
    ):
        handshake = shake_hands(proxy)
        with running(over_tls(server, port=proxy.port)) as bot:
            bot.wait_joined()

        assert len(proxy.said[1]) > handshake + GOODBYE


@KINDS
@pytest.mark.parametrize("doubtful", DOUBTFUL)
def test_a_server_that_cannot_show_who_it_is_is_told_nothing(
    kind: str, doubtful: str, authority: Authority, tmp_path: Path
) -> None:
    certificate = DOUBTFUL[doubtful](authority, tmp_path)
    login = plain_login("gsocbot", "secret", tmp_path)
    with (
        real(kind, fast=True, certificate=certificate) as server,
        Proxy(server.tls_port or 0) as proxy,
    ):
        handshake = shake_hands(proxy)
        settings = over_tls(server, port=proxy.port, tls_ca=authority.ca, sasl=login)
        with running(settings) as bot:
            wait_until(lambda: len(proxy.said) > 2)

            assert not bot.link.up
        assert max(len(said) for said in proxy.said[1:]) <= handshake


@KINDS
def test_a_server_with_the_right_fingerprint_is_joined_without_a_ca(
    kind: str, tmp_path: Path
) -> None:
    certificate = self_signed(tmp_path, "own")
    with real(kind, fast=True, certificate=certificate) as server:
        settings = over_tls(server, tls_ca=None, tls_fingerprints=(certificate.fingerprint,))
        with running(settings) as bot:
            bot.wait_joined()


@KINDS
def test_a_server_with_a_wrong_fingerprint_is_told_nothing(
    kind: str, authority: Authority, tmp_path: Path
) -> None:
    login = plain_login("gsocbot", "secret", tmp_path)
    wrong = ("0" * 64,)
    with (
        real(kind, fast=True, certificate=authority.issue(f"wrong-{kind}")) as server,
        Proxy(server.tls_port or 0) as proxy,
    ):
        handshake = shake_hands(proxy)
        with running(over_tls(server, port=proxy.port, tls_fingerprints=wrong, sasl=login)) as bot:
            wait_until(lambda: len(proxy.said) > 2)

            assert not bot.link.up
        assert max(len(said) for said in proxy.said[1:]) <= handshake + GOODBYE
