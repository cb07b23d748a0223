"""What goes out: in which order, how fast, how much of it waits, and what becomes of the rest."""

import asyncio
import time
from collections import Counter
from collections.abc import Iterator

import pytest

from gsocbot.config import Channel, Limits
from gsocbot.irc.outgoing import Dropped, Outgoing, Priority, cost
from gsocbot.irc.wire import MOST_UNSENT
from gsocbot.talk import Heard, Say
from tests.irc.running import FREE, NETWORK, Running, running, wait_until
from tests.irc.scripted import CHANNEL, Peer, Scripted

PROTOCOL, REMINDER, OFFICE, ANSWER, LIST = Priority
UNBOUNDED = Limits(burst=0, seconds_per_line=0, queue_lines=0)
SLOW = Limits(burst=1, seconds_per_line=0.05)
MANY, LONG = 20_000, "x" * 400


class Clock(asyncio.SelectorEventLoop):
    """A loop in which it is the moment that a test says."""

    now = 0.0

    def time(self) -> float:
        return self.now


class Out:
    """A queue whose peer reads when a test says so; `sent` is what it was sent, and when."""

    def __init__(self, limits: Limits = UNBOUNDED, *, reads: bool = False) -> None:
        self.loop = Clock()
        self.sent: list[tuple[float, str]] = []
        self._reads = reads
        self.queue = Outgoing(self._send, limits, self.loop, lambda: self._reads)

    def _send(self, line: str) -> None:
        self.sent.append((self.loop.now, line))

    def put(
        self, *lines: str, to: str = CHANNEL, at: Priority = ANSWER
    ) -> "list[asyncio.Future[None]]":
        """Some lines to send."""
        return [self.queue.put(line, at, to) for line in lines]

    def read(self) -> list[str]:
        """The peer reads again; what it has been sent so far."""
        self._reads = True
        self.queue.go_on()
        return [line for _, line in self.sent]

    def until(self, moment: float, step: float = 0.25) -> list[tuple[float, str]]:
        """Let the time pass; what was sent in it."""
        before = len(self.sent)
        while self.loop.now < moment:
            self.loop.now += step
            self.queue.go_on()
        return self.sent[before:]


@pytest.fixture
def outs() -> Iterator[list[Out]]:
    """The queues of a test; they are closed after it."""
    made: list[Out] = []
    yield made
    for out in made:
        out.queue.close()
        out.loop.close()


def queue(outs: list[Out], limits: Limits = UNBOUNDED, *, reads: bool = False) -> Out:
    """A queue; unless it reads, its peer does not read before it is told to."""
    outs.append(Out(limits, reads=reads))
    return outs[-1]


# --- the order


def test_what_matters_most_goes_first(outs: list[Out]) -> None:
    out = queue(outs)
    for priority in reversed(Priority):
        out.put(priority.name, at=priority)

    assert out.read() == [priority.name for priority in Priority]


def test_one_with_a_line_waits_for_no_fifty_of_another(outs: list[Out]) -> None:
    out = queue(outs)
    out.put(*(f"#a {n}" for n in range(50)), to="#a")
    out.put("ana 0", to="ana")
    out.put("#b 0", "#b 1", to="#b")

    assert out.read()[:6] == ["#a 0", "ana 0", "#b 0", "#a 1", "#b 1", "#a 2"]


def test_the_lines_for_one_keep_their_order(outs: list[Out]) -> None:
    out = queue(outs)
    for n in range(60):
        out.put(f"{n}", to=f"p{n % 7}")
    sent = [int(line) for line in out.read()]

    assert sorted(sent) == list(range(60))
    for who in range(7):
        own = [n for n in sent if n % 7 == who]
        assert own == sorted(own)


def test_turns_are_taken_within_a_priority_alone(outs: list[Out]) -> None:
    out = queue(outs)
    out.put("answer 0", "answer 1", to="ana")
    out.put("list", to="kofi", at=LIST)
    out.put("reminder", to="ana", at=REMINDER)

    assert out.read() == ["reminder", "answer 0", "answer 1", "list"]


def test_reminders_and_what_was_asked_for_take_turns(outs: list[Out]) -> None:
    out = queue(outs)
    out.put("reminder 0", "reminder 1", "reminder 2", at=REMINDER)
    out.put("list", at=LIST)
    out.put("answer", at=ANSWER)
    out.put("ping", at=PROTOCOL)

    assert out.read() == ["ping", "reminder 0", "answer", "reminder 1", "list", "reminder 2"]


def test_a_receipt_between_two_reminders_is_nobodys_turn(outs: list[Out]) -> None:
    out = queue(outs, Limits(burst=1, seconds_per_line=1), reads=True)
    out.put("reminder 0", at=REMINDER)
    out.put("answer")
    out.put("ping 0", at=PROTOCOL)
    assert out.until(1) == [(1, "ping 0")]
    out.put("reminder 1", at=REMINDER)

    assert [line for _, line in out.until(9)] == ["answer", "reminder 1"]


def test_what_is_asked_in_an_office_hour_goes_before_what_is_asked_elsewhere(
    outs: list[Out],
) -> None:
    out = queue(outs)
    out.put("list", at=LIST)
    out.put("answer", at=ANSWER)
    out.put("office 0", "office 1", at=OFFICE)
    out.put("reminder 0", "reminder 1", at=REMINDER)

    first_to_last = ["reminder 0", "office 0", "reminder 1", "office 1", "answer", "list"]
    assert out.read() == first_to_last


def test_where_nothing_waits_a_line_goes_at_once(outs: list[Out]) -> None:
    out = queue(outs, reads=True)
    [first] = out.put("first", at=LIST)

    assert [line for _, line in out.sent] == ["first"]
    assert first.done()
    assert first.exception() is None


def test_where_something_waits_nothing_overtakes_it_for_coming_later(outs: list[Out]) -> None:
    out = queue(outs, Limits(burst=1, seconds_per_line=1), reads=True)
    out.put("1", "2")
    out.loop.now = 1.5
    out.put("3")

    assert [line for _, line in out.until(5)] == ["2", "3"]


# --- how fast


def test_a_burst_goes_at_once_and_then_a_line_in_its_time(outs: list[Out]) -> None:
    out = queue(outs, Limits(burst=5, seconds_per_line=2), reads=True)
    out.put(*map(str, range(8)))

    assert [line for _, line in out.sent] == ["0", "1", "2", "3", "4"]
    assert out.until(10) == [(2, "5"), (4, "6"), (6, "7")]


def test_after_a_pause_there_is_a_burst_again_and_no_more(outs: list[Out]) -> None:
    out = queue(outs, Limits(burst=3, seconds_per_line=1), reads=True)
    out.put(*map(str, range(3)))
    out.until(1000)
    out.put(*map(str, range(5)))

    assert [at for at, _ in out.sent] == [0, 0, 0, 1000, 1000, 1000]


@pytest.mark.parametrize(
    ("line", "count"),
    [
        ("PRIVMSG #gsoc :JOIN", 1),
        ("NOTICE ana :hello", 1),
        ("PONG :x", 1),
        ("WHO #gsoc", 1),
        ("JOIN #gsoc", 2),
        ("join #gsoc", 2),
        ("TOPIC #gsoc :x", 2),
        ("WHOIS ana", 2),
        ("NICK gsocbot", 3),
        ("PART #gsoc", 5),
        ("LIST", 5),
        ("@label=g1 JOIN #gsoc", 2),
        ("@label=g1;a=b NICK gsocbot", 3),
        ("@label=g1 PRIVMSG #gsoc :NICK x", 1),
    ],
)
def test_a_line_costs_what_servers_count_for_it(outs: list[Out], line: str, count: int) -> None:
    out = queue(outs, Limits(burst=5, seconds_per_line=1), reads=True)
    out.put(line, *["PRIVMSG #gsoc :x"] * 9)

    assert cost(line) == count
    assert len(out.sent) == 1 + 5 - count


def test_what_costs_more_than_is_left_waits_until_it_is_there(outs: list[Out]) -> None:
    out = queue(outs, Limits(burst=5, seconds_per_line=1), reads=True)
    out.put("NICK a", "NICK b")

    assert out.until(3) == [(1, "NICK b")]


def test_what_costs_more_than_a_whole_burst_goes_all_the_same(outs: list[Out]) -> None:
    out = queue(outs, Limits(burst=2, seconds_per_line=1), reads=True)
    out.put("PART #a", "PRIVMSG #gsoc :x")

    assert out.sent == [(0, "PART #a")]
    assert [line for _, line in out.until(10)] == ["PRIVMSG #gsoc :x"]


def test_an_answer_to_a_ping_counts_though_it_does_not_wait(outs: list[Out]) -> None:
    out = queue(outs, Limits(burst=5, seconds_per_line=1), reads=True)
    for _ in range(7):
        out.queue.spent("PONG :x")
    out.put("late")

    assert out.sent == []
    assert out.until(10) == [(3, "late")]


def test_without_limits_all_goes_at_once(outs: list[Out]) -> None:
    out = queue(outs, FREE, reads=True)
    out.put(*["NICK x"] * 500)

    assert len(out.sent) == 500


def test_what_waits_goes_by_itself(scripted: Scripted) -> None:
    with running(scripted.network(), limits=SLOW) as bot:
        peer = joined(scripted, bot)
        began = time.monotonic()
        for number in range(4):
            bot.say(CHANNEL, str(number))
        lines = peer.until(f"PRIVMSG {CHANNEL} :3")

    assert lines == [f"PRIVMSG {CHANNEL} :{number}" for number in range(4)]
    assert time.monotonic() - began > 2 * SLOW.seconds_per_line


# --- how much waits


def test_the_queue_is_bounded(outs: list[Out]) -> None:
    out = queue(outs, Limits(burst=0, seconds_per_line=0, queue_lines=10))
    futures = out.put(*map(str, range(50)))
    lost = [future for future in futures if future.done()]

    assert len(out.queue) == 10
    assert len(lost) == 40
    assert {type(future.exception()) for future in lost} == {Dropped}
    assert out.read() == [*map(str, range(10))]


def test_who_has_most_to_read_loses_the_last_line(outs: list[Out]) -> None:
    out = queue(outs, Limits(burst=0, seconds_per_line=0, queue_lines=6))
    out.put("#a 0", "#a 1", "#a 2", "#a 3", to="#a")
    out.put("#b 0", to="#b")
    out.put("ana 0", to="ana")
    out.put("kofi 0", to="kofi")

    assert sorted(out.read()) == ["#a 0", "#a 1", "#a 2", "#b 0", "ana 0", "kofi 0"]


def test_what_matters_least_is_lost_first(outs: list[Out]) -> None:
    out = queue(outs, Limits(burst=0, seconds_per_line=0, queue_lines=4))
    out.put("answer 0", "answer 1", "answer 2", to="#a")
    out.put("list", to="ana", at=LIST)
    out.put("reminder", to="#a", at=REMINDER)
    out.put("protocol", to="", at=PROTOCOL)

    assert out.read() == ["protocol", "reminder", "answer 0", "answer 1"]


def test_what_is_lost_makes_room_for_what_comes(outs: list[Out]) -> None:
    out = queue(outs, Limits(burst=0, seconds_per_line=0, queue_lines=3))
    lists = out.put("list 0", "list 1", "list 2", at=LIST)
    reminders = out.put("reminder 0", "reminder 1", "reminder 2", at=REMINDER)

    assert [future.done() for future in lists + reminders] == [True] * 3 + [False] * 3
    assert out.read() == ["reminder 0", "reminder 1", "reminder 2"]


def test_what_is_left_when_the_connection_ends_is_dropped(outs: list[Out]) -> None:
    out = queue(outs)
    futures = out.put("1", "2")
    out.queue.close()

    assert [type(future.exception()) for future in futures] == [Dropped, Dropped]
    assert out.read() == []


# --- for whom nobody waits any more


def test_what_waits_for_who_has_gone_is_dropped_but_for_reminders(outs: list[Out]) -> None:
    out = queue(outs)
    answers = out.put("answer", to="ana")
    lists = out.put("list", to="ana", at=LIST)
    out.put("reminder", to="ana", at=REMINDER)
    out.put("nick", to="ana", at=PROTOCOL)
    out.put("kofi", to="kofi")
    out.queue.forget("ana")

    assert [type(future.exception()) for future in answers + lists] == [Dropped, Dropped]
    assert len(out.queue) == 3
    assert out.read() == ["nick", "reminder", "kofi"]


def test_who_is_forgotten_may_come_back(outs: list[Out]) -> None:
    out = queue(outs)
    out.put("old", to="ana")
    out.queue.forget("ana")
    out.queue.forget("nobody")
    out.put("new", to="ana")

    assert out.read() == ["new"]


@pytest.fixture
def scripted() -> Iterator[Scripted]:
    with Scripted() as listening:
        yield listening


def joined(scripted: Scripted, bot: Running) -> Peer:
    """The server's side once the bot is in its channel."""
    peer = scripted.accept()
    peer.let_in()
    wait_until(lambda: bot.link.channels() != [])
    return peer


ASKS = [f":ana!a@h PRIVMSG gsocbot :!{n}" for n in range(9)]
LAST = ":kofi!k@h PRIVMSG #gsoc :!last"


def repeat(heard: Heard) -> str | None:
    """Answer `!words` with the words."""
    return heard.text[1:] if heard.text.startswith("!") else None


@pytest.mark.parametrize(
    ("line", "is_gone"),
    [
        (":ana!a@h QUIT :bye", True),
        (":ana!a@h QUIT :a.example.org b.example.org", True),
        (":ana!a@h NICK eve", True),
        (":ana!a@h PART #gsoc", True),
        (":op!o@h KICK #gsoc ana :out", True),
        (":ana!a@h PART #other", False),
        (":kofi!k@h QUIT :bye", False),
        (":eve!e@h NICK ana", False),
    ],
)
def test_private_answers_for_who_has_left_are_not_sent(
    scripted: Scripted, line: str, is_gone: bool
) -> None:
    channels = {name: Channel(season="test") for name in (CHANNEL, "#other")}
    network = scripted.network(channels=channels)
    there = [f":ana!a@h JOIN {CHANNEL}", f":kofi!k@h JOIN {CHANNEL}"]
    with running(network, limits=Limits(burst=1, seconds_per_line=0.01), answer=repeat) as bot:
        peer = scripted.accept()
        peer.let_in()
        wait_until(lambda: bot.link.channels() != [])
        peer.send(*there, ":ana!a@h JOIN #other" if "#other" in line else "PING :x")
        peer.sync()
        peer.send(*ASKS, line, LAST)
        said = peer.until(f"PRIVMSG {CHANNEL} :last")
        said += peer.sync() if is_gone else peer.until("PRIVMSG ana :8")
        if is_gone:
            bot.say(CHANNEL, "that is all")
            said += peer.until(f"PRIVMSG {CHANNEL} :that is all")

    answers = [text for text in said if text.startswith("PRIVMSG ana ")]
    assert (len(answers) < 9) is is_gone
    assert f"PRIVMSG {CHANNEL} :last" in said


def test_a_reminder_goes_before_the_answers_that_wait(scripted: Scripted) -> None:
    with running(scripted.network(), limits=SLOW, answer=repeat) as bot:
        peer = joined(scripted, bot)
        peer.send(*ASKS)
        peer.sync()
        bot.begin(bot.link.write(Say(NETWORK, CHANNEL, "reminder", notice=True)))
        said = peer.until("PRIVMSG ana :8")

    assert said.index(f"NOTICE {CHANNEL} :reminder") < len(said) - 4
    assert [line for line in said if line.startswith("PRIVMSG")] == [
        f"PRIVMSG ana :{n}" for n in range(9)
    ][9 - len(said) + 1 :]


# --- a peer that does not read


def say_many(bot: Running) -> None:
    """Say more than the sockets hold, to ten people in turn."""

    async def said() -> None:
        for number in range(MANY):
            bot.link.say(Say(NETWORK, f"p{number % 10}", f"{number} {LONG}"))

    bot.do(said())


def test_while_the_server_does_not_read_lines_wait_and_then_all_of_them_go(
    scripted: Scripted,
) -> None:
    with running(scripted.network(), limits=UNBOUNDED) as bot:
        peer = joined(scripted, bot)
        say_many(bot)
        session = bot.link._session
        assert len(session._out) > 0
        assert session._connection.protocol.unsent < 2 * 512
        lines = [peer.line() for _ in range(MANY)]

    numbers = Counter(int(line.partition(":")[2].partition(" ")[0]) for line in lines)
    assert numbers == Counter(range(MANY))
    for who in range(10):
        own = [line for line in lines if line.startswith(f"PRIVMSG p{who} ")]
        assert own == sorted(own, key=lambda line: int(line.partition(":")[2].partition(" ")[0]))


def test_what_waits_for_a_server_that_does_not_read_is_bounded(scripted: Scripted) -> None:
    limits = Limits(burst=0, seconds_per_line=0, queue_lines=50)
    with running(scripted.network(), limits=limits) as bot:
        peer = joined(scripted, bot)
        say_many(bot)

        assert len(bot.link._session._out) == 50
        bot.begin(bot.link.write(Say(NETWORK, CHANNEL, "reminder", notice=True)))
        assert peer.until("NOTICE")[-1] == f"NOTICE {CHANNEL} :reminder"


def ask_for_ever(peer: Peer) -> None:
    """Send a hundred times as much as may be left unread, all of which must be answered."""
    pings = f"PING :{LONG}\r\n".encode() * 1000
    for _ in range(100 * MOST_UNSENT // len(pings)):
        peer.send_bytes(pings)


def test_a_server_that_asks_for_ever_and_never_reads_is_left(
    scripted: Scripted, caplog: pytest.LogCaptureFixture
) -> None:
    with running(scripted.network()) as bot:
        peer = joined(scripted, bot)
        with pytest.raises(ConnectionError):
            ask_for_ever(peer)
        again = scripted.accept()
        again.let_in()

        wait_until(lambda: bot.link.channels() == [CHANNEL])
    assert "the server does not read what it is sent" in caplog.text
