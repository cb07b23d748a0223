"""How people write a poll: the question, what there is to choose, the end, and of which sort."""

import re
from collections.abc import Sequence
from contextlib import suppress
from dataclasses import dataclass
from datetime import UTC, datetime, time, timedelta

from gsocbot.rules.polls import Audience, PollKind, checked_end
from gsocbot.rules.when import UTC_ZONE, read_wall
from gsocbot.talk import Refused

FEWEST, MOST = 2, 12
"""Options of a poll."""
LONGEST_OPTION = 80
LONGEST_QUESTION = 200
"""In bytes."""
MOST_QUORUM = 100_000
END_OF_DAY = time(23, 59)
"""What a bare day means as an end."""

HOW = '!poll add "<question>" <a> | <b> until <when>'
_QUOTES = {'"': '"', "“": "”„“", "„": "“”", "«": "»", "”": "”"}
_UNTIL = re.compile(r"(?:^|\s)(?:until|till)\s+", re.IGNORECASE)
_WHEN = r"(?:mon|tue|wed|thu|fri|sat|sun|today|tonight|tomorrow|midnight|noon|end of|next|\d)"
_BY = re.compile(
    rf"(?:^|\s)(?:by\s+(?={_WHEN})|(?=in\s+\d+\s*[a-z]+\W*$)|for\s+(?=\d+\s*(?:m|h|d|w)[a-z]*\W*$))",
    re.IGNORECASE,
)
"""What else people write before an end."""
_TODAY = re.compile(r"(?:midnight|tonight|eod|(?:the )?end of (?:the )?(?:to)?day)", re.IGNORECASE)
_NEXT = re.compile(r"next\s+(?=(?:mon|tue|wed|thu|fri|sat|sun))", re.IGNORECASE)
_SINGLE = re.compile(r"(?<!\S)'([^']+)'(?=[\s,;|:?]|$)")
_MARK = re.compile(r"(?:^|(?<=\s))\(?(\d{1,2}|[a-l])[.):]\s+", re.IGNORECASE)
_ALL_QUOTED = re.compile(r'(?:["“„«][^"”“»]+["”“»][\s,;]*){2,}')
_LENGTH = re.compile(r"\d{1,4}\s*[a-z]", re.IGNORECASE)
_IDLE = re.compile(r"[\s_.,;:'\"“”„«»!?()-]+")
_NUMBERED = re.compile(r"\(?(\d{1,2})[.):]\s*(\S.*)")
_SORTS = (
    r"for\s+(?:all|everyone|everybody|mentors)|open|multi(?:ple)?|ranked|quorum\s+(?:of\s+)?\d+"
)
_AT_END = re.compile(rf"(?:^|[\s,;])(?P<sort>{_SORTS})[\s,;.]*$", re.IGNORECASE)
_AT_START = re.compile(rf"^[\s,;]*(?P<sort>{_SORTS})(?=[\s,;]|$)", re.IGNORECASE)
_UNLIKELY = re.compile(
    r"[\s,;|](?:multi|ranked|for\s+mentors|quorum\s+\d+)[\s,;.]*$", re.IGNORECASE
)
"""What stands before the end, and is hardly meant as a part of the last option."""


@dataclass(frozen=True, slots=True)
class NewPoll:
    """What somebody has said of a poll that is to be."""

    question: str
    options: tuple[str, ...]
    until: datetime
    kind: PollKind
    audience: Audience
    live: bool
    quorum: int


def read_poll(text: str, now: datetime) -> NewPoll:
    """Read a whole poll; refuses what is missing, too much or unclear."""
    before, question, rest = _question(_SINGLE.sub(r'"\1"', text))
    sorts: list[str] = []
    before, rest = _without_sorts(before, sorts), _without_sorts(rest, sorts)
    choices, ends = _parted(before, rest)
    while _UNLIKELY.search(choices):
        choices = _taken(_AT_END, choices, sorts)
    options = _options(choices)
    if not ends:
        raise Refused(f"when does it end? {HOW}, like: until 31 mar 18:00")
    until = read_end(ends, now)
    words = {sort.split()[0] for sort in sorts}
    if {"multi", "multiple"} & words and "ranked" in words:
        raise Refused("multi or ranked, not both: ranked votes name several, in order, anyway")
    kind = PollKind.RANKED if "ranked" in words else PollKind.ONE
    kind = PollKind.MULTI if {"multi", "multiple"} & words else kind
    mentors = any(sort.endswith("mentors") for sort in sorts)
    quorums = [int(sort.split()[-1]) for sort in sorts if sort.startswith("quorum")]
    if any(not 1 <= quorum <= MOST_QUORUM for quorum in quorums):
        raise Refused("a quorum is how many must vote at least, like: quorum 10")
    return NewPoll(
        question=_checked_question(question),
        options=options,
        until=until,
        kind=kind,
        audience=Audience.MENTORS if mentors else Audience.ALL,
        live="open" in words,
        quorum=max(quorums, default=0),
    )


def read_end(text: str, now: datetime) -> datetime:
    """Read when a poll is to end, in UTC where no zone is named; a bare day means its last minute.

    Refuses a moment that is over, or too far away.
    """
    plain = re.sub(r"^(?:(?:until|till|to|by|on)\s+)+", "", text.strip(), flags=re.IGNORECASE)
    plain = _on_the_clock(plain.rstrip(" .,;!:"))
    next_week = _NEXT.match(plain) is not None
    plain = _NEXT.sub("", plain)
    if _LENGTH.match(plain):
        with suppress(Refused):  # 2h, but not 2 may
            plain = f"in {plain}" if read_wall(f"in {plain}", now, UTC_ZONE, END_OF_DAY) else plain
    try:
        wall = read_wall(plain, now, UTC_ZONE, END_OF_DAY)
    except Refused as refused:
        raise Refused(refused.text, refused.kind) from None  # noun and verb were for us
    soon = wall.at.isocalendar()[:2] == now.astimezone(UTC).isocalendar()[:2]
    return checked_end(wall.at + timedelta(days=7 * (next_week and soon)), now)


def _on_the_clock(text: str) -> str:
    """Midnight, noon and 1800 as the clock has them."""
    if _TODAY.fullmatch(text):
        return "today"
    text = re.sub(r"(?<=\s)(?:at )?midnight$", "23:59", text, flags=re.IGNORECASE)
    text = re.sub(r"\b(?:at )?noon$", "12:00", text, flags=re.IGNORECASE)
    return re.sub(r"^((?:[a-z]+ )?)([01]\d|2[0-3])([0-5]\d)$", r"\1\2:\3", text)


def key_of(text: str) -> str:
    """What tells one option from another, however it is written: Keep it, "keep-it"."""
    plain = _IDLE.sub("", text.casefold())
    return plain or "".join(text.split())


def _question(text: str) -> tuple[str, str, str]:
    """What stands before the question, the question, and what stands behind it."""
    text = text.strip()
    opened = min((at for q in _QUOTES if (at := text.find(q)) >= 0), default=-1)
    before = text[:opened] if opened >= 0 else ""
    if opened >= 0 and "|" not in before and "?" not in before:
        closed = [at for q in _QUOTES[text[opened]] if (at := text.find(q, opened + 1)) > 0]
        if closed:
            end = min(closed)
            return before, text[opened + 1 : end], text[end + 1 :].lstrip(" :,")
    head, mark, rest = text.partition("?")
    if mark:
        sorts: list[str] = []
        asked = _without_sorts_before(head, sorts)
        return " ".join(sorts), f"{asked}?".lstrip('"“„« '), rest.lstrip(' "”»:,')
    head, mark, rest = text.partition(": ")
    if mark and "|" not in head:
        return "", head, rest
    raise Refused(f"put the question into quotes: {HOW}")


def _without_sorts(text: str, sorts: list[str]) -> str:
    """A text without the words at its ends that say of which sort the poll is."""
    return _without_sorts_before(_taken(_AT_END, text, sorts, often=True), sorts)


def _without_sorts_before(text: str, sorts: list[str]) -> str:
    if "|" in text and not re.search(_AT_START.pattern + r"[\s,;]+until", text, re.IGNORECASE):
        return text  # an option may well begin so: open it | close it
    return _taken(_AT_START, text, sorts, often=True)


def _taken(sort: re.Pattern[str], text: str, sorts: list[str], *, often: bool = False) -> str:
    while found := sort.search(text):
        sorts.append(" ".join(found["sort"].lower().split()))
        text = text[: found.start()] + text[found.end() :]
        if not often:
            break
    return text.strip(" ,;")


def _parted(before: str, rest: str) -> tuple[str, str]:
    """The options, and the end, which stands behind them or before the question."""
    ends = list(_UNTIL.finditer(rest))
    if ends:
        return rest[: ends[-1].start()], rest[ends[-1].end() :]
    if not before.strip() and (ends := list(_BY.finditer(rest))):
        return rest[: ends[-1].start()], rest[ends[-1].end() :]
    if found := _UNTIL.match(f" {before}"):
        return rest, f" {before}"[found.end() :]
    if before.strip():
        raise Refused(f"put the question first: {HOW}")
    return rest, ""


def _options(text: str) -> tuple[str, ...]:
    """The options as they were written; refuses too few, too many, and two that are the same."""
    parts = [" ".join(part.split()).strip(" ,;\"'“”„«»") for part in _split(text)]
    parts = [part for part in parts if part]
    numbered = [_NUMBERED.fullmatch(part) for part in parts]
    if parts and all(n and int(n[1]) == at for at, n in enumerate(numbered, 1)):
        parts = [n[2] for n in numbered if n]
    if len(parts) < FEWEST:
        raise Refused(f"a poll has at least {FEWEST} choices, with | between them: {HOW}")
    if len(parts) > MOST:
        raise Refused(f"that is {len(parts)} choices; a poll has at most {MOST}")
    seen: dict[str, int] = {}
    for number, part in enumerate(parts, 1):
        size = len(part.encode())
        if size > LONGEST_OPTION:
            raise Refused(
                f"choice {number} has {size} bytes, and at most {LONGEST_OPTION} are taken"
            )
        if key_of(part) in seen:
            first = seen[key_of(part)]
            raise Refused(f"choices {first} and {number} are the same; say each once")
        seen[key_of(part)] = number
        if part.isdecimal() and int(part) <= len(parts) and int(part) != number:
            raise Refused(
                f'"{part}" would be choice {number}, which nobody could keep apart; '
                f'add a word, like "{part} weeks"'
            )
    return tuple(parts)


def _split(text: str) -> Sequence[str]:
    """The parts between |, else between commas, else those of "a or b"."""
    if "|" in text:
        return text.split("|")
    if _ALL_QUOTED.fullmatch(text.strip()):
        return re.findall(r'["“„«]([^"”“»]+)', text)[::2] or [text]
    if marked := _marked(text):
        return marked
    parts = re.split(r"[,;]", text)
    if len(parts) == 1:
        parts = re.split(r"\s+or\s+|\s+/\s+", text)
        return parts if len(parts) > 1 or "://" in text else text.split("/")
    last = re.split(r"^\s*or\s+|\s+or\s+", parts[-1])
    return [*parts[:-1], *last]


def _marked(text: str) -> list[str]:
    """The parts behind a) b) c), or 1. 2. 3.; none where they are not in order."""
    marks = list(_MARK.finditer(text))
    said = [mark[1].lower() for mark in marks]
    letters = [chr(ord("a") + n) for n in range(len(said))]
    in_order = said in (letters, [str(n) for n in range(1, len(said) + 1)])
    if len(marks) < FEWEST or marks[0].start() > 0 or not in_order:
        return []
    ends = [*(mark.start() for mark in marks[1:]), len(text)]
    return [text[mark.end() : end] for mark, end in zip(marks, ends, strict=True)]


def _checked_question(text: str) -> str:
    question = " ".join(text.split())
    if not any(letter.isalnum() for letter in question):
        raise Refused(f"what is the question? {HOW}")
    size = len(question.encode())
    if size > LONGEST_QUESTION:
        raise Refused(f"a question has at most {LONGEST_QUESTION} bytes, and that has {size}")
    return question
