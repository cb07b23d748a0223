"""The words of W3C's scribes in a meeting's lines: "topic: x", "ACTION: x", "RESOLVED: x".

They are read as scrawl.js (the groups of JSON-LD and Credentials), scribejs and scribe.perl read
them: Zakim's agenda makes topics too, present+ says who was there, and s/wrong/right/ and
i/line/new line/ mend what was said before.
"""

import re
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field, replace

from gsocbot.rules.minutes.items import Item, Minutes, Said, Sort
from gsocbot.rules.minutes.meetbot import by_lines, in_topics, url_in

LOOK_BACK = 250
"""Lines; who mends something mends what was said not long ago."""

_BOT = re.compile(
    r"(?:rrsagent|zakim|trackbot\S*|agendabot|ghurlbot|gb|github-?bot|github|transcriber)_*", re.I
)
_MEND = re.compile(r"\s*([si])([/|])(.+?)\2(.*?)(?:\2([gG*])?\s*)?")
_AGENDUM = re.compile(r"agendum \d+\s+--\s*(.*?)\s*-- taken up", re.I)
_WORD = re.compile(
    r"(?P<word>(?:sub-?)?topic|action|resolution|resolved|meeting|chairs?|present|scribe(?:nick)?)"
    r"\s*(?P<how>[:+-])\s*(?P<text>.*)",
    re.I,
)
_SORTS = {
    "topic": Sort.TOPIC,
    "action": Sort.ACTION,
    "resolution": Sort.AGREED,
    "resolved": Sort.AGREED,
}


def is_bot(nick: str) -> bool:
    """Whether a nick is one of W3C's bots, whose words are nobody's."""
    return bool(_BOT.fullmatch(nick))


def is_scribed(lines: Iterable[Said]) -> bool:
    """Whether somebody says a scribe's word in these lines."""
    return any(_WORD.match(line.text) for line in lines)


def scribed(lines: Sequence[Said]) -> Minutes:
    """The minutes of lines in which scribes have written down a meeting."""
    meeting = _Meeting(divided=not any(_is_older(line) for line in lines))
    for line in lines:
        meeting.count(line)
    for number, line in _mended(lines):
        meeting.hear(number, line)
    return Minutes(
        title=meeting.title,
        topics=tuple(in_topics(meeting.items)),
        people=by_lines(meeting.attendance()),
        start=lines[0].at if lines else None,
        end=lines[-1].at if lines else None,
        chairs=tuple(meeting.chairs),
    )


@dataclass(slots=True)
class _Meeting:
    divided: bool
    """Whether what a scribe calls a subtopic is a topic of its own, as scrawl.js has it. Groups
    with trackbot or a "scribenick:" use scribejs or scribe.perl, which keep it in its topic."""
    title: str = ""
    chairs: list[str] = field(default_factory=list)
    items: list[Item] = field(default_factory=list)
    present: dict[str, str] = field(default_factory=dict)
    spoken: Counter[str] = field(default_factory=Counter)
    names: dict[str, str] = field(default_factory=dict)

    def count(self, line: Said) -> None:
        """Count a line for whoever said it."""
        if not is_bot(line.nick):
            self.spoken[self.names.setdefault(line.nick.casefold(), line.nick)] += 1

    def hear(self, number: int, line: Said) -> None:
        """Take in the next line, as it was mended."""
        if is_bot(line.nick):
            agendum = _AGENDUM.match(line.text) if line.nick.casefold() == "zakim" else None
            if agendum:
                self._keep(Sort.TOPIC, agendum[1], number, line)
            elif not line.nick.casefold().startswith(("trackbot", "transcriber")):
                return
        found = _WORD.fullmatch(line.text.strip())
        if found is None or line.action:
            return
        word, how, text = found["word"].lower(), found["how"], found["text"].strip()
        if word == "present":
            self._attend(how, _names(text) or [line.nick])
        elif how != ":" or not text:
            return
        elif word in _SORTS:
            self._keep(_SORTS[word], text, number, line)
        elif word.startswith("sub") and self.divided:
            self._keep(Sort.TOPIC, text, number, line)
        elif word == "meeting":
            self.title = text
        elif word.startswith("chair"):
            self.chairs = _names(text)

    def attendance(self) -> Counter[str]:
        """Who was present by their own or the scribe's word; without any, whoever spoke."""
        if not self.present:
            return self.spoken
        return Counter(
            {name: self.spoken[self.names.get(key, name)] for key, name in self.present.items()}
        )

    def _keep(self, sort: Sort, text: str, number: int, line: Said) -> None:
        item = Item(sort, text, line.at, line.nick, line.account, number, url_in(text))
        self.items.append(item)

    def _attend(self, how: str, names: list[str]) -> None:
        if how == ":":
            self.present.clear()
        for name in names:
            if how == "-":
                self.present.pop(name.casefold(), None)
            else:
                self.present.setdefault(name.casefold(), name)


def _is_older(line: Said) -> bool:
    return line.nick.casefold() == "trackbot" or line.text[:10].casefold() == "scribenick"


def _names(text: str) -> list[str]:
    return [name for name in (piece.strip() for piece in text.split(",")) if name]


def _mended(lines: Sequence[Said]) -> list[tuple[int, Said]]:
    """The lines as their speakers have mended them, each with its place among those given."""
    out: list[tuple[int, Said]] = []
    for number, line in enumerate(lines):
        mend = _MEND.fullmatch(line.text) if line.text[:8].lstrip()[:2] in _MENDS else None
        if mend is None:
            out.append((number, line))
        elif mend[1] == "s":
            _replace(out, mend[3], mend[4], every=bool(mend[5]))
        else:
            _insert(out, mend[3], mend[4], line)
    return out


_MENDS = {"s/", "s|", "i/", "i|"}


def _replace(out: list[tuple[int, Said]], old: str, new: str, *, every: bool) -> None:
    """Put the right words in place of the wrong ones: in the last line that has them, or in all."""
    for place in range(len(out) - 1, max(-1, len(out) - 1 - LOOK_BACK), -1):
        number, line = out[place]
        if old in line.text:
            text = line.text.replace(old, new, -1 if every else 1)
            out[place] = (number, replace(line, text=text))
            if not every:
                return


def _insert(out: list[tuple[int, Said]], before: str, new: str, line: Said) -> None:
    """Put a line before the last one that has these words."""
    for place in range(len(out) - 1, max(-1, len(out) - 1 - LOOK_BACK), -1):
        number, there = out[place]
        if before in there.text:
            out.insert(place, (number, replace(line, text=new, at=there.at)))
            return
