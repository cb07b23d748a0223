"""Asking for links: the one place that speaks HTTP, and the guard before each of its sockets."""

import asyncio
import logging
import socket
import ssl
from collections.abc import AsyncIterator, Callable, Iterable
from urllib.parse import urljoin, urlsplit

import aiohttp
from aiohttp.abc import AbstractResolver

from gsocbot.rules.links import (
    BAD_CERTIFICATE,
    NO_ANSWER,
    TOO_MANY,
    UNKNOWN_NAME,
    Outcome,
    Verdict,
    fault_of_status,
    lock,
    refusal,
)
from gsocbot.rules.reach import why_not
from gsocbot.web.pace import Pace

log = logging.getLogger(__name__)

SECONDS = 15.0
"""For one link with all its redirects; what it waits for its turn does not count."""

HEAD_SECONDS = 8.0
"""Servers that stumble over HEAD let it hang; the rest is for GET."""

CONNECT_SECONDS = 5.0
MOST_REDIRECTS = 5
MOST_HEADER = 8190
MOST_HEADERS = 100

Guard = Callable[[str, int], str]
"""Why an IP address and a port must not be connected to; empty if they may."""

ODD_ADDRESS = "an odd address"
_REDIRECTS = frozenset({301, 302, 303, 307, 308})
_ANSWERS_TO_HEAD = frozenset({401, 403, 407, 429})
_NO_SUCH_NAME = frozenset({socket.EAI_NONAME, getattr(socket, "EAI_NODATA", socket.EAI_NONAME)})


class Unreachable(Exception):
    """An address that must not be connected to. No OSError: nobody may try the next one."""


class _Failed(Exception):
    """A link that is not there, or not to be asked for."""

    def __init__(self, outcome: Outcome, why: str) -> None:
        super().__init__(why)
        self.outcome = outcome
        self.why = why


class Asker:
    """Asks for links. `guard` sees every address that is about to be connected to."""

    def __init__(
        self,
        agent: str,
        pace: Pace,
        *,
        guard: Guard = why_not,
        resolver: AbstractResolver | None = None,
        tls: ssl.SSLContext | None = None,
        seconds: float = SECONDS,
    ) -> None:
        self._agent = agent
        self._pace = pace
        self._guard = guard
        self._resolver = resolver
        self._tls = tls
        self._seconds = seconds

    async def ask(self, urls: Iterable[str]) -> AsyncIterator[Verdict]:
        """Ask for links; verdicts come as they are found."""
        async with self._session() as session:
            asked = [asyncio.create_task(self._verdict(session, url)) for url in urls]
            try:
                for verdict in asyncio.as_completed(asked):
                    yield await verdict
            finally:
                for task in asked:
                    task.cancel()

    def _session(self) -> aiohttp.ClientSession:
        connector = aiohttp.TCPConnector(
            socket_factory=self._socket,
            # One address after the other, so that the first refused one ends the attempt.
            happy_eyeballs_delay=None,
            resolver=self._resolver or aiohttp.ThreadedResolver(),
            use_dns_cache=False,
            force_close=True,
            ssl=self._tls or ssl.create_default_context(),
        )
        return aiohttp.ClientSession(
            connector=connector,
            cookie_jar=aiohttp.DummyCookieJar(),
            headers={"User-Agent": self._agent, "Accept": "*/*"},
            trust_env=False,
            auto_decompress=False,
            max_line_size=MOST_HEADER,
            max_field_size=MOST_HEADER,
            max_headers=MOST_HEADERS,
            read_bufsize=MOST_HEADER,
        )

    def _socket(self, found: tuple[int, int, int, str, tuple[object, ...]]) -> socket.socket:
        """The socket for one address that was found for a name. Here every way out passes."""
        family, kind, protocol, _, (address, port, *_) = found
        refused = self._guard(str(address), int(str(port)))
        if refused:
            raise Unreachable(refused)
        return socket.socket(family, kind, protocol)

    async def _verdict(self, session: aiohttp.ClientSession, url: str) -> Verdict:
        try:
            why = await self._follow(session, url)
        except _Failed as failed:
            return Verdict(url, failed.outcome, failed.why)
        except Exception:  # one odd link must not hide what became of the others
            log.exception("asking for %r has failed", url)
            return Verdict(url, Outcome.UNASKED, ODD_ADDRESS)
        return Verdict(url, Outcome.THERE, why)

    async def _follow(self, session: aiohttp.ClientSession, url: str) -> str:
        """Go where a link leads, and say why not everybody may. _Failed where that is nowhere."""
        first, left, lead = url, self._seconds, ""
        for _ in range(MOST_REDIRECTS + 1):
            refused = refusal(url)
            if refused:
                raise _Failed(Outcome.UNASKED, lead + refused)
            status, target, left = await self._one(session, "HEAD", url, left, lead)
            if status == 0 or (status >= 400 and status not in _ANSWERS_TO_HEAD):
                status, target, left = await self._one(session, "GET", url, left, lead)
            fault = fault_of_status(status)
            if fault:
                raise _Failed(Outcome.FAILED, fault)
            if target is None:
                return lock(first, url, status)
            url, lead = target, "redirects to "
        raise _Failed(Outcome.FAILED, TOO_MANY)

    async def _one(
        self, session: aiohttp.ClientSession, method: str, url: str, left: float, lead: str
    ) -> tuple[int, str | None, float]:
        """One request: the status, where it redirects to, and the seconds that are left.

        Status 0 is a HEAD that a server could not bear.
        """
        head = method == "HEAD"
        async with self._pace.turn((urlsplit(url).hostname or "").rstrip(".")):
            begun = asyncio.get_running_loop().time()
            seconds = min(left, HEAD_SECONDS) if head else left
            try:
                status, target = await self._request(session, method, url, seconds)
            except _Failed as failed:
                if failed.outcome is Outcome.UNASKED:
                    raise _Failed(Outcome.UNASKED, lead + failed.why) from failed
                raise
            except (aiohttp.ClientConnectorError, aiohttp.ServerTimeoutError) as error:
                raise _Failed(Outcome.SILENT, NO_ANSWER) from error
            except (aiohttp.ClientError, TimeoutError, OSError, ValueError) as error:
                if not head:
                    raise _no_page(error) from error
                status, target = 0, None
            spent = asyncio.get_running_loop().time() - begun
        return status, target, max(left - spent, 0.001)

    async def _request(
        self, session: aiohttp.ClientSession, method: str, url: str, seconds: float
    ) -> tuple[int, str | None]:
        limits = aiohttp.ClientTimeout(
            total=seconds, sock_connect=CONNECT_SECONDS, ceil_threshold=3600
        )
        try:
            async with session.request(
                method,
                url,
                allow_redirects=False,
                timeout=limits,
                middlewares=(_once(),),
            ) as response:
                target = response.headers.get("Location")
                if response.status not in _REDIRECTS or not target:
                    target = None
                response.close()  # whatever the body is, it is not read
                return response.status, _absolute(url, target)
        except Unreachable as refused:
            raise _Failed(Outcome.UNASKED, str(refused)) from refused
        except aiohttp.InvalidURL as error:  # 127.1 and the like
            raise _Failed(Outcome.UNASKED, ODD_ADDRESS) from error
        except aiohttp.ClientConnectorDNSError as error:
            known = error.os_error.errno not in _NO_SUCH_NAME
            raise _Failed(Outcome.SILENT, NO_ANSWER if known else UNKNOWN_NAME) from error
        except (aiohttp.ClientSSLError, ssl.SSLError) as error:
            raise _Failed(Outcome.FAILED, _fault_of_tls(error)) from error


def _once() -> aiohttp.ClientMiddlewareType:
    """A request that goes out once: aiohttp would try again at once, out of turn."""
    gone = False

    async def once(
        request: aiohttp.ClientRequest, handler: aiohttp.ClientHandlerType
    ) -> aiohttp.ClientResponse:
        nonlocal gone
        if gone:
            raise aiohttp.ServerDisconnectedError
        gone = True
        return await handler(request)

    return once


def _absolute(url: str, target: str | None) -> str | None:
    if target is None:
        return None
    try:
        whole = urljoin(url, target)
        _ = urlsplit(whole).port
    except ValueError:
        raise _Failed(Outcome.FAILED, "redirects to no address") from None
    return whole


def _fault_of_tls(error: Exception) -> str:
    if isinstance(error, aiohttp.ClientConnectorCertificateError):
        return BAD_CERTIFICATE
    return "no secure connection"


def _no_page(error: Exception) -> _Failed:
    """What an answer is that is none."""
    if isinstance(error, aiohttp.ClientResponseError):
        return _Failed(Outcome.FAILED, "an answer that is no page")
    return _Failed(Outcome.SILENT, NO_ANSWER)
