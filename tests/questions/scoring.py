"""Sets of questions with the kind of right answer, and what a reader makes of them."""

import json
from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass, field
from pathlib import Path

from gsocbot.importers.faq import gather_faq
from gsocbot.importers.faults import Faults
from gsocbot.rules.questions import Meaning, MeaningKind, Reader
from gsocbot.shipped import shipped

OWN = Path(__file__).parent / "own.txt"
NEWCOMERS = Path(__file__).parent / "newcomers.txt"
REAL = Path(__file__).parent.parent.parent.parent / "shared" / "data" / "questions.jsonl"


@dataclass(frozen=True, slots=True)
class Asked:
    """A question, the tag of its right answer, and tags that would do as well."""

    text: str
    tag: str
    also: tuple[str, ...] = ()


@dataclass(slots=True)
class Score:
    """How many were understood, handed to a person, and answered wrongly; and which for which."""

    right: int = 0
    handed: int = 0
    wrong: int = 0
    confused: Counter[tuple[str, str]] = field(default_factory=Counter)
    missed: list[tuple[Asked, Meaning]] = field(default_factory=list)

    @property
    def count(self) -> int:
        """How many questions there were."""
        return self.right + self.handed + self.wrong

    def __str__(self) -> str:
        """142 questions: 0.80 right, 0.15 handed to a person, 0.05 wrong"""
        shares = [f"{n / max(1, self.count):.3f}" for n in (self.right, self.handed, self.wrong)]
        return (
            f"{self.count} questions: {shares[0]} right, "
            f"{shares[1]} handed to a person, {shares[2]} wrong"
        )


def own_questions(*, held_out: bool) -> list[Asked]:
    """Every second of our own questions: those that were tuned on, or the others."""
    return _lines(OWN)[1 if held_out else 0 :: 2]


def newcomers_questions() -> list[Asked]:
    """Questions of newcomers from public threads; all of them have been mended for since."""
    return _lines(NEWCOMERS)


def real_questions(path: Path = REAL) -> list[Asked]:
    """The questions of a JSONL file: question, tag, also_ok."""
    rows = map(json.loads, path.read_text().splitlines())
    return [Asked(row["question"], row["tag"], tuple(row["also_ok"])) for row in rows]


def shipped_reader() -> Reader:
    """A reader of the FAQ that ships."""
    faults = Faults()
    faq = gather_faq(shipped("templates") / "faq", Path("no-such-season"), faults)
    faults.raise_any()
    return Reader(faq)


def scored(questions: Iterable[Asked], reader: Reader) -> Score:
    """What a reader makes of questions."""
    score = Score()
    for asked in questions:
        meaning = reader.read(asked.text)
        got = tag_of(meaning)
        if got in {asked.tag, *asked.also}:
            score.right += 1
            continue
        score.missed.append((asked, meaning))
        if meaning.kind is MeaningKind.HUMAN:
            score.handed += 1
        else:
            score.wrong += 1
            score.confused[asked.tag, got] += 1
    return score


def tag_of(meaning: Meaning) -> str:
    """faq:slots, or timeline"""
    return f"{meaning.kind}:{meaning.key}" if meaning.key else str(meaning.kind)


def _lines(file: Path) -> list[Asked]:
    found: list[Asked] = []
    for line in file.read_text().splitlines():
        if line and not line.startswith("#"):
            head, text = line.split(" | ", 1)
            tag, *also = head.split()
            found.append(Asked(text, tag, tuple(other.removeprefix("+") for other in also)))
    return found
