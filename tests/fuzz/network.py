"""A small network that knows by itself who is where with which account, and tells the bot.

It shares no code with the bot: what it expects the bot to know is what its own lines have told.
"""

from dataclasses import dataclass, field
from random import Random

from tests.fuzz.folding import folded, spelled

WANTED = ("#gsoc", "#gsoc-org")
UNWANTED = "#Ex[tra]~"
WHOX_ORDER = "tcuihsnfdlaor"
SIGNS = {"o": "@", "h": "%", "v": "+"}
"""The ranks in a channel, the highest first, and what stands before the names of who has them."""


@dataclass(frozen=True)
class Knowledge:
    """What the bot ought to know."""

    nick: str
    prefix: str | None
    channels: frozenset[str]
    people: dict[str, tuple[str | None, frozenset[str], frozenset[str]]]
    """The account of each, their channels, and those in which they are operators."""


@dataclass(frozen=True)
class Said:
    """A line that the bot ought to hear."""

    nick: str
    account: str | None
    channel: str | None
    text: str
    op: bool


@dataclass(eq=False)
class Person:
    """Somebody on the network.

    `told` is the account that the bot was last told, `told_ranks` are the ranks of `ranks`.
    """

    nick: str
    user: str
    host: str
    account: str | None
    channels: set[str] = field(default_factory=set)
    ranks: dict[str, set[str]] = field(default_factory=dict)
    told: str | None = None
    told_ranks: dict[str, set[str]] = field(default_factory=dict)

    @property
    def prefix(self) -> str:
        """Who they are, as others see it."""
        return f"{self.nick}!{self.user}@{self.host}"

    @property
    def operates(self) -> frozenset[str]:
        """Of which of their channels they are known to be operators, or half of one."""
        return frozenset(c for c, ranks in self.told_ranks.items() if ranks & {"o", "h"})

    def leave(self, channel: str) -> None:
        """Be in a channel no longer, with any rank."""
        self.channels.discard(channel)
        self.ranks.pop(channel, None)
        self.told_ranks.pop(channel, None)

    def rank(self, channel: str, rank: str, *, on: bool, told: bool) -> None:
        """Be given a rank in a channel, or have it taken away; `told` if the bot is told."""
        for ranks in (self.ranks, self.told_ranks) if told else (self.ranks,):
            there = ranks.setdefault(channel, set())
            (there.add if on else there.discard)(rank)


class Network:
    """The network and what it tells.

    `lines` are the lines for the bot that were not taken yet, `said` what it should hear.
    """

    def __init__(self, random: Random, casemapping: str, caps: str) -> None:
        self._random = random
        self._casemapping = casemapping
        self._caps = set(caps.split())
        self._people: dict[str, Person] = {}
        self._names = {self.fold(name): name for name in (*WANTED, UNWANTED)}
        self._me = Person("gsocbot", "bot", "host.test", None)
        self._people[self.fold("gsocbot")] = self._me
        self.lines: list[str] = []
        self.said: list[Said] = []

    def fold(self, name: str) -> str:
        """A name as this network compares it."""
        return folded(name, self._casemapping)

    def greeting(self, isupport: str) -> list[str]:
        """What a server says when it lets the bot in."""
        me = self._me.nick
        return [
            f":irc.test 001 {me} :Welcome",
            f":irc.test 005 {me} {isupport} :are supported",
            f":irc.test 376 {me} :End of MOTD",
        ]

    def knowledge(self) -> Knowledge:
        """What the bot ought to know once it has read all lines."""
        mine = self._me.channels
        people = {
            self.fold(p.nick): (
                self._key(p.told),
                frozenset(p.channels & mine),
                p.operates & mine,
            )
            for p in self._people.values()
            if p is not self._me and p.channels & mine
        }
        prefix = self._me.prefix
        return Knowledge(self._me.nick, prefix, frozenset(mine), people)

    # --- what the bot sends

    def answer(self, line: str) -> None:
        """The bot has sent a line."""
        command, _, rest = line.partition(" ")
        words = rest.split(" ")
        match command:
            case "JOIN":
                for name in words[0].split(","):
                    if self.fold(name) not in self._me.channels:
                        self._bot_joins(self.fold(name))
            case "PART":
                for name in words[0].split(","):
                    self._bot_leaves(self.fold(name), f":{self._me.prefix} PART {name}")
            case "NICK":
                self._bot_called(words[0].lstrip(":"))
            case "WHO":
                self._who(*words)
            case "PING":
                self.lines.append(f":irc.test PONG irc.test {rest}")

    def _who(self, channel: str, fields: str = "", *_: str) -> None:
        me = self._me.nick
        if fields.startswith("%"):
            wanted, _, token = fields[1:].partition(",")
            for person in self._in(self.fold(channel)):
                values = {
                    **{"t": token, "c": channel, "u": person.user, "h": person.host, "i": "0"},
                    **{"s": "irc.test", "n": person.nick, "f": "H", "d": "0", "l": "0", "o": "n"},
                    **{"a": person.account or "0", "r": ":real"},
                }
                words = " ".join(values[letter] for letter in WHOX_ORDER if letter in wanted)
                self.lines.append(f":irc.test 354 {me} {words}")
                if self._is_seen(person):
                    person.told = person.account
        self.lines.append(f":irc.test 315 {me} {channel} :End of WHO")

    def _bot_joins(self, channel: str) -> None:
        if channel not in self._names:
            return
        self._me.channels.add(channel)
        for person in self._in(channel):
            if not (person.channels & self._me.channels) - {channel}:
                person.told = None  # they are new to it
        self._tell_join(self._me, channel)
        self._tell_names(channel)

    def _bot_leaves(self, channel: str, line: str) -> None:
        if channel in self._me.channels:
            self._me.leave(channel)
            self.lines.append(line)

    def _bot_called(self, nick: str) -> None:
        if self._people.get(self.fold(nick), self._me) is self._me:
            self._rename(self._me, nick)
        else:
            self.lines.append(f":irc.test 433 {self._me.nick} {nick} :Nickname is already in use")

    def _rename(self, person: Person, nick: str) -> None:
        if person is self._me or self._is_seen(person):
            self.lines.append(f":{person.prefix} NICK {self._random.choice((':', ''))}{nick}")
        del self._people[self.fold(person.nick)]
        person.nick = nick
        self._people[self.fold(nick)] = person

    # --- telling

    def _tell(self, channel: str, line: str) -> None:
        if channel in self._me.channels:
            self.lines.append(line)

    def _tell_join(self, person: Person, channel: str) -> None:
        account = f" {person.account or '*'} :real" if "extended-join" in self._caps else ""
        name = self._spelled_channel(channel)
        self.lines.append(f":{person.prefix} JOIN {'' if account else ':'}{name}{account}")

    def _tell_names(self, channel: str) -> None:
        me, name = self._me.nick, self._spelled_channel(channel)
        words = [self._name_word(person, channel) for person in self._in(channel)]
        for start in range(0, len(words), 12):
            names = " ".join(words[start : start + 12])
            self.lines.append(f":irc.test 353 {me} = {name} :{names}")
        self.lines.append(f":irc.test 366 {me} {name} :End of NAMES")

    def _name_word(self, person: Person, channel: str) -> str:
        ranks = [rank for rank in SIGNS if rank in person.ranks.get(channel, ())]
        shown = ranks if "multi-prefix" in self._caps else ranks[:1]
        person.told_ranks[channel] = set(shown)
        signs = "".join(SIGNS[rank] for rank in shown)
        return signs + (person.prefix if "userhost-in-names" in self._caps else person.nick)

    # --- whom and how

    def _in(self, channel: str) -> list[Person]:
        return [p for p in self._people.values() if channel in p.channels]

    def _is_seen(self, person: Person) -> bool:
        return bool(person.channels & self._me.channels)

    def _key(self, account: str | None) -> str | None:
        return None if account is None else self.fold(account)

    def _mask(self, person: Person) -> str:
        return f"{self._spelled(person.nick)}!{person.user}@{person.host}"

    def _spelled_channel(self, channel: str) -> str:
        return self._spelled(self._names[channel])

    def _spelled(self, name: str) -> str:
        """A name in other letters that mean the same here."""
        return spelled(name, self._casemapping, self._random)
