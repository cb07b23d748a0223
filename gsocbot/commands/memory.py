"""What the bot keeps in mind for minutes: the rest of a list, a question that waits for !yes."""

from collections import OrderedDict
from dataclasses import dataclass
from datetime import datetime, timedelta

from gsocbot.commands.command import Call
from gsocbot.rules.people import Person

MORE_LASTS = timedelta(minutes=10)
YES_LASTS = timedelta(minutes=2)
MOST_PEOPLE = 5000
"""Beyond this many people the longest untouched are forgotten first."""


Place = tuple[str, str, str]
"""Network, channel, and what was said there."""


@dataclass(slots=True)
class Mind:
    """What is kept in mind of one person in one place."""

    rest: list[str] | None = None
    rest_until: datetime | None = None
    asked: Call | None = None
    asked_until: datetime | None = None
    season: str | None = None


class Memory:
    """Minds of people, bounded in number; nothing in it outlives the process."""

    def __init__(self, *, repeats: bool = False) -> None:
        """`repeats` says whether an answer may be said again right below itself."""
        self._minds: OrderedDict[Person, Mind] = OrderedDict()
        self._said: OrderedDict[Place, datetime] = OrderedDict()
        self._repeats = repeats

    def say(self, place: Place, now: datetime) -> None:
        """Keep when an answer was said somewhere."""
        self._said[place] = now
        self._said.move_to_end(place)
        while len(self._said) > MOST_PEOPLE:
            self._said.popitem(last=False)

    def said(self, place: Place) -> datetime | None:
        """When an answer was last said somewhere."""
        return None if self._repeats else self._said.get(place)

    def keep_rest(self, person: Person, items: list[str], now: datetime) -> None:
        """Keep what !more will say."""
        mind = self._mind(person)
        mind.rest, mind.rest_until = items, now + MORE_LASTS

    def take_rest(self, person: Person, now: datetime) -> list[str]:
        """What is left for !more, forgotten after this."""
        mind = self._mind(person)
        items, until = mind.rest, mind.rest_until
        mind.rest = None
        return items if items and until and now < until else []

    def ask(self, person: Person, call: Call, now: datetime) -> None:
        """Keep a command that waits for !yes."""
        mind = self._mind(person)
        mind.asked, mind.asked_until = call, now + YES_LASTS

    def take_asked(self, person: Person, now: datetime) -> Call | None:
        """The command that waits, forgotten after this."""
        mind = self._mind(person)
        call, until = mind.asked, mind.asked_until
        mind.asked = None
        return call if until and now < until else None

    def season(self, person: Person) -> str | None:
        """The season that somebody has chosen for private talk."""
        return self._mind(person).season

    def choose_season(self, person: Person, season: str) -> None:
        """Remember it."""
        self._mind(person).season = season

    def _mind(self, person: Person) -> Mind:
        mind = self._minds.setdefault(person, Mind())
        self._minds.move_to_end(person)
        while len(self._minds) > MOST_PEOPLE:
            self._minds.popitem(last=False)
        return mind
