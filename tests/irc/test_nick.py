"""The bot's own nick: another one while it is taken, back as soon as may be, and no quarrel."""

import asyncio
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest

from gsocbot.config import Network
from gsocbot.irc.buffer import Buffer
from gsocbot.irc.nick import OwnNick
from gsocbot.irc.presence import Presence
from gsocbot.irc.times import Times
from gsocbot.irc.wire import Reactor
from gsocbot.talk import Heard
from tests.irc.networks import plain_login
from tests.irc.running import AT, QUICK, running, wait_until
from tests.irc.scripted import CHANNEL, Peer, Scripted

OFTEN = replace(QUICK, check=0.01, nick=0.02, services=0.01)
SELDOM = replace(QUICK, check=0.01, nick=60, services=0.02)
TAKEN = ":irc.test 433 {} gsocbot :Nickname is already in use"
WITHOUT_LOGIN, LOGGED_IN = False, True


@pytest.fixture
def server() -> Iterator[Scripted]:
    with Scripted() as listening:
        yield listening


def with_login(server: Scripted, folder: Path) -> Network:
    """A network on which the bot logs in."""
    return server.network(sasl=plain_login("gsocbot", "sesame", folder))


def registered(server: Scripted, nick: str = "gsocbot", isupport: str = "") -> Peer:
    """The server's side once the bot is in, under this nick."""
    peer = server.accept()
    peer.let_in(isupport=isupport, nick=nick)
    return peer


def logged_in(server: Scripted, nick: str = "gsocbot") -> Peer:
    """The same for a bot that logs in."""
    peer = server.accept()
    peer.until("CAP LS")
    peer.send(":irc.test CAP * LS :sasl=PLAIN")
    peer.until("CAP REQ :sasl")
    peer.send(":irc.test CAP * ACK :sasl")
    peer.until("AUTHENTICATE PLAIN")
    peer.send("AUTHENTICATE +")
    peer.until("AUTHENTICATE ")
    peer.send(":irc.test 903 * :SASL authentication successful")
    peer.until("CAP END")
    peer.welcome(nick=nick)
    return peer


def says_me(heard: Heard) -> str | None:
    """Answer with the name that the bot believes to have."""
    return heard.me if heard.text == "who are you" else None


def name_of(peer: Peer) -> str:
    """Under which name the bot hears people just then."""
    peer.send(f":ana!a@h PRIVMSG {CHANNEL} :who are you")
    return peer.until(f"PRIVMSG {CHANNEL} :")[-1].partition(":")[2]


# --- taken before it is in


@pytest.mark.parametrize("number", ["433", "436", "437", "432"])
def test_where_the_nick_is_not_to_be_had_another_is_tried_within_two_seconds(
    server: Scripted, number: str
) -> None:
    with running(server.network()):
        peer = server.accept()
        peer.negotiate()
        peer.send(f":irc.test {number} * gsocbot :Not that one")

        assert peer.until("NICK ", timeout=2)[-1] == "NICK gsocbot_"


def test_of_many_taken_nicks_none_is_tried_twice(server: Scripted) -> None:
    with running(server.network()):
        peer = server.accept()
        peer.negotiate()
        tried = []
        for _ in range(9):
            peer.send(":irc.test 433 * whatever :Taken")
            tried.append(peer.until("NICK ", timeout=2)[-1])

    assert len(set(tried)) == 9
    assert "NICK gsocbot" not in tried


def test_a_server_that_takes_no_nick_is_left(
    server: Scripted, caplog: pytest.LogCaptureFixture
) -> None:
    with running(server.network()):
        peer = server.accept()
        peer.negotiate()
        peer.send(*[":irc.test 433 * whatever :Taken"] * 20)

        assert [line for line in peer.rest() if line.startswith("NICK ")].count("NICK gsocbot") == 0
        server.accept()
    assert "the server refuses every nick" in caplog.text


def test_once_it_is_in_it_tries_its_own_nick_again(server: Scripted) -> None:
    with running(server.network(), times=SELDOM):
        peer = server.accept()
        peer.negotiate()
        said = peer.greet(nick="gsocbot_")

        assert said == [f"JOIN {CHANNEL}", "NICK gsocbot"]


def test_who_has_its_nick_does_not_ask_for_it(server: Scripted) -> None:
    with running(server.network(), times=OFTEN):
        peer = registered(server)
        peer.send(":irc.test 376 gsocbot :End of MOTD")

        assert peer.sync() == []


@pytest.mark.parametrize("nick", ["GSOCBOT", "GSocBot"])
def test_its_nick_in_another_case_is_its_nick(server: Scripted, nick: str) -> None:
    with running(server.network(), times=OFTEN, answer=says_me):
        peer = server.accept()
        peer.negotiate()
        assert peer.greet(nick=nick) == [f"JOIN {CHANNEL}"]
        peer.send(":irc.test 376 gsocbot :End of MOTD")

        assert peer.sync() == [f"MODE {CHANNEL}"]
        assert name_of(peer) == nick


# --- as soon as it is free


def test_the_own_nick_is_tried_again_and_again(server: Scripted) -> None:
    with running(server.network(), times=OFTEN) as bot:
        peer = registered(server, "gsocbot_")
        for _ in range(3):
            peer.send(TAKEN.format("gsocbot_"))
            peer.until("NICK gsocbot")
        peer.send(":gsocbot_!bot@host.test NICK gsocbot")
        peer.sync()  # a last try may have been under way
        peer.send(":irc.test 376 gsocbot :End of MOTD")

        assert peer.sync() == []
        assert bot.link.channels() == [CHANNEL]


@pytest.mark.parametrize(
    "line",
    [
        ":gsocbot!x@h QUIT :bye",
        ":GSOCBOT!x@h QUIT :Ping timeout",
        ":gsocbot!x@h QUIT :a.example.org b.example.org",
        ":gsocbot!x@h NICK ana",
    ],
)
def test_when_its_holder_gives_it_up_the_nick_is_taken_at_once(server: Scripted, line: str) -> None:
    with running(server.network(), times=SELDOM):
        peer = registered(server, "gsocbot_")
        peer.send(TAKEN.format("gsocbot_"), f":gsocbot!x@h JOIN {CHANNEL}")
        assert peer.sync() == []
        peer.send(line)

        assert peer.sync() == ["NICK gsocbot"]


@pytest.mark.parametrize(
    "line",
    [
        ":ana!a@h QUIT :gsocbot",
        ":ana!a@h NICK kofi",
        ":gsocbot!x@h NICK GSOCBOT",
        ":gsocbot!x@h PART #gsoc",
        ":ana!a@h NICK gsocbot",
    ],
)
def test_what_does_not_free_the_nick_makes_it_take_nothing(server: Scripted, line: str) -> None:
    with running(server.network(), times=SELDOM):
        peer = registered(server, "gsocbot_")
        peer.send(TAKEN.format("gsocbot_"), line)

        assert peer.sync() == []


def test_who_has_its_nick_takes_nothing_when_somebody_of_that_name_leaves(server: Scripted) -> None:
    with running(server.network(), times=SELDOM):
        peer = registered(server)
        peer.send(":irc.test 731 gsocbot :gsocbot", ":ana!a@h QUIT :bye")

        assert peer.sync() == []


def test_where_the_server_can_tell_when_the_nick_is_free_it_is_asked_to(server: Scripted) -> None:
    with running(server.network(), times=SELDOM):
        peer = server.accept()
        peer.negotiate()
        said = peer.greet(isupport="MONITOR=100", nick="gsocbot_")
        assert said == [f"JOIN {CHANNEL}", "MONITOR + gsocbot", "NICK gsocbot"]
        peer.send(TAKEN.format("gsocbot_"), ":irc.test 730 gsocbot_ :gsocbot!x@h")
        assert peer.sync() == [f"MODE {CHANNEL}"]
        peer.send(":irc.test 731 gsocbot_ :ana,GSOCBOT")

        assert peer.sync() == ["NICK gsocbot"]


def test_the_server_is_asked_to_tell_only_once(server: Scripted) -> None:
    with running(server.network(), times=OFTEN):
        peer = registered(server, "gsocbot_", "MONITOR=100")
        said = [*peer.until("NICK "), *peer.until("NICK "), *peer.until("NICK ")]

        assert set(said) == {"NICK gsocbot"}


def test_that_another_nick_is_free_is_no_news(server: Scripted) -> None:
    with running(server.network(), times=SELDOM):
        peer = registered(server, "gsocbot_", "MONITOR")
        peer.send(":irc.test 731 gsocbot_ :ana,gsocbot2", ":irc.test 731 gsocbot_")

        assert peer.sync() == []


# --- through services


def to_services(lines: list[str]) -> list[str]:
    """What was said to services."""
    return [line for line in lines if line.startswith(("PRIVMSG NickServ", "NS "))]


def test_logged_in_it_has_services_free_the_nick_in_three_ways_and_no_more(
    server: Scripted, tmp_path: Path, caplog: pytest.LogCaptureFixture
) -> None:
    with running(with_login(server, tmp_path), times=OFTEN):
        peer = logged_in(server, "gsocbot_")
        said = []
        for _ in range(8):
            peer.send(TAKEN.format("gsocbot_"))
            said += [*peer.sync(), *peer.until("NICK gsocbot")]

    assert to_services(said) == [
        "PRIVMSG NickServ :REGAIN gsocbot",
        "PRIVMSG NickServ :GHOST gsocbot",
        "PRIVMSG NickServ :RECOVER gsocbot",
    ]
    assert [record for record in caplog.records if record.exc_info] == []


def test_between_two_words_to_services_it_tries_the_nick(server: Scripted, tmp_path: Path) -> None:
    with running(with_login(server, tmp_path), times=SELDOM):
        peer = logged_in(server, "gsocbot_")
        peer.send(TAKEN.format("gsocbot_"))

        assert peer.until("NICK gsocbot") == ["PRIVMSG NickServ :REGAIN gsocbot", "NICK gsocbot"]


def test_once_it_has_had_its_nick_services_are_asked_anew(server: Scripted, tmp_path: Path) -> None:
    with running(with_login(server, tmp_path), times=OFTEN):
        peer = logged_in(server, "gsocbot_")
        for _ in range(4):
            peer.send(TAKEN.format("gsocbot_"))
            peer.until("NICK gsocbot")
        peer.send(":gsocbot_!bot@host.test NICK gsocbot")
        wait_until(lambda: not to_services(peer.sync()))
        for _ in range(20):  # let it see that all is well
            peer.sync()
        peer.send(":irc.test 376 gsocbot :End of MOTD")
        peer.send(":gsocbot!bot@host.test NICK Guest1", TAKEN.format("Guest1"))

        assert to_services(peer.sync()) == ["PRIVMSG NickServ :REGAIN gsocbot"]


@pytest.mark.parametrize("number", ["432", "437"])
def test_a_nick_that_services_hold_is_released_and_then_taken(
    server: Scripted, tmp_path: Path, number: str
) -> None:
    with running(with_login(server, tmp_path), times=SELDOM):
        peer = logged_in(server, "gsocbot_")
        peer.send(f":irc.test {number} gsocbot_ gsocbot :Held for its owner")

        assert peer.until("NICK gsocbot") == ["PRIVMSG NickServ :RELEASE gsocbot", "NICK gsocbot"]


def test_a_nick_that_stays_held_is_not_asked_for_without_end(
    server: Scripted, tmp_path: Path
) -> None:
    with running(with_login(server, tmp_path), times=OFTEN):
        peer = logged_in(server, "gsocbot_")
        said = []
        for number in ["433", "432", "437", "433", "432"] * 3:
            peer.send(f":irc.test {number} gsocbot_ gsocbot :No")
            said += [*peer.sync(), *peer.until("NICK gsocbot")]

    assert len(to_services(said)) <= 4


@pytest.mark.parametrize("number", ["433", "432", "437"])
def test_without_a_login_services_are_not_troubled(server: Scripted, number: str) -> None:
    with running(server.network(), times=OFTEN):
        peer = registered(server, "gsocbot_")
        peer.send(f":irc.test {number} gsocbot_ gsocbot :No")
        said = [*peer.sync(), *peer.until("NICK gsocbot")]

    assert set(said) == {"NICK gsocbot"}


def test_services_are_not_troubled_before_it_is_in(server: Scripted, tmp_path: Path) -> None:
    with running(with_login(server, tmp_path)):
        peer = server.accept()
        peer.until("CAP LS")
        peer.send(":irc.test CAP * LS :sasl=PLAIN")
        peer.until("CAP REQ :sasl")
        peer.send(TAKEN.format("*"), ":irc.test 432 * gsocbot :No")

        assert to_services(peer.sync()) == []


def test_services_are_not_troubled_for_a_channel_that_is_not_to_be_had(
    server: Scripted, tmp_path: Path
) -> None:
    with running(with_login(server, tmp_path), times=OFTEN):
        peer = logged_in(server)
        peer.send(f":irc.test 437 gsocbot {CHANNEL} :Nick/channel is temporarily unavailable")

        assert peer.sync() == []


# --- renamed


@pytest.mark.parametrize("guest", ["Guest123", "042AAAAAB", "gsocbot_2"])
def test_renamed_by_the_server_it_answers_to_the_new_name_and_takes_the_own_back(
    server: Scripted, guest: str
) -> None:
    with running(server.network(), times=SELDOM, answer=says_me) as bot:
        peer = registered(server)
        peer.send(f":gsocbot!bot@host.test NICK {guest}")
        assert peer.sync() == ["NICK gsocbot"]

        assert name_of(peer) == guest
        peer.send(f":{guest}!bot@host.test NICK gsocbot")
        assert name_of(peer) == "gsocbot"
        assert bot.link.channels() == [CHANNEL]


def test_under_another_name_it_still_knows_its_own_lines(server: Scripted) -> None:
    with running(server.network(), times=SELDOM) as bot:
        peer = registered(server)
        peer.send(":gsocbot!bot@host.test NICK Guest1")
        peer.send(f":Guest1!bot@host.test PRIVMSG {CHANNEL} :echo")
        peer.send(f":op!o@h KICK {CHANNEL} Guest1 :out")
        peer.sync()

        assert bot.all_heard() == []
        assert bot.link.channels() == []


def test_who_takes_its_name_after_that_is_somebody_else(server: Scripted) -> None:
    with running(server.network(), times=SELDOM) as bot:
        peer = registered(server)
        peer.send(":gsocbot!bot@host.test NICK Guest1")
        peer.send(f":gsocbot!x@h PRIVMSG {CHANNEL} :hello")
        peer.sync()

        assert [heard.nick for heard in bot.all_heard()] == ["gsocbot"]


@pytest.mark.parametrize("number", ["447", "438", "437", "433"])
def test_a_refused_nick_change_is_not_tried_again_at_once(server: Scripted, number: str) -> None:
    with running(server.network(), times=SELDOM):
        peer = registered(server)
        peer.send(":gsocbot!bot@host.test NICK Guest1")
        assert peer.sync() == ["NICK gsocbot"]
        peer.send(*[f":irc.test {number} Guest1 gsocbot :Cannot change nick"] * 5)

        assert peer.sync() == []


# --- how often: a test says what time it is


class Nick:
    """The own nick of a connection; `now` is the moment."""

    def __init__(self, *, logged_in: bool) -> None:
        self._loop = asyncio.new_event_loop()
        reactor = Reactor(loop=self._loop)
        self._connection = reactor.server()
        self._connection.buffer = Buffer()
        self._connection.connected = True
        self.now = 0.0
        self.sent: list[tuple[float, str]] = []
        presence = Presence(self._connection, {}, self._send, lambda: AT)
        self.nick = OwnNick(
            self._connection,
            presence,
            "gsocbot",
            self._send,
            lambda: self.now,
            Times(),
            logged_in=logged_in,
        )
        for listener in (presence, self.nick):
            reactor.subscribe(listener)
        self.says(":irc.test 001 gsocbot_ :Welcome")

    def _send(self, line: str) -> None:
        self.sent.append((self.now, line))

    def says(self, *lines: str) -> None:
        """The server says some lines."""
        for line in lines:
            self._connection.process_data(f"{line}\r\n".encode())

    def until(self, moment: float) -> None:
        """Let the time pass on a server where the nick is taken."""
        while self.now < moment:
            before = len(self.sent)
            self.nick.tick()
            if "NICK gsocbot" in [line for _, line in self.sent[before:]]:
                self.says(TAKEN.format("gsocbot_"))
            self.now += 1

    def close(self) -> None:
        """End it."""
        self._loop.close()


@pytest.fixture(params=[WITHOUT_LOGIN, LOGGED_IN], ids=["without a login", "logged in"])
def nick(request: pytest.FixtureRequest) -> Iterator[Nick]:
    started = Nick(logged_in=request.param)
    yield started
    started.close()


def test_a_ghost_of_five_minutes_costs_few_lines_and_the_nick_is_back_within_a_minute(
    nick: Nick,
) -> None:
    nick.until(300)
    tries = [at for at, line in nick.sent if line == "NICK gsocbot"]
    before = len(nick.sent)
    while nick.now < 360:
        nick.nick.tick()
        nick.now += 1

    assert len(tries) <= 300 / Times().nick + 4
    assert "NICK gsocbot" in [line for _, line in nick.sent[before:]]


def test_services_that_rename_it_each_time_are_not_fought_without_a_pause(nick: Nick) -> None:
    nick.says(":gsocbot_!b@h NICK gsocbot", ":gsocbot!b@h NICK Guest1")
    for _ in range(50):  # at the speed of the wire: given, and taken away again
        if nick.sent and nick.sent[-1][1] == "NICK gsocbot":
            nick.says(":Guest1!b@h NICK gsocbot", ":gsocbot!b@h NICK Guest1")

    assert len(nick.sent) <= 3


def test_the_nick_of_the_bot_in_the_link_is_the_one_of_the_last_rename(server: Scripted) -> None:
    with running(server.network(), times=SELDOM, answer=says_me):
        peer = registered(server)
        peer.send(*(f":g{n}!bot@host.test NICK g{n + 1}" for n in range(3)))  # not ours
        peer.send(":gsocbot!bot@host.test NICK g0", ":g0!bot@host.test NICK g1")

        assert name_of(peer) == "g1"


def test_a_nick_of_ours_on_one_connection_means_nothing_on_the_next(server: Scripted) -> None:
    with running(server.network(), times=SELDOM, answer=says_me) as bot:
        first = registered(server, "gsocbot_")
        first.close()
        bot.wait_down()
        second = registered(server)

        assert name_of(second) == "gsocbot"
