"""What minutes are made of: lines go in, topics with their items and people come out."""

import re
from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum


class Sort(StrEnum):
    """What an item of the minutes is."""

    TOPIC = "topic"
    INFO = "info"
    LINK = "link"
    AGREED = "agreed"
    REJECTED = "rejected"
    IDEA = "idea"
    HELP = "help"
    ACTION = "action"


@dataclass(frozen=True, slots=True)
class Said:
    """A line of a meeting; `own` if the bot itself has said it."""

    at: datetime
    nick: str
    text: str
    account: str | None = None
    action: bool = False
    own: bool = False


@dataclass(frozen=True, slots=True)
class Item:
    """A line that counts. `line` is its place among the lines given, `url` the link in it."""

    sort: Sort
    text: str
    at: datetime
    nick: str
    account: str | None
    line: int
    url: str = ""


@dataclass(frozen=True, slots=True)
class Topic:
    """A stretch of the meeting; what comes before the first one has no text and no moment."""

    text: str
    at: datetime | None
    items: tuple[Item, ...]


@dataclass(frozen=True, slots=True)
class Attendee:
    """Somebody who spoke, and how often; nobody's lines if a chair has only named them."""

    name: str
    lines: int


@dataclass(frozen=True, slots=True)
class Minutes:
    """A meeting in short; `people` by how much they said."""

    title: str
    topics: tuple[Topic, ...]
    people: tuple[Attendee, ...]
    start: datetime | None
    end: datetime | None
    chairs: tuple[str, ...]

    @property
    def items(self) -> tuple[Item, ...]:
        """All items in order, without the topics themselves."""
        return tuple(item for topic in self.topics for item in topic.items)

    def of(self, sort: Sort) -> tuple[Item, ...]:
        """The items of a sort, in order."""
        return tuple(item for item in self.items if item.sort is sort)


_WORD = re.compile(r"[^\s,:;/()]+")


def owner(item: Item, people: Collection[str]) -> str:
    """Whom an action is for: the name it begins with, else the first one in it, else nobody.

    MeetBot lists an action with everybody whose nick is a word of it; one is asked here.
    """
    names = {name.casefold(): name for name in people}
    for word in _words(item.text):
        if word in names:
            return names[word]
    return ""


def _words(text: str) -> list[str]:
    """The words that may be names, as they come: "ana/ben: look" holds ana and ben."""
    found: list[str] = []
    for piece in text.casefold().split():
        bare = piece.strip("@,:;.!?()")
        found += [bare, *_WORD.findall(bare)]
    return found
