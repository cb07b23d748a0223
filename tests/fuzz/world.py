"""What happens on the small network: people come and go, log in, talk; the bot is moved about."""

from collections.abc import Callable, Iterator
from itertools import count
from random import Random

from tests.fuzz.network import SIGNS, Network, Person, Said

STEMS = ("ana", "Kofi", "b[ob", "b{ob", "w~x", "w^x", "a\\b", "a|b", "zed]", "zed}", "Q-", "né")
MOST_PEOPLE = 60


class World(Network):
    """A network on which something happens with each `act`."""

    def __init__(self, random: Random, casemapping: str, caps: str) -> None:
        super().__init__(random, casemapping, caps)
        self._numbers = count(1)
        common = [self._somebody_comes, self._somebody_joins, self._somebody_parts, self._talk]
        usual = [self._somebody_renamed, self._login, self._private_talk]
        rare = [self._kick, self._noise, self._noise, self._names_again, self._somebody_quits]
        rare += [self._modes] * 4
        bot = [self._bot_loses_channel, self._bot_joins_more, self._bot_renamed, self._host]
        self._acts: list[Callable[[], None]] = [
            *(common * 12),
            *(usual * 6),
            *(rare * 2),
            *bot,
            self._split,
        ]
        for _ in range(MOST_PEOPLE // 2):
            self._somebody_comes()  # before the bot does

    def act(self) -> None:
        """Something happens."""
        self._random.choice(self._acts)()

    # --- the bot itself

    def _bot_loses_channel(self) -> None:
        if self._me.channels:
            channel = self._random.choice(sorted(self._me.channels))
            name, me = self._spelled_channel(channel), self._me
            how = (
                f":{me.prefix} PART {name}",
                f":{self._mask(me)} PART {name} :sapart",
                f":op!o@h KICK {name} {self._spelled(me.nick)} :out",
            )
            self._bot_leaves(channel, self._random.choice(how))

    def _bot_joins_more(self) -> None:
        channel = self._random.choice(sorted(self._names))
        if channel not in self._me.channels:
            self._bot_joins(channel)

    def _bot_renamed(self) -> None:
        self._bot_called(self._random.choice(("GSOCBOT", "gsocbot", f"Guest{next(self._numbers)}")))

    def _host(self) -> None:
        me = self._me
        host = f"net-{next(self._numbers)}.test"
        if "chghost" in self._caps:
            user = self._random.choice(("bot", "~bot"))
            self.lines.append(f":{me.prefix} CHGHOST {user} {host}")
            me.user = user
        else:
            self.lines.append(f":irc.test 396 {me.nick} {host} :is now your displayed host")
        me.host = host

    # --- the others

    def _somebody_comes(self) -> None:
        if len(self._people) < MOST_PEOPLE:
            nick = self._free_nick()
            account = self._random.choice((None, None, nick, f"Acc[{next(self._numbers) % 50}]"))
            self._people[self.fold(nick)] = Person(nick, "u", "h", account)
        self._somebody_joins()

    def _somebody_joins(self) -> None:
        person = self._anybody()
        channel = self._random.choice(sorted(self._names))
        if person is None or channel in person.channels:
            return
        if channel in self._me.channels:
            if not self._is_seen(person):
                person.told = None
            if "extended-join" in self._caps:
                person.told = person.account
        person.channels.add(channel)
        if channel in self._me.channels:
            self._tell_join(person, channel)

    def _somebody_parts(self) -> None:
        person, channel = self._present()
        if person is not None:
            reason = self._random.choice(("", " :bye", " :"))
            self._tell(
                channel, f":{self._mask(person)} PART {self._spelled_channel(channel)}{reason}"
            )
            person.leave(channel)

    def _kick(self) -> None:
        person, channel = self._present()
        if person is not None:
            victim = self._spelled(person.nick)
            self._tell(channel, f":op!o@h KICK {self._spelled_channel(channel)} {victim} :out")
            person.leave(channel)

    def _somebody_quits(self) -> None:
        person = self._anybody()
        if person is not None:
            self._quit(person, "")

    def _quit(self, person: Person, tag: str) -> None:
        if self._is_seen(person):
            self.lines.append(
                f"{tag}:{self._mask(person)} QUIT{self._random.choice((' :bye', ''))}"
            )
        del self._people[self.fold(person.nick)]

    def _split(self) -> None:
        number = next(self._numbers)
        self.lines.append(f":irc.test BATCH +{number} netsplit a.test b.test")
        for _ in range(5):
            person = self._anybody()
            if person is not None:
                self._quit(person, f"@batch={number} " if "batch" in self._caps else "")
        self.lines.append(f":irc.test BATCH -{number}")

    def _somebody_renamed(self) -> None:
        person = self._anybody()
        if person is not None:
            nick = self._free_nick() if self._random.random() < 0.7 else self._spelled(person.nick)
            self._rename(person, nick)

    def _modes(self) -> None:
        _, channel = self._present()
        people = self._in(channel)
        if not people:
            return
        letters, words = "", []
        for _ in range(self._random.randint(1, 4)):
            sign, letter = self._random.choice("+-"), self._random.choice("ooohhvbkltn")
            letters += sign + letter
            if letter in SIGNS:
                person = self._random.choice(people)
                is_told = channel in self._me.channels
                person.rank(channel, letter, on=sign == "+", told=is_told)
                words.append(self._spelled(person.nick))
            elif letter in "bk" or (sign, letter) == ("+", "l"):
                words.append(self._random.choice(("5", "ana", "x!*@*")))
        name = self._spelled_channel(channel)
        self._tell(channel, " ".join([":op!o@h MODE", name, letters, *words]))

    def _login(self) -> None:
        person = self._anybody()
        if person is None:
            return
        person.account = self._random.choice((None, f"Acc[{next(self._numbers) % 50}]"))
        if self._is_seen(person) and "account-notify" in self._caps:
            person.told = person.account
            self.lines.append(f":{self._mask(person)} ACCOUNT {person.account or '*'}")

    # --- talk

    def _talk(self) -> None:
        person, channel = self._present()
        if person is not None and channel in self._me.channels:
            self._say(person, channel)

    def _private_talk(self) -> None:
        person = self._anybody()
        if person is not None:
            self._say(person, None)

    def _say(self, person: Person, channel: str | None) -> None:
        text = f"words {next(self._numbers)} ☃"
        target = self._spelled_channel(channel) if channel else self._me.nick
        tag = ""
        if "account-tag" in self._caps:
            account = self._key(person.account)
            tag = f"@account={_escaped(person.account)} " if person.account else ""
        elif "account-notify" in self._caps:
            account = self._key(person.told) if self._is_seen(person) else None
        else:
            account = None
        self.lines.append(f"{tag}:{person.prefix} PRIVMSG {target} :{text}")
        is_op = channel in person.operates
        self.said.append(Said(person.nick, account, channel, text, is_op))

    def _noise(self) -> None:
        person, channel = self._present()
        if person is None or channel not in self._me.channels:
            return
        name, me = self._spelled_channel(channel), self._me.nick
        lines = [
            f":{person.prefix} TOPIC {name} :all new",
            f":{person.prefix} NOTICE {name} :psst",
            f":irc.test 332 {me} {name} :all new",
            f":irc.test 333 {me} {name} ana 1772445600",
            f":irc.test 324 {me} {name} +nt",
            f":{person.prefix} INVITE {me} {name}",
            f":irc.test MODE {me} +B",
            ":irc.test NOTE * HELLO :words",
        ]
        if "setname" in self._caps:
            lines.append(f":{person.prefix} SETNAME :Somebody Else")
        if "chghost" in self._caps:
            lines.append(f":{person.prefix} CHGHOST u {person.host}")
        self.lines.append(self._random.choice(lines))

    def _names_again(self) -> None:
        if self._me.channels:
            self._tell_names(self._random.choice(sorted(self._me.channels)))

    # --- whom

    def _anybody(self) -> Person | None:
        others = [p for p in self._people.values() if p is not self._me]
        return self._random.choice(others) if others else None

    def _present(self) -> tuple[Person | None, str]:
        person = self._anybody()
        if person is None or not person.channels:
            return None, ""
        return person, self._random.choice(sorted(person.channels))

    def _free_nick(self) -> str:
        for nick in self._candidates():
            if self.fold(nick) not in self._people:
                return nick
        raise AssertionError("there is always a free nick")

    def _candidates(self) -> Iterator[str]:
        for _ in range(3):
            yield self._random.choice(STEMS)
        while True:
            yield f"{self._random.choice(STEMS)}{next(self._numbers)}"


def _escaped(value: str) -> str:
    """A tag's value as it is sent."""
    return value.replace("\\", "\\\\")
