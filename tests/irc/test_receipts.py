"""What becomes of a reminder: confirmed by its echo or by a PONG, refused, or lost."""

from collections.abc import Iterator
from concurrent.futures import Future
from dataclasses import replace

import pytest

from gsocbot.irc.receipts import NO_ECHO, REFUSALS
from gsocbot.talk import Gone, Say
from tests.irc.running import NETWORK, QUICK, Running, running, wait_until
from tests.irc.scripted import CHANNEL, Peer, Scripted

ECHOING = "labeled-response echo-message batch"
REMINDER = Say(NETWORK, CHANNEL, "reminder", notice=True)
OTHER = Say(NETWORK, "#other", "reminder", notice=True)
ME = ":gsocbot!bot@host.test"
IMPATIENT = replace(QUICK, confirm=0.3)


@pytest.fixture
def server() -> Iterator[Scripted]:
    with Scripted() as listening:
        yield listening


@pytest.fixture
def bot(server: Scripted) -> Iterator[Running]:
    with running(server.network()) as started:
        yield started


def joined(server: Scripted, bot: Running, caps: str) -> Peer:
    """The server's side once the bot is in its channel."""
    peer = server.accept()
    peer.let_in(caps)
    wait_until(lambda: bot.link.channels() == [CHANNEL])
    return peer


@pytest.fixture
def peer(server: Scripted, bot: Running) -> Peer:
    """A server that shows each line it has passed on."""
    return joined(server, bot, ECHOING)


@pytest.fixture
def plain(server: Scripted, bot: Running) -> Peer:
    """A server that shows nothing of the kind."""
    return joined(server, bot, "message-tags")


def written(bot: Running, peer: Peer, say: Say = REMINDER) -> str:
    """The line on the wire; gives its label, if it has one."""
    bot.do(bot.link.write(say))
    line = peer.until(lambda line: f"NOTICE {say.target} :" in line)[-1]
    tags, _, rest = line.rpartition("NOTICE ")
    assert rest == f"{say.target} :{say.text}"
    return tags.strip().removeprefix("@label=")


def confirming(bot: Running, peer: Peer, say: Say = REMINDER) -> "tuple[Future[str | None], str]":
    """The confirmation that is waited for, and the answer that is still to come to its PING."""
    confirmed = bot.begin(bot.link.confirm(say))
    ping = peer.until("PING ")[-1]
    return confirmed, f":irc.test PONG irc.test {ping.removeprefix('PING ')}"


def outcome(bot: Running, peer: Peer, *lines: str, say: Say = REMINDER) -> str | None:
    """What becomes of a line if the server answers so, and then the PING."""
    peer.send(*lines)
    confirmed, pong = confirming(bot, peer, say)
    assert not confirmed.done()
    peer.send(pong)
    return confirmed.result(3)


# --- where the server echoes


def test_a_reminder_carries_a_label_and_no_two_the_same(bot: Running, peer: Peer) -> None:
    labels = []
    for _ in range(3):
        label = written(bot, peer)
        labels.append(label)
        assert outcome(bot, peer, f"@label={label} {ME} NOTICE {CHANNEL} :reminder") is None

    assert len({*labels, ""}) == 4


def test_answers_carry_no_label(bot: Running, peer: Peer) -> None:
    bot.say(CHANNEL, "answer")

    assert peer.sync() == [f"PRIVMSG {CHANNEL} :answer"]


@pytest.mark.parametrize("verb", ["NOTICE", "PRIVMSG"])
def test_what_comes_back_with_its_label_was_passed_on(bot: Running, peer: Peer, verb: str) -> None:
    label = written(bot, peer)

    assert outcome(bot, peer, f"@label={label};time=x {ME} {verb} {CHANNEL} :reminder") is None


def test_an_echo_under_the_name_of_the_moment_counts(bot: Running, peer: Peer) -> None:
    label = written(bot, peer)
    echo = f"@label={label} :Guest1!bot@host.test NOTICE {CHANNEL} :reminder"

    assert outcome(bot, peer, f"{ME} NICK Guest1", echo) is None


def test_an_echo_in_a_batch_with_its_label_counts(bot: Running, peer: Peer) -> None:
    label = written(bot, peer)

    lines = [
        f"@label={label} :irc.test BATCH +7 labeled-response",
        f"@batch=7 {ME} NOTICE {CHANNEL} :reminder",
        "@batch=7 :irc.test NOTE * :something else",
        ":irc.test BATCH -7",
    ]
    assert outcome(bot, peer, *lines) is None


@pytest.mark.parametrize(
    "lines",
    [
        [],
        ["{me} NOTICE #gsoc :reminder"],
        ["@label={label}x {me} NOTICE #gsoc :reminder"],
        ["@label=g0 {me} NOTICE #gsoc :reminder"],
        ["@label={label} :ana!a@h NOTICE #gsoc :reminder"],
        ["@label={label} :irc.test ACK"],
        ["@label={label} :irc.test FAIL NOTICE CANNOT_SEND #gsoc :No"],
        ["@label={label} :irc.test BATCH +7 labeled-response", ":irc.test BATCH -7"],
        [
            "@label={label} :irc.test BATCH +7 labeled-response",
            ":irc.test BATCH -7",
            "@batch=7 {me} NOTICE #gsoc :reminder",
        ],
        [":irc.test BATCH +7 labeled-response", "@batch=7 {me} NOTICE #gsoc :reminder"],
        ["@batch=7 {me} NOTICE #gsoc :reminder"],
    ],
)
def test_where_no_echo_has_come_by_the_pong_it_was_not_passed_on(
    bot: Running, peer: Peer, lines: list[str]
) -> None:
    label = written(bot, peer)

    assert outcome(bot, peer, *(line.format(me=ME, label=label) for line in lines)) == NO_ECHO


@pytest.mark.parametrize("number", REFUSALS)
def test_a_number_with_the_label_is_why_it_was_refused(
    bot: Running, peer: Peer, number: str
) -> None:
    label = written(bot, peer)
    refusal = f"@label={label} :irc.test {number} gsocbot {CHANNEL} :No"

    assert outcome(bot, peer, refusal) == number


def test_a_number_in_a_batch_is_why_it_was_refused(bot: Running, peer: Peer) -> None:
    label = written(bot, peer)
    lines = [
        f"@label={label} :irc.test BATCH +7 labeled-response",
        f"@batch=7 :irc.test 404 gsocbot {CHANNEL} :No",
        ":irc.test BATCH -7",
    ]

    assert outcome(bot, peer, *lines) == "404"


def test_what_has_come_back_was_passed_on_whatever_became_of_another_line(
    bot: Running, peer: Peer
) -> None:
    label = written(bot, peer)
    bot.say(CHANNEL, "an answer just after it, when the channel is +m")
    lines = [
        f"@label={label} {ME} NOTICE {CHANNEL} :reminder",
        f":irc.test 404 gsocbot {CHANNEL} :Cannot send to channel (+m)",
    ]

    assert outcome(bot, peer, *lines) is None


def test_an_echo_of_one_line_is_none_of_another(bot: Running, peer: Peer) -> None:
    first = written(bot, peer)
    second = written(bot, peer, OTHER)

    echo = f"@label={second} {ME} NOTICE #other :reminder"
    assert outcome(bot, peer, echo) == NO_ECHO
    assert outcome(bot, peer, say=OTHER) is None
    assert first != second


def test_an_echo_is_not_kept_for_the_next_line(bot: Running, peer: Peer) -> None:
    label = written(bot, peer)
    echo = f"@label={label} {ME} NOTICE {CHANNEL} :reminder"
    assert outcome(bot, peer, echo) is None
    written(bot, peer)

    assert outcome(bot, peer, echo) == NO_ECHO


def test_its_own_echo_is_not_heard(bot: Running, peer: Peer) -> None:
    label = written(bot, peer)
    outcome(bot, peer, f"@label={label} {ME} PRIVMSG {CHANNEL} :reminder")

    assert bot.all_heard() == []


def test_a_longer_reminder_is_confirmed_by_the_echo_of_its_end(bot: Running, peer: Peer) -> None:
    long = Say(NETWORK, CHANNEL, "one " * 150 + "end", notice=True)
    bot.do(bot.link.write(long))
    *first, last = peer.until(lambda line: line.endswith(" end"))
    label = last.partition(" ")[0].removeprefix("@label=")

    assert first
    assert all(line.startswith(f"NOTICE {CHANNEL} :") for line in first)
    assert outcome(bot, peer, f"@label={label} {ME} NOTICE {CHANNEL} :end") is None


# --- where it does not


@pytest.mark.parametrize(
    "caps", ["", "echo-message batch", "labeled-response batch", "labeled-response echo-message"]
)
def test_without_all_that_echoes_need_a_reminder_has_no_label_and_the_pong_is_enough(
    server: Scripted, bot: Running, caps: str
) -> None:
    peer = joined(server, bot, caps)

    assert written(bot, peer) == ""
    assert outcome(bot, peer) is None


def test_where_echoes_end_the_pong_is_enough(bot: Running, peer: Peer) -> None:
    peer.send(":irc.test CAP gsocbot DEL :echo-message")
    peer.sync()

    assert written(bot, peer) == ""
    assert outcome(bot, peer) is None


@pytest.mark.parametrize("number", REFUSALS)
def test_a_number_before_the_pong_is_why_it_was_refused(
    bot: Running, plain: Peer, number: str
) -> None:
    written(bot, plain)

    assert outcome(bot, plain, f":irc.test {number} gsocbot {CHANNEL.upper()} :No") == number


def test_a_line_that_was_refused_does_not_refuse_the_next(bot: Running, plain: Peer) -> None:
    written(bot, plain)
    assert outcome(bot, plain, f":irc.test 404 gsocbot {CHANNEL} :No") == "404"
    written(bot, plain)

    assert outcome(bot, plain) is None


def test_a_number_after_the_pong_is_too_late(bot: Running, plain: Peer) -> None:
    written(bot, plain)
    assert outcome(bot, plain) is None
    plain.send(f":irc.test 404 gsocbot {CHANNEL} :No")
    plain.sync()
    written(bot, plain)

    assert outcome(bot, plain) is None


@pytest.mark.parametrize(
    "line",
    [
        ":irc.test 404 gsocbot #other :No",
        ":irc.test 401 gsocbot ana :No such nick",
        ":irc.test 404 gsocbot",
        f":irc.test 332 gsocbot {CHANNEL} :404",
        f":ana!a@h NOTICE {CHANNEL} :404",
    ],
)
def test_what_is_not_about_the_line_does_not_refuse_it(
    bot: Running, plain: Peer, line: str
) -> None:
    written(bot, plain)

    assert outcome(bot, plain, line) is None


@pytest.mark.parametrize(
    "answer",
    [":irc.test PONG irc.test :gsocbot-0", ":irc.test PONG irc.test", "PONG", "PING :gsocbot-0"],
)
def test_another_pong_confirms_nothing(server: Scripted, answer: str) -> None:
    with running(server.network(), times=IMPATIENT) as bot:
        peer = joined(server, bot, "")
        written(bot, peer)
        confirmed, _ = confirming(bot, peer)
        peer.send(answer)

        with pytest.raises(Gone, match="does not answer"):
            confirmed.result(3)


def test_two_lines_are_confirmed_each_by_its_own_pong(bot: Running, plain: Peer) -> None:
    written(bot, plain)
    written(bot, plain, OTHER)
    one, first = confirming(bot, plain)
    two, second = confirming(bot, plain, OTHER)
    assert first != second
    plain.send(second)

    assert two.result(3) is None
    assert not one.done()
    plain.send(":irc.test 404 gsocbot #gsoc :No", first)
    assert one.result(3) == "404"


# --- where the connection ends


@pytest.mark.parametrize("caps", ["", ECHOING])
def test_what_is_not_confirmed_when_the_connection_is_cut_is_gone(
    server: Scripted, bot: Running, caps: str
) -> None:
    peer = joined(server, bot, caps)
    label = written(bot, peer)
    if label:  # even an echo is not its end: the PONG would be
        peer.send(f"@label={label} {ME} NOTICE {CHANNEL} :reminder")
    confirmed, _ = confirming(bot, peer)
    peer.reset()

    with pytest.raises(Gone, match="ended"):
        confirmed.result(3)


def test_an_echo_on_the_next_connection_confirms_nothing(server: Scripted, bot: Running) -> None:
    first = joined(server, bot, ECHOING)
    label = written(bot, first)
    first.reset()
    bot.wait_down()
    again = joined(server, bot, ECHOING)
    again.send(f"@label={label} {ME} NOTICE {CHANNEL} :reminder")
    again.sync()

    with pytest.raises(Gone, match="ended"):
        bot.do(bot.link.confirm(REMINDER))


def test_what_is_to_be_written_without_a_connection_is_gone(server: Scripted, bot: Running) -> None:
    peer = joined(server, bot, ECHOING)
    peer.reset()
    bot.wait_down()

    with pytest.raises(Gone):
        bot.do(bot.link.write(REMINDER))


def test_an_unanswered_line_leaves_nothing_behind(server: Scripted) -> None:
    with running(server.network(), times=IMPATIENT) as bot:
        peer = joined(server, bot, ECHOING)
        written(bot, peer)
        confirmed, late = confirming(bot, peer)
        with pytest.raises(Gone):
            confirmed.result(3)
        peer.send(f":irc.test 404 gsocbot {CHANNEL} :No", late)
        label = written(bot, peer)

        assert outcome(bot, peer, f"@label={label} {ME} NOTICE {CHANNEL} :reminder") is None
