"""The words of MeetBot in a meeting's lines: who may say which, and what becomes of them.

They mean what they mean in Supybot's MeetBot (ircmeeting/meeting.py and items.py, release 0.1.4),
in Ubuntu's meetingology and in Fedora's zodbot, which are made from it. Unlike there, a chair is an
account where there are accounts, a word without any text is nothing, and blanks may stand before a
word, as Limnoria's later MeetBot allows.
"""

import re
from collections import Counter
from collections.abc import Callable, Collection, Sequence
from dataclasses import dataclass, field
from datetime import datetime

from gsocbot.rules.minutes.items import Attendee, Item, Minutes, Said, Sort, Topic

_COMMAND = re.compile(r"\s*#(\w+)[ \t]*(.*)", re.DOTALL)
"""MeetBot's `command_RE`; the text is stripped when it is kept."""

_PROTOCOLS = "http:|https:|irc:|ftp:|mailto:|ssh:"
_BARE_URL = re.compile(rf"\s*(?:{_PROTOCOLS})//")
"""A line that begins like this is a link without anybody saying so."""

_URL = re.compile(rf"(?:{_PROTOCOLS})//\S+(?<![.)])")
"""A URL is up to the next blank, but for a full stop or a bracket at its end."""

_NAMES = re.compile(r"[,\s]+")

_ANYBODY = {
    "action": Sort.ACTION,
    "info": Sort.INFO,
    "idea": Sort.IDEA,
    "help": Sort.HELP,
    "halp": Sort.HELP,
    "link": Sort.LINK,
}
_CHAIR = {
    "topic": Sort.TOPIC,
    "agreed": Sort.AGREED,
    "agree": Sort.AGREED,
    "accepted": Sort.AGREED,
    "accept": Sort.AGREED,
    "rejected": Sort.REJECTED,
    "reject": Sort.REJECTED,
}


def minutes(lines: Sequence[Said], chairs: Collection[str] = (), title: str = "") -> Minutes:
    """The minutes of these lines; `chairs` are the accounts, or nicks, that lead from the start.

    The first of them always does.
    Where nobody is logged in at all, a nick is enough to be a chair.
    """
    meeting = Meeting(
        title=title,
        by_nick=not any(line.account for line in lines),
        chairs={name.casefold(): name for name in chairs},
        founder=next((name.casefold() for name in chairs), ""),
    )
    for number, line in enumerate(lines):
        meeting.hear(number, line)
    return meeting.minutes()


def url_in(text: str) -> str:
    """The first URL in a text, as MeetBot cuts it out; empty if there is none."""
    found = _URL.search(text)
    return found[0] if found else ""


def is_command(text: str, word: str) -> bool:
    """Whether a line says this word of MeetBot."""
    found = _COMMAND.match(text)
    return found is not None and found[1].lower() == word


def is_word(text: str) -> bool:
    """Whether a line says a word that makes an item or a topic."""
    found = _COMMAND.match(text)
    return found is not None and found[1].lower() in {*_ANYBODY, *_CHAIR}


@dataclass(slots=True)
class Meeting:
    """A meeting while its lines come in; `over` from the moment a chair has ended it."""

    title: str = ""
    by_nick: bool = True
    chairs: dict[str, str] = field(default_factory=dict)
    founder: str = ""
    """The chair that nobody can take away; the last one stays in any case."""
    over: bool = False
    _items: list[Item] = field(default_factory=list)
    _names: dict[str, str] = field(default_factory=dict)
    """Under which name somebody is counted, by account or nick, both with a mark of their own."""
    _accounts: dict[str, str] = field(default_factory=dict)
    """The account that last spoke under a nick."""
    _lines: Counter[str] = field(default_factory=Counter)
    _start: datetime | None = None
    _end: datetime | None = None

    def hear(self, number: int, line: Said) -> None:
        """Take in the next line."""
        self._start = self._start or line.at
        self._end = line.at
        if line.own:
            return
        self._count(line)
        if line.action:
            return
        command = _COMMAND.match(line.text)
        if command is None:
            if _BARE_URL.match(line.text):
                self._keep(Sort.LINK, line.text, number, line)
            return
        word, text = command[1].lower(), command[2].strip()
        if word in _ANYBODY:
            self._keep(_ANYBODY[word], text, number, line)
        elif word == "nick":
            self._name(text)
        elif word == "startmeeting":
            self._open(text, line)
        elif self._leads(line):
            if word in _CHAIR:
                self._keep(_CHAIR[word], text, number, line)
            elif word in _ACTS:
                _ACTS[word](self, text)

    def minutes(self) -> Minutes:
        """What it has come to so far."""
        return Minutes(
            title=self.title,
            topics=tuple(in_topics(self._items)),
            people=by_lines(self._lines),
            start=self._start,
            end=self._end,
            chairs=tuple(self.chairs.values()),
        )

    def _keep(self, sort: Sort, text: str, number: int, line: Said) -> None:
        plain = text.strip()
        if plain:
            item = Item(sort, plain, line.at, line.nick, line.account, number, url_in(plain))
            self._items.append(item)

    def _count(self, line: Said) -> None:
        nick, account = line.nick.casefold(), line.account and line.account.casefold()
        if account:
            self._accounts[nick] = account
        who = f"account {account}" if account else f"nick {nick}"
        self._lines[self._names.setdefault(who, line.nick)] += 1

    def _name(self, text: str) -> None:
        """Count people who have not said anything yet."""
        for nick in filter(None, _NAMES.split(text)):
            account = self._accounts.get(nick.casefold())
            who = f"account {account}" if account else f"nick {nick.casefold()}"
            self._lines[self._names.setdefault(who, nick)] += 0

    def _leads(self, line: Said) -> bool:
        if line.account:
            return line.account.casefold() in self.chairs
        return self.by_nick and line.nick.casefold() in self.chairs

    def _open(self, text: str, line: Said) -> None:
        if not self.chairs:
            self.founder = (line.account or line.nick).casefold()
            self.chairs[self.founder] = line.nick
            self.title = self.title or text

    def _chair(self, text: str) -> None:
        if self.by_nick:
            self._name(text)
        for nick in filter(None, _NAMES.split(text)):
            folded = nick.casefold()
            account = self._accounts.get(folded)
            if account or self.by_nick:
                self.chairs.setdefault(account or folded, nick)

    def _unchair(self, text: str) -> None:
        for nick in filter(None, _NAMES.split(text.casefold())):
            account = self._accounts.get(nick, nick)
            if account != self.founder and len(self.chairs) > 1:
                self.chairs.pop(account, None)

    def _undo(self, _: str) -> None:
        if self._items:
            self._items.pop()

    def _finish(self, _: str) -> None:
        self.over = True

    def _retitle(self, text: str) -> None:
        self.title = "" if text.lower() in {"none", "unset"} else text


_ACTS: dict[str, Callable[[Meeting, str], None]] = {
    "chair": Meeting._chair,
    "unchair": Meeting._unchair,
    "undo": Meeting._undo,
    "endmeeting": Meeting._finish,
    "meetingtopic": Meeting._retitle,
}


def in_topics(items: Sequence[Item]) -> list[Topic]:
    """Items under the topics that come before them."""
    heads: list[tuple[str, datetime | None]] = [("", None)]
    held: list[list[Item]] = [[]]
    for item in items:
        if item.sort is Sort.TOPIC:
            heads.append((item.text, item.at))
            held.append([])
        else:
            held[-1].append(item)
    topics = [Topic(text, at, tuple(own)) for (text, at), own in zip(heads, held, strict=True)]
    return topics if topics[0].items else topics[1:]


def by_lines(lines: Counter[str]) -> tuple[Attendee, ...]:
    """Whoever said most comes first; of several, whoever came first."""
    return tuple(Attendee(name, count) for name, count in lines.most_common())
