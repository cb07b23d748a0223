"""What a report says: its three parts, or an address; and how long somebody is away."""

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, datetime, time, timedelta

from gsocbot.rules.links import LONGEST as LONGEST_LINK
from gsocbot.rules.links import addresses_in, is_here_only
from gsocbot.rules.results import check_tells_none
from gsocbot.rules.when import UTC_ZONE, Zone, read_wall, zone_of
from gsocbot.talk import Refused

LONGEST = 1500
"""Bytes of a report: less than a line that is read to its end, so that none is kept cut."""

LONGEST_SKIP = timedelta(days=28)
"""Who is away for longer changes the project; that is between people."""

LONGEST_REASON = 200
"""Bytes; it goes into a line with much else."""

PARTS = ("did", "next", "stuck")
"""What is asked; a report has these and a link."""

QUESTIONS: Mapping[str, str] = {
    "did": "what have you done this week?",
    "next": "what comes next?",
    "stuck": "where are you stuck? If nowhere, just say no.",
}

HOW = "!report did …; next …; stuck …"
HOW_SKIP = "!report skip until 27 jun <why, if you like>"

_CALLED = {"done": "did", "blocked": "stuck"}
_LABEL = r"(did|done|next|stuck|blocked)"
_LABELS = re.compile(
    rf"(?:^|[;|]\s*){_LABEL}\b\s*[:=–-]?\s*|,\s*(next|stuck|blocked)\b\s*[:=]?\s*"
    rf"|\b{_LABEL}\s*:\s*",
    re.IGNORECASE,
)
_WEEK = re.compile(r"(?:for\s+)?(?:week|w)\s*#?(\d{1,3})\b\s*[:,]?\s*", re.IGNORECASE)
_NOWHERE = re.compile(
    r"(?:-|(?:(?:on|with|at|in|by) )?(?:no|none|nope|not|nothing|nowhere|not at all|n/a|nil)?"
    r"(?: (?:this week|so far|now|just now|really|at all))?)[.!]*",
    re.IGNORECASE,
)
"""How people say that they are not stuck."""
_LEAD = re.compile(r"^(?:until|till|til|to)\s+", re.IGNORECASE)
_WHY = re.compile(r"^(?:[,;:(–-]|because\b|for\b)\s*", re.IGNORECASE)
_LONGEST_DATE = 6
"""Words of a day: in 2 weeks and 3 days."""


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
    named = _WEEK.match(text)
    text = text[named.end() :] if named else text
    week = int(named[1]) if named else None
    first, _, rest = text.partition(" ")
    link = ""
    if re.match(r"https?:", first, re.IGNORECASE):
        link, text = _address(first), rest.strip()
    parts = _parts(text) if text else {}
    for part in parts.values():
        check_tells_none(part)
    return Said(week, parts, link)


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


def read_skip(text: str, now: datetime, zone: Zone | None) -> tuple[date, str]:
    """Read until which day somebody is away, on their own clock, and why, if they say so."""
    words = _LEAD.sub("", text.strip(), count=1).split()
    for count in range(min(len(words), _LONGEST_DATE), 0, -1):
        day = _read_day(words[:count], now, zone)
        if day is not None:
            reason = _WHY.sub("", " ".join(words[count:]), count=1).strip().rstrip(")")
            return day, _reason(reason)
    raise Refused(f'I know no day "{" ".join(words)[:30]}"; write it like {HOW_SKIP}')


def _read_day(words: list[str], now: datetime, zone: Zone | None) -> date | None:
    try:
        if words[0].lower() not in {"in", "today"} and zone_of(words[-1]) is not None:
            return None  # a place is where they go
        return read_wall(" ".join(words).rstrip(",;:"), now, zone or UTC_ZONE, time()).day
    except Refused:
        return None


def _reason(text: str) -> str:
    if len(text.encode()) > LONGEST_REASON:
        raise Refused(f"a reason has at most {LONGEST_REASON} bytes; none is needed")
    check_tells_none(text)
    return text


def check_skip(until: date, today: date) -> None:
    """Refuse an absence that is over, or so long that people should talk about it."""
    if until < today:
        raise Refused(f"{until:%a} {until.day} {until:%b %Y} is over; write it like {HOW_SKIP}")
    if until - today > LONGEST_SKIP:
        raise Refused(
            f"that is more than {LONGEST_SKIP.days // 7} weeks; talk to your mentors first, or to "
            "the organisers: a project may end later"
        )
