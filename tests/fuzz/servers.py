"""The same texts through real servers, read by somebody else; and fifty askers who never stop."""

import time
from concurrent.futures import ThreadPoolExecutor
from contextlib import ExitStack
from random import Random

from gsocbot.config import Channel, Limits, Network
from gsocbot.talk import Heard
from tests.fuzz.judging import Judge, Result, Tick
from tests.fuzz.outgoing import BETWEEN, between, judge_lines
from tests.fuzz.subjects import STILL, say_all
from tests.fuzz.texts import a_text
from tests.fuzz.vocabulary import ME
from tests.irc.running import Running, running, wait_until
from tests.servers import ircd
from tests.servers.client import Client, Line
from tests.servers.ircd import Ircd

CHANNEL = "#gsoc"
TEXTS_AT_ONCE = 10
EVIL = "#evil"
"""Where a text would bring the bot if a line end in it were acted upon."""
LONGEST_ANSWER = " ".join(["a long answer of many words, which takes four lines"] * 36)
ASKERS = 50
SECONDS_PER_QUESTION = 8.0
QUESTIONS = ((ME, "!ideas"), (CHANNEL, "!ideas"), (ME, "\x01PING 1\x01"))


def network(server: Ircd) -> Network:
    """How the bot is told of a server."""
    return Network(
        host=server.host,
        port=server.port,
        tls=False,
        nick=ME,
        channels={CHANNEL: Channel(season="test")},
    )


# --- texts


def through(kind: str, count: int, seed: str, tick: Tick) -> Result:
    """Say so many texts on a server of this kind; somebody else reads them."""
    began = time.perf_counter()
    with Judge() as judge, ExitStack() as stack:
        server = stack.enter_context(ircd.running(kind, fast=True))
        reader = stack.enter_context(Client(server, BETWEEN))
        bot = stack.enter_context(running(network(server), times=STILL))
        judge.watch(bot.loop)
        bot.wait_joined()
        for channel in (CHANNEL, EVIL):
            reader.join(channel)
        _say(bot, reader, judge, count, Random(f"{seed} {kind}"), tick)
    seconds = time.perf_counter() - began
    return Result(f"texts said on {kind}", count, "texts", seconds, judge.faults)


def _say(
    bot: Running, reader: Client, judge: Judge, count: int, random: Random, tick: Tick
) -> None:
    for start in range(0, count, TEXTS_AT_ONCE):
        size = min(TEXTS_AT_ONCE, count - start)
        targets = (CHANNEL, BETWEEN)
        says = [(random.choice(targets), a_text(random)) for _ in range(size)]
        try:
            say_all(bot, [*between(says), (BETWEEN, "all")], judge)
            seen = _seen(reader)
        except (OSError, EOFError) as error:
            judge.add(f"the connection ended: {type(error).__name__}", repr(says))
            return
        judge_lines(
            judge, says, [f"{line}\r\n".encode("utf-8", "surrogateescape") for line in seen]
        )
        tick(size)


def _seen(reader: Client) -> list[Line]:
    """What the bot has done in the sight of somebody else."""
    seen: list[Line] = []
    while True:
        line = reader.wait(lambda _line: True, 20)
        if line.nick == ME and (line.command, line.text) == ("PRIVMSG", "all"):
            return seen
        if line.nick == ME or line.command in {"PRIVMSG", "NOTICE"}:
            seen.append(line)


# --- many questions


def flood(seconds: float, tick: Tick) -> Result:
    """Let fifty people ask for long answers on a server that throws out who says too much."""
    began = time.perf_counter()
    with Judge() as judge, ExitStack() as stack:
        server = stack.enter_context(ircd.running("inspircd", flood=True))
        bot = stack.enter_context(running(network(server), limits=Limits(), answer=_answer))
        judge.watch(bot.loop)
        bot.wait_joined()
        with ThreadPoolExecutor(ASKERS) as pool:
            askers = list(pool.map(lambda n: Client(server, f"asker{n}"), range(ASKERS)))
        for asker in askers:
            stack.callback(asker.close)
            asker.join(CHANNEL)
        answered = _ask(askers, judge, seconds, tick)
        wait_until(lambda: bot.link.up)
        if answered < seconds / 2:
            judge.add("the bot hardly answers", f"{answered} lines")
    taken = time.perf_counter() - began
    return Result(f"flood kill, {ASKERS} askers", answered, "lines", taken, judge.faults)


def _answer(heard: Heard) -> str | None:
    return f"{heard.nick}: {LONGEST_ANSWER}" if heard.text.startswith("!") else None


def _ask(askers: list[Client], judge: Judge, seconds: float, tick: Tick) -> int:
    """Ask in turn, and read all answers; how many lines of the bot's came."""
    began = time.monotonic()
    asked, answered = 0, 0
    while (passed := time.monotonic() - began) < seconds:
        while asked < passed * ASKERS / SECONDS_PER_QUESTION:
            asker = askers[asked % ASKERS]
            target, words = QUESTIONS[asked // ASKERS % len(QUESTIONS)]
            asker.say(target, words)
            asked += 1
        for number, asker in enumerate(askers):
            for line in asker.lines_for(0.002):
                if line.nick == ME and line.command == "QUIT":
                    judge.add(f"the bot was thrown out: {line.text}", str(line))
                elif line.nick == ME and line.command in {"PRIVMSG", "NOTICE"}:
                    new = number == 0 or line.params[0] != CHANNEL  # all see what is said there
                    answered += new
                    tick(new)
    return answered
