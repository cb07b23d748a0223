"""A whole conversation on a network with services; the process is killed in the middle of it."""

from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import ExitStack
from pathlib import Path

import pytest

from gsocbot.cli import main
from tests.faults.process import Installation, installed
from tests.irc.networks import BOT, CHANNEL, names_in
from tests.irc.running import wait_until
from tests.servers.client import Client, Line
from tests.servers.ircd import Ircd

PEOPLE = ("talk-priya", "talk-mira", "talk-tomas", "talk-hauke")
PRIYA, MIRA, TOMAS, HAUKE = PEOPLE
PATIENCE = 15.0
IDEA = f"""---
number: 7
title: Test load for the credit2 scheduler
mentors: [{MIRA}, {TOMAS}]
difficulty: easy
---

Programs that put known kinds of work on a host.
"""
TOLD = "q1 (idea 7) waits for you"


@pytest.fixture(scope="module")
def server(services: Ircd) -> Ircd:
    """Services that know everybody; they let people in once a second, but several at once."""
    with ThreadPoolExecutor(len(PEOPLE)) as pool:
        list(pool.map(lambda account: services.register(account, "secret"), PEOPLE))
    return services


@pytest.fixture
def bot(server: Ircd, tmp_path: Path) -> Iterator[Installation]:
    """A bot with one idea, two mentors and an organiser; nobody has started it."""
    with installed(tmp_path, server.port) as installation:
        (installation.folder / "season" / "credit2-tests.md").write_text(IDEA)
        config = str(installation.folder / "gsocbot.toml")
        for account, role in ((MIRA, "mentor"), (TOMAS, "mentor"), (HAUKE, "organiser")):
            assert main(["role", "add", account, role, "--config", config]) == 0
        yield installation


def arrive(server: Ircd, account: str) -> Client:
    """Somebody who is logged in and in the channel."""
    somebody = Client(server, account, sasl=("PLAIN", account, "secret"))
    somebody.join(CHANNEL)
    return somebody


def start(bot: Installation, watcher: Client) -> None:
    """Start the bot, and wait until it is in the channel."""
    bot.start()
    wait_until(lambda: BOT in names_in(CHANNEL, watcher), PATIENCE)


def crash(bot: Installation, watcher: Client) -> None:
    """End the bot as a crash would, once it knows what it has said, and the network notices."""
    under_way = "SELECT key FROM outbox WHERE state IN ('claimed', 'written')"
    wait_until(lambda: not bot.sql(under_way), PATIENCE)
    bot.kill()
    wait_until(lambda: BOT not in names_in(CHANNEL, watcher), PATIENCE)


def of_the_bot(command: str, words: str = "") -> Callable[[Line], bool]:
    """A line of the bot with these words in it."""
    return lambda line: line.command == command and line.nick == BOT and words in line.text


def is_answer(line: Line, somebody: Client, to: str = CHANNEL) -> bool:
    """Whether the bot speaks to somebody here: in the channel it says their nick first."""
    target, start = (CHANNEL, f"{somebody.nick}: ") if to == CHANNEL else (somebody.nick, "")
    said_there = of_the_bot("PRIVMSG")(line) and line.params[0] == target
    return said_there and line.text.startswith(start)


def answer(somebody: Client, text: str, to: str = CHANNEL) -> str:
    """What the bot answers somebody, in the channel or in private."""
    somebody.say(to, text)
    return somebody.wait(lambda line: is_answer(line, somebody, to), PATIENCE).text


def told(somebody: Client, words: str) -> str:
    """The next notice of the bot with these words."""
    return somebody.wait(of_the_bot("NOTICE", words), PATIENCE).text


def heard_until_answer(somebody: Client, text: str) -> list[Line]:
    """All that they have not looked at yet, up to the bot's answer to this."""
    somebody.say(CHANNEL, text)
    lines = [somebody.wait(lambda _line: True, PATIENCE)]
    while not is_answer(lines[-1], somebody):
        lines.append(somebody.wait(lambda _line: True, PATIENCE))
    return lines


def test_a_question_goes_its_way_although_the_bot_dies(server: Ircd, bot: Installation) -> None:
    with ExitStack() as stack, ThreadPoolExecutor(3) as pool:
        priya, mira, hauke = (
            stack.enter_context(somebody)
            for somebody in pool.map(lambda who: arrive(server, who), (PRIYA, MIRA, HAUKE))
        )
        start(bot, hauke)

        # A newcomer looks for an idea; what is said to other people is not answered.
        found = answer(priya, "!idaes scheduler")
        assert '(read "idaes" as "ideas")' in found
        assert "7 credit2-tests" in found
        assert "7 credit2-tests (easy)" in answer(priya, "gsocbot: idea 7 please")
        priya.say(CHANNEL, "how do i apply for it? can i write to somebody directly")
        assert "for 7: " in answer(priya, "!contact 7")
        assert "question q1 noted for idea 7" in answer(priya, "!ask 7 which kernel is needed?")
        assert told(mira, TOLD)

        # The other mentor comes after the crash; the first one is not told twice.
        crash(bot, hauke)
        start(bot, hauke)
        tomas = stack.enter_context(arrive(server, TOMAS))
        assert told(tomas, TOLD)
        assert not any(map(of_the_bot("NOTICE", TOLD), heard_until_answer(mira, "!due")))

        # Somebody else under a mentor's nick changes nothing.
        mira.close()
        stranger = stack.enter_context(Client(server, MIRA))
        stranger.join(CHANNEL)
        assert "only when you are logged in" in answer(stranger, "!idea set 7 outcome nothing")

        # The answer reaches the asker, and becomes an entry when a second one has looked at it.
        assert "Sent to the asker" in answer(tomas, "!answer q1 2.6.38 or newer", BOT)
        assert "2.6.38 or newer" in told(priya, "q1: ")
        assert '"kernel" made from q1' in answer(tomas, "!faq from q1 kernel", BOT)
        assert "no entry" in answer(priya, "!faq kernel")
        assert '"kernel" is public' in answer(hauke, "!faq ok kernel")
        lines = heard_until_answer(priya, "!faq kernel")
        assert "kernel: 2.6.38 or newer" in lines[-1].text
        assert not any(map(of_the_bot("NOTICE", "q1: "), lines))
