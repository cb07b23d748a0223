"""Opening a socket to a server: nothing is written before the server has shown who it is."""

import asyncio
import hashlib
import ssl

from gsocbot.config import Network
from gsocbot.irc.times import Times
from gsocbot.irc.wire import Protocol


async def dial(
    network: Network, times: Times, protocol: Protocol
) -> tuple[asyncio.Transport, Protocol]:
    """A connected socket, over TLS unless the config says otherwise.

    Raises OSError (ssl.SSLError is one) or TimeoutError.
    """
    context = _context(network)
    async with asyncio.timeout(times.connect + (times.tls if context else 0)):
        transport, _ = await asyncio.get_running_loop().create_connection(
            lambda: protocol,
            network.host,
            network.port,
            ssl=context,
            server_hostname=network.host if context else None,
            ssl_handshake_timeout=times.tls if context else None,
        )
    transport.set_write_buffer_limits(high=0)  # "writable" means: the kernel has it all
    if context and network.tls_fingerprints:
        _check_fingerprint(transport, network.tls_fingerprints)
    return transport, protocol


def _context(network: Network) -> ssl.SSLContext | None:
    """How to verify the server: by a CA and its name, or by its fingerprint alone."""
    if not network.tls:
        return None
    context = ssl.create_default_context(cafile=network.tls_ca)
    if network.tls_fingerprints:
        context.check_hostname = False
        context.verify_mode = ssl.CERT_NONE
    if network.sasl and network.sasl.cert_file:
        context.load_cert_chain(network.sasl.cert_file, network.sasl.key_file)
    return context


def _check_fingerprint(transport: asyncio.Transport, wanted: tuple[str, ...]) -> None:
    shown = transport.get_extra_info("ssl_object").getpeercert(binary_form=True)
    found = hashlib.sha256(shown or b"").hexdigest()
    if found not in wanted:
        transport.abort()
        raise OSError(f"the server's certificate has another fingerprint: {found}")
