"""One mail through a real server: it is taken, or in words why not, and nothing leaks."""

import asyncio
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest

from gsocbot.config import Mail, MailTls
from gsocbot.mail.letter import letter
from gsocbot.mail.sending import (
    NeverTaken,
    NoAnswer,
    NoServer,
    NotNow,
    Times,
    Unsent,
    send,
)
from tests.servers.certificates import Authority, Certificate, self_signed
from tests.servers.smtp import PASSWORD, USERNAME, Smtp, free_port, serving, text_of

NOW = datetime(2026, 3, 2, 7, tzinfo=UTC)
SHORT = Times(answer=0.5, until_text=2, text=0.5)
ODILE = "odile@example.org"

# aiosmtpd cannot be told that TLS has begun already.
pytestmark = pytest.mark.filterwarnings("ignore:Requiring AUTH while not requiring TLS")


@pytest.fixture(scope="module")
def authority(tmp_path_factory: pytest.TempPathFactory) -> Authority:
    return Authority(tmp_path_factory.mktemp("authority"))


@pytest.fixture(scope="module")
def certificate(authority: Authority) -> Certificate:
    return authority.issue("mail")


@pytest.fixture
def plain() -> Iterator[Smtp]:
    """A server without TLS, as it may stand on the same machine."""
    with serving() as server:
        yield server


def settings(server: Smtp, **more: Any) -> Mail:
    values = {"host": "localhost", "port": server.port, "sender": "bot@example.org"}
    if server.certificate is None:
        values |= {"tls": MailTls.NONE, "host": "127.0.0.1"}
    else:
        values |= {"tls_ca": server.certificate.ca}
        values |= {"tls": MailTls.IMPLICIT if server.implicit else MailTls.STARTTLS}
    return Mail(**(values | more))


def sent(mail: Mail, to: str = ODILE, subject: str = "A test", begins: bool = True) -> list[str]:
    """Send one; says whether the text was begun."""
    begun: list[str] = []

    async def begin() -> bool:
        begun.append(to)
        return begins

    message = letter(
        sender=mail.sender, to=to, subject=subject, text="Grüße ✓\n", occasion="x", now=NOW
    )
    asyncio.run(send(mail, message, begin, SHORT))
    return begun


def refused(mail: Mail, kind: type[Unsent], to: str = ODILE) -> str:
    with pytest.raises(kind) as caught:
        sent(mail, to)
    assert type(caught.value) is kind
    return str(caught.value).replace(str(mail.port), "PORT")


def secret(folder: Path, text: str = f"{PASSWORD}\n") -> Path:
    file = folder / "password"
    file.write_text(text)
    file.chmod(0o600)
    return file


def test_a_mail_says_who_it_is_from_and_that_nobody_wrote_it(plain: Smtp) -> None:
    assert sent(settings(plain), subject="Fällig: 1 Datum") == [ODILE]

    (mail,) = plain.mail
    assert plain.recipients == [ODILE]
    assert text_of(mail) == "Grüße ✓\n"
    headers = {name: str(value) for name, value in mail.items()}
    assert headers.pop("Message-ID").endswith("@example.org>")
    assert headers == {
        "From": "gsocbot <bot@example.org>",
        "To": ODILE,
        "Subject": "Fällig: 1 Datum",
        "Date": "Mon, 02 Mar 2026 07:00:00 +0000",
        "Auto-Submitted": "auto-generated",
        "MIME-Version": "1.0",
        "Content-Type": 'text/plain; charset="utf-8"',
        "Content-Transfer-Encoding": "quoted-printable",
    }


@pytest.mark.parametrize("implicit", [True, False])
def test_a_mail_goes_out_over_tls_and_with_a_login(
    certificate: Certificate, tmp_path: Path, implicit: bool
) -> None:
    with serving(certificate=certificate, implicit=implicit, needs_login=True) as server:
        login = {"username": USERNAME, "password_file": secret(tmp_path)}
        sent(settings(server, **login))

        assert server.recipients == [ODILE]


def test_no_line_end_gets_into_a_header() -> None:
    with pytest.raises(ValueError, match="linefeed"):
        letter(
            sender="b@x.org", to=ODILE, subject="a\r\nBcc: e@x.org", text="", occasion="", now=NOW
        )


def test_the_same_mail_has_the_same_id_and_another_has_another() -> None:
    def named(occasion: str, to: str, text: str) -> str:
        made = letter(sender="b@x.org", to=to, subject="", text=text, occasion=occasion, now=NOW)
        return str(made["Message-ID"])

    assert named("s 2026-03-02", ODILE, "one") == named("s 2026-03-02", ODILE, "two")
    others = {named("s 2026-03-03", ODILE, ""), named("s 2026-03-02", "ana@x.org", "")}
    assert len(others | {named("s 2026-03-02", ODILE, "")}) == 3


def test_nothing_is_sent_if_the_row_is_somebody_elses(plain: Smtp) -> None:
    sent(settings(plain), begins=False)

    assert (plain.mail, plain.count("DATA")) == ([], 0)


# --- no


def test_a_recipient_who_is_not_there_is_a_no_for_good(plain: Smtp) -> None:
    plain.answers[ODILE] = f"550 5.1.1 <{ODILE}>: no such user"

    why = refused(settings(plain), NeverTaken)

    assert why == f"127.0.0.1:PORT says 550 5.1.1 <{ODILE}>: no such user"
    assert plain.count("DATA") == 0


@pytest.mark.parametrize(
    ("at", "answer", "kind"),
    [
        ("MAIL", "553 5.7.1 not your address", NeverTaken),
        ("RCPT", "450 4.2.0 greylisted, try again", NotNow),
        ("RCPT", "421 4.3.2 shutting down", NoServer),
        ("DATA", "451 4.3.0 no room", NotNow),
        ("DATA", "554 5.7.1 no thanks", NeverTaken),
        ("TEXT", "554 5.7.1 looks like spam", NeverTaken),
        ("TEXT", "452 4.3.1 no room", NotNow),
        ("TEXT", "421 4.3.2 shutting down", NoServer),
    ],
)
def test_a_no_is_for_good_or_for_now(plain: Smtp, at: str, answer: str, kind: type[Unsent]) -> None:
    plain.answers[at] = answer

    assert refused(settings(plain), kind) == f"127.0.0.1:PORT says {answer}"
    assert plain.mail == []


def test_a_server_that_does_not_want_to_talk_is_tried_later(plain: Smtp) -> None:
    plain.answers["GREETING"] = "421 4.7.0 too many connections"

    why = refused(settings(plain), NoServer)

    assert why == "127.0.0.1:PORT does not want to talk: 421 4.7.0 too many connections"


@pytest.mark.parametrize("at", ["GREETING", "MAIL", "RCPT"])
def test_a_server_that_falls_silent_is_given_up(plain: Smtp, at: str) -> None:
    plain.hangs = at

    assert refused(settings(plain), NoServer) == "127.0.0.1:PORT does not answer"


@pytest.mark.parametrize("at", ["GREETING", "MAIL", "RCPT"])
def test_a_server_that_hangs_up_is_tried_later(plain: Smtp, at: str) -> None:
    plain.drops = at

    assert refused(settings(plain), NoServer) == "127.0.0.1:PORT hangs up"


@pytest.mark.parametrize("how", ["hangs", "drops"])
@pytest.mark.parametrize("at", ["DATA", "TEXT"])
def test_nobody_knows_what_became_of_a_text_without_an_answer(
    plain: Smtp, how: str, at: str
) -> None:
    setattr(plain, how, at)

    why = refused(settings(plain), NoAnswer)

    assert why == "127.0.0.1:PORT did not say whether it took the text"


# --- what an organiser has to mend


def test_a_wrong_password_is_named_without_the_password(
    certificate: Certificate, tmp_path: Path
) -> None:
    with serving(certificate=certificate, implicit=True, needs_login=True) as server:
        login = {"username": USERNAME, "password_file": secret(tmp_path, "wrong-secret\n")}
        why = refused(settings(server, **login), NoServer)

    assert why.startswith("localhost:PORT refuses the login of gsocbot: 535 5.7.8 ")
    assert "wrong-secret" not in why


def test_a_certificate_that_nobody_vouches_for_gets_no_password(
    authority: Authority, tmp_path: Path
) -> None:
    certificate = self_signed(tmp_path, "self")
    with serving(certificate=certificate, implicit=True, needs_login=True) as server:
        login = {"username": USERNAME, "password_file": secret(tmp_path), "tls_ca": authority.ca}
        why = refused(settings(server, **login), NoServer)

        assert why.startswith("the certificate of localhost:PORT is not trusted: self-signed")
        assert server.seen == []


@pytest.mark.parametrize("implicit", [True, False])
def test_a_certificate_for_another_host_is_not_trusted(
    authority: Authority, implicit: bool
) -> None:
    other = authority.issue(f"other{implicit}", host="other.example.org")
    with serving(certificate=other, implicit=implicit) as server:
        why = refused(settings(server), NoServer)

        assert why.startswith("the certificate of localhost:PORT is not trusted: ")
        assert server.count("MAIL") == 0


def test_without_starttls_nothing_is_told(authority: Authority, tmp_path: Path) -> None:
    with serving(needs_login=True) as server:
        login = {"username": USERNAME, "password_file": secret(tmp_path), "tls_ca": authority.ca}
        why = refused(settings(server, host="localhost", tls=MailTls.STARTTLS, **login), NoServer)

        assert why == "localhost:PORT offers no STARTTLS, so it was told nothing"
        assert server.seen == ["GREETING"]


def test_a_port_without_tls_is_explained(authority: Authority, plain: Smtp) -> None:
    mail = settings(plain, host="localhost", tls=MailTls.IMPLICIT, tls_ca=authority.ca)

    why = refused(mail, NoServer)

    assert why == (
        "localhost:PORT does not speak TLS from the start; if it is port 587, tls is starttls"
    )


def test_a_server_that_is_not_there_is_named() -> None:
    mail = Mail(host="127.0.0.1", port=free_port(), tls=MailTls.NONE, sender="b@x.org")

    assert refused(mail, NoServer) == "nothing answers at 127.0.0.1:PORT"


def test_a_host_that_nobody_knows_is_named() -> None:
    mail = Mail(host="mail.invalid", sender="b@x.org")

    assert refused(mail, NoServer) == (
        "there is no host mail.invalid, or no name server that knows it"
    )
