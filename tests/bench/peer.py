"""The other end of the wire: a scripted IRC server for one client, which asks and floods."""

import socket
import time
from collections.abc import Callable, Sequence
from contextlib import suppress
from typing import Self

PATIENCE = 120.0
"""Seconds that an answer may take: a flood stands before it."""
CAPS = "account-tag message-tags"
SERVER = "bench.test"


class WrongAnswer(Exception):
    """The bot said something else than it should."""


class Peer:
    """Listens for a bot, lets it in and has a socket to it. Blocking, for it does nothing else."""

    def __init__(self) -> None:
        self._listener = socket.create_server(("127.0.0.1", 0))
        self._listener.settimeout(1)
        self.port: int = self._listener.getsockname()[1]
        self.nick = ""
        self._socket = self._listener
        self._rest = b""

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self._socket.close()
        self._listener.close()

    # --- letting it in

    def let_in(self, runs: Callable[[], bool]) -> None:
        """Take the bot's connection, register it, and see it join #bench; it must run until then.

        Raises an OSError if it never comes.
        """
        while True:
            with suppress(TimeoutError):
                self._socket, _ = self._listener.accept()
                break
            if not runs():
                raise ConnectionError("the bot has ended before it came")
        self._rest = b""  # of one that came before
        self.nick = ""
        self._socket.settimeout(PATIENCE)
        self._socket.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
        asked, named, welcomed = False, False, False
        while True:
            for line in self._lines():
                word, _, rest = line.partition(b" ")
                match word:
                    case b"NICK":
                        self.nick = rest.decode()
                    case b"USER":
                        named = True
                    case b"CAP":
                        asked = not rest.startswith(b"END")
                        self._cap(rest.decode())
                    case b"JOIN":
                        self._join()
                        return
                if self.nick and named and not asked and not welcomed:
                    welcomed = True
                    self._say(f"001 {self.nick} :Welcome", f"376 {self.nick} :End of /MOTD")

    def _cap(self, rest: str) -> None:
        verb, _, caps = rest.partition(" ")
        if verb == "LS":
            self._say(f"CAP * LS :{CAPS}")
        elif verb == "REQ":
            self._say(f"CAP * ACK {caps}")

    def _join(self) -> None:
        self.send(f":{self.nick}!u@h JOIN #bench\r\n".encode())
        self._say(f"353 {self.nick} = #bench :{self.nick}", f"366 {self.nick} #bench :End")

    def _say(self, *lines: str) -> None:
        self.send(b"".join(f":{SERVER} {line}\r\n".encode() for line in lines))

    # --- asking

    def send(self, raw: bytes) -> None:
        """Send bytes; waits while the bot is slow to read."""
        self._socket.sendall(raw)

    def expect(self, answer: bytes) -> None:
        """Wait for the next line; raises WrongAnswer if it is another one."""
        self.expect_all([answer])

    def expect_beginning(self, answer: bytes) -> None:
        """Wait for the next line, of which only the beginning is known."""
        while not (said := self._said()):
            pass
        _compare(said[0][: len(answer)], answer)

    def expect_all(self, answers: Sequence[bytes]) -> None:
        """Wait for lines, in their order."""
        left = list(answers)
        while left:
            for line in self._said():
                _compare(line, left.pop(0) if left else b"silence")

    def heard(self, seconds: float) -> list[tuple[float, bytes]]:
        """All lines of the bot, each with its moment, for so long; its PINGs are answered."""
        ends = time.perf_counter() + seconds
        found = []
        while (left := ends - time.perf_counter()) > 0:
            self._socket.settimeout(left)
            try:
                lines = self._lines()
            except TimeoutError:
                break
            found += [(time.perf_counter(), line) for line in lines]
            self._pong(lines)
        self._socket.settimeout(PATIENCE)
        return found

    def heard_next(self, seconds: float) -> list[bytes]:
        """The lines of the bot that come first within so many seconds; its PINGs are answered."""
        self._socket.settimeout(max(seconds, 0.001))
        try:
            return self._said()
        except TimeoutError:
            return []
        finally:
            self._socket.settimeout(PATIENCE)

    def saturate(self, pairs: Sequence[tuple[bytes, bytes]], in_flight: int) -> float:
        """Ask with so many questions open at all times; the seconds until all are answered."""
        questions = [question for question, _ in pairs]
        asked, answered = in_flight, 0
        began = time.perf_counter()
        self.send(b"".join(questions[:asked]))
        while answered < len(pairs):
            for line in self._said():
                _compare(line, pairs[answered][1])
                answered += 1
            if asked < min(answered + in_flight, len(pairs)):
                self.send(b"".join(questions[asked : answered + in_flight]))
                asked = min(answered + in_flight, len(pairs))
        return time.perf_counter() - began

    def one_by_one(self, pairs: Sequence[tuple[bytes, bytes]], pause: float = 0) -> list[float]:
        """Ask so often that there is a pause from question to question; the seconds of each."""
        taken = []
        due = time.perf_counter()
        for question, answer in pairs:
            time.sleep(max(0.0, due - time.perf_counter()))
            began = time.perf_counter()
            self.send(question)
            self.expect(answer)
            taken.append(time.perf_counter() - began)
            due += pause
        return taken

    # --- listening

    def _said(self) -> list[bytes]:
        """What the bot has said; its PINGs are answered."""
        lines = self._lines()
        self._pong(lines)
        return [line for line in lines if line.startswith(b"PRIVMSG ")]

    def _pong(self, lines: Sequence[bytes]) -> None:
        for line in lines:
            if line.startswith(b"PING "):
                self.send(b":%b PONG %b %b\r\n" % (SERVER.encode(), SERVER.encode(), line[5:]))

    def _lines(self) -> list[bytes]:
        chunk = self._socket.recv(1 << 16)
        if not chunk:
            raise ConnectionError("the bot has closed the connection")
        *whole, self._rest = (self._rest + chunk).split(b"\r\n")
        return whole


def _compare(line: bytes, wanted: bytes) -> None:
    if line != wanted:
        raise WrongAnswer(f"{line!r} came, {wanted!r} was due")
