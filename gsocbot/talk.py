"""What is heard and what is said: the words of the house that everybody knows."""

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from typing import NamedTuple


class Kind(StrEnum):
    """What sort of thing an answer is; `gsocbot say --json` shows it."""

    IDEAS = "ideas"
    IDEA = "idea"
    CONTACT = "contact"
    MENTORS = "mentors"
    STUDENTS = "students"
    SEASON = "season"
    CHECKLIST = "checklist"
    EVALUATION = "evaluation"
    REPORT = "report"
    TIMELINE = "timeline"
    OFFICE = "office"
    HACKATHON = "hackathon"
    POLL = "poll"
    FAQ = "faq"
    QUESTION = "question"
    REFUSAL = "refusal"
    HANDOVER = "handover"
    HELP = "help"
    ERROR = "error"
    OTHER = "other"


class Heard(NamedTuple):
    """One line of conversation, as a person said it.

    A named tuple, because one is made for every line of a channel's talk, and a frozen dataclass
    takes three times as long to make.

    `account` is the services account that came with this very line, None for a stranger;
    `channel` is None in a private message. `at` is aware. `me` is the bot's nick just then.
    `shared` are the channels that the person and the bot are both in, `host` where they come
    from as the network shows it. `relay` is the nick of the bridge that has passed the line on,
    for somebody who is not on the network at all. An `unsure` line is one whose account the
    network could still be asked for (WHOIS). `op` tells an operator or half-operator of the very
    channel of the line, `since` from when on the bot has been in that channel.
    """

    network: str
    nick: str
    account: str | None
    channel: str | None
    text: str
    at: datetime
    me: str
    action: bool = False
    shared: tuple[str, ...] = ()
    host: str = ""
    relay: str | None = None
    unsure: bool = False
    op: bool = False
    since: datetime | None = None


@dataclass(frozen=True, slots=True)
class Say:
    """One line for the bot to say; `target` is a channel or a nick on `network`.

    `grants` is an account that the person behind the target has proved to hold by a code; they
    hold it until they leave. With `topic` the text is the channel's new topic and no message.
    """

    network: str
    target: str
    text: str
    kind: Kind = Kind.OTHER
    notice: bool = False
    key: str | None = None
    grants: str | None = None
    topic: bool = False


@dataclass(frozen=True, slots=True)
class Topic:
    """The topic of a channel, empty if there is none; the bot may set it where it is `settable`."""

    text: str
    settable: bool


@dataclass(frozen=True, slots=True)
class Present:
    """How long the bot has been in a channel on this connection, and heard from its server."""

    since: datetime
    heard: datetime


@dataclass(frozen=True, slots=True)
class Trouble:
    """The bot is kept out of a channel: `kind` says in what way, `what` in words for people."""

    network: str
    channel: str
    kind: str
    what: str


@dataclass(frozen=True, slots=True)
class Recalled:
    """What the bot has said in a channel, as the server remembers it; `whole` if that is all."""

    texts: frozenset[str] = frozenset()
    whole: bool = False


class Refused(Exception):
    """An answer to the person who asked, in words for them; nothing is kept.

    `kind` tells a refusal (you may not) from an error (that cannot be read). In a channel where
    the bot was not named, a `stray` one stays unsaid, for the line may not have been meant for
    us, and one for want of a `login` is said only where it helps. A `private` one answers what
    belongs in private: a channel does not hear it. In private it begins with a capital letter,
    unless it is to stay `as_is`.
    """

    def __init__(
        self,
        text: str,
        kind: Kind = Kind.ERROR,
        *,
        stray: bool = False,
        login: bool = False,
        as_is: bool = False,
    ) -> None:
        super().__init__(text)
        self.text = text
        self.kind = kind
        self.stray = stray
        self.login = login
        self.as_is = as_is
        self.private = False


class Gone(Exception):
    """The connection ended before a line was written or confirmed."""
