"""Logging in to services, each way there is; and waiting for services that are gone."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from gsocbot.config import Mechanism, Sasl
from tests.irc.networks import CHANNEL, account_of, names_in, over_tls, plain_login
from tests.irc.running import running
from tests.servers.certificates import Certificate, public_point, self_signed
from tests.servers.client import Client
from tests.servers.ircd import Ircd

ACCOUNT = "loginbot"


@pytest.fixture(scope="module")
def own(tmp_path_factory: pytest.TempPathFactory) -> Certificate:
    """The bot's own certificate and key."""
    return self_signed(tmp_path_factory.mktemp("own"), "bot")


@pytest.fixture(scope="module")
def known(services: Ircd, own: Certificate) -> Ircd:
    """Services that know the bot by a password, by a certificate and by a key."""
    point = public_point(own.key)
    services.register(ACCOUNT, "secret", f"CERT ADD {own.fingerprint}", f"SET PUBKEY {point}")
    return services


@pytest.fixture(scope="module")
def watcher(services: Ircd) -> Iterator[Client]:
    """Somebody who sees who comes."""
    with Client(services, "watcher") as somebody:
        somebody.join(CHANNEL)
        yield somebody


def login(mechanism: Mechanism, shown: Certificate, folder: Path) -> Sasl:
    """How to log in to the account, by password, certificate or key."""
    if mechanism is Mechanism.PLAIN:
        return plain_login(ACCOUNT, "secret", folder)
    certificate = shown.file if mechanism is Mechanism.EXTERNAL else None
    return Sasl(mechanism=mechanism, username=ACCOUNT, cert_file=certificate, key_file=shown.key)


@pytest.mark.parametrize("mechanism", [Mechanism.PLAIN, Mechanism.EXTERNAL, Mechanism.ECDSA])
def test_the_bot_is_logged_in_when_it_joins(
    known: Ircd, own: Certificate, watcher: Client, mechanism: Mechanism, tmp_path: Path
) -> None:
    settings = over_tls(known, nick=ACCOUNT, sasl=login(mechanism, own, tmp_path))
    with running(settings):
        assert watcher.wait("JOIN").nick == ACCOUNT
        assert account_of(watcher, ACCOUNT) == ACCOUNT


def test_a_certificate_that_services_do_not_know_is_no_login(
    known: Ircd, watcher: Client, tmp_path: Path
) -> None:
    other = self_signed(tmp_path, "other")
    settings = over_tls(known, nick=ACCOUNT, sasl=login(Mechanism.EXTERNAL, other, tmp_path))
    watcher.lines_for(0)
    with running(settings) as bot:
        seen = watcher.lines_for(1.2)

        assert [line for line in seen if line.command == "JOIN"] == []
        assert not bot.link.up


def test_without_services_the_bot_stays_out_until_they_are_back(
    known: Ircd, watcher: Client, tmp_path: Path
) -> None:
    assert known.services is not None
    watcher.lines_for(0)
    known.services.stop()
    own = plain_login(ACCOUNT, "secret", tmp_path)
    with running(over_tls(known, nick=ACCOUNT, sasl=own)) as bot:
        try:
            seen = watcher.lines_for(1.5)
        finally:
            known.services.start()
        bot.wait_joined()

        assert [line for line in seen if line.command == "JOIN"] == []
        assert names_in(CHANNEL, watcher) == [ACCOUNT]
        assert account_of(watcher, ACCOUNT) == ACCOUNT
