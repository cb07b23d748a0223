"""Lines as bytes: cutting a stream into lines, reading one, writing one."""

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field

LONGEST_BODY = 510  # bytes, without CR LF
LONGEST_TAGS = 4096  # bytes, with "@" and the space; what IRCv3 lets a client send
LONGEST_UNENDED = 1_000_000  # bytes

_ESCAPES = {";": r"\:", " ": r"\s", "\\": r"\\", "\r": r"\r", "\n": r"\n"}
_UNESCAPES = {escape[1]: plain for plain, escape in _ESCAPES.items()}


class Endless(Exception):
    """A client sends and sends, and never ends its line."""


@dataclass(frozen=True, slots=True)
class Line:
    """One line of IRC; text that is not UTF-8 is kept byte for byte, as surrogates."""

    command: str
    params: tuple[str, ...] = ()
    source: str = ""
    tags: Mapping[str, str] = field(default_factory=dict)

    @property
    def nick(self) -> str:
        """The nick (or the server's name) that the line comes from."""
        return self.source.partition("!")[0]


class Framer:
    """Turns pieces of a stream into lines, and holds no more than the beginning of one."""

    def __init__(self) -> None:
        self._begun = bytearray()

    def feed(self, data: bytes) -> Iterator[bytes]:
        """Give the lines that `data` ends, without their ends; Endless when none comes."""
        *ended, begun = data.split(b"\n")
        for end in ended:
            self._begun += end
            raw = bytes(self._begun)
            self._begun.clear()
            yield raw.removesuffix(b"\r")
        self._begun += begun
        if len(self._begun) > LONGEST_UNENDED:
            raise Endless


def is_too_long(raw: bytes) -> bool:
    """Whether a line is over the limit for its tags or for the rest of it."""
    tags, _, body = raw.partition(b" ") if raw.startswith(b"@") else (b"", b"", raw)
    return len(body) > LONGEST_BODY or len(tags) + 1 > LONGEST_TAGS


def parse(raw: bytes) -> Line | None:
    """Read a line; None when nothing is on it."""
    # Some clients take a bare CR for the end of a line, so it must never be passed on.
    text = raw.translate(None, b"\r\0").decode("utf-8", "surrogateescape").lstrip(" ")
    tags: dict[str, str] = {}
    source = ""
    if text.startswith("@"):
        head, _, text = text[1:].partition(" ")
        tags = _read_tags(head)
        text = text.lstrip(" ")
    if text.startswith(":"):
        source, _, text = text[1:].partition(" ")
    # The space in front lets a line of one colon be seen for what it is: no command.
    head, colon, last = (" " + text).partition(" :")
    words = [word for word in head.split(" ") if word]
    if not words:
        return None
    params = (*words[1:], last) if colon else tuple(words[1:])
    return Line(words[0].upper(), params, source, tags)


def write(line: Line) -> bytes:
    """The bytes of a line, cut to the limit between two characters."""
    words = [f":{line.source}"] if line.source else []
    words.append(line.command)
    if line.params:
        words += [*line.params[:-1], ":" + line.params[-1]]
    body = _cut(" ".join(words).encode("utf-8", "surrogateescape"))
    tags = ";".join(_write_tag(key, value) for key, value in line.tags.items())
    head = f"@{tags} ".encode("utf-8", "surrogateescape") if tags else b""
    return head + body + b"\r\n"


def _read_tags(text: str) -> dict[str, str]:
    pairs = (item.partition("=") for item in text.split(";") if item)
    return {
        key: re.sub(r"\\(.?)", lambda seen: _UNESCAPES.get(seen[1], seen[1]), value, flags=re.S)
        for key, _, value in pairs
    }


def _write_tag(key: str, value: str) -> str:
    if not value:
        return key
    return f"{key}=" + "".join(_ESCAPES.get(char, char) for char in value)


def _cut(body: bytes) -> bytes:
    if len(body) <= LONGEST_BODY:
        return body
    end = LONGEST_BODY
    for _ in range(3):
        if body[end] & 0xC0 == 0x80:
            end -= 1
    return body[:end]
