"""The terminal as a chat: a person talks to the demo's bot without a client of their own."""

import asyncio
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from prompt_toolkit import PromptSession, print_formatted_text
from prompt_toolkit.formatted_text import FormattedText
from prompt_toolkit.patch_stdout import patch_stdout

from gsocbot.demo.server.wire import Line, parse

NICK = "student"
HELP = "/nick NAME, /msg NICK TEXT, /me TEXT, /join #channel, /help, /quit; all else is said aloud"
GONE = "the server has gone away; good-bye"

_MOST_HINTS = 3
_LONGEST_SAID = 400  # bytes, so that the line stays whole behind anybody's address
_LONGEST_HEARD = 1_000_000  # bytes
_LEAVING = 2.0  # seconds
_COLOURS = re.compile(r"\x03(\d{1,2}(,\d{1,2})?)?|\x04([0-9A-Fa-f]{6}(,[0-9A-Fa-f]{6})?)?")
# C0, DEL and C1; line ends by other names; marks that turn the direction of the text.
_UNSAFE = re.compile(r"[\x00-\x1f\x7f-\x9f\u2028\u2029\u200e\u200f\u202a-\u202e\u2066-\u2069]")


@dataclass(frozen=True, slots=True)
class Place:
    """Who one is, and the channel in which plain text is said."""

    nick: str
    channel: str


@dataclass(frozen=True, slots=True)
class Shown:
    """A line for the terminal; what is not said by a person is dim."""

    text: str
    dim: bool = False


@dataclass(frozen=True, slots=True)
class Typed:
    """What a typed line asks for: lines to send, lines to show, or the end."""

    send: tuple[str, ...] = ()
    show: tuple[Shown, ...] = ()
    ends: bool = False


def cleaned(text: str) -> str:
    """Text that is safe on a terminal: no colours, no controls, no broken bytes."""
    raw = text.encode("utf-8", "surrogateescape")
    try:
        text = raw.decode("utf-8")
    except UnicodeDecodeError:
        text = raw.decode("latin-1")
    return _UNSAFE.sub("", _COLOURS.sub("", text.replace("\t", " ")))


def shown(line: Line, place: Place) -> Shown | None:
    """What a line from the server looks like; None when it is not for people."""
    if line.command in ("PRIVMSG", "NOTICE") and len(line.params) > 1:
        return _shown_talk(line, place)
    text = _event(line) or _numeric(line)
    return Shown(text, dim=True) if text else None


def after(line: Line, place: Place) -> Place:
    """Where one is once a line from the server has come."""
    if line.command == "001" and line.params:
        return replace(place, nick=line.params[0])
    if line.params and _is(line.nick, place.nick):
        if line.command == "NICK":
            return replace(place, nick=line.params[0])
        if line.command == "JOIN":
            return replace(place, channel=line.params[0])
    return place


def typed(text: str, place: Place) -> Typed:
    """What a typed line means."""
    lines = [line for line in map(str.strip, text.splitlines()) if line]
    meant = [_typed_line(line, place) for line in lines]
    return Typed(
        tuple(line for one in meant for line in one.send),
        tuple(line for one in meant for line in one.show),
        any(one.ends for one in meant),
    )


async def chat(host: str, port: int, channel: str, hints: Sequence[str]) -> None:
    """Talk in a channel until the person leaves or the server does."""
    reader, writer = await asyncio.open_connection(host, port, limit=_LONGEST_HEARD)
    talk = _Talk(reader, writer, Place(NICK, channel))
    try:
        with patch_stdout():
            await talk.run(hints)
    finally:
        await _hang_up(writer)


class _Talk:
    """A running chat: two tasks, one that hears and one that reads what is typed."""

    def __init__(
        self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter, place: Place
    ) -> None:
        self._reader = reader
        self._writer = writer
        self._place = place
        self._tries = 0
        self._registered = False

    async def run(self, hints: Sequence[str]) -> None:
        """Register, and talk until one of the two tasks is over."""
        for hint in hints[:_MOST_HINTS]:
            _print(Shown(cleaned(hint), dim=True))
        # The server's echo shows one's own lines as the others see them.
        self._send("CAP REQ :echo-message", f"NICK {NICK}", f"USER {NICK} 0 * :{NICK}", "CAP END")
        hearing = asyncio.create_task(self._hear())
        typing = asyncio.create_task(self._type())
        try:
            await asyncio.wait((hearing, typing), return_when=asyncio.FIRST_COMPLETED)
            has_left = typing.done()
        finally:
            hearing.cancel()
            typing.cancel()
            await asyncio.wait((hearing, typing))
        for task in (hearing, typing):
            if not task.cancelled():
                task.result()
        if not has_left:
            _print(Shown(GONE, dim=True))

    async def _hear(self) -> None:
        while raw := await self._next_line():
            line = parse(raw.rstrip(b"\r\n"))
            if line is None:
                continue
            if self._answers(line):
                continue
            if (to_show := shown(line, self._place)) is not None:
                _print(to_show)
            self._place = after(line, self._place)

    async def _next_line(self) -> bytes:
        try:
            return await self._reader.readline()
        except (OSError, ValueError):
            # Reset, or a line without an end: nothing more can be read from this server.
            return b""

    def _answers(self, line: Line) -> bool:
        match line.command:
            case "PING" if line.params:
                self._send(f"PONG :{line.params[-1]}")
            case "433" if not self._registered:
                self._tries += 1
                self._send(f"NICK {NICK}{self._tries}")
            case "001":
                self._registered = True
                self._send(f"JOIN {self._place.channel}")
                return False
            case _:
                return False
        return True

    async def _type(self) -> None:
        session: PromptSession[str] = PromptSession(
            lambda: f"[{self._place.nick}] ", erase_when_done=True
        )
        while True:
            try:
                text = await session.prompt_async()
            except (EOFError, KeyboardInterrupt):
                return
            meant = typed(text, self._place)
            self._send(*meant.send)
            for line in meant.show:
                _print(line)
            if meant.ends:
                return

    def _send(self, *lines: str) -> None:
        for line in lines:
            self._writer.write(line.encode("utf-8", "replace") + b"\r\n")


async def _hang_up(writer: asyncio.StreamWriter) -> None:
    if not writer.is_closing():
        writer.write(b"QUIT :bye\r\n")
    writer.close()
    try:
        async with asyncio.timeout(_LEAVING):
            await writer.wait_closed()
    except (OSError, TimeoutError):
        writer.transport.abort()


def _print(line: Shown) -> None:
    style = "fg:ansibrightblack" if line.dim else ""
    print_formatted_text(FormattedText([(style, line.text)]))


def _shown_talk(line: Line, place: Place) -> Shown:
    nick, target = cleaned(line.nick), line.params[0]
    text = line.params[1]
    action = re.fullmatch("\x01ACTION (.*?)\x01?", text)
    text = cleaned(action[1] if action else text)
    if not target.startswith("#"):
        who = "you" if _is(nick, place.nick) else nick
        whom = "you" if _is(target, place.nick) else cleaned(target)
        return Shown(f"[{who} → {whom}] {text}")
    if action:
        said = f"* {nick} {text}"
    elif line.command == "NOTICE":
        said = f"-{nick}- {text}"
    else:
        said = f"<{nick}> {text}"
    return Shown(said if _is(target, place.channel) else f"{cleaned(target)} {said}")


def _event(line: Line) -> str | None:
    nick = cleaned(line.nick)
    words = [*map(cleaned, line.params), "", ""]
    match line.command:
        case "JOIN":
            return f"{nick} has come to {words[0]}"
        case "PART":
            return f"{nick} has left {words[0]}"
        case "QUIT":
            return f"{nick} has gone ({words[0]})"
        case "KICK":
            return f"{nick} has thrown {words[1]} out of {words[0]} ({words[2]})"
        case "NICK":
            return f"{nick} is now {words[0]}"
        case "TOPIC":
            return f"{nick} has set the topic: {words[1]}"
        case "INVITE":
            return f"{nick} asks {words[0]} to {words[1]}"
        case "ERROR":
            return words[0]
        case _:
            return None


def _numeric(line: Line) -> str | None:
    params = [cleaned(param) for param in line.params[1:]]
    if line.command == "332" and len(params) > 1:
        return f"topic of {params[0]}: {params[1]}"
    if line.command == "353" and len(params) > 2:
        return f"in {params[1]}: {params[2]}"
    if re.fullmatch("[45][0-9][0-9]", line.command) and params:
        return ": ".join([" ".join(params[:-1]), params[-1]] if params[1:] else params)
    return None


def _typed_line(text: str, place: Place) -> Typed:
    if not text.startswith("/"):
        return _said(place.channel, cleaned(text))
    word, _, rest = text[1:].partition(" ")
    rest = cleaned(rest.strip())
    match word.lower():
        case "help":
            return Typed(show=(Shown(HELP, dim=True),))
        case "quit":
            return Typed(ends=True)
        case "nick" if rest and " " not in rest:
            return Typed(send=(f"NICK {rest}",))
        case "join" if rest.startswith("#") and " " not in rest:
            return Typed(send=(f"JOIN {rest}",))
        case "me" if rest:
            return _said(place.channel, rest, "\x01ACTION {}\x01")
        case "msg" if " " in rest:
            target, _, said = rest.partition(" ")
            return _said(target, said.strip())
        case "nick" | "join" | "me" | "msg" as known:
            usage = next(part for part in HELP.split(", ") if part.startswith(f"/{known} "))
            return Typed(show=(Shown(f"try: {usage}", dim=True),))
        case _:
            return Typed(show=(Shown(f"there is no /{cleaned(word)} here. {HELP}", dim=True),))


def _said(target: str, text: str, form: str = "{}") -> Typed:
    return Typed(tuple(f"PRIVMSG {target} :{form.format(piece)}" for piece in pieces(text)))


def pieces(text: str) -> Iterator[str]:
    """A text in pieces that fit into a line each, cut between words where it can be."""
    while len(text.encode("utf-8", "replace")) > _LONGEST_SAID:
        raw = text.encode("utf-8", "replace")[:_LONGEST_SAID]
        piece = raw.decode("utf-8", "ignore")
        piece = piece.rpartition(" ")[0] or piece
        yield piece
        text = text[len(piece) :].lstrip(" ")
    if text:
        yield text


def _is(one: str, other: str) -> bool:
    return one.lower() == other.lower()
