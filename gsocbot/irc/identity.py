"""Who is who: the account of the very line, else what the server has told and not undone."""

from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import datetime

from gsocbot.irc.names import Fold, fold_by

NOBODY = frozenset({"", "*", "0"})


@dataclass(slots=True)
class Person:
    """Somebody who shares a channel with the bot, under this nick since a moment.

    `ranks` are the modes by which they are operators of channels.
    """

    since: datetime
    account: str | None = None
    known: bool = False
    granted: str | None = None
    channels: set[str] = field(default_factory=set)
    ranks: dict[str, str] = field(default_factory=dict)


class People:
    """The people in the bot's channels, by folded nick; forgotten when they are in none."""

    def __init__(self, clock: Callable[[], datetime]) -> None:
        self._clock = clock
        self.fold: Fold = fold_by("rfc1459")
        self._people: dict[str, Person] = {}

    def joined(self, nick: str, channel: str, account: str | None, ranks: str = "") -> None:
        """Somebody came; `account` None where the server does not say."""
        person = self._people.get(self.fold(nick))
        if person is None:
            person = self._people[self.fold(nick)] = Person(self._clock())
        person.channels.add(self.fold(channel))
        _rank(person, self.fold(channel), ranks)
        if account is not None:
            person.account, person.known = self._real(account), True

    def logged(self, nick: str, account: str) -> None:
        """The server told whose account this is; a star or a zero is nobody's."""
        person = self._people.get(self.fold(nick))
        if person is not None:
            person.account, person.known = self._real(account), True

    def asked(self, nick: str, account: str | None) -> None:
        """The server was asked whose account this is; what it has told meanwhile counts more."""
        person = self._people.get(self.fold(nick))
        if person is not None and not person.known:
            person.account, person.known = account, True

    def promoted(self, nick: str, channel: str, rank: str, *, on: bool) -> None:
        """Somebody was given a mode of operators in a channel, or it was taken away."""
        person, channel = self._people.get(self.fold(nick)), self.fold(channel)
        if person is not None and channel in person.channels:
            others = person.ranks.get(channel, "").replace(rank, "")
            _rank(person, channel, others + rank if on else others)

    def is_op(self, nick: str, channel: str) -> bool:
        """Whether somebody is an operator or half-operator of a channel, as far as is told."""
        person = self._people.get(self.fold(nick))
        return person is not None and self.fold(channel) in person.ranks

    def is_known(self, nick: str) -> bool:
        """Whether the server has told of somebody's account, or that they have none."""
        person = self._people.get(self.fold(nick))
        return person is not None and person.known

    def forget_accounts(self) -> None:
        """Nobody tells any more who logs in and out: what was told counts no longer."""
        for person in self._people.values():
            person.account, person.known = None, False

    def renamed(self, old: str, new: str) -> None:
        """A nick change keeps the account: the server tells if it ends with it.

        What a code has granted ends, for nobody would tell.
        """
        person = self._people.pop(self.fold(old), None)
        if person is not None:
            person.granted, person.since = None, self._clock()
            self._people[self.fold(new)] = person

    def left(self, nick: str, channel: str) -> None:
        """Somebody went from a channel; out of the last shared one they are unknown again."""
        person = self._people.get(self.fold(nick))
        if person is not None:
            person.channels.discard(self.fold(channel))
            _rank(person, self.fold(channel), "")
            if not person.channels:
                del self._people[self.fold(nick)]

    def quit(self, nick: str) -> None:
        """Somebody went altogether."""
        self._people.pop(self.fold(nick), None)

    def channel_lost(self, channel: str) -> None:
        """The bot is out of a channel and sees nobody there any more."""
        for nick in [n for n, p in self._people.items() if self.fold(channel) in p.channels]:
            self.left(nick, channel)

    def account(self, nick: str) -> str | None:
        """The account that somebody was last said to have."""
        person = self._people.get(self.fold(nick))
        return person.account if person is not None else None

    def grant(self, nick: str, account: str) -> None:
        """Somebody has shown by a code whose account is theirs; they hold it until they leave."""
        person = self._people.get(self.fold(nick))
        if person is not None:
            person.granted = account

    def is_newer(self, nick: str, moment: datetime) -> bool:
        """Whether somebody came, or took their nick, only after a moment.

        Whoever came later than now came before the clock was set back.
        """
        person = self._people.get(self.fold(nick))
        return person is not None and moment < person.since <= self._clock()

    def granted(self, nick: str) -> str | None:
        """The account that a code has given to somebody."""
        person = self._people.get(self.fold(nick))
        return person.granted if person is not None else None

    def there(self, channel: str | None = None) -> dict[str, str]:
        """Everybody, by @ACCOUNT or, for a stranger, ~NICK, with the nick they wear.

        With a channel only those who are in it.
        """
        found = {}
        for nick, person in self._people.items():
            if channel is not None and self.fold(channel) not in person.channels:
                continue
            account = person.account or person.granted
            found[f"@{account}" if account else f"~{nick}"] = nick
        return found

    def channels(self, nick: str) -> tuple[str, ...]:
        """The channels that somebody shares with the bot."""
        person = self._people.get(self.fold(nick))
        return tuple(sorted(person.channels)) if person is not None else ()

    def real(self, account: str) -> str | None:
        """An account as a key, None for what means nobody."""
        return self._real(account)

    def _real(self, account: str) -> str | None:
        return None if account in NOBODY else self.fold(account)


def _rank(person: Person, channel: str, ranks: str) -> None:
    if ranks:
        person.ranks[channel] = ranks
    else:
        person.ranks.pop(channel, None)
