"""What a report says: its three parts, or an address."""

import re
from collections.abc import Mapping
from dataclasses import dataclass, field

from gsocbot.rules.links import LONGEST as LONGEST_LINK
from gsocbot.rules.links import addresses_in, is_here_only
from gsocbot.rules.results import check_report
from gsocbot.talk import Refused

LONGEST = 1500
"""Bytes of a report: less than a line that is read to its end, so that none is kept cut."""

PARTS = ("did", "next", "stuck")
"""What is asked; a report has these and a link."""

QUESTIONS: Mapping[str, str] = {
    "did": "what have you done this week?",
    "next": "what comes next?",
    "stuck": "where are you stuck? If nowhere, just say no.",
}

HOW = "!report did …; next …; stuck …"

_CALLED = {"done": "did", "blocked": "stuck"}
_LABEL = r"(did|done|next|stuck|blocked)"
_LABELS = re.compile(
    rf"(?:^|[;|]\s*){_LABEL}\b\s*[:=–-]?\s*|,\s*(next|stuck|blocked)\b\s*[:=]?\s*"
    rf"|\b{_LABEL}\s*:\s*",
    re.IGNORECASE,
)
_NUMBERS = ("one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten")
_NUMBER = rf"#?([-−–]?\d+|{'|'.join(_NUMBERS)})\b(?!\.\d)"
_WEEK = re.compile(
    rf"(?:for\s+)?(?:weeks?\s*{_NUMBER}|w\s*#?(\d+)\b)\s*[:,]?\s*"
    rf"|#?(\d{{1,2}})(?:[:.)]\s+|\s+(?={_LABEL}\b))",
    re.IGNORECASE,
)
"""A week in front; so is a number alone, where a colon or a part comes behind it."""
_SEVERAL = re.compile(r"(?:-|–|&|\+|to\b|and\b)\s*(?:week\s*)?\d", re.IGNORECASE)
_NOWHERE = re.compile(
    r"(?:-|(?:(?:on|with|at|in|by) )?(?:no|none|nope|not|nothing|nowhere|not at all|n/a|nil)?"
    r"(?: (?:this week|so far|now|just now|really|at all))?)[.!]*",
    re.IGNORECASE,
)
"""How people say that they are not stuck."""
_WORDS = """
asdf bye fine foo h hello help hey hi hm hmm info lol no nope ok okay okey status sure test testing
thanks thx week what yeah yep yes
"""
_IN_PASSING = frozenset(_WORDS.split()) | {""}
"""Such a word alone is no report; neither are dots and question marks."""


@dataclass(frozen=True, slots=True)
class Said:
    """What somebody reports: the week they name, the parts that they speak of, an address."""

    week: int | None = None
    parts: Mapping[str, str] = field(default_factory=dict)
    link: str = ""

    @property
    def is_empty(self) -> bool:
        """Whether it says nothing."""
        return not self.link and not any(self.parts.values())


def read(text: str) -> Said:
    """Read a report: parts in any order, with colons or without; what has no label was done."""
    check_length(text)
    week, text = split_week(text)
    first, _, rest = text.partition(" ")
    link = ""
    if re.match(r"https?:", first, re.IGNORECASE):
        link, text = _address(first), rest.strip()
    parts = _parts(text) if text else {}
    for part in parts.values():
        check_report(part)
    return Said(week, parts, link)


def split_week(text: str) -> tuple[int | None, str]:
    """The week that stands in front of a text, if any, and the text."""
    named = _WEEK.match(text)
    if named is None:
        return None, text
    number, rest = next(filter(None, named.groups())).lower(), text[named.end() :]
    if _SEVERAL.match(rest):
        raise Refused("one week at a time: !report week 2 did …")
    if number in _NUMBERS:
        return _NUMBERS.index(number) + 1, rest
    return int(re.sub("[−–]", "-", number)), rest


def says_nothing(text: str) -> bool:
    """Whether a text is a word in passing, or a command without its command, and no report."""
    return text.lower().strip(" .!?…,;:-") in _IN_PASSING


def check_length(text: str) -> None:
    """Refuse what is too long to be kept whole."""
    if len(text.encode()) > LONGEST:
        raise Refused(
            f"that is more than {LONGEST} bytes. Say the heart of it, or put it up somewhere and "
            "say !report <address>"
        )


def _address(word: str) -> str:
    if addresses_in(word) != [word] or is_here_only(word) or len(word) > LONGEST_LINK:
        raise Refused(f'"{word[:60]}" is no address that everybody can open; or in words: {HOW}')
    return word


def _parts(text: str) -> dict[str, str]:
    found: dict[str, list[str]] = {}
    label, begins = "did", 0
    for at in _LABELS.finditer(text):
        _put(found, label, text[begins : at.start()])
        name = next(filter(None, at.groups())).lower()
        label, begins = _CALLED.get(name, name), at.end()
        found.setdefault(label, [])
    _put(found, label, text[begins:])
    return {
        part: "" if part == "stuck" and _NOWHERE.fullmatch(said) else said
        for part in PARTS
        if part in found and ((said := "; ".join(found[part])) or part == "stuck")
    }


def _put(found: dict[str, list[str]], label: str, text: str) -> None:
    plain = text.strip(" ;,|")
    if plain:
        found.setdefault(label, []).append(plain)


def joined(before: str, now: str) -> str:
    """What a part says from now on; a text that begins with + goes on with what stands there."""
    whole = f"{before} {now[1:].lstrip()}".strip() if now.startswith("+") else now
    if len(whole.encode()) > LONGEST:
        raise Refused(f"that is more than {LONGEST} bytes by now; say the heart of it")
    return whole
