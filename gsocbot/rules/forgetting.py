"""Forgetting somebody: what is left of a row and of a text once their name is out of it."""

import json
import re
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property
from typing import Any

from gsocbot.rules.personal import GONE, HOLDS
from gsocbot.rules.search import STOP_WORDS, terms
from gsocbot.rules.search.commonness import UNSEEN, commonness

Values = Mapping[str, Any]

SHORTEST = 3
"""A shorter name is in too many words: it is taken out only where it is called."""

_ALIKE = {"[": r"\[{", "{": r"\[{", "]": r"\]}", "}": r"\]}", "\\": r"\\|", "|": r"\\|"}
"""What is one letter to many servers (RFC 1459)."""


_OF_PEOPLE = frozenset(
    {"mentors", "who", "nick", "by", "called", "asker", "author", "mentor", "backup", "waiting",
     "on", "chair", "to", "owner"}
)  # fmt: skip
"""What holds names in JSON: there a word that is also a name is one."""


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
        for name in holds.terms:
            if values.get(name):
                kept = (term for term in str(values[name]).split() if term not in self._stems)
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
            return self.out_of(value)
        if isinstance(value, list):
            return [self._out_of_value(one, of) for one in value]
        if isinstance(value, dict):
            return {name: self._out_of_value(one, name) for name, one in value.items()}
        return value

    @property
    def needles(self) -> frozenset[str] | None:
        """LIKE patterns of any text that names them, also in JSON; None if there are none.

        After the first letter there may be what keeps a name from calling somebody.
        """
        if not all(re.fullmatch(r"[a-z0-9_-]+", name) for name in self.names):
            return None  # JSON, and other servers, may write it otherwise
        return frozenset(f"%{name[0]}%{name[1:]}%" for name in self.names)

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
