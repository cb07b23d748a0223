"""gsocbot mail test: a mail now, or in one line what is wrong."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.cli.conftest import CONFIG, Place
from tests.servers.certificates import Authority, self_signed
from tests.servers.smtp import PASSWORD, USERNAME, Smtp, free_port, serving, text_of

MAIL = """
[mail]
host = "localhost"
port = {port}
username = "{username}"
password_file = "mail-password"
tls_ca = "{ca}"
sender = "gsocbot@example.org"
"""
TO = '[season.test.mail]\nto = ["odile@example.org", "tomas@example.org"]\n'

# aiosmtpd cannot be told that TLS has begun already.
pytestmark = pytest.mark.filterwarnings("ignore:Requiring AUTH while not requiring TLS")


@pytest.fixture(scope="module")
def authority(tmp_path_factory: pytest.TempPathFactory) -> Authority:
    return Authority(tmp_path_factory.mktemp("authority"))


@pytest.fixture
def server(authority: Authority) -> Iterator[Smtp]:
    with serving(certificate=authority.issue("m"), implicit=True, needs_login=True) as started:
        yield started


def configure(place: Place, port: int, ca: Path, to: str = TO, password: str = PASSWORD) -> None:
    """Write a config with mail."""
    text = MAIL.format(port=port, username=USERNAME, ca=ca)
    place.write("gsocbot.toml", CONFIG + to + text)
    place.write("mail-password", f"{password}\n").chmod(0o600)


def fault(place: Place, *words: str) -> str:
    return place.refuses("mail", "test", *words)


def test_all_who_get_mail_get_a_test(place: Place, server: Smtp, authority: Authority) -> None:
    configure(place, server.port, authority.ca)

    done = place.works("mail", "test")

    assert done.lines == [
        "odile@example.org: localhost has taken it",
        "tomas@example.org: localhost has taken it",
    ]
    assert server.recipients == ["odile@example.org", "tomas@example.org"]
    assert text_of(server.mail[0]).startswith("This is a test of gsocbot's mail, by way of local")
    assert not place.store.exists()


def test_an_address_that_is_named_gets_it_alone(
    place: Place, server: Smtp, authority: Authority
) -> None:
    configure(place, server.port, authority.ca, to="")
    assert fault(place) == ("nobody gets mail yet; say to whom: gsocbot mail test YOU@example.org")

    assert place.run("mail", "test", "ana@example.org").status == 0

    assert server.recipients == ["ana@example.org"]


def test_a_wrong_password_is_one_line(place: Place, server: Smtp, authority: Authority) -> None:
    configure(place, server.port, authority.ca, password="not-it")

    assert fault(place).startswith(
        f"odile@example.org: localhost:{server.port} refuses the login of gsocbot: 535 "
    )


def test_a_certificate_that_is_not_trusted_is_one_line(
    place: Place, server: Smtp, tmp_path: Path
) -> None:
    configure(place, server.port, self_signed(tmp_path, "other").file)

    assert fault(place) == (
        f"odile@example.org: the certificate of localhost:{server.port} is not trusted: unable to "
        "get local issuer certificate; mail.tls_ca may name what to trust"
    )


def test_a_server_that_is_not_there_is_one_line(place: Place, authority: Authority) -> None:
    port = free_port()
    configure(place, port, authority.ca)

    assert fault(place) == f"odile@example.org: nothing answers at localhost:{port}"


def test_an_address_that_is_refused_is_one_line(
    place: Place, server: Smtp, authority: Authority
) -> None:
    configure(place, server.port, authority.ca)
    server.answers["eve@example.org"] = "550 5.1.1 no such user"

    why = f"localhost:{server.port} says 550 5.1.1 no such user"
    assert fault(place, "eve@example.org") == f"eve@example.org: {why}"


@pytest.mark.parametrize(
    "address", ["eve", "a@b@c.org", "eve@x.org\r\nRCPT TO:<a@b.org>", "ä@x.org"]
)
def test_what_is_no_address_is_one_line(
    place: Place, server: Smtp, authority: Authority, address: str
) -> None:
    configure(place, server.port, authority.ca)

    assert fault(place, address).endswith(" is no mail address")
    assert server.seen == []


def test_a_config_without_mail_says_what_it_lacks(place: Place) -> None:
    lacks = "has no [mail]; docs/configuration.md says what it has"

    assert fault(place) == f"{place.config} {lacks}"
