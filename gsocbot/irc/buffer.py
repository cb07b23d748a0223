"""Bytes in, lines out; whatever the bytes are, and however many come without a line end."""

from collections.abc import Iterator

from jaraco.stream.buffer import LineBuffer

LONGEST_LINE = 8191 + 512
"""Tags of 8191 bytes (IRCv3 message-tags) and a line of 512 (RFC 1459)."""

MOST_WITHOUT_END = 1_000_000
"""A peer that sends this much without a line end is not an IRC server."""


class EndlessLine(Exception):
    """The peer sends no line ends."""


class Buffer(LineBuffer):  # type: ignore[misc]
    """Bytes in, lines out: UTF-8 or else Latin-1; a line that is too long is dropped."""

    buffer: bytes

    def __init__(self) -> None:
        super().__init__()
        self._dropped = 0

    def feed(self, data: bytes) -> None:
        """Take what has arrived; raises EndlessLine after a million bytes without a line end."""
        if self._dropped:
            end = data.find(b"\n")
            if end < 0:
                self._drop(len(data))
                return
            data, self._dropped = data[end + 1 :], 0
        self.buffer += data
        tail = len(self.buffer) - self.buffer.rfind(b"\n") - 1
        if tail > LONGEST_LINE:
            self.buffer = self.buffer[:-tail]
            self._drop(tail)

    def lines(self) -> Iterator[str]:
        """The lines that are complete."""
        if b"\n" not in self.buffer:
            return
        *whole, self.buffer = self.buffer.split(b"\n")
        for line in whole:
            if len(line) <= LONGEST_LINE:
                try:
                    yield line.rstrip(b"\r").decode()
                except UnicodeDecodeError:
                    yield line.rstrip(b"\r").decode("latin-1")

    def _drop(self, count: int) -> None:
        self._dropped += count
        if self._dropped > MOST_WITHOUT_END:
            raise EndlessLine
