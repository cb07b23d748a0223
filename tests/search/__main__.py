"""How well and how fast search finds: python -m tests.search CORPUS QUESTIONS [--meaning DIR]"""

import argparse
import sys
from collections.abc import Sequence
from pathlib import Path

from gsocbot.importers.ideas import read_ideas
from gsocbot.meaning import Reader, installed
from gsocbot.rules.ideas import IdeaText
from tests.search import measures
from tests.search.measures import Answer, Question


def main(words: Sequence[str] | None = None) -> int:
    """Ask all questions and print what was reached."""
    parser = argparse.ArgumentParser(prog="python -m tests.search", description=__doc__)
    parser.add_argument("corpus", type=Path, help="ideas, in any form that the bot reads")
    parser.add_argument("questions", type=Path, help='{"q", "kind", "gold": [ids]}, one a line')
    parser.add_argument("--ideas", type=int, default=10_000, help="time it among so many; 0: no")
    parser.add_argument(
        "--meaning", type=Path, metavar="DIR", help="with gsocbot[semantic]; DIR keeps what it read"
    )
    parser.add_argument("--misses", action="store_true", help="show what was not found")
    arguments = parser.parse_args(words)
    texts = read_ideas(arguments.corpus)
    questions = measures.read_questions(arguments.questions)
    store = measures.filled(measures.seasons_of(texts), reader=_reader(arguments.meaning))
    for name, answers in (
        (f"pooled, {len(texts)} ideas", measures.pooled(store, questions)),
        ("within one organisation", measures.within(store, texts, questions)),
    ):
        print("\n".join(table(name, answers)))
        if arguments.misses:
            print("\n".join(misses(answers)))
    if arguments.ideas:
        print(timing(texts, questions, arguments.ideas, _reader(arguments.meaning)))
    return 0


def _reader(folder: Path | None) -> Reader | None:
    """Whatever understands texts, waited for; none where it is not asked for."""
    model = installed() if folder else None
    return Reader(model, folder, patience=3600.0) if folder and model else None


def table(name: str, answers: Sequence[Answer]) -> list[str]:
    """What was reached in one place, by kind of question."""
    lines = [f"{name:<26} {'asked':>6} {'first':>7} {'three':>7} {'nothing':>8}"]
    answerable = [a for a in answers if a.question.gold]
    groups = {"with an answer": answerable}
    for answer in answerable:
        groups.setdefault(f"  {answer.question.kind}", []).append(answer)
    for group, members in groups.items():
        if members:
            s = measures.shares(members)
            lines.append(
                f"{group:<26} {s.asked:>6} {s.first:>7.3f} {s.three:>7.3f} {s.silent:>8.3f}"
            )
    if unanswerable := [a for a in answers if not a.question.gold]:
        s = measures.shares(unanswerable)
        lines.append(f"{'without an answer':<26} {s.asked:>6} {'':>7} {'':>7} {s.silent:>8.3f}")
    return lines


def misses(answers: Sequence[Answer]) -> list[str]:
    """What was asked in vain, and answered where there is no answer."""
    return [
        f"  {a.question.kind}: {a.question.text} -> {', '.join(a.found[:3]) or 'nothing'}"
        for a in answers
        if (not a.among(3) if a.question.gold else a.found)
    ]


def timing(
    texts: Sequence[IdeaText],
    questions: Sequence[Question],
    number: int,
    reader: Reader | None = None,
) -> str:
    """How long a question takes among many ideas."""
    store = measures.filled({measures.ALL: measures.many(texts, number)}, reader=reader)
    took = measures.milliseconds(store, questions)
    p50, p99 = took[len(took) // 2], took[int(0.99 * len(took))]
    return f"among {number:,} ideas: p50 {p50:.1f} ms, p99 {p99:.1f} ms"


if __name__ == "__main__":
    sys.exit(main())
