"""The demo's IRC server, on a real socket, with clients that hide nothing."""

import asyncio
import socket
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import asynccontextmanager, closing
from datetime import UTC, datetime

import irc.client
import irc.client_aio
import pytest

from gsocbot.demo.server import Server
from gsocbot.demo.server.names import is_nick, matches
from gsocbot.demo.server.replies import CAPS
from gsocbot.demo.server.wire import Line, parse, write

NOON = datetime(2026, 3, 2, 12, 0, tzinfo=UTC)
AT = "time=2026-03-02T12:00:00.000Z"
TAGS = "message-tags server-time account-tag"


class Peer:
    """A raw client: lines go out as written, and all that comes back is kept."""

    def __init__(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        self.reader = reader
        self.writer = writer

    def send(self, *lines: str | bytes) -> None:
        for line in lines:
            raw = line if isinstance(line, bytes) else line.encode()
            self.writer.write(raw + b"\r\n")

    async def line(self) -> str:
        async with asyncio.timeout(5):
            raw = await self.reader.readline()
        return raw.decode("utf-8", "surrogateescape").rstrip("\r\n")

    async def heard(self, *lines: str | bytes) -> list[str]:
        """Send lines, and give all that came until the answer to a PING after them."""
        self.send(*lines, "PING until-here")
        got = []
        while not (line := await self.line()).endswith("PONG demo.gsocbot :until-here"):
            assert line, "the server has closed the connection"
            got.append(line)
        return got


class World:
    """A running server, and a way in."""

    def __init__(self, server: Server, port: int) -> None:
        self.server = server
        self.port = port
        self.peers: list[Peer] = []

    async def stranger(self) -> Peer:
        peer = Peer(*await asyncio.open_connection("127.0.0.1", self.port))
        self.peers.append(peer)
        return peer

    async def client(self, nick: str, caps: str = "", channel: str = "#gsoc") -> Peer:
        peer = await self.stranger()
        asked = [f"CAP REQ :{caps}"] if caps else []
        await peer.heard(*asked, f"NICK {nick}", f"USER {nick} 0 * :Real {nick}", "CAP END")
        if channel:
            await peer.heard(f"JOIN {channel}")
        return peer


@asynccontextmanager
async def running(idle: float = 90, grace: float = 60) -> AsyncIterator[World]:
    server = Server(lambda: NOON, idle=idle, grace=grace)
    world = World(server, await server.start("127.0.0.1", 0))
    try:
        yield world
    finally:
        for peer in world.peers:
            peer.writer.close()
        await server.stop()


def play(scene: Callable[[World], Awaitable[None]], idle: float = 90, grace: float = 60) -> None:
    async def run() -> None:
        async with running(idle, grace) as world:
            await scene(world)

    asyncio.run(run())


def test_registration_greets_with_what_the_server_supports() -> None:
    async def scene(world: World) -> None:
        kofi = await world.stranger()

        got = await kofi.heard("NICK kofi", "USER kofi 0 * :Kofi")

        assert [line.split()[1] for line in got] == [
            *("001", "002", "003", "004", "005", "251", "254", "255", "375", "372", "372", "376")
        ]
        assert got[0] == (
            ":demo.gsocbot 001 kofi :Welcome to the gsocbot-demo network, kofi!kofi@127.0.0.1"
        )
        assert got[4] == (
            ":demo.gsocbot 005 kofi BOT=B CASEMAPPING=ascii CHANLIMIT=#:50 CHANMODES=b,,,imnt"
            " CHANNELLEN=64 CHANTYPES=# LINELEN=512 MODES=12 NETWORK=gsocbot-demo NICKLEN=30"
            " PREFIX=(ov)@+ TARGMAX=PRIVMSG:20,NOTICE:20,TAGMSG:20 WHOX"
            " :are supported by this server"
        )

    play(scene)


def test_strangers_may_only_register() -> None:
    async def scene(world: World) -> None:
        peer = await world.stranger()

        assert await peer.heard("JOIN #gsoc", "FROB", "NICK", "NICK 9lives", "USER x") == [
            ":demo.gsocbot 451 * :You have not registered",
            ":demo.gsocbot 451 * :You have not registered",
            ":demo.gsocbot 431 * :No nickname given",
            ":demo.gsocbot 432 * 9lives :Erroneous nickname",
            ":demo.gsocbot 461 * USER :Not enough parameters",
        ]

    play(scene)


def test_a_nick_belongs_to_one_client_whatever_its_case() -> None:
    async def scene(world: World) -> None:
        await world.client("kofi")
        peer = await world.stranger()

        assert await peer.heard("NICK KOFI") == [
            ":demo.gsocbot 433 * KOFI :Nickname is already in use"
        ]

    play(scene)


def test_cap_lists_gives_refuses_and_takes_back() -> None:
    async def scene(world: World) -> None:
        peer = await world.stranger()

        assert await peer.heard(
            "CAP LS 302",
            "NICK kofi",
            "USER kofi 0 * :Kofi",
            "CAP REQ :sasl",
            "CAP REQ :message-tags batch",
            "CAP REQ :-batch",
            "CAP LIST",
            "CAP FROB",
        ) == [
            f":demo.gsocbot CAP * LS :{' '.join(CAPS)}",
            ":demo.gsocbot CAP kofi NAK :sasl",
            ":demo.gsocbot CAP kofi ACK :message-tags batch",
            ":demo.gsocbot CAP kofi ACK :-batch",
            ":demo.gsocbot CAP kofi LIST :cap-notify message-tags",
            ":demo.gsocbot 410 kofi FROB :Invalid CAP command",
        ]
        assert (await peer.heard("CAP END"))[0].split()[1] == "001"

    play(scene)


def test_a_channel_is_joined_with_its_topic_and_names() -> None:
    async def scene(world: World) -> None:
        kofi = await world.client("kofi")
        await kofi.heard("TOPIC #gsoc :ideas until Friday")
        ana = await world.client("ana", "extended-join multi-prefix userhost-in-names", channel="")

        assert await ana.heard("JOIN #gsoc") == [
            ":ana!ana@127.0.0.1 JOIN #gsoc ana :Real ana",
            ":demo.gsocbot 332 ana #gsoc :ideas until Friday",
            ":demo.gsocbot 333 ana #gsoc kofi!kofi@127.0.0.1 :1772452800",
            ":demo.gsocbot 353 ana = #gsoc :@kofi!kofi@127.0.0.1 ana!ana@127.0.0.1",
            ":demo.gsocbot 366 ana #gsoc :End of /NAMES list.",
        ]
        assert await kofi.heard() == [":ana!ana@127.0.0.1 JOIN :#gsoc"]

    play(scene)


def test_a_line_carries_the_tags_that_each_hearer_reads() -> None:
    async def scene(world: World) -> None:
        kofi = await world.client("kofi", TAGS)
        ana = await world.client("ana", TAGS)
        plain = await world.client("plain")
        await kofi.heard()

        assert await kofi.heard("@+draft/reply=7;evil=1 PRIVMSG #gsoc,ana :hello there") == []

        said = ":kofi!kofi@127.0.0.1 PRIVMSG"
        assert await ana.heard() == [
            f"@{AT};account=plain :plain!plain@127.0.0.1 JOIN :#gsoc",
            f"@{AT};account=kofi;msgid=69a57bc0-1;+draft/reply=7 {said} #gsoc :hello there",
            f"@{AT};account=kofi;msgid=69a57bc0-2;+draft/reply=7 {said} ana :hello there",
        ]
        assert await plain.heard() == [f"{said} #gsoc :hello there"]

    play(scene)


def test_a_labelled_line_is_answered_by_its_echo() -> None:
    async def scene(world: World) -> None:
        caps = f"{TAGS} batch labeled-response echo-message"
        kofi = await world.client("kofi", caps)

        assert await kofi.heard("@label=L1 PRIVMSG #gsoc :hello") == [
            f"@{AT};account=kofi;msgid=69a57bc0-1;label=L1 :kofi!kofi@127.0.0.1"
            " PRIVMSG #gsoc :hello"
        ]

    play(scene)


def test_a_labelled_line_to_oneself_is_heard_once_and_echoed_once() -> None:
    async def scene(world: World) -> None:
        kofi = await world.client("kofi", "batch labeled-response echo-message")

        assert await kofi.heard("@label=L1 PRIVMSG kofi :note") == [
            ":kofi!kofi@127.0.0.1 PRIVMSG kofi :note",
            "@label=L1 :kofi!kofi@127.0.0.1 PRIVMSG kofi :note",
        ]

    play(scene)


def test_labels_are_answered_by_a_batch_by_an_error_or_by_ack() -> None:
    async def scene(world: World) -> None:
        kofi = await world.client("kofi", "batch labeled-response")

        assert await kofi.heard(
            "@label=a MODE #gsoc",
            "@label=b NOTICE nobody :hello",
            "@label=c PRIVMSG #gsoc :hello",
        ) == [
            "@label=a :demo.gsocbot BATCH +1 :labeled-response",
            "@batch=1 :demo.gsocbot 324 kofi #gsoc :+nt",
            "@batch=1 :demo.gsocbot 329 kofi #gsoc :1772452800",
            ":demo.gsocbot BATCH :-1",
            "@label=b :demo.gsocbot 401 kofi nobody :No such nick",
            "@label=c :demo.gsocbot ACK",
        ]

    play(scene)


def test_a_new_nick_is_a_new_account() -> None:
    async def scene(world: World) -> None:
        ana = await world.client("ana", "account-tag account-notify")
        kofi = await world.client("kofi")
        await ana.heard()

        await kofi.heard("NICK kofi2", "PRIVMSG #gsoc :still me")

        assert await ana.heard() == [
            "@account=kofi :kofi!kofi@127.0.0.1 NICK :kofi2",
            "@account=kofi2 :kofi2!kofi@127.0.0.1 ACCOUNT :kofi2",
            "@account=kofi2 :kofi2!kofi@127.0.0.1 PRIVMSG #gsoc :still me",
        ]

    play(scene)


def test_who_and_whox_list_a_channel() -> None:
    async def scene(world: World) -> None:
        kofi = await world.client("kofi")
        bot = await world.client("bot")
        await bot.heard("MODE bot +B", "AWAY :building")
        await kofi.heard()

        assert await kofi.heard("WHO #gsoc %tcuhnaf,42", "WHO #gsoc") == [
            ":demo.gsocbot 354 kofi 42 #gsoc kofi 127.0.0.1 kofi H@ :kofi",
            ":demo.gsocbot 354 kofi 42 #gsoc bot 127.0.0.1 bot GB :bot",
            ":demo.gsocbot 315 kofi #gsoc :End of /WHO list.",
            ":demo.gsocbot 352 kofi #gsoc kofi 127.0.0.1 demo.gsocbot kofi H@ :0 Real kofi",
            ":demo.gsocbot 352 kofi #gsoc bot 127.0.0.1 demo.gsocbot bot GB :0 Real bot",
            ":demo.gsocbot 315 kofi #gsoc :End of /WHO list.",
        ]

    play(scene)


def test_whois_tells_the_account_and_who_is_a_bot() -> None:
    async def scene(world: World) -> None:
        kofi = await world.client("kofi")
        await kofi.heard("MODE kofi +B")

        assert await kofi.heard("WHOIS kofi", "WHOIS nobody", "WHOWAS nobody") == [
            ":demo.gsocbot 311 kofi kofi kofi 127.0.0.1 * :Real kofi",
            ":demo.gsocbot 319 kofi kofi :@#gsoc",
            ":demo.gsocbot 312 kofi kofi demo.gsocbot :the gsocbot demo",
            ":demo.gsocbot 335 kofi kofi :is a bot on gsocbot-demo",
            ":demo.gsocbot 330 kofi kofi kofi :is logged in as",
            ":demo.gsocbot 317 kofi kofi 0 1772452800 :seconds idle, signon time",
            ":demo.gsocbot 318 kofi kofi :End of /WHOIS list.",
            ":demo.gsocbot 401 kofi nobody :No such nick",
            ":demo.gsocbot 318 kofi nobody :End of /WHOIS list.",
            ":demo.gsocbot 406 kofi nobody :There was no such nickname",
            ":demo.gsocbot 369 kofi nobody :End of WHOWAS",
        ]

    play(scene)


def test_a_bot_is_tagged_as_one() -> None:
    async def scene(world: World) -> None:
        kofi = await world.client("kofi", "message-tags")
        bot = await world.client("bot")
        await kofi.heard()

        await bot.heard("MODE bot +B", "NOTICE #gsoc :hello")

        assert await kofi.heard() == [
            "@bot;msgid=69a57bc0-1 :bot!bot@127.0.0.1 NOTICE #gsoc :hello"
        ]

    play(scene)


def test_tagmsg_reaches_only_those_who_read_tags() -> None:
    async def scene(world: World) -> None:
        kofi = await world.client("kofi", "message-tags echo-message")
        ana = await world.client("ana", "message-tags")
        plain = await world.client("plain")
        await kofi.heard()
        await ana.heard()

        line = "@msgid=69a57bc0-1;+typing=active :kofi!kofi@127.0.0.1 TAGMSG :#gsoc"
        assert await kofi.heard("@+typing=active TAGMSG #gsoc") == [line]
        assert await ana.heard() == [line]
        assert await plain.heard() == []

    play(scene)


def test_operators_rule_and_others_do_not() -> None:
    async def scene(world: World) -> None:
        op = await world.client("op")
        bob = await world.client("bob")
        await op.heard()

        assert await bob.heard("TOPIC #gsoc :mine", "KICK #gsoc op", "MODE #gsoc +m") == [
            ":demo.gsocbot 482 bob #gsoc :You're not channel operator",
            ":demo.gsocbot 482 bob #gsoc :You're not channel operator",
            ":demo.gsocbot 482 bob #gsoc :You're not channel operator",
        ]
        assert await op.heard("MODE #gsoc +mz-t+v bob", "MODE #gsoc +b evil", "MODE #gsoc b") == [
            ":demo.gsocbot 472 op z :is unknown mode char to me",
            ":op!op@127.0.0.1 MODE #gsoc +m-t+v :bob",
            ":op!op@127.0.0.1 MODE #gsoc +b :evil!*@*",
            ":demo.gsocbot 367 op #gsoc evil!*@* op!op@127.0.0.1 :1772452800",
            ":demo.gsocbot 368 op #gsoc :End of channel ban list",
        ]
        assert await op.heard("KICK #gsoc bob :out you go") == [
            ":op!op@127.0.0.1 KICK #gsoc bob :out you go"
        ]

    play(scene)


def test_modes_and_bans_keep_people_out_and_silent() -> None:
    async def scene(world: World) -> None:
        op = await world.client("op")
        bob = await world.client("bob", channel="")
        eve = await world.client("eve")
        await op.heard("MODE #gsoc +imb eve")

        assert await bob.heard("PRIVMSG #gsoc :hi", "JOIN #gsoc", "PRIVMSG #none :hi") == [
            ":demo.gsocbot 404 bob #gsoc :Cannot send to channel",
            ":demo.gsocbot 473 bob #gsoc :Cannot join channel (+i)",
            ":demo.gsocbot 403 bob #none :No such channel",
        ]
        assert (await eve.heard("PRIVMSG #gsoc :hi"))[-1] == (
            ":demo.gsocbot 404 eve #gsoc :Cannot send to channel"
        )
        assert (await op.heard("INVITE bob #gsoc")) == [":demo.gsocbot 341 op bob :#gsoc"]
        assert (await bob.heard("JOIN #gsoc"))[:2] == [
            ":op!op@127.0.0.1 INVITE bob :#gsoc",
            ":bob!bob@127.0.0.1 JOIN :#gsoc",
        ]

    play(scene)


def test_invite_notify_tells_the_other_members() -> None:
    async def scene(world: World) -> None:
        op = await world.client("op")
        ana = await world.client("ana", "invite-notify")
        await world.client("bob", channel="")

        await op.heard("INVITE bob #gsoc")

        assert await ana.heard() == [":op!op@127.0.0.1 INVITE bob :#gsoc"]

    play(scene)


def test_errors_name_what_is_wrong() -> None:
    async def scene(world: World) -> None:
        kofi = await world.client("kofi", channel="")

        assert await kofi.heard(
            "FROB", "JOIN", "JOIN gsoc", "PART #x", "PRIVMSG", "PRIVMSG #x", "USER a b c d", "PING"
        ) == [
            ":demo.gsocbot 421 kofi FROB :Unknown command",
            ":demo.gsocbot 461 kofi JOIN :Not enough parameters",
            ":demo.gsocbot 403 kofi gsoc :No such channel",
            ":demo.gsocbot 403 kofi #x :No such channel",
            ":demo.gsocbot 411 kofi :No recipient given",
            ":demo.gsocbot 412 kofi :No text to send",
            ":demo.gsocbot 462 kofi :You may not reregister",
            ":demo.gsocbot 409 kofi :No origin specified",
        ]

    play(scene)


def test_small_questions_are_answered() -> None:
    async def scene(world: World) -> None:
        kofi = await world.client("kofi")

        assert await kofi.heard(
            "ISON kofi nobody", "USERHOST kofi", "MODE kofi", "LIST", "TIME", "NAMES #none"
        ) == [
            ":demo.gsocbot 303 kofi :kofi",
            ":demo.gsocbot 302 kofi :kofi=+kofi@127.0.0.1",
            ":demo.gsocbot 221 kofi :+",
            ":demo.gsocbot 321 kofi Channel :Users Name",
            ":demo.gsocbot 322 kofi #gsoc 1 :",
            ":demo.gsocbot 323 kofi :End of /LIST",
            ":demo.gsocbot 391 kofi demo.gsocbot :2026-03-02 12:00:00 UTC",
            ":demo.gsocbot 366 kofi #none :End of /NAMES list.",
        ]

    play(scene)


def test_an_absent_person_leaves_a_word() -> None:
    async def scene(world: World) -> None:
        kofi = await world.client("kofi")
        ana = await world.client("ana")
        await ana.heard("AWAY :lunch")
        await kofi.heard()

        assert await kofi.heard("PRIVMSG ana :hi", "NOTICE ana :hi") == [
            ":demo.gsocbot 301 kofi ana :lunch"
        ]

    play(scene)


def test_a_new_real_name_is_told() -> None:
    async def scene(world: World) -> None:
        kofi = await world.client("kofi", "setname")

        assert await kofi.heard("SETNAME :Kofi A.") == [":kofi!kofi@127.0.0.1 SETNAME :Kofi A."]

    play(scene)


def test_who_quits_is_seen_to_go_and_the_nick_is_free() -> None:
    async def scene(world: World) -> None:
        ana = await world.client("ana")
        kofi = await world.client("kofi")
        await ana.heard()

        kofi.send("QUIT :bye")

        assert await kofi.line() == "ERROR :Closing link: kofi (Quit: bye)"
        assert await kofi.line() == ""
        assert await ana.line() == ":kofi!kofi@127.0.0.1 QUIT :Quit: bye"
        assert await ana.heard("NICK kofi") == [":ana!ana@127.0.0.1 NICK :kofi"]

    play(scene)


def test_bytes_that_are_not_utf_8_pass_unchanged_and_nul_and_cr_do_not_pass() -> None:
    async def scene(world: World) -> None:
        ana = await world.client("ana")
        kofi = await world.client("kofi")
        await ana.heard()

        bad = [b"PRIVMSG #gsoc :caf\xe9 \xff", b"PRIVMSG #gsoc :a\0b\rc", b"\xff\xfe", b"@", b":"]
        assert await kofi.heard(*bad) == [
            ":demo.gsocbot 421 kofi \udcff\udcfe :Unknown command",
        ]

        assert await ana.heard() == [
            ":kofi!kofi@127.0.0.1 PRIVMSG #gsoc :caf\udce9 \udcff",
            ":kofi!kofi@127.0.0.1 PRIVMSG #gsoc :abc",
        ]

    play(scene)


def test_over_long_lines_are_refused_and_the_next_is_heard() -> None:
    async def scene(world: World) -> None:
        kofi = await world.client("kofi", "message-tags")

        refused = ":demo.gsocbot 417 kofi :Input line was too long"
        assert await kofi.heard(
            b"PRIVMSG #gsoc :" + b"x" * 100_000,
            b"@+a=" + b"x" * 9000 + b" PRIVMSG #gsoc :hi",
            "MODE kofi",
        ) == [refused, refused, ":demo.gsocbot 221 kofi :+"]

    play(scene)


def test_a_line_without_end_closes_its_client_and_no_other() -> None:
    async def scene(world: World) -> None:
        kofi = await world.client("kofi")
        flood = await world.client("flood")

        flood.writer.write(b"x" * 1_100_000)

        await kofi.heard()
        assert await kofi.line() == ":flood!flood@127.0.0.1 QUIT :Line never ended"
        assert await kofi.heard("MODE kofi") == [":demo.gsocbot 221 kofi :+"]

    play(scene)


def test_a_client_that_does_not_read_is_cut_off_and_blocks_nobody() -> None:
    async def scene(world: World) -> None:
        loop = asyncio.get_running_loop()
        kofi = await world.client("kofi")
        ana = await world.client("ana")
        await kofi.heard()
        with closing(socket.socket()) as deaf:
            deaf.setsockopt(socket.SOL_SOCKET, socket.SO_RCVBUF, 4096)
            deaf.setblocking(False)
            await loop.sock_connect(deaf, ("127.0.0.1", world.port))
            await loop.sock_sendall(deaf, b"NICK deaf\r\nUSER deaf 0 * :d\r\nJOIN #gsoc\r\n")
            assert await kofi.line() == ":deaf!deaf@127.0.0.1 JOIN :#gsoc"
            assert await ana.heard() == [":deaf!deaf@127.0.0.1 JOIN :#gsoc"]

            said = 0
            left: list[str] = []
            while not left and said < 40_000:
                await kofi.heard(*[f"PRIVMSG #gsoc :{'x' * 400}"] * 1000)
                said += 1000
                got = await ana.heard()
                left = [line for line in got if "QUIT" in line]
                assert len(got) - len(left) == 1000

        assert left == [":deaf!deaf@127.0.0.1 QUIT :Too much left unread"]

    play(scene)


def test_an_idle_client_is_asked_and_then_closed() -> None:
    async def scene(world: World) -> None:
        kofi = await world.client("kofi")

        assert await kofi.line() == ":demo.gsocbot PING :demo.gsocbot"
        assert await kofi.line() == "ERROR :Closing link: kofi (Ping timeout)"
        assert await kofi.line() == ""

    play(scene, idle=0.2, grace=0.1)


def test_an_idle_client_that_answers_stays() -> None:
    async def scene(world: World) -> None:
        kofi = await world.client("kofi")

        for _ in range(3):
            assert await kofi.line() == ":demo.gsocbot PING :demo.gsocbot"
            kofi.send("PONG :demo.gsocbot")

    play(scene, idle=0.1, grace=0.3)


def test_stopping_tells_everybody_and_leaves_no_task() -> None:
    async def scene() -> None:
        async with running() as world:
            kofi = await world.client("kofi")
            await world.stranger()
            await world.server.stop()

            assert await kofi.line() == "ERROR :Closing link: kofi (The demo has ended)"
            assert asyncio.all_tasks() == {asyncio.current_task()}
            with pytest.raises(ConnectionRefusedError):
                await asyncio.open_connection("127.0.0.1", world.port)

    asyncio.run(scene())


def test_a_port_in_use_is_an_error() -> None:
    async def scene(world: World) -> None:
        with pytest.raises(OSError, match="in use"):
            await Server(lambda: NOON).start("127.0.0.1", world.port)

    play(scene)


def test_the_irc_package_is_at_home_here() -> None:
    async def scene(world: World) -> None:
        kofi = await world.client("kofi")
        loop = asyncio.get_running_loop()
        heard: asyncio.Future[tuple[str, str, str]] = loop.create_future()
        reactor = irc.client_aio.AioReactor(loop=loop)
        connection = reactor.server()
        connection.add_global_handler("welcome", lambda link, _: link.join("#gsoc"))
        connection.add_global_handler(
            "pubmsg",
            lambda _, event: heard.set_result(
                (event.source.nick, event.target, event.arguments[0])
            ),
        )

        await connection.connect("127.0.0.1", world.port, "bot")
        assert await kofi.line() == ":bot!bot@127.0.0.1 JOIN :#gsoc"
        kofi.send("PRIVMSG #gsoc :!ideas")

        assert await asyncio.wait_for(heard, 5) == ("kofi", "#gsoc", "!ideas")
        connection.disconnect("bye")
        assert (await kofi.line()).startswith(":bot!bot@127.0.0.1 QUIT ")

    play(scene)


@pytest.mark.parametrize(
    ("raw", "line"),
    [
        (b"", None),
        (b"  ", None),
        (b"@a=b", None),
        (b"ping", Line("PING")),
        (
            b"@a=b\\:\\s\\\\\\n;+c :me!u@h privmsg  #c :hi  :) ",
            Line("PRIVMSG", ("#c", "hi  :) "), "me!u@h", {"a": "b; \\\n", "+c": ""}),
        ),
        (b"USER a 0 * :", Line("USER", ("a", "0", "*", ""))),
    ],
)
def test_a_line_is_read_with_its_tags_and_source(raw: bytes, line: Line | None) -> None:
    assert parse(raw) == line


def test_a_written_line_is_cut_between_two_characters() -> None:
    line = Line("PRIVMSG", ("#c", "x" + "ä" * 300), "me")

    raw = write(line)

    assert raw == b":me PRIVMSG #c :x" + "ä".encode() * 246 + b"\r\n"


@pytest.mark.parametrize(
    ("nick", "fits"),
    [
        ("kofi", True),
        ("[kofi]-9", True),
        ("k" * 30, True),
        ("k" * 31, False),
        ("9kofi", False),
        ("-kofi", False),
        ("kófi", False),
        ("", False),
    ],
)
def test_nicks_follow_rfc_2812(nick: str, fits: bool) -> None:
    assert is_nick(nick) is fits


@pytest.mark.parametrize(
    ("mask", "fits"),
    [
        ("*!*@*", True),
        ("KOFI!*@127.0.0.?", True),
        ("k*i!*@*1", True),
        ("ana!*@*", False),
        ("kofi", False),
        ("*" * 250 + "x", False),
    ],
)
def test_masks_fit_addresses(mask: str, fits: bool) -> None:
    assert matches(mask, "kofi!kofi@127.0.0.1") is fits
