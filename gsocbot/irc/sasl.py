"""What each SASL mechanism answers to a server: crypto by libraries, order by the RFCs."""

import base64
import binascii
from collections.abc import Iterator
from pathlib import Path
from typing import Protocol

from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.asymmetric.utils import Prehashed
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.serialization import load_pem_private_key
from scramp import ScramClient, ScramException

from gsocbot.config import Mechanism, Sasl

CHUNK = 400
"""How many base64 characters an AUTHENTICATE line carries (IRCv3 SASL 3.1)."""

LONGEST_CHALLENGE = 100 * CHUNK
"""No mechanism sends more; what does is no server to log in to."""

MOST_ITERATIONS = 1_000_000
"""More would hold up the loop for seconds; servers ask for 4,096 to 100,000 (RFC 7677: 4,096)."""


class Unfit(Exception):
    """What was read cannot be used: a key of the wrong kind, or a file that is not to be had."""


class Untrusted(Exception):
    """The server has not said what one that knows the account would: the exchange is aborted."""


class Exchange(Protocol):
    """One login; `answer` is given each challenge, `done` says whether a success can be true."""

    @property
    def done(self) -> bool:
        """Whether the server has heard, and shown, all that the mechanism asks for."""

    def answer(self, challenge: bytes) -> bytes:
        """What to send back; raises Untrusted."""


class Once:
    """PLAIN (RFC 4616) and EXTERNAL (RFC 4422, appendix A): one answer to an empty challenge."""

    def __init__(self, secret: bytes) -> None:
        self._secret = secret
        self.done = False

    def answer(self, challenge: bytes) -> bytes:
        """The secret, asked for once."""
        if challenge or self.done:
            raise Untrusted("the server asks for something that this mechanism has not")
        self.done = True
        return self._secret


class Scram:
    """SCRAM-SHA-256 (RFC 5802, 7677): the server has to show that it knows the password too."""

    def __init__(self, username: str, password: str) -> None:
        self._client = ScramClient([Mechanism.SCRAM_SHA_256.upper()], username, password)
        self._steps = [self._first, self._final, self._verified]
        self.done = False

    def answer(self, challenge: bytes) -> bytes:
        """The next message."""
        if not self._steps:
            raise Untrusted("the server asks again after the end")
        try:
            return self._steps.pop(0)(challenge.decode()).encode()
        except (ScramException, ValueError) as error:
            raise Untrusted(f"SCRAM: {error}") from error

    def _first(self, challenge: str) -> str:
        if challenge:
            raise Untrusted("SCRAM: the server speaks first")
        return str(self._client.get_client_first())

    def _final(self, challenge: str) -> str:
        self._client.set_server_first(challenge)
        if int(self._client.iterations) > MOST_ITERATIONS:
            raise Untrusted(f"SCRAM: the server asks for {self._client.iterations} iterations")
        return str(self._client.get_client_final())

    def _verified(self, challenge: str) -> str:
        self._client.set_server_final(challenge)
        self.done = True
        return ""


class Ecdsa:
    """ECDSA-NIST256P-CHALLENGE: the name, then the signature of 32 bytes (Atheme's mechanism)."""

    def __init__(self, username: str, key: ec.EllipticCurvePrivateKey) -> None:
        self._username = username
        self._key = key
        self._named = False
        self.done = False

    def answer(self, challenge: bytes) -> bytes:
        """The name, then the signature."""
        if not self._named and not challenge:
            self._named = True
            return self._username.encode()
        if not self._named or self.done or len(challenge) != SHA256.digest_size:
            raise Untrusted("ECDSA: the server's challenge is not of 32 bytes")
        self.done = True
        # The challenge stands where the digest of a message would.
        return self._key.sign(challenge, ec.ECDSA(Prehashed(SHA256())))


def exchange(sasl: Sasl) -> Exchange:
    """A login as the config has it; reads the files that it names. Raises Unfit."""
    name = sasl.username.encode()
    match sasl.mechanism:
        case Mechanism.PLAIN:
            return Once(b"\0".join((name, name, secret_in(sasl.password_file).encode())))
        case Mechanism.EXTERNAL:
            return Once(name)
        case Mechanism.SCRAM_SHA_256:
            try:
                return Scram(sasl.username, secret_in(sasl.password_file))
            except ScramException as error:
                raise Unfit(f"SCRAM cannot use this name or password: {error}") from error
        case Mechanism.ECDSA:
            return Ecdsa(sasl.username, key_in(sasl.key_file))


def secret_in(file: Path | None) -> str:
    """The first line of a password file. Raises Unfit."""
    text = _read(file).split(b"\n", 1)[0].rstrip(b"\r")
    try:
        return text.decode()
    except UnicodeDecodeError as error:
        raise Unfit(f"{file}: this is not UTF-8") from error


def key_in(file: Path | None) -> ec.EllipticCurvePrivateKey:
    """A private key of NIST P-256 in PEM. Raises Unfit."""
    try:
        key = load_pem_private_key(_read(file), password=None)
    except (ValueError, TypeError) as error:
        raise Unfit(f"{file}: this is no private key without a password, in PEM") from error
    if not isinstance(key, ec.EllipticCurvePrivateKey) or not isinstance(key.curve, ec.SECP256R1):
        raise Unfit(f"{file}: this is no key of the curve NIST P-256")
    return key


def _read(file: Path | None) -> bytes:
    if file is None:
        raise Unfit("no file is named for it")
    try:
        return file.read_bytes()
    except OSError as error:
        raise Unfit(f"{file}: {error.strerror}") from error


class Challenge:
    """A server's challenge, put together from its lines."""

    def __init__(self) -> None:
        self._text = ""

    def add(self, line: str) -> bytes | None:
        """Take a line; the whole challenge at its last one, else None. Raises Untrusted."""
        self._text += "" if line == "+" else line
        if len(self._text) > LONGEST_CHALLENGE:
            raise Untrusted("the server's challenge has no end")
        if len(line) == CHUNK:
            return None
        text, self._text = self._text, ""
        try:
            return base64.b64decode(text, validate=True)
        except binascii.Error as error:
            raise Untrusted("the server's challenge is not base64") from error


def lines(answer: bytes) -> Iterator[str]:
    """An answer as lines: 400 characters each, a + where the last is full or there is none."""
    text = base64.b64encode(answer).decode()
    for start in range(0, len(text), CHUNK):
        yield text[start : start + CHUNK]
    if len(text) % CHUNK == 0:
        yield "+"
