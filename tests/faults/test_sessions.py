"""A running office hour loses nothing: killed, cut off, split, without room, two at once."""

import json
import re
import time
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import ExitStack
from datetime import timedelta
from pathlib import Path

import pytest

from tests.faults.disks import full, small_disk
from tests.faults.meeting import MENTORS, Room, check_gaps, employed, missing, texts
from tests.faults.process import AWAY, PATIENCE
from tests.irc.networks import BOT
from tests.irc.running import wait_until
from tests.servers import ircd
from tests.servers.client import Client
from tests.servers.ircd import Pair
from tests.servers.proxy import Proxy

KIND, PASSWORD = "inspircd+atheme", "secret"
CHANNEL, OTHER, OVER = "#gsoc", "#more", "#over"
WELCOME = "Welcome | https://gsoc.example.org"
AT_ONCE = 5.0
"""Seconds in which minutes are public; pages that nobody waits for are built every 20."""
BY_ITSELF = 60.0
"""Seconds in which a bot that was started sees what has ended meanwhile, and has it said."""


@pytest.fixture(scope="module")
def pair() -> Iterator[Pair]:
    """Two servers of one network, whose services know two mentors and sofia."""
    if not ircd.available(KIND):
        pytest.skip(f"{KIND} is not installed: tools/system-packages installs it")
    with ircd.running_pair() as servers:
        with ThreadPoolExecutor(3) as pool:
            list(pool.map(lambda a: servers.near.register(a, PASSWORD), (*MENTORS, "sofia")))
        yield servers


@pytest.fixture(scope="module")
def proxy(pair: Pair) -> Iterator[Proxy]:
    """What stands between the bot and its server."""
    with Proxy(pair.near.port) as standing:
        yield standing


@pytest.fixture(scope="module")
def rooms(
    pair: Pair, proxy: Proxy, people: dict[str, Client], tmp_path_factory: pytest.TempPathFactory
) -> Iterator[dict[str, Room]]:
    """The channels of a bot that runs, each with its operator.

    In one of them an office hour went on when the bot was killed, hours ago.
    """
    folder = tmp_path_factory.mktemp("sessions")
    with ExitStack() as stack:
        bot = stack.enter_context(employed(folder, proxy.port, CHANNEL, OTHER, OVER))
        found = {}
        for channel in (CHANNEL, OTHER, OVER):
            watcher = stack.enter_context(Client(pair.near, f"op{channel[1:]}"))
            found[channel] = Room(watcher, bot, channel)
            watcher.join(channel)
            watcher.send(f"TOPIC {channel} :{WELCOME}")
            for somebody in people.values():
                somebody.join(channel)
        bot.start()
        for room in found.values():
            room.wait_joined()
        over = found[OVER]
        over.asks(people["mira"], "!office start")
        assert over.wait_topic().endswith(f" | {WELCOME}")
        bot.kill()
        over.set_back(timedelta(hours=5))
        bot.start()
        for room in found.values():
            room.wait_joined()
        yield found


@pytest.fixture(scope="module")
def people(pair: Pair) -> Iterator[dict[str, Client]]:
    """Two mentors, somebody with an account, and a stranger."""
    with ExitStack() as stack, ThreadPoolExecutor(4) as pool:
        logins = {nick: ("PLAIN", nick, PASSWORD) for nick in (*MENTORS, "sofia")}
        nicks = (*logins, "priya")
        found = pool.map(lambda nick: Client(pair.near, nick, sasl=logins.get(nick)), nicks)
        yield {client.nick: stack.enter_context(client) for client in found}


@pytest.fixture
def mira(people: dict[str, Client]) -> Client:
    return people["mira"]


@pytest.fixture
def sofia(people: dict[str, Client]) -> Client:
    return people["sofia"]


@pytest.fixture
def priya(people: dict[str, Client]) -> Client:
    return people["priya"]


def test_killed_twice_it_names_both_gaps_and_its_chair_goes_on(
    rooms: dict[str, Room], mira: Client, sofia: Client, priya: Client
) -> None:
    room = rooms[CHANNEL]
    bot, said = room.bot, texts("before")
    assert room.asks(mira, "!office start Planning").startswith("Planning is open until ")
    assert re.fullmatch(rf"Planning until .* \| {re.escape(WELCOME)}", room.wait_topic())
    room.says(sofia, *said)
    assert room.asks(sofia, "q+ which kernel?") == "sofia is number 1 (about 5 min)."
    assert room.asks(priya, "q+ where are the logs?") == "priya is number 2 (about 10 min)."
    assert room.asks(mira, "!q next").startswith("sofia: you are next, mira is with you")
    named = []
    for number in (1, 2):
        bot.kill()
        room.says(priya, *texts(f"lost {number}"))
        time.sleep(AWAY)
        bot.start()
        room.wait_joined()
        room.says(priya, *texts(f"after {number}"))  # at once, before the gap is named
        named.append(room.wait_back())
        said += texts(f"after {number}")
        room.says(sofia, "last words")
        assert room.asks(sofia, "q?").startswith("sofia: queue: 1 sofia (which kernel?) with m")
        said += ["last words", "q?"]

    assert [line[4] for line in named] == ["queue kept: p·riya. Go on, m·ira."] * 2
    assert room.places() == [("sofia", "called"), ("priya", "waiting")]
    assert room.asks(mira, "!q next").startswith("priya: you are next, mira is with you")
    room.says(mira, "#action sofia to send the trace")
    closed = room.asks(mira, "#endmeeting")
    assert re.search(r": 1 helped, 1 question kept \(q\d+\), 1 action\. Minutes: ", closed)
    assert room.wait_topic() == WELCOME
    check_gaps(room, texts("lost 1"), texts("lost 2"))
    assert [gap.shown for gap in room.gaps()] == [(line[2], line[3]) for line in named]
    assert room.times_back() == len(named)
    assert missing(room, said) == []
    page = room.page(closed)
    wait_until((page / "minutes.json").exists, PATIENCE)
    minutes = json.loads((page / "minutes.json").read_text())
    assert [gap.as_published for gap in room.gaps()] == minutes["gaps"]
    log = (page / "index.html").read_text()
    assert [text for text in said if text not in log] == []


def test_two_at_once_are_kept_apart_over_a_restart_and_end_each_for_itself(
    rooms: dict[str, Room], people: dict[str, Client]
) -> None:
    mira, tomas, sofia, priya = people.values()
    here, there = rooms[CHANNEL], rooms[OTHER]
    here.asks(mira, "!office start One")
    there.asks(tomas, "!office start Two")
    here.says(sofia, *texts("one"))
    there.says(sofia, *texts("two"))
    assert here.asks(sofia, "q+ in one") == "sofia is number 1 (about 5 min)."
    assert there.asks(priya, "q+ in two") == "priya is number 1 (about 5 min)."
    there.says(sofia, *texts("just before"))  # nothing is answered to that
    sofia.say(here.bot.nick, "\x01PING 1\x01")
    sofia.wait(lambda line: line.text == "\x01PING 1\x01")  # it has heard all of that
    assert here.bot.terminate()[0] == 0
    here.says(priya, *texts("lost one"))
    time.sleep(AWAY)
    here.bot.start()
    here.wait_joined()
    there.wait_joined()
    backs = [here.wait_back()[4], there.wait_back()[4]]

    assert backs == [
        "queue kept: s·ofia. Go on, m·ira.",
        "queue kept: p·riya. Go on, t·omas.",
    ]
    assert here.asks(mira, "#endmeeting").startswith("One closed after ")
    here.says(sofia, "after the end")
    there.says(sofia, "still here")
    assert there.asks(tomas, "!q next").startswith("priya: you are next, tomas is with you")
    assert there.asks(tomas, "#endmeeting").startswith("Two closed after ")
    check_gaps(here, texts("lost one"))
    check_gaps(there, [])
    assert here.kept() == [
        "!office start One", *texts("one"), "q+ in one", "#endmeeting",
    ]  # fmt: skip
    assert there.kept() == [
        "!office start Two", *texts("two"), "q+ in two", *texts("just before"),
        "still here", "!q next", "#endmeeting",
    ]  # fmt: skip


def test_cut_off_while_it_runs_it_names_what_it_has_not_heard(
    rooms: dict[str, Room], proxy: Proxy, mira: Client, priya: Client
) -> None:
    room = rooms[CHANNEL]
    room.asks(mira, "!office start")
    before = room.times_back()
    room.says(priya, *texts("heard"))
    assert room.asks(priya, "q+ am I kept?").startswith("priya is number 1 ")
    proxy.silence()
    room.says(priya, *texts("unheard"))
    proxy.reset()
    time.sleep(1.5)
    proxy.heal()
    room.wait_joined()
    room.says(priya, *texts("again"))
    back = room.wait_back()

    assert back[4] == "queue kept: p·riya. Go on, m·ira."
    assert room.asks(mira, "!q next").startswith("priya: you are next, mira is with you")
    room.asks(mira, "#endmeeting")
    check_gaps(room, texts("unheard"))
    assert [gap.shown for gap in room.gaps()] == [(back[2], back[3])]
    assert room.times_back() == before + 1
    assert missing(room, [*texts("heard"), *texts("again")]) == []


def test_who_vanishes_in_a_split_or_is_called_otherwise_keeps_the_place(
    rooms: dict[str, Room], pair: Pair, mira: Client, sofia: Client, priya: Client
) -> None:
    room = rooms[CHANNEL]
    before = room.times_back()
    with Client(pair.far, "faraway") as faraway:
        faraway.join(CHANNEL)
        faraway.wait_to_see(BOT, CHANNEL)
        room.asks(mira, "!office start")
        for number, somebody in enumerate((faraway, sofia, priya), 1):
            assert f" is number {number} (" in room.asks(somebody, f"q+ number {number}")
        sofia.send("NICK sofi")
        priya.send("NICK priya_")
        pair.split()
        answer = room.asks(mira, "!q next")
        assert answer.startswith("sofi: you are next, mira is with you")
        assert answer.endswith("(f·araway not here, keeps the place)")
        pair.rejoin()
        faraway.wait_to_see(BOT, CHANNEL)
        room.says(faraway, "I was gone")

        assert room.asks(mira, "!q next").startswith("faraway: you are next, mira is with you")
        assert room.asks(priya, "q+").startswith("priya_ is number 2 ")
        room.asks(mira, "#endmeeting")
    assert "I was gone" in room.kept()
    assert (room.gaps(), room.times_back()) == ([], before)
    for client in (sofia, priya):
        client.send(f"NICK {client.nick}")


def test_without_room_nobody_is_told_to_have_a_place_and_the_lines_wait(
    pair: Pair, people: dict[str, Client], tmp_path: Path
) -> None:
    mira, _, sofia, priya = people.values()
    port = pair.near.port
    with (
        small_disk(tmp_path / "disk"),
        Client(pair.near, "opfull") as watcher,
        employed(tmp_path / "disk", port, "#full", nick="fullbot") as bot,
    ):
        room = Room(watcher, bot, "#full")
        watcher.join("#full")
        for somebody in (mira, sofia, priya):
            somebody.join("#full")
        bot.start()
        room.wait_joined()
        room.asks(mira, "!office start")
        assert room.asks(priya, "q+ early") == "priya is number 1 (about 5 min)."
        with full(bot):
            room.says(sofia, *texts("no room"))
            assert room.asks(sofia, "q+ late") == (
                "sofia: cannot save that just now: there is no room left for my store. "
                "Nothing changed. Try again in a minute."
            )
            room.says(sofia, *texts("still none"))
            assert room.kept() == ["!office start", "q+ early"]
        said = [*texts("no room"), "q+ late", *texts("still none")]
        wait_until(lambda: room.kept() == ["!office start", "q+ early", *said], 10)

        assert room.places() == [("priya", "waiting")]
        assert room.asks(sofia, "q+ late") == "sofia is number 2 (about 10 min)."
        assert (room.gaps(), bot.log().count("Traceback")) == ([], 0)


def test_what_was_over_when_it_came_back_ends_and_gives_its_topic_back(
    rooms: dict[str, Room],
) -> None:
    room = rooms[OVER]
    closed = room.find(lambda line: " closed after " in line.text)

    assert (closed.nick, closed.command) == (room.bot.nick, "NOTICE")
    room.give_op()  # it was killed and has come back since
    assert room.wait_topic(BY_ITSELF) == WELCOME
    assert room.gaps() == []


def test_minutes_are_public_at_once(rooms: dict[str, Room], mira: Client) -> None:
    room = rooms[OTHER]  # its bot has built its first pages long ago
    room.asks(mira, "!office start")
    closed = room.asks(mira, "#endmeeting")

    wait_until((room.page(closed) / "index.html").exists, AT_ONCE)
