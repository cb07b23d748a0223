"""The servers that the tests run do what the tests count on."""

import ssl
from collections.abc import Iterator

import pytest
from sqlalchemy import NullPool, create_engine, text

from tests.servers import ircd
from tests.servers.client import Client, parse
from tests.servers.ircd import Ircd


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
