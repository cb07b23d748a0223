"""One mail through an SMTP server: who takes it, and in words why not."""

import asyncio
import re
import socket
import ssl
from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from email.message import EmailMessage
from pathlib import Path

import aiosmtplib

from gsocbot.config import Mail, MailTls
from gsocbot.render.lines import one_line

LONGEST_WORDS = 200
GONE_FOR_GOOD = 500
UNAVAILABLE = 421


@dataclass(frozen=True, slots=True)
class Times:
    """How many seconds a server has: for each answer, for all until the text, for the text.

    The text is answered twice. All of it together is within the lease of a claim.
    """

    answer: float = 30
    until_text: float = 60
    text: float = 60


class Unsent(Exception):
    """A mail that was not sent, and why, in words for whoever runs the bot."""

    def told(self, settings: Mail) -> str:
        """Why, as a channel may see it: for a login or a file stands its name in the config."""
        why = str(self)
        for key, value in (
            ("mail.password_file", settings.password_file),
            ("mail.tls_ca", settings.tls_ca),
            ("mail.username", settings.username),
        ):
            if value:
                # Whole words, and no part of a host's name.
                whole = rf"(?<![\w.]){re.escape(str(value))}(?!\.?\w)"
                why = re.sub(whole, key, why, flags=re.IGNORECASE)
        return why


class NoServer(Unsent):
    """The server cannot be had, for any mail; `slowly`: trying again soon does not help."""

    def __init__(self, why: str, *, slowly: bool = False) -> None:
        super().__init__(why)
        self.slowly = slowly


class NotNow(Unsent):
    """The server does not take this mail just now."""


class NeverTaken(Unsent):
    """The server does not take this mail, now or later."""


class NoAnswer(Unsent):
    """The text may have been taken: the server was gone, or silent, before it said so."""


async def send(
    settings: Mail, message: EmailMessage, begin: Callable[[], Awaitable[bool]], times: Times
) -> bool:
    """Send a mail; returns when the server has taken it. Raises Unsent.

    `begin` is asked when the server is about to take the text; if it says no, nothing is sent,
    and that is what is returned.
    """
    text = message.as_bytes()
    server = f"{settings.host}:{settings.port}"
    smtp = _client(settings, times)
    try:
        await _offered(smtp, settings, server, message, times)
        if not await begin():
            return False
        try:
            await smtp.data(text, timeout=times.text)
        except aiosmtplib.SMTPDataError as error:
            raise _refused(server, error) from error
        except (OSError, aiosmtplib.SMTPException) as error:
            raise NoAnswer(f"{server} did not say whether it took the text") from error
        await _leave(smtp)
        return True
    finally:
        smtp.close()


def _client(settings: Mail, times: Times) -> aiosmtplib.SMTP:
    name = socket.gethostname()
    return aiosmtplib.SMTP(
        hostname=settings.host,
        port=settings.port,
        # Looking up one's own name can take half a minute; nobody needs it of a client.
        local_hostname=name if "." in name and name.isascii() else "[127.0.0.1]",
        timeout=times.answer,
        use_tls=settings.tls is MailTls.IMPLICIT,
        start_tls=settings.tls is MailTls.STARTTLS,
        tls_context=None if settings.tls is MailTls.NONE else _context(settings.tls_ca),
    )


def _context(ca: Path | None) -> ssl.SSLContext:
    """Verify the server by a CA and its name."""
    try:
        return ssl.create_default_context(cafile=ca)
    except OSError as error:
        why = "no certificates in PEM" if isinstance(error, ssl.SSLError) else error.strerror
        raise NoServer(f"{ca}: {why}", slowly=True) from error


async def _offered(
    smtp: aiosmtplib.SMTP, settings: Mail, server: str, message: EmailMessage, times: Times
) -> None:
    """Connect, log in, name sender and recipient."""
    try:
        async with asyncio.timeout(times.until_text):
            await smtp.connect()
            if settings.username:
                await smtp.login(settings.username, _password(settings))
            await smtp.mail(settings.sender)
            await smtp.rcpt(message["To"].addresses[0].addr_spec)
    except aiosmtplib.SMTPAuthenticationError as error:
        why = f"{server} refuses the login of {settings.username}: {_said(error)}"
        raise NoServer(why, slowly=error.code >= GONE_FOR_GOOD) from error
    except (aiosmtplib.SMTPSenderRefused, aiosmtplib.SMTPRecipientRefused) as error:
        raise _refused(server, error) from error
    except aiosmtplib.SMTPResponseException as error:
        raise NoServer(f"{server} does not want to talk: {_said(error)}") from error
    except (OSError, aiosmtplib.SMTPException) as error:
        raise _unreachable(server, settings, error) from error


async def _leave(smtp: aiosmtplib.SMTP) -> None:
    """Say goodbye; the mail is taken, whatever comes of it."""
    try:
        await smtp.quit()
    except (OSError, aiosmtplib.SMTPException):
        return


def _password(settings: Mail) -> str:
    file = settings.password_file
    assert file is not None
    try:
        return file.read_text(encoding="utf-8").split("\n", 1)[0].rstrip("\r")
    except (OSError, UnicodeDecodeError) as error:
        why = error.strerror if isinstance(error, OSError) else "this is not UTF-8"
        raise NoServer(f"{file}: {why}", slowly=True) from error


def _refused(server: str, error: aiosmtplib.SMTPResponseException) -> Unsent:
    """A server's no to a mail: for good, for now, or because it is about to leave."""
    why = f"{server} says {_said(error)}"
    if error.code == UNAVAILABLE:
        return NoServer(why)
    if error.code >= GONE_FOR_GOOD:
        return NeverTaken(why)
    return NotNow(why)


def _unreachable(server: str, settings: Mail, error: Exception) -> NoServer:
    """Why there is no talking to a server, and what to do about it."""
    cause = _cause(error)
    if isinstance(cause, ssl.SSLCertVerificationError):
        why = f"the certificate of {server} is not trusted: {cause.verify_message}"
        return NoServer(f"{why}; mail.tls_ca may name what to trust", slowly=True)
    if isinstance(cause, ssl.SSLError):
        return NoServer(
            f"{server} does not speak TLS from the start; if it is port 587, tls is starttls",
            slowly=True,
        )
    if isinstance(cause, socket.gaierror):
        return NoServer(f"there is no host {settings.host}, or no name server that knows it")
    if isinstance(cause, TimeoutError):
        return NoServer(f"{server} does not answer")
    if isinstance(cause, ConnectionRefusedError):
        return NoServer(f"nothing answers at {server}")
    if isinstance(cause, ConnectionError):
        return NoServer(f"{server} hangs up")
    if isinstance(cause, OSError):
        return NoServer(f"{server}: {cause.strerror or cause}")
    words = str(cause)
    if "STARTTLS" in words:
        return NoServer(f"{server} offers no STARTTLS, so it was told nothing", slowly=True)
    if "AUTH" in words or "authentication" in words:
        return NoServer(f"{server} offers no login that I know", slowly=True)
    return NoServer(f"{server}: {_short(words)}")


def _cause(error: BaseException) -> BaseException:
    """What is below the package's own words."""
    while isinstance(error.__cause__, OSError):
        error = error.__cause__
    return error


def _said(error: aiosmtplib.SMTPResponseException) -> str:
    return _short(f"{error.code} {error.message}")


def _short(text: str) -> str:
    return one_line(text.encode(errors="replace").decode())[:LONGEST_WORDS]
