"""Which ideas fit a question, and how well: one rule, whatever the ideas are kept in."""

import math
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from heapq import nlargest
from itertools import islice

from gsocbot.rules.search.index import Entry, Index
from gsocbot.rules.search.question import DERIVED, NEARLY_ALIKE, Question, Wanted, Way, read

LOOKED_AT = 100
"""So many ideas are looked at closely, and no more are found."""

CLOSE = 0.45
"""An idea that fits less well than this share of the best is not shown."""

MET, CONTRADICTED = 1.25, 0.55
"""For a level or size that is asked for, where the idea states one; unstated ones stay as they are.
"""

TOGETHER = 0.25
"""How much it adds that words stand side by side in the idea as in the question."""

MEANING = 1.5
"""How much a likeness in meaning of 1.0 adds, where a model has measured it."""

NEITHER = 0.26
"""A likeness in meaning that speaks neither for an idea nor against it, or that nobody knows."""

SURE, CHANCE = 4.25, 0.28
"""How much must speak for an idea, and how much more by the logarithm of how many ideas there are.

The more ideas, the more of a question is in one of them by chance. Without the second figure ten
ideas would be silent too often or ten thousand too seldom; with it both are alike.
"""

FOR_EVIDENCE, FOR_TITLE, FOR_WORD, FOR_UNKNOWN, FOR_MEANING = 1.6, 2.1, 1.7, -3.0, 7.0
"""What speaks for an idea: how much the words that it has say, the share of the question that its
title has, how many words these are, the share of it that nobody here knows, a likeness in meaning.

All but the last were found by logistic regression on questions with and without an answer. What is
unknown, and SURE, were then chosen on four fifths of the organisations for the last fifth, five
times over: there 88 of 100 questions that nothing answers found nothing, and 3 of 100 others. A
dozen more signs (how near the words stand, the lead of the first idea, …) told nothing new.
"""

ENOUGH_WORDS = 4
FOR_ASKING, DOUBT = 1.2, 2.0
"""For who says that an idea is looked for, and against what may ask for something else."""

FIRST = 3
"""One of so many must be sure, because the surest idea is not always the best."""


@dataclass(frozen=True, slots=True)
class Hit:
    """An idea that fits, and how well: about 1.0 when its title has all that was asked."""

    id: int
    score: float


@dataclass(frozen=True, slots=True)
class Match:
    """What an idea has of a wanted word, by which way, and where."""

    wanted: Wanted
    way: Way | None
    in_title: bool
    in_skills: bool
    is_name: bool

    @property
    def alike(self) -> float:
        """How far what the idea has stands for the word."""
        return self.way.weight if self.way else 0.0


@dataclass(frozen=True, slots=True)
class Found:
    """An idea that anything speaks for: how well it fits, and how sure it is that it does."""

    id: int
    score: float
    sure: float


def rank(question: str, index: Index, meaning: Mapping[int, float] | None = None) -> list[Hit]:
    """The ideas that fit a question, best first; none if none fits.

    `meaning` says how alike, 0 to 1, a model finds question and idea, by the idea's id. It goes
    into the same score, and so into the same threshold.
    """
    asked = read(question, index)
    if not any(wanted.required for wanted in asked.wanted):
        return [Hit(entry.id, 1.0) for entry in islice(_fitting(asked, index), LOOKED_AT)]
    found = _weighed(asked, index, meaning or {})
    enough = SURE + CHANCE * math.log(max(1, len(index)))
    if not any(f.sure >= enough for f in found[:FIRST]):
        return []
    return [Hit(f.id, f.score) for f in found if f.score >= CLOSE * found[0].score]


def _weighed(asked: Question, index: Index, meaning: Mapping[int, float]) -> list[Found]:
    whole = asked.whole
    scores = {}
    if meaning:
        # What no model has read yet is neither before nor behind what one has.
        scores = {p: MEANING * meaning.get(e.id, NEITHER) for p, e in enumerate(index.entries)}
    chosen = []
    for wanted in asked.wanted:
        values, ways = _best(wanted, index)
        chosen.append(ways)
        share = wanted.rarity / whole
        for place, value in values.items():
            scores[place] = scores.get(place, 0.0) + share * value
    found = []
    for place in nlargest(LOOKED_AT, scores, key=scores.__getitem__):
        entry = index.entries[place]
        if _is_ruled_out(entry, asked):
            continue
        matches = _matches(asked, entry, [ways.get(place) for ways in chosen])
        score = scores[place] * (1 + TOGETHER * _together(asked, entry)) * _meets(entry, asked)
        sure = _sure(asked, matches) + FOR_MEANING * (meaning.get(entry.id, NEITHER) - NEITHER)
        found.append(Found(entry.id, round(score, 4), sure))
    return sorted(found, key=lambda f: (-f.score, f.id))


def _fitting(asked: Question, index: Index) -> Iterator[Entry]:
    """The ideas that meet what is asked, where no words are asked for; all of it, or none."""
    if asked.wish or asked.barred:
        measured = bool(asked.wish.levels or asked.wish.hours)
        for entry in index.entries:
            if not _is_ruled_out(entry, asked) and (not measured or _meets(entry, asked) > 1):
                yield entry


def _is_ruled_out(entry: Entry, asked: Question) -> bool:
    """Whether an idea has what is not wanted, or has a mentor where none is asked for."""
    if asked.wish.mentored not in (None, bool(entry.names)):
        return True
    return bool(asked.barred) and not asked.barred.isdisjoint(
        [*entry.title.split(), *entry.keywords.split()]
    )


def _best(wanted: Wanted, index: Index) -> tuple[dict[int, float], dict[int, Way]]:
    """In each place what counts for most, and by which way that is."""
    values: dict[int, float] = {}
    chosen: dict[int, Way] = {}
    for way in wanted.ways:
        for place, counts in index.having(way.words):
            value = way.weight * counts
            if value > values.get(place, 0.0):
                values[place] = value
                chosen[place] = way
    return values, chosen


def _matches(asked: Question, entry: Entry, ways: Sequence[Way | None]) -> list[Match]:
    names = frozenset(entry.names.split())
    titled = names.union(entry.title.split(), entry.org.split())
    skills = frozenset(entry.keywords.split())
    return [
        Match(
            wanted,
            way,
            in_title=_has(titled, wanted),
            in_skills=_has(skills, wanted),
            is_name=_has(names, wanted),
        )
        for wanted, way in zip(asked.wanted, ways, strict=True)
        if wanted.required
    ]


def _sure(asked: Question, matches: Sequence[Match]) -> float:
    """How much speaks for an idea; what has every word of a question is what is meant."""
    if not asked.doubtful and asked.telling and (_has_all(matches) or _is_of_skills(matches)):
        return math.inf
    # A name is meant as a name, and nothing else.
    words = sum(m.alike * (2 if m.is_name and m.alike >= NEARLY_ALIKE else 1) for m in matches)
    evidence = sum(m.alike * m.way.rarity for m in matches if m.way)
    title = sum(m.wanted.rarity for m in matches if m.in_title)
    unknown = sum(m.wanted.rarity for m in matches if m.wanted.unknown)
    return (
        FOR_EVIDENCE * math.log1p(evidence)
        + FOR_TITLE * title / asked.whole
        + FOR_WORD * min(words, ENOUGH_WORDS)
        + FOR_UNKNOWN * unknown / asked.whole
        + FOR_ASKING * asked.plain
        - DOUBT * asked.doubtful
    )


def _has_all(matches: Sequence[Match]) -> bool:
    least = NEARLY_ALIKE if len(matches) == 1 else DERIVED
    return all(match.alike >= least for match in matches)


def _is_of_skills(matches: Sequence[Match]) -> bool:
    """Whether somebody lists what ideas here need, and this one needs half of it.

    Otherwise who knows Rust and Python would find nothing where no idea needs both.
    """
    skills = all(match.wanted.skill for match in matches)
    return skills and 2 * sum(m.in_skills and m.alike >= DERIVED for m in matches) >= len(matches)


def _has(words: frozenset[str], wanted: Wanted) -> bool:
    return any(words.issuperset(way.words) for way in wanted.ways if way.close)


def _meets(entry: Entry, asked: Question) -> float:
    factor = 1.0
    for wish, stated in ((asked.wish.levels, entry.levels), (asked.wish.hours, entry.hours)):
        if wish and stated:
            factor *= CONTRADICTED if wish.isdisjoint(stated) else MET
    return factor


def _together(asked: Question, entry: Entry) -> float:
    """The share of the question's neighbours that are neighbours in the idea as well."""
    if not asked.pairs:
        return 0.0
    text = f" {entry.title} | {entry.keywords} | {entry.body} | {entry.names} "
    return sum(f" {first} {second} " in text for first, second in asked.pairs) / len(asked.pairs)
