"""A real TCP server that says what a test tells it to: for what no real server can be made to do.

with Scripted() as server, running(server.network()) as bot:
    peer = server.accept()
    peer.let_in()
    peer.send(":ana!a@h PRIVMSG #gsoc :hello")
    peer.sync()                 # all of that has been worked on; what the bot has sent since
"""

import base64
import socket
import ssl
import struct
import time
from collections import deque
from collections.abc import Callable
from contextlib import suppress
from datetime import UTC, datetime, timedelta
from ipaddress import ip_address
from itertools import count
from pathlib import Path
from typing import Any, Self

from cryptography import x509
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.serialization import Encoding, NoEncryption, PrivateFormat
from cryptography.x509.oid import NameOID

from gsocbot.config import Channel, Mechanism, Network, Sasl

HOST = "127.0.0.1"
PATIENCE = 5.0
BACK_SECONDS = 0.05
CHANNEL = "#gsoc"
ACCOUNT, PASSWORD = "gsocbot", "sesame"
CHUNK = 400
LINGER_0 = struct.pack("ii", 1, 0)


class Identity:
    """A server's certificate, for its address, and its key; they vouch for themselves."""

    def __init__(self, folder: Path, host: str = HOST) -> None:
        """Make them, in a folder."""
        key = ec.generate_private_key(ec.SECP256R1())
        name = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, "gsocbot tests")])
        now = datetime.now(UTC)
        names = x509.SubjectAlternativeName([x509.IPAddress(ip_address(host))])
        certificate = (
            x509.CertificateBuilder()
            .subject_name(name)
            .issuer_name(name)
            .public_key(key.public_key())
            .serial_number(x509.random_serial_number())
            .not_valid_before(now - timedelta(days=1))
            .not_valid_after(now + timedelta(days=1))
            .add_extension(names, critical=False)
            .sign(key, SHA256())
        )
        self.file = folder / "certificate.pem"
        self.file.write_bytes(certificate.public_bytes(Encoding.PEM))
        key_file = folder / "key.pem"
        key_file.write_bytes(key.private_bytes(Encoding.PEM, PrivateFormat.PKCS8, NoEncryption()))
        self.fingerprint = certificate.fingerprint(SHA256()).hex()
        self.context = ssl.create_default_context(ssl.Purpose.CLIENT_AUTH)
        self.context.load_cert_chain(self.file, key_file)


class Peer:
    """One connection of the bot's, seen from the server."""

    def __init__(self, connection: socket.socket) -> None:
        """Serve this connection."""
        self._socket = connection
        self._socket.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
        self._bytes = b""
        self._lines: deque[bytes] = deque()
        self._numbers = count(1)
        self.raw: list[bytes] = []
        """Every line that the bot has sent, as bytes."""

    def shake_hands(self, tls: ssl.SSLContext, timeout: float = PATIENCE) -> None:
        """Go on over TLS; raises OSError (ssl.SSLError is one) if the bot does not want that."""
        self._socket.settimeout(timeout)
        self._socket = tls.wrap_socket(self._socket, server_side=True)

    def speak_early(self, tls: ssl.SSLContext, *lines: str) -> None:
        """Say some lines that arrive together with the last of the handshake (TLS 1.2)."""
        heard, said = ssl.MemoryBIO(), ssl.MemoryBIO()
        tls.maximum_version = ssl.TLSVersion.TLSv1_2
        connection = tls.wrap_bio(heard, said, server_side=True)
        self._socket.settimeout(PATIENCE)
        while True:
            try:
                connection.do_handshake()
                break
            except ssl.SSLWantReadError:
                self._socket.sendall(said.read())
                heard.write(self._socket.recv(65536))
        for line in lines:
            connection.write(line.encode() + b"\r\n")
        self._socket.sendall(said.read())

    def send(self, *lines: str | bytes) -> None:
        """Say some lines; all of them arrive together."""
        raw = [line.encode() if isinstance(line, str) else line for line in lines]
        self.send_bytes(b"".join(line + b"\r\n" for line in raw))

    def send_bytes(self, raw: bytes) -> None:
        """Send bytes as they are."""
        self._socket.settimeout(PATIENCE)
        self._socket.sendall(raw)

    def line(self, timeout: float = PATIENCE) -> str:
        """The bot's next line; EOFError once it has hung up."""
        deadline = time.monotonic() + timeout
        while not self._lines:
            self._socket.settimeout(max(0.001, deadline - time.monotonic()))
            received = self._socket.recv(65536)
            if not received:
                raise EOFError(f"the bot hung up after {self.raw[-5:]}")
            *lines, self._bytes = (self._bytes + received).split(b"\r\n")
            self._lines.extend(lines)
        line = self._lines.popleft()
        self.raw.append(line)
        return line.decode("utf-8", "surrogateescape")

    def until(self, wanted: str | Callable[[str], bool], timeout: float = PATIENCE) -> list[str]:
        """The bot's lines up to one that begins so."""
        is_wanted = wanted if callable(wanted) else lambda line: line.startswith(wanted)
        deadline = time.monotonic() + timeout
        lines = []
        while True:
            lines.append(self.line(max(0.001, deadline - time.monotonic())))
            if is_wanted(lines[-1]):
                return lines

    def rest(self, timeout: float = PATIENCE) -> list[str]:
        """All that the bot still says until it hangs up."""
        lines = []
        with suppress(EOFError, ConnectionResetError):
            while True:
                lines.append(self.line(timeout))
        return lines

    def all_bytes(self, timeout: float = PATIENCE) -> bytes:
        """All that the bot still writes until it hangs up, as it is."""
        self._socket.settimeout(timeout)
        found = self._bytes
        with suppress(ConnectionResetError):
            while received := self._socket.recv(65536):
                found += received
        return found

    def wait_for_bytes(self, timeout: float = PATIENCE) -> None:
        """Wait until the bot has written something, whatever it is."""
        self._socket.settimeout(timeout)
        self._bytes += self._socket.recv(65536)

    def sync(self) -> list[str]:
        """What the bot has sent by the time it has worked on everything sent to it."""
        token = f"sync-{next(self._numbers)}"
        self.send(f"PING :{token}")
        return self.until(f"PONG :{token}")[:-1]

    def let_in(self, caps: str = "", isupport: str = "", nick: str = "gsocbot") -> list[str]:
        """Register the bot and let it join; gives what it said after its welcome."""
        self.negotiate(caps)
        return self.welcome(isupport, nick)

    def negotiate(self, caps: str = "") -> None:
        """Offer and grant capabilities; the bot waits for its welcome then."""
        self.until("CAP LS")
        self.send(f":irc.test CAP * LS :{caps}")
        if caps:
            asked = self.until("CAP REQ ")[-1].partition(":")[2]
            self.send(f":irc.test CAP * ACK :{asked} ")
        self.until("CAP END")

    def offer(self, *caps: str) -> None:
        """Answer the bot's question with an offer, in so many lines."""
        self.until("CAP LS")
        *first, last = caps
        self.send(*(f":irc.test CAP * LS * :{line}" for line in first))
        self.send(f":irc.test CAP * LS :{last}")

    def offer_login(self, mechanism: str = "PLAIN") -> None:
        """Offer and grant sasl; afterwards the bot has asked to authenticate."""
        self.offer(f"sasl={mechanism},X-OTHER")
        self.until("CAP REQ :sasl")
        self.send(":irc.test CAP * ACK :sasl")
        self.until(f"AUTHENTICATE {mechanism}")

    def challenge(self, challenge: bytes = b"") -> bytes:
        """Send a challenge, in as many lines as it needs; gives what the bot answers."""
        text = base64.b64encode(challenge).decode()
        parts = [text[start : start + CHUNK] for start in range(0, len(text), CHUNK)]
        if len(text) % CHUNK == 0:
            parts.append("+")
        self.send(*(f"AUTHENTICATE {part}" for part in parts))
        return self.response()

    def response(self) -> bytes:
        """What the bot's next AUTHENTICATE lines carry."""
        text = ""
        while True:
            part = self.line().removeprefix("AUTHENTICATE ")
            assert len(part) <= CHUNK
            text += "" if part == "+" else part
            if len(part) < CHUNK:
                return base64.b64decode(text, validate=True)

    def log_in(self) -> list[str]:
        """Let the bot log in (PLAIN) and join; gives what it said after its welcome."""
        self.offer_login()
        self.challenge()
        return self.accept_login()

    def accept_login(self) -> list[str]:
        """Say that the bot is logged in, and let it join; gives what it said after its welcome."""
        self.send(
            f":irc.test 900 * * {ACCOUNT} :You are now logged in as {ACCOUNT}",
            ":irc.test 903 * :SASL authentication successful",
        )
        self.until("CAP END")
        return self.welcome()

    def welcome(self, isupport: str = "", nick: str = "gsocbot") -> list[str]:
        """Greet the bot, and wait until it has seen that it is in its channels."""
        return [*self.greet(isupport, nick), *self.sync()]

    def greet(self, isupport: str = "", nick: str = "gsocbot") -> list[str]:
        """End the registration, and let the bot into the channels that it asks for."""
        self.send(
            f":irc.test 001 {nick} :Welcome {nick}",
            *([f":irc.test 005 {nick} {isupport} :are supported"] if isupport else []),
            f":irc.test 376 {nick} :End of MOTD",
        )
        lines = self.sync()
        for line in lines:
            if line.startswith("JOIN "):
                self.send(f":{nick}!bot@host.test JOIN {line.split()[1]}")
        return lines

    def close(self) -> None:
        """Hang up."""
        self._socket.close()

    def reset(self) -> None:
        """Cut the connection hard: what the bot has just sent is lost."""
        self._socket.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, LINGER_0)
        self._socket.close()


class Scripted:
    """Listens; each connection of the bot's becomes a Peer."""

    def __init__(self, port: int = 0, host: str = HOST) -> None:
        """Listen, on a free port unless one is named."""
        self._socket = socket.create_server((host, port))
        self.host = host
        self._socket.setsockopt(socket.SOL_SOCKET, socket.SO_RCVBUF, 64 * 1024)
        self.port: int = self._socket.getsockname()[1]
        self._peers: list[Peer] = []

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self._socket.close()
        for peer in self._peers:
            peer.close()

    def accept(self, timeout: float = PATIENCE, tls: ssl.SSLContext | None = None) -> Peer:
        """The next connection, after a TLS handshake if that is wanted."""
        self._socket.settimeout(timeout)
        peer = Peer(self._socket.accept()[0])
        self._peers.append(peer)
        if tls:
            peer.shake_hands(tls, timeout)
        return peer

    def network(self, **settings: Any) -> Network:
        """How the bot is told of this server; it comes back sooner than a config may say."""
        channels = {CHANNEL: Channel(season="test")}
        plain = {"host": self.host, "port": self.port, "tls": False, "channels": channels}
        network = Network(**{**plain, **settings})
        return network.model_copy(update={"reconnect_delay": BACK_SECONDS})

    def login_network(
        self, folder: Path, mechanism: str = "plain", password: str = PASSWORD, **settings: Any
    ) -> Network:
        """The same for a bot that must log in; its password stands in the folder."""
        file = folder / "password"
        file.write_text(f"{password}\n")
        file.chmod(0o600)
        files = {"external": {"cert_file": file}, "ecdsa-nist256p-challenge": {"key_file": file}}
        secret = files.get(mechanism, {"password_file": file})
        sasl = Sasl(mechanism=Mechanism(mechanism), username=ACCOUNT, **secret)
        return self.network(sasl=sasl, **settings)
