"""The FAQ: what an entry is, how it is found, filled in and edited, when it is not said again."""

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum
from string import Formatter

from gsocbot.talk import Refused

LONGEST_ANSWER = 350
"""Bytes of an answer as it is written; with a nick and holes filled it still fits a line."""
LONGEST_KEY = 40
SHORTEST_PREFIX = 2
SHORTEST_MENDED = 4
LIKENESS = 75.0
"""How alike a mistyped key must be to the one it is taken for (rapidfuzz, 0 to 100)."""
MOST_NAMED = 6
"""Entries that are named where a word could mean several."""
JUST_ABOVE = timedelta(minutes=2)
"""For so long an answer stands just above, and is not said again in its channel."""

_KEY = re.compile(r"(?=.*[a-z])[a-z0-9]+(?:-[a-z0-9]+)*")
_SENTENCE_END = re.compile(r"(?<=[.!?]) +(?=[A-Z{])")
_EDIT_FORM = "write it as s/old words/new words/"


class FaqState(StrEnum):
    """Where an entry written on IRC stands; a dropped one hides that of a file too."""

    DRAFT = "draft"
    PUBLIC = "public"
    DROPPED = "dropped"


@dataclass(frozen=True, slots=True)
class FaqText:
    """An entry as somebody wrote it down.

    `signs` and `asked` are how people ask for it: words that give it away, and whole questions.
    """

    key: str
    answer: str
    title: str = ""
    aliases: tuple[str, ...] = ()
    source: str = ""
    signs: tuple[str, ...] = ()
    asked: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Holes:
    """What an answer may leave open, because each organisation has its own; empty if unknown."""

    organisation: str = ""
    list: str = ""
    channel: str = ""
    site: str = ""


HOLES = ("organisation", "list", "channel", "site")


@dataclass(frozen=True, slots=True)
class Found:
    """An entry that a word means; `guessed` if the word was mistyped."""

    entry: FaqText
    guessed: bool = False


@dataclass(frozen=True, slots=True)
class Edit:
    """Words of an answer, and those to stand in their place."""

    old: str
    new: str


def is_key(word: str) -> bool:
    """Whether a word can be said aloud and typed as an entry's name."""
    return len(word) <= LONGEST_KEY and _KEY.fullmatch(word) is not None


def checked_key(word: str) -> str:
    """A word as the key of a new entry; Refused if it cannot be one."""
    key = word.lower()
    if not is_key(key):
        raise Refused(
            f"a key is small letters, digits and -, at most {LONGEST_KEY}: proposal-draft"
        )
    return key


def checked_answer(text: str) -> str:
    """A text as an answer; Refused if it does not fit a line or has holes that nobody fills."""
    answer = " ".join(text.split())
    fault = fault_of_answer(answer)
    if fault:
        raise Refused(fault)
    return answer


def fault_of_answer(answer: str) -> str:
    """What is wrong with an answer; empty if nothing is."""
    if not answer:
        return "the answer is empty; write one or two sentences"
    size = len(answer.encode())
    if size > LONGEST_ANSWER:
        return f"the answer has {size} bytes; {LONGEST_ANSWER} fit a line, so shorten it"
    if not _holes_known(answer):
        return f"only {', '.join(f'{{{hole}}}' for hole in HOLES)} can stand in braces"
    return ""


def filled(answer: str, holes: Holes) -> str:
    """An answer with its holes filled; a sentence with a hole that nothing is known for falls out.

    Empty if no sentence is left: then it is a question for a person.
    """
    known = {hole: getattr(holes, hole) for hole in HOLES}
    kept = [
        sentence.format(**known)
        for sentence in _SENTENCE_END.split(answer)
        if all(known[name] for name in _names(sentence))
    ]
    return " ".join(kept)


def find(entries: Sequence[FaqText], word: str) -> Found:
    """The entry that a word means: its key, an alias, the beginning of one, or a near miss."""
    asked = "-".join(word.lower().split())
    names = _names_of(entries)
    if asked in names:
        return Found(names[asked])
    begun = {names[name].key: names[name] for name in names if _begins(name, asked)}
    if len(begun) == 1:
        return Found(next(iter(begun.values())))
    if begun:
        raise Refused(f'"{word}" could be {_few(begun)}. Say one of them: !faq {min(begun)}')
    near = _near(names, asked)
    if near is None:
        raise Refused(f'there is no entry "{word}". All of them: !faq')
    return Found(near, guessed=True)


def parse_edit(text: str) -> Edit:
    """The words in s/old/new/; the sign behind the s divides, and \\ before it means itself."""
    body = text.strip()
    mark = body[1:2]
    if not body.startswith("s") or not mark or mark.isalnum() or mark.isspace() or mark == "\\":
        raise Refused(_EDIT_FORM)
    parts = [part.replace(f"\\{mark}", mark) for part in _divided(body[2:], mark)]
    if len(parts) == 3 and not parts[2].strip():
        parts.pop()
    if len(parts) != 2:
        raise Refused(f"{_EDIT_FORM}; for a {mark} within the words write \\{mark}")
    if not parts[0]:
        raise Refused(f"there are no old words; {_EDIT_FORM}")
    return Edit(*parts)


def edited(answer: str, edit: Edit) -> str:
    """The answer with the words replaced, as they are written; Refused if that is not plain."""
    times = answer.count(edit.old)
    if not times:
        raise Refused(f'"{edit.old}" does not stand there: {answer}')
    if times > 1:
        raise Refused(f'"{edit.old}" stands there {times} times; take more of the words around it')
    new = checked_answer(answer.replace(edit.old, edit.new))
    if new == answer:
        raise Refused("that would change nothing")
    return new


def is_just_above(said: datetime | None, now: datetime) -> bool:
    """Whether an answer was said in this channel so lately that "see just above" will do."""
    return said is not None and timedelta(0) <= now - said < JUST_ABOVE


def _names(text: str) -> list[str]:
    return [name for _, name, _, _ in Formatter().parse(text) if name is not None]


def _holes_known(answer: str) -> bool:
    try:
        parsed = list(Formatter().parse(answer))
    except ValueError:
        return False
    return all(
        name is None or (name in HOLES and not spec and conversion is None)
        for _, name, spec, conversion in parsed
    )


def _names_of(entries: Iterable[FaqText]) -> dict[str, FaqText]:
    names: dict[str, FaqText] = {}
    aliases = [(alias, entry) for entry in entries for alias in entry.aliases]
    for name, entry in [*((entry.key, entry) for entry in entries), *aliases]:
        names.setdefault(name, entry)
    return names


def _begins(name: str, asked: str) -> bool:
    return len(asked) >= SHORTEST_PREFIX and name.startswith(asked)


def _few(keys: Iterable[str]) -> str:
    some = sorted(keys)
    more = " …" if len(some) > MOST_NAMED else ""
    return " · ".join(some[:MOST_NAMED]) + more


def _near(names: dict[str, FaqText], asked: str) -> FaqText | None:
    if not SHORTEST_MENDED <= len(asked) <= LONGEST_KEY:
        return None
    # 15 ms to import, and only needed for a word that is no key.
    from rapidfuzz import fuzz, process  # noqa: PLC0415

    hits = process.extract(asked, list(names), scorer=fuzz.ratio, score_cutoff=LIKENESS, limit=None)
    best = {names[name].key for name, score, _ in hits if score == hits[0][1]}
    return names[hits[0][0]] if len(best) == 1 else None


def _divided(text: str, mark: str) -> list[str]:
    return re.split(rf"(?<!\\){re.escape(mark)}", text)
