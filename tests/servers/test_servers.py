"""The servers that the tests run do what the tests count on."""

import ssl
import time
from collections.abc import Iterator
from pathlib import Path

import pytest
from sqlalchemy import NullPool, create_engine, text

from tests.servers import ircd
from tests.servers.certificates import Authority, public_point, self_signed
from tests.servers.client import Address, Client, parse
from tests.servers.ircd import Ircd
from tests.servers.proxy import Proxy


@pytest.fixture(params=["ngircd", "inspircd", "services"])
def server(request: pytest.FixtureRequest) -> Ircd:
    """Give each kind of server in turn."""
    found = request.getfixturevalue(request.param)
    assert isinstance(found, Ircd)
    return found


@pytest.fixture
def own_ngircd() -> Iterator[Ircd]:
    """Give a server that the test may break."""
    if not ircd.available("ngircd"):
        pytest.skip("ngircd is not installed: tools/system-packages installs it")
    with ircd.running("ngircd", fast=True, password="sesame") as started:
        yield started


def test_two_people_talk_in_a_channel_one_of_them_over_verified_tls(server: Ircd) -> None:
    with Client(server, "ana", tls=True) as ana, Client(server, "kofi") as kofi:
        kofi.join("#gsoc")
        ana.join("#gsoc")
        ana.say("#gsoc", "hello: world")
        line = kofi.wait("PRIVMSG")

    assert (line.nick, line.params) == ("ana", ("#gsoc", "hello: world"))


def test_a_certificate_of_unknown_origin_is_refused(server: Ircd) -> None:
    with pytest.raises(ssl.SSLCertVerificationError):
        Client(server, "ana", tls=ssl.create_default_context())


def test_a_nick_in_use_is_refused(ngircd: Ircd) -> None:
    with Client(ngircd, "ana"), pytest.raises(ConnectionError, match="433"):
        Client(ngircd, "ana")


def test_what_an_account_says_carries_the_account(services: Ircd) -> None:
    services.register("mentor1", "secret")

    with (
        Client(services, "ana", sasl=("PLAIN", "mentor1", "secret")) as ana,
        Client(services, "kofi", caps=("account-tag", "message-tags", "server-time")) as kofi,
    ):
        kofi.join("#gsoc")
        ana.join("#gsoc")
        ana.say("#gsoc", "hello")
        line = kofi.wait("PRIVMSG")

    assert line.tags["account"] == "mentor1"
    assert line.tags.keys() >= {"msgid", "time"}


def test_a_wrong_password_is_refused(services: Ircd) -> None:
    with pytest.raises(ConnectionError, match="904"):
        Client(services, "ana", sasl=("PLAIN", "nobody", "wrong"))


def test_a_paused_server_is_silent_and_answers_later(own_ngircd: Ircd) -> None:
    with Client(own_ngircd, "ana") as ana:
        own_ngircd.pause()
        ana.send("PING :early")
        silence = ana.lines_for(0.3)
        own_ngircd.resume()

        assert silence == []
        assert ana.wait("PONG").text == "early"


def test_a_killed_server_ends_connections_and_starts_again(own_ngircd: Ircd) -> None:
    with Client(own_ngircd, "ana") as ana:
        own_ngircd.kill()
        with pytest.raises(ConnectionError):
            ana.wait("PONG")

    own_ngircd.start()

    Client(own_ngircd, "ana").close()


def test_accounts_outlive_a_killed_server(services: Ircd) -> None:
    services.register("mentor2", "secret")
    services.kill()
    services.start()

    Client(services, "ana", sasl=("PLAIN", "mentor2", "secret")).close()


def test_an_account_is_logged_in_by_a_certificate_or_a_key(services: Ircd, tmp_path: Path) -> None:
    own = self_signed(tmp_path, "own")
    point = public_point(own.key)
    services.register("keyed", "secret", f"CERT ADD {own.fingerprint}", f"SET PUBKEY {point}")
    context = services.tls()
    context.load_cert_chain(own.file, own.key)

    Client(services, "ana", tls=context, sasl=("EXTERNAL", "", "")).close()
    Client(services, "ana", sasl=("ECDSA-NIST256P-CHALLENGE", "keyed", str(own.key))).close()


@pytest.mark.parametrize(
    ("doubt", "days", "host"),
    [("has expired", -1, "localhost"), ("Hostname mismatch", 2, "irc.example.org")],
)
def test_a_bad_certificate_is_refused(tmp_path: Path, doubt: str, days: int, host: str) -> None:
    if not ircd.available("ngircd"):
        pytest.skip("ngircd is not installed: tools/system-packages installs it")
    bad = Authority(tmp_path).issue("bad", host=host, days=days)

    with (
        ircd.running("ngircd", fast=True, certificate=bad) as server,
        pytest.raises(ssl.SSLCertVerificationError, match=doubt),
    ):
        Client(server, "ana", tls=True)


def test_two_servers_part_and_meet_again() -> None:
    if not ircd.available("inspircd+atheme"):
        pytest.skip("inspircd+atheme is not installed: tools/system-packages installs it")
    with ircd.running_pair() as pair, Client(pair.near, "ana") as ana:
        ana.join("#gsoc")
        pair.far_oper.send("JOIN #gsoc")
        ana.wait("JOIN")
        pair.split()
        parted = ana.wait("QUIT")
        pair.rejoin()
        back = ana.wait("JOIN")

    assert (parted.nick, parted.text, back.nick) == ("faroper", "irc.test far.test", "faroper")


@pytest.fixture
def proxied(own_ngircd: Ircd) -> Iterator[tuple[Proxy, Client]]:
    """Somebody on a server behind a proxy."""
    with Proxy(own_ngircd.port) as proxy:
        behind = Address("127.0.0.1", proxy.port, password="sesame")
        with Client(behind, "ana") as ana:
            yield proxy, ana


def test_a_silent_network_holds_everything_back_until_it_heals(
    proxied: tuple[Proxy, Client],
) -> None:
    proxy, ana = proxied
    proxy.silence()
    ana.send("PING :early")
    silence = ana.lines_for(0.2)
    proxy.heal()

    assert silence == []
    assert ana.wait("PONG").text == "early"
    assert proxy.said[0].endswith(b"PING :early\r\n")


def test_a_slow_network_takes_its_time_both_ways(proxied: tuple[Proxy, Client]) -> None:
    proxy, ana = proxied
    proxy.delay = 0.1
    started = time.monotonic()
    ana.send("PING :slow")
    ana.wait("PONG")

    assert time.monotonic() - started >= 0.2


def test_a_connection_that_is_reset_ends_hard(proxied: tuple[Proxy, Client]) -> None:
    proxy, ana = proxied
    proxy.reset()

    with pytest.raises(ConnectionResetError):
        ana.wait("PONG")


def test_postgresql_takes_a_table_in_a_database_of_its_own(postgres_url: str) -> None:
    engine = create_engine(postgres_url, poolclass=NullPool)
    with engine.begin() as connection:
        connection.execute(text("CREATE TABLE idea (slug text PRIMARY KEY)"))
        connection.execute(text("INSERT INTO idea VALUES ('sans-io')"))

    with engine.connect() as connection:
        assert connection.execute(text("SELECT slug FROM idea")).scalars().all() == ["sans-io"]


@pytest.mark.parametrize(
    ("raw", "nick", "command", "params", "tags"),
    [
        ("PING :a b", "", "PING", ("a b",), {}),
        (":irc.test 001 ana :Hi", "irc.test", "001", ("ana", "Hi"), {}),
        ("@a=1\\s2\\:;b :x!y@z join #c", "x", "JOIN", ("#c",), {"a": "1 2;", "b": ""}),
    ],
)
def test_a_line_is_taken_apart(
    raw: str, nick: str, command: str, params: tuple[str, ...], tags: dict[str, str]
) -> None:
    line = parse(raw)

    assert (line.nick, line.command, line.params, line.tags) == (nick, command, params, tags)
