"""What a command is given: who asks, where, when, in which season, with the books open."""

import secrets
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime, tzinfo
from functools import cached_property
from pathlib import Path
from typing import Any

from gsocbot.commands.command import Call, Command
from gsocbot.commands.memory import Memory
from gsocbot.config import ChannelRole
from gsocbot.importers.faq import Faqs
from gsocbot.render import words as wording
from gsocbot.render.addresses import Addresses
from gsocbot.render.lines import MOST_BYTES, cut, fit, fit_items, one_line, quiet
from gsocbot.rules.checklists import Checklist
from gsocbot.rules.drafting import is_mentor_of
from gsocbot.rules.ideas import IdeaText
from gsocbot.rules.people import Person, person_of
from gsocbot.rules.privacy import EVERYBODY, Viewer
from gsocbot.rules.quiet import Settings
from gsocbot.rules.roles import Role
from gsocbot.rules.seasons import SeasonFacts
from gsocbot.store import people, roles, seasons
from gsocbot.store.books import Books, Deed, Row
from gsocbot.talk import Heard, Kind, Refused, Say, Topic

SENT_PRIVATELY = "that is private; I answered you in a query."
LONG_LIST = "that is a longer list; I answered you in a query."
NOT_PRIVATELY = "that goes by private message only, which no bridge passes on. On IRC itself:"


class Unconfirmed(Exception):
    """A command that wants a !yes first; `text` says what it would do.

    `private` says that it was typed in a channel and is asked back in private. `call` is what a
    !yes goes on with, where that is not the call as it was given.
    """

    def __init__(self, text: str, kind: Kind | None = None, call: Call | None = None) -> None:
        super().__init__(text)
        self.text = text
        self.kind = kind
        self.call = call
        self.private = False


def _nobody(network: str) -> Mapping[str, str]:
    return {}


def _no_topic(network: str, channel: str) -> Topic | None:
    return None


def _no_folder(season: str) -> Path:
    raise Refused("this bot has no folder for its season")


def _no_rooms(season: str, role: ChannelRole) -> Sequence[tuple[str, str]]:
    return ()


@dataclass(frozen=True, slots=True)
class Running:
    """The program as it runs: since when, in which channels, how many lines wait to go out.

    `notes` are what else organisers are to know of it, such as which bot holds a network.
    """

    since: datetime | None = None
    rooms: frozenset[tuple[str, str]] = frozenset()
    queued: int = 0
    notes: Sequence[str] = ()


@dataclass(frozen=True, slots=True)
class Outside:
    """What only the running program can tell.

    `here` gives who is there on a network, by @ACCOUNT or ~NICK, with the nick to speak to;
    `folder` where a season's folder is; `running` how the program is; `topic` what the topic of a
    network's channel is, None if nobody knows.
    """

    here: Callable[[str], Mapping[str, str]] = _nobody
    folder: Callable[[str], Path] = _no_folder
    running: Callable[[], Running] = Running
    topic: Callable[[str, str], Topic | None] = _no_topic


@dataclass(frozen=True, slots=True)
class Seen:
    """What commands know of the world beside the books.

    `rooms` gives a season's channels of one role, each with its network.
    """

    commands: Sequence[Command]
    checklists: Mapping[str, Sequence[Checklist]]
    faq: Faqs
    version: str
    base_url: str
    outside: Outside = Outside()
    rooms: Callable[[str, ChannelRole], Sequence[tuple[str, str]]] = _no_rooms
    checks_links: bool = True


@dataclass
class Ask:
    """One question, while it is answered."""

    heard: Heard
    books: Books
    call: Call
    key: str | None
    choices: Sequence[str]
    seen: Seen
    memory: Memory
    run: Callable[["Ask", Call], Iterator[Say]]
    role: ChannelRole | None = None
    """What the channel is for; None in private."""
    confirmed: bool = False
    in_private: bool = field(init=False)

    def __post_init__(self) -> None:
        self.in_private = self.heard.channel is None

    # --- who, where, when

    @property
    def now(self) -> datetime:
        """The moment of the question; aware."""
        return self.heard.at

    @property
    def who(self) -> str:
        """The account of the person who asks; only where the command asks for a login."""
        if self.heard.account is None:
            words = " ".join(self.call.command.words)
            raise RuntimeError(f"{words} needs who=Level.REGISTERED in commands/chapters/")
        return self.heard.account

    @property
    def asker(self) -> str:
        """Who asks: their account, or ~ and the nick of a stranger, behind a bridge or not."""
        return person_of(self.heard)[1]

    @property
    def network(self) -> str:
        """Where they are."""
        return self.heard.network

    @cached_property
    def roles(self) -> frozenset[Role]:
        """The roles of the person who asks."""
        if self.key is None:
            return frozenset()
        return roles.roles_of(self.books, self.key, self.network, self.heard.account)

    @property
    def viewer(self) -> Viewer:
        """To whom the answer goes: everybody in a channel, the person who asks in private."""
        if not self.in_private or self.heard.account is None:
            return EVERYBODY
        return Viewer(self.network, self.heard.account, self.roles)

    def holders(self, role: Role) -> list[str]:
        """Who holds a role in this season and network."""
        if self.key is None:
            return []
        return roles.holders(self.books, self.key, self.network, role)

    @property
    def organisers_rooms(self) -> Sequence[tuple[str, str]]:
        """The organisers' channels of this season, each with its network."""
        return self.seen.rooms(self.season_key, ChannelRole.ORGANISERS)

    @cached_property
    def here(self) -> Mapping[str, str]:
        """Who is there on this network, by @ACCOUNT or ~NICK, with the nick to speak to."""
        return self.seen.outside.here(self.network)

    @property
    def person(self) -> Person:
        """Whose mind it is that keeps the rest of a list."""
        return person_of(self.heard)

    @property
    def alone(self) -> Person:
        """The same person in private."""
        return (*self.person[:2], None)

    def other(self, *words: str) -> Command:
        """Another command, by what people type."""
        return next(c for c in self.seen.commands if c.words == words)

    def mentors(self, idea: IdeaText) -> bool:
        """Whether the person who asks is a mentor here, and one of this idea's.

        A name in a file gives no right: whoever registers it on some network could bear it.
        """
        account = self.heard.account
        return account is not None and Role.MENTOR in self.roles and is_mentor_of(idea, account)

    # --- which season

    @property
    def season_key(self) -> str:
        """The key of the season that is meant; asks which, if there are several."""
        if self.key is not None:
            return self.key
        if not self.choices:
            raise Refused("no season is set up here yet. Organisers: gsocbot init makes one")
        names = " or ".join(self.choices)
        raise Refused(f"which season: {names}? Say: !me season {self.choices[0]}")

    @cached_property
    def season(self) -> SeasonFacts:
        """The facts of the season."""
        found = seasons.season(self.books, self.season_key)
        if found is None:
            raise Refused("this season is not read in yet; try again in a minute")
        return found

    @cached_property
    def addresses(self) -> Addresses:
        """The addresses of the season's pages."""
        return Addresses(self.seen.base_url, self.season_key)

    @cached_property
    def deed(self) -> Deed:
        """Who changes what, for the audit."""
        return Deed(
            id=secrets.token_hex(8),
            at=self.now,
            season=self.season_key,
            network=self.network,
            account=self.asker,
            place=self.heard.channel or "private",
            what=self.call.line,
        )

    # --- keeping

    def keep(self, table: type[Row], undo: str = "", **values: Any) -> Row:
        """Keep a new row; season, network, account and moment are filled in where it has them.

        `undo` says what taking it back means; that alone makes !undo work.
        """
        known = {
            "season": self.season_key,
            "network": self.network,
            "account": self.asker,
            "asker": self.asker,
            "at": self.now,
        }
        fitting = {name: value for name, value in known.items() if name in table.model_fields}
        row = table(**(fitting | values))
        self.books.add(self.deed, row, undo)
        return row

    # --- saying

    @cached_property
    def wishes(self) -> Settings:
        """What the person who asks wants the bot to keep to; the usual for strangers."""
        if self.key is None or self.heard.account is None:
            return Settings()
        return people.settings(self.books, self.key, self.network, self.heard.account)

    @property
    def yours(self) -> tzinfo | None:
        """The clock of the person who asks, which is shown to them alone: None in a channel."""
        return self.wishes.tz if self.in_private and self.wishes.zone else None

    def moment(self, at: datetime) -> str:
        """Fri 8 Apr 19:00 UTC, in private with (21:00 for you) behind it."""
        aside = wording.for_you(at, self.yours)
        return wording.moment(at, self.now) + (f" ({aside})" if aside else "")

    def name(self, name: str) -> str:
        """Somebody's name so that it calls nobody but the person who asks."""
        if self.in_private or name.lower() == self.heard.nick.lower():
            return name
        return quiet(name)

    def names(self, names: Sequence[str]) -> list[str]:
        """Several names, likewise."""
        return [self.name(n) for n in names]

    def answer(self, text: str, kind: Kind | None = None, *, as_is: bool = False) -> Say:
        """A line to the place of the question. Write it as it reads after "nick: ".

        In private it begins with a capital letter, unless it is to stay `as_is`.
        """
        line, rest = fit(self._led(text, as_is=as_is), MOST_BYTES)
        if rest:
            self.memory.keep_rest(self.person, [rest], self.now)
        return self._say(line, kind)

    def announce(self, text: str) -> Say:
        """A line to the channel that is for everybody in it."""
        return self._say(fit(one_line(text), MOST_BYTES)[0])

    def set_topic(self, text: str) -> Say:
        """The channel's new topic."""
        assert self.heard.channel is not None
        kind = self.call.command.kind
        return Say(self.network, self.heard.channel, text, kind, topic=True)

    def listing(self, head: str, items: Sequence[str], tail: str = "") -> Say:
        """Head, as many items as fit, tail; what does not fit waits for !more."""
        line, rest = fit_items(self._led(head), list(items), tail)
        if rest:
            self.memory.keep_rest(self.person, rest, self.now)
        return self._say(line)

    def squeezed(self, head: str, middle: str, tail: str, *, as_is: bool = False) -> Say:
        """Head and tail whole, and as much of the middle as fits between them."""
        head = self._led(head, as_is=as_is)
        room = MOST_BYTES - len(head.encode()) - len(tail.encode())
        if len(middle.encode()) > room:
            middle = cut(middle, max(room - 4, 0))[0] + "… "
        return self._say(head + middle + tail)

    def privately(self, note: str = SENT_PRIVATELY) -> Iterator[Say]:
        """From here on answer in private; in a channel say so first.

        Whoever comes over a bridge cannot be answered in private: their nick is somebody else's.
        """
        if self.heard.relay is not None:
            words = " ".join(self.call.command.words)
            raise Refused(f"{NOT_PRIVATELY} /msg {self.heard.me} {words}", Kind.REFUSAL)
        if not self.in_private:
            yield self.answer(note)
            self.in_private = True

    def _led(self, text: str, *, as_is: bool = False) -> str:
        # A head or a tail may end in a blank that parts it from what follows.
        blank = " " if text.endswith(" ") else ""
        text = self.call.note + one_line(text) + blank
        if self.in_private:
            return text if as_is or self.call.note else text[:1].upper() + text[1:]
        return f"{self.heard.nick}: {text}"

    def _say(self, line: str, kind: Kind | None = None) -> Say:
        target = self.heard.nick if self.in_private else self.heard.channel
        assert target is not None
        return Say(self.network, target, line, kind or self.call.command.kind)

    # --- asking back

    def confirm(self, text: str, kind: Kind | None = None, shown: str | None = None) -> None:
        """Go on only after a !yes; `text` says what would happen.

        Where that could be something else by then, `shown` tells one from the other: a !yes to
        what was shown before is asked again.
        """
        if shown is not None and self.call.shown != shown:
            since = "that has changed since I asked; now: " if self.call.shown else ""
            raise Unconfirmed(since + text, kind, replace(self.call, shown=shown))
        if not self.confirmed:
            raise Unconfirmed(text, kind)
