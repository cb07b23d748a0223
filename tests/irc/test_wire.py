"""What the irc package gets wrong, and the wire does not; the numbers are those of irc/wire.py."""

import asyncio
import logging
from collections.abc import Iterator

import pytest
from hypothesis import example, given
from hypothesis import strategies as st
from irc.client import ServerNotConnectedError

from gsocbot.irc.buffer import LONGEST_LINE, Buffer
from gsocbot.irc.message import join
from gsocbot.irc.outgoing import PREFIX_UNTIL_KNOWN, pieces, room_for
from gsocbot.irc.wire import Connection, Reactor
from gsocbot.talk import Gone, Heard, Say
from tests.irc.running import FREE, NETWORK, QUICK, Running, running, wait_until
from tests.irc.scripted import Peer, Scripted

ISUPPORT = "CHANTYPES=#! STATUSMSG=@+ CASEMAPPING=ascii"
KB, MB = 1000, 1_000_000


def repeat(heard: Heard) -> str | None:
    """Answer `!words` with the words; `!fail` fails."""
    if heard.text == "!fail":
        raise ZeroDivisionError
    return heard.text[1:] if heard.text.startswith("!") else None


@pytest.fixture
def server() -> Iterator[Scripted]:
    with Scripted() as listening:
        yield listening


@pytest.fixture
def bot(server: Scripted) -> Iterator[Running]:
    with running(server.network(), answer=repeat) as started:
        yield started


@pytest.fixture
def peer(server: Scripted, bot: Running) -> Peer:
    """The server's side of the connection, on which the bot is registered and in #gsoc."""
    registered = server.accept()
    registered.let_in(isupport=ISUPPORT)
    wait_until(lambda: bot.link.up)
    return registered


@pytest.fixture
def connection() -> Iterator[Connection]:
    """A connection that is not connected."""
    loop = asyncio.new_event_loop()
    yield Reactor(loop=loop).server()
    loop.close()


def heard_after(bot: Running, peer: Peer, *lines: str | bytes) -> list[str]:
    """What the bot hears of some lines and of one more, all on this connection."""
    peer.send(*lines, ":ana!a@h PRIVMSG #gsoc :and then")
    peer.sync()
    return [heard.text for heard in bot.all_heard()]


# --- what comes in


def test_1_a_handler_that_raises_is_logged_and_the_next_line_is_heard(
    bot: Running, peer: Peer, caplog: pytest.LogCaptureFixture
) -> None:
    heard = heard_after(bot, peer, ":ana!a@h PRIVMSG #gsoc :!fail")

    assert heard == ["!fail", "and then"]
    assert [r.exc_info[0] for r in caplog.records if r.exc_info] == [ZeroDivisionError]


def test_2_a_byte_that_is_not_utf8_is_read_as_latin1(bot: Running, peer: Peer) -> None:
    lines = b":ana!a@h PRIVMSG #gsoc :caf\xe9", ":ana!a@h PRIVMSG #gsoc :café"

    assert heard_after(bot, peer, *lines) == ["café", "café", "and then"]


@pytest.mark.parametrize(
    "line",
    [
        ":ana!a@h QUIT",
        "   ",
        "NICK kofi",
        "NICK",
        ":ana!a@h NICK",
        ":ana!a@h PRIVMSG #gsoc",
        ":ana!a@h PRIVMSG",
        ":ana!a@h JOIN",
        ":ana!a@h KICK #gsoc",
        "JOIN #gsoc",
        ":ana!a@h CHGHOST",
        ":ana!a@h ACCOUNT",
        ":ana!a@h PRIVMSG #gsoc :\x01\x01",
        ":ana!a@h \u3042",
    ],
)
def test_3_an_odd_line_is_passed_over_and_the_next_one_heard(
    bot: Running, peer: Peer, line: str
) -> None:
    assert heard_after(bot, peer, line)[-1] == "and then"


def test_3_a_bare_ping_is_answered(peer: Peer) -> None:
    peer.send("PING")

    assert peer.sync() == ["PONG :"]


def test_the_answer_to_a_ping_holds_all_of_its_words(peer: Peer) -> None:
    peer.send("PING :LAG 1234 5678")

    assert peer.sync() == ["PONG :LAG 1234 5678"]


def test_16_an_endless_line_is_dropped_and_the_connection_kept(bot: Running, peer: Peer) -> None:
    peer.send_bytes(b":ana!a@h PRIVMSG #gsoc :" + b"x" * 40 * KB)
    peer.send_bytes(b"x" * 60 * KB + b"\r\n")

    assert heard_after(bot, peer) == ["and then"]


def test_16_a_long_line_that_arrives_at_once_is_dropped(bot: Running, peer: Peer) -> None:
    line = b":ana!a@h PRIVMSG #gsoc :" + b"x" * LONGEST_LINE

    assert heard_after(bot, peer, line) == ["and then"]


def test_16_a_million_bytes_without_a_line_end_end_the_connection(
    server: Scripted, bot: Running, peer: Peer
) -> None:
    for _ in range(11):
        peer.send_bytes(b"x" * 100 * KB)

    assert peer.rest()[-1] == "QUIT :no line ends"
    server.accept().let_in()


def test_16_the_end_of_a_dropped_line_is_no_line_of_its_own() -> None:
    buffer = Buffer()
    buffer.feed(b"x" * 2 * LONGEST_LINE)
    buffer.feed(b"x:ana!a@h PRIVMSG #gsoc :!smuggled\r\nPING :1\r\n")

    assert list(buffer) == ["PING :1"]


@given(st.lists(st.binary(max_size=40)), st.data())
def test_16_lines_are_the_same_however_they_are_cut(
    parts: list[bytes], data: st.DataObject
) -> None:
    lines = [part.replace(b"\n", b"").rstrip(b"\r") for part in parts]
    raw = b"".join(line + data.draw(st.sampled_from([b"\n", b"\r\n"])) for line in lines)
    cuts = sorted(data.draw(st.lists(st.integers(0, len(raw)))))
    buffer, found = Buffer(), []
    for start, end in zip([0, *cuts], [*cuts, len(raw)], strict=True):
        buffer.feed(raw[start:end])
        found += list(buffer)

    assert found == [_decoded(line) for line in lines]


def _decoded(line: bytes) -> str:
    try:
        return line.decode()
    except UnicodeDecodeError:
        return line.decode("latin-1")


@pytest.mark.parametrize("token", ["CHANLIMIT=x", "PREFIX=ov", "TARGMAX=a:x"])
def test_17_an_odd_token_of_isupport_harms_nothing(bot: Running, peer: Peer, token: str) -> None:
    odd = f":irc.test 005 gsocbot {token} :are supported"

    assert heard_after(bot, peer, odd) == ["and then"]


@pytest.mark.parametrize("token", ["CHANTYPES", "CHANTYPES=5"])
def test_17_a_text_without_a_text_counts_as_not_said(bot: Running, peer: Peer, token: str) -> None:
    peer.send(f":irc.test 005 gsocbot {token} :are supported", ":True!a@h PRIVMSG #gsoc :hello")
    peer.sync()

    assert [(h.channel, h.nick) for h in bot.all_heard()] == [("#gsoc", "True")]


def test_17_a_token_that_is_taken_back_is_forgotten(bot: Running, peer: Peer) -> None:
    peer.send(":irc.test 005 gsocbot -STATUSMSG :are supported", ":ana!a@h PRIVMSG @#gsoc :hello")
    peer.sync()

    assert [heard.channel for heard in bot.all_heard()] == [None]


def test_17_what_a_server_announced_ends_with_its_connection(
    server: Scripted, bot: Running, peer: Peer
) -> None:
    peer.send(":irc.test 005 gsocbot CHANTYPES=$ :are supported")
    peer.sync()
    peer.close()
    later = server.accept()
    later.let_in()

    later.send(":ana!a@h PRIVMSG #gsoc :hello")
    later.sync()

    assert [heard.channel for heard in bot.all_heard()] == ["#gsoc"]


@pytest.mark.parametrize("target", ["@#gsoc", "+#gsoc", "@+#gsoc"])
def test_18_a_line_to_those_with_a_status_is_answered_in_the_channel(
    bot: Running, peer: Peer, target: str
) -> None:
    peer.send(f":ana!a@h PRIVMSG {target} :!hello")

    assert peer.sync() == ["PRIVMSG #gsoc :hello"]


def test_18_what_a_channel_is_the_server_says(bot: Running, peer: Peer) -> None:
    peer.send(":ana!a@h PRIVMSG !abc :hello", ":ana!a@h PRIVMSG &abc :hello")
    peer.sync()

    assert [heard.channel for heard in bot.all_heard()] == ["!abc", None]


def test_18_ctcp_in_the_middle_of_a_text_is_text(bot: Running, peer: Peer) -> None:
    text = "look: \x01VERSION\x01 and \x01PING 1\x01"
    peer.send(f":ana!a@h PRIVMSG #gsoc :{text}")

    assert peer.sync() == []
    assert [heard.text for heard in bot.all_heard()] == [text]


def test_18_an_action_is_heard_as_one(bot: Running, peer: Peer) -> None:
    peer.send(":ana!a@h PRIVMSG #gsoc :\x01ACTION asks gsocbot ideas\x01")
    peer.sync()

    assert [(h.text, h.action, h.channel) for h in bot.all_heard()] == [
        ("asks gsocbot ideas", True, "#gsoc")
    ]


@pytest.mark.parametrize("blank", ["\u00a0", "\u3000", "\u2003", "\x85", "\x1c", "\t"])
def test_19_only_a_space_ends_a_word(bot: Running, peer: Peer, blank: str) -> None:
    nick, channel = f"a{blank}na", f"#日本{blank}語"
    peer.send(
        f":{nick}!a@h JOIN {channel}",
        f":{nick}!a@h PRIVMSG {channel} :hello",
        f":{nick}!a@h PRIVMSG gsocbot :hello",
    )
    peer.sync()

    assert [(h.nick, h.channel, h.shared) for h in bot.all_heard()] == [
        (nick, channel, ()),
        (nick, None, (channel,)),
    ]


def test_26_the_own_nick_is_known_in_any_case(bot: Running, peer: Peer) -> None:
    peer.send(":GSOCBOT!bot@host.test NICK Guest1", ":ana!a@h PRIVMSG #gsoc :hello")
    peer.sync()

    assert [heard.me for heard in bot.all_heard()] == ["Guest1"]


# --- what goes out


def test_4_no_line_end_and_no_nul_gets_into_a_line(bot: Running, peer: Peer) -> None:
    bot.say("#gsoc", "a\rQUIT :b\nJOIN #c\r\n\0d")

    assert peer.sync() == ["PRIVMSG #gsoc :a QUIT :b JOIN #c  d"]


def test_4_a_quoted_carriage_return_is_not_sent_as_one(bot: Running, peer: Peer) -> None:
    peer.send(":ana!a@h PRIVMSG #gsoc :!hi\x10rQUIT :x\x10nQUIT :y\x100z")

    assert peer.sync() == ["PRIVMSG #gsoc :hi\x10rQUIT :x\x10nQUIT :y\x100z"]


def test_5_a_long_text_goes_out_whole_in_several_lines(bot: Running, peer: Peer) -> None:
    words = [f"wörter{n}☃" for n in range(150)]

    bot.say("#gsoc", " ".join(words))
    lines = [line.partition(" :") for line in peer.sync()]

    assert {head for head, _, _ in lines} == {"PRIVMSG #gsoc"}
    assert " ".join(text for _, _, text in lines).split(" ") == words
    assert len(lines) == 5


def test_5_the_own_name_is_counted_when_it_grows(bot: Running, peer: Peer) -> None:
    longer = "g" * 30
    host = "h" * 60
    peer.send(
        f":gsocbot!bot@host.test NICK {longer}",
        f":irc.test 396 {longer} {host} :is now your displayed host",
    )
    peer.sync()

    bot.say("#gsoc", "x" * 600)

    assert len(f":{longer}!bot@{host} {peer.sync()[0]}") == 510


def test_5_a_host_that_changes_is_counted(bot: Running, peer: Peer) -> None:
    peer.send(":gsocbot!bot@host.test CHGHOST somebody " + "h" * 60)
    peer.sync()

    bot.say("#gsoc", "x" * 600)

    assert len(f":gsocbot!somebody@{'h' * 60} {peer.sync()[0]}") == 510


def test_8_a_line_for_a_connection_that_has_ended_is_an_error(
    server: Scripted, bot: Running, peer: Peer
) -> None:
    connection = bot.link._session._connection
    peer.close()
    bot.wait_down()

    with pytest.raises(ServerNotConnectedError):
        connection.send_raw("PRIVMSG #gsoc :lost")
    with pytest.raises(Gone):
        bot.do(bot.link.write(Say(NETWORK, "#gsoc", "lost")))


def test_8_a_line_before_there_is_a_connection_is_an_error(connection: Connection) -> None:
    with pytest.raises(ServerNotConnectedError):
        connection.send_raw("PRIVMSG #gsoc :lost")


def test_9_the_late_end_of_an_old_socket_leaves_the_new_connection_alone(
    server: Scripted, bot: Running, peer: Peer
) -> None:
    old = bot.link._session._connection
    bot.talk_a_lot("#gsoc")
    peer.send("ERROR :Closing link, but not closing it")
    later = server.accept()
    later.let_in(isupport=ISUPPORT)
    wait_until(lambda: bot.link.up)
    assert old.transport is not None
    assert old.transport.get_write_buffer_size() > 0
    peer.reset()
    wait_until(lambda: old.transport is None or old.transport.get_write_buffer_size() == 0)

    assert heard_after(bot, later) == ["and then"]
    assert bot.link.up


def test_10_a_line_end_in_the_farewell_leaves_no_socket_open(bot: Running, peer: Peer) -> None:
    closing = bot.begin(bot.link.close("a\nb"))

    assert peer.rest() == ["QUIT :a b"]
    peer.close()
    closing.result(5)


def test_11_a_peer_that_does_not_read_holds_up_reminders_and_nothing_else(
    bot: Running, peer: Peer
) -> None:
    bot.talk_a_lot("#gsoc")
    written = bot.begin(bot.link.write(Say(NETWORK, "#gsoc", "reminder")))
    peer.send(":ana!a@h PRIVMSG #gsoc :still there?")

    assert bot.next_heard().text == "still there?"
    bot.do(asyncio.sleep(0.05))
    assert not written.done()
    peer.until("PRIVMSG #gsoc :reminder")
    written.result(5)


def test_21_no_line_that_is_sent_gets_into_the_log(
    bot: Running, peer: Peer, caplog: pytest.LogCaptureFixture
) -> None:
    with caplog.at_level(logging.DEBUG):
        bot.say("#gsoc", "sesame")
        peer.sync()

    assert "sesame" not in caplog.text


def test_29_a_line_goes_out_behind_its_tags(connection: Connection) -> None:
    line = join("PRIVMSG", "#gsoc", "hello there", tags={"label": "1", "+a/b": "c; d"})

    sent = connection._prep_message(line)

    assert sent == b"@label=1;+a/b=c\\:\\sd PRIVMSG #gsoc :hello there\r\n"


WORDS = st.text(st.sampled_from("aé☃😀 "), max_size=600)


@given(
    text=st.text(st.characters() | st.sampled_from("\r\n\0@ :☃😀\ud800"), max_size=9),
    times=st.integers(1, 200),
)
def test_5_a_line_is_one_line_of_512_bytes_at_most_whatever_it_is_made_of(
    text: str, times: int
) -> None:
    loop = asyncio.new_event_loop()
    sent = Reactor(loop=loop).server()._prep_message(f"PRIVMSG #gsoc :{text * times}")
    loop.close()

    assert len(sent) <= 512
    assert sent.endswith(b"\r\n")
    assert not set(sent[:-2]) & set(b"\r\n\0")
    sent.decode("utf-8", "strict")


def test_5_tags_do_not_count_among_the_512_bytes(connection: Connection) -> None:
    sent = connection._prep_message("@label=" + "x" * 500 + " PRIVMSG #gsoc :" + "y" * 600)

    tags, _, line = sent.partition(b" ")
    assert (len(tags), len(line)) == (507, 512)


@given(text=WORDS, room=st.integers(4, 60))
@example(text="  ☃", room=4)
@example(text="☃   ", room=4)
def test_5_pieces_fit_and_keep_every_letter_in_its_place(text: str, room: int) -> None:
    parts = list(pieces(text, room))

    assert all(len(part.encode()) <= room for part in parts)
    assert "".join(parts).replace(" ", "") == text.replace(" ", "")
    assert all(part.strip() for part in parts) or not text.strip()


@given(words=st.lists(st.text(st.sampled_from("aé☃😀"), min_size=1, max_size=5), min_size=1))
def test_5_words_that_fit_are_never_cut(words: list[str]) -> None:
    parts = pieces(" ".join(words), 20)

    assert " ".join(parts).split(" ") == words


@given(
    text=st.text(st.sampled_from("aé☃😀 "), min_size=1, max_size=9),
    times=st.integers(1, 200),
    prefix=st.none() | st.tuples(st.text("né", max_size=30), st.text("h.", max_size=63)),
    target=st.text("#c☃", min_size=1, max_size=60),
    command=st.sampled_from(["PRIVMSG", "NOTICE"]),
)
def test_5_readers_see_512_bytes_at_most(
    text: str, times: int, prefix: tuple[str, str] | None, target: str, command: str
) -> None:
    ours = f"{prefix[0]}!user@{prefix[1]}" if prefix else None
    seen = f":{ours} ".encode() if ours else b"x" * PREFIX_UNTIL_KNOWN
    for part in pieces(text * times, room_for(command, target, ours)):
        assert len(seen + f"{command} {target} :{part}\r\n".encode()) <= 512


def test_a_target_too_long_to_leave_room_is_no_trap() -> None:
    parts = list(pieces("some words", room_for("PRIVMSG", "x" * 600, None)))

    assert parts == ["some words"]


def test_waiting_lines_of_a_lost_connection_are_not_said_on_the_next(server: Scripted) -> None:
    with running(server.network(), limits=FREE, times=QUICK) as bot:
        first = server.accept()
        first.let_in()
        first.close()
        bot.wait_down()
        bot.say("#gsoc", "too late")

        assert not [line for line in server.accept().let_in() if "too late" in line]
        wait_until(lambda: bot.link.up)


@pytest.mark.parametrize("verb", ["ACTION", "WELCOME", "PUBMSG", "DISCONNECT", "CTCP", "ENDOFMOTD"])
def test_27_the_name_of_an_event_is_no_command(bot: Running, peer: Peer, verb: str) -> None:
    peer.send(f":ana!a@h {verb} #gsoc :!hello", verb, ":ana!a@h PRIVMSG #gsoc :!real")
    peer.sync()

    assert [heard.text for heard in bot.all_heard()] == ["!real"]
