"""gsocbot ideas: import, export, check, parse, search."""

import argparse
import json
import sys
from collections.abc import Sequence
from pathlib import Path

from gsocbot import app
from gsocbot.cli import choosing
from gsocbot.cli.faults import Unusable
from gsocbot.cli.saying import lines_of, shown, typed
from gsocbot.config import load
from gsocbot.importers.export import write_folder
from gsocbot.importers.json_list import as_json
from gsocbot.render.words import plural
from gsocbot.rules.ideas import IdeaText, completed, missing
from gsocbot.store import ideas as kept
from gsocbot.store import reading_in, seasons
from gsocbot.store.books import Books


def import_(arguments: argparse.Namespace) -> int:
    """Read ideas into the store: all of them or, when something cannot be read, none."""
    from tqdm import tqdm  # noqa: PLC0415 - 20 ms that a running bot does without

    config = load(arguments.config)
    season = choosing.season(config, arguments.season)
    ideas, notes = _read(arguments.path)
    _tell(notes)
    store, _, _ = app.open_bot(config, app.clock())
    # disable=None: a bar on a terminal, none in a pipe.
    with (
        tqdm(total=len(ideas), unit=" ideas", disable=None) as bar,
        store.transaction(writing=True) as books,
    ):
        deed = app.deed_of_shell(app.clock(), season, f"ideas import {arguments.path}")
        changes = reading_in.ideas(books, deed, season, ideas, tell=bar.update)
    store.close()
    print(f"{arguments.path}: {len(ideas)} ideas read, {changes}")
    return 0


def _read(path: Path) -> tuple[list[IdeaText], tuple[str, ...]]:
    """A list in whatever form; raises Unreadable."""
    # 9 MB of parsers that a running bot does without.
    from gsocbot.importers.any_form import read_any  # noqa: PLC0415

    return read_any(path)


def _tell(notes: Sequence[str]) -> None:
    """Say what was not understood, idea by idea."""
    for note in notes:
        print(note, file=sys.stderr)


def export(arguments: argparse.Namespace) -> int:
    """Write every idea as a Markdown file; what both sides have changed is left alone."""
    config = load(arguments.config)
    season = choosing.season(config, arguments.season)
    store, _, changes = app.open_bot(config, app.clock())
    with store.transaction(writing=False) as books:
        every = [idea.text for idea in kept.every(books, season)]
    own = arguments.dir.resolve() == app.folder_of(season, config).resolve()
    conflicts = changes[season].conflicts if own else ()
    apart = {conflict.slug for conflict in conflicts}
    ideas = [idea for idea in every if idea.slug not in apart]
    written = write_folder(arguments.dir, ideas)
    if own:
        with store.transaction(writing=True) as books:
            deed = app.deed_of_shell(app.clock(), season, f"ideas export {arguments.dir}")
            reading_in.written(books, deed, season, written.ideas)
    store.close()
    _tell([f"left alone, changed on both sides: {c}" for c in conflicts])
    _tell([f"left alone: {left}" for left in written.left])
    print(f"{arguments.dir}: {plural(len(ideas), 'idea')}, {plural(written.files, 'file')} written")
    return 0


def check(arguments: argparse.Namespace) -> int:
    """Say what the ideas lack; exit status 1 if any lacks something."""
    config = load(arguments.config)
    store, _, _ = app.open_bot(config, app.clock())
    lacking = 0
    with store.transaction(writing=False) as books:
        for season in choosing.seasons(config, arguments.season):
            lacking += _check_season(books, season)
    store.close()
    return 1 if lacking else 0


def _check_season(books: Books, season: str) -> int:
    facts = seasons.season(books, season)
    every = kept.every(books, season)
    gaps = [(i, missing(i.text, facts.year if facts else 0)) for i in every]
    lacking = [(idea, gap) for idea, gap in gaps if gap]
    for idea, gap in lacking:
        print(f"{season}: {idea.number} {idea.text.slug} lacks {', '.join(gap)}")
    print(f"{season}: {len(every) - len(lacking)} of {len(every)} ideas are complete")
    return len(lacking)


def parse(arguments: argparse.Namespace) -> int:
    """Show what is understood of a list."""
    ideas, notes = _read(arguments.path)
    _tell(notes)
    ideas = [completed(i) for i in ideas]
    if arguments.json:
        print(json.dumps([as_json(i) for i in ideas], ensure_ascii=False))
        return 0
    for number, idea in enumerate(ideas, 1):
        print(f"{number}. {idea.title} ({_details(idea)})")
    return 0


def _details(idea: IdeaText) -> str:
    known = {
        "mentors": ", ".join(idea.mentors),
        "difficulty": idea.difficulty,
        "size": idea.size,
        "skills": idea.skills,
    }
    return "; ".join(f"{name}: {value or 'not stated'}" for name, value in known.items())


def search(arguments: argparse.Namespace) -> int:
    """Find ideas, best first; nothing where none fits."""
    if bool(arguments.words) == (arguments.file is not None):
        raise Unusable("say the WORDS to look for, or --from FILE")
    config = load(arguments.config)
    season = choosing.season(config, arguments.season)
    questions = _questions(arguments.words, arguments.file)
    store, _, _ = app.open_bot(config, app.clock())
    with store.transaction(writing=False) as books:
        for question in shown(questions):
            found = kept.search(books, season, question)[: arguments.most]
            if arguments.json:
                print(json.dumps([_hit(f) for f in found], ensure_ascii=False))
            elif arguments.file is not None:
                print(" · ".join(f"{f.idea.number} {f.idea.text.slug}" for f in found))
            else:
                for hit in found:
                    print(f"{hit.idea.number:>4} {hit.idea.text.slug}: {hit.idea.text.title}")
    store.close()
    return 0


def _questions(words: list[str], file: Path | None) -> list[str]:
    return lines_of(file) if file is not None else [typed(" ".join(words))]


def _hit(found: kept.Found) -> dict[str, object]:
    return as_json(found.idea.text) | {"id": found.idea.number, "score": found.score}
