"""Score sets of questions: our own, the held-out half, and files named on the command line."""

import argparse
from pathlib import Path

from tests.questions.scoring import (
    Score,
    newcomers_questions,
    own_questions,
    real_questions,
    scored,
    shipped_reader,
    tag_of,
)


def main() -> None:
    """Print a line for each set, and what was taken for what."""
    parser = argparse.ArgumentParser(prog="python -m tests.questions", description=__doc__)
    parser.add_argument("files", nargs="*", type=Path, help="JSONL with question, tag, also_ok")
    parser.add_argument(
        "--missed", action="store_true", help="show what was tuned on and is missed"
    )
    asked = parser.parse_args()
    reader = shipped_reader()
    dev = scored(own_questions(held_out=False), reader)
    _print("own, tuned on", dev)
    _print("own, held out", scored(own_questions(held_out=True), reader))
    _print("newcomers", scored(newcomers_questions(), reader))
    for path in asked.files:
        _print(path.name, scored(real_questions(path), reader))
    if asked.missed:
        for question, meaning in dev.missed:
            likely = f"{tag_of(meaning)} ({meaning.guess}, then {meaning.second})"
            print(f"{question.tag} → {likely}, {meaning.confidence:.2f}: {question.text}")


def _print(name: str, score: Score) -> None:
    print(f"{name}: {score}")
    for (tag, got), count in score.confused.most_common(8):
        print(f"    {count} {tag} → {got}")


if __name__ == "__main__":
    main()
