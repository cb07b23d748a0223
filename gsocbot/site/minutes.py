"""What the page of an office hour shows: the minutes of its log, its queue, its actions."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import TypeVar
from zoneinfo import ZoneInfo

from gsocbot.rules.minutes import Item, Minutes, Said, Sort, minutes
from gsocbot.rules.minutes.meetbot import url_in
from gsocbot.rules.office import LineKind
from gsocbot.rules.queue import PlaceState
from gsocbot.site.clean import said
from gsocbot.site.log import Log, read_log
from gsocbot.site.snapshot import Session, Spoken
from gsocbot.site.views import web_address
from gsocbot.site.waits import Picture, Wait, draw, waits

ROOM, FEW = 20_000, 5_000
"""Bytes that the topics may have on the page, and what else is listed; less beside a whole log.
The text and the JSON have all of it.
"""

TOPIC = "#topic"
_AROUND = 170
"""Bytes of markup around an item."""


@dataclass(frozen=True, slots=True)
class Shown:
    """An item; of its text the `url` in the middle is a link. `way` leads to its line."""

    sort: str
    at: datetime
    nick: str
    before: str
    url: str
    after: str
    way: str

    @property
    def text(self) -> str:
        """All of it."""
        return self.before + self.url + self.after


@dataclass(frozen=True, slots=True)
class Topic:
    """A stretch of the talk; the first has no text if it is what came before all topics."""

    text: str
    way: str
    items: tuple[Shown, ...]


@dataclass(frozen=True, slots=True)
class Action:
    """What somebody took on; no nick is nobody's yet, no way that its line is not known."""

    number: int
    nick: str
    text: str
    done: bool
    way: str
    by: str = ""


Listed = TypeVar("Listed", Shown, Action)


@dataclass(frozen=True, slots=True)
class Person:
    """Somebody who was there; of whom a chair has only named there are no lines."""

    nick: str
    lines: int


@dataclass(frozen=True, slots=True)
class Meeting:
    """An office hour with its minutes; `missing` counts what is left to the text, for its length.

    `topics`, `decisions`, `links` and `owed` are what fits the page, `everything` is all items and
    `actions` all actions.
    """

    session: Session
    title: str
    log: Log
    chairs: tuple[str, ...]
    people: tuple[Person, ...]
    topics: tuple[Topic, ...]
    decisions: tuple[Shown, ...]
    links: tuple[Shown, ...]
    everything: tuple[Topic, ...]
    actions: tuple[Action, ...]
    owed: tuple[Action, ...]
    waits: tuple[Wait, ...]
    picture: Picture | None
    missing: int

    @property
    def helped(self) -> int:
        """How many people were helped."""
        return sum(wait.state == PlaceState.HELPED for wait in self.waits)

    @property
    def length(self) -> int:
        """How many minutes it took."""
        lasted = self.session.ended_at - self.session.started_at
        return max(1, round(lasted.total_seconds() / 60))

    @property
    def local(self) -> tuple[datetime, datetime] | None:
        """Begin and end on the clock of its zone, where that is another than UTC's just then."""
        if not self.session.zone:
            return None
        zone = ZoneInfo(self.session.zone)
        start, end = self.session.started_at.astimezone(zone), self.session.ended_at
        same = start.replace(tzinfo=UTC) == self.session.started_at.astimezone(UTC)
        return None if same else (start, end.astimezone(zone))

    def of(self, sort: str) -> list[Shown]:
        """All items of a sort."""
        return [item for topic in self.everything for item in topic.items if item.sort == sort]


def meeting(session: Session, lines: Sequence[Spoken]) -> Meeting:
    """Work out all that the page shows; the lines are as the store has them."""
    log = read_log(lines)
    numbers = [n for n, line in enumerate(lines, 1) if line.kind != LineKind.GAP]
    spoken = [lines[n - 1] for n in numbers]
    found = minutes([_as_said(line) for line in spoken], session.chairs, session.title)
    nicks = _nicks(spoken)
    held = waits(session, nicks)
    items = {id(item): _shown(item, numbers, log) for item in found.items}
    topics = tuple(_topics(found, items, lines, log))
    links = _once(items[id(i)] for i in found.of(Sort.LINK))
    decisions = [items[id(i)] for i in found.items if i.sort in {Sort.AGREED, Sort.REJECTED}]
    share = 1 if log.parts else 2
    fitting, missing = _fitting(topics, ROOM // share)
    actions = tuple(_actions(session, found, items))
    return Meeting(
        session=session,
        title=said(found.title) or "Office hour",
        log=log,
        chairs=_chairs(session, found, nicks),
        people=tuple(Person(said(p.name), p.lines) for p in found.people),
        topics=fitting,
        decisions=_first(decisions, FEW // share),
        links=_first(links, FEW // share),
        everything=topics,
        actions=actions,
        owed=_first(actions, FEW),
        waits=held,
        picture=draw(session, held),
        missing=missing,
    )


def _as_said(line: Spoken) -> Said:
    own = line.kind == LineKind.OWN
    return Said(line.at, line.nick, line.text, line.account, line.action, own)


def _nicks(lines: Iterable[Spoken]) -> dict[str, str]:
    """The nick under which each account spoke first: accounts are not shown."""
    nicks: dict[str, str] = {}
    for line in lines:
        if line.account and line.account not in nicks:
            nicks[line.account] = line.nick
    return {account.casefold(): said(nick) for account, nick in nicks.items()}


def _chairs(session: Session, found: Minutes, nicks: dict[str, str]) -> tuple[str, ...]:
    """The nicks of those who led it and spoke."""
    spoke = {person.name.casefold(): said(person.name) for person in found.people}
    known = nicks | {f"~{folded}": name for folded, name in spoke.items()}
    names = [known.get(c.casefold()) for c in session.chairs]
    names += [spoke.get(c.casefold()) for c in found.chairs]
    return tuple(dict.fromkeys(name for name in names if name))


def _shown(item: Item, numbers: Sequence[int], log: Log) -> Shown:
    text = said(item.text)
    # The address as it is shown: what was dropped from the text may have stood in it.
    url = web_address(url_in(text)) if item.sort is Sort.LINK else ""
    before, _, after = text.partition(url) if url else (text, "", "")
    way = log.way_to(numbers[item.line])
    return Shown(str(item.sort), item.at.astimezone(UTC), said(item.nick), before, url, after, way)


def _topics(
    found: Minutes, items: dict[int, Shown], lines: Sequence[Spoken], log: Log
) -> Iterable[Topic]:
    begins = {
        line.at: number
        for number, line in enumerate(lines, 1)
        if line.text.lstrip()[: len(TOPIC)].lower() == TOPIC
    }
    for topic in found.topics:
        number = begins.get(topic.at) if topic.at else None
        shown = tuple(items[id(item)] for item in topic.items)
        yield Topic(said(topic.text), log.way_to(number) if number else "", shown)


def _actions(session: Session, found: Minutes, items: dict[int, Shown]) -> Iterable[Action]:
    """The actions as the ledger has them, each with its line, if that still says the same."""
    said_so = [items[id(item)] for item in found.of(Sort.ACTION)]
    for task in session.tasks:
        line = next((s for s in said_so if task.text and s.text.endswith(task.text)), None)
        if line is not None:
            said_so.remove(line)
        way, by = (line.way, line.nick) if line else ("", "")
        yield Action(task.number, task.nick, task.text, task.done, way, by)


def _once(items: Iterable[Shown]) -> list[Shown]:
    """Each link once."""
    return list({item.url or item.text: item for item in items}.values())


def _first(items: Sequence[Listed], room: int) -> tuple[Listed, ...]:
    """As many of the first as there is room for."""
    for place, item in enumerate(items):
        room -= _size(item)
        if room < 0:
            return tuple(items[:place])
    return tuple(items)


def _fitting(topics: Sequence[Topic], room: int) -> tuple[tuple[Topic, ...], int]:
    """What of the topics fits the page, and how many items do not."""
    missing, fitting = 0, []
    for topic in topics:
        room -= _AROUND + len(topic.text)
        items = _first(topic.items, max(room, 0))
        room -= sum(map(_size, items)) if len(items) == len(topic.items) else room
        missing += len(topic.items) - len(items)
        if room > 0 or items:
            fitting.append(Topic(topic.text, topic.way, items))
    return tuple(fitting), missing


def _size(item: Shown | Action) -> int:
    twice = len(item.url) if isinstance(item, Shown) else 0
    return _AROUND + len(item.text.encode()) + twice + len(item.nick)
