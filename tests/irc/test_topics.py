"""The topics of channels: known as the server tells of them, and set by a line among the others."""

import time
from collections.abc import Iterator

import pytest

from gsocbot.config import Channel, Limits
from gsocbot.irc.outgoing import PREFIX_UNTIL_KNOWN
from gsocbot.talk import Say, Topic
from tests.irc.running import NETWORK, Running, running, wait_until
from tests.irc.scripted import CHANNEL, Peer, Scripted

ISUPPORT = "PREFIX=(ohv)@%+ CHANMODES=b,k,l,imnpst TOPICLEN=20"
TOPIC = f":irc.test 332 gsocbot {CHANNEL} :The weekly hour"
OPEN, LOCKED = (f":irc.test 324 gsocbot {CHANNEL} {modes}" for modes in ("+n", "+nt"))
JOINS = f":gsocbot!bot@host.test JOIN {CHANNEL}"
KICKED = f":op!o@h KICK {CHANNEL} gsocbot"
END = f":irc.test 366 gsocbot {CHANNEL} :End of NAMES"
SLOW = Limits(burst=2, seconds_per_line=0.2)


@pytest.fixture
def server() -> Iterator[Scripted]:
    with Scripted() as listening:
        yield listening


@pytest.fixture
def bot(server: Scripted) -> Iterator[Running]:
    with running(server.network()) as started:
        yield started


def in_channel(server: Scripted, isupport: str = ISUPPORT, caps: str = "") -> Peer:
    peer = server.accept()
    peer.let_in(caps, isupport)
    return peer


def mode(words: str) -> str:
    return f":op!o@h MODE {CHANNEL} {words}"


def names(words: str) -> str:
    return f":irc.test 353 gsocbot = {CHANNEL} :{words}"


HOUR = "The weekly hour"
NEW = Topic("New", settable=False)
NONE = f":irc.test 331 gsocbot {CHANNEL} :No topic is set"
KNOWN: dict[str, tuple[list[str], Topic | None]] = {
    # --- its text
    "nothing is told yet": ([], None),
    "who may set it is not told yet": ([TOPIC, END], None),
    "a topic": ([TOPIC, LOCKED], Topic(HOUR, settable=False)),
    "none": ([NONE, LOCKED], Topic("", settable=False)),
    "none any more": ([LOCKED, TOPIC, NONE], Topic("", settable=False)),
    "none before the names end": ([names("@gsocbot"), END], Topic("", settable=True)),
    "none before the modes are told": ([OPEN], Topic("", settable=True)),
    "one, and then the names end": ([TOPIC, END, LOCKED], Topic(HOUR, settable=False)),
    "a new one": ([TOPIC, LOCKED, f":ana!a@h TOPIC {CHANNEL} :New"], NEW),
    "taken away": ([TOPIC, LOCKED, f":ana!a@h TOPIC {CHANNEL} :"], Topic("", settable=False)),
    "set by the server": ([LOCKED, f":irc.test TOPIC {CHANNEL} :New"], NEW),
    "set by the bot": ([LOCKED, f":gsocbot!b@h TOPIC {CHANNEL} :New"], NEW),
    "in other letters": ([LOCKED, TOPIC.replace("#gsoc", "#GSoC")], Topic(HOUR, settable=False)),
    "with colours": (
        [LOCKED, f":a!a@h TOPIC {CHANNEL} :\x02x\x02 ☃"],
        Topic("\x02x\x02 ☃", settable=False),
    ),
    "of another channel": ([LOCKED, TOPIC.replace("#gsoc", "#other")], Topic("", settable=False)),
    "odd lines": ([":irc.test 332 gsocbot", f":irc.test 332 gsocbot {CHANNEL}", "TOPIC"], None),
    "odder lines": (
        [":irc.test 331 gsocbot", "331", "366", ":irc.test 324 gsocbot", "324", "MODE"],
        None,
    ),
    "the bot is out": ([TOPIC, OPEN, KICKED], None),
    "back where nothing is told": ([TOPIC, OPEN, KICKED, JOINS], None),
    "back where modes are not told": ([TOPIC, OPEN, KICKED, JOINS, TOPIC], None),
    "back where there is none": ([TOPIC, OPEN, KICKED, JOINS, LOCKED], Topic("", settable=False)),
    # --- whether it may be set
    "by everybody": ([TOPIC, OPEN], Topic(HOUR, settable=True)),
    "by operators": ([TOPIC, LOCKED], Topic(HOUR, settable=False)),
    "from now on by everybody": ([TOPIC, LOCKED, mode("-t")], Topic(HOUR, settable=True)),
    "from now on by operators": ([TOPIC, OPEN, mode("+t")], Topic(HOUR, settable=False)),
    "a key with that letter": ([TOPIC, OPEN, mode("+k t")], Topic(HOUR, settable=True)),
    "a mode behind a word": ([TOPIC, OPEN, mode("+lt 5")], Topic(HOUR, settable=False)),
    "modes with words": (
        [TOPIC, f":irc.test 324 gsocbot {CHANNEL} +klt key 5"],
        Topic(HOUR, settable=False),
    ),
    "no modes at all": ([TOPIC, f":irc.test 324 gsocbot {CHANNEL} +"], Topic(HOUR, settable=True)),
    "the key is t": ([TOPIC, f":irc.test 324 gsocbot {CHANNEL} +k t"], Topic(HOUR, settable=True)),
    "of another channel again": (
        [TOPIC, LOCKED, ":op!o@h MODE #other -t", ":irc.test 324 gsocbot #other +n"],
        Topic(HOUR, settable=False),
    ),
    "the bot is operator, whatever the modes": (
        [TOPIC, names("@gsocbot ana")],
        Topic(HOUR, settable=True),
    ),
    "the bot is operator": ([TOPIC, LOCKED, names("@gsocbot ana")], Topic(HOUR, settable=True)),
    "the bot is half of one": ([TOPIC, LOCKED, mode("+h gsocbot")], Topic(HOUR, settable=True)),
    "the bot has a voice": ([TOPIC, LOCKED, mode("+v gsocbot")], Topic(HOUR, settable=False)),
    "the bot is none any more": (
        [TOPIC, LOCKED, names("@gsocbot"), mode("-o gsocbot")],
        Topic(HOUR, settable=False),
    ),
    "the operator has another nick": (
        [TOPIC, LOCKED, names("@gsocbot"), ":gsocbot!b@h NICK gsocbot_"],
        Topic(HOUR, settable=True),
    ),
    "somebody else is operator": (
        [TOPIC, LOCKED, names("gsocbot @ana")],
        Topic(HOUR, settable=False),
    ),
    "back as nobody": (
        [TOPIC, LOCKED, names("@gsocbot"), KICKED, JOINS, TOPIC, LOCKED, names("gsocbot")],
        Topic(HOUR, settable=False),
    ),
}


@pytest.mark.parametrize("case", KNOWN)
def test_the_topic_is_known_as_the_server_tells_it(
    server: Scripted, bot: Running, case: str
) -> None:
    lines, wanted = KNOWN[case]
    peer = in_channel(server)
    peer.send(*lines)
    peer.sync()

    assert bot.link.topic(CHANNEL) == wanted


def test_with_the_connection_its_topics_go(server: Scripted, bot: Running) -> None:
    peer = in_channel(server)
    peer.send(TOPIC, OPEN)
    peer.sync()
    peer.close()
    bot.wait_down()
    assert bot.link.topic(CHANNEL) is None

    in_channel(server)
    assert bot.link.topic(CHANNEL) is None


def test_in_a_channel_without_modes_operators_alone_set_the_topic(server: Scripted) -> None:
    with running(server.network(channels={"+gsoc": Channel(season="test")})) as bot:
        peer = server.accept()
        peer.negotiate()
        assert peer.welcome(ISUPPORT) == ["JOIN +gsoc"]  # and no MODE, which has no answer there
        peer.send(":irc.test 332 gsocbot +gsoc :Welcome")
        peer.sync()

        assert bot.link.topic("+gsoc") == Topic("Welcome", settable=False)


def test_the_modes_are_asked_for_each_time_the_bot_comes_into_a_channel_of_its_own(
    server: Scripted, bot: Running
) -> None:
    peer = server.accept()
    assert f"MODE {CHANNEL}" in peer.let_in()
    peer.send(KICKED)
    peer.until("JOIN ")
    peer.send(":ana!a@h JOIN #gsoc", ":gsocbot!bot@host.test JOIN #foreign", JOINS)

    assert peer.sync() == ["PART #foreign", f"MODE {CHANNEL}"]


# --- setting it


def topic(text: str) -> Say:
    return Say(NETWORK, CHANNEL, text, topic=True)


def set_to(bot: Running, peer: Peer, text: str) -> str:
    """What the bot sends to set a topic, behind the name of the channel."""
    bot.put(topic(text))
    line = peer.line()
    assert line.startswith(f"TOPIC {CHANNEL} :")
    return line.removeprefix(f"TOPIC {CHANNEL} :")


SET = {
    "Office hour": "Office hour",
    "": "",
    "twenty bytes of text": "twenty bytes of text",
    "twenty-one bytes text": "twenty-one bytes",
    "x" * 30: "x" * 20,
    "☃" * 10: "☃" * 6,
    "é" * 9 + "a☃": "é" * 9 + "a",
    "\U0001f600" * 6: "\U0001f600" * 5,
    "one\r\nQUIT :two": "one  QUIT :two",
    "a\0b": "ab",
    "half \ud83d": "half ?",
}


@pytest.mark.parametrize("text", SET)
def test_a_topic_is_cut_to_what_the_server_keeps_and_is_one_line(
    server: Scripted, bot: Running, text: str
) -> None:
    assert set_to(bot, in_channel(server), text) == SET[text]


@pytest.mark.parametrize("token", ["NETWORK=x", "TOPICLEN=", "TOPICLEN=0", "TOPICLEN=9999"])
def test_without_a_limit_of_its_own_a_topic_is_as_long_as_its_readers_line(
    server: Scripted, bot: Running, token: str
) -> None:
    prefix = ":gsocbot!bot@host.test "
    sent = set_to(bot, in_channel(server, token), "ä" * 400)

    line = f"{prefix}TOPIC {CHANNEL} :{sent}\r\n".encode()
    assert 510 <= len(line) <= 512
    assert len(prefix) < PREFIX_UNTIL_KNOWN


def test_a_topic_keeps_its_place_among_the_lines_and_waits_as_they_do(server: Scripted) -> None:
    with running(server.network(), limits=SLOW) as bot:
        peer = in_channel(server)
        time.sleep(SLOW.burst * SLOW.seconds_per_line + 0.1)  # a whole burst may go again
        began = time.monotonic()
        bot.put(Say(NETWORK, CHANNEL, "before"), topic("Now"), Say(NETWORK, CHANNEL, "after"))
        lines = peer.until(f"PRIVMSG {CHANNEL} :after")

    assert lines == [
        f"PRIVMSG {CHANNEL} :before",
        f"TOPIC {CHANNEL} :Now",
        f"PRIVMSG {CHANNEL} :after",
    ]
    # A line, a topic that counts as two, and a line: the burst has room for half of that.
    assert time.monotonic() - began > 1.5 * SLOW.seconds_per_line


def test_a_topic_is_no_line_that_a_receipt_is_waited_for(server: Scripted, bot: Running) -> None:
    peer = in_channel(server, caps="labeled-response echo-message batch")
    wait_until(lambda: bot.link.channels() == [CHANNEL])
    bot.do(bot.link.write(topic("Now")))
    assert peer.line() == f"TOPIC {CHANNEL} :Now"

    confirmed = bot.begin(bot.link.confirm(topic("Now")))
    ping = peer.until("PING ")[-1]
    peer.send(f":irc.test PONG irc.test {ping.removeprefix('PING ')}")
    assert confirmed.result(3) is None


def test_a_topic_that_the_server_refuses_stays_what_it_was(server: Scripted, bot: Running) -> None:
    peer = in_channel(server)
    peer.send(TOPIC, LOCKED)
    assert set_to(bot, peer, "Now") == "Now"
    peer.send(f":irc.test 482 gsocbot {CHANNEL} :You're not channel operator")
    peer.sync()

    assert bot.link.topic(CHANNEL) == Topic(HOUR, settable=False)
    assert bot.troubles == []
