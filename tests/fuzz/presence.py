"""What the bot knows of who is where, beside what a small network of our own has told it."""

import gc
import time
from dataclasses import dataclass, replace
from random import Random

from gsocbot.irc.link import Link
from tests.fuzz.judging import Judge, Result, Tick
from tests.fuzz.network import Knowledge, Said
from tests.fuzz.subjects import HASTY, Ours, ours
from tests.fuzz.world import World
from tests.irc.scripted import Peer

LINES_AT_ONCE = 1000
AT_ONCE_BACK = replace(HASTY, check=0.002, rejoin=0.001, nick=0.001)
"""It is back in its channels before much happens there."""
ALL_CAPS = (
    "account-tag account-notify extended-join message-tags multi-prefix userhost-in-names batch "
    "chghost setname"
)


@dataclass(frozen=True)
class Kind:
    """A kind of network; `announced` is the casemapping that it says it has."""

    casemapping: str
    caps: str
    whox: bool
    announced: str = ""

    @property
    def isupport(self) -> str:
        """What it says of itself."""
        whox = " WHOX" if self.whox else ""
        modes = "PREFIX=(ohv)@%+ CHANMODES=b,k,l,imnpst"
        return f"CASEMAPPING={self.announced or self.casemapping} CHANTYPES=# {modes}{whox}"


KINDS = (
    Kind("rfc1459", "account-notify extended-join", whox=True),
    Kind("ascii", "account-notify extended-join message-tags", whox=True),
    Kind("strict-rfc1459", ALL_CAPS, whox=True),
    Kind("ascii", "account-notify multi-prefix batch", whox=False),
    Kind("rfc1459", "", whox=False),
)


def presence(count: int, seed: str, tick: Tick, kinds: tuple[Kind, ...] = KINDS) -> Result:
    """Let so many lines happen on networks of all kinds."""
    began = time.perf_counter()
    with Judge() as judge:
        judge.allow_no_odd_line()
        for kind in kinds:
            with ours(judge, times=AT_ONCE_BACK) as subject:
                random = Random(f"{seed} presence {kind}")
                _live(subject, judge, kind, count // len(kinds), random, tick)
        gc.collect()
    seconds = time.perf_counter() - began
    return Result("who is where, beside a model", count, "lines", seconds, judge.faults)


def knowledge_of(link: Link) -> Knowledge:
    """What the bot knows: the one place that reads its memory."""
    session = link._session
    known = session.presence
    people = {
        nick: (person.account, frozenset(person.channels), frozenset(person.ranks))
        for nick, person in known.people._people.items()
        if not known.is_me(nick)
    }
    me = session._connection.real_nickname
    return Knowledge(me, known.prefix, frozenset(known._joined), people)


def _live(subject: Ours, judge: Judge, kind: Kind, count: int, random: Random, tick: Tick) -> None:
    done = 0
    while done < count:
        world = World(random, kind.casemapping, kind.caps)
        peer = subject.server.accept()
        peer.negotiate(kind.caps)
        peer.send(*world.greeting(kind.isupport))
        _settle(peer, world)
        subject.all_heard()
        world.said.clear()
        agree = True
        while done < count and agree:
            agree = _agree(subject, judge, kind, peer, world)
            done += LINES_AT_ONCE
            tick(LINES_AT_ONCE)
        peer.close()


def _agree(subject: Ours, judge: Judge, kind: Kind, peer: Peer, world: World) -> bool:
    """Let a thousand lines happen, and compare; whether both agree, for it is no use otherwise."""
    sent: list[str] = []
    while len(sent) < LINES_AT_ONCE:
        while len(world.lines) < LINES_AT_ONCE // 10:
            world.act()
        sent += _settle(peer, world)
    peer.raw.clear()
    wanted = world.knowledge()
    known = subject.bot.do(_known(subject.link))
    heard = [
        Said(h.nick, h.account, h.channel and world.fold(h.channel), h.text, h.op)
        for h in subject.all_heard()
    ]
    wrong = [*_differences(known, wanted), *_unheard(heard, world.said)]
    world.said.clear()
    for what in wrong:
        judge.add(what, "\n".join(sent))
    return not wrong


async def _known(link: Link) -> Knowledge:
    return knowledge_of(link)


def _settle(peer: Peer, world: World) -> list[str]:
    """Send what has happened, and work on what the bot sends, until both have nothing more."""
    sent: list[str] = []
    while True:
        lines, world.lines = world.lines, []
        sent += lines
        peer.send(*lines)
        for line in peer.sync():
            sent.append(f"(bot) {line}")
            world.answer(line)
        if not world.lines:
            return sent


def _differences(known: Knowledge, wanted: Knowledge) -> list[str]:
    found = []
    if known.nick != wanted.nick:
        found.append("its own nick is not what it was told")
    if known.channels != wanted.channels:
        found.append("its own channels are not what it was told")
    if wanted.channels and known.prefix != wanted.prefix:
        found.append("its own prefix is not what others see")
    for nick in known.people.keys() | wanted.people.keys():
        ours, theirs = known.people.get(nick), wanted.people.get(nick)
        if ours is None or theirs is None:
            found.append("somebody is missing" if ours is None else "somebody is there no more")
        elif ours[0] != theirs[0]:
            found.append("somebody has another account")
        elif ours[1] != theirs[1]:
            found.append("somebody is in other channels")
        elif ours[2] != theirs[2]:
            found.append("somebody is operator of other channels")
    return sorted(set(found))


def _unheard(heard: list[Said], wanted: list[Said]) -> list[str]:
    if heard == wanted:
        return []
    if [h.text for h in heard] != [w.text for w in wanted]:
        return ["not all that was said is heard, or more than that"]
    return ["a line is heard with another nick, account, rank or channel than it was said with"]
