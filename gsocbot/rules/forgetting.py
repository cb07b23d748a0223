"""Forgetting somebody: what is left of a row and of a text once their name is out of it."""

import json
import re
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property
from itertools import pairwise
from typing import Any

from gsocbot.rules.personal import GONE, HOLDS
from gsocbot.rules.privacy import LETTERS
from gsocbot.rules.search import STOP_WORDS, terms
from gsocbot.rules.search.commonness import UNSEEN, commonness

Values = Mapping[str, Any]

SHORTEST = 3
"""A shorter name is in too many words: it is taken out only where it is called."""

_ALIKE = {"[": r"\[{", "{": r"\[{", "]": r"\]}", "}": r"\]}", "\\": r"\\|", "|": r"\\|"}
"""What is one letter to many servers (RFC 1459)."""


_OF_PEOPLE = frozenset(
    {"mentors", "who", "nick", "by", "called", "asker", "author", "mentor", "backup", "waiting",
     "on", "chair", "to", "owner", "account", "student", "own", "open", "choices", "for_others",
     "me", "organisers", "nicks", "whose", "target", "was"}
)  # fmt: skip
"""What holds names in JSON: there a word that is also a name is one."""

_LED_BY_PEOPLE = frozenset({"projects"})
"""What holds texts in JSON of which the first word is a name."""

_ABOUT_PEOPLE = (LETTERS, "projects_announced", "mentor_", "backup_", "deadline_acked",
                 "office_missed_of", "ticket")  # fmt: skip
"""How the topics of lines begin in which the bot names people: every such word is a name."""
_BACKUPS = frozenset({"backup_asked", "backup_agreed"})
"""What stands in a key before somebody who stands in for another."""


@dataclass(frozen=True)
class Forgotten:
    """Somebody who is forgotten: an account of a network, and the names that are theirs alone.

    `names` are in small letters, the account among them.
    """

    network: str
    account: str
    names: frozenset[str]

    def is_one(self, value: object) -> bool:
        """Whether an account, or ~ and a nick, is them."""
        if not isinstance(value, str) or not value:
            return False
        low = value.lower()
        return low == self.account or (low[0] == "~" and low[1:] in self.names)

    def is_in_key(self, key: str) -> bool:
        """Whether a key of the outbox names them: behind @ or ~, or as an account of the network.

        The first part is the season, which may have the network's name.
        """
        parts = key.lower().split(":")
        if any(part[:1] in {"@", "~"} and self._is_name(part[1:]) for part in parts):
            return True
        before = {self.network.lower(), *_BACKUPS}
        pairs = pairwise(parts[1:])
        return any(first in before and self._is_name(second) for first, second in pairs)

    def left_of(self, table: str, row: Values) -> dict[str, Any] | None:
        """What is left of a row, or of what was noted of one; None of a row that goes."""
        values, holds = dict(row), HOLDS[table]
        if values.get("network", self.network) != self.network:
            return values
        if holds.own and self._owns(values.get(holds.own), is_word=table == "faqcount"):
            return None
        if holds.looked_up and self._pattern.search(str(values.get(holds.looked_up, ""))):
            return None
        theirs = {name for name, by in holds.nicks.items() if self._wore(values, name, by)}
        for name in theirs:
            values[name] = GONE
        for name, left in holds.named.items():
            if self.is_one(values.get(name)) or (name == "name" and self._is_name(values[name])):
                values[name] = left
        for name in holds.lists:
            values[name] = "\n".join(
                GONE if self.is_one(one) else one for one in str(values.get(name, "")).split("\n")
            )
        for name in (*holds.texts, *holds.sentences):
            if values.get(name):
                values[name] = self.out_of(str(values[name]))
        for name in holds.data:
            if values.get(name):
                values[name] = self.out_of_data(str(values[name]))
        if holds.terms:
            said = terms(" ".join(str(values.get(name, "")) for name in holds.texts))
            gone = self._stems | (self._words - set(said))
        for name in holds.terms:
            if values.get(name):
                kept = (term for term in str(values[name]).split() if term not in gone)
                values[name] = " ".join(kept)
        for name in holds.slugs if not values.get("in_folder") else ():
            values[name] = self._out_of_slug(str(values.get(name, "")), values.get("number"))
        return {name: value for name, value in values.items() if name in row}

    def _out_of_slug(self, slug: str, number: object) -> str:
        """A slug without their names; the number keeps it the only one of its kind."""
        names = {name for name in self.names if not is_common(name)}
        left = "-".join("removed" if part in names else part for part in slug.split("-"))
        return slug if left == slug else f"{left}-{number}"

    def _owns(self, value: object, *, is_word: bool) -> bool:
        return self._is_name(value) if is_word else self.is_one(value)

    def _is_name(self, value: object) -> bool:
        return isinstance(value, str) and value.lower() in self.names

    def _wore(self, values: Values, nick: str, by: str) -> bool:
        """Whether a nick is theirs: not where somebody else with an account wore it."""
        whose = values.get(by)
        if self.is_one(whose):
            return True
        return not whose and self._is_name(values.get(nick))

    # --- texts

    def out_of(self, text: str) -> str:
        """A text without their names, also where they are written so that they call nobody.

        A name that is a word of English or of programming is taken out only where it is called.
        """
        return self._pattern.sub(GONE, text)

    def out_of_sentence(self, text: str) -> str:
        """The same for a command or what the bot says, in which every such word is a name."""
        return self._sure.sub(GONE, text)

    def out_of_said(self, topic: str, text: str, *, is_about: bool) -> str:
        """A line that the bot has said; `is_about` is one about them."""
        sure = is_about or topic.startswith(_ABOUT_PEOPLE)
        return self.out_of_sentence(text) if sure else self.out_of(text)

    def out_of_data(self, text: str, *, as_ascii: bool | None = None) -> str:
        """JSON without their names, written as it was."""
        try:
            found = json.loads(text)
        except ValueError:
            return self.out_of(text)
        left = self._out_of_value(found)
        if left == found:
            return text
        ascii_only = text.isascii() if as_ascii is None else as_ascii
        return json.dumps(left, ensure_ascii=ascii_only)

    def _out_of_value(self, value: Any, of: str = "") -> Any:
        if isinstance(value, str):
            if of in _OF_PEOPLE and (self.is_one(value) or self._is_name(value)):
                return GONE
            if self._is_name(value) and not is_common(value.lower()):
                return GONE
            if of in _LED_BY_PEOPLE:
                first, space, rest = value.partition(" ")
                return f"{GONE if self._is_name(first) else first}{space}{self.out_of(rest)}"
            return self.out_of(value)
        if isinstance(value, list):
            return [self._out_of_value(one, of) for one in value]
        if isinstance(value, dict):
            return {name: self._out_of_value(one, name) for name, one in value.items()}
        return value

    @property
    def needles(self) -> frozenset[str] | None:
        """LIKE patterns of any text that names them, also in JSON; None if there are none.

        JSON, and other servers, may write other letters than these otherwise: the longest run of
        these is looked for. After the first letter there may be what keeps a name from calling
        somebody.
        """
        found: set[str] = set()
        for name in self.names:
            runs = [match.span() for match in re.finditer(r"[a-z0-9_-]+", name)]
            if not runs:
                return None
            start, end = max(runs, key=lambda run: run[1] - run[0])
            first = f"{name[0]}%" if start == 0 else name[start]
            found.add(f"%{first}{name[start + 1 : end]}%")
        return frozenset(found)

    @cached_property
    def _sure(self) -> re.Pattern[str]:
        return re.compile("|".join(f"~?{_whole(name)}" for name in self._longest_first), re.I)

    @cached_property
    def _pattern(self) -> re.Pattern[str]:
        whole = (_called(n) if is_common(n) else _whole(n) for n in self._longest_first)
        return re.compile("|".join(whole), re.IGNORECASE)

    @property
    def _longest_first(self) -> list[str]:
        return sorted(self.names, key=lambda name: (-len(name), name))

    @cached_property
    def _stems(self) -> frozenset[str]:
        return frozenset(t for n in self.names if not is_common(n) for t in (n, *terms(n)))

    @cached_property
    def _words(self) -> frozenset[str]:
        """The same of names that are words: they stay where the words do."""
        return frozenset(t for n in self.names if is_common(n) for t in (n, *terms(n)))


def is_common(name: str) -> bool:
    """Whether a name is also a word that people use otherwise."""
    if len(name) < SHORTEST or name in STOP_WORDS:
        return True
    stems = terms(name)
    return len(stems) == 1 and commonness(stems[0]) != UNSEEN


def _whole(name: str) -> str:
    """A name as a word of its own, also with the tail of underscores that a taken nick gets."""
    return rf"(?<!\w){_spelled(name)}[_`^]*(?!\w)"


def _called(name: str) -> str:
    """A name where somebody is called by it."""
    return rf"(?:^|(?<=@)){_spelled(name)}(?=[:,])|(?<=@){_spelled(name)}(?!\w)"


def _spelled(name: str) -> str:
    first, *rest = [f"[{_ALIKE[letter]}]" if letter in _ALIKE else re.escape(letter)
                    for letter in name]  # fmt: skip
    return first + ("·?" if rest else "") + "".join(rest)
