"""SASL: a login by challenges and answers, in base64 lines (IRCv3 SASL 3.1 and 3.2)."""

import base64
from collections.abc import Iterator
from pathlib import Path
from typing import Protocol

from gsocbot.config import Mechanism, Sasl

CHUNK = 400
"""How many base64 characters an AUTHENTICATE line carries (IRCv3 SASL 3.1)."""

LONGEST_CHALLENGE = 100 * CHUNK
"""No mechanism sends more; what does is no server to log in to."""


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


def exchange(sasl: Sasl) -> Exchange:
    """A login as the config has it; reads the files that it names. Raises Unfit."""
    name = sasl.username.encode()
    match sasl.mechanism:
        case Mechanism.PLAIN:
            return Once(b"\0".join((name, name, secret_in(sasl.password_file).encode())))
        # The certificate says who it is (RFC 4422, A.1); some services refuse to be told as well.
        case Mechanism.EXTERNAL:
            return Once(b"")
        # 45 ms and 9 MB of crypto that the others do without.
        case Mechanism.SCRAM_SHA_256:
            from gsocbot.irc.scram import Scram  # noqa: PLC0415

            return Scram(sasl.username, secret_in(sasl.password_file))
        case Mechanism.ECDSA:
            from gsocbot.irc.ecdsa import Ecdsa, key_in  # noqa: PLC0415

            return Ecdsa(sasl.username, key_in(read(sasl.key_file), sasl.key_file))


def secret_in(file: Path | None) -> str:
    """The first line of a password file. Raises Unfit."""
    text = read(file).split(b"\n", 1)[0].rstrip(b"\r")
    try:
        return text.decode()
    except UnicodeDecodeError as error:
        raise Unfit(f"{file}: this is not UTF-8") from error


def read(file: Path | None) -> bytes:
    """What a file holds. Raises Unfit."""
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
        except ValueError as error:  # binascii.Error is one
            raise Untrusted("the server's challenge is not base64") from error


def lines(answer: bytes) -> Iterator[str]:
    """An answer as lines: 400 characters each, a + where the last is full or there is none."""
    text = base64.b64encode(answer).decode()
    for start in range(0, len(text), CHUNK):
        yield text[start : start + CHUNK]
    if len(text) % CHUNK == 0:
        yield "+"
