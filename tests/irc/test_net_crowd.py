"""Fifty people ask for the longest answer at once: all are served, and no server minds."""

from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import ExitStack, suppress

import pytest

from gsocbot.config import Limits
from gsocbot.irc.times import Times
from tests.irc.networks import BOT, CHANNEL, network, skip_without
from tests.irc.running import running
from tests.servers import ircd
from tests.servers.client import Client, Line
from tests.servers.ircd import Ircd

PEOPLE = 50
TRIES = 4
SECONDS = 30
FEWEST = 20
"""Answers in that time: 25 less what it costs to join."""

ANSWER = ("a long answer, " * 27)[:400]
KINDS = ["inspircd", "ngircd"]


def arrive(server: Ircd, nick: str) -> Client:
    """Somebody on the server, whose queue is short and may have been full at first."""
    for _ in range(TRIES):
        with suppress(ConnectionResetError):
            return Client(server, nick)
    return Client(server, nick)


def besiege(server: Ircd) -> list[Line]:
    """What somebody sees in the channel while everybody there asks at once."""
    with ExitStack() as stack:
        watcher = stack.enter_context(Client(server, "watcher"))
        watcher.join(CHANNEL)
        with ThreadPoolExecutor(PEOPLE) as pool:
            people = list(pool.map(lambda n: arrive(server, f"asker{n}"), range(PEOPLE)))
            for person in people:
                stack.callback(person.send, "QUIT")
            list(pool.map(lambda person: person.join(CHANNEL), people))
        bot = stack.enter_context(
            running(
                network(server),
                limits=Limits(),
                times=Times(),
                answer=lambda heard: ANSWER if heard.text == "!longest" else None,
            )
        )
        bot.wait_joined()
        for person in people:
            person.say(CHANNEL, "!longest")
        return watcher.lines_for(SECONDS)


@pytest.fixture(scope="module")
def sieges() -> Iterator[dict[str, list[Line]]]:
    """What is seen on each kind of server; all of them at the same time, for it takes long."""
    kinds = [kind for kind in KINDS if ircd.available(kind)]
    with ExitStack() as stack:
        # flood: it throws out whom it would else only hold back
        servers = [stack.enter_context(ircd.running(kind, flood=True)) for kind in kinds]
        with ThreadPoolExecutor(len(KINDS)) as pool:
            yield dict(zip(kinds, pool.map(besiege, servers), strict=True))


@pytest.mark.parametrize("kind", KINDS)
def test_the_bot_speaks_on_and_is_not_thrown_out(kind: str, sieges: dict[str, list[Line]]) -> None:
    skip_without(kind)
    of_the_bot = [line for line in sieges[kind] if line.nick == BOT]
    answers = [line for line in of_the_bot if line.command == "PRIVMSG"]

    assert [line for line in of_the_bot if line.command == "QUIT"] == []
    assert len(answers) >= FEWEST
    assert {line.text for line in answers} == {ANSWER}
