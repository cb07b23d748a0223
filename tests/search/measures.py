"""Asking a store questions whose answers are known, and counting."""

import json
import random
import time
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from pathlib import Path

from gsocbot.meaning import Reader
from gsocbot.rules.ideas import IdeaText
from gsocbot.rules.seasons import SeasonFolder
from gsocbot.store import ideas, reading_in, schema
from gsocbot.store.books import Deed
from gsocbot.store.store import Store

ALL = "all"
"""The season that has the ideas of all organisations; each organisation has one of its own."""

LARGEST = 8
"""In the lists of so many organisations questions are asked that nothing answers."""


@dataclass(frozen=True, slots=True)
class Question:
    """What somebody types, its kind, and every idea that answers it; none if none does."""

    text: str
    kind: str
    gold: frozenset[str]


@dataclass(frozen=True, slots=True)
class Answer:
    """What was found where, the best first."""

    question: Question
    found: tuple[str, ...]

    def among(self, most: int) -> bool:
        """Whether an idea that answers is among the first."""
        return not self.question.gold.isdisjoint(self.found[:most])


@dataclass(frozen=True, slots=True)
class Shares:
    """Of so many answers: right at once, right among three, and nothing found, 0 to 1."""

    asked: int
    first: float
    three: float
    silent: float


def read_questions(file: Path) -> list[Question]:
    """The questions of a file, an object a line."""
    rows = (json.loads(line) for line in file.read_text("utf-8").splitlines() if line.strip())
    return [Question(r["q"], r["kind"], frozenset(r["gold"])) for r in rows]


def filled(
    seasons: dict[str, Sequence[IdeaText]], url: str = "sqlite://", reader: Reader | None = None
) -> Store:
    """A store that has these ideas, found by their meaning too if somebody reads them."""
    store = Store(url, reader)
    schema.upgrade(store.engine)
    with store.transaction(writing=True) as books:
        for season, texts in seasons.items():
            deed = Deed(season, datetime(2026, 3, 2, tzinfo=UTC), season, "", "", "", "")
            reading_in.season_folder(books, deed, SeasonFolder(season, ideas=tuple(texts)))
    return store


def seasons_of(texts: Sequence[IdeaText]) -> dict[str, Sequence[IdeaText]]:
    """All ideas as one season, and each organisation's as one of its own."""
    found: dict[str, list[IdeaText]] = {ALL: list(texts)}
    for text in texts:
        found.setdefault(_key(text.org), []).append(text)
    return dict(found)


def pooled(store: Store, questions: Iterable[Question]) -> list[Answer]:
    """The answers from the ideas of all organisations."""
    return [Answer(q, _found(store, ALL, q.text)) for q in questions]


def within(store: Store, texts: Sequence[IdeaText], questions: Iterable[Question]) -> list[Answer]:
    """The answers from the ideas of one organisation, or of some where nothing answers."""
    org = {t.external_id: t.org for t in texts}
    largest = [name for name, _ in Counter(org.values()).most_common(LARGEST)]
    asked = []
    for question in questions:
        if question.gold:
            found = Counter(org[id_] for id_ in sorted(question.gold) if id_ in org)
            asked += [(_key(name), question) for name, _ in found.most_common(1)]
        else:
            asked += [(_key(name), question) for name in largest]
    asked.sort(key=lambda pair: pair[0])  # a season's index is made once
    return [Answer(q, _found(store, season, q.text)) for season, q in asked]


def shares(answers: Sequence[Answer]) -> Shares:
    """How often the answers are right."""
    n = len(answers)
    return Shares(
        n,
        sum(a.among(1) for a in answers) / n,
        sum(a.among(3) for a in answers) / n,
        sum(not a.found for a in answers) / n,
    )


def many(texts: Sequence[IdeaText], number: int, seed: int = 1) -> list[IdeaText]:
    """As many ideas as are wanted, made from these with a quarter of the words changed."""
    chance = random.Random(seed)
    words = [word for text in texts for word in text.description.split()]

    def mixed(text: str) -> str:
        return " ".join(
            chance.choice(words) if chance.random() < 0.25 else word for word in text.split()
        )

    return [
        replace(
            text,
            title=mixed(text.title)[:200] or "x",
            description=mixed(text.description),
            external_id=f"{text.external_id}-{n}",
            slug=f"made-{n}",
            number=n + 1,
        )
        for n, text in ((n, texts[n % len(texts)]) for n in range(number))
    ]


def milliseconds(store: Store, questions: Sequence[Question]) -> list[float]:
    """How long each question takes, sorted; the first one, which reads all ideas, is left out."""
    _found(store, ALL, questions[0].text)
    took = []
    for question in questions:
        begun = time.perf_counter()
        _found(store, ALL, question.text)
        took.append(1000 * (time.perf_counter() - begun))
    return sorted(took)


def _found(store: Store, season: str, question: str) -> tuple[str, ...]:
    with store.transaction(writing=False) as books:
        return tuple(f.idea.text.external_id for f in ideas.search(books, season, question))


def _key(org: str) -> str:
    return "of-" + "".join(c if c.isalnum() else "-" for c in org.lower())
