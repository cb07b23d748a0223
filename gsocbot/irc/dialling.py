"""Opening a socket to a server: nothing is written before the server has shown who it is."""

import asyncio
import hashlib
import ssl

from gsocbot.config import Network, Server
from gsocbot.irc.times import Times
from gsocbot.irc.wire import Protocol

WATER = 1
"""A peer with more unread bytes than this reads too slowly. 0 would do, but with 0 the TLS layer
of asyncio takes an empty buffer for a full one."""


async def dial(
    server: Server, network: Network, times: Times, protocol: Protocol, *, tls: bool
) -> asyncio.Transport:
    """A connected socket that `protocol` serves; over TLS, one whose certificate is as it must be.

    Raises OSError (ssl.SSLError is one) or TimeoutError.
    """
    loop = asyncio.get_running_loop()
    context = _context(network) if tls else None
    async with asyncio.timeout(times.connect):
        raw, _ = await loop.create_connection(
            lambda: asyncio.Protocol() if context else protocol, server.host, server.port
        )
    raw.set_write_buffer_limits(high=WATER)
    protocol.transports = [raw]
    if context is None:
        return raw
    try:
        transport = await loop.start_tls(
            raw,
            protocol,
            context,
            server_hostname=server.host,
            ssl_handshake_timeout=times.tls,
        )
    except BaseException:
        raw.abort()
        raise
    if transport is None:
        raise ConnectionResetError("the server hung up before TLS began")
    transport.set_write_buffer_limits(high=WATER)
    protocol.transports = [raw, transport]
    if network.tls_fingerprints:
        _check_fingerprint(transport, network.tls_fingerprints)
    return transport


def _context(network: Network) -> ssl.SSLContext:
    """How to verify the server: by a CA and its name, or by its fingerprint alone.

    Raises OSError for a file that is not what it should be.
    """
    try:
        context = ssl.create_default_context(cafile=network.tls_ca)
    except OSError as error:
        why = error.strerror if not isinstance(error, ssl.SSLError) else "no certificates in PEM"
        raise OSError(f"{network.tls_ca}: {why}") from error
    if network.tls_fingerprints:
        context.check_hostname = False
        context.verify_mode = ssl.CERT_NONE
    if network.sasl and network.sasl.cert_file:
        certificate, key = network.sasl.cert_file, network.sasl.key_file
        try:
            context.load_cert_chain(certificate, key, password=_no_password)
        except OSError as error:
            raise OSError(f"{certificate}: no certificate and key that fit, in PEM") from error
    return context


def _no_password() -> str:
    """A key with a password would make OpenSSL ask on the terminal."""
    raise OSError("the key of the certificate has a password; it must have none")


def _check_fingerprint(transport: asyncio.Transport, wanted: tuple[str, ...]) -> None:
    shown = transport.get_extra_info("ssl_object").getpeercert(binary_form=True)
    found = hashlib.sha256(shown or b"").hexdigest()
    if found not in wanted:
        transport.abort()
        raise OSError(f"the server's certificate has another fingerprint: {found}")
