"""Ideas written back into a folder: a Markdown file each, and only what has changed."""

from collections.abc import Iterable
from dataclasses import dataclass, replace
from pathlib import Path

from gsocbot.importers.faults import Faults
from gsocbot.importers.ideas import NO_IDEAS, ideas_by_file
from gsocbot.importers.markdown import write_idea
from gsocbot.rules.ideas import IdeaText, completed


@dataclass(frozen=True, slots=True)
class Written:
    """How many files were written, and which ideas could not be, in words."""

    files: int
    left: tuple[str, ...] = ()


def write_folder(folder: Path, ideas: Iterable[IdeaText]) -> Written:
    """Write ideas into the files that they stand in, new ones into files of their own.

    A file whose idea has not changed stays as it is, byte for byte. What stands in a list of
    several ideas (JSON) is left to people and named. Raises Unreadable when the folder cannot be
    read, and OSError.
    """
    folder.mkdir(parents=True, exist_ok=True)
    faults = Faults()
    there = {
        completed(idea).slug: (file, idea)
        for file, found in ideas_by_file(folder, faults)
        for idea in found
    }
    faults.raise_any()
    count, left = 0, []
    for idea in ideas:
        file, was = there.get(idea.slug, (_new_file(folder, idea.slug), None))
        if was is not None and _says_the_same(was, idea):
            continue
        if file.suffix == ".md":
            _write(file, write_idea(idea, stem=file.stem))
            count += 1
        else:
            left.append(f"{idea.number} {idea.slug} stands in {file.name}")
    return Written(count, tuple(left))


def _new_file(folder: Path, slug: str) -> Path:
    file = folder / f"{slug}.md"
    return folder / f"{slug}-idea.md" if file.name in NO_IDEAS or file.exists() else file


def _says_the_same(was: IdeaText, idea: IdeaText) -> bool:
    """Whether a file's idea is the kept one; the number it may have got since is no change."""
    return replace(completed(was), number=was.number or idea.number) == completed(idea)


def _write(file: Path, text: str) -> None:
    """Write a file whole or not at all."""
    new = file.with_name(f".{file.name}.new")
    new.write_text(text, encoding="utf-8")
    new.replace(file)
