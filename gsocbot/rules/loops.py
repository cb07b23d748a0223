"""Other bots: what says back our own words, or the same words for ever, gets no answer."""

from collections import OrderedDict, deque
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import TypeVar

from gsocbot.rules.forgetting import Forgotten
from gsocbot.rules.people import Person, speaker_of
from gsocbot.talk import Heard, Say

MOST_EQUAL = 5
"""Exchanges, each the same words and the same answer. People press the arrow key twice."""
BETWEEN = timedelta(minutes=1)
"""What lies farther apart is no loop, and what comes back later is no echo."""
IGNORED = timedelta(minutes=10)

ECHOED = 40
"""Characters: a line of ours is known by so much of its beginning, for echoes are cut short."""
LINES_BACK = 3
"""Lines of a place that are known again: an answer has two at most, and others get answers too."""
MOST_PEOPLE = 5000
"""So many people and places are kept in mind; beyond, the longest untouched are forgotten."""

_Key = TypeVar("_Key")
_Value = TypeVar("_Value")


@dataclass(slots=True)
class _Exchange:
    """What was last heard and answered, and how many times in a row."""

    words: tuple[str, ...]
    answers: tuple[str, ...]
    at: datetime
    times: int = 1


class Loops:
    """The last exchanges with everybody, as far as a loop is seen by them.

    Without `counting` only echoes are seen: where nothing is limited one may ask the same for ever.
    """

    def __init__(self, *, counting: bool) -> None:
        self._counting = counting
        self._exchanges: OrderedDict[Person, _Exchange] = OrderedDict()
        self._said: OrderedDict[tuple[str, str], deque[tuple[str, datetime]]] = OrderedDict()

    def is_loop(self, heard: Heard) -> bool:
        """Whether a line gets no answer, because it is an echo or its speaker is ignored."""
        last = self._exchanges.get(speaker_of(heard))
        if last and last.times >= MOST_EQUAL and _is_within(IGNORED, last.at, heard.at):
            return True
        said = self._said.get((heard.network, (heard.channel or heard.nick).lower()), ())
        text = heard.text.casefold()
        return any(begun in text for begun, at in said if _is_within(BETWEEN, at, heard.at))

    def exchanged(self, heard: Heard, words: tuple[str, ...], says: Sequence[Say]) -> None:
        """Keep in mind what was answered to a line and its words."""
        for say in says:
            # Whoever says it back puts our nick before it, not their own.
            text = say.text.casefold().removeprefix(f"{heard.nick}: ".casefold())
            place = (say.network, say.target.lower())
            self._said.setdefault(place, deque(maxlen=LINES_BACK)).append((text[:ECHOED], heard.at))
            _touch(self._said, place)
        if self._counting and says:
            self._count(heard, _plain(words), _plain(say.text for say in says))

    def forget(self, person: Forgotten) -> None:
        """Forget what somebody said, and what was said to them."""
        names = person.names
        for speaker in [s for s in self._exchanges if s[0] == person.network and s[1][1:] in names]:
            del self._exchanges[speaker]
        for place in [p for p in self._said if p[0] == person.network and p[1] in names]:
            del self._said[place]

    def _count(self, heard: Heard, words: tuple[str, ...], answers: tuple[str, ...]) -> None:
        speaker = speaker_of(heard)
        this, last = _Exchange(words, answers, heard.at), self._exchanges.get(speaker)
        if last and (last.words, last.answers) == (words, answers) and this.at - last.at < BETWEEN:
            this.times = last.times + 1
        self._exchanges[speaker] = this
        _touch(self._exchanges, speaker)


def _is_within(time: timedelta, since: datetime, now: datetime) -> bool:
    """Whether so little time has gone by; what is still to come is of a clock that was set back."""
    return timedelta(0) <= now - since < time


def _plain(texts: Iterable[str]) -> tuple[str, ...]:
    return tuple(text.casefold() for text in texts)


def _touch(kept: OrderedDict[_Key, _Value], key: _Key) -> None:
    kept.move_to_end(key)
    while len(kept) > MOST_PEOPLE:
        kept.popitem(last=False)
