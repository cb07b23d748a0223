"""What the bot keeps in mind for minutes: the rest of a list, a question that waits for !yes."""

from collections import OrderedDict
from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import datetime, timedelta

from gsocbot.commands.command import Call
from gsocbot.rules.drafting import ADDS
from gsocbot.rules.faq import Count
from gsocbot.rules.forgetting import Forgotten
from gsocbot.rules.people import Person

MORE_LASTS = timedelta(minutes=10)
YES_LASTS = timedelta(minutes=2)
ANSWER_LASTS = timedelta(minutes=30)
SAME_BREATH = timedelta(seconds=4)
"""What somebody says within this is the rest of what they said before."""
MOST_PEOPLE = 5000
"""Beyond this many people the longest untouched are forgotten first."""
MOST_COUNTS = 1000
"""So many different counts wait until they are kept; what is new beyond them is not counted."""

Place = tuple[str, str, str]
"""Network, channel, and what was said there."""


@dataclass(frozen=True, slots=True)
class Awaited:
    """A command that lacks its last words, which the next line in private may be.

    `before` is the one that was completed last: what comes within `SAME_BREATH` belongs to it,
    because clients cut what is too long for a line, and people paste; so does what begins with a
    plus.
    """

    call: Call
    before: Call | None
    since: datetime

    def completed(self, words: tuple[str, ...], now: datetime) -> Call:
        """The command with a line's words."""
        adds = words[0].startswith(ADDS)
        if self.before is not None and (adds or now < self.since + SAME_BREATH):
            first = words[0].removeprefix(ADDS)
            return replace(self.before, given=(*self.before.given, f"{ADDS}{first}", *words[1:]))
        return replace(self.call, given=(*self.call.given, *words))


@dataclass(slots=True)
class Mind:
    """What is kept in mind of one person in one place."""

    rest: list[str] | None = None
    rest_until: datetime | None = None
    asked: Call | None = None
    asked_until: datetime | None = None
    season: str | None = None
    awaited: Awaited | None = None


class Memory:
    """Minds of people, bounded in number; nothing in it outlives the process."""

    def __init__(self, *, repeats: bool = False) -> None:
        """`repeats` says whether an answer may be said again right below itself."""
        self._minds: OrderedDict[Person, Mind] = OrderedDict()
        self._said: OrderedDict[Place, datetime] = OrderedDict()
        self._repeats = repeats
        self._counts: dict[Count, int] = {}
        self._forgotten: list[Forgotten] = []

    def say(self, place: Place, now: datetime) -> None:
        """Keep when an answer was said somewhere."""
        self._said[place] = now
        self._said.move_to_end(place)
        while len(self._said) > MOST_PEOPLE:
            self._said.popitem(last=False)

    def said(self, place: Place) -> datetime | None:
        """When an answer was last said somewhere."""
        return None if self._repeats else self._said.get(place)

    def count(self, count: Count) -> None:
        """Count one more of what people ask, until it is kept."""
        if count in self._counts or len(self._counts) < MOST_COUNTS:
            self._counts[count] = self._counts.get(count, 0) + 1

    @property
    def counts(self) -> Mapping[Count, int]:
        """What was counted and is not kept yet."""
        return self._counts

    def forget_counts(self) -> None:
        """Forget what was counted: it is kept."""
        self._counts.clear()

    def keep_rest(self, person: Person, items: list[str], now: datetime) -> None:
        """Keep what !more will say."""
        mind = self._mind(person)
        mind.rest, mind.rest_until = items, now + MORE_LASTS

    def take_rest(self, person: Person, now: datetime) -> list[str]:
        """What is left for !more, forgotten after this."""
        mind = self._mind(person)
        items, until = mind.rest, mind.rest_until
        mind.rest = None
        return items if items and _lasts(until, MORE_LASTS, now) else []

    def ask(self, person: Person, call: Call, now: datetime) -> None:
        """Keep a command that waits for !yes."""
        mind = self._mind(person)
        mind.asked, mind.asked_until = call, now + YES_LASTS

    def has_asked(self, person: Person) -> bool:
        """Whether somebody was asked, even too long ago, and has said nothing to it."""
        return self._mind(person).asked is not None

    def take_asked(self, person: Person, now: datetime) -> Call | None:
        """The command that waits, forgotten after this."""
        mind = self._mind(person)
        call, until = mind.asked, mind.asked_until
        mind.asked = None
        return call if _lasts(until, YES_LASTS, now) else None

    def forget(self, person: Forgotten) -> None:
        """Forget somebody, and the lists of others that name them."""
        self._forgotten.append(person)
        for key in [k for k in self._minds if k[0] == person.network and person.is_one(k[1])]:
            del self._minds[key]
        for mind in self._minds.values():
            if mind.rest and any(person.out_of_sentence(item) != item for item in mind.rest):
                mind.rest = None

    @property
    def accounts(self) -> set[tuple[str, str]]:
        """Everybody of whom something is kept in mind, as (network, account)."""
        return {(person[0], person[1]) for person in self._minds}

    def take_forgotten(self) -> list[Forgotten]:
        """Who was forgotten since this was last asked."""
        found, self._forgotten = self._forgotten, []
        return found

    def withdraw(self, call: Call) -> None:
        """Nobody is asked any more whether to go on with a command."""
        for mind in self._minds.values():
            asked = mind.asked
            if asked and (asked.command.words, asked.given) == (call.command.words, call.given):
                mind.asked = None

    def await_words(self, person: Person, call: Call, before: Call | None, now: datetime) -> None:
        """Keep a command whose last words are asked for."""
        self._mind(person).awaited = Awaited(call, before, now)

    def awaited(self, person: Person, now: datetime) -> Awaited | None:
        """The command that lacks its last words, unless that is long ago."""
        awaited = self._mind(person).awaited
        until = awaited.since + ANSWER_LASTS if awaited else None
        return awaited if _lasts(until, ANSWER_LASTS, now) else None

    def await_nothing(self, person: Person) -> Call | None:
        """Ask for no words any more; gives what lacked them, None if none were asked for."""
        mind = self._mind(person)
        awaited, mind.awaited = mind.awaited, None
        return awaited.call if awaited else None

    def season(self, person: Person) -> str | None:
        """The season that somebody has chosen for private talk."""
        return self._mind(person).season

    def choose_season(self, person: Person, season: str) -> None:
        """Remember it; what was asked of another season waits no more."""
        mind = self._mind(person)
        if mind.season not in {None, season}:
            mind.asked = mind.awaited = mind.rest = None
        mind.season = season

    def _mind(self, person: Person) -> Mind:
        mind = self._minds.setdefault(person, Mind())
        self._minds.move_to_end(person)
        while len(self._minds) > MOST_PEOPLE:
            self._minds.popitem(last=False)
        return mind


def _lasts(until: datetime | None, longest: timedelta, now: datetime) -> bool:
    """Whether something is still kept in mind; not for longer where the clock was set back."""
    return until is not None and timedelta(0) < until - now <= longest
