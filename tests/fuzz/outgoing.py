"""Texts that are said: lines of 512 bytes at most as others see them, and no word is lost."""

import gc
import time
from collections.abc import Callable, Iterable, Sequence
from random import Random

from tests.fuzz.judging import Judge, Result, Tick
from tests.fuzz.subjects import STILL, Subject, ours
from tests.fuzz.texts import a_name, a_text, words_of
from tests.fuzz.vocabulary import ME
from tests.irc.scripted import Peer

TEXTS_AT_ONCE = 20
MOST_BYTES = 512
SHORT_WORD = 200
"""Bytes that any line has room for: such a word is never cut."""
BETWEEN = "between"
"""Whoever gets the lines that tell the texts apart."""


def outgoing(count: int, seed: str, tick: Tick) -> Result:
    """Have our link say so many texts to a server that only listens."""
    began = time.perf_counter()
    with Judge() as judge, ours(judge, times=STILL) as subject:
        say(subject, judge, count, seed, tick)
        gc.collect()
    seconds = time.perf_counter() - began
    return Result("texts said", count, "texts", seconds, judge.faults)


def say(subject: Subject, judge: Judge, count: int, seed: str, tick: Tick) -> None:
    """Say so many texts, the bot's own name being longer or shorter, and read every line."""
    random = Random(f"{seed} outgoing")
    peer = subject.connect()
    mask = f"{ME}!bot@host.test"
    for start in range(0, count, TEXTS_AT_ONCE):
        size = min(TEXTS_AT_ONCE, count - start)
        says = [(_target(random), a_text(random)) for _ in range(size)]
        try:
            if random.random() < 0.2:
                mask = _renamed(peer, mask, random)
            peer.raw.clear()
            subject.say_all(between(says), judge)
            peer.until(f"PRIVMSG {BETWEEN} :{size - 1}")
            peer.sync()
        except (OSError, EOFError) as error:
            judge.add(f"the connection ended: {type(error).__name__}", repr(says))
            peer.close()
            peer = subject.connect()
            mask = f"{ME}!bot@host.test"
        else:
            own = f"NICK {ME}".encode()  # it wants its nick back
            lines = [line for line in peer.raw if line != own and not line.startswith(b"PONG")]
            judge_lines(judge, says, [f":{mask} ".encode() + line + b"\r\n" for line in lines])
        tick(size)


def _target(random: Random) -> str:
    sign = random.choice(("", "", "#", "#é", "&"))
    return sign + a_name(random, 64) if random.random() < 0.5 else random.choice(("#gsoc", "ana"))


def _renamed(peer: Peer, mask: str, random: Random) -> str:
    nick, user = a_name(random, 64), a_name(random, 18)
    host = ".".join(a_name(random, 20) for _ in range(3))
    old = mask.partition("!")[0]
    peer.send(f":{mask} NICK {nick}", f":{mask.replace(old, nick, 1)} CHGHOST {user} {host}")
    peer.sync()
    return f"{nick}!{user}@{host}"


def between(says: Iterable[tuple[str, str]]) -> list[tuple[str, str]]:
    """The texts, with a line behind each that tells it from the next."""
    return [one for n, said in enumerate(says) for one in (said, (BETWEEN, str(n)))]


def judge_lines(judge: Judge, says: Sequence[tuple[str, str]], seen: Sequence[bytes]) -> None:
    """Judge what somebody else has seen of some texts, as whole lines with prefix and end."""
    left = iter(seen)
    for number, (target, text) in enumerate(says):
        end = f" PRIVMSG {BETWEEN} :{number}\r\n".encode()
        lines = _until(left, lambda line, end=end: line.endswith(end))
        for what in _faults(target, text, lines):
            judge.add(what, text)
    if list(left):
        judge.add("there are more lines than were said", repr(says))


def _until(lines: Iterable[bytes], is_end: Callable[[bytes], bool]) -> list[bytes]:
    found = []
    for line in lines:
        if is_end(line):
            break
        found.append(line)
    return found


def _faults(target: str, text: str, lines: Sequence[bytes]) -> list[str]:
    found = []
    parts = []
    for line in lines:
        head, _, part = line[:-2].partition(b" :")
        if len(line) > MOST_BYTES:
            found.append("a line has more than 512 bytes as others see it")
        if set(line[:-2]) & set(b"\r\n\0"):
            found.append("a line has CR, LF or NUL inside")
        if head.split(b" ")[1:] != [b"PRIVMSG", target.encode()]:
            found.append("a line is another command, or goes to somebody else")
        try:
            parts.append(part.decode())
        except UnicodeDecodeError:
            found.append("a line is not UTF-8")
    if words_of(" ".join(parts)) != words_of(text):
        joined, wanted = "".join(words_of("".join(parts))), "".join(words_of(text))
        if joined != wanted:
            found.append("a part of the text is lost, or there is more than was said")
        elif all(len(w.encode("utf-8", "surrogatepass")) <= SHORT_WORD for w in text.split(" ")):
            found.append("a word that fits in a line is cut")
    return found
