"""Getting in and back in: every way of being kept out, the pauses, and what is told of it."""

import asyncio
from collections.abc import Iterator
from dataclasses import replace
from itertools import pairwise

import pytest

from gsocbot.config import Channel
from gsocbot.irc.buffer import Buffer
from gsocbot.irc.presence import Presence
from gsocbot.irc.rooms import REASONS, Rooms
from gsocbot.irc.times import Times
from gsocbot.irc.wire import Reactor
from gsocbot.talk import Trouble
from tests.irc.running import AT, NETWORK, QUICK, Running, running, wait_until
from tests.irc.scripted import CHANNEL, Peer, Scripted

SOON = replace(QUICK, check=0.01, rejoin=0.02, longest_delay=0.04)
LATER = replace(QUICK, check=0.02, rejoin=60)
JOIN = f"JOIN {CHANNEL}"
IN = f":gsocbot!bot@host.test JOIN {CHANNEL}"
KICK = f":op!o@h KICK {CHANNEL} gsocbot :out"


@pytest.fixture
def server() -> Iterator[Scripted]:
    with Scripted() as listening:
        yield listening


def outside(server: Scripted, isupport: str = "") -> Peer:
    """The server's side once the bot is registered; nobody has answered its JOINs."""
    peer = server.accept()
    peer.negotiate()
    infos = [f":irc.test 005 gsocbot {isupport} :are supported"] if isupport else []
    peer.send(":irc.test 001 gsocbot :Welcome", *infos, ":irc.test 376 gsocbot :End of MOTD")
    return peer


def inside(server: Scripted, bot: Running) -> Peer:
    """The same once it is in its channels."""
    peer = server.accept()
    peer.let_in()
    wait_until(lambda: len(bot.link.channels()) >= 1)
    return peer


# --- doors that are closed


CLOSED = ["403", "405", "437", "471", "473", "474", "475", "476", "477", "489", "520"]


@pytest.mark.parametrize("number", CLOSED)
def test_whatever_closes_a_door_it_is_told_once_and_tried_until_it_opens(
    server: Scripted, number: str
) -> None:
    with running(server.network(), times=SOON) as bot:
        peer = outside(server)
        for _ in range(3):
            peer.until(JOIN)
            peer.send(f":irc.test {number} gsocbot {CHANNEL} :No")
        peer.until(JOIN)
        peer.send(IN)
        peer.sync()

        assert bot.link.channels() == [CHANNEL]
        what = f"I am not let into {CHANNEL}: {REASONS[number]}"
        assert bot.troubles == [Trouble(NETWORK, CHANNEL, "door", what)]


def test_a_number_in_another_spelling_of_the_channel_is_about_the_channel(server: Scripted) -> None:
    with running(server.network(channels={"#GSoC[x]": Channel(season="test")}), times=LATER) as bot:
        peer = outside(server)
        peer.until("JOIN ")
        peer.send(":irc.test 473 gsocbot #gsoc{X} :No")
        peer.sync()

        what = "I am not let into #GSoC[x]: it is by invitation only"
        assert bot.troubles == [Trouble(NETWORK, "#gsoc[x]", "door", what)]


def test_a_number_about_a_channel_that_is_not_ours_is_no_trouble(server: Scripted) -> None:
    with running(server.network(), times=LATER) as bot:
        peer = outside(server)
        peer.until(JOIN)
        peer.send(":irc.test 473 gsocbot #other :No", ":irc.test 473 gsocbot", ":irc.test 473")
        peer.sync()

        assert bot.troubles == []


def test_who_is_sent_to_another_channel_leaves_it_and_knocks_at_its_own_again(
    server: Scripted,
) -> None:
    with running(server.network(), times=SOON) as bot:
        peer = outside(server)
        peer.until(JOIN)
        peer.send(
            f":irc.test 470 gsocbot {CHANNEL} ##overflow :Forwarding to another channel",
            ":gsocbot!bot@host.test JOIN ##overflow",
        )
        said = peer.until(JOIN)

        assert said == ["PART ##overflow", JOIN]
        what = f"I am not let into {CHANNEL} but sent to ##overflow"
        assert bot.troubles == [Trouble(NETWORK, CHANNEL, "door", what)]


def test_a_channel_of_its_own_to_which_it_is_sent_is_not_left(server: Scripted) -> None:
    channels = {name: Channel(season="test") for name in (CHANNEL, "##overflow")}
    with running(server.network(channels=channels), times=LATER) as bot:
        peer = outside(server)
        peer.until("JOIN ##overflow")
        peer.send(
            f":irc.test 470 gsocbot {CHANNEL} ##overflow :Forwarding to another channel",
            ":gsocbot!bot@host.test JOIN ##overflow",
        )

        assert peer.sync() == ["MODE ##overflow"]
        assert bot.link.channels() == ["##overflow"]


def test_two_kinds_of_trouble_are_two_troubles(server: Scripted) -> None:
    with running(server.network(), times=SOON) as bot:
        peer = outside(server)
        peer.until(JOIN)
        peer.send(f":irc.test 474 gsocbot {CHANNEL} :No")
        peer.until(JOIN)
        peer.send(IN, KICK)
        peer.until(JOIN)
        peer.send(IN, KICK)
        peer.sync()

        assert [trouble.kind for trouble in bot.troubles] == ["door", "out"]


def test_the_same_trouble_on_the_next_connection_is_no_news(server: Scripted) -> None:
    with running(server.network(), times=SOON) as bot:
        for _ in range(2):
            peer = outside(server)
            peer.until(JOIN)
            peer.send(f":irc.test 474 gsocbot {CHANNEL} :No")
            peer.sync()
            peer.close()
        outside(server)

        assert len(bot.troubles) == 1


# --- how long the pauses are


class Doors:
    """The rooms of a connection on which a test says what the server says, and what time it is."""

    def __init__(self, *channels: str, times: Times = Times()) -> None:  # noqa: B008 - frozen
        self._loop = asyncio.new_event_loop()
        reactor = Reactor(loop=self._loop)
        self._connection = reactor.server()
        self._connection.buffer = Buffer()
        self._connection.connected = True
        self.now = 0.0
        self.joins: list[tuple[float, str]] = []
        wanted = {name: Channel(season="test") for name in channels}
        presence = Presence(self._connection, wanted, self._sent, lambda: AT)
        self.rooms = Rooms(
            presence, wanted, self._sent, lambda: self.now, times, lambda *_trouble: None
        )
        for listener in (presence, self.rooms):
            reactor.subscribe(listener)
        for number in REASONS:
            reactor.on(number, self.rooms.on_refusal)
        self.says(":irc.test 001 gsocbot :Welcome")

    def _sent(self, line: str) -> None:
        verb, _, channel = line.partition(" ")
        if verb == "JOIN":
            self.joins.append((self.now, channel))

    def says(self, *lines: str) -> None:
        """The server says some lines."""
        for line in lines:
            self._connection.process_data(f"{line}\r\n".encode())

    def until(self, moment: float) -> list[float]:
        """Let the time pass; the moments of the JOINs in it."""
        before = len(self.joins)
        while self.now < moment:
            self.now += 1
            self.rooms.tick()
        return [at for at, _ in self.joins[before:]]

    def close(self) -> None:
        """End it."""
        self._loop.close()


@pytest.fixture
def doors() -> Iterator[Doors]:
    started = Doors(CHANNEL, "#other")
    yield started
    started.close()


def test_the_pauses_before_a_closed_door_grow_to_five_minutes_and_no_further(doors: Doors) -> None:
    doors.says(":gsocbot!b@h JOIN #other")
    doors.rooms.tick()
    moments = [0.0, *doors.until(1600)]

    pauses = [later - earlier for earlier, later in pairwise(moments)]
    assert pauses == [5, 10, 20, 40, 80, 160, 300, 300, 300, 300]


def test_after_a_kick_it_does_not_come_back_at_once_but_after_five_seconds(doors: Doors) -> None:
    doors.says(IN, ":gsocbot!b@h JOIN #other")
    doors.until(100)
    doors.says(KICK)

    assert doors.until(104) == []
    assert doors.until(105) == [105]


def test_who_is_kicked_again_and_again_comes_back_later_and_later(doors: Doors) -> None:
    doors.says(IN, ":gsocbot!b@h JOIN #other")
    doors.until(100)
    pauses = []
    for _ in range(8):
        kicked_at = doors.now
        doors.says(KICK)
        while not doors.until(doors.now + 1):
            pass
        pauses.append(doors.now - kicked_at)
        doors.says(IN)

    assert pauses[0] == 5
    assert all(later >= 2 * earlier or later == 300 for earlier, later in pairwise(pauses))
    assert pauses[-1] == 300


def test_a_channel_that_has_held_makes_the_next_pause_short_again(doors: Doors) -> None:
    doors.says(IN, ":gsocbot!b@h JOIN #other")
    for _ in range(4):
        doors.says(KICK)
        while not doors.until(doors.now + 1):
            pass
        doors.says(IN)
    doors.until(doors.now + Times().steady + 1)
    kicked_at = doors.now
    doors.says(KICK)

    assert doors.until(kicked_at + 5) == [kicked_at + 5]


def test_one_channel_waits_for_no_other(doors: Doors) -> None:
    doors.rooms.tick()
    doors.until(400)  # both are closed
    doors.says(":gsocbot!b@h JOIN #other")
    doors.until(doors.now + 100)
    began = doors.now
    doors.says(":op!o@h KICK #other gsocbot :out")
    doors.until(began + 5)

    assert [channel for at, channel in doors.joins if at > began] == ["#other"]


# --- put out


def test_a_kick_is_told_with_who_did_it_and_why(server: Scripted) -> None:
    with running(server.network(), times=SOON) as bot:
        peer = inside(server, bot)
        peer.send(KICK)
        peer.until(JOIN)
        peer.send(IN, KICK)
        peer.until(JOIN)

        what = f"op has kicked me out of {CHANNEL}: out"
        assert bot.troubles == [Trouble(NETWORK, CHANNEL, "out", what)]


def test_after_a_kick_nothing_is_sent_at_once(server: Scripted) -> None:
    with running(server.network(), times=LATER) as bot:
        peer = inside(server, bot)
        peer.send(KICK)

        assert peer.sync() == []
        assert bot.link.channels() == []


def test_somebody_elses_kick_is_no_trouble(server: Scripted) -> None:
    with running(server.network(), times=SOON) as bot:
        peer = inside(server, bot)
        peer.send(f":op!o@h KICK {CHANNEL} ana :out", f":op!o@h KICK {CHANNEL} gsocbot2 :out")

        assert peer.sync() == []
        assert (bot.link.channels(), bot.troubles) == ([CHANNEL], [])


def test_who_is_made_to_leave_is_soon_back_and_says_so(server: Scripted) -> None:
    with running(server.network(), times=SOON) as bot:
        peer = inside(server, bot)
        peer.send(f":gsocbot!bot@host.test PART {CHANNEL} :SAPART")
        peer.until(JOIN)
        peer.send(IN)
        peer.sync()

        assert bot.link.channels() == [CHANNEL]
        what = f"I was made to leave {CHANNEL}"
        assert bot.troubles == [Trouble(NETWORK, CHANNEL, "out", what)]


def test_a_channel_that_it_was_made_to_join_is_left_and_is_no_trouble(server: Scripted) -> None:
    with running(server.network(), times=SOON) as bot:
        peer = inside(server, bot)
        peer.send(":gsocbot!bot@host.test JOIN #foreign")
        said = peer.sync()
        peer.send(":gsocbot!bot@host.test PART #foreign")

        assert said == ["PART #foreign"]
        assert peer.sync() == []
        assert (bot.link.channels(), bot.troubles) == ([CHANNEL], [])


def test_who_may_not_speak_tells_it_once_and_stays(server: Scripted) -> None:
    with running(server.network(), times=SOON) as bot:
        peer = inside(server, bot)
        bot.say(CHANNEL, "hello")
        peer.send(*[f":irc.test 404 gsocbot {CHANNEL} :Cannot send to channel (+m)"] * 3)
        peer.sync()

        assert bot.link.channels() == [CHANNEL]
        what = f"I cannot speak in {CHANNEL}: Cannot send to channel (+m)"
        assert bot.troubles == [Trouble(NETWORK, CHANNEL, "mute", what)]


def test_in_a_netsplit_it_stays_where_it_is(server: Scripted) -> None:
    with running(server.network(), times=SOON) as bot:
        peer = inside(server, bot)
        people = [f"p{n}" for n in range(200)]
        peer.send(*(f":{nick}!p@h JOIN {CHANNEL}" for nick in people))
        peer.send(*(f":{nick}!p@h QUIT :a.example.org b.example.org" for nick in people))
        peer.send(*(f":{nick}!p@h JOIN {CHANNEL}" for nick in people))

        assert peer.sync() == []
        assert (bot.link.channels(), bot.troubles) == ([CHANNEL], [])


# --- when and how it knocks


def test_the_key_of_a_channel_goes_with_its_join(server: Scripted) -> None:
    channels = {CHANNEL: Channel(season="test", key="sesame"), "#open": Channel(season="test")}
    with running(server.network(channels=channels), times=LATER):
        peer = outside(server)

        assert peer.sync() == [f"{JOIN} sesame", "JOIN #open"]


def test_nothing_is_joined_before_the_server_has_let_it_in(server: Scripted) -> None:
    with running(server.network(), times=replace(SOON, register=5)):
        peer = server.accept()
        peer.negotiate()
        peer.send(
            ":irc.test 376 gsocbot :End of MOTD",
            ":irc.test 422 gsocbot :No MOTD",
            f":ana!a@h INVITE gsocbot {CHANNEL}",
        )
        assert peer.sync() == []

        peer.send(":irc.test 001 gsocbot :Welcome", ":irc.test 376 gsocbot :End of MOTD")
        assert peer.sync() == [JOIN]


@pytest.mark.parametrize(
    "end", [":irc.test 376 gsocbot :End of MOTD", ":irc.test 422 gsocbot :No MOTD", "PING :x"]
)
def test_it_joins_with_or_without_a_message_of_the_day(server: Scripted, end: str) -> None:
    with running(server.network(), times=SOON) as bot:
        peer = server.accept()
        peer.negotiate()
        peer.send(":irc.test 001 gsocbot :Welcome", end)
        peer.until(JOIN)
        peer.send(IN)
        peer.sync()

        assert bot.link.channels() == [CHANNEL]


def test_a_channel_it_is_in_is_not_joined_again(server: Scripted) -> None:
    with running(server.network(), times=replace(SOON, rejoin=0.0)) as bot:
        peer = inside(server, bot)
        for _ in range(2):  # so that time passes, and the end of another MOTD comes
            peer.send(":irc.test 376 gsocbot :End of MOTD")
            assert peer.sync() == []
            wait_until(lambda: bot.link.up)


def test_the_casemapping_that_the_server_tells_is_the_one_of_its_channels(
    server: Scripted,
) -> None:
    channels = {"#a[": Channel(season="test"), "#a{": Channel(season="test")}
    with running(server.network(channels=channels), times=LATER) as bot:
        peer = outside(server, "CASEMAPPING=ascii")
        assert peer.sync() == ["JOIN #a[", "JOIN #a{"]
        peer.send(":gsocbot!bot@host.test JOIN #a{")
        peer.sync()

        assert bot.link.channels() == ["#a{"]
