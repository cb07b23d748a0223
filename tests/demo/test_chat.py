"""The terminal chat: its pure parts, and the whole of it on a pretended terminal."""

import asyncio
import io
import re
from collections.abc import Awaitable, Callable
from datetime import UTC, datetime

import pytest
from prompt_toolkit.application import create_app_session
from prompt_toolkit.data_structures import Size
from prompt_toolkit.input import PipeInput, create_pipe_input
from prompt_toolkit.output.vt100 import Vt100_Output

from gsocbot.demo.chat import (
    GONE,
    HELP,
    Place,
    Shown,
    Typed,
    after,
    chat,
    cleaned,
    pieces,
    shown,
    typed,
)
from gsocbot.demo.server import Server
from gsocbot.demo.server.wire import parse

NOON = datetime(2026, 3, 2, 12, 0, tzinfo=UTC)
HERE = Place("student", "#gsoc")


def _seen(raw: bytes) -> Shown | None:
    line = parse(raw)
    assert line is not None
    return shown(line, HERE)


@pytest.mark.parametrize(
    ("raw", "text"),
    [
        (b":bot!b@h PRIVMSG #gsoc :hello", "<bot> hello"),
        (b":bot!b@h PRIVMSG #GSOC :hello", "<bot> hello"),
        (b":bot!b@h PRIVMSG #other :hello", "#other <bot> hello"),
        (b":bot!b@h NOTICE #gsoc :hello", "-bot- hello"),
        (b":bot!b@h PRIVMSG #gsoc :\x01ACTION waves\x01", "* bot waves"),
        (b":bot!b@h PRIVMSG student :psst", "[bot → you] psst"),
        (b":bot!b@h NOTICE student :psst", "[bot → you] psst"),
        (b":student!s@h PRIVMSG bot :help", "[you → bot] help"),
    ],
)
def test_what_people_say_is_shown_with_their_nick(raw: bytes, text: str) -> None:
    assert _seen(raw) == Shown(text)


@pytest.mark.parametrize(
    ("raw", "text"),
    [
        (b":kofi!k@h JOIN :#gsoc", "kofi has come to #gsoc"),
        (b":kofi!k@h PART #gsoc :bye", "kofi has left #gsoc"),
        (b":kofi!k@h QUIT :bye", "kofi has gone (bye)"),
        (b":kofi!k@h NICK :ana", "kofi is now ana"),
        (b":kofi!k@h KICK #gsoc ana :out", "kofi has thrown ana out of #gsoc (out)"),
        (b":kofi!k@h TOPIC #gsoc :ideas", "kofi has set the topic: ideas"),
        (b":s 332 student #gsoc :ideas", "topic of #gsoc: ideas"),
        (b":s 353 student = #gsoc :@bot student", "in #gsoc: @bot student"),
        (b":s 401 student nobody :No such nick", "nobody: No such nick"),
        (b":s 431 student :No nickname given", "No nickname given"),
        (b"ERROR :Closing link", "Closing link"),
    ],
)
def test_what_happens_is_shown_dim(raw: bytes, text: str) -> None:
    assert _seen(raw) == Shown(text, dim=True)


@pytest.mark.parametrize(
    "raw", [b":s 372 student :- motd", b"PING :x", b":s CAP * ACK :x", b"PRIVMSG", b":s 401"]
)
def test_what_is_not_for_people_is_not_shown(raw: bytes) -> None:
    assert _seen(raw) is None


@pytest.mark.parametrize(
    ("text", "clean"),
    [
        ("plain ünïcode 😀", "plain ünïcode 😀"),
        ("\x0304,12red\x03 \x02bold\x0f \x04ff0000hex", "red bold hex"),
        ("\x1b[2Jgone\x1b]0;title\x07", "[2Jgone]0;title"),
        ("\x9b2J\x85\x7f\x00", "2J"),
        ("a\tb\rc", "a bc"),
        ("\u202eevil\u2066\u2028", "evil"),
        ("caf\udce9", "café"),
        ("\udc9b2J", "2J"),
    ],
)
def test_nothing_but_text_reaches_the_terminal(text: str, clean: str) -> None:
    assert cleaned(text) == clean


def test_controls_in_a_nick_do_not_reach_the_terminal_either() -> None:
    assert _seen(b":b\x1bot!b@h PRIVMSG #g\x1bsoc :h\x1bi") == Shown("#gsoc <bot> hi")


@pytest.mark.parametrize(
    ("raw", "place"),
    [
        (b":s 001 student1 :Welcome", Place("student1", "#gsoc")),
        (b":student!s@h NICK :mira", Place("mira", "#gsoc")),
        (b":kofi!k@h NICK :mira", HERE),
        (b":student!s@h JOIN #other", Place("student", "#other")),
        (b":kofi!k@h JOIN #other", HERE),
    ],
)
def test_the_chat_knows_where_it_is(raw: bytes, place: Place) -> None:
    line = parse(raw)

    assert line is not None
    assert after(line, HERE) == place


@pytest.mark.parametrize(
    ("text", "sent"),
    [
        ("!ideas rust", ("PRIVMSG #gsoc :!ideas rust",)),
        ("  hello  ", ("PRIVMSG #gsoc :hello",)),
        ("", ()),
        ("one\ntwo\r\nQUIT", ("PRIVMSG #gsoc :one", "PRIVMSG #gsoc :two", "PRIVMSG #gsoc :QUIT")),
        ("/msg bot !me late", ("PRIVMSG bot :!me late",)),
        ("/me waves", ("PRIVMSG #gsoc :\x01ACTION waves\x01",)),
        ("/me is {} happy", ("PRIVMSG #gsoc :\x01ACTION is {} happy\x01",)),
        ("/nick mira", ("NICK mira",)),
        ("/JOIN #other", ("JOIN #other",)),
    ],
)
def test_typed_lines_are_sent(text: str, sent: tuple[str, ...]) -> None:
    assert typed(text, HERE) == Typed(send=sent)


def test_quit_ends_the_chat() -> None:
    assert typed("/quit", HERE) == Typed(ends=True)


@pytest.mark.parametrize(
    ("text", "answer"),
    [
        ("/help", HELP),
        ("/frob x", f"there is no /frob here. {HELP}"),
        ("/nick", "try: /nick NAME"),
        ("/nick two words", "try: /nick NAME"),
        ("/msg bot", "try: /msg NICK TEXT"),
        ("/join other", "try: /join #channel"),
        ("/me", "try: /me TEXT"),
    ],
)
def test_help_and_mistakes_are_answered_at_home(text: str, answer: str) -> None:
    assert typed(text, HERE) == Typed(show=(Shown(answer, dim=True),))


def test_a_long_text_is_sent_in_pieces_that_fit() -> None:
    text = " ".join(["wörter"] * 100)

    parts = list(pieces(text))

    assert " ".join(parts) == text
    assert [len(part.encode()) <= 400 for part in parts] == [True, True]
    assert list(pieces("x" * 900)) == ["x" * 400, "x" * 400, "x" * 100]


class Terminal:
    """A pretended terminal: keys go in, and what was written can be waited for."""

    def __init__(self, keys: PipeInput, written: io.StringIO) -> None:
        self._keys = keys
        self._written = written

    def type(self, text: str) -> None:
        self._keys.send_text(text)

    def text(self) -> str:
        return re.sub(r"\x1b\[[0-9;?]*[a-zA-Z]", "", self._written.getvalue())

    async def shows(self, text: str) -> None:
        async with asyncio.timeout(10):
            while text not in self.text():
                await asyncio.sleep(0.01)


def _play(scene: Callable[[Terminal, Server, int], Awaitable[None]], *taken: str) -> str:
    """Run a chat on a pretended terminal beside a scene, and give all that was written."""

    async def run(terminal: Terminal) -> None:
        server = Server(lambda: NOON)
        port = await server.start("127.0.0.1", 0)
        others = [await asyncio.open_connection("127.0.0.1", port) for _ in taken]
        for nick, (_, writer) in zip(taken, others, strict=True):
            writer.write(f"NICK {nick}\r\nUSER {nick} 0 * :x\r\nJOIN #gsoc\r\n".encode())
        try:
            async with asyncio.timeout(30), asyncio.TaskGroup() as both:
                both.create_task(chat("127.0.0.1", port, "#gsoc", ["try: !ideas", "try: !help"]))
                both.create_task(_scene(terminal, server, port))
            assert asyncio.all_tasks() == {asyncio.current_task()}
        finally:
            for _, writer in others:
                writer.close()
            await server.stop()

    async def _scene(terminal: Terminal, server: Server, port: int) -> None:
        await terminal.shows("student has come to #gsoc" if not taken else "has come to #gsoc")
        await scene(terminal, server, port)

    written = io.StringIO()
    output = Vt100_Output(written, lambda: Size(40, 120), term="dumb", enable_cpr=False)
    with create_pipe_input() as keys, create_app_session(input=keys, output=output):
        terminal = Terminal(keys, written)
        asyncio.run(run(terminal))
        return terminal.text()


def test_a_person_chats_changes_nick_and_leaves() -> None:
    async def scene(terminal: Terminal, server: Server, port: int) -> None:
        terminal.type("hello\r")
        await terminal.shows("<student> hello")
        terminal.type("/nick mira\r")
        await terminal.shows("student is now mira")
        terminal.type("/msg nobody psst\r")
        await terminal.shows("nobody: No such nick")
        terminal.type("/quit\r")

    text = _play(scene)

    assert text.index("try: !ideas") < text.index("try: !help") < text.index("in #gsoc: @student")
    assert "[mira]" in text


def test_others_are_heard_and_their_controls_are_not() -> None:
    async def scene(terminal: Terminal, server: Server, port: int) -> None:
        _, writer = await asyncio.open_connection("127.0.0.1", port)
        writer.write(b"NICK bot\r\nUSER bot 0 * :x\r\nJOIN #gsoc\r\n")
        writer.write(b"PRIVMSG #gsoc :\x1b]0;evil\x07 wel\x034come\r\nPRIVMSG student :psst\r\n")
        await terminal.shows("<bot> ]0;evil welcome")
        await terminal.shows("[bot → you] psst")
        writer.close()
        await terminal.shows("bot has gone")
        terminal.type("\x04")

    _play(scene)


def test_a_taken_nick_gets_a_number() -> None:
    async def scene(terminal: Terminal, server: Server, port: int) -> None:
        await terminal.shows("student2 has come to #gsoc")
        terminal.type("\x03")

    assert "already in use" not in _play(scene, "student", "student1")


def test_a_server_that_goes_away_ends_the_chat() -> None:
    async def scene(terminal: Terminal, server: Server, port: int) -> None:
        terminal.type("half a li")
        await terminal.shows("half a li")
        await server.stop()

    assert _play(scene).rstrip().endswith(GONE)
