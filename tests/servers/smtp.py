"""A real SMTP server in a thread of the test, which can also be told to behave badly."""

import asyncio
import socket
import ssl
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from email import message_from_bytes
from email.message import EmailMessage
from email.policy import default
from typing import Any, cast

from aiosmtpd.smtp import SMTP, AuthResult, Envelope, LoginPassword, Session

from tests.servers.certificates import Certificate

USERNAME, PASSWORD = "gsocbot", "correct horse"


@dataclass
class Smtp:
    """A server at a port of its own.

    `answers` are what it says instead of yes: to MAIL, RCPT, DATA (the command), TEXT (after it),
    or to an RCPT of an address. `hangs` and `drops` name where it falls silent or hangs up;
    GREETING is before all else.
    """

    certificate: Certificate | None = None
    implicit: bool = False
    needs_login: bool = False
    mail: list[EmailMessage] = field(default_factory=list)
    recipients: list[str] = field(default_factory=list)
    seen: list[str] = field(default_factory=list)
    answers: dict[str, str] = field(default_factory=dict)
    hangs: str = ""
    drops: str = ""
    port: int = 0
    _loop: asyncio.AbstractEventLoop = field(default_factory=asyncio.new_event_loop)
    _server: asyncio.Server | None = None
    _open: set[asyncio.BaseTransport] = field(default_factory=set)

    def up(self) -> None:
        """Begin to listen, at the same port as before."""

        async def listen() -> asyncio.Server:
            context = self._context() if self.implicit else None
            return await self._loop.create_server(
                self._connection, "127.0.0.1", self.port, ssl=context
            )

        self._server = asyncio.run_coroutine_threadsafe(listen(), self._loop).result(10)
        self.port = self._server.sockets[0].getsockname()[1]

    def down(self) -> None:
        """Listen no more, and hang up."""

        async def close() -> None:
            assert self._server is not None
            self._server.close()
            for transport in list(self._open):
                if not transport.is_closing():  # over TLS there may be nothing left to end
                    cast(asyncio.Transport, transport).abort()

        asyncio.run_coroutine_threadsafe(close(), self._loop).result(10)

    def count(self, what: str) -> int:
        """How often it has come to this."""
        return self.seen.count(what)

    def _context(self) -> ssl.SSLContext | None:
        if self.certificate is None:
            return None
        context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
        context.load_cert_chain(self.certificate.file, self.certificate.key)
        return context

    def _connection(self) -> SMTP:
        return _Connection(
            self,
            hostname="mail.test",
            loop=self._loop,
            tls_context=None if self.implicit else self._context(),
            authenticator=self._is_known,
            auth_required=self.needs_login,
            auth_require_tls=False,
        )

    def _is_known(
        self, _server: SMTP, _session: Session, _envelope: Envelope, _how: str, data: Any
    ) -> AuthResult:
        assert isinstance(data, LoginPassword)
        self.seen.append("AUTH")
        known = (data.login, data.password) == (USERNAME.encode(), PASSWORD.encode())
        return AuthResult(success=known, handled=False)

    async def at(self, what: str, server: SMTP) -> None:
        """Do at this point what the test wants."""
        self.seen.append(what)
        if what == self.drops:
            assert server.transport is not None
            server.transport.abort()
            raise ConnectionResetError
        if what == self.hangs:
            await asyncio.sleep(3600)

    # --- what aiosmtpd asks its handler

    async def handle_MAIL(  # noqa: N802
        self, server: SMTP, _s: Session, envelope: Envelope, address: str, options: list[str]
    ) -> str:
        await self.at("MAIL", server)
        envelope.mail_from = address
        return self.answers.get("MAIL", "250 OK")

    async def handle_RCPT(  # noqa: N802
        self, server: SMTP, _s: Session, envelope: Envelope, address: str, options: list[str]
    ) -> str:
        await self.at("RCPT", server)
        answer = self.answers.get("RCPT") or self.answers.get(address, "250 OK")
        if answer.startswith("250"):
            envelope.rcpt_tos.append(address)
        return answer

    async def handle_DATA(  # noqa: N802
        self, server: SMTP, _s: Session, envelope: Envelope
    ) -> str:
        await self.at("TEXT", server)
        answer = self.answers.get("TEXT", "250 OK")
        if answer.startswith("250"):
            raw = envelope.original_content
            assert raw is not None
            assert raw.isascii(), "servers need not take more than seven bits"
            assert max(map(len, raw.split(b"\r\n"))) <= 998
            self.recipients += envelope.rcpt_tos
            self.mail.append(cast(EmailMessage, message_from_bytes(raw, policy=default)))
        return answer


class _Connection(SMTP):
    """One connection; aiosmtpd asks its handler about all but the greeting and DATA itself."""

    def __init__(self, server: Smtp, **options: Any) -> None:
        super().__init__(server, **options)
        self._of = server

    def connection_made(self, transport: asyncio.BaseTransport) -> None:
        self._of._open.add(transport)
        super().connection_made(transport)

    def connection_lost(self, error: Exception | None) -> None:
        self._of._open.discard(self.transport)  # type: ignore[arg-type]
        super().connection_lost(error)

    async def push(self, status: "str | bytes") -> None:
        if isinstance(status, str) and status.startswith("220 mail.test"):
            await self._of.at("GREETING", self)
            status = self._of.answers.get("GREETING", status)
        elif isinstance(status, str) and status.startswith("354"):
            await self._of.at("DATA", self)
            status = self._of.answers.get("DATA", status)
        await super().push(status)


@contextmanager
def serving(**settings: Any) -> Iterator[Smtp]:
    """A server that is up until the block ends."""
    server = Smtp(**settings)
    thread = threading.Thread(target=server._loop.run_forever, daemon=True)
    thread.start()
    server.up()
    try:
        yield server
    finally:
        server.down()
        asyncio.run_coroutine_threadsafe(_settled(), server._loop).result(10)
        server._loop.call_soon_threadsafe(server._loop.stop)
        thread.join(10)
        server._loop.close()


async def _settled() -> None:
    """End what still hangs."""
    others = asyncio.all_tasks() - {asyncio.current_task()}
    for task in others:
        task.cancel()
    await asyncio.gather(*others, return_exceptions=True)


def text_of(mail: EmailMessage) -> str:
    """What a mail says."""
    return str(mail.get_content()).replace("\r\n", "\n")


def free_port() -> int:
    """A port at which nobody listens."""
    with socket.socket() as found:
        found.bind(("127.0.0.1", 0))
        return int(found.getsockname()[1])
