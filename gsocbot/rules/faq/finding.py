"""Finding an entry by a word, and when its answer is not said again."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from gsocbot.rules.faq.texts import LONGEST_KEY, FaqText
from gsocbot.talk import Refused

SHORTEST_PREFIX = 2
SHORTEST_MENDED = 4
LIKENESS = 75.0
"""How alike a mistyped key must be to the one it is taken for (rapidfuzz, 0 to 100)."""
MOST_NAMED = 6
"""Entries that are named where a word could mean several."""
JUST_ABOVE = timedelta(minutes=2)
"""For so long an answer stands just above, and is not said again in its channel."""


class NoEntry(Refused):
    """There is no entry for a word: it was asked in vain."""


@dataclass(frozen=True, slots=True)
class Found:
    """An entry that a word means; `guessed` if the word was mistyped."""

    entry: FaqText
    guessed: bool = False


def find(entries: Sequence[FaqText], word: str) -> Found:
    """The entry that a word means: its key, an alias, the beginning of one, or a near miss."""
    asked = _as_name(word)
    names = names_of(entries)
    if asked in names:
        return Found(names[asked])
    begun = {names[name].key: names[name] for name in names if _begins(name, asked)}
    if len(begun) == 1:
        return Found(next(iter(begun.values())))
    if begun:
        raise Refused(f'"{word}" could be {_few(begun)}. Say one of them: !faq {min(begun)}')
    near = _near(names, asked)
    if near is None:
        raise NoEntry(f'there is no entry "{word}". All of them: !faq · a person: !ask <text>')
    return Found(near, guessed=True)


def named(entries: Sequence[FaqText], word: str) -> FaqText | None:
    """The entry that has this very word for its key or another name."""
    return names_of(entries).get(_as_name(word))


def closest(entries: Sequence[FaqText], word: str) -> str:
    """The name of the entry that a word may have been meant for; empty if there is none."""
    try:
        return find(entries, word).entry.key
    except Refused:
        return ""


def names_of(entries: Iterable[FaqText]) -> dict[str, FaqText]:
    """All names of entries; a key comes before another entry's alias."""
    every = list(entries)
    names: dict[str, FaqText] = {}
    aliases = [(alias, entry) for entry in every for alias in entry.aliases]
    for name, entry in [*((entry.key, entry) for entry in every), *aliases]:
        names.setdefault(name, entry)
    return names


def is_just_above(said: datetime | None, now: datetime) -> bool:
    """Whether an answer was said in this channel so lately that "see just above" will do."""
    return said is not None and timedelta(0) <= now - said < JUST_ABOVE


def _as_name(word: str) -> str:
    return "-".join(word.lower().split())


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
